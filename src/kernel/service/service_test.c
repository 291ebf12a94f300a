/* service_test — due dates, and a definition with planted mistakes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/calendar.h"
#include "kernel/service/service.h"

#include "base/arena.h"
#include "kernel/office/office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind, &service_kind };
#define KINDS kinds, sizeof(kinds) / sizeof(*kinds)

static const struct { const char *story; enum limit_unit unit; int value; int from[3], due[3]; }
dues[] = {
    { "three working days over Lunar New Year", LIMIT_WORKING, 3, { 2016, 2, 5 }, { 2016, 2, 17 } },
    { "a make-up Saturday counts", LIMIT_WORKING, 1, { 2023, 6, 16 }, { 2023, 6, 17 } },
    { "fifteen days end on a holiday", LIMIT_CALENDAR, 15, { 2025, 12, 10 }, { 2025, 12, 26 } },
    { "thirty days end on a bridge day", LIMIT_CALENDAR, 30, { 2026, 1, 28 }, { 2026, 3, 2 } },
    { "two months to a Sunday", LIMIT_MONTH, 2, { 2016, 3, 15 }, { 2016, 5, 16 } },
    { "while you wait: the same day", LIMIT_AT_ONCE, 0, { 2026, 11, 20 }, { 2026, 11, 20 } },
    { "on line on a Sunday: on Monday", LIMIT_AT_ONCE, 0, { 2026, 11, 22 }, { 2026, 11, 23 } },
};

static void a_matter_is_due(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(dues) / sizeof(*dues); i++) {
        struct service s = { .limit = { dues[i].value, dues[i].unit } };
        day due = service_due(calendar_official(), &s,
                              day_of(dues[i].from[0], dues[i].from[1], dues[i].from[2]));

        if (due != day_of(dues[i].due[0], dues[i].due[1], dues[i].due[2])) {
            struct civil c = day_civil(due);

            fail_msg("%s: %d-%02d-%02d", dues[i].story, c.year, c.month, c.date);
        }
    }
}

static void where_there_is_no_term_nothing_is_due(void **state)
{
    struct service s = { .limit = { 0, LIMIT_NONE } };

    (void)state;
    assert_int_equal(service_due(calendar_official(), &s, day_of(2026, 11, 22)), DAY_NONE);
}

/* Good but for the five lines that say so. */
static const char planted[] =
    "format: 1\n"
    "kind: service\n"
    "key: zoning\n"
    "name: { zh: 分區證明, en: Zoning certificate }\n" /* 1: no Japanese */
    "summary: { zh: 證明, en: Certifies, ja: 証明 }\n"
    "group: { zh: 土地, en: Land, ja: 土地 }\n"
    "unit: works\n"
    "who: { zh: 任何人, en: Anyone, ja: どなたでも }\n"
    "law: { zh: 法, en: Law, ja: 法 }\n"
    "limit: { value: 3, unit: workign }\n" /* 2: a unit misspelt */
    "ways: [online]\n"
    "matter: zoning\n"
    "result_name: { zh: 證明書, en: Certificate, ja: 証明書 }\n"
    "purpose: { zh: 核發, en: To issue, ja: 交付 }\n"
    "updated: 2026-01-05\n"
    "feess: []\n" /* 3: an unknown key */
    "steps:\n"
    "  - key: you\n"
    "    title: { zh: 您, en: You, ja: あなた }\n"
    "    questions:\n"
    "      - key: name\n"
    "        type: text\n"
    "        label: { zh: 姓名, en: Name, ja: 氏名 }\n"
    "        example: 林小青\n"
    "      - key: name\n" /* 4: the same key */
    "        type: number\n"
    "        label: { zh: 份數, en: Copies, ja: 部数 }\n"
    "        visible: filled(nmae)\n" /* 5: a question that is none */
    "        example: 1\n";

static const struct { const char *place, *id, *near; } wanted[] = {
    { "z.yaml:4:7", "\"{key}\" is missing here.", NULL },
    { "z.yaml:10:26", "\"{word}\" is not known here. Did you mean \"{nearest}\"?", "working" },
    { "z.yaml:16:1", "\"{word}\" is not known here. Did you mean \"{nearest}\"?", "fees" },
    { "z.yaml:25:14", "\"{key}\" is here twice. Give one of them another key.", NULL },
    { "z.yaml:28:18", NULL, NULL },
}; /* in this order */

static void five_planted_mistakes_are_told_at_once(void **state)
{
    struct arena *a = arena_new(0);
    struct definition d = { .file = STR("z.yaml"), .source = str_of(planted), .version = 1 };
    struct mistakes m;
    size_t n = 0;

    (void)state;
    mistakes_init(&m, a);
    assert_null(pack_check(KINDS, &d, 1, day_of(2026, 11, 22), &m));
    assert_int_equal(m.count, 5);
    for (const struct mistake *x = m.first; x != NULL; x = x->next, n++) {
        if (!str_equal(x->place, str_of(wanted[n].place)) ||
            (wanted[n].id != NULL && strcmp(x->say.id, wanted[n].id) != 0) ||
            (wanted[n].near != NULL &&
             !str_equal(x->say.value[1].text, str_of(wanted[n].near)))) {
            fail_msg("%.*s %s", STR_ARG(x->place), x->say.id);
        }
    }
    arena_free(a);
}

