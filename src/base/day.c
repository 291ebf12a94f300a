/* day — calendar days: arithmetic and how people see them. Reading: day_read.c.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"

#include "base/arena.h"

#define ROC_OFFSET 1911
#define OFFICE_MS (INT64_C(8) * 3600 * 1000)
#define MINUTE_MS INT64_C(60000)

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const signed char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

/* Days are counted in eras of 400 years (146097 days) whose years begin in March, so that
 * the leap day is the last of its year. 719468 days lie between 0000-03-01 and
 * 1970-01-01. */
day day_of(int year, int month, int date)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || date < 1 ||
        date > month_length(year, month)) {
        return DAY_NONE;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil day_civil(day d)
{
    int64_t z = (int64_t)d + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era -
                          (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    int month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    return (struct civil){
        .year = (int)(year_of_era + era * 400) + (month <= 2),
        .month = month,
        .date = (int)(day_of_year - (153 * march_month + 2) / 5 + 1),
    };
}

int day_weekday(day d)
{
    return (int)((((int64_t)d + 4) % 7 + 7) % 7); /* day 0 was a Thursday */
}

int day_roc_year(day d)
{
    return day_civil(d).year - ROC_OFFSET;
}

static int64_t floor_div(int64_t n, int64_t by)
{
    return n / by - (n % by < 0);
}

day day_at(int64_t ms)
{
    return (day)floor_div(ms + OFFICE_MS, DAY_MS);
}

int64_t day_begins_ms(day d)
{
    return (int64_t)d * DAY_MS - OFFICE_MS;
}

int day_minute_at(int64_t ms)
{
    return (int)((ms - day_begins_ms(day_at(ms))) / MINUTE_MS);
}

str day_iso(struct arena *a, day d)
{
    struct civil c = day_civil(d);
    return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.date);
}

str day_text(struct arena *a, day d, enum lang lang)
{
    static const char *const month_name[] = { "January", "February", "March",
                                              "April",   "May",      "June",
                                              "July",    "August",   "September",
                                              "October", "November", "December" };
    struct civil c = day_civil(d);
    if (lang == LANG_EN) {
        return str_format(a, "%d %s %d", c.date, month_name[c.month - 1], c.year);
    }
    if (lang == LANG_JA) {
        return str_format(a, "%d年%d月%d日", c.year, c.month, c.date);
    }
    if (c.year <= ROC_OFFSET) {
        return str_format(a, "民國前%d年%d月%d日", ROC_OFFSET + 1 - c.year, c.month,
                          c.date);
    }
    return str_format(a, "民國%d年%d月%d日", c.year - ROC_OFFSET, c.month, c.date);
}

str day_short(struct arena *a, day d, enum lang lang)
{
    struct civil c = day_civil(d);
    if (lang != LANG_ZH || c.year <= ROC_OFFSET) {
        return day_iso(a, d);
    }
    return str_format(a, "%03d.%02d.%02d", c.year - ROC_OFFSET, c.month, c.date);
}

str day_clock(struct arena *a, int64_t ms)
{
    int minute = day_minute_at(ms);
    return str_format(a, "%02d:%02d", minute / 60, minute % 60);
}

int day_age(day birth, day on)
{
    struct civil b = day_civil(birth);
    struct civil o = day_civil(on);
    bool not_yet = o.month < b.month || (o.month == b.month && o.date < b.date);
    return o.year - b.year - (not_yet ? 1 : 0);
}
