/* Tests of the relay: what one program changes, another one on the same database hears of. PostgreSQL only.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include "host/bus/bus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistd.h>

#define OFFICE INT64_C(500)

struct two {
    struct arena *a;
    struct store *here, *there;
};

static struct two two_begin(void)
{
    struct two t = { .a = arena_new(0) };

    assert_null(store_open_scratch(t.a, &t.here));
    if (strcmp(store_engine(t.here), "sqlite") == 0) {
        arena_free(t.a);
        print_message("one process owns a folder\n");
        skip();
    }
    assert_null(store_open_beside(t.a, t.here, 0, &t.there));
    return t;
}

static err change_run(void *context, struct arena *a, struct tx *tx)
{
    (void)a;
    tx_topic(tx, OFFICE, "page", str_of(context));
    tx_topic(tx, 1, "agency", STR(""));
    return NULL;
}

static void change(struct two *t, const char *page)
{
    assert_null(
        store_commit(t->here, t->a, OFFICE, change_run, (void *)(uintptr_t)page));
}

static uint64_t count_at(const struct store *s, const char *page)
{
    return topic_count(s, topic_slot(OFFICE, "page", str_of(page)));
}

/* Within so many milliseconds. */
static bool moves(const struct store *s, const char *page, uint64_t from, int ms)
{
    for (int waited = 0; waited < ms; waited += 5) {
        if (count_at(s, page) > from) {
            return true;
        }
        usleep(5000);
    }
    return false;
}

static void a_change_here_makes_pages_there_old_at_once(void **state)
{
    struct two t = two_begin();

    (void)state;
    change(&t, "news");
    assert_true(count_at(t.here, "news") > 0); /* before the commit was told */
    assert_true(moves(t.there, "news", 0, 900));
    assert_true(topic_count(t.there, topic_slot(1, "agency", STR(""))) > 0);
    assert_true(count_at(t.there, "other") == 0);
    arena_free(t.a);
}

static void a_hint_that_is_lost_costs_a_second(void **state)
{
    struct two t = two_begin();

    (void)state;
    store_fault_at(t.here, FAULT_HINT, -1);
    for (int i = 0; i < 2; i++) {
        uint64_t before = count_at(t.there, "news");

        change(&t, "news");
        assert_true(moves(t.there, "news", before, 4000));
    }
    arena_free(t.a);
}

static void who_comes_later_makes_nothing_anew_for_what_was(void **state)
{
    struct two t = two_begin();
    struct store *late;

    (void)state;
    change(&t, "news");
    assert_null(store_open_beside(t.a, t.here, 0, &late));
    change(&t, "other");
    assert_true(moves(late, "other", 0, 4000));
    assert_true(count_at(late, "news") == 0);
    arena_free(t.a);
}

static err lose_run(void *context, struct arena *a, struct tx *tx)
{
    static const struct query raise_sql = {
        "UPDATE topic_head SET seq = seq + 3 WHERE agency_id = ?1",
        "i",
    };

    (void)context;
    return tx_change_one(a, tx, &raise_sql, BIND(bind_int(OFFICE)));
}

static void where_changes_are_missing_everything_counts_as_changed(void **state)
{
    struct two t = two_begin();

    (void)state;
    change(&t, "news");
    assert_true(moves(t.there, "news", 0, 4000));
    /* As after a long absence: the numbers go on, the rows are pruned. */
    assert_null(store_commit(t.here, t.a, OFFICE, lose_run, NULL));
    assert_true(moves(t.there, "never named", 0, 4000));
    arena_free(t.a);
}

static void count_up(void *context)
{
    __atomic_fetch_add((int *)context, 1, __ATOMIC_SEQ_CST);
}

static void who_shows_something_live_hears_it(void **state)
{
    struct two t = two_begin();
    int heard = 0;
    struct bus_ear ear = { topic_slot(OFFICE, "page", STR("board")), count_up, &heard, NULL };

    (void)state;
    bus_hear(store_bus(t.there), &ear);
    change(&t, "board");
    assert_true(moves(t.there, "board", 0, 4000));
    bus_leave(store_bus(t.there), &ear);
    assert_int_equal(heard, 1);
    arena_free(t.a);
}

static err nothing_run(void *context, struct arena *a, struct tx *tx)
{
    (void)a;
    tx_topic(tx, OFFICE, "page", STR("news"));
    FAIL(context, ERR_CONFLICT, SAY("Choose another."), STR(""), "on purpose");
}

static void what_is_refused_is_not_told(void **state)
{
    struct two t = two_begin();

    (void)state;
    assert_int_equal(store_commit(t.here, t.a, OFFICE, nothing_run, t.a)->kind, ERR_CONFLICT);
    change(&t, "other");
    assert_true(moves(t.there, "other", 0, 4000));
    assert_true(count_at(t.there, "news") == 0);
    arena_free(t.a);
}

static err age_run(void *context, struct arena *a, struct tx *tx)
{
    static const struct query older_sql = {
        "UPDATE topic_change SET at_ms = at_ms - 3700000 WHERE seq = 1",
        "",
    };

    (void)context;
    return tx_run(a, tx, &older_sql, NO_VALUES);
}

static int64_t kept(struct two *t)
{
    static const struct query count_sql = { "SELECT COUNT(*) FROM topic_change", "" };
    struct snap *snap;
    struct table row;

    assert_null(snap_begin(t->a, t->here, &snap));
    assert_null(snap_one(t->a, snap, &count_sql, NO_VALUES, &row));
    snap_end(snap);
    return cell_int(&row, 0, 0);
}

static void what_was_told_is_forgotten_after_an_hour(void **state)
{
    struct two t = two_begin();

    (void)state;
    change(&t, "news");
    change(&t, "news");
    assert_int_equal(kept(&t), 4); /* of the office and of the city */
    assert_null(store_commit(t.here, t.a, OFFICE, age_run, NULL));
    assert_null(store_forget_changes(t.a, t.there));
    assert_int_equal(kept(&t), 2);
    arena_free(t.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_here_makes_pages_there_old_at_once),
        cmocka_unit_test(a_hint_that_is_lost_costs_a_second),
        cmocka_unit_test(who_comes_later_makes_nothing_anew_for_what_was),
        cmocka_unit_test(where_changes_are_missing_everything_counts_as_changed),
        cmocka_unit_test(who_shows_something_live_hears_it),
        cmocka_unit_test(what_is_refused_is_not_told),
        cmocka_unit_test(what_was_told_is_forgotten_after_an_hour),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
