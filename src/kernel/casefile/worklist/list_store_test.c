/* Worklists, and the deputy who finds a colleague's work in his own.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/worklist/worklist.h"

static err chief_away(void *context, struct arena *a, struct tx *tx)
{
    return staff_away(a, tx, NULL, NOW, OFFICE, CHIEF, TODAY, TODAY);
}

static size_t listed(struct bench *b, int64_t staff, struct case_query q, struct casefile **ret)
{
    struct actor who = person(b, staff);
    struct snap *snap = look(b);
    struct casefile *list;
    size_t count, counted;

    q.now_ms = q.now_ms == 0 ? NOW : q.now_ms;
    q.state = q.state == 0 ? -1 : q.state;
    q.most = q.most == 0 ? 50 : q.most;
    assert_null(casefile_list(b->a, snap, &who, &q, &list, &count));
    assert_null(casefile_count(b->a, snap, &who, &q, &counted));
    snap_end(snap);
    if (q.after == 0 && count < (size_t)q.most) {
        assert_int_equal(counted, count);
    }
    if (ret != NULL) {
        *ret = list;
    }
    return count;
}

static void a_deputy_decides_and_it_prints_so(void **state)
{
    struct bench b;
    struct case_event *events;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_UNIT_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, "擬准"), -1);
    assert_int_equal(act(&b, id, MATE, ACT_DECIDE, ""), ERR_DENIED);
    assert_int_equal(listed(&b, MATE, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 0);
    assert_null(store_commit(b.s, b.a, OFFICE, chief_away, NULL));
    assert_int_equal(listed(&b, MATE, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 1);
    assert_int_equal(act(&b, id, MATE, ACT_DECIDE, ""), -1);
    assert_null(casefile_events(b.a, look(&b), OFFICE, id, &events, &count));
    assert_int_equal(count, 4);
    assert_true(events[3].as_deputy && events[3].granted);
    assert_false(events[2].as_deputy);
    arena_free(b.a);
}

static void worklists_show_what_is_late_first(void **state)
{
    struct bench b;
    struct casefile *list;
    int64_t ids[5];
    static const int due_in[5] = { 5, -3, 2, -1, 0 };

    bench_open(&b);
    for (int i = 0; i < 5; i++) {
        day due = i == 4 ? DAY_NONE : TODAY + due_in[i];

        ids[i] = receive(&b, wish_of(&b, due, LEVEL_HEAD)).id;
    }
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW }, &list), 5);
    assert_int_equal(list[0].id, ids[1]);
    assert_int_equal(list[1].id, ids[3]);
    assert_int_equal(list[4].id, ids[4]);
    assert_int_equal(list[4].due, DAY_NONE);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW,
                            .when = WHEN_LATE }, NULL), 2);
    assert_int_equal(listed(&b, STRANGER, (struct case_query){ .list = LIST_UNIT_NEW }, NULL), 0);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_MINE }, NULL), 0);
    assert_int_equal(act(&b, ids[0], ME, ACT_TAKE, ""), -1);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_MINE }, NULL), 1);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_NEW }, NULL), 4);
    assert_int_equal(listed(&b, ME, (struct case_query){ .list = LIST_UNIT_OPEN }, NULL), 5);
    assert_int_equal(act(&b, ids[0], ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 1);
    assert_int_equal(listed(&b, CHIEF, (struct case_query){ .list = LIST_TO_DECIDE }, NULL), 0);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL }, &list), 5);
    assert_int_equal(list[0].id, ids[4]);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .state = CASE_PROPOSED }, NULL), 1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .number = load(&b, ids[2]).number }, NULL), 1);
    assert_int_equal(listed(&b, HEAD, (struct case_query){ .list = LIST_ALL,
                            .service = STR("other") }, NULL), 0);
    arena_free(b.a);
}

static void a_number_is_found_as_people_write_it(void **state)
{
    struct bench b;
    struct case_wish later;
    str number;

    bench_open(&b);
    receive(&b, wish_of(&b, TODAY, LEVEL_HEAD));
    later = wish_of(&b, TODAY, LEVEL_HEAD);
    later.now_ms += 366 * DAY_MS;
    receive(&b, later);
    later = wish_of(&b, TODAY, LEVEL_HEAD);
    later.number_prefix = STR("DB"); /* the office had other letters once */
    receive(&b, later);
    number = load(&b, receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id).number;
    const struct { const char *story; str typed; size_t found; } rows[] = {
        { "whole", number, 1 },
        { "in small letters", str_lower(b.a, number), 1 },
        { "its running number", str_slice(number, 7, 6), 1 },
        { "without its letters", str_slice(number, 3, number.len), 1 },
        { "without its letters and check digit", str_slice(number, 3, 10), 1 },
        { "of each year", STR("1"), 2 },
        { "with letters of former times", STR("2"), 1 },
        { "the same with its year", STR("115-000002"), 1 },
        { "of the next year", STR("116 000001"), 1 },
        { "with another check digit", str_format(b.a, "%.*s%d", 11, number.at + 3,
          (number.at[number.len - 1] - '0' + 1) % 10), 0 },
        { "nobody's running number", STR("999999"), 0 },
        { "of another year", STR("001-000002"), 0 },
        { "too long", STR("115-000002-4-4"), 0 },
        { "no number", STR("1%"), 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct case_query q = { .list = LIST_ALL, .number = rows[i].typed };

        if (listed(&b, HEAD, q, NULL) != rows[i].found) {
            fail_msg("%s: %.*s", rows[i].story, STR_ARG(rows[i].typed));
        }
    }
    arena_free(b.a);
}

