/* Who takes up a new case: the officer of its village, who is on duty, the deputy of who is
 * away; and who has the fewest open cases where the tables name nobody.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/assign/assign.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/receive/receive.h"


static const struct { const char *typed, *plain; } names[] = {
    { "公園里", "公園里" },       { "公園", "公園里" },        { "青埔區公園里", "公園里" },
    { "公園里 3 鄰", "公園里" },  { "公園里3鄰12號", "公園里" }, { "台平里", "臺平里" },
    { "里仁里", "里仁里" },       { "社區里", "社區里" },      { "大村", "大村" },
    { "  ", "" },                 { "", "" },                  { "東區東門里", "東門里" },
};

static void a_village_has_one_name(void **state)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct arena *a = arena_new(0);
        str plain = village_plain(a, str_of(names[i].typed));

        if (!str_equal(plain, str_of(names[i].plain))) {
            fail_msg("%s: %.*s", names[i].typed, STR_ARG(plain));
        }
        arena_free(a);
    }
}

static void what_holds_on_a_day_is_the_newest_that_has_begun(void **state)
{
    const struct assign_line list[] = {
        { .kind = ASSIGN_LINE_VILLAGE, .key = STR("公園里"), .since = 10, .staff = ME },
        { .kind = ASSIGN_LINE_VILLAGE, .key = STR("公園里"), .since = 20, .staff = MATE },
        { .kind = ASSIGN_LINE_ROSTER, .key = STR("1"), .since = 5, .staff = ME },
    };

    assert_null(assign_in_force(list, 3, ASSIGN_LINE_VILLAGE, STR("公園里"), 9));
    assert_int_equal(assign_in_force(list, 3, ASSIGN_LINE_VILLAGE, STR("公園里"), 19)->staff, ME);
    assert_int_equal(assign_in_force(list, 3, ASSIGN_LINE_VILLAGE, STR("公園里"), 20)->staff,
                     MATE);
    assert_int_equal(assign_next(list, 3, ASSIGN_LINE_VILLAGE, STR("公園里"), 10)->staff, MATE);
    assert_null(assign_next(list, 3, ASSIGN_LINE_VILLAGE, STR("公園里"), 20));
    assert_null(assign_in_force(list, 3, ASSIGN_LINE_VILLAGE, STR("文化里"), 30));
}

static const struct service by_village = { .key = STR_INIT("v"), .version = 1,
                                           .flow = { .assign = ASSIGN_VILLAGE } };
static const struct service by_roster = { .key = STR_INIT("r"), .version = 1,
                                          .flow = { .assign = ASSIGN_ROSTER } };

struct entering {
    struct actor who;
    int64_t now_ms;
    struct assign_line line;
    bool take_back;
};
static err run_enter(void *context, struct arena *a, struct tx *tx)
{
    struct entering *e = context;

    return e->take_back ? assign_take_back(a, tx, &e->who, e->now_ms, UNIT, &e->line)
                        : assign_put(a, tx, &e->who, e->now_ms, UNIT, &e->line, 1);
}

/* The kind of refusal, or -1. */
static int enter(struct bench *b, int64_t staff, enum assign_kind kind, const char *key,
                 day since, int64_t to)
{
    struct entering x = { .who = person(b, staff), .now_ms = NOW,
                          .line = { .kind = kind, .key = str_of(key), .since = since,
                                    .staff = to } };
    err e = store_commit(b->s, b->a, OFFICE, run_enter, &x);

    return e == NULL ? -1 : (int)e->kind;
}

static int64_t officer(struct bench *b, const struct service *s, const char *village, day on)
{
    struct case_wish w = wish_of(b, TODAY + 30, LEVEL_UNIT_HEAD);

    w.service = s;
    w.assigns = true;
    w.village = str_of(village);
    w.now_ms = NOW + (on - TODAY) * DAY_MS;
    return load(b, receive(b, w).id).officer;
}

#define VILLAGER 6
static err run_villager(void *context, struct arena *a, struct tx *tx)
{
    struct staff s = { .id = VILLAGER, .agency = OFFICE, .unit = OTHER_UNIT,
                       .sign_name = STR("village"), .name = STR("李里幹事"),
                       .duties = DUTY(DUTY_VILLAGE), .active = true };

    return staff_put(a, tx, NULL, NOW, &s, TODAY - 10);
}

