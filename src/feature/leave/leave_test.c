/* For whom somebody may enter an absence; the page in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/leave/leave_rules.h"
#include "feature/leave/leave_view.h"
#include "leave_index.view.h"

static const struct stand_in chief_of_seven = { .staff = 90, .unit = 7,
                                                .duties = DUTY(DUTY_UNIT_HEAD) };

static const struct {
    const char *story;
    struct actor who;
    struct staff of;
    bool may;
} rows[] = {
    { "everybody enters his own", { .agency = 2, .staff = 5, .unit = 7 },
      { .id = 5, .agency = 2, .unit = 7 }, true },
    { "nobody enters that of the colleague beside", { .agency = 2, .staff = 5, .unit = 7,
      .duties = DUTY(DUTY_OFFICER) }, { .id = 6, .agency = 2, .unit = 7 }, false },
    { "the head of the unit does", { .agency = 2, .staff = 5, .unit = 7,
      .duties = DUTY(DUTY_UNIT_HEAD) }, { .id = 6, .agency = 2, .unit = 7 }, true },
    { "the head of another unit does not", { .agency = 2, .staff = 5, .unit = 8,
      .duties = DUTY(DUTY_UNIT_HEAD) }, { .id = 6, .agency = 2, .unit = 7 }, false },
    { "who stands in for the head of the unit does", { .agency = 2, .staff = 5, .unit = 8,
      .duties = DUTY(DUTY_OFFICER), .stands_for = &chief_of_seven, .stands_for_count = 1 },
      { .id = 6, .agency = 2, .unit = 7 }, true },
    { "personnel does for all", { .agency = 2, .staff = 5, .unit = 8,
      .duties = DUTY(DUTY_PERSONNEL) }, { .id = 6, .agency = 2, .unit = 7 }, true },
    { "the administrator does for all", { .agency = 2, .staff = 5, .unit = 8,
      .duties = DUTY(DUTY_ADMIN) }, { .id = 6, .agency = 2, .unit = 7 }, true },
    { "no other office", { .agency = 3, .staff = 5, .unit = 8, .duties = DUTY(DUTY_ADMIN) },
      { .id = 6, .agency = 2, .unit = 7 }, false },
};

static void who_may_enter(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (leave_may_enter(&rows[i].who, &rows[i].of) != rows[i].may) {
            fail_msg("%s", rows[i].story);
        }
    }
}

static struct entry day_field(const char *name, const char *label)
{
    return (struct entry){ .name = str_of(name), .label = { .id = label },
                           .type = STR("text"), .autocomplete = STR("off"),
                           .is_short = true };
}

static void the_page_is_drawn(void **state)
{
    const struct leave_row list[] = {
        { .name = STR("林文華"), .title = STR("課長"), .deputy = STR("陳淑芬"),
          .from_key = STR("2026-03-02"), .id = STR("0000000000001"),
          .unit = { { STR_INIT("民政課"), STR_INIT("Civil Affairs"), STR_INIT("") } },
          .days = { .id = "Friday" }, .act = { .id = "Take back" }, .today = true,
          .has_deputy = true, .deputy_away = true, .may_end = true },
        { .name = STR("王明德"), .days = { .id = "Friday" } },
    };
    const struct leave_option people[] = { { STR("0000000000001"), STR("林文華 課長"), true } };
    struct leave_page p = {
        .form_token = STR("t"), .enter = { STR("/e") }, .end = { STR("/b") }, .rows = list,
        .rows_count = 2, .picks = true, .people = people, .people_count = 1,
        .from = day_field("from", "First day"), .until = day_field("until", "Last day"),
        .staff_bad = true, .staff_error = { .id = "Choose a colleague." },
        .done = { .id = "The absence is taken back." },
    };

    try_view(leave_index_view_v, &p, true);
    try_sees(leave_index_view_v, &p, "away too");
    p = (struct leave_page){ .none = true, .form_token = STR("t"), .enter = { STR("/e") },
                             .from = day_field("from", "First day"),
                             .until = day_field("until", "Last day") };
    try_view(leave_index_view_v, &p, true);
    try_sees(leave_index_view_v, &p, "You have no deputy yet.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_enter),
        cmocka_unit_test(the_page_is_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
