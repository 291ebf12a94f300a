/* clock — day by day: the walk that gives the date, and its explanation.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/clock/clock.h"

#define HOUR_MS INT64_C(3600000)
#define MONTHS_MOST 120

static const char law_hours[] = MSG("Administrative Procedure Act, article 48 I");
static const char law_first[] = MSG("Administrative Procedure Act, article 48 II");
static const char law_months[] = MSG("Administrative Procedure Act, article 48 III");
static const char law_rest[] = MSG("Administrative Procedure Act, article 48 IV");
static const char law_burden[] = MSG("Administrative Procedure Act, article 48 V");
static const char law_postmark[] = MSG("Administrative Procedure Act, article 49");
static const char law_extended[] = MSG("Administrative Procedure Act, article 51 III");
static const char law_stands[] = MSG("Administrative Procedure Act, article 51 V");
static const char law_control[] = MSG("Document control rules: days of rest are left out");

/* Where the walk is: the last day of what has been walked, and the instant after it. */
struct walk {
    const struct calendar *cal;
    const struct clock_rule *rule;
    const struct clock_spans *spans;
    int64_t now_ms; /* an open pause reaches to it */
    day end;
    int64_t end_ms;
    size_t stage;
    bool burden;              /* §48 V holds */
    bool ended;               /* a stage with a term was walked */
    struct clock_line *lines; /* NULL: only counted */
    size_t count, most;
};

static void put(struct walk *w, day d, int number, struct words why, const char *law,
                bool special)
{
    if (w->lines != NULL) {
        size_t at = w->count < w->most ? w->count : w->most - 1;

        w->lines[at] = (struct clock_line){
            .day = d,
            .counts = number > 0,
            .number = number,
            .stage = w->stage,
            .why = why,
            .law = law,
            .is_special = special,
        };
    }
    w->count++;
}

static int64_t pause_until(const struct walk *w, const struct clock_pause *p)
{
    if (p->until_ms != 0) {
        return p->until_ms;
    }
    return w->now_ms > p->from_ms ? w->now_ms : p->from_ms;
}

static bool stops(const struct walk *w, const struct clock_pause *p)
{
    return (w->rule->pauses & CLOCK_GROUND(p->ground)) != 0;
}

/* The pause that makes this day stand still, or NULL. Both its ends do. */
static const struct clock_pause *pause_of(const struct walk *w, day d)
{
    for (size_t i = 0; i < w->spans->pauses_count; i++) {
        const struct clock_pause *p = &w->spans->pauses[i];

        if (stops(w, p) && d >= day_at(p->from_ms) && d <= day_at(pause_until(w, p))) {
            return p;
        }
    }
    return NULL;
}

static struct words stands_words(enum clock_ground ground)
{
    switch (ground) {
    case CLOCK_PAUSE_SUPPLY:
        return SAY("Stands still: the applicant's papers are waited for");
    case CLOCK_PAUSE_OTHER_AGENCY:
        return SAY("Stands still: another agency's answer is waited for");
    case CLOCK_PAUSE_DISASTER:
        return SAY("Stands still: a disaster");
    default:
        return SAY("Stands still: a cause that is not the office's");
    }
}

/* Why the office does not work on this day. */
static struct words rest_words(const struct walk *w, day d, bool *ret_special)
{
    str name = calendar_name(w->cal, d);

    *ret_special = true;
    if (calendar_kind(w->cal, d) == DAY_CLOSED) {
        return SAY("Offices closed: {name}",
                   SAY_TEXT("name", calendar_closure(w->cal, d)->reason));
    }
    if (name.len > 0) {
        const struct label *known = calendar_label(name);

        return known != NULL ? SAY("Public holiday: {name}", SAY_LABEL("name", known))
                             : SAY("Public holiday: {name}", SAY_TEXT("name", name));
    }
    *ret_special = false;
    switch (day_weekday(d)) {
    case 0:
        return SAY("Sunday");
    case 6:
        return SAY("Saturday");
    default:
        return SAY("A day of rest");
    }
}

static void put_rest(struct walk *w, day d)
{
    bool special;
    struct words why = rest_words(w, d, &special);

    put(w, d, 0, why, w->rule->kind == CLOCK_CONTROL ? law_control : NULL, special);
}

static void put_stands(struct walk *w, day d, const struct clock_pause *p)
{
    put(w, d, 0, stands_words(p->ground), law_stands, true);
}

