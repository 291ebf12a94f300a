/* A clock gives the day that the law gives, and says why.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/clock/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static day iso(const char *text)
{
    day d = DAY_NONE;

    assert_true(day_from_iso(str_of(text), &d));
    return d;
}

/* Ten in the morning: in the middle of a day's work. */
static int64_t at(const char *text)
{
    return day_begins_ms(iso(text)) + 10 * INT64_C(3600000);
}

static const struct clock_spans no_spans;

struct row {
    const char *story;
    const char *from;
    int value;
    enum clock_unit unit;
    const char *due;
};

/* The vectors of a Taiwanese office, working days, days and months. */
static const struct row rows[] = {
    { "a make-up Saturday counts", "2016-01-29", 1, CLOCK_WORKING, "2016-01-30" },
    { "three days over the New Year", "2016-02-05", 3, CLOCK_WORKING, "2016-02-17" },
    { "six days over the New Year", "2016-02-05", 6, CLOCK_WORKING, "2016-02-22" },
    { "a make-up Saturday in June", "2016-06-03", 1, CLOCK_WORKING, "2016-06-04" },
    { "over the Moon Festival", "2016-09-14", 7, CLOCK_WORKING, "2016-09-27" },
    { "a make-up Saturday in February", "2017-02-17", 1, CLOCK_WORKING, "2017-02-18" },
    { "from the eve of the New Year", "2020-01-22", 3, CLOCK_WORKING, "2020-02-03" },
    { "the last of six is a make-up day", "2023-01-19", 6, CLOCK_WORKING, "2023-02-04" },
    { "a make-up day in summer", "2023-06-16", 1, CLOCK_WORKING, "2023-06-17" },
    { "Teachers' Day is off again", "2025-09-26", 1, CLOCK_WORKING, "2025-09-30" },
    { "Retrocession Day is kept on Friday", "2025-10-23", 6, CLOCK_WORKING, "2025-11-03" },
    { "seven over the New Year of 2026", "2026-02-13", 7, CLOCK_WORKING, "2026-03-04" },
    { "over the turn of the year", "2026-12-31", 1, CLOCK_WORKING, "2027-01-04" },
    { "three over the New Year of 2027", "2027-02-03", 3, CLOCK_WORKING, "2027-02-15" },
    { "thirty days with two make-up days", "2016-01-18", 30, CLOCK_WORKING, "2016-03-07" },
    { "thirty days at the new year", "2023-01-03", 30, CLOCK_WORKING, "2023-02-18" },

    { "an end on an open day", "2016-01-18", 15, CLOCK_CALENDAR, "2016-02-02" },
    { "an end on a Saturday", "2016-01-29", 15, CLOCK_CALENDAR, "2016-02-15" },
    { "thirty days", "2016-01-23", 30, CLOCK_CALENDAR, "2016-02-22" },
    { "an end on the Dragon Boat Festival", "2017-05-15", 15, CLOCK_CALENDAR,
      "2017-05-31" },
    { "an end in the New Year holiday", "2023-01-12", 15, CLOCK_CALENDAR, "2023-01-30" },
    { "an end right after the New Year", "2024-02-01", 15, CLOCK_CALENDAR, "2024-02-16" },
    { "an end on Constitution Day", "2025-12-10", 15, CLOCK_CALENDAR, "2025-12-26" },
    { "an end on a substitute day off", "2026-01-28", 30, CLOCK_CALENDAR, "2026-03-02" },

    { "months: an end on a Sunday", "2016-03-15", 2, CLOCK_MONTH, "2016-05-16" },
    { "a term from the first of a month", "2016-06-30", 2, CLOCK_MONTH, "2016-08-31" },
    { "the same in September", "2016-07-31", 2, CLOCK_MONTH, "2016-09-30" },
    { "an end on 29 February, a day off", "2015-12-31", 2, CLOCK_MONTH, "2016-03-01" },
    { "no such day in February", "2016-12-30", 2, CLOCK_MONTH, "2017-03-01" },
    { "from the first of January", "2016-12-31", 2, CLOCK_MONTH, "2017-03-01" },
    { "into a long weekend", "2024-12-28", 2, CLOCK_MONTH, "2025-03-03" },
    { "onto a substitute day off", "2026-02-06", 2, CLOCK_MONTH, "2026-04-07" },
    { "over no holiday", "2026-10-29", 2, CLOCK_MONTH, "2026-12-29" },

    { "two weeks", "2026-03-02", 2, CLOCK_WEEK, "2026-03-16" },
    { "a year", "2026-03-02", 1, CLOCK_YEAR, "2027-03-02" },
    { "a year from a leap day", "2024-02-28", 1, CLOCK_YEAR, "2025-03-03" },
    { "while you wait", "2026-03-02", 0, CLOCK_AT_ONCE, "2026-03-02" },
    { "while you wait, sent on a Sunday", "2026-03-01", 0, CLOCK_AT_ONCE, "2026-03-02" },
    { "no working day at all", "2016-01-17", 0, CLOCK_WORKING, "2016-01-18" },
};

