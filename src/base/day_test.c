/* What day tests promise: every spelling an office meets, and honest arithmetic.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *story;
    const char *typed;
    const char *iso; /* NULL: no day */
} spellings[] = {
    { "an ROC day in words", "105年1月18日", "2016-01-18" },
    { "blanks stand between the parts", "106年 4月 25日", "2017-04-25" },
    { "a month is no day", "民國105年1月", NULL },
    { "dots with zeros", "105.04.23", "2016-04-23" },
    { "dots without zeros", "105.4.23", "2016-04-23" },
    { "slashes", "105/04/23", "2016-04-23" },
    { "hyphens", "105-04-23", "2016-04-23" },
    { "seven digits", "1050118", "2016-01-18" },
    { "seven digits with a zero in front", "0990131", "2010-01-31" },
    { "six digits are a year below 100", "990131", "2010-01-31" },
    { "a year with a zero in front", "099/01/31", "2010-01-31" },
    { "the full name of the era", "中華民國105年1月18日", "2016-01-18" },
    { "numerals counted in words", "民國一百零五年一月十八日", "2016-01-18" },
    { "numerals in a row", "一○五年一月十八日", "2016-01-18" },
    { "another sign for zero", "一〇五年一月十八日", "2016-01-18" },
    { "and the third", "一零五年一月十八日", "2016-01-18" },
    { "twenty and thirty", "民國一百十五年十二月三十一日", "2026-12-31" },
    { "full width", "１０５年１月１８日", "2016-01-18" },
    { "full width with slashes", "１０５／０１／１８", "2016-01-18" },
    { "the first year", "民國元年1月1日", "1912-01-01" },
    { "before the era", "民國前1年10月10日", "1911-10-10" },
    { "a leap day", "113年2月29日", "2024-02-29" },
    { "eight digits are western", "20160118", "2016-01-18" },
    { "a western year in words", "2016年1月18日", "2016-01-18" },
    { "a western year said so", "西元2016年1月18日", "2016-01-18" },
    { "the form of machines", "2016-01-18", "2016-01-18" },
    { "the era with dots", "民國105.1.18", "2016-01-18" },
    { "blanks around", "  105年1月18日　", "2016-01-18" },
    { "no leap day that year", "112年2月29日", NULL },
    { "a slip of the pen", "105 年3 月54日", NULL },
    { "month thirteen in digits", "1131301", NULL },
    { "month thirteen with dots", "105.13.01", NULL },
    { "a plan year", "105年度", NULL },
    { "year zero", "0年1月1日", NULL },
    { "31 April", "115年4月31日", NULL },
    { "31 April in digits", "1150431", NULL },
    { "30 February", "115/02/30", NULL },
    { "no leap day in a century", "2100-02-29", NULL },
    { "a leap day of four centuries", "2000-02-29", "2000-02-29" },
    { "month zero", "115.00.10", NULL },
    { "day zero", "115.1.0", NULL },
    { "year zero in digits", "0000101", NULL },
    { "year zero of the era", "民國0年1月1日", NULL },
    { "the last leap day before the era", "民國前8年2月29日", "1904-02-29" },
    { "a sign in front", "-105.1.18", NULL },
    { "nothing", "", NULL },
    { "only blanks", "   ", NULL },
    { "marks that do not agree", "105.01-18", NULL },
    { "words behind the day", "105年1月18日下午", NULL },
    { "two numbers side by side", "105 01 18", NULL },
    { "a western year with the era", "民國2016年1月18日", NULL },
    { "nine digits", "202601180", NULL },
    { "five digits", "10511", NULL },
    { "broken UTF-8", "105\xE5\xB9", NULL },
    { "a hundred after a ten", "十百年1月1日", NULL },
    { "many marks", "105......................", NULL },
};

static void spellings_are_understood(void **state)
{
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct arena *a = arena_new(0);
        day found = DAY_NONE;
        bool is_day = day_parse(str_of(spellings[i].typed), &found);
        const char *iso = is_day ? str_z(a, day_iso(a, found)) : NULL;
        if ((iso == NULL) != (spellings[i].iso == NULL) ||
            (iso != NULL && strcmp(iso, spellings[i].iso) != 0)) {
            fail_msg("%s: \"%s\" gave %s", spellings[i].story, spellings[i].typed,
                     iso == NULL ? "no day" : iso);
        }
        arena_free(a);
    }
}

