/* calendar — open days and simple terms.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/calendar.h"

#include "base/arena.h"
#include "kernel/calendar/office_days.h"

#include <stdlib.h>

/* Where no office is open any more: a closure that ends then has taken the end of the
 * day. */
#define LAST_HOUR (17 * 60)

#define YEAR_FIRST 1912
#define YEARS 256

struct calendar {
    const struct office_day *days; /* NULL: those in the binary */
    size_t count;
    const struct closure_span *closures; /* by day; the longest of a day first */
    size_t closures_count;
    bool brought_in[YEARS]; /* the year stands in a file, not in the binary */
};

const struct calendar *calendar_official(void)
{
    static const struct calendar official;
    return &official;
}

/* The place of `d` in a table: where it stands or would stand. */
static size_t place_of(const struct office_day *days, size_t count, day d)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (days[middle].day < d) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* The row about `d`, or NULL: then it is a day of the plain week. */
static const struct office_day *row_of(const struct calendar *c, day d)
{
    const struct office_day *days = c->days != NULL ? c->days : office_days;
    size_t count = c->days != NULL ? c->count : office_days_count;
    size_t at = place_of(days, count, d);
    return at < count && days[at].day == d ? &days[at] : NULL;
}

const struct closure_span *calendar_closure(const struct calendar *c, day d)
{
    size_t from = 0, to = c->closures_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->closures[middle].day < d) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < c->closures_count && c->closures[from].day == d ? &c->closures[from]
                                                                  : NULL;
}

static bool is_whole(const struct closure_span *s)
{
    return s->from_minute <= 0 && s->until_minute >= CLOSURE_WHOLE;
}

/* Several closures may touch one day: the city's morning and the office's evening. */
static bool last_hour_is_closed(const struct calendar *c, day d)
{
    const struct closure_span *end = c->closures + c->closures_count;
    for (const struct closure_span *s = calendar_closure(c, d);
         s != NULL && s < end && s->day == d; s++) {
        if (s->until_minute >= LAST_HOUR) {
            return true;
        }
    }
    return false;
}

static bool is_weekend(day d)
{
    int weekday = day_weekday(d);
    return weekday == 0 || weekday == 6;
}

static bool is_day_of_work(const struct calendar *c, day d)
{
    const struct office_day *row = row_of(c, d);
    return row != NULL ? row->open != 0 : !is_weekend(d);
}

static bool is_shut(const struct calendar *c, day d)
{
    const struct closure_span *closure = calendar_closure(c, d);
    return closure != NULL && is_whole(closure);
}

bool calendar_is_open(const struct calendar *c, day d)
{
    return is_day_of_work(c, d) && !is_shut(c, d);
}

enum day_kind calendar_kind(const struct calendar *c, day d)
{
    if (!is_day_of_work(c, d)) {
        return DAY_OFF;
    }
    if (is_shut(c, d)) {
        return DAY_CLOSED;
    }
    return is_weekend(d) ? DAY_MAKE_UP : DAY_WORKING;
}

static bool is_brought_in(const struct calendar *c, int year)
{
    return year >= YEAR_FIRST && year < YEAR_FIRST + YEARS &&
           c->brought_in[year - YEAR_FIRST];
}

bool calendar_is_official(const struct calendar *c, day d)
{
    int year = day_civil(d).year;
    return is_brought_in(c, year) ||
           (year >= day_civil(office_days[0].day).year &&
            year <= day_civil(office_days[office_days_count - 1].day).year);
}

str calendar_name(const struct calendar *c, day d)
{
    const struct office_day *row = row_of(c, d);
    return row != NULL ? row->name : STR("");
}

bool calendar_may_end(const struct calendar *c, day d)
{
    return calendar_is_open(c, d) && !last_hour_is_closed(c, d);
}

day calendar_end_from(const struct calendar *c, day d)
{
    while (!calendar_may_end(c, d)) {
        d++;
    }
    return d;
}

static day open_from(const struct calendar *c, day d)
{
    while (!calendar_is_open(c, d)) {
        d++;
    }
    return d;
}

day calendar_working_due(const struct calendar *c, day from, int days)
{
    day due = days <= 0 ? open_from(c, from) : from;
    while (days > 0) {
        due = open_from(c, due + 1);
        days--;
    }
    return calendar_end_from(c, due);
}

day calendar_calendar_due(const struct calendar *c, day from, int days)
{
    return calendar_end_from(c, from + days);
}

