/* Terms in hours are late, listed, told and counted by the hour, terms in days by the day;
 * each clock by itself.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/head/head.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/notice/notice.h"

/* Monday 2 March 2026, 09:00 in Taipei. */
#define MORNING (day_begins_ms(day_of(2026, 3, 2)) + 9 * HOUR)
#define WARN_DAYS 2
#define MINUTE (HOUR / 60)

static int64_t receive_under(struct bench *b, struct limit limit, struct limit control)
{
    struct service *s = ARENA_NEW(b->a, struct service);
    struct case_wish w = wish_of(b, DAY_NONE, LEVEL_OFFICER);
    struct case_clock *clocks = ARENA_ARRAY(b->a, 2, struct case_clock);

    *s = (struct service){ .key = STR("relief"), .version = 1, .unit = STR("works"),
                           .limit = limit, .pause = 7, .extend = { .times = 1 },
                           .control = { .set = true, .limit = control } };
    assert_null(case_clock_rules(b->a, NULL, s, CHANNEL_ONLINE, NULL, MORNING, clocks));
    for (size_t i = 0; i < 2; i++) {
        case_clock_reckon(calendar_official(), &clocks[i], MORNING);
    }
    w.service = s;
    w.now_ms = MORNING;
    w.clocks = clocks;
    w.clocks_count = 2;
    w.due = clocks[0].due;
    return receive(b, w).id;
}

static size_t listed(struct bench *b, enum case_when when, bool by_control, int64_t now_ms)
{
    struct case_query q = { .list = LIST_UNIT_OPEN, .state = -1, .when = when,
                            .by_control = by_control, .now_ms = now_ms, .most = 50,
                            .soon_ms = case_soon_ms(calendar_official(), WARN_DAYS, now_ms) };
    struct actor who = person(b, ME);
    struct casefile *list;
    size_t count, counted;

    assert_null(casefile_list(b->a, look(b), &who, &q, &list, &count));
    assert_null(casefile_count(b->a, look(b), &who, &q, &counted));
    assert_int_equal(count, counted);
    who = person(b, HEAD);
    q.list = LIST_ALL;
    assert_null(casefile_count(b->a, look(b), &who, &q, &counted));
    assert_int_equal(count, counted);
    assert_null(casefile_list(b->a, look(b), &who, &q, &list, &counted));
    assert_int_equal(count, counted);
    return count;
}

static const struct {
    const char *story;
    struct limit limit, control;
    int64_t after_ms; /* since it was received */
    bool late, soon, control_late, control_soon;
} ends[] = {
    { "four hours end soon from the beginning", { 4, LIMIT_HOUR }, { 2, LIMIT_HOUR },
      MINUTE, false, true, false, true },
    { "in the third hour the control limit of two is past", { 4, LIMIT_HOUR },
      { 2, LIMIT_HOUR }, 2 * HOUR, false, true, true, false },
    { "a minute before the four hours are over it is not late", { 4, LIMIT_HOUR },
      { 6, LIMIT_WORKING }, 4 * HOUR - MINUTE, false, true, false, false },
    { "after four hours it is late, on the same day", { 4, LIMIT_HOUR },
      { 6, LIMIT_WORKING }, 4 * HOUR, true, false, false, false },
    { "a day of 24 hours ends at nine in the morning", { 24, LIMIT_HOUR },
      { 6, LIMIT_WORKING }, 24 * HOUR, true, false, false, false },
    { "one working day ends with it, not at nine", { 1, LIMIT_WORKING },
      { 6, LIMIT_WORKING }, 24 * HOUR, false, true, false, false },
    { "one working day is late after midnight", { 1, LIMIT_WORKING },
      { 6, LIMIT_WORKING }, 39 * HOUR, true, false, false, false },
    { "what ends in three working days is not soon", { 3, LIMIT_WORKING },
      { 4, LIMIT_WORKING }, HOUR, false, false, false, false },
    { "the next day it is, and its control limit is not", { 3, LIMIT_WORKING },
      { 4, LIMIT_WORKING }, 24 * HOUR, false, true, false, false },
    { "each clock by itself: the control limit is past, the term is not",
      { 20, LIMIT_WORKING }, { 1, LIMIT_WORKING }, 39 * HOUR, false, false, true, false },
};

