/* Every page of site in every language: well formed, labelled, one h1.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/site/site_view.h"
#include "site_city.view.h"
#include "site_map.view.h"
#include "site_office.view.h"
#include "site_statement.view.h"

#define L(zh, en) { { STR_INIT(zh), STR_INIT(en), STR_INIT(zh) } }
#define URL_TO(path) { STR_INIT(path) }

static const struct site_day week[] = {
    { { .id = "Sun" }, { .id = "closed" }, 22, false, true },
    { { .id = "Mon" }, { .id = "open" }, 23, true, false },
};
static const struct site_row rows[] = {
    { L("調解聲請", "Mediation"), L("協助和解", "Helps to settle"), { .id = "Online" },
      { .id = "No fixed time" }, { .id = "No fee" }, L("青埔區公所", "Qingpu"),
      URL_TO("/district/services/mediation") },
};
static const struct site_today today = {
    .today = { .id = "Today" }, .state = { .id = "Closed today" }, .next = { .id = "Closed today" },
    .week = week, .week_count = 2, .hours = L("週一至週五", "Monday to Friday"),
    .telephone = STR_INIT("03-000-0000"), .phone_url = URL_TO("tel:03-000-0000"),
};

static void homes(void **state)
{
    static const struct site_office_card cards[] = {
        { .name = L("青埔區公所", "Qingpu <District>"), .address = L("公園路 1 號", "1 Park Road"),
          .telephone = STR_INIT("03"), .url = URL_TO("/district"),
          .all = URL_TO("/district/services"), .count = 2 },
    };
    const struct site_office office = { .name = L("青埔區公所", "Qingpu"), .rows = rows,
                                        .search = URL_TO("/district/search"),
                                        .rows_count = 1, .more = 3, .today = today };
    const struct site_city city = { .name = L("雲川市", "Yunchuan"), .search = URL_TO("/"),
                                    .found = rows, .found_count = 1, .offices = cards,
                                    .offices_count = 1, .today = today };
    const struct site_city nothing = { .name = L("雲川市", "Yunchuan"), .search = URL_TO("/"),
                                       .searching = true, .none = true,
                                       .query = STR_INIT("<b>x</b>"), .today = today };

    (void)state;
    try_view(site_office_view_v, &office, true);
    try_view(site_city_view_v, &city, true);
    try_view(site_city_view_v, &nothing, true);
    try_sees(site_office_view_v, &office, "Closed today");
    try_sees(site_office_view_v, &office, "Helps to settle");
    try_sees(site_city_view_v, &city, "Qingpu &lt;District&gt;");
    try_sees(site_city_view_v, &nothing, "&lt;b&gt;x&lt;/b&gt;");
}

static void map_and_statements(void **state)
{
    static const struct site_link links[] = { { .label = L("調解聲請", "Mediation"),
                                                .url = URL_TO("/district/services/mediation") } };
    static const struct site_branch branches[] = {
        { .text = { .id = "Services" }, .url = URL_TO("/district/services"), .links = links,
          .links_count = 1 },
        { .text = { .id = "About this site" } },
    };
    const struct site_map map = { .name = L("青埔區公所", "Qingpu"), .branches = branches,
                                  .branches_count = 2 };
    struct site_statement s = { .office = L("青埔區公所", "Qingpu"),
                                .telephone = STR("03-000-0000"), .map = { STR("/district/map") } };

    (void)state;
    try_view(site_map_view_v, &map, true);
    for (int i = 0; i < 4; i++) {
        s.is_privacy = i == 0;
        s.is_security = i == 1;
        s.is_opendata = i == 2;
        s.is_accessibility = i == 3;
        try_view(site_statement_view_v, &s, true);
        try_sees(site_statement_view_v, &s, "03-000-0000");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(homes),
        cmocka_unit_test(map_and_statements),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
