/* The pages of look-ups in every language; what came from outside is escaped.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/lookups/lookups_view.h"
#include "lookups_case.view.h"
#include "lookups_counts.view.h"
#include "lookups_panel.view.h"

#define TO(path) { STR_INIT(path) }
#define ENTRY(name_, id_) { .name = STR_INIT(name_), .label = { .id = id_ }, .type = STR_INIT("text") }

static const struct lookups_option options[] = {
    { STR_INIT("household"), STR_INIT("戶籍"), true },
};
static const struct lookups_fact facts[] = { { STR_INIT("地址"), STR_INIT("<雲川市>") } };
static const struct lookups_row rows[] = {
    { .reg = { .id = "Household register" }, .purpose = { .id = "Purpose" },
      .state = { .id = "Found" }, .how = { .id = "By hand" }, .paper = STR_INIT("謄本"),
      .who = STR_INIT("林"), .at = STR_INIT("115.03.02"), .subject = STR_INIT("A12***6789"),
      .reference = STR_INIT("<R-1>"), .found = true, .has_facts = true, .has_paper = true,
      .facts = facts, .facts_count = 1 },
    { .reg = { .id = "Land register" }, .state = { .id = "Failed" }, .failed = true,
      .has_why = true, .why = { .id = "Reason" }, .next = { .id = "Back" }, .simulated = true },
    { .reg = { .id = "Land register" }, .waits = true },
};

static struct lookups_body body_of(void)
{
    return (struct lookups_body){
        .shown = true, .may_ask = true, .electronic = true, .simulated = true, .waits = true,
        .ask = TO("/a"), .here = TO("/h"), .rows = rows, .rows_count = 3, .choices = options,
        .choices_count = 1, .purposes = options, .purposes_count = 1,
        .reference = ENTRY("reference", "Reference"), .day = ENTRY("day", "Day"),
        .seen = ENTRY("seen", "Text"),
    };
}

static void what_was_asked_stands_on_the_case(void **state)
{
    struct lookups_case one = { .body = body_of(), .number = STR("DA-1"), .casefile = TO("/c") };
    struct lookups_body body = body_of();

    try_view(lookups_case_view_v, &one, true);
    try_sees(lookups_case_view_v, &one, "&lt;雲川市&gt;");
    try_sees(lookups_case_view_v, &one, "&lt;R-1&gt;");
    try_view(lookups_panel_view_v, &body, false);
    body.none = true;
    body.rows_count = 0;
    body.may_ask = false;
    try_view(lookups_panel_view_v, &body, false);
}

static void figures_by_month_and_the_draw(void **state)
{
    static const struct lookups_count list[] = {
        { STR_INIT("證明"), 10, 4, 5, 3, 1, 0, STR_INIT("40.0 %") },
    };
    static const struct lookups_drawn drawn[] = {
        { .id = STR_INIT("1"), .at = STR_INIT("115.03.02"), .who = STR_INIT("林"),
          .number = STR_INIT("DA-1"), .turn = STR_INIT("1"), .month = STR_INIT("2026-03"),
          .reg = { .id = "Land register" }, .may_look = true, .to = TO("/l") },
        { .id = STR_INIT("2"), .number = STR_INIT("DA-2"), .looked = true,
          .note = STR_INIT("<b>"), .by = STR_INIT("陳") },
    };
    struct lookups_counts p = {
        .here = TO("/h"), .month = STR("民國115年3月"), .key = STR("2026-03"), .seed = STR("s"),
        .over = true, .may_audit = true, .has_draw = true, .months = options, .months_count = 1,
        .list = list, .list_count = 1, .lookups = 5, .before = 3, .share = STR("40.0 %"),
        .share_year_ago = STR("—"), .drawn = drawn, .drawn_count = 2,
    };

    try_view(lookups_counts_view_v, &p, true);
    try_sees(lookups_counts_view_v, &p, "&lt;b&gt;");
    p.none = true;
    p.list_count = p.drawn_count = 0;
    p.has_draw = false;
    try_view(lookups_counts_view_v, &p, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_asked_stands_on_the_case),
        cmocka_unit_test(figures_by_month_and_the_draw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
