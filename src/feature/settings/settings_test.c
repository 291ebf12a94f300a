/* Keys, names, units one a line; every page of settings in every language.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "feature/settings/settings_rules.h"
#include "feature/settings/settings_view.h"
#include "settings_authority.view.h"
#include "settings_definitions.view.h"
#include "settings_index.view.h"
#include "settings_link.view.h"
#include "settings_load.view.h"
#include "settings_office.view.h"
#include "settings_people.view.h"
#include "settings_person.view.h"
#include "settings_setup.view.h"
#include "settings_units.view.h"

static const struct {
    const char *text;
    bool key, sign_name;
} names[] = {
    { "civil_affairs", true, false }, { "lin.wen-hua", false, true }, { "a1", true, true },
    { "", false, false },             { "1a", false, false },         { "Civil", false, false },
    { "民政", false, false },         { "a b", false, false },        { "a@b", false, false },
    { "abcdefghijklmnopqrstuvwxyzabcdefghijklmno", false, false },
};

static void keys_and_names_are_judged(void **state)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (settings_is_key(str_of(names[i].text)) != names[i].key ||
            settings_is_sign_name(str_of(names[i].text)) != names[i].sign_name) {
            fail_msg("%s", names[i].text);
        }
    }
}

static const struct {
    const char *story, *lines;
    size_t units, mistakes;
    const char *first_key, *first_name;
} lines[] = {
    { "a name alone gets a key", "民政課", 1, 0, "unit1", "民政課" },
    { "a key may stand before", "civil 民政課\nworks 工務課", 2, 0, "civil", "民政課" },
    { "empty lines do not count", "\n 民政課 \n\n", 1, 0, "unit1", "民政課" },
    { "an English name is no key", "Civil Affairs", 1, 0, "unit1", "Civil Affairs" },
    { "a key twice", "civil 民政課\ncivil 戶政課", 2, 1, "civil", "民政課" },
    { "nothing", "  ", 0, 1, "", "" },
};

static void units_are_read_from_lines(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct mistakes m;
        struct unit *units;
        size_t count;

        mistakes_init(&m, a);
        assert_null(settings_unit_lines(a, str_of(lines[i].lines), STR("units"), &m, &units,
                                        &count));
        if (count != lines[i].units || m.count != lines[i].mistakes) {
            fail_msg("%s: %zu units, %zu mistakes", lines[i].story, count, m.count);
        }
        if (count > 0 && (!str_equal(units[0].key, str_of(lines[i].first_key)) ||
                          !str_equal(units[0].name.in[LANG_ZH], str_of(lines[i].first_name)))) {
            fail_msg("%s: %.*s", lines[i].story, STR_ARG(units[0].key));
        }
    }
    arena_free(a);
}

/* Pages. */
static struct entry field(const char *name)
{
    return (struct entry){
        .name = str_of(name), .value = STR("x"), .label = { .id = "Name" },
        .type = STR("text"), .autocomplete = STR("off"),
    };
}

static struct settings_label label(const char *zh, const char *en, const char *ja)
{
    return (struct settings_label){ .text = { .id = "Name" }, .zh = field(zh), .en = field(en),
                                    .ja = field(ja) };
}

static struct settings_profile profile(void)
{
    return (struct settings_profile){
        .name = label("name.zh", "name.en", "name.ja"),
        .short_name = label("short.zh", "short.en", "short.ja"),
        .address = label("address.zh", "address.en", "address.ja"),
        .hours = label("hours.zh", "hours.en", "hours.ja"),
        .telephone = field("telephone"), .email = field("email"), .map = field("map"),
    };
}

static void office_and_units_are_drawn(void **state)
{
    const struct settings_item items[] = {
        { { STR("/staff/settings/units") }, { .id = "Units" }, { .id = "Units" } },
    };
    const struct settings_index start = { items, 1 };
    const struct settings_office office = { .profile = profile(), .saved = true };
    const struct settings_unit_row rows[] = { { .key = STR("civil"), .link = { STR("/u") } } };
    const struct settings_units units = {
        .units = rows, .units_count = 1, .editing = true, .saved = true, .key = field("key"),
        .telephone = field("telephone"), .name = label("name.zh", "name.en", "name.ja"),
    };
    const struct settings_units no_units = {
        .none = true, .key = field("key"), .telephone = field("telephone"),
        .name = label("name.zh", "name.en", "name.ja"),
    };

    try_view(settings_index_view_v, &start, true);
    try_view(settings_office_view_v, &office, true);
    try_view(settings_units_view_v, &units, true);
    try_view(settings_units_view_v, &no_units, true);
    try_sees(settings_units_view_v, &no_units, "No unit yet");
}

