/* day — calendar days, in the western and in the ROC (民國) way of writing.
 *
 * A `day` is the number of days since 1970-01-01 (day 0), proleptic Gregorian; 1 ROC year
 * is year + 1911. Office time is Asia/Taipei, UTC+8 without daylight saving since 1979;
 * instants are UTC milliseconds.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_DAY_H
#define BIANMIN_BASE_DAY_H

#include "base/str.h"
#include "base/words.h"

typedef int32_t day;
#define DAY_NONE INT32_MIN
#define DAY_MS INT64_C(86400000)

struct civil {
    int year;  /* western, 1..9999 */
    int month; /* 1..12 */
    int date;  /* 1..31 */
};

/* DAY_NONE when there is no such day. */
day day_of(int year, int month, int date);
struct civil day_civil(day d);
/* 0 Sunday … 6 Saturday. */
int day_weekday(day d);
int day_roc_year(day d);

/* The office's day at an instant, the instant at which that day begins, and the minute of
 * the day 0..1439. */
day day_at(int64_t ms);
int64_t day_begins_ms(day d);
int day_minute_at(int64_t ms);

/* Every usual spelling, ROC or western (105年1月18日 · 民國105.1.18 · 1050118 · 990131 ·
 * 20160118 · 2016-01-18 · 一○五年一月十八日 · full width · 民國元年 · 民國前1年): true and the
 * day; false when it is no day. A year under 1000 or with 民國 is ROC; 1912 and above is
 * western. */
bool day_parse(str text, day *ret_day);
/* Three boxes; `roc` says how the year is meant, though 1912 and above is always
 * western. */
bool day_from_boxes(str year, str month, str date, bool roc, day *ret_day);

/* 2016-01-18 */
str day_iso(struct arena *a, day d);
bool day_from_iso(str text, day *ret_day);
/* For people: zh 民國105年1月18日, en 18 January 2016, ja 2016年1月18日. */
str day_text(struct arena *a, day d, enum lang lang);
/* Short for tables: zh 105.01.18, en and ja 2016-01-18. */
str day_short(struct arena *a, day d, enum lang lang);
/* "14:05" of an instant, office time. */
str day_clock(struct arena *a, int64_t ms);
/* Years from birth to `on`, as the law counts: a year older on the birthday. */
int day_age(day birth, day on);

#endif
