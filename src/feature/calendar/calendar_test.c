/* Every page of the calendar in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "calendar_hint.view.h"
#include "calendar_import.view.h"
#include "calendar_index.view.h"
#include "calendar_preview.view.h"
#include "calendar_why.view.h"
#include "feature/calendar/calendar_view.h"

#define LABEL(zh, en) { { STR_INIT(zh), STR_INIT(en), STR_INIT("") } }

static const struct calendar_move moves[] = {
    { .link = { STR_INIT("/staff/cases/1") }, .number = STR_INIT("DA-115-000123-4"),
      .from = STR_INIT("115.03.05"), .to = STR_INIT("115.03.06"), .moves = true,
      .control_from = STR_INIT("115.03.04"), .control_to = STR_INIT("115.03.05"),
      .control_moves = true, .has_service = true,
      .service = LABEL("土地使用分區證明", "Zoning certificate") },
    { .link = { STR_INIT("/staff/cases/2") }, .number = STR_INIT("DA-115-000124-2"),
      .from = STR_INIT("–"), .control_from = STR_INIT("115.03.04"),
      .control_to = STR_INIT("115.03.05"), .control_moves = true },
};
static const struct calendar_moves some_move = {
    .moved = 102, .left_out = 100, .has_more = true, .ends = true, .list = moves,
    .list_count = 2,
};

static struct entry short_one(const char *name, const char *label)
{
    return (struct entry){ .name = str_of(name), .label = { .id = label },
                           .type = STR("text"), .autocomplete = STR("off"),
                           .is_short = true };
}

static void the_calendar_is_drawn(void **state)
{
    const struct calendar_closure_row rows[] = {
        { .day = { .id = "Friday" }, .hours = { .id = "Whole day" },
          .whose = { .id = "This office" }, .state = { .id = "closure holds" },
          .told = { .id = "Whole city" }, .act = { .id = "Withdraw this closure" },
          .reason = STR("颱風"), .state_class = STR("tag--on"), .may_act = true,
          .link = { STR("/staff/calendar/closures/1") } },
    };
    const struct calendar_change_row changes[] = {
        { .days = { .id = "Friday" }, .state = { .id = "At it" }, .reason = STR("颱風"),
          .seen = 200, .moved = 40 },
    };
    const struct calendar_year years[] = {
        { .year = STR("2026"), .off = 120, .open = 245, .source = { .id = "In the program" } },
    };
    struct calendar_index p = {
        .may_close = true, .may_import = true, .has_waiting = true, .waiting = rows,
        .waiting_count = 1, .preview = { STR("/p") }, .import = { STR("/i") },
        .day = short_one("day", "Day"), .from = short_one("from", "Closed from"),
        .until = short_one("until", "Closed until"), .reason = short_one("reason", "Reason"),
        .offers_others = true, .closures = rows, .closures_count = 1, .has_changes = true,
        .changes = changes, .changes_count = 1, .years = years, .years_count = 1,
        .form_token = STR("t"),
        .done = { .id = "The closure holds. Running cases are gone through now." },
    };

    try_view(calendar_index_view_v, &p, true);
    try_sees(calendar_index_view_v, &p, "Waiting for your key");
    p.is_city = true;
    p.offices = 4;
    try_sees(calendar_index_view_v, &p, "it holds for all 4 offices of the city at once");
    p = (struct calendar_index){ .none = true, .years = years, .years_count = 1 };
    try_view(calendar_index_view_v, &p, true);
    try_sees(calendar_index_view_v, &p, "No closure was entered in the last two years.");
}

static void what_moves_is_drawn(void **state)
{
    const struct calendar_hidden hidden[] = { { STR("day"), STR("2026-03-04") } };
    const struct calendar_office_moves offices[] = {
        { .office = LABEL("青埔區公所", "District office"), .moved = 30, .told = 1 },
    };
    struct calendar_preview p = {
        .title = { .id = "Close the office" }, .what = { .id = "Friday" },
        .button = { .id = "Close the office on this day" }, .may_refuse = true,
        .warning = { .id = "This day is closed already." }, .refuse = { .id = "Put it aside" },
        .moves = some_move, .to = { STR("/t") }, .back = { STR("/b") },
        .form_token = STR("t"), .hidden = hidden, .hidden_count = 1,
    };

    try_view(calendar_preview_view_v, &p, true);
    try_sees(calendar_preview_view_v, &p, "102 cases move.");
    try_sees(calendar_preview_view_v, &p, "100 more are not shown here.");
    p.moves = (struct calendar_moves){ .none = true };
    try_sees(calendar_preview_view_v, &p, "No running case moves.");
    p.moves = (struct calendar_moves){ .moved = 30, .told = 1, .by_office = true,
                                       .offices = offices, .offices_count = 1 };
    try_view(calendar_preview_view_v, &p, true);
    try_sees(calendar_preview_view_v, &p, "To one applicant another day is told.");
}

static void a_file_is_drawn_before_it_holds(void **state)
{
    const struct calendar_difference days[] = {
        { .day = { .id = "Friday" }, .becomes = { .id = "Day off" }, .name = STR("補假") },
    };
    const struct calendar_mistake mistakes[] = {
        { STR("115.csv:3"), { .id = "The file is empty." } },
    };
    struct calendar_import p = {
        .file = STR("115.csv"), .text = STR("a,b\nc"), .form_token = STR("t"), .fine = true,
        .days = days, .days_count = 1, .moves = some_move, .to = { STR("/t") },
        .back = { STR("/b") },
    };

    try_view(calendar_import_view_v, &p, true);
    try_sees(calendar_import_view_v, &p, "Let it hold");
    p = (struct calendar_import){ .file = STR("115.csv"), .has_mistakes = true, .count = 1,
                                  .mistakes = mistakes, .mistakes_count = 1,
                                  .has_refusal = true, .back = { STR("/b") },
                                  .refusal = { .id = "Choose the file first." } };
    try_view(calendar_import_view_v, &p, true);
    p = (struct calendar_import){ .nothing_new = true, .back = { STR("/b") } };
    try_sees(calendar_import_view_v, &p, "Nothing is new: these years hold already.");
}

static void each_day_is_explained(void **state)
{
    const struct calendar_line lines[] = {
        { .day = STR("2026-03-02"), .weekday = STR("Monday"), .number = STR("–"),
          .why = { .id = "Received; this day is left out" }, .has_law = true,
          .law = { .id = "Administrative Procedure Act, article 48 II" } },
        { .day = STR("2026-03-03"), .weekday = STR("Tuesday"), .number = STR("1"),
          .why = { .id = "Make-up workday: counts" }, .counts = true, .special = true,
          .is_due = true },
    };
    const struct calendar_clock clocks[] = {
        { .title = { .id = "By when we decide" }, .lead = { .id = "The term stands still." },
          .term = { .id = "1 working day" }, .state = { .id = "The term runs" },
          .used = { .id = "Half a day" }, .has_used = true, .anchor = STR("h-statutory-0"),
          .lines = lines, .lines_count = 2, .left_out = 2, .has_left_out = true },
    };
    struct calendar_why p = { .number = STR("DA-115-000123-4"), .clocks = clocks,
                              .clocks_count = 1, .for_owner = true, .back = { STR("/b") },
                              .service = LABEL("土地使用分區證明", "Zoning certificate") };
    const struct calendar_hint hint = { { STR("/w") }, { .id = "The term stands still." } };

    try_view(calendar_why_view_v, &p, true);
    try_sees(calendar_why_view_v, &p, "The last day");
    p = (struct calendar_why){ .none = true, .back = { STR("/b") },
                               .lead = { .id = "This matter has no fixed time." } };
    try_view(calendar_why_view_v, &p, true);
    try_view(calendar_hint_view_v, &hint, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calendar_is_drawn),
        cmocka_unit_test(what_moves_is_drawn),
        cmocka_unit_test(a_file_is_drawn_before_it_holds),
        cmocka_unit_test(each_day_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
