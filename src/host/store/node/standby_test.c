/* Tests of reading from a standby: near enough, or not at all. The standby is another
 * database here, so that one sees where an answer comes from. PostgreSQL only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include "host/clock/clock.h"
#include "host/store/node/node.h"
#include "host/store/node/standby.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct pair {
    struct arena *a;
    struct store *first, *standby, *here;
};

static struct pair pair_begin(void)
{
    struct pair p = { .a = arena_new(0) };
    struct store_options o = { .no_reserve = true, .read_lag_ms = 3000 };

    assert_null(store_open_scratch(p.a, &p.first));
    if (!store_is_shared(p.first)) {
        arena_free(p.a);
        print_message("one process owns a folder\n");
        skip();
    }
    assert_null(store_open_scratch(p.a, &p.standby));
    o.folder = str_z(p.a, str_format(p.a, "%s/beside", p.first->folder));
    assert_int_equal(mkdir(o.folder, 0700), 0);
    o.database = p.first->address;
    o.read_database = p.standby->address;
    assert_null(store_open(p.a, &o, &p.here));
    assert_null(store_start(p.a, p.here));
    return p;
}

static err pulse_run(void *context, struct arena *a, struct tx *tx)
{
    static const struct query sql = {
        "INSERT INTO node_lease (agency_id, node, holder, until_ms, pulse) "
        "VALUES (1, ?1, ?2, 0, ?3) ON CONFLICT (agency_id, node) "
        "DO UPDATE SET holder = ?2, pulse = ?3",
        "iti",
    };
    const struct pair *p = context;
    int64_t pulse;

    pthread_mutex_lock(&p->here->node->mutex);
    pulse = p->here->node->pulse;
    pthread_mutex_unlock(&p->here->node->mutex);
    return tx_run(a, tx, &sql,
                  BIND(bind_int(store_node(p->here)),
                       bind_text(str_of(p->here->node->holder)), bind_int(pulse)));
}

/* It has all up to the last pulse. */
static void follow(struct pair *p)
{
    assert_null(store_commit(p->standby, p->a, 1, pulse_run, p));
}

/* The thread has found it. */
static void there_at_last(struct pair *p)
{
    for (int i = 0; i < 200 && atomic_load(&p->here->standby->is_away); i++) {
        usleep(20 * 1000);
    }
    assert_false(atomic_load(&p->here->standby->is_away));
}

static bool reads_there(struct pair *p)
{
    struct snap *snap;
    bool there;

    there_at_last(p);
    atomic_store(&p->here->standby->again_ns, 0);
    assert_null(snap_begin_public(p->a, p->here, &snap));
    there = snap_is_standby(snap);
    snap_end(snap);
    return there;
}

static void one_that_shows_nothing_of_us_is_not_read(void **state)
{
    struct pair p = pair_begin();

    (void)state;
    assert_false(reads_there(&p));
    arena_free(p.a);
}

static void one_that_is_near_is_read_until_it_stands_still(void **state)
{
    struct pair p = pair_begin();

    (void)state;
    follow(&p);
    assert_true(reads_there(&p));
    store_fault_at(p.here, FAULT_PULSE, -1);
    usleep(3200 * 1000);
    assert_false(reads_there(&p));
    arena_free(p.a);
}

static err topic_run(void *context, struct arena *a, struct tx *tx)
{
    (void)context;
    (void)a;
    tx_topic(tx, 7, "page", STR("news"));
    return NULL;
}

static void what_was_changed_is_waited_for(void **state)
{
    struct pair p = pair_begin();

    (void)state;
    p.here->standby->lag_ms = 60000;
    follow(&p);
    assert_true(reads_there(&p));
    assert_null(store_commit(p.here, p.a, 7, topic_run, NULL));
    assert_false(reads_there(&p));
    usleep(1000 * 1000); /* a pulse comes at once for it, and the standby gets it */
    follow(&p);
    assert_true(reads_there(&p));
    /* The same for what another program has changed. */
    assert_null(store_commit(p.first, p.a, 7, topic_run, NULL));
    usleep(1500 * 1000);
    assert_false(reads_there(&p));
    follow(&p);
    assert_true(reads_there(&p));
    arena_free(p.a);
}

static int64_t ms_to_begin(struct pair *p, bool *ret_there)
{
    int64_t began_ns = clock_steady_ns();
    struct snap *snap;

    assert_null(snap_begin_public(p->a, p->here, &snap));
    *ret_there = snap_is_standby(snap);
    snap_end(snap);
    return (clock_steady_ns() - began_ns) / 1000000;
}

/* A server that takes connections and never answers: each try costs the whole patience. */
static void one_that_does_not_answer_makes_no_page_wait(void **state)
{
    struct sockaddr_in here = { .sin_family = AF_INET };
    socklen_t size = sizeof(here);
    struct pair p = pair_begin();
    int silent = socket(AF_INET, SOCK_STREAM, 0);
    bool there;

    (void)state;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(silent, (struct sockaddr *)&here, size), 0);
    assert_int_equal(listen(silent, 8), 0);
    assert_int_equal(getsockname(silent, (struct sockaddr *)&here, &size), 0);
    there_at_last(&p);
    follow(&p);
    ms_to_begin(&p, &there);
    assert_true(there);
    /* It is away from one moment to the next, and its thread has noticed. */
    pool_close(&p.here->standby->pool);
    pool_init(p.here, &p.here->standby->pool, 4,
              str_z(p.a, str_format(p.a, "postgresql://nobody@127.0.0.1:%d/none",
                                    ntohs(here.sin_port))),
              DB_STATIC);
    atomic_store(&p.here->standby->is_away, true);
    for (int i = 0; i < 80; i++) {
        assert_true(ms_to_begin(&p, &there) < 1000);
        assert_false(there);
        usleep(100 * 1000);
    }
    close(silent);
    arena_free(p.a);
}

static void one_that_went_away_is_found_by_one_page_only(void **state)
{
    struct pair p = pair_begin();
    bool there;

    (void)state;
    there_at_last(&p);
    pool_close(&p.here->standby->pool);
    pool_init(p.here, &p.here->standby->pool, 4,
              "postgresql://nobody@/none?host=/nowhere", DB_STATIC);
    ms_to_begin(&p, &there);
    assert_false(there);
    assert_true(atomic_load(&p.here->standby->is_away));
    arena_free(p.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_shows_nothing_of_us_is_not_read),
        cmocka_unit_test(one_that_is_near_is_read_until_it_stands_still),
        cmocka_unit_test(what_was_changed_is_waited_for),
        cmocka_unit_test(one_that_does_not_answer_makes_no_page_wait),
        cmocka_unit_test(one_that_went_away_is_found_by_one_page_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