static void terms_end_as_the_law_says(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct clock_rule r = clock_rule_of(rows[i].value, rows[i].unit);
        struct clock c = clock_reckon(calendar_official(), &r, at(rows[i].from), &no_spans,
                                      at(rows[i].from));

        if (c.due != iso(rows[i].due)) {
            struct arena *a = arena_new(0);

            fail_msg("%s: %s + %d gave %.*s", rows[i].story, rows[i].from, rows[i].value,
                     STR_ARG(day_iso(a, c.due)));
        }
        assert_int_equal(c.due_ms, day_begins_ms(c.due + 1));
        assert_int_equal(c.state, CLOCK_RUNS);
    }
}

static void hours_run_at_once(void **state)
{
    struct clock_rule r = clock_rule_of(4, CLOCK_HOUR);
    int64_t friday = day_begins_ms(iso("2026-03-06")) + 15 * INT64_C(3600000);
    struct clock_pause pause = { friday + 3600000, friday + 7200000, CLOCK_PAUSE_SUPPLY };
    struct clock_spans paused = { .pauses = &pause, .pauses_count = 1 };
    struct clock c = clock_reckon(calendar_official(), &r, friday, &no_spans, friday);

    assert_int_equal(c.due_ms, friday + 4 * INT64_C(3600000));
    assert_int_equal(c.due, iso("2026-03-06"));
    r.stages[0].limit.value = 24; /* over the night into a Saturday: §48 I */
    c = clock_reckon(calendar_official(), &r, friday, &no_spans, friday + 3600000);
    assert_int_equal(c.due, iso("2026-03-07"));
    assert_int_equal(c.used_ms, 3600000);
    c = clock_reckon(calendar_official(), &r, friday, &paused, friday + 3 * 3600000);
    assert_int_equal(c.due_ms, friday + 25 * INT64_C(3600000));
    assert_int_equal(c.used_ms, 2 * 3600000);
}

/* Document control counts halves and leaves out days of rest. */
static void a_day_used_is_counted_in_halves(void **state)
{
    struct clock_rule r = clock_rule_document(CLOCK_ORDINARY, 6);
    static const struct {
        const char *from, *done;
        int halves;
    } used[] = {
        { "2026-03-02", "2026-03-02", 1 }, /* on the day of receipt: half a day */
        { "2026-03-02", "2026-03-03", 2 },
        { "2026-03-06", "2026-03-07", 1 }, /* on a Saturday: no day of work was used */
        { "2026-03-06", "2026-03-09", 2 },
        { "2016-01-29", "2016-01-30", 2 }, /* a make-up Saturday */
        { "2026-02-13", "2026-03-04", 14 },
    };

    assert_int_equal(r.stages[0].limit.value, 6);
    assert_int_equal(r.kind, CLOCK_CONTROL);
    for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++) {
        struct clock_spans s = { .done_ms = at(used[i].done) + 3600000 };
        struct clock c = clock_reckon(calendar_official(), &r, at(used[i].from), &s,
                                      at(used[i].done) + 7200000);

        assert_int_equal(c.used_halves, used[i].halves);
    }
}