static bool may_end(const struct walk *w, day d)
{
    return calendar_may_end(w->cal, d) && pause_of(w, d) == NULL;
}

static const char *law_of_stage(const struct walk *w)
{
    return w->stage >= w->rule->stages_count ? law_extended : NULL;
}

/* A day that counts; `last` when it is the last of the term. */
static void put_counts(struct walk *w, day d, int number, bool last)
{
    const struct closure_span *closure = calendar_closure(w->cal, d);
    enum day_kind kind = calendar_kind(w->cal, d);

    if (last && !w->burden && !calendar_may_end(w->cal, d)) {
        if (closure != NULL) {
            put(w, d, number,
                SAY("Counts, but the office is closed ({name}): the end moves",
                    SAY_TEXT("name", closure->reason)),
                law_rest, true);
        } else {
            put(w, d, number, SAY("Counts, but is a day of rest: the end moves"), law_rest,
                true);
        }
    } else if (last && w->burden && !calendar_may_end(w->cal, d)) {
        put(w, d, number, SAY("Counts: a burden ends on a day of rest, too"), law_burden,
            true);
    } else if (kind == DAY_MAKE_UP) {
        put(w, d, number, SAY("Make-up workday: counts"), law_of_stage(w), true);
    } else if (kind == DAY_WORKING && closure != NULL) {
        put(w, d, number,
            SAY("Counts; closed for some hours ({name})",
                SAY_TEXT("name", closure->reason)),
            law_of_stage(w), true);
    } else if (kind == DAY_OFF || kind == DAY_CLOSED) {
        put(w, d, number, SAY("Counts: days of rest count too"), law_of_stage(w), false);
    } else {
        put(w, d, number, SAY("Counts"), law_of_stage(w), false);
    }
}

/* From a raw end to the day on which the term may end. */
static void move_end(struct walk *w)
{
    while (!w->burden && !may_end(w, w->end)) {
        const struct clock_pause *p;

        w->end++;
        p = pause_of(w, w->end);
        if (p != NULL) {
            put_stands(w, w->end, p);
        } else if (!calendar_is_open(w->cal, w->end)) {
            put_rest(w, w->end);
        } else {
            put(w, w->end, 0, SAY("The end moves to the next open day"), law_rest, false);
        }
    }
}

static struct words first_words(enum clock_from from)
{
    switch (from) {
    case CLOCK_FROM_COMPLETE:
        return SAY("The papers are complete; this day is left out");
    case CLOCK_FROM_POSTMARK:
        return SAY("The date of the postmark; this day is left out");
    case CLOCK_FROM_EVENT:
        return SAY("What the term begins with; this day is left out");
    default:
        return SAY("Received; this day is left out");
    }
}

static void walk_first(struct walk *w)
{
    if (w->ended) {
        return; /* the day before has its line already */
    }
    if (w->rule->adverse) {
        put(w, w->end, 0,
            SAY("A burden, and the later end is kinder: the first day is left out"),
            law_burden, true);
        return;
    }
    put(w, w->end, 0, first_words(w->rule->from),
        w->rule->from == CLOCK_FROM_POSTMARK ? law_postmark : law_first, false);
}

static void walk_days(struct walk *w, int days, bool working)
{
    int number = 0;

    if (w->burden && !w->ended) {
        put(w, w->end, ++number, SAY("The first day counts"), law_burden, false);
    } else {
        walk_first(w);
    }
    while (number < days) {
        const struct clock_pause *p = pause_of(w, ++w->end);

        if (p != NULL) {
            put_stands(w, w->end, p);
        } else if (working && !calendar_is_open(w->cal, w->end)) {
            put_rest(w, w->end);
        } else {
            number++;
            put_counts(w, w->end, number, number == days);
        }
    }
    move_end(w);
    w->end_ms = day_begins_ms(w->end + 1);
}

static void walk_months(struct walk *w, int months)
{
    bool first_counts = w->burden && !w->ended;
    day first = first_counts ? w->end : w->end + 1;
    int days = calendar_month_end(first, months < MONTHS_MOST ? months : MONTHS_MOST) -
               first + 1;

    walk_days(w, days, false);
}

static struct words at_once_words(enum clock_from from)
{
    return from == CLOCK_FROM_EVENT ? SAY("The day that was agreed")
                                    : SAY("While you wait: the same day");
}

