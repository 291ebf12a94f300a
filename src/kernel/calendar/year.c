/* year — a year of a file beside what holds: is it the same, what differs, is it news?
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/seal/seal.h"
#include "kernel/calendar/import.h"

#define YEAR_DAYS 366

static bool is_weekend(day d)
{
    return day_weekday(d) == 0 || day_weekday(d) == 6;
}

str calendar_year_hash(struct arena *a, const struct official_year *y)
{
    struct buf b;

    buf_init(&b, a, (size_t)1 << 20);
    buf_format(&b, "%d\n", y->year);
    for (size_t i = 0; i < y->count; i++) {
        buf_format(&b, "%d,%d,%.*s\n", y->days[i].day, y->days[i].open != 0,
                   STR_ARG(y->days[i].name));
    }
    return seal_sha256(a, buf_str(&b));
}

static bool opens(const struct official_year *y, size_t *io_at, day d, str *ret_name)
{
    bool open = !is_weekend(d);

    *ret_name = STR("");
    if (*io_at < y->count && y->days[*io_at].day == d) {
        open = y->days[*io_at].open != 0;
        *ret_name = y->days[(*io_at)++].name;
    }
    return open;
}

err calendar_year_differs(struct arena *a, const struct calendar *c,
                          const struct official_year *y, struct day_difference **ret,
                          size_t *ret_count)
{
    struct day_difference *list = ARENA_ARRAY(a, YEAR_DAYS, struct day_difference);
    day last = day_of(y->year, 12, 31);
    size_t count = 0, at = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (day d = day_of(y->year, 1, 1); d <= last; d++) {
        str name;
        bool open = opens(y, &at, d, &name);
        bool was_open = calendar_kind(c, d) != DAY_OFF;

        if (open != was_open) {
            list[count++] = (struct day_difference){ d, open, name };
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}

static const struct year_row *known_of(const struct year_row *known, size_t count, int year)
{
    for (size_t i = 0; i < count; i++) {
        if (known[i].year == year) {
            return &known[i];
        }
    }
    return NULL;
}

err calendar_file_news(struct arena *a, const struct calendar *official,
                       const struct year_row *known, size_t known_count,
                       struct official_year *years, size_t *io_count)
{
    size_t count = 0;

    for (size_t i = 0; i < *io_count; i++) {
        const struct year_row *k = known_of(known, known_count, years[i].year);
        struct day_difference *list;
        size_t differ;

        TRY(calendar_year_differs(a, official, &years[i], &list, &differ));
        if (k != NULL && differ == 0) {
            continue;
        }
        if (k != NULL && k->is_revised && !years[i].is_revised) {
            FAIL(a, ERR_CONFLICT,
                 SAY("The calendar of {year} that holds is a revised edition (修正版), and "
                     "this file is none. Load the newest revised edition.",
                     SAY_TEXT("year", str_format(a, "%d", years[i].year))),
                 STR("file"), "not revised");
        }
        years[count++] = years[i];
    }
    *io_count = count;
    return NULL;
}
