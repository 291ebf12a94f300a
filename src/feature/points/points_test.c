/* What counts how much, from which day; and the pages in every language, without a rank.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "base/arena.h"
#include "feature/points/points_rules.h"
#include "feature/points/points_view.h"
#include "points_list.view.h"
#include "points_own.view.h"
#include "points_rules.view.h"

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
#define ME 1
#define MATE 2
#define FIRST (day_of(2026, 3, 1))
#define TO(path) { STR_INIT(path) }

/* On from the second of March, off again from the twentieth. */
static const struct { day at; bool on; } days[] = {
    { 0, false }, { 1, true }, { 18, true }, { 19, false }, { 40, false },
};

static void off_unless_switched_on(void **state)
{
    const struct points_switch list[] = { { FIRST + 1, true, 9, 0 }, { FIRST + 19, false, 9, 0 } };

    assert_false(points_are_on(NULL, 0, FIRST));
    for (size_t i = 0; i < COUNT(days); i++) {
        assert_int_equal(points_are_on(list, 2, FIRST + days[i].at), days[i].on);
    }
}

static void a_month_has_its_days(void **state)
{
    day from, until;

    assert_int_equal(points_month_of(day_of(2026, 12, 31)), 202612);
    assert_true(points_month_days(202612, &from, &until));
    assert_int_equal(until - from, 31);
    assert_int_equal(points_month_of(until), 202701);
    assert_int_equal(points_month_before(202701), 202612);
    assert_false(points_month_days(202613, &from, &until));
    assert_false(points_month_days(0, &from, &until));
}

static const struct points_rate rates[] = {
    { .id = 1, .service = STR_INIT("zoning"), .points = 2, .hard_percent = 150,
      .state = POINTS_APPROVED },
    { .id = 2, .service = STR_INIT("relief"), .points = 5, .hard_percent = 200,
      .state = POINTS_PROPOSED },
};

static const struct {
    const char *story;
    struct points_fact fact;
    int64_t points;
} facts[] = {
    { "an easy case", { ME, STR_INIT("zoning"), 2, false, 3 }, 6 },
    { "hard ones weigh more", { ME, STR_INIT("zoning"), 2, true, 3 }, 9 },
    { "before it was switched on", { ME, STR_INIT("zoning"), 0, false, 3 }, 0 },
    { "after it was switched off", { ME, STR_INIT("zoning"), 20, false, 3 }, 0 },
    { "a service whose points nobody has approved", { ME, STR_INIT("relief"), 2, false, 3 }, 0 },
    { "a service without points", { ME, STR_INIT("other"), 2, false, 3 }, 0 },
    { "a colleague's", { MATE, STR_INIT("zoning"), 2, false, 3 }, 0 },
    { "another month", { ME, STR_INIT("zoning"), -3, false, 3 }, 0 },
};

static void what_counts_and_how_much(void **state)
{
    const struct points_switch on[] = { { FIRST + 1, true, 9, 0 }, { FIRST + 19, false, 9, 0 } };
    struct points_rate dated[COUNT(rates)];

    for (size_t i = 0; i < COUNT(rates); i++) {
        dated[i] = rates[i];
        dated[i].since = FIRST - 100;
    }
    for (size_t i = 0; i < COUNT(facts); i++) {
        struct arena *a = arena_new(0);
        struct points_fact fact = facts[i].fact;
        struct points_sum sum;

        fact.on += FIRST;
        assert_null(points_count(a, on, 2, dated, COUNT(rates), &fact, 1, NULL, 0, ME, 202603,
                                 &sum));
        if (sum.points != facts[i].points) {
            fail_msg("%s: %d", facts[i].story, (int)sum.points);
        }
        arena_free(a);
    }
}

/* A rate holds from its day on; what is corrected is added at the end. */
static void a_new_rate_does_not_change_what_has_been(void **state)
{
    struct arena *a = arena_new(0);
    const struct points_switch on = { FIRST - 50, true, 9, 0 };
    const struct points_rate two[] = {
        { .service = STR("zoning"), .points = 2, .hard_percent = 100, .since = FIRST - 50,
          .state = POINTS_APPROVED },
        { .service = STR("zoning"), .points = 4, .hard_percent = 100, .since = FIRST + 10,
          .state = POINTS_APPROVED },
    };
    const struct points_fact list[] = { { ME, STR("zoning"), FIRST + 9, false, 1 },
                                        { ME, STR("zoning"), FIRST + 10, false, 1 } };
    const struct points_objection objections[] = {
        { .staff = ME, .month = 202603, .state = POINTS_GRANTED, .delta = 3 },
        { .staff = ME, .month = 202602, .state = POINTS_GRANTED, .delta = 30 },
        { .staff = MATE, .month = 202603, .state = POINTS_GRANTED, .delta = 300 },
        { .staff = ME, .month = 202603, .state = POINTS_OPEN, .delta = 3000 },
    };
    struct points_sum sum;

    assert_null(points_count(a, &on, 1, two, 2, list, 2, objections, 4, ME, 202603, &sum));
    assert_int_equal(sum.points, 6);
    assert_int_equal(sum.corrected, 9);
    assert_int_equal(sum.lines_count, 1);
    assert_int_equal(sum.lines[0].cases, 2);
    arena_free(a);
}

