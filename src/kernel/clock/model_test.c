/* Whatever the term, a naive count of days comes to the same end.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/clock/clock.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* The naive model: a table of days, each open or not, each paused or not, and the law read
 * from it without any of the code above. */
#define FIRST 15340 /* 2012-01-01 */
#define DAYS 9000

struct model {
    uint64_t random;
    bool open[DAYS], ends[DAYS], paused[DAYS];
    struct closure_span closures[6];
    struct clock_pause pauses[4];
    struct clock_extension extension;
    size_t closures_count, pauses_count, extensions_count;
    struct clock_rule rule;
    day start;
};

static unsigned draw(struct model *m, unsigned below)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (unsigned)(m->random >> 33) % below;
}

static void model_draw(struct model *m, const bool *official)
{
    static const enum clock_unit units[] = { CLOCK_WORKING,  CLOCK_WORKING, CLOCK_CALENDAR,
                                             CLOCK_CALENDAR, CLOCK_MONTH,   CLOCK_WEEK };
    enum clock_unit unit = units[draw(m, 6)];
    int64_t from_ms;

    m->start = FIRST + 400 + (day)draw(m, 5400);
    m->rule = clock_rule_of(1 + (int)draw(m, unit == CLOCK_MONTH  ? 6
                                             : unit == CLOCK_WEEK ? 9
                                                                  : 45),
                            unit);
    m->rule.adverse = draw(m, 10) == 0;
    memcpy(m->open, official, sizeof(m->open));
    memcpy(m->ends, official, sizeof(m->ends));
    memset(m->paused, 0, sizeof(m->paused));
    m->closures_count = draw(m, 7);
    for (size_t i = 0; i < m->closures_count; i++) {
        day d = m->start - 2 + (day)draw(m, 60);
        bool whole = draw(m, 2) == 0;

        m->closures[i] = (struct closure_span){ .day = d,
                                                .from_minute = whole ? 0 : 720,
                                                .until_minute = 1440,
                                                .reason = STR("颱風") };
        m->open[d - FIRST] = m->open[d - FIRST] && !whole;
        m->ends[d - FIRST] = false;
    }
    m->pauses_count = draw(m, 3) == 0 ? 1 + draw(m, 3) : 0;
    from_ms = day_begins_ms(m->start) + 10 * INT64_C(3600000);
    for (size_t i = 0; i < m->pauses_count; i++) {
        from_ms += draw(m, 20) * DAY_MS + 60000;
        m->pauses[i] = (struct clock_pause){ from_ms, from_ms + draw(m, 25) * DAY_MS + 1000,
                                             CLOCK_PAUSE_SUPPLY };
        from_ms = m->pauses[i].until_ms;
        for (day d = day_at(m->pauses[i].from_ms); d <= day_at(from_ms); d++) {
            m->paused[d - FIRST] = true;
        }
    }
    m->extensions_count = draw(m, 5) == 0 ? 1 : 0;
    m->extension.by = m->rule.stages[0].limit;
}

/* By counting dates one after the other: months later, the day before the same date. */
static int days_of_months(day first, int months)
{
    day d = first;
    int date = day_civil(first).date;

    for (int passed = 0;; d++) {
        struct civil c = day_civil(d);

        if (d > first && c.date == 1) {
            passed++;
        }
        if ((passed == months && c.date == date) || passed > months) {
            return d - first;
        }
    }
}

static day model_end(const struct model *m, day from, struct clock_limit l, bool adverse)
{
    bool working = l.unit == CLOCK_WORKING;
    int left = l.unit == CLOCK_WEEK ? 7 * l.value : l.value;
    day d = from;

    if (l.unit == CLOCK_MONTH) {
        left = days_of_months(adverse ? from : from + 1, l.value);
    }
    left -= adverse ? 1 : 0;
    while (left > 0) {
        d++;
        left -= !m->paused[d - FIRST] && (!working || m->open[d - FIRST]) ? 1 : 0;
    }
    while (!m->rule.adverse && (!m->ends[d - FIRST] || m->paused[d - FIRST])) {
        d++;
    }
    return d;
}

static bool official_agrees_with_itself(bool *ret_open)
{
    for (day d = FIRST; d < FIRST + DAYS; d++) {
        ret_open[d - FIRST] = calendar_is_open(calendar_official(), d);
    }
    return true;
}

static void any_term_ends_where_a_naive_count_ends(void **state)
{
    static bool official[DAYS];
    static struct model m;
    int cases = 100000; /* about a second */
    const char *seed = getenv("BIANMIN_SEED");

    m.random = seed != NULL ? strtoull(seed, NULL, 10)
                            : (uint64_t)time(NULL) * 2654435761U + 1;
    print_message("# %d cases, BIANMIN_SEED=%" PRIu64 "\n", cases, m.random);
    assert_true(official_agrees_with_itself(official));
    for (int i = 0; i < cases; i++) {
        struct arena *a = arena_new(0);
        const struct calendar *cal;
        uint64_t before = m.random;

        model_draw(&m, official);
        assert_null(calendar_make(a, NULL, 0, m.closures, m.closures_count, &cal));
        struct clock_spans s = { m.pauses, m.pauses_count, &m.extension, m.extensions_count,
                                 0 };
        int64_t start_ms = day_begins_ms(m.start) + 36000000;
        struct clock c = clock_reckon(cal, &m.rule, start_ms, &s, start_ms);
        day due = model_end(&m, m.start, m.rule.stages[0].limit, m.rule.adverse);

        if (m.extensions_count > 0) {
            due = model_end(&m, due, m.extension.by, false);
        }
        if (c.due != due) {
            fail_msg("case %d (BIANMIN_SEED=%" PRIu64
                     "): %d %.*s from %.*s gave %.*s, not %.*s",
                     i, before, m.rule.stages[0].limit.value,
                     STR_ARG(clock_unit_key[m.rule.stages[0].limit.unit]),
                     STR_ARG(day_iso(a, m.start)), STR_ARG(day_iso(a, c.due)),
                     STR_ARG(day_iso(a, due)));
        }
        if (i % 16 == 0) {
            struct clock_line *lines;
            size_t count;
            int left_out;

            assert_null(clock_explain(a, cal, &m.rule, start_ms, &s, start_ms, &lines,
                                      &count, &left_out));
            assert_int_equal(lines[count - 1].day, due);
            for (size_t k = 1; left_out == 0 && k < count; k++) {
                assert_int_equal(lines[k].day, lines[k - 1].day + 1);
                assert_non_null(lines[k].why.id);
            }
        }
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_term_ends_where_a_naive_count_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
