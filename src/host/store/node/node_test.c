/* Tests of node numbers: several programs on one database. PostgreSQL only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include "base/id.h"
#include "host/clock/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <unistd.h>

enum { LEASE_MS = 1500 };

struct three {
    struct arena *a, *gone; /* what is in `gone` may end before the rest */
    struct store *base, *here, *there;
};

static struct three three_begin(void)
{
    struct three t = { .a = arena_new(0), .gone = arena_new(0) };

    assert_null(store_open_scratch(t.a, &t.base));
    if (!store_is_shared(t.base)) {
        arena_free(t.gone);
        arena_free(t.a);
        print_message("one process owns a folder\n");
        skip();
    }
    assert_null(store_open_beside(t.a, t.base, LEASE_MS, &t.here));
    assert_null(store_open_beside(t.gone, t.base, LEASE_MS, &t.there));
    return t;
}

static void three_end(struct three *t)
{
    arena_free(t->gone);
    arena_free(t->a);
}

static err run_sql(void *context, struct arena *a, struct tx *tx)
{
    return tx_run(a, tx, context, NO_VALUES);
}

static void do_sql(struct three *t, const char *sql)
{
    struct query q = { sql, "" };

    assert_null(store_commit(t->base, t->a, 1, run_sql, &q));
}

static int64_t ask(struct three *t, const char *sql)
{
    const struct query q = { sql, "" };
    struct snap *snap;
    struct table row;

    assert_null(snap_begin(t->a, t->base, &snap));
    assert_null(snap_one(t->a, snap, &q, NO_VALUES, &row));
    snap_end(snap);
    return cell_int(&row, 0, 0);
}

static err write_run(void *context, struct arena *a, struct tx *tx)
{
    (void)a;
    (void)context;
    return tx_event(tx, &(struct event){ .agency = 1, .kind = STR("test.written") });
}

static err write_at(struct three *t, struct store *s)
{
    return store_commit(s, t->a, 1, write_run, NULL);
}

/* Every number but these is somebody's for a long time. */
static void take_all_others(struct three *t)
{
    do_sql(t, "INSERT INTO node_lease (agency_id, node, holder, until_ms) "
              "SELECT 1, n, 'somebody ' || n, 9000000000000000 "
              "FROM generate_series(0, 1023) AS n ON CONFLICT DO NOTHING");
}

static void no_two_have_one_number(void **state)
{
    struct three t = three_begin();

    (void)state;
    assert_int_not_equal(store_node(t.base), store_node(t.here));
    assert_int_not_equal(store_node(t.here), store_node(t.there));
    assert_null(write_at(&t, t.here));
    assert_null(write_at(&t, t.there));
    assert_int_equal(ask(&t, "SELECT COUNT(*) FROM event WHERE agency_id = 1"), 2);
    three_end(&t);
}

static void a_number_is_kept_as_long_as_its_program_lives(void **state)
{
    struct three t = three_begin();
    int number = store_node(t.here);
    struct store *late;

    (void)state;
    take_all_others(&t);
    usleep(2 * LEASE_MS * 1000);
    assert_int_equal(store_node(t.here), number);
    assert_null(write_at(&t, t.here));
    assert_int_equal(store_open_beside(t.a, t.base, LEASE_MS, &late)->kind, ERR_BUSY);
    three_end(&t);
}

static void what_is_given_back_is_free_at_once(void **state)
{
    struct three t = three_begin();
    int number = store_node(t.there);
    struct store *late;

    (void)state;
    take_all_others(&t);
    store_close(t.there);
    assert_null(store_open_beside(t.a, t.base, LEASE_MS, &late));
    assert_int_equal(store_node(late), number);
    three_end(&t);
}

static void a_dead_ones_number_is_free_when_its_time_is_over(void **state)
{
    struct three t = three_begin();
    int number = store_node(t.there);
    struct store *late;

    (void)state;
    take_all_others(&t);
    store_fault_at(t.there, FAULT_PULSE, -1); /* as dead */
    assert_int_equal(store_open_beside(t.a, t.base, LEASE_MS, &late)->kind, ERR_BUSY);
    usleep((LEASE_MS + 200) * 1000);
    assert_null(store_open_beside(t.a, t.base, LEASE_MS, &late));
    assert_int_equal(store_node(late), number);
    three_end(&t);
}

