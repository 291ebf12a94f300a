/* Terms end on the days on which the official calendars let them end.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct term {
    const char *story;
    const char *from;
    int count;
    const char *due;
};

static const struct term working[] = {
    { "a make-up Saturday counts", "2016-01-29", 1, "2016-01-30" },
    { "three days over the New Year", "2016-02-05", 3, "2016-02-17" },
    { "six days over the New Year", "2016-02-05", 6, "2016-02-22" },
    { "a make-up Saturday in June", "2016-06-03", 1, "2016-06-04" },
    { "over the Moon Festival", "2016-09-14", 7, "2016-09-27" },
    { "a make-up Saturday in February", "2017-02-17", 1, "2017-02-18" },
    { "from the eve of the New Year", "2020-01-22", 3, "2020-02-03" },
    { "the last of six is a make-up day", "2023-01-19", 6, "2023-02-04" },
    { "a make-up day in summer", "2023-06-16", 1, "2023-06-17" },
    { "Teachers' Day is off again", "2025-09-26", 1, "2025-09-30" },
    { "Retrocession Day is kept on Friday", "2025-10-23", 6, "2025-11-03" },
    { "seven over the New Year of 2026", "2026-02-13", 7, "2026-03-04" },
    { "over the turn of the year", "2026-12-31", 1, "2027-01-04" },
    { "three over the New Year of 2027", "2027-02-03", 3, "2027-02-15" },
    { "thirty days with two make-up days", "2016-01-18", 30, "2016-03-07" },
    { "thirty days at the new year", "2023-01-03", 30, "2023-02-18" },
    { "no day at all, on an open day", "2016-01-18", 0, "2016-01-18" },
    { "no day at all, on a Sunday", "2016-01-17", 0, "2016-01-18" },
};

static const struct term plain[] = {
    { "an end on an open day", "2016-01-18", 15, "2016-02-02" },
    { "an end on a Saturday", "2016-01-29", 15, "2016-02-15" },
    { "thirty days", "2016-01-23", 30, "2016-02-22" },
    { "an end on the Dragon Boat Festival", "2017-05-15", 15, "2017-05-31" },
    { "an end in the New Year holiday", "2023-01-12", 15, "2023-01-30" },
    { "an end right after the New Year", "2024-02-01", 15, "2024-02-16" },
    { "an end on Constitution Day", "2025-12-10", 15, "2025-12-26" },
    { "an end on a substitute day off", "2026-01-28", 30, "2026-03-02" },
};

static const struct term months[] = {
    { "an end on a Sunday", "2016-03-15", 2, "2016-05-16" },
    { "a term from the first of a month", "2016-06-30", 2, "2016-08-31" },
    { "the same in September", "2016-07-31", 2, "2016-09-30" },
    { "an end on 29 February, a day off", "2015-12-31", 2, "2016-03-01" },
    { "no such day in February", "2016-12-30", 2, "2017-03-01" },
    { "from the first of January", "2016-12-31", 2, "2017-03-01" },
    { "into a long weekend", "2024-12-28", 2, "2025-03-03" },
    { "onto a substitute day off", "2026-02-06", 2, "2026-04-07" },
    { "over no holiday", "2026-10-29", 2, "2026-12-29" },
};

static void terms_end(const struct term *rows, size_t count,
                      day due_of(const struct calendar *, day, int))
{
    for (size_t i = 0; i < count; i++) {
        struct arena *a = arena_new(0);
        day from;
        assert_true(day_from_iso(str_of(rows[i].from), &from));
        str due = day_iso(a, due_of(calendar_official(), from, rows[i].count));
        if (!str_equal(due, str_of(rows[i].due))) {
            fail_msg("%s: %s + %d gave %.*s", rows[i].story, rows[i].from, rows[i].count,
                     STR_ARG(due));
        }
        arena_free(a);
    }
}

static void working_days_are_counted(void **state)
{
    terms_end(working, sizeof working / sizeof working[0], calendar_working_due);
}

static void calendar_days_are_counted(void **state)
{
    terms_end(plain, sizeof plain / sizeof plain[0], calendar_calendar_due);
}

static void months_are_counted(void **state)
{
    terms_end(months, sizeof months / sizeof months[0], calendar_month_due);
}

static void days_between_are_those_of_the_term(void **state)
{
    day d;
    assert_true(day_from_iso(STR("2016-02-05"), &d));
    for (int n = 1; n < 400; n++) {
        day due = calendar_working_due(calendar_official(), d, n);
        assert_int_equal(calendar_open_days_between(calendar_official(), d, due), n);
        assert_int_equal(calendar_open_days_between(calendar_official(), due, d), -n);
    }
    assert_int_equal(calendar_open_days_between(calendar_official(), d, d), 0);
}

/* Beside a count of day after day, over years, with closures: whole, of hours, on a rest
 * day, two on one day. */