/* While you wait: the same day, or the next one that is open. */
static void walk_at_once(struct walk *w)
{
    bool begins_open = may_end(w, w->end);

    if (w->ended || begins_open) {
        if (!w->ended) {
            put(w, w->end, 1, at_once_words(w->rule->from), NULL, false);
        }
    } else {
        const struct clock_pause *p = pause_of(w, w->end);

        if (p != NULL) {
            put_stands(w, w->end, p);
        } else {
            put_rest(w, w->end);
        }
    }
    move_end(w);
    w->end_ms = day_begins_ms(w->end + 1);
}

/* An instant later by the pauses that lie between; they are in order. */
static int64_t hours_end(const struct walk *w, int64_t begin_ms, int hours)
{
    int64_t end_ms = begin_ms + hours * HOUR_MS, counted_ms = begin_ms;

    for (size_t i = 0; i < w->spans->pauses_count; i++) {
        const struct clock_pause *p = &w->spans->pauses[i];
        int64_t from_ms = p->from_ms > counted_ms ? p->from_ms : counted_ms;
        int64_t until_ms = pause_until(w, p);

        if (stops(w, p) && from_ms < end_ms && until_ms > from_ms) {
            end_ms += until_ms - from_ms;
            counted_ms = until_ms;
        }
    }
    return end_ms;
}

static void walk_hours(struct walk *w, int hours)
{
    int64_t begin_ms = w->end_ms;
    day d = day_at(begin_ms);

    w->end_ms = hours_end(w, begin_ms, hours);
    w->end = day_at(hours > 0 ? w->end_ms - 1 : w->end_ms);
    for (int number = 1; d <= w->end; d++) {
        const struct clock_pause *p = pause_of(w, d);

        if (p != NULL && p->from_ms <= day_begins_ms(d) &&
            pause_until(w, p) >= day_begins_ms(d + 1)) {
            put_stands(w, d, p);
        } else {
            put(w, d, number++, SAY("The hours run at once, on days of rest too"),
                law_hours, p != NULL);
        }
    }
}

static void walk_limit(struct walk *w, struct clock_limit l)
{
    int value = l.value < CLOCK_VALUE_MOST ? l.value : CLOCK_VALUE_MOST;

    switch (value > 0 || l.unit == CLOCK_NONE ? l.unit : CLOCK_AT_ONCE) {
    case CLOCK_WORKING:
        walk_days(w, value, true);
        break;
    case CLOCK_CALENDAR:
        walk_days(w, value, false);
        break;
    case CLOCK_WEEK:
        walk_days(w, 7 * (value < CLOCK_VALUE_MOST / 7 ? value : CLOCK_VALUE_MOST / 7),
                  false);
        break;
    case CLOCK_MONTH:
        walk_months(w, value);
        break;
    case CLOCK_YEAR:
        walk_months(w, 12 * (value < MONTHS_MOST / 12 ? value : MONTHS_MOST / 12));
        break;
    case CLOCK_HOUR:
        walk_hours(w, value);
        break;
    case CLOCK_AT_ONCE:
        walk_at_once(w);
        break;
    default:
        return;
    }
    w->ended = true;
}

static int64_t seen_until(const struct clock_spans *s, int64_t now_ms)
{
    return s->done_ms != 0 ? s->done_ms : now_ms;
}

static void walk(struct walk *w, int64_t start_ms, day *ret_stage_due)
{
    size_t stages = w->rule->stages_count < CLOCK_STAGES ? w->rule->stages_count
                                                         : CLOCK_STAGES;

    w->end = day_at(start_ms);
    w->end_ms = start_ms;
    w->burden = w->rule->adverse && !w->rule->later_is_kinder;
    for (w->stage = 0; w->stage < stages; w->stage++) {
        walk_limit(w, w->rule->stages[w->stage].limit);
        if (ret_stage_due != NULL) {
            ret_stage_due[w->stage] = w->ended ? w->end : DAY_NONE;
        }
    }
    for (size_t i = 0; w->ended && i < w->spans->extensions_count; i++, w->stage++) {
        walk_limit(w, w->spans->extensions[i].by);
    }
}

static bool by_calendar(const struct clock_rule *r)
{
    enum clock_unit unit = r->stages_count > 0 ? r->stages[0].limit.unit : CLOCK_NONE;

    return unit == CLOCK_CALENDAR || unit == CLOCK_MONTH || unit == CLOCK_WEEK ||
           unit == CLOCK_YEAR;
}

