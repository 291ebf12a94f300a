/* Tests of counters: numbers come one after the other, whoever is refused between them and
 * however often a group runs.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <semaphore.h>

enum { OFFICE = 40, OTHER_OFFICE = 41, YEAR = 115, MANY = 200 };

static const struct counter counter = {
    .read = { "SELECT until_ms FROM node_lease WHERE agency_id = ?1 AND node = ?2", "ii" },
    .write = { "INSERT INTO node_lease (agency_id, node, holder, until_ms) "
               "VALUES (?1, ?2, 'x', ?3) ON CONFLICT (agency_id, node) "
               "DO UPDATE SET until_ms = excluded.until_ms",
               "iii" },
};
static const struct query put_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, 'x', 0)",
    "ii",
};

enum refuses { KEPT, REFUSED_AT_ONCE, REFUSED_WITH_A_CHANGE, TWICE_THE_SAME };

struct taker {
    int64_t agency, place, number;
    enum refuses refuses;
    struct commit commit;
    sem_t *told;
    err result;
};

static err take(void *context, struct arena *a, struct tx *tx)
{
    struct taker *t = context;

    TRY(tx_next(tx, &counter, t->agency, YEAR, &t->number));
    if (t->refuses == REFUSED_WITH_A_CHANGE) {
        TRY(tx_run(a, tx, &put_sql, BIND(bind_int(t->agency), bind_int(t->place))));
    }
    if (t->refuses == TWICE_THE_SAME) {
        TRY(tx_run(a, tx, &put_sql, BIND(bind_int(t->agency), bind_int(YEAR + 1))));
        TRY(tx_run(a, tx, &put_sql, BIND(bind_int(t->agency), bind_int(YEAR + 1))));
    }
    if (t->refuses != KEPT) {
        FAIL(a, ERR_INPUT, SAY("Choose at least one seat."), STR(""), "refused");
    }
    return NULL;
}

static void told(void *context, err result)
{
    struct taker *t = context;

    t->result = result;
    sem_post(t->told);
}

/* All at once, so that they come into few groups. */
static void take_all(struct store *s, struct taker *list, size_t count)
{
    sem_t done;

    sem_init(&done, 0, 0);
    for (size_t i = 0; i < count; i++) {
        struct taker *t = &list[i];

        t->told = &done;
        t->commit = (struct commit){ .agency = t->agency,
                                     .arena = arena_new(0),
                                     .run = take,
                                     .done = told,
                                     .context = t };
        assert_null(store_submit(s, &t->commit));
    }
    for (size_t i = 0; i < count; i++) {
        sem_wait(&done);
    }
    sem_destroy(&done);
}

static const struct {
    const char *story;
    enum refuses some;
    bool with_a_fault;
} rows[] = {
    { "all are kept", KEPT, false },
    { "some refuse and have changed nothing", REFUSED_AT_ONCE, false },
    { "some refuse after a change, so the group runs again", REFUSED_WITH_A_CHANGE, false },
    { "some meet a row that is there", TWICE_THE_SAME, false },
    { "COMMIT fails once", KEPT, true },
};

static void numbers_have_no_gap(void **state)
{
    for (size_t row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
        struct arena *a = arena_new(0);
        struct taker *list = ARENA_ARRAY(a, MANY, struct taker);
        int64_t last[2] = { 0, 0 };
        struct store *s;

        print_message("# %s\n", rows[row].story);
        assert_null(store_open_scratch(a, &s));
        for (int i = 0; i < MANY; i++) {
            list[i] = (struct taker){ .agency = OFFICE + i % 2, .place = 1000 + i };
            list[i].refuses = i % 7 == 3 ? rows[row].some : KEPT;
        }
        if (rows[row].with_a_fault) {
            store_fault_at(s, FAULT_COMMIT, 1);
        }
        take_all(s, list, MANY);
        for (int i = 0; i < MANY; i++) {
            if (list[i].refuses == KEPT) {
                assert_null(list[i].result);
                assert_int_equal(list[i].number, ++last[i % 2]);
            } else {
                assert_non_null(list[i].result);
            }
            arena_free(list[i].commit.arena);
        }
        arena_free(a);
    }
}

static void they_go_on_from_what_is_kept(void **state)
{
    struct arena *a = arena_new(0);
    struct taker one = { .agency = OTHER_OFFICE };
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    for (int i = 1; i <= 3; i++) {
        take_all(s, &one, 1);
        assert_null(one.result);
        assert_int_equal(one.number, i);
        arena_free(one.commit.arena);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_no_gap),
        cmocka_unit_test(they_go_on_from_what_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