static void *wakes_up(void *store)
{
    usleep(500000);
    store_fault_at(store, FAULT_PULSE, 0);
    return NULL;
}

static void who_was_held_up_writes_again_only_under_a_number_of_its_own(void **state)
{
    struct three t = three_begin();
    int number = store_node(t.there);
    struct id_source ids;
    struct store *late;
    int64_t id, began;
    pthread_t thread;

    (void)state;
    id_source_init(&ids, 0, 0);
    assert_null(store_ids(t.a, t.there, &ids));
    take_all_others(&t);
    store_fault_at(t.there, FAULT_PULSE, -1);
    usleep((LEASE_MS + 200) * 1000);
    assert_null(store_open_beside(t.a, t.base, LEASE_MS, &late));
    assert_int_equal(store_node(late), number);
    do_sql(&t, "DELETE FROM node_lease WHERE agency_id = 1 AND node = 1000");
    do_sql(&t, "UPDATE node_lease SET until_ms = 5 WHERE agency_id = 1 AND node = 77");
    began = clock_steady_ns();
    assert_int_equal(pthread_create(&thread, NULL, wakes_up, t.there), 0);
    assert_null(write_at(&t, t.there));
    assert_true(clock_steady_ns() - began > 450 * INT64_C(1000000));
    pthread_join(thread, NULL);
    assert_int_equal(store_node(t.there), 77);
    id = id_next(&ids, 1800000000000);
    assert_int_equal(id >> 12 & 1023, 77);
    assert_null(write_at(&t, late));
    three_end(&t);
}

static void who_missed_its_time_but_nobody_came_keeps_its_number(void **state)
{
    struct three t = three_begin();
    int number = store_node(t.there);

    (void)state;
    store_fault_at(t.there, FAULT_PULSE, -1);
    usleep((LEASE_MS + 200) * 1000);
    store_fault_at(t.there, FAULT_PULSE, 0);
    assert_null(write_at(&t, t.there));
    assert_int_equal(store_node(t.there), number);
    three_end(&t);
}

static void one_runs_a_job_and_another_takes_it_over(void **state)
{
    struct three t = three_begin();
    bool ours;

    (void)state;
    assert_null(store_job_is_ours(t.a, t.there, "files.sweep", 3600000, &ours));
    assert_true(ours);
    assert_null(store_job_is_ours(t.a, t.here, "files.sweep", 3600000, &ours));
    assert_false(ours);
    assert_null(store_job_is_ours(t.a, t.here, "other", 3600000, &ours));
    assert_true(ours);
    assert_null(store_job_is_ours(t.a, t.there, "files.sweep", 3600000, &ours));
    assert_true(ours);
    store_fault_at(t.there, FAULT_PULSE, -1); /* it dies */
    usleep((LEASE_MS + 200) * 1000);
    assert_null(store_job_is_ours(t.a, t.here, "files.sweep", 3600000, &ours));
    assert_true(ours);
    assert_null(store_jobs_give_back(t.a, t.here));
    assert_null(store_job_is_ours(t.a, t.base, "files.sweep", 100, &ours));
    assert_true(ours);
    usleep(150000); /* nor does it stay with one that has given it up */
    assert_null(store_job_is_ours(t.a, t.here, "files.sweep", 100, &ours));
    assert_true(ours);
    three_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_have_one_number),
        cmocka_unit_test(a_number_is_kept_as_long_as_its_program_lives),
        cmocka_unit_test(what_is_given_back_is_free_at_once),
        cmocka_unit_test(a_dead_ones_number_is_free_when_its_time_is_over),
        cmocka_unit_test(who_was_held_up_writes_again_only_under_a_number_of_its_own),
        cmocka_unit_test(who_missed_its_time_but_nobody_came_keeps_its_number),
        cmocka_unit_test(one_runs_a_job_and_another_takes_it_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