static void days_between_are_those_one_by_one(void **state)
{
    const struct closure_span closed[] = {
        { .day = day_of(2024, 7, 24), .from_minute = 0, .until_minute = CLOSURE_WHOLE },
        { .day = day_of(2024, 7, 25), .from_minute = 720, .until_minute = 1020 },
        { .day = day_of(2024, 7, 27), .from_minute = 0, .until_minute = CLOSURE_WHOLE },
        { .day = day_of(2024, 10, 2), .from_minute = 780, .until_minute = 1020 },
        { .day = day_of(2024, 10, 2), .from_minute = 0, .until_minute = CLOSURE_WHOLE },
        { .day = day_of(2031, 1, 2), .from_minute = 0, .until_minute = CLOSURE_WHOLE },
    };
    struct arena *a = arena_new(0);
    const struct calendar *c;

    assert_null(calendar_make(a, NULL, 0, closed, sizeof closed / sizeof closed[0], &c));
    for (day from = day_of(2012, 12, 20); from < day_of(2031, 6, 1); from += 13) {
        int open = 0;

        for (day d = from + 1; d <= from + 900; d++) {
            open += calendar_is_open(c, d) ? 1 : 0;
            if ((d - from) % 11 == 0) {
                assert_int_equal(calendar_open_days_between(c, from, d), open);
            }
        }
    }
    arena_free(a);
}

static void a_day_says_what_it_is(void **state)
{
    assert_int_equal(calendar_kind(calendar_official(), day_of(2016, 1, 30)), DAY_MAKE_UP);
    assert_int_equal(calendar_kind(calendar_official(), day_of(2016, 1, 31)), DAY_OFF);
    assert_int_equal(calendar_kind(calendar_official(), day_of(2016, 2, 1)), DAY_WORKING);
    assert_true(
        str_equal(calendar_name(calendar_official(), day_of(2025, 10, 10)), STR("國慶日")));
    assert_int_equal(calendar_name(calendar_official(), day_of(2025, 10, 13)).len, 0);
    assert_true(calendar_is_official(calendar_official(), day_of(2013, 1, 1)));
    assert_true(calendar_is_official(calendar_official(), day_of(2027, 12, 31)));
    assert_false(calendar_is_official(calendar_official(), day_of(2012, 12, 31)));
    assert_false(calendar_is_official(calendar_official(), day_of(2028, 1, 1)));
    assert_true(calendar_is_open(calendar_official(), day_of(2031, 1, 1))); /* a guess */
}

/* Compares every day of one year's official file; false when the file is not there. */
static bool year_agrees(const char *folder, int year)
{
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/%d.csv", folder, year);
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        return false;
    }
    int days = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        day d;
        if (!day_from_iso((str){ line, 10 }, &d)) {
            continue;
        }
        days++;
        if (calendar_is_open(calendar_official(), d) != (line[11] == '0')) {
            fail_msg("%.10s differs from the official calendar", line);
        }
    }
    fclose(f);
    assert_true(days == 365 || days == 366);
    return true;
}

static void the_table_agrees_with_the_official_files(void **state)
{
    const char *source = getenv("BIANMIN_SOURCE");
    char folder[400];
    int years = 0;
    snprintf(folder, sizeof folder, "%s/../shared/facts/calendar",
             source != NULL ? source : ".");
    for (int year = 2013; year <= 2027; year++) {
        years += year_agrees(folder, year) ? 1 : 0;
    }
    if (years == 0) {
        print_message("the official files are not here\n");
        skip();
    }
    assert_int_equal(years, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_are_counted),
        cmocka_unit_test(calendar_days_are_counted),
        cmocka_unit_test(months_are_counted),
        cmocka_unit_test(days_between_are_those_of_the_term),
        cmocka_unit_test(days_between_are_those_one_by_one),
        cmocka_unit_test(a_day_says_what_it_is),
        cmocka_unit_test(the_table_agrees_with_the_official_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