static void a_pause_stands_still_at_both_ends(void **state)
{
    struct clock_rule r = clock_rule_of(6, CLOCK_WORKING);
    struct clock_pause p = { at("2026-03-04"), at("2026-03-06"), CLOCK_PAUSE_SUPPLY };
    struct clock_spans s = { .pauses = &p, .pauses_count = 1 };
    struct clock c = clock_reckon(calendar_official(), &r, at("2026-03-02"), &s,
                                  at("2026-03-09"));

    assert_int_equal(c.due, iso("2026-03-13")); /* 3, then 9 10 11 12 13 */
    assert_int_equal(c.used_halves, 4);
    assert_int_equal(c.left, 4);
    p.until_ms = 0; /* it still stands: as if it ended today */
    c = clock_reckon(calendar_official(), &r, at("2026-03-02"), &s, at("2026-03-05"));
    assert_int_equal(c.state, CLOCK_STANDS);
    assert_int_equal(c.due, iso("2026-03-12"));
    r.pauses = CLOCK_GROUND(CLOCK_PAUSE_DISASTER); /* this rule knows no such pause */
    c = clock_reckon(calendar_official(), &r, at("2026-03-02"), &s, at("2026-03-05"));
    assert_int_equal(c.state, CLOCK_RUNS);
    assert_int_equal(c.due, iso("2026-03-10"));
}

static void stages_follow_each_other(void **state)
{
    struct clock_rule r = clock_rule_of(10, CLOCK_WORKING);
    struct clock c;

    r.stages[1] = (struct clock_stage){ .limit = { 20, CLOCK_WORKING },
                                        .by = STR("海洋局") };
    r.stages_count = 2;
    c = clock_reckon(calendar_official(), &r, at("2016-01-18"), &no_spans,
                     at("2016-01-18"));
    assert_int_equal(c.stage_due[0], iso("2016-01-30"));
    assert_int_equal(c.stage_due[1], iso("2016-03-07"));
    assert_int_equal(c.due, iso("2016-03-07"));
}

/* §48 V: the first day counts, and an end on a day of rest is the end. */
static void a_burden_is_counted_to_the_day(void **state)
{
    struct clock_rule r = clock_rule_of(6, CLOCK_CALENDAR);
    struct clock c;

    r.adverse = true;
    c = clock_reckon(calendar_official(), &r, at("2026-03-02"), &no_spans,
                     at("2026-03-02"));
    assert_int_equal(c.due, iso("2026-03-07")); /* a Saturday */
    r.later_is_kinder = true;
    c = clock_reckon(calendar_official(), &r, at("2026-03-02"), &no_spans,
                     at("2026-03-02"));
    assert_int_equal(c.due, iso("2026-03-09")); /* II and IV hold: the 8th is a Sunday */
    r = clock_rule_of(1, CLOCK_MONTH);
    r.adverse = true;
    c = clock_reckon(calendar_official(), &r, at("2026-03-16"), &no_spans,
                     at("2026-03-16"));
    assert_int_equal(c.due, iso("2026-04-15"));
}

static void a_closure_moves_the_end(void **state)
{
    struct arena *a = arena_new(0);
    struct closure_span typhoon = { .day = iso("2026-07-10"),
                                    .until_minute = 1440,
                                    .reason = STR("颱風") };
    struct clock_rule r = clock_rule_of(3, CLOCK_WORKING);
    const struct calendar *cal;
    struct clock c;

    assert_null(calendar_make(a, NULL, 0, &typhoon, 1, &cal));
    c = clock_reckon(cal, &r, at("2026-07-08"), &no_spans, at("2026-07-08"));
    assert_int_equal(c.due, iso("2026-07-14"));
    typhoon.from_minute = 12 * 60; /* the afternoon alone: it counts, but nothing ends */
    assert_null(calendar_make(a, NULL, 0, &typhoon, 1, &cal));
    c = clock_reckon(cal, &r, at("2026-07-08"), &no_spans, at("2026-07-08"));
    assert_int_equal(c.due, iso("2026-07-13"));
    r.stages[0].limit.value = 2;
    c = clock_reckon(cal, &r, at("2026-07-08"), &no_spans, at("2026-07-08"));
    assert_int_equal(c.due, iso("2026-07-13"));
    typhoon.from_minute = 0;
    typhoon.until_minute = 12 * 60; /* the morning: there is time until the evening */
    assert_null(calendar_make(a, NULL, 0, &typhoon, 1, &cal));
    c = clock_reckon(cal, &r, at("2026-07-08"), &no_spans, at("2026-07-08"));
    assert_int_equal(c.due, iso("2026-07-10"));
    arena_free(a);
}