static void each_term_ends_at_its_instant(void **state)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        int64_t now_ms = MORNING + ends[i].after_ms;
        struct bench b;

        bench_open(&b);
        receive_under(&b, ends[i].limit, ends[i].control);
        if (listed(&b, WHEN_LATE, false, now_ms) != ends[i].late ||
            listed(&b, WHEN_SOON, false, now_ms) != ends[i].soon ||
            listed(&b, WHEN_LATE, true, now_ms) != ends[i].control_late ||
            listed(&b, WHEN_SOON, true, now_ms) != ends[i].control_soon) {
            fail_msg("%s", ends[i].story);
        }
        arena_free(b.a);
    }
}

struct telling {
    int64_t now_ms;
    struct case_slice done;
};
static err run_tell(void *context, struct arena *a, struct tx *tx)
{
    struct telling *t = context;

    return casefile_tell_slice(a, tx, calendar_official(), OFFICE, WARN_DAYS, 50, t->now_ms,
                               &t->done);
}

static int64_t told(struct bench *b, int64_t now_ms)
{
    struct telling t = { .now_ms = now_ms };

    assert_null(store_commit(b->s, b->a, OFFICE, run_tell, &t));
    return t.done.changed;
}

static int events(struct bench *b, int64_t id, const char *kind)
{
    struct case_event *list;
    size_t count;
    int n = 0;

    assert_null(casefile_events(b->a, look(b), OFFICE, id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        n += str_equal(list[i].kind, str_of(kind));
    }
    return n;
}

static void say(void *context, bool sound, str line)
{
    if (!sound) {
        fail_msg("%.*s", STR_ARG(line));
    }
}

static void officer_and_applicant_are_told_by_the_hour(void **state)
{
    struct bench b;
    struct notice *list;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive_under(&b, (struct limit){ 4, LIMIT_HOUR }, (struct limit){ 2, LIMIT_HOUR });
    assert_int_equal(told(&b, MORNING + MINUTE), 2);
    assert_int_equal(events(&b, id, "case.warned"), 1);
    assert_int_equal(events(&b, id, "case.control_warned"), 1);
    assert_int_equal(told(&b, MORNING + 4 * HOUR - MINUTE), 0);
    assert_int_equal(told(&b, MORNING + 4 * HOUR), 1);
    assert_int_equal(told(&b, MORNING + 5 * HOUR), 0);
    assert_null(notice_list(b.a, look(&b), OFFICE, id, &list, &count));
    assert_int_equal(count, 1);
    assert_string_equal(list[0].say.value[0].name, "due");
    assert_int_equal(list[0].say.value[0].kind, WORD_TIME);
    assert_int_equal(list[0].say.value[0].number, MORNING + 4 * HOUR);
    assert_null(casefile_check(b.a, b.s, OFFICE, say, NULL));
    arena_free(b.a);
}

static void both_clocks_that_end_together_warn_once(void **state)
{
    struct bench b;

    bench_open(&b);
    receive_under(&b, (struct limit){ 2, LIMIT_WORKING }, (struct limit){ 2, LIMIT_WORKING });
    assert_int_equal(told(&b, MORNING + MINUTE), 1);
    arena_free(b.a);
}

static int64_t decided_late(struct bench *b, int64_t id, int64_t after_ms)
{
    struct act_wish w = act_of(b, id, ME, ACT_TAKE);
    struct head_figures f;

    w.calendar = calendar_official();
    w.now_ms = MORNING + MINUTE;
    assert_int_equal(do_wish(b, w, ""), -1);
    w = act_of(b, id, ME, ACT_PROPOSE);
    w.calendar = calendar_official();
    w.wanted_until = DAY_NONE;
    w.now_ms = MORNING + after_ms;
    assert_int_equal(do_wish(b, w, ""), -1);
    assert_null(casefile_head(b->a, look(b), OFFICE, 0, MORNING + 30 * HOUR, &f));
    assert_int_equal(f.decided, 1);
    assert_null(casefile_check(b->a, b->s, OFFICE, say, NULL));
    return f.decided_late;
}

static void what_was_decided_counts_by_its_instant(void **state)
{
    static const struct {
        const char *story;
        struct limit limit;
        int64_t after_ms, late;
    } rows[] = {
        { "within the four hours", { 4, LIMIT_HOUR }, 4 * HOUR - MINUTE, 0 },
        { "five hours after, on the same day", { 4, LIMIT_HOUR }, 5 * HOUR, 1 },
        { "the next day at eight within 24 hours", { 24, LIMIT_HOUR }, 23 * HOUR, 0 },
        { "the next day at ten", { 24, LIMIT_HOUR }, 25 * HOUR, 1 },
        { "the next day at ten of one working day", { 1, LIMIT_WORKING }, 25 * HOUR, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct limit none = { 0, LIMIT_NONE };
        struct bench b;
        int64_t found;

        bench_open(&b);
        found = decided_late(&b, receive_under(&b, rows[i].limit, none), rows[i].after_ms);
        if (found != rows[i].late) {
            fail_msg("%s: %d", rows[i].story, (int)found);
        }
        arena_free(b.a);
    }
}

/* What the head's page counts is what its lists hold. */
static void each_figure_has_its_cases(void **state)
{
    static const struct {
        const char *story;
        enum office_what what;
        int64_t unit, after_ms;
        size_t want;
    } rows[] = {
        { "both are open", OFFICE_OPEN, 0, HOUR, 2 },
        { "in another unit there are none", OFFICE_OPEN, OTHER_UNIT, HOUR, 0 },
        { "the one of four hours is late in the fifth", OFFICE_LATE, 0, 5 * HOUR, 1 },
        { "and in its unit", OFFICE_LATE, UNIT, 5 * HOUR, 1 },
        { "before, it ends soon", OFFICE_SOON, 0, HOUR, 1 },
        { "its control limit is past in the third hour", OFFICE_CONTROL_LATE, 0,
          3 * HOUR, 1 },
        { "before, that ends soon", OFFICE_CONTROL_SOON, 0, HOUR, 1 },
        { "none stands still", OFFICE_PAUSED, 0, HOUR, 0 },
        { "none is special", OFFICE_SPECIAL, 0, HOUR, 0 },
        { "none waits", OFFICE_WAITS, 0, HOUR, 0 },
        { "none was decided", OFFICE_DECIDED, 0, HOUR, 0 },
        { "none was decided late", OFFICE_DECIDED_LATE, 0, HOUR, 0 },
    };
    struct bench b;

    bench_open(&b);
    receive_under(&b, (struct limit){ 4, LIMIT_HOUR }, (struct limit){ 2, LIMIT_HOUR });
    receive_under(&b, (struct limit){ 20, LIMIT_WORKING }, (struct limit){ 15, LIMIT_WORKING });
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t now_ms = MORNING + rows[i].after_ms;
        struct office_query q = {
            .what = rows[i].what, .unit = rows[i].unit, .level = LEVEL_HEAD, .state = -1,
            .now_ms = now_ms, .since_ms = MORNING, .most = 1,
            .soon_ms = case_soon_ms(calendar_official(), WARN_DAYS, now_ms),
        };
        struct casefile *list;
        size_t count, seen = 0;

        /* One a page, so that turning pages is walked too. */
        do {
            assert_null(casefile_of_office(b.a, look(&b), OFFICE, &q, &list, &count));
            seen += count;
            q.after = count > 0 ? list[0].id : 0;
        } while (count > 0);
        if (seen != rows[i].want) {
            fail_msg("%s: %zu", rows[i].story, seen);
        }
    }
    arena_free(b.a);
}

static void what_was_decided_is_listed_the_newest_first(void **state)
{
    struct office_query q = { .what = OFFICE_DECIDED, .state = -1, .since_ms = MORNING,
                              .now_ms = MORNING + 30 * HOUR, .most = 10 };
    struct limit none = { 0, LIMIT_NONE };
    struct bench b;
    struct casefile *list;
    struct act_wish w;
    int64_t early, late;
    size_t count;

    bench_open(&b);
    early = receive_under(&b, (struct limit){ 4, LIMIT_HOUR }, none);
    late = receive_under(&b, (struct limit){ 4, LIMIT_HOUR }, none);
    for (int i = 0; i < 2; i++) {
        int64_t id = i == 0 ? early : late;

        assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
        w = act_of(&b, id, ME, ACT_PROPOSE);
        w.calendar = calendar_official();
        w.wanted_until = DAY_NONE;
        w.now_ms = MORNING + (i == 0 ? 1 : 6) * HOUR;
        assert_int_equal(do_wish(&b, w, ""), -1);
    }
    assert_null(casefile_of_office(b.a, look(&b), OFFICE, &q, &list, &count));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].id, late);
    q.after = late;
    assert_null(casefile_of_office(b.a, look(&b), OFFICE, &q, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, early);
    q.after = 0;
    q.what = OFFICE_DECIDED_LATE;
    assert_null(casefile_of_office(b.a, look(&b), OFFICE, &q, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].id, late);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_term_ends_at_its_instant),
        cmocka_unit_test(officer_and_applicant_are_told_by_the_hour),
        cmocka_unit_test(both_clocks_that_end_together_warn_once),
        cmocka_unit_test(what_was_decided_counts_by_its_instant),
        cmocka_unit_test(each_figure_has_its_cases),
        cmocka_unit_test(what_was_decided_is_listed_the_newest_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
