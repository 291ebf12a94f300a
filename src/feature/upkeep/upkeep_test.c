/* What is counted of a service, when it is due to be looked at again, how two years are set
 * side by side; and the pages.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/upkeep/upkeep_rules.h"
#include "feature/upkeep/upkeep_view.h"
#include "upkeep_all.view.h"
#include "upkeep_one.view.h"
#include "upkeep_ways.view.h"

#define TODAY 20514 /* 2026-03-02 */

static void a_look_is_due_when_its_day_is_over_or_nobody_looked_for_a_year(void **state)
{
    static const struct {
        const char *sentence;
        day updated, next;
        bool looked, due;
    } rows[] = {
        { "written last month, never looked at", TODAY - 30, 0, false, false },
        { "written two years ago, never looked at", TODAY - 730, 0, false, true },
        { "nobody said when it was written", DAY_NONE, 0, false, true },
        { "looked at, the next look is tomorrow", TODAY - 730, TODAY + 1, true, false },
        { "looked at, the next look was to be yesterday", TODAY, TODAY - 1, true, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct service s = { .updated = rows[i].updated };
        const struct upkeep_kept last = { .next_day = rows[i].next };

        if (upkeep_is_due(&s, rows[i].looked ? &last : NULL, TODAY) != rows[i].due) {
            fail_msg("%s", rows[i].sentence);
        }
    }
}

static void two_years_stand_side_by_side(void **state)
{
    struct arena *a = arena_new(0);
    const struct upkeep_way_count now[] = {
        { STR("zoning"), CHANNEL_ONLINE, 30, 20, 1 },
        { STR("zoning"), CHANNEL_API, 10, 0, 0 },
        { STR("zoning"), CHANNEL_COUNTER, 40, 20, 1 },
        { STR("hall"), CHANNEL_TELEPHONE, 2, 0, 0 },
    };
    const struct upkeep_way_count before[] = { { STR("zoning"), CHANNEL_COUNTER, 9, 9, 0 },
                                        { STR("nhi"), CHANNEL_ONLINE, 1, 1, 1 } };
    struct upkeep_way_sum *list;
    size_t count;

    (void)state;
    assert_null(upkeep_ways_sum(a, now, 4, before, 2, &list, &count));
    assert_int_equal(count, 3);
    assert_true(str_equal(list[0].service, STR("hall")));
    assert_true(str_equal(list[1].service, STR("nhi")));
    assert_int_equal(list[0].telephone, 2);
    assert_int_equal(list[1].online_before, 1);
    assert_int_equal(list[1].over, 0);
    assert_int_equal(list[2].over - list[2].late, 38);
    assert_int_equal(list[2].all, 80);
    assert_int_equal(list[2].online, 40);
    assert_int_equal(list[2].before, 9);
    assert_true(str_equal(upkeep_share(a, list[2].online, list[2].all), STR("50.0 %")));
    assert_true(str_equal(upkeep_share(a, 0, 0), STR("—")));
    arena_free(a);
}

static void a_paper_that_is_looked_up_is_asked_of_nobody(void **state)
{
    const struct service_paper papers[] = { { .key = STR("id") },
                                            { .key = STR("map"), .looked_up = true } };
    const struct question questions[] = { { .key = STR("name") }, { .key = STR("lot") } };
    const struct form_step step = { .questions = questions, .questions_count = 2 };
    const struct service here = { .online = true, .papers = papers, .papers_count = 2,
                                  .form = { .steps = &step, .steps_count = 1 } };
    const struct service there = { .elsewhere = { .url = STR("https://x.example/") } };

    (void)state;
    assert_true(upkeep_is_online(&here));
    assert_true(upkeep_is_online(&there));
    assert_false(upkeep_is_online(&(struct service){ .counter = true }));
}

#define ZONING                                                                   \
    { .in = { STR_INIT("土地使用分區證明"), STR_INIT("Zoning certificate"),      \
              STR_INIT("用途地域証明") } }

static void the_pages(void **state)
{
    static const struct upkeep_row row = { .service = ZONING, .link = { STR_INIT("/x") },
                                           .version = 3, .papers = 2, .looked_up = 2,
                                           .looked = STR_INIT("115.01.05"),
                                           .next = STR_INIT("116.01.05"),
                                           .limit = { .id = "At once" },
                                           .is_online = true, .is_due = true };
    static const struct upkeep_all all = { .rows = &row, .rows_count = 1, .all = 1,
                                           .online = 1,
                                           .ways = { STR_INIT("/staff/ways") } };
    static const struct upkeep_version version = { .version = 2, .papers = 2,
                                                   .since = STR_INIT("115.01.05"),
                                                   .limit = { .id = "At once" } };
    static const struct upkeep_look look = { .at = STR_INIT("115.01.05"),
                                             .who = STR_INIT("林小青"), .version = 1,
                                             .found = STR_INIT("謄本改由<查調>"),
                                             .next = STR_INIT("116.01.05"),
                                             .changes = true };
    static const struct upkeep_one one = {
        .service = ZONING, .versions = &version, .versions_count = 1, .looks = &look,
        .looks_count = 1, .may_look = true, .put = { STR_INIT("/x") },
        .found = { .name = STR_INIT("found"), .label = { .id = "What was found" },
                   .is_long = true },
        .next = { .name = STR_INIT("next"), .label = { .id = "Next look" } },
    };
    static const struct upkeep_year year = { STR_INIT("2026"), STR_INIT("民國115年"), true };
    static const struct upkeep_way way = { .service = ZONING, .all = 80, .online = 40,
                                           .share = STR_INIT("50.0 %"),
                                           .share_before = STR_INIT("—") };
    static const struct upkeep_brought brought = { .service = ZONING, .amount = 412,
                                                   .way = { .id = "Online" },
                                                   .source = STR_INIT("中央健康保險署系統") };
    static const struct upkeep_result result = { .service = ZONING, .done = 7,
                                                 .not_done = 2, .passed_on = 1 };
    static const struct upkeep_extended extended = { .month = { .id = "Online" },
                                                     .statutory = 3, .control = 35 };
    static const struct upkeep_ways ways = {
        .here = { STR_INIT("/staff/ways") }, .years = &year, .years_count = 1,
        .year = STR_INIT("民國115年"), .year_before = STR_INIT("民國114年"), .rows = &way,
        .rows_count = 1, .sum = { .share = STR_INIT("50.0 %"), .share_before = STR_INIT("—") },
        .brought = &brought, .brought_count = 1, .items = 21, .results = &result,
        .results_count = 1, .extended = &extended, .extended_count = 1,
    };

    (void)state;
    try_view(upkeep_all_view_v, &all, true);
    try_sees(upkeep_all_view_v, &all, "look is due");
    try_view(upkeep_one_view_v, &one, true);
    try_sees(upkeep_one_view_v, &one, "&lt;查調&gt;");
    try_view(upkeep_ways_view_v, &ways, true);
    try_sees(upkeep_ways_view_v, &ways, "中央健康保險署系統");
    try_sees(upkeep_ways_view_v, &ways, ">35<");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_look_is_due_when_its_day_is_over_or_nobody_looked_for_a_year),
        cmocka_unit_test(two_years_stand_side_by_side),
        cmocka_unit_test(a_paper_that_is_looked_up_is_asked_of_nobody),
        cmocka_unit_test(the_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