static void an_extension_is_once_as_long_and_in_time(void **state)
{
    struct arena *a = arena_new(0);
    const struct calendar *cal = calendar_official();
    struct clock_rule r = clock_rule_of(6, CLOCK_WORKING);
    struct clock_limit six = { 6, CLOCK_WORKING }, seven = { 7, CLOCK_WORKING };
    struct clock_limit month = { 1, CLOCK_MONTH };
    struct clock_extension x = { six, at("2026-03-05") };
    struct clock_spans once = { .extensions = &x, .extensions_count = 1 };
    int64_t start = at("2026-03-02"), now = at("2026-03-05");
    err e;

    assert_null(clock_may_extend(a, cal, &r, start, &no_spans, now, six, STR("會勘")));
    e = clock_may_extend(a, cal, &r, start, &no_spans, now, seven, STR("會勘"));
    assert_int_equal(e->kind, ERR_INPUT);
    e = clock_may_extend(a, cal, &r, start, &no_spans, now, month, STR("會勘"));
    assert_int_equal(e->kind, ERR_INPUT);
    e = clock_may_extend(a, cal, &r, start, &no_spans, now, six, STR(""));
    assert_true(str_equal(e->field, STR("ground")));
    e = clock_may_extend(a, cal, &r, start, &once, now, six, STR("會勘"));
    assert_int_equal(e->kind, ERR_CONFLICT);
    e = clock_may_extend(a, cal, &r, start, &no_spans, at("2026-03-11"), six, STR("會勘"));
    assert_int_equal(e->kind, ERR_CONFLICT); /* the term has ended */
    assert_int_equal(clock_reckon(cal, &r, start, &once, now).due, iso("2026-03-18"));
    r = clock_rule_control(6);
    assert_null(clock_may_extend(a, cal, &r, start, &once, now, seven, STR("會勘")));
    arena_free(a);
}

static void the_state_is_told_honestly(void **state)
{
    struct clock_rule r = clock_rule_of(1, CLOCK_WORKING);
    struct clock_rule none = clock_rule_of(0, CLOCK_NONE);
    struct clock_spans s = { 0 };
    int64_t start = at("2026-03-02");

    assert_int_equal(clock_reckon(calendar_official(), &r, start, &s,
                                  day_begins_ms(iso("2026-03-04")) - 1)
                         .state,
                     CLOCK_RUNS);
    assert_int_equal(
        clock_reckon(calendar_official(), &r, start, &s, day_begins_ms(iso("2026-03-04")))
            .state,
        CLOCK_LATE);
    s.done_ms = at("2026-03-03");
    assert_int_equal(
        clock_reckon(calendar_official(), &r, start, &s, at("2026-03-09")).state,
        CLOCK_DONE);
    s.done_ms = at("2026-03-04");
    assert_int_equal(
        clock_reckon(calendar_official(), &r, start, &s, at("2026-03-09")).state,
        CLOCK_DONE_LATE);
    struct clock c = clock_reckon(calendar_official(), &none, start, &s, at("2026-03-09"));
    assert_int_equal(c.state, CLOCK_OFF);
    assert_int_equal(c.due, DAY_NONE);
}

static void restoration_is_asked_for_within_ten_days(void **state)
{
    const struct calendar *cal = calendar_official();

    assert_int_equal(clock_restore(cal, iso("2026-07-10"), iso("2026-07-13"), 0),
                     iso("2026-07-23"));
    assert_int_equal(clock_restore(cal, iso("2026-07-10"), iso("2027-08-02"), 0), DAY_NONE);
    /* A term shorter than that: within as many days. */
    assert_int_equal(clock_restore(cal, iso("2026-07-10"), iso("2026-07-13"), 7),
                     iso("2026-07-20"));
}

static void a_burden_ends_where_it_ends(void **state)
{
    struct arena *a = arena_new(0);
    struct clock_rule r = clock_rule_of(6, CLOCK_CALENDAR);
    struct clock_spans none = { 0 };
    struct clock_line *lines;
    size_t count;
    int left_out;

    (void)state;
    r.adverse = true; /* Monday is the first day, Saturday the sixth */
    assert_null(clock_explain(a, calendar_official(), &r, at("2026-03-02"), &none,
                              at("2026-03-02"), &lines, &count, &left_out));
    assert_int_equal(lines[count - 1].day, iso("2026-03-07"));
    assert_string_equal(lines[count - 1].law,
                        "Administrative Procedure Act, article 48 V");
    r.later_is_kinder = true; /* then as any other: Sunday, so Monday */
    assert_null(clock_explain(a, calendar_official(), &r, at("2026-03-02"), &none,
                              at("2026-03-02"), &lines, &count, &left_out));
    assert_int_equal(lines[count - 1].day, iso("2026-03-09"));
    assert_string_equal(lines[0].law, "Administrative Procedure Act, article 48 V");
    arena_free(a);
}

