/* Tests of reading from a standby: near enough, or not at all. The standby is another
 * database here, so that one sees where an answer comes from. PostgreSQL only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include "host/store/node/node.h"
#include "host/store/node/standby.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static bool reads_there(struct pair *p)
{
    struct snap *snap;
    bool there;

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

static void one_that_is_away_is_left_alone_for_a_while(void **state)
{
    struct pair p = pair_begin();
    struct snap *snap;

    (void)state;
    p.here->standby->pool.address = "postgresql://nobody@/none?host=/nowhere";
    assert_null(snap_begin_public(p.a, p.here, &snap));
    assert_false(snap_is_standby(snap));
    snap_end(snap);
    assert_true(atomic_load(&p.here->standby->again_ns) > 0);
    arena_free(p.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_that_shows_nothing_of_us_is_not_read),
        cmocka_unit_test(one_that_is_near_is_read_until_it_stands_still),
        cmocka_unit_test(what_was_changed_is_waited_for),
        cmocka_unit_test(one_that_is_away_is_left_alone_for_a_while),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