static void every_day_is_counted(void **state)
{
    int weekday = 1; /* 0001-01-01 was a Monday */
    day d = day_of(1, 1, 1);
    assert_int_equal(day_of(1970, 1, 1), 0);
    for (; d <= day_of(9999, 12, 31); d++) {
        struct civil c = day_civil(d);
        if (day_of(c.year, c.month, c.date) != d || day_weekday(d) != weekday) {
            fail_msg("day %d", d);
        }
        weekday = (weekday + 1) % 7;
    }
    assert_int_equal(d, day_of(9999, 12, 31) + 1);
}

static void boxes_make_a_day(void **state)
{
    day d;
    assert_true(day_from_boxes(STR("105"), STR("1"), STR("18"), true, &d));
    assert_int_equal(d, day_of(2016, 1, 18));
    assert_true(day_from_boxes(STR("2016"), STR("01"), STR(" 18 "), true, &d));
    assert_int_equal(d, day_of(2016, 1, 18));
    assert_true(day_from_boxes(STR("１０５"), STR("１"), STR("18"), true, &d));
    assert_false(day_from_boxes(STR("105"), STR("1"), STR("18"), false, &d));
    assert_false(day_from_boxes(STR("105"), STR("2"), STR("30"), true, &d));
    assert_false(day_from_boxes(STR("105"), STR(""), STR("30"), true, &d));
    assert_false(day_from_boxes(STR("105"), STR("1x"), STR("30"), true, &d));
}

static void a_day_is_written_for_people(void **state)
{
    struct arena *a = arena_new(0);
    day d = day_of(2016, 1, 18);
    assert_string_equal(str_z(a, day_text(a, d, LANG_ZH)), "民國105年1月18日");
    assert_string_equal(str_z(a, day_text(a, d, LANG_EN)), "18 January 2016");
    assert_string_equal(str_z(a, day_text(a, d, LANG_JA)), "2016年1月18日");
    assert_string_equal(str_z(a, day_short(a, d, LANG_ZH)), "105.01.18");
    assert_string_equal(str_z(a, day_short(a, d, LANG_EN)), "2016-01-18");
    assert_string_equal(str_z(a, day_text(a, day_of(1911, 10, 10), LANG_ZH)),
                        "民國前1年10月10日");
    assert_true(day_from_iso(STR("2016-01-18"), &d));
    assert_false(day_from_iso(STR("2016-1-18"), &d));
    assert_false(day_from_iso(STR("2016-02-30"), &d));
    assert_int_equal(day_roc_year(d), 105);
    arena_free(a);
}

static void office_time_is_eight_hours_ahead(void **state)
{
    struct arena *a = arena_new(0);
    int64_t late = day_begins_ms(day_of(2026, 3, 2)) - 1;
    assert_int_equal(day_at(late), day_of(2026, 3, 1));
    assert_int_equal(day_at(late + 1), day_of(2026, 3, 2));
    assert_int_equal(day_minute_at(late), 1439);
    assert_string_equal(str_z(a, day_clock(a, late + 1 + 14 * 3600000 + 5 * 60000)), "14:05");
    assert_int_equal(day_at(-1), 0);
    assert_int_equal(day_at(-DAY_MS), -1);
    arena_free(a);
}

static void one_grows_older_on_the_birthday(void **state)
{
    assert_int_equal(day_age(day_of(1960, 3, 2), day_of(2026, 3, 1)), 65);
    assert_int_equal(day_age(day_of(1960, 3, 2), day_of(2026, 3, 2)), 66);
    assert_int_equal(day_age(day_of(2004, 2, 29), day_of(2025, 2, 28)), 20);
    assert_int_equal(day_age(day_of(2004, 2, 29), day_of(2025, 3, 1)), 21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_understood),
        cmocka_unit_test(every_day_is_counted),
        cmocka_unit_test(boxes_make_a_day),
        cmocka_unit_test(a_day_is_written_for_people),
        cmocka_unit_test(office_time_is_eight_hours_ahead),
        cmocka_unit_test(one_grows_older_on_the_birthday),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