static void what_was_decided_is_late_no_more(void **state)
{
    struct case_query late = { .list = LIST_UNIT_OPEN, .when = WHEN_LATE };
    struct bench b;
    int64_t id, withdrawn;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY - 3, LEVEL_OFFICER)).id;
    withdrawn = receive(&b, wish_of(&b, TODAY - 3, LEVEL_OFFICER)).id;
    assert_int_equal(listed(&b, ME, late, NULL), 2);
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_DECIDED);
    assert_int_equal(listed(&b, ME, late, NULL), 1);
    assert_int_equal(act(&b, withdrawn, 0, ACT_WITHDRAW, ""), -1);
    late.list = LIST_ALL;
    assert_int_equal(listed(&b, HEAD, late, NULL), 0);
    late.when = WHEN_ALL;
    assert_int_equal(listed(&b, HEAD, late, NULL), 2);
    arena_free(b.a);
}

static void a_worklist_is_read_page_by_page(void **state)
{
    struct bench b;
    struct casefile *list;
    int64_t after = 0;
    size_t seen = 0, count;

    bench_open(&b);
    for (int i = 0; i < 25; i++) {
        receive(&b, wish_of(&b, TODAY + i % 3, LEVEL_HEAD));
    }
    do {
        count = listed(&b, ME, (struct case_query){ .list = LIST_UNIT_OPEN, .after = after,
                       .most = 10 }, &list);
        seen += count;
        after = count == 0 ? 0 : list[count - 1].id;
    } while (count == 10);
    assert_int_equal(seen, 25);
    arena_free(b.a);
}

static size_t counted(struct bench *b, enum case_list list)
{
    struct actor who = person(b, ME);
    struct case_query q = { .list = list, .state = -1, .now_ms = NOW };
    size_t count;

    assert_null(casefile_count(b->a, look(b), &who, &q, &count));
    return count;
}

static void beyond_some_it_is_only_known_that_there_are_more(void **state)
{
    struct bench b;

    bench_open(&b);
    for (int i = 0; i < CASES_COUNTED; i++) {
        receive(&b, wish_of(&b, TODAY, LEVEL_HEAD));
    }
    assert_int_equal(counted(&b, LIST_UNIT_OPEN), CASES_COUNTED);
    for (int i = 0; i < 2; i++) {
        receive(&b, wish_of(&b, TODAY, LEVEL_HEAD));
        assert_int_equal(counted(&b, LIST_UNIT_OPEN), CASES_COUNTED + 1);
        assert_int_equal(counted(&b, LIST_UNIT_NEW), CASES_COUNTED + 1);
    }
    arena_free(b.a);
}

/* The plan of a list's query must name the partial index: without it a worklist grows slow
 * with the years. A count must find all it asks in the index: a row looked up for each case
 * that waits makes the page slow where many do. */
