/* calendar — open days and simple terms.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/calendar.h"

#include "kernel/calendar/office_days.h"

/* The row about `d`, or NULL: then it is a day of the plain week. */
static const struct office_day *row_of(day d)
{
    size_t from = 0, to = office_days_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (office_days[middle].day < d) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < office_days_count && office_days[from].day == d ? &office_days[from]
                                                                  : NULL;
}

static bool is_weekend(day d)
{
    int weekday = day_weekday(d);
    return weekday == 0 || weekday == 6;
}

bool calendar_is_open(day d)
{
    const struct office_day *row = row_of(d);
    return row != NULL ? row->open != 0 : !is_weekend(d);
}

enum day_kind calendar_kind(day d)
{
    if (!calendar_is_open(d)) {
        return DAY_OFF;
    }
    return is_weekend(d) ? DAY_MAKE_UP : DAY_WORKING;
}

bool calendar_is_official(day d)
{
    int year = day_civil(d).year;
    return year >= day_civil(office_days[0].day).year &&
           year <= day_civil(office_days[office_days_count - 1].day).year;
}

str calendar_name(day d)
{
    const struct office_day *row = row_of(d);
    return row != NULL ? row->name : STR("");
}

static day open_from(day d)
{
    while (!calendar_is_open(d)) {
        d++;
    }
    return d;
}

day calendar_working_due(day from, int days)
{
    if (days <= 0) {
        return open_from(from);
    }
    day due = from;
    while (days > 0) {
        due = open_from(due + 1);
        days--;
    }
    return due;
}

day calendar_calendar_due(day from, int days)
{
    return open_from(from + days);
}

/* The term begins the day after `from` and ends the day before the one that corresponds to
 * its beginning; where that month has no such day, with the end of the month. */
day calendar_month_due(day from, int months)
{
    struct civil begin = day_civil(from + 1);
    int month = begin.year * 12 + begin.month - 1 + months;
    int year = month / 12;
    month = month % 12 + 1;
    day same = day_of(year, month, begin.date);
    if (same == DAY_NONE) {
        same = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
    }
    return open_from(same - 1);
}

int calendar_open_days_between(day from, day to)
{
    if (to < from) {
        return -calendar_open_days_between(to, from);
    }
    int open = 0;
    for (day d = from + 1; d <= to; d++) {
        open += calendar_is_open(d) ? 1 : 0;
    }
    return open;
}
