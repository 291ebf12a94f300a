/* The page of the law study group in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/study/study_view.h"
#include "study_index.view.h"

static void the_page_is_drawn(void **state)
{
    const struct study_row rows[] = {
        { .link = { STR("/staff/cases/1") }, .number = STR("DA-115-000123-4"),
          .officer = STR("林文華"), .asked = STR("115.03.02 09:10"),
          .service = { { STR_INIT("土地使用分區證明"), STR_INIT("Zoning"), STR_INIT("") } },
          .waits = { .id = "asked today" }, .instructed = true, .late = true },
    };
    const struct study_member members[] = { { STR("陳淑芬"), STR("秘書"), { { STR_INIT("秘書室") } } } };
    const struct study_month months[] = {
        { .month = STR("115年3月"), .asked = 3, .same_day = 1, .instructed = 1, .open = 1,
          .share = { .id = "asked today" } },
    };
    struct study_page p = { .rows = rows, .rows_count = 1, .members = members,
                            .members_count = 1, .months = months, .months_count = 1,
                            .has_months = true, .more = true, .people = { STR("/p") } };

    try_view(study_index_view_v, &p, true);
    try_sees(study_index_view_v, &p, "with the higher agency");
    p = (struct study_page){ .none = true, .no_members = true };
    try_view(study_index_view_v, &p, true);
    try_sees(study_index_view_v, &p, "No question waits for an answer.");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_page_is_drawn) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