/* Rules and examples that only show when they are tried; `%s` is the question. */
static const char around[] =
    "format: 1\nkind: service\nkey: s\n"
    "name: { zh: 題, en: Q, ja: 問 }\nsummary: { zh: 題, en: Q, ja: 問 }\n"
    "group: { zh: 題, en: Q, ja: 問 }\nunit: works\nwho: { zh: 題, en: Q, ja: 問 }\n"
    "law: { zh: 題, en: Q, ja: 問 }\nlimit: { unit: none }\nways: [online]\nmatter: m\n"
    "result_name: { zh: 題, en: Q, ja: 問 }\npurpose: { zh: 題, en: Q, ja: 問 }\n"
    "updated: 2026-01-05\nsteps:\n  - key: one\n    title: { zh: 題, en: Q, ja: 問 }\n"
    "    questions:\n"
    "      - { key: first, type: number, required: false, label: { zh: 題, en: Q, ja: 問 } }\n"
    "      - key: second\n        label: { zh: 題, en: Q, ja: 問 }\n        %s\n";

static const struct { const char *story, *question, *id; } tried[] = {
    { "an example that its own form refuses",
      "type: number\n        most: 3\n        example: 4",
      "The example of \"{key}\" is not accepted by its own form. Change the example or the rule." },
    { "an identity number that is none", "type: national_id\n        example: A123456780",
      "The example of \"{key}\" is not accepted by its own form. Change the example or the rule." },
    { "a rule that breaks when an answer is left out",
      "type: number\n        example: 4\n        rules:\n"
      "          - { must: second == first or first, say: { zh: 題, en: Q, ja: 問 } }",
      "The rule {rule} fails when a question in it has no answer: then it is neither true nor "
      "false. Compare it, or write filled(...)." },
    { "a file that is always required", "type: file\n        required: true",
      "A file is not always required: let people bring it, and write \"required_when\" with a "
      "rule." },
    { "a choice without choices", "type: choice\n        example: a", "\"{key}\" is missing here." },
    { "no example", "type: text", "\"{key}\" is missing here." },
    { "an identity number that is not personal",
      "type: mobile\n        personal: false\n        example: 0912-345-678",
      "An answer of this type is always personal. Take this line out." },
    { "a type that is none", "type: txt\n        example: a",
      "\"{word}\" is not known here. Did you mean \"{nearest}\"?" },
};

static void what_only_shows_when_tried_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(tried) / sizeof(*tried); i++) {
        struct arena *a = arena_new(0);
        struct definition d = { .file = STR("s.yaml"), .version = 1 };
        struct mistakes m;
        bool found = false;

        d.source = str_format(a, around, tried[i].question);
        mistakes_init(&m, a);
        assert_null(pack_check(KINDS, &d, 1, day_of(2026, 11, 22), &m));
        for (const struct mistake *x = m.first; x != NULL; x = x->next) {
            found = found || strcmp(x->say.id, tried[i].id) == 0;
        }
        if (!found) {
            fail_msg("%s: %s", tried[i].story, m.first != NULL ? m.first->say.id : "nothing");
        }
        arena_free(a);
    }
}

static void a_unit_and_a_matter_must_exist(void **state)
{
    struct arena *a = arena_new(0);
    struct definition d[] = {
        { .file = STR("s.yaml"), .version = 1,
          .source = str_format(a, around, "type: number\n        example: 4") },
        { .file = STR("office.yaml"), .version = 1,
          .source = STR("format: 1\nkind: office\nkey: d\nname: { zh: 所, en: O, ja: 所 }\n"
                        "case_prefix: DA\nlevels: { head: 長 }\n"
                        "units: [{ key: work, name: { zh: 課, en: U, ja: 課 } }]\n") },
        { .file = STR("authority.yaml"), .version = 1,
          .source = STR("format: 1\nkind: authority\nkey: t\nlines: []\n") },
    };
    struct mistakes m;

    (void)state;
    mistakes_init(&m, a);
    assert_null(pack_check(KINDS, d, 3, day_of(2026, 11, 22), &m));
    assert_int_equal(m.count, 2);
    assert_true(str_equal(m.first->place, STR("s.yaml:7:7")));
    assert_true(str_equal(m.first->say.value[1].text, STR("work")));
    assert_true(str_equal(m.last->place, STR("s.yaml:12:9")));
    /* Also of a file that has other mistakes. */
    d[0].source = str_format(a, around, "type: txt\n        example: 4");
    mistakes_init(&m, a);
    assert_null(pack_check(KINDS, d, 3, day_of(2026, 11, 22), &m));
    assert_int_equal(m.count, 3);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matter_is_due),
        cmocka_unit_test(where_there_is_no_term_nothing_is_due),
        cmocka_unit_test(five_planted_mistakes_are_told_at_once),
        cmocka_unit_test(what_only_shows_when_tried_is_told),
        cmocka_unit_test(a_unit_and_a_matter_must_exist),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