/* 里幹事 belong to civil affairs and do the round for the other units too. */
static void a_village_officer_of_another_unit_may_have_a_village(void **state)
{
    struct bench b;

    bench_open(&b);
    assert_null(store_commit(b.s, b.a, OFFICE, run_villager, NULL));
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY, VILLAGER), -1);
    assert_int_equal(officer(&b, &by_village, "公園里", TODAY), VILLAGER);
    /* Where the table names nobody it stays in the unit. */
    assert_int_equal(officer(&b, &by_village, "文化里", TODAY), ME);
    arena_free(b.a);
}

static err run_away(void *context, struct arena *a, struct tx *tx)
{
    struct staff me = { .id = ME, .agency = OFFICE, .unit = UNIT, .deputy = MATE,
                        .sign_name = STR("me"), .name = STR("王小明"),
                        .duties = DUTY(DUTY_OFFICER), .active = true };

    TRY(staff_put(a, tx, NULL, NOW, &me, TODAY));
    return staff_away(a, tx, NULL, NOW, OFFICE, ME, TODAY + 20, TODAY + 25);
}

static void a_village_has_its_officer(void **state)
{
    struct bench b;

    bench_open(&b);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY, ME), -1);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY + 10, MATE), -1);
    for (int i = 0; i < 3; i++) { /* however many he has */
        assert_int_equal(officer(&b, &by_village, "公園里", TODAY), ME);
    }
    assert_int_equal(officer(&b, &by_village, "文化里", TODAY), MATE); /* fewest */
    assert_int_equal(officer(&b, &by_village, "", TODAY), MATE);
    assert_int_equal(officer(&b, &by_village, "公園里", TODAY + 10), MATE);
    /* Nobody from a day on: then who has the fewest. */
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY + 12, 0), -1);
    assert_int_equal(officer(&b, &by_village, "公園里", TODAY + 12), ME);
    arena_free(b.a);
}

static void who_is_away_is_replaced_by_the_deputy(void **state)
{
    struct bench b;

    bench_open(&b);
    assert_null(store_commit(b.s, b.a, OFFICE, run_away, NULL));
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY, ME), -1);
    assert_int_equal(officer(&b, &by_village, "公園里", TODAY + 20), MATE);
    assert_int_equal(officer(&b, &by_village, "公園里", TODAY + 26), ME);
    arena_free(b.a);
}

static void a_single_day_goes_before_its_weekday(void **state)
{
    struct bench b;
    char weekday[2] = { (char)('0' + assign_weekday(TODAY)), 0 };
    day next_week = TODAY + 7;

    bench_open(&b);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_ROSTER, weekday, TODAY, ME), -1);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_ROSTER, str_z(b.a, day_iso(b.a, next_week)),
                           0, MATE), -1);
    assert_int_equal(officer(&b, &by_roster, "公園里", TODAY), ME);
    assert_int_equal(officer(&b, &by_roster, "公園里", TODAY), ME);
    assert_int_equal(officer(&b, &by_roster, "公園里", next_week), MATE);
    assert_int_equal(officer(&b, &by_roster, "公園里", TODAY + 14), ME);
    arena_free(b.a);
}

static void the_table_is_the_units_own(void **state)
{
    struct bench b;
    struct entering back = { .now_ms = NOW, .take_back = true };
    struct assign_line *list;
    size_t count;

    bench_open(&b);
    assert_int_equal(enter(&b, ME, ASSIGN_LINE_VILLAGE, "公園里", TODAY, ME), ERR_DENIED);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY, STRANGER),
                     ERR_INPUT);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY, ME), -1);
    assert_int_equal(enter(&b, CHIEF, ASSIGN_LINE_VILLAGE, "公園里", TODAY + 3, MATE), -1);
    assert_null(assign_list(b.a, look(&b), OFFICE, UNIT, &list, &count));
    assert_int_equal(count, 2);
    assert_int_equal(list[1].by, CHIEF);
    back.who = person(&b, CHIEF);
    back.line = list[0]; /* in force: it stays */
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_enter, &back)->kind, ERR_CONFLICT);
    back.line = list[1];
    assert_null(store_commit(b.s, b.a, OFFICE, run_enter, &back));
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_enter, &back)->kind, ERR_CONFLICT);
    assert_null(assign_list(b.a, look(&b), OFFICE, UNIT, &list, &count));
    assert_int_equal(count, 1);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_village_has_one_name),
        cmocka_unit_test(what_holds_on_a_day_is_the_newest_that_has_begun),
        cmocka_unit_test(a_village_has_its_officer),
        cmocka_unit_test(a_village_officer_of_another_unit_may_have_a_village),
        cmocka_unit_test(who_is_away_is_replaced_by_the_deputy),
        cmocka_unit_test(a_single_day_goes_before_its_weekday),
        cmocka_unit_test(the_table_is_the_units_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
