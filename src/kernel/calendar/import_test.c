/* Official files come in, whichever way they were written, and wrong ones say their line.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/calendar/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static str seed(struct arena *a, const char *name)
{
    const char *source = getenv("BIANMIN_SOURCE");
    str path = str_format(a, "%s/test/corpus/import/%s", source != NULL ? source : ".",
                          name);
    char *bytes = arena_alloc(a, 200000);
    FILE *f = fopen(str_z(a, path), "rb");

    assert_non_null(f);
    size_t len = fread(bytes, 1, 200000, f);
    fclose(f);
    return (str){ bytes, len };
}

struct row {
    const char *story, *file, *as;
    size_t years;
    int first;
    bool is_revised;
};
static const struct row good[] = {
    { "with its mark and CRLF", "dgpa-115.csv", "115年中華民國政府行政機關辦公日曆表.csv",
      1, 2026, false },
    { "in Big5, a revised edition", "dgpa-114-big5.csv", "114年辦公日曆表修正版.csv", 1,
      2025, true },
    { "with LF and no last line end", "dgpa-116-lf.csv", "116.csv", 1, 2027, false },
    { "Taipei's days off of two years", "taipei.csv", "taipei.csv", 2, 2023, false },
};

static void official_files_agree_with_the_binary(void **state)
{
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        struct arena *a = arena_new(0);
        struct mistakes m;
        struct official_year *years;
        size_t count;

        mistakes_init(&m, a);
        err e = calendar_file_read(a, str_of(good[i].as), seed(a, good[i].file), &m, &years,
                                   &count);
        if (e != NULL) {
            fail_msg("%s: %s %.*s", good[i].story, e->say.id, STR_ARG(m.first->place));
        }
        assert_int_equal(count, good[i].years);
        assert_int_equal(years[0].year, good[i].first);
        assert_int_equal(years[0].is_revised, good[i].is_revised);
        for (size_t k = 0; k < count; k++) {
            struct day_difference *list;
            size_t differ;

            assert_null(
                calendar_year_differs(a, calendar_official(), &years[k], &list, &differ));
            if (differ > 0) {
                fail_msg("%s: %.*s", good[i].story, STR_ARG(day_iso(a, list[0].day)));
            }
        }
        arena_free(a);
    }
}

static const struct {
    const char *story, *text, *say;
    int line;
} bad[] = {
    { "nothing", "", "The file is empty.", 1 },
    { "no columns", "a,b\n",
      "The first line must name the columns, as the official file does: "
      "西元日期、星期、是否放假、備註",
      1 },
    { "the edition for Google", "Subject,Start Date\n",
      "This is the edition for Google Calendar. Download the one without Google in its name.",
      1 },
    { "31 April", "西元日期,星期,是否放假,備註\n20260430,四,0,\n20260431,五,0,\n",
      "There is no such day: {text}. Compare it with the official file.", 3 },
    { "29 February of no leap year", "西元日期,星期,是否放假,備註\n20260229,日,2,\n",
      "There is no such day: {text}. Compare it with the official file.", 2 },
    { "year 0", "西元日期,星期,是否放假,備註\n00000101,六,2,\n",
      "There is no such day: {text}. Compare it with the official file.", 2 },
    { "another century", "西元日期,星期,是否放假,備註\n19260101,五,2,\n",
      "{day} is too far away. Look at the year again.", 2 },
    { "another weekday", "西元日期,星期,是否放假,備註\n20260101,三,2,\n",
      "{day} is another day of the week. Compare date and weekday.", 2 },
    { "a number nobody knows", "西元日期,星期,是否放假,備註\n20260101,四,1,\n",
      "Whether {day} is off must be 0 or 2 (in Taipei's file 是 or 否).", 2 },
    { "a substitute day at work", "西元日期,星期,是否放假,備註\n20260227,五,0,補假\n",
      "The remark of {day} says the contrary of its column. Compare it with the official file.",
      2 },
    { "a make-up day off", "西元日期,星期,是否放假,備註\n20250208,六,2,補行上班\n",
      "The remark of {day} says the contrary of its column. Compare it with the official file.",
      2 },
    { "a day twice", "西元日期,星期,是否放假,備註\n20260101,四,2,\n20260101,四,2,\n",
      "{day} stands in line {line} already. Take one of them out.", 3 },
    { "a day both ways", "西元日期,星期,是否放假,備註\n20260101,四,2,\n20260101,四,0,\n",
      "Line {line} says the contrary of {day}. The file contradicts itself; download it again.",
      3 },
    { "a year that is not whole", "西元日期,星期,是否放假,備註\n20260101,四,2,\n",
      "{day} is missing, and it may not be the only one. The file is not whole; download it "
      "again.",
      2 },
    { "Taipei's file cut off",
      "date,year,name,isHoliday,holidayCategory,description\n20260101,2026,開國紀念日,是,x,\n",
      "The year {year} has {days} days off; that cannot be. The file is not whole; download it "
      "again.",
      2 },
};

static void wrong_files_say_line_and_what_to_do(void **state)
{
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct arena *a = arena_new(0);
        struct mistakes m;
        struct official_year *years;
        size_t count;

        mistakes_init(&m, a);
        err e = calendar_file_read(a, STR("x.csv"), str_of(bad[i].text), &m, &years,
                                   &count);

        assert_non_null(e);
        assert_int_equal(e->kind, ERR_INPUT);
        if (strcmp(m.first->say.id, bad[i].say) != 0 ||
            !str_equal(m.first->place, str_format(a, "x.csv:%d", bad[i].line))) {
            fail_msg("%s: %.*s %s", bad[i].story, STR_ARG(m.first->place), m.first->say.id);
        }
        arena_free(a);
    }
}

static void all_contradictions_are_told_at_once(void **state)
{
    struct arena *a = arena_new(0);
    struct mistakes m;
    struct official_year *years;
    size_t count;

    mistakes_init(&m, a);
    assert_non_null(calendar_file_read(a, STR("x.csv"), seed(a, "contradicts.csv"), &m,
                                       &years, &count));
    assert_true(m.count >= 2);
    mistakes_init(&m, a);
    err e = calendar_file_read(a, STR("x.csv"), STR("\xFF\x01\x80\x80"), &m, &years,
                               &count);
    assert_int_equal(e->kind, ERR_INPUT);
    arena_free(a);
}

/* The same days, however they are written, are the same content. */
static void a_year_identifies_itself(void **state)
{
    struct arena *a = arena_new(0);
    struct mistakes m;
    struct official_year *one, *two;
    size_t count;
    str text = seed(a, "dgpa-115.csv");
    struct buf lf;

    mistakes_init(&m, a);
    assert_null(calendar_file_read(a, STR("a.csv"), text, &m, &one, &count));
    buf_init(&lf, a, text.len + 1);
    for (size_t i = 3; i < text.len; i++) {
        if (text.at[i] != '\r') {
            buf_put_char(&lf, text.at[i]);
        }
    }
    assert_null(calendar_file_read(a, STR("b.csv"), buf_str(&lf), &m, &two, &count));
    assert_true(str_equal(calendar_year_hash(a, one), calendar_year_hash(a, two)));
    arena_free(a);
}