/* Days after `from`, up to and with `to`, that this clock counts. */
static int days_between(const struct walk *w, day from, day to)
{
    bool all = by_calendar(w->rule);
    int days = 0;

    for (day d = from + 1; d <= to; d++) {
        if ((all || calendar_is_open(w->cal, d)) && pause_of(w, d) == NULL) {
            days++;
        }
    }
    return days;
}

static int64_t ms_used(const struct walk *w, int64_t from_ms, int64_t to_ms)
{
    int64_t used_ms = to_ms > from_ms ? to_ms - from_ms : 0, counted_ms = from_ms;

    for (size_t i = 0; i < w->spans->pauses_count; i++) {
        const struct clock_pause *p = &w->spans->pauses[i];
        int64_t begin_ms = p->from_ms > counted_ms ? p->from_ms : counted_ms;
        int64_t end_ms = pause_until(w, p) < to_ms ? pause_until(w, p) : to_ms;

        if (stops(w, p) && end_ms > begin_ms) {
            used_ms -= end_ms - begin_ms;
            counted_ms = end_ms;
        }
    }
    return used_ms;
}

static bool stands(const struct walk *w)
{
    for (size_t i = 0; i < w->spans->pauses_count; i++) {
        const struct clock_pause *p = &w->spans->pauses[i];

        if (stops(w, p) && p->until_ms == 0 && p->from_ms <= w->now_ms) {
            return true;
        }
    }
    return false;
}

static enum clock_state state_of(const struct walk *w)
{
    if (!w->ended) {
        return CLOCK_OFF;
    }
    if (w->spans->done_ms != 0) {
        return w->spans->done_ms >= w->end_ms ? CLOCK_DONE_LATE : CLOCK_DONE;
    }
    if (stands(w)) {
        return CLOCK_STANDS;
    }
    return w->now_ms >= w->end_ms ? CLOCK_LATE : CLOCK_RUNS;
}

struct clock clock_reckon(const struct calendar *cal, const struct clock_rule *r,
                          int64_t start_ms, const struct clock_spans *s, int64_t now_ms)
{
    struct walk w = { .cal = cal, .rule = r, .spans = s, .now_ms = seen_until(s, now_ms) };
    struct clock c = { .start = day_at(start_ms) };
    day seen = day_at(w.now_ms);

    for (size_t i = 0; i < CLOCK_STAGES; i++) {
        c.stage_due[i] = DAY_NONE;
    }
    walk(&w, start_ms, c.stage_due);
    c.state = state_of(&w);
    c.due = w.ended ? w.end : DAY_NONE;
    c.due_ms = w.ended ? w.end_ms : 0;
    c.used_halves =
        2 * (days_between(&w, c.start, seen) + (w.burden && seen >= c.start ? 1 : 0));
    if (s->done_ms != 0 && c.used_halves == 0) {
        c.used_halves = 1;
    }
    c.used_ms = ms_used(&w, start_ms, w.now_ms);
    if (w.ended) {
        c.left = seen <= c.due ? days_between(&w, seen, c.due)
                               : -days_between(&w, c.due, seen);
    }
    return c;
}

err clock_explain(struct arena *a, const struct calendar *cal, const struct clock_rule *r,
                  int64_t start_ms, const struct clock_spans *s, int64_t now_ms,
                  struct clock_line **ret, size_t *ret_count, int *ret_left_out)
{
    struct walk all = {
        .cal = cal, .rule = r, .spans = s, .now_ms = seen_until(s, now_ms)
    };
    struct walk w = all;

    walk(&all, start_ms, NULL);
    w.most = all.count < CLOCK_LINES_MOST ? all.count : CLOCK_LINES_MOST;
    w.lines = ARENA_ARRAY(a, w.most + 1, struct clock_line);
    if (w.lines == NULL) {
        return err_no_memory;
    }
    if (w.most > 0) {
        walk(&w, start_ms, NULL);
        w.lines[w.most - 1].is_due = true;
        if (by_calendar(r) && r->stages[0].limit.unit != CLOCK_CALENDAR &&
            w.lines[w.most - 1].law == NULL) {
            w.lines[w.most - 1].law = law_months;
        }
    }
    *ret = w.lines;
    *ret_count = w.most;
    *ret_left_out = (int)(all.count - w.most);
    return NULL;
}