static void the_pages(void **state)
{
    static const struct points_month months[] = {
        { { .id = "{year}/{month}" }, TO("/staff/points?month=202603"), true },
    };
    static const struct points_line_view lines[] = {
        { { .in = { STR_INIT("<土地>"), STR_INIT("Zoning"), STR_INIT("") } }, 3, 1, 9 },
    };
    static const struct points_objection_view objections[] = {
        { .id = STR_INIT("1"), .who = STR_INIT("林文華"), .at = STR_INIT("115.03.02"),
          .reason = STR_INIT("<一件>"), .answer_field = STR_INIT("f-answer-1"),
          .delta_field = STR_INIT("f-delta-1"), .state = { .id = "Not answered yet" },
          .month = { .id = "My points" }, .tone = "tag--now", .is_open = true,
          .to = TO("/staff/points/objections/1") },
    };
    static const struct points_person people[] = {
        { STR_INIT("林文華"), STR_INIT("課員"), { .in = { STR_INIT("經建課") } }, 3, 1, 9 },
    };
    static const struct points_rate_view shown[] = {
        { .id = STR_INIT("1"), .service = { .in = { STR_INIT("土地") } },
          .since = { .id = "Points" }, .state = { .id = "Approved" }, .tone = "tag--good",
          .points = 2, .hard_percent = 150, .waits = true, .to = TO("/staff/points/rules/1") },
    };
    struct points_own own = { .on = true, .months = months, .months_count = 1, .lines = lines,
                              .lines_count = 1, .cases = 3, .hard = 1, .points = 9,
                              .is_corrected = true, .corrected = 10, .has_objections = true,
                              .objections = objections, .objections_count = 1,
                              .reason = { .name = STR("reason"), .is_long = true,
                                          .label = { .id = "What is wrong with the count" } } };
    const struct points_list list = { .on = true, .months = months, .months_count = 1,
                                      .people = people, .people_count = 1,
                                      .has_objections = true, .objections = objections,
                                      .objections_count = 1 };
    const struct points_rules rules = {
        .on = true, .has_rates = true, .rates = shown, .rates_count = 1, .may_switch = true,
        .may_propose = true, .may_approve = true,
        .since = { .name = STR("since"), .label = { .id = "Valid from" }, .type = STR("text") },
        .rate_since = { .name = STR("rate_since"), .label = { .id = "Valid from" },
                        .type = STR("text") },
        .points = { .name = STR("points"), .label = { .id = "Points" }, .type = STR("text") },
        .hard = { .name = STR("hard"), .label = { .id = "Points" }, .type = STR("text") },
    };
    const struct points_rules fresh = { .on = false };

    try_view(points_own_view_v, &own, true);
    try_sees(points_own_view_v, &own, "&lt;一件&gt;");
    own.on = false;
    try_view(points_own_view_v, &own, true);
    try_sees(points_own_view_v, &own, "This office does not count points.");
    try_view(points_list_view_v, &list, true);
    try_sees(points_list_view_v, &list, "It is no ranking");
    try_view(points_rules_view_v, &rules, true);
    try_view(points_rules_view_v, &fresh, true);
    try_sees(points_rules_view_v, &fresh, "Points are not counted.");
}

static const struct {
    const char *story;
    int64_t points[6];
    size_t count, top, first;
} tops[] = {
    { "nobody has any", { 0, 0 }, 2, 0, 0 },
    { "two have some", { 0, 4, 9 }, 3, 2, 2 },
    { "three of five", { 1, 5, 3, 2, 4 }, 5, 3, 1 },
    { "whoever has as many as the third is there as well", { 5, 3, 3, 3, 1 }, 5, 4, 0 },
};

static void most_points_are_three_and_their_equals(void **state)
{
    for (size_t i = 0; i < sizeof tops / sizeof tops[0]; i++) {
        struct arena *a = arena_new(0);
        struct points_row rows[6] = { 0 };
        size_t *places, count;

        for (size_t n = 0; n < tops[i].count; n++) {
            rows[n].points = tops[i].points[n];
        }
        assert_null(points_top(a, rows, tops[i].count, &places, &count));
        if (count != tops[i].top || (count > 0 && places[0] != tops[i].first)) {
            fail_msg("%s: %zu", tops[i].story, count);
        }
        arena_free(a);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_unless_switched_on),
        cmocka_unit_test(a_month_has_its_days),
        cmocka_unit_test(what_counts_and_how_much),
        cmocka_unit_test(a_new_rate_does_not_change_what_has_been),
        cmocka_unit_test(most_points_are_three_and_their_equals),
        cmocka_unit_test(the_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