#define IN_INDEX "USING COVERING INDEX "
#define BY_NUMBER "(agency_id=? AND number=?)"
static const struct {
    const char *story, *says;
    size_t query;
    bool sorts;
} plans[] = {
    { "one's own", "casefile_open_of_officer", 0, false },
    { "the unit's", "casefile_open_of_unit", 1, false },
    { "the unit's new ones", "casefile_new_of_unit", 2, false },
    { "what waits for a decision", "casefile_waits", 3, false },
    { "all of the unit", "casefile_by_unit", 11, false },
    { "how many of one's own", IN_INDEX, 13, false },
    { "how many of the unit", IN_INDEX, 14, false },
    { "how many are new", IN_INDEX "casefile_new_of_unit", 15, false },
    { "how many new ones are late", IN_INDEX "casefile_new_of_unit", 21, false },
    { "how many to decide", IN_INDEX "casefile_waits", 16, false },
    { "how many in all", IN_INDEX, 17, false },
    { "how many ever in the unit", IN_INDEX "casefile_by_unit", 18, false },
    { "how many of one's own are late", IN_INDEX "casefile_open_of_officer", 19, false },
    { "how many of the unit are late", IN_INDEX "casefile_open_of_unit", 20, false },
    { "how many to decide are late", IN_INDEX "casefile_waits", 22, false },
    { "how many in all are late", IN_INDEX "casefile_open ", 23, false },
    { "the late ones of all", "casefile_open ", 24, true },
    { "one's own by its number", BY_NUMBER, 25, false },
    { "one of the unit by its number", BY_NUMBER, 26, false },
    { "a new one by its number", BY_NUMBER, 27, false },
    { "one to decide by its number", BY_NUMBER, 28, false },
    { "any by its number", BY_NUMBER, 29, false },
    { "one's own by the control limit", "casefile_control_of_officer", 35, false },
    { "the unit's by the control limit", "casefile_control_of_unit", 36, false },
    { "all by the control limit", "casefile_control ", 40, false },
    { "how many of one's own end by it", IN_INDEX "casefile_control_of_officer", 41, false },
    { "how many of the unit end by it", IN_INDEX "casefile_control_of_unit", 42, false },
    { "how many in all end by it", IN_INDEX "casefile_control ", 43, false },
};

static bool plan_says(struct bench *b, const struct query *asked, const char *what,
                      bool *ret_sorts)
{
    struct query explain = {
        str_z(b->a, str_format(b->a, "EXPLAIN QUERY PLAN %s", asked->sql)), asked->types,
    };
    struct value values[10];
    struct table t;
    bool found = false;

    for (size_t i = 0; i < strlen(asked->types); i++) {
        values[i] = asked->types[i] == 'i' ? bind_int(1) : bind_text(STR("head"));
    }
    assert_null(snap_query(b->a, look(b), &explain, values, strlen(asked->types), &t));
    *ret_sorts = false;
    for (size_t row = 0; row < t.rows; row++) {
        str line = cell_text(&t, row, 3);

        found = found || str_find(line, str_of(what)) >= 0;
        *ret_sorts = *ret_sorts || str_find(line, STR("TEMP B-TREE")) >= 0;
    }
    return found;
}

static void worklists_use_the_index_of_open_cases(void **state)
{
    struct bench b;

    bench_open(&b);
    if (strcmp(store_engine(b.s), "sqlite") != 0) {
        arena_free(b.a);
        print_message("# what PostgreSQL does follows from how many there are: see bench/\n");
        skip();
    }
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        const struct query *asked = casefile_list_queries.queries[plans[i].query];
        bool sorts;

        if (!plan_says(&b, asked, plans[i].says, &sorts) || sorts != plans[i].sorts) {
            fail_msg("%s: %s", plans[i].story, asked->sql);
        }
    }
    bool sorts;

    assert_true(plan_says(&b, casefile_typed_queries.queries[0],
                          IN_INDEX "sqlite_autoindex_casefile_2 (agency_id=? AND number<?)",
                          &sorts));
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_deputy_decides_and_it_prints_so),
        cmocka_unit_test(worklists_show_what_is_late_first),
        cmocka_unit_test(a_number_is_found_as_people_write_it),
        cmocka_unit_test(what_was_decided_is_late_no_more),
        cmocka_unit_test(a_worklist_is_read_page_by_page),
        cmocka_unit_test(beyond_some_it_is_only_known_that_there_are_more),
        cmocka_unit_test(worklists_use_the_index_of_open_cases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
