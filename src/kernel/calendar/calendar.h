/* calendar — which days the office works, and when a simple term ends.
 *
 * A `struct calendar` is an immutable generation for one office, made of three layers: the
 * official office calendars (中華民國政府行政機關辦公日曆表, 2013 to 2027) in the binary with
 * their make-up workdays; official files brought in later, which replace whole years; and
 * closures (停止上班) of the city and of the office, a day or hours of a day. Outside official
 * years Saturday and Sunday are off and the answer says that it is a guess. Each request
 * holds the generation it began with (ask.h); closure.h reads and writes the rows.
 *
 * A day that is closed for some hours only still counts as a day of work. A term does not
 * end on a day whose last hour is closed: it ends on the next open day, as on a rest day
 * (行政程序法 §48 IV; for half days this is practice, not text).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CALENDAR_H
#define BIANMIN_KERNEL_CALENDAR_H

#include "base/day.h"
#include "base/err.h"
#include "base/words.h"

struct calendar;

/* make-up: a Saturday at work; closed: a day of work on which the office is shut. */
enum day_kind { DAY_WORKING, DAY_OFF, DAY_MAKE_UP, DAY_CLOSED };

/* A day of an official calendar. */
struct office_day {
    day day;
    int open;
    str name; /* "春節"; "" */
};

#define CLOSURE_WHOLE 1440
/* Some hours of a day on which an office is shut: [from_minute, until_minute). */
struct closure_span {
    day day;
    int from_minute, until_minute; /* 0 and CLOSURE_WHOLE: the whole day */
    str reason;                    /* "颱風" */
    bool of_city;
};

/* What is in the binary, alone. */
const struct calendar *calendar_official(void);
/* A generation. `days` ascending, no day twice, years whole; `closures` in any order; both
 * are kept, not copied. */
MUST_CHECK err calendar_make(struct arena *a, const struct office_day *days, size_t count,
                             const struct closure_span *closures, size_t closures_count,
                             const struct calendar **ret);

/* Another with the same closures, in which these years are as they are here. */
MUST_CHECK err calendar_over(struct arena *a, const struct calendar *under,
                             const struct office_day *days, size_t count,
                             const struct calendar **ret);

enum day_kind calendar_kind(const struct calendar *c, day d);
bool calendar_is_open(const struct calendar *c, day d);
bool calendar_is_official(const struct calendar *c, day d); /* its year is known */
str calendar_name(const struct calendar *c, day d);         /* "春節", "" */
/* A name of the official calendar in each language; NULL for one that is not translated. */
const struct label *calendar_label(str name);
/* The closure that touches this day (the longest one), or NULL. */
const struct closure_span *calendar_closure(const struct calendar *c, day d);
/* Whether a term may end on it: open, to its last hour. */
bool calendar_may_end(const struct calendar *c, day d);
/* `d` itself where a term may end on it, else the next such day. */
day calendar_end_from(const struct calendar *c, day d);

/* The term runs from the day after `from`; each open day counts one. days >= 0; 0 gives
 * `from` itself when open, else the next open day. */
day calendar_working_due(const struct calendar *c, day from, int days);
/* 行政程序法 §48 II, IV: first day left out, an end on a rest day moves to the next open day. */
day calendar_calendar_due(const struct calendar *c, day from, int days);
/* The same for months (§48 III). */
day calendar_month_due(const struct calendar *c, day from, int months);
/* Where a term of months that begins on `first` ends, before it moves (§48 III). */
day calendar_month_end(day first, int months);
/* Open days after `from` up to and with `to`; negative when `to` is before. */
int calendar_open_days_between(const struct calendar *c, day from, day to);

#endif