static void only_news_are_taken(void **state)
{
    struct arena *a = arena_new(0);
    struct mistakes m;
    struct official_year *years;
    size_t count;
    struct year_row known = { .year = 2026 };
    struct office_day plain = { day_of(2026, 1, 1), 0, STR("開國紀念日") };
    const struct calendar *other;

    mistakes_init(&m, a);
    assert_null(
        calendar_file_read(a, STR("a.csv"), seed(a, "dgpa-115.csv"), &m, &years, &count));
    assert_null(calendar_file_news(a, calendar_official(), &known, 1, years, &count));
    assert_int_equal(count, 0);
    count = 1;
    assert_null(calendar_file_news(a, calendar_official(), &known, 0, years, &count));
    assert_int_equal(count, 1); /* nobody knows the year yet */
    assert_null(calendar_make(a, &plain, 1, NULL, 0, &other));
    assert_null(calendar_file_news(a, other, &known, 1, years, &count));
    assert_int_equal(count, 1);
    known.is_revised = true;
    err e = calendar_file_news(a, other, &known, 1, years, &count);
    assert_int_equal(e->kind, ERR_CONFLICT);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(official_files_agree_with_the_binary),
        cmocka_unit_test(wrong_files_say_line_and_what_to_do),
        cmocka_unit_test(all_contradictions_are_told_at_once),
        cmocka_unit_test(a_year_identifies_itself),
        cmocka_unit_test(only_news_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