static void the_speed_of_a_document_is_kept(void **state)
{
    struct arena *a = arena_new(0);
    struct clock_rule r = clock_rule_document(CLOCK_URGENT, 3), back;

    (void)state;
    assert_null(clock_rule_read(a, clock_rule_json(a, &r), &back));
    assert_int_equal(back.speed, CLOCK_URGENT);
    assert_int_equal(back.stages[0].limit.value, 3);
    r = clock_rule_control(3);
    assert_int_equal(str_find(clock_rule_json(a, &r), STR("speed")), -1);
    arena_free(a);
}

static void every_day_says_why(void **state)
{
    struct arena *a = arena_new(0);
    struct clock_rule r = clock_rule_of(2, CLOCK_WORKING);
    struct clock_line *lines;
    size_t count;
    int left_out;

    assert_null(clock_explain(a, calendar_official(), &r, at("2016-02-05"), &no_spans,
                              at("2016-02-05"), &lines, &count, &left_out));
    assert_int_equal(lines[0].day, iso("2016-02-05"));
    assert_false(lines[0].counts);
    assert_string_equal(lines[1].why.id, "Saturday");
    assert_string_equal(lines[3].why.id, "Public holiday: {name}");
    assert_true(lines[3].is_special);
    assert_int_equal(lines[count - 1].number, 2);
    assert_true(lines[count - 1].is_due);
    assert_int_equal(lines[count - 1].day, iso("2016-02-16"));
    assert_int_equal(count, 12);
    assert_int_equal(left_out, 0);
    r = clock_rule_of(3000, CLOCK_CALENDAR);
    assert_null(clock_explain(a, calendar_official(), &r, at("2016-02-05"), &no_spans,
                              at("2016-02-05"), &lines, &count, &left_out));
    assert_int_equal(count, CLOCK_LINES_MOST);
    assert_true(left_out > 2000);
    assert_true(lines[count - 1].is_due);
    arena_free(a);
}

static void a_rule_comes_back_from_its_json(void **state)
{
    struct arena *a = arena_new(0);
    struct clock_rule r = clock_rule_control(6), back;

    r.stages[1] =
        (struct clock_stage){ .limit = { 20, CLOCK_CALENDAR },
                              .by = STR("社會局"),
                              .name = { { STR("初審"), STR("First"), STR("") } } };
    r.stages_count = 2;
    r.from = CLOCK_FROM_POSTMARK;
    r.adverse = true;
    str json = clock_rule_json(a, &r);
    assert_null(clock_rule_read(a, json, &back));
    assert_true(str_equal(clock_rule_json(a, &back), json));
    assert_int_equal(back.stages_count, 2);
    assert_int_equal(back.extend.times, 3);
    assert_int_equal(clock_rule_read(a, STR("{\"kind\":\"?\"}"), &back)->kind, ERR_BROKEN);
    assert_int_equal(clock_rule_read(a, STR("nonsense"), &back)->kind, ERR_BROKEN);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_end_as_the_law_says),
        cmocka_unit_test(hours_run_at_once),
        cmocka_unit_test(a_day_used_is_counted_in_halves),
        cmocka_unit_test(a_pause_stands_still_at_both_ends),
        cmocka_unit_test(stages_follow_each_other),
        cmocka_unit_test(a_burden_is_counted_to_the_day),
        cmocka_unit_test(a_closure_moves_the_end),
        cmocka_unit_test(an_extension_is_once_as_long_and_in_time),
        cmocka_unit_test(the_state_is_told_honestly),
        cmocka_unit_test(restoration_is_asked_for_within_ten_days),
        cmocka_unit_test(a_burden_ends_where_it_ends),
        cmocka_unit_test(the_speed_of_a_document_is_kept),
        cmocka_unit_test(every_day_says_why),
        cmocka_unit_test(a_rule_comes_back_from_its_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