/* The day before the one that corresponds to the beginning; where that month has no such
 * day, the end of the month. */
day calendar_month_end(day first, int months)
{
    struct civil begin = day_civil(first);
    int month = begin.year * 12 + begin.month - 1 + months;
    int year = month / 12;
    month = month % 12 + 1;
    day same = day_of(year, month, begin.date);
    if (same == DAY_NONE) {
        same = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
    }
    /* Past the year 9999 there are no months that anybody could name. */
    return same == DAY_NONE ? first + months * 31 : same - 1;
}

day calendar_month_due(const struct calendar *c, day from, int months)
{
    return calendar_end_from(c, calendar_month_end(from + 1, months));
}

/* Days of the plain week in (from, to]. */
static int week_days_between(day from, day to)
{
    int weeks = (to - from) / 7, count = weeks * 5;

    for (day d = from + weeks * 7 + 1; d <= to; d++) {
        count += is_weekend(d) ? 0 : 1;
    }
    return count;
}

/* The plain week, then what differs from it: years late are counted in a few steps. */
int calendar_open_days_between(const struct calendar *c, day from, day to)
{
    const struct office_day *days = c->days != NULL ? c->days : office_days;
    size_t count = c->days != NULL ? c->count : office_days_count;

    if (to < from) {
        return -calendar_open_days_between(c, to, from);
    }
    int open = week_days_between(from, to);
    for (size_t i = place_of(days, count, from + 1); i < count && days[i].day <= to; i++) {
        open += (days[i].open != 0 ? 1 : 0) - (is_weekend(days[i].day) ? 0 : 1);
    }
    for (size_t i = 0; i < c->closures_count; i++) {
        day d = c->closures[i].day;

        if (d > from && d <= to && (i == 0 || c->closures[i - 1].day != d)) {
            open -= is_day_of_work(c, d) && is_shut(c, d) ? 1 : 0;
        }
    }
    return open;
}

static int by_day(const void *left, const void *right)
{
    const struct closure_span *a = left, *b = right;
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    return (b->until_minute - b->from_minute) - (a->until_minute - a->from_minute);
}

/* Years that are brought in replace those that were there. */
static err merge(struct arena *a, struct calendar *c, const struct office_day *days,
                 size_t count)
{
    const struct office_day *was = c->days != NULL ? c->days : office_days;
    size_t was_count = c->days != NULL ? c->count : office_days_count;
    struct office_day *all = ARENA_ARRAY(a, count + was_count, struct office_day);
    bool replaced[YEARS] = { false };
    size_t taken = 0, k = 0;

    if (all == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        int year = day_civil(days[i].day).year;

        if (year >= YEAR_FIRST && year < YEAR_FIRST + YEARS) {
            replaced[year - YEAR_FIRST] = true;
            c->brought_in[year - YEAR_FIRST] = true;
        }
    }
    for (size_t i = 0; i < was_count; i++) {
        if (replaced[day_civil(was[i].day).year - YEAR_FIRST]) {
            continue;
        }
        while (k < count && days[k].day < was[i].day) {
            all[taken++] = days[k++];
        }
        all[taken++] = was[i];
    }
    while (k < count) {
        all[taken++] = days[k++];
    }
    c->days = all;
    c->count = taken;
    return NULL;
}

err calendar_over(struct arena *a, const struct calendar *under,
                  const struct office_day *days, size_t count, const struct calendar **ret)
{
    struct calendar *c = ARENA_NEW(a, struct calendar);

    if (c == NULL) {
        return err_no_memory;
    }
    *c = *under;
    TRY(merge(a, c, days, count));
    *ret = c;
    return NULL;
}

err calendar_make(struct arena *a, const struct office_day *days, size_t count,
                  const struct closure_span *closures, size_t closures_count,
                  const struct calendar **ret)
{
    struct calendar *c = ARENA_NEW(a, struct calendar);
    struct closure_span *sorted = ARENA_ARRAY(a, closures_count + 1, struct closure_span);

    if (c == NULL || sorted == NULL) {
        return err_no_memory;
    }
    *c = (struct calendar){ 0 };
    for (size_t i = 0; i < closures_count; i++) {
        sorted[i] = closures[i];
    }
    qsort(sorted, closures_count, sizeof(*sorted), by_day);
    c->closures = sorted;
    c->closures_count = closures_count;
    if (count > 0) {
        TRY(merge(a, c, days, count));
    }
    *ret = c;
    return NULL;
}