static void people_are_drawn(void **state)
{
    const struct words duties[] = { { .id = "Officer" } };
    const struct settings_person_row rows[] = {
        { .name = STR("林文華"), .duties = duties, .duties_count = 1, .link = { STR("/p") } },
    };
    const struct settings_people people = { .people = rows, .people_count = 1 };
    const struct settings_option options[] = { { STR("a"), STR("A"), true } };
    struct settings_person one = {
        .name_now = STR("林文華"), .sign_name_now = STR("lin@district"), .active = true,
        .saved = true, .sign_name = field("sign_name"), .name = field("name"),
        .title = field("title"), .telephone = field("telephone"), .away_from = field("from"),
        .away_until = field("until"), .units = options, .units_count = 1, .duties = options,
        .duties_count = 1, .deputies = options, .deputies_count = 1, .duties_bad = true,
        .duties_error = { .id = "Choose at least one duty." }, .unit_bad = true,
        .unit_error = { .id = "Choose a unit." },
    };
    const struct settings_link link = {
        .name = STR("林文華"), .address = STR("https://office.example/staff/ticket/x"),
        .people = { STR("/staff/settings/people") },
    };

    try_view(settings_people_view_v, &people, true);
    try_view(settings_person_view_v, &one, true);
    one.is_new = true;
    try_view(settings_person_view_v, &one, true);
    try_view(settings_link_view_v, &link, true);
    try_sees(settings_link_view_v, &link, "https://office.example/staff/ticket/x");
}

static void definitions_are_drawn(void **state)
{
    const struct settings_definition_row rows[] = {
        { .kind = { .id = "Service" }, .key = STR("zoning"), .version = 2, .link = { STR("/l") } },
    };
    const struct settings_definitions list = {
        .definitions = rows, .definitions_count = 1, .ready = rows, .ready_count = 1,
        .has_ready = true, .loaded = true,
    };
    const struct settings_mistake mistakes[] = {
        { STR("zoning.yaml:3:5"), { .id = "Choose a unit." } },
    };
    const struct settings_load load = {
        .source = STR("format: 1\n"), .key = STR("zoning"),
        .kind = { .id = "Service" }, .is_known = true, .version = 2,
        .has_mistakes = true, .count = 1, .mistakes = mistakes, .mistakes_count = 1,
    };
    const struct settings_matter matters[] = {
        { .key = STR("zoning"), .level = { .id = "Unit head" }, .has_title = true },
    };
    const struct settings_authority table = { .matters = matters, .matters_count = 1 };
    const struct settings_authority none = { .none = true };

    try_view(settings_definitions_view_v, &list, true);
    try_view(settings_load_view_v, &load, true);
    try_sees(settings_load_view_v, &load, "zoning.yaml:3:5");
    try_view(settings_authority_view_v, &table, true);
    try_view(settings_authority_view_v, &none, true);
}

static void the_first_run_is_drawn(void **state)
{
    const struct settings_service services[] = { { .key = STR("zoning"), .chosen = true } };
    const struct settings_setup p = {
        .profile = profile(), .unit_names = field("units"), .person = field("person"),
        .title = field("title"), .sign_name = field("sign_name"),
        .password = field("password"), .again = field("again"), .services = services,
        .services_count = 1, .has_services = true,
    };

    try_view(settings_setup_view_v, &p, true);
    try_sees(settings_setup_view_v, &p, "Finish and sign in");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_and_names_are_judged),
        cmocka_unit_test(units_are_read_from_lines),
        cmocka_unit_test(office_and_units_are_drawn),
        cmocka_unit_test(people_are_drawn),
        cmocka_unit_test(definitions_are_drawn),
        cmocka_unit_test(the_first_run_is_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
