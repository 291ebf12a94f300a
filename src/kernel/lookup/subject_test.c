/* subject_test — a register is asked about what several answers name together, and about each
 * row of them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/lookup/inside.h"

#include "host/json/json.h"
#include "kernel/office/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind,
                                                 &service_kind };

#define T "{ zh: 題, en: Q, ja: 問 }"
#define PART(key, type, more) \
    "{ key: " key ", type: " type ", required: false, label: " T more " }"
static const char service_source[] =
    "format: 1\nkind: service\nkey: zoning\n"
    "name: " T "\nsummary: " T "\ngroup: " T "\nunit: works\nwho: " T "\nlaw: " T "\n"
    "limit: { value: 3, unit: working }\nmatter: m\nresult_name: " T "\npurpose: " T "\n"
    "updated: 2026-01-05\nways: [online, counter]\n"
    "papers:\n"
    "  - { key: land, name: " T ", lookup: land_register, lookup_by: [section, main, sub], "
    "lookup_rows: more }\n"
    "steps:\n  - key: one\n    title: " T "\n    questions:\n"
    "      - " PART("section", "text", "") "\n"
    "      - " PART("main", "number", ", most: 9999") "\n"
    "      - " PART("sub", "number", ", most: 9999") "\n"
    "      - key: more\n        type: rows\n        required: false\n        label: " T "\n"
    "        columns:\n"
    "          - " PART("section", "text", "") "\n"
    "          - " PART("main", "number", ", most: 9999") "\n"
    "          - " PART("sub", "number", ", most: 9999") "\n";

static const struct {
    const char *story, *answers;
    size_t count;
    const char *last_key, *last_masked, *last_value;
} rows[] = {
    { "nothing was answered", "{}", 0, "", "", "" },
    { "a number without its section names nothing", "{\"main\":123}", 0, "", "", "" },
    { "three answers are one parcel", "{\"section\":\"青埔段\",\"main\":1234,\"sub\":4}", 1,
      "section+main+sub", "青埔段 1234 4",
      "{\"section\":\"青埔段\",\"main\":\"1234\",\"sub\":\"4\"}" },
    { "a sub-number may be missing", "{\"section\":\"青埔段\",\"main\":123}", 1,
      "section+main+sub", "青埔段 123", "{\"section\":\"青埔段\",\"main\":\"123\"}" },
    { "each row is one more",
      "{\"section\":\"青埔段\",\"main\":123,\"more\":[{\"section\":\"公園段\",\"main\":5},"
      "{\"section\":\"公園段\",\"main\":6,\"sub\":1}]}",
      3, "more/2+section+main+sub", "公園段 6 1",
      "{\"section\":\"公園段\",\"main\":\"6\",\"sub\":\"1\"}" },
};

static void what_is_asked_about_is_named_whole(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct definition def = { .file = STR("z.yaml"), .source = str_of(service_source),
                              .version = 1 };
    struct catalog *c;
    struct mistakes m;

    mistakes_init(&m, a);
    assert_null(catalog_build(kinds, 3, 7, &def, 1, &m, &c));
    for (const struct mistake *x = m.first; x != NULL; x = x->next) {
        fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
    }
    const struct service *s = service_get(c, STR("zoning"));

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct lookup_about list[8];
        struct answers given;
        size_t count;

        assert_null(answers_init(a, &s->form, &given));
        assert_null(answers_restore(a, &given, str_of(rows[i].answers), LANG_ZH));
        assert_null(lookup_subjects_joint(a, &given, &s->papers[0], list, 8, &count));
        if (count != rows[i].count ||
            (count > 0 &&
             (!str_equal(list[count - 1].key, str_of(rows[i].last_key)) ||
              !str_equal(list[count - 1].masked, str_of(rows[i].last_masked)) ||
              !str_equal(list[count - 1].value, str_of(rows[i].last_value))))) {
            fail_msg("%s: %zu %.*s %.*s", rows[i].story, count,
                     STR_ARG(count > 0 ? list[count - 1].masked : STR("")),
                     STR_ARG(count > 0 ? list[count - 1].value : STR("")));
        }
    }
    catalog_release(c);
    arena_free(a);
    (void)state;
}

static void both_adapters_take_the_parts(void **state)
{
    static const struct lookup_gateway gateway = { .by = LOOKUP_BY_GATEWAY,
                                                   .url = STR_INIT("https://g.example/v1"),
                                                   .secret = STR_INIT("0123456789abcdef") };
    struct arena *a = arena_new((size_t)16 << 20);
    const str subject = STR("{\"section\":\"青埔段\",\"main\":\"7\"}");
    struct lookup l = { .agency = 7, .id = 1, .register_key = STR("land_register"),
                        .question = STR("section+main"), .at_ms = 1 };
    struct lookup_answer x = { 0 };
    const struct json *j;
    str url, body;

    assert_null(lookup_adapter_of(HOW_GATEWAY)->question(a, &gateway, STR("district"), &l,
                                                         subject, &url, &body));
    assert_null(json_parse(a, body, &j));
    j = json_get(j, STR("subject"));
    assert_true(str_equal(json_text_of(j, STR("value")), STR("青埔段 7")));
    assert_true(str_equal(json_text_of(json_get(j, STR("parts")), STR("section")),
                          STR("青埔段")));
    assert_true(str_equal(json_text_of(json_get(j, STR("parts")), STR("main")), STR("7")));
    for (int i = 1; i < 50 && !x.found; i++) {
        l.question = STR("section+main");
        assert_null(lookup_adapter_of(HOW_SIMULATOR)
                        ->answer(a, NULL, &l,
                                 str_format(a, "{\"section\":\"青埔段\",\"main\":\"%d\"}", i),
                                 STR(""), STR(""), &x));
    }
    assert_true(x.found);
    assert_true(str_starts(x.facts[0].value, STR("青埔段 ")));
    arena_free(a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_about_is_named_whole),
        cmocka_unit_test(both_adapters_take_the_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
