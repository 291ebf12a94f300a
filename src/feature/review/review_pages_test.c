/* The pages of review in every language; notes and what people said are escaped.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/review/review_view.h"
#include "review_ask_page.view.h"
#include "review_case.view.h"
#include "review_day.view.h"

#define LABEL(zh, en) { .in = { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }
#define TO(path) { STR_INIT(path) }

static const struct review_found found[] = {
    { { .id = "Finding" }, "tag--warn", STR_INIT("陳"), STR_INIT("115.03.02"),
      STR_INIT("<地號>") },
};
static const struct review_row rows[] = {
    { .casefile = TO("/c"), .to = TO("/r"), .id = STR_INIT("1"), .number = STR_INIT("DA-1"),
      .who = STR_INIT("林"), .at = STR_INIT("10:00"), .turn = STR_INIT("2"),
      .field = STR_INIT("f-note-1"), .service = LABEL("證明", "Certificate"),
      .state = { .id = "Granted" }, .drawn = true, .may_review = true, .has_finding = true,
      .reviewed = true, .found = found, .found_count = 1 },
    { .casefile = TO("/c"), .id = STR_INIT("2"), .number = STR_INIT("DA-2"), .own = true,
      .field = STR_INIT("f-note-2"), .state = { .id = "Refuse" } },
};
static const struct review_wrong wrong[] = {
    { .casefile = TO("/c"), .to = TO("/w"), .id = STR_INIT("1"), .number = STR_INIT("DA-1"),
      .at = STR_INIT("115.03.02"), .field = STR_INIT("f-settled-1"),
      .service = LABEL("證明", "Certificate"), .bad = true,
      .error = { .id = "Write what was done." } },
};
static const struct review_month months[] = {
    { STR_INIT("115.03"), 10, 4, 1, 1, 0, 3, 2, 1, 1, 0 },
};

static void a_day_with_its_draw(void **state)
{
    struct review_day p = {
        .here = TO("/h"), .before = TO("/b"), .after = TO("/a"), .has_after = true, .over = true,
        .has_wrong = true, .day = STR("115.03.02"), .day_iso = STR("2026-03-02"),
        .seed = STR("bianmin-review-1 district 2026-03-02 5f"), .last_seq = 12, .count = 2,
        .drawn = 1, .drawn_reviewed = 1, .reviewed = 1, .rows = rows, .rows_count = 2,
        .wrong = wrong, .wrong_count = 1, .months = months, .months_count = 1,
    };

    try_view(review_day_view_v, &p, true);
    try_sees(review_day_view_v, &p, "&lt;地號&gt;");
    try_sees(review_day_view_v, &p, "bianmin-review-1 district");
    p.none = true;
    p.over = p.has_wrong = p.has_after = false;
    p.rows_count = p.wrong_count = 0;
    try_view(review_day_view_v, &p, true);
}

static void the_person_says_whether_it_is_right(void **state)
{
    struct review_ask_page p = {
        .ask = { .to = TO("/a"), .result = { .id = "Granted" }, .open = true, .bad = true,
                 .said = STR("<門牌>"), .said_error = { .id = "Write what is wrong, so that we "
                                                            "can mend it." } },
        .back = TO("/b"),
    };
    struct review_case_panel panel = { .found = found, .found_count = 1,
                                       .confirm = { .id = "Granted" }, .said = STR("<門牌>"),
                                       .has_said = true, .settled = STR("已更正"),
                                       .has_settled = true };

    try_view(review_ask_page_view_v, &p, true);
    try_view(review_case_view_v, &panel, false);
    try_sees(review_case_view_v, &panel, "&lt;門牌&gt;");
    panel.hidden = true;
    try_view(review_case_view_v, &panel, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_with_its_draw),
        cmocka_unit_test(the_person_says_whether_it_is_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
