/* lang_test — sentences with their values, as people write them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/lang/lang.h"

#include "base/day.h"
#include "host/lang/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct { const char *story; enum lang lang; int64_t number; const char *want; } amounts[] = {
    { "in Chinese with its currency", LANG_ZH, 1200, "新臺幣 1,200 元" },
    { "in English", LANG_EN, 1200, "NT$1,200" },
    { "in Japanese", LANG_JA, 1234567, "NT$1,234,567" },
    { "three digits have no comma", LANG_EN, 999, "NT$999" },
    { "a refund is below zero", LANG_EN, -1000, "NT$-1,000" },
};

static void money_is_written(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        str got = lang_money(a, amounts[i].lang, amounts[i].number);

        assert_true(str_equal(got, str_of(amounts[i].want)));
    }
    arena_free(a);
}

static const struct { const char *story, *text, *want; } sentences[] = {
    { "a number is grouped", "At most {max} files.", "At most 12,000 files." },
    { "a text is put in", "Dear {name}!", "Dear 王小明!" },
    { "a day is written out", "Due on {day}.", "Due on 18 January 2016." },
    { "a place without value stays", "See {other}.", "See {other}." },
    { "a brace alone stays", "Say { and {max}", "Say { and {max}" },
    { "twice the same place", "{max} of {max}", "12,000 of 12,000" },
    { "values are not filled again", "{tricky}", "{max}" },
};

static void sentences_are_filled(void **state)
{
    const struct word values[] = {
        SAY_NUMBER("max", 12000), SAY_TEXT("name", STR("王小明")),
        SAY_DAY("day", day_of(2016, 1, 18)), SAY_TEXT("tricky", STR("{max}")),
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        struct buf out;

        buf_init(&out, a, 1000);
        lang_fill(&out, LANG_EN, str_of(sentences[i].text), values, 4);
        if (!str_equal(buf_str(&out), str_of(sentences[i].want))) {
            print_error("%s: %.*s\n", sentences[i].story, STR_ARG(buf_str(&out)));
            fail();
        }
    }
    arena_free(a);
}

static void every_row_is_found(void **state)
{
    for (const struct lang_row *row = lang_rows; row->id.len > 0; row++) {
        if (row->one[LANG_ZH].len > 0) {
            assert_true(str_equal(lang_text(LANG_ZH, row->id.at), row->one[LANG_ZH]));
        }
    }
    assert_true(str_equal(lang_text(LANG_ZH, "Nobody says this."), STR("Nobody says this.")));
}

static void a_number_chooses_the_form(void **state)
{
    assert_true(str_equal(lang_plural(LANG_EN, "One x", "{n} x", 1), STR("One x")));
    assert_true(str_equal(lang_plural(LANG_EN, "One x", "{n} x", 0), STR("{n} x")));
    assert_true(str_equal(lang_plural(LANG_EN, "One x", "{n} x", 2), STR("{n} x")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_written),
        cmocka_unit_test(sentences_are_filled),
        cmocka_unit_test(every_row_is_found),
        cmocka_unit_test(a_number_chooses_the_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
