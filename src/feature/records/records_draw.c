/* records_draw — lots, shares and sums.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/records/records_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "host/seal/seal.h"

#define LOT_BYTES 32
#define HUNDRED 100

const struct draw_share draw_outside = { 10, 10, 40 }, draw_own = { 1, 3, 10 };

size_t draw_quota(const struct draw_share *share, size_t readings)
{
    size_t wanted = (readings * (size_t)share->percent + HUNDRED - 1) / HUNDRED;

    wanted = wanted < (size_t)share->least ? (size_t)share->least : wanted;
    wanted = wanted > (size_t)share->most ? (size_t)share->most : wanted;
    return wanted > readings ? readings : wanted;
}

bool draw_is_outside(const struct case_reading *r)
{
    return r->others > 0;
}

str draw_seed(struct arena *a, str office, str month, str hash)
{
    return str_format(a, "bianmin-draw-1 %.*s %.*s %.*s", STR_ARG(office), STR_ARG(month),
                      STR_ARG(str_hex(a, hash)));
}

struct lot {
    unsigned char bytes[LOT_BYTES];
    int64_t seq;
    size_t place;
};

static int by_lot(const void *x, const void *y)
{
    const struct lot *a = x, *b = y;
    int order = memcmp(a->bytes, b->bytes, LOT_BYTES);

    return order != 0 ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

static void lot_of(struct lot *lot, str seed, int64_t seq, size_t place)
{
    struct sha256 h;
    char number[24];
    int len = snprintf(number, sizeof number, " %lld", (long long)seq);

    sha256_begin(&h);
    sha256_add(&h, seed.at, seed.len);
    sha256_add(&h, number, (size_t)len);
    sha256_end_into(&h, lot->bytes);
    lot->seq = seq;
    lot->place = place;
}

err draw_make(struct arena *a, str seed, const struct case_reading *list, size_t count,
              size_t **ret_places, size_t *ret_count)
{
    struct lot *lots = ARENA_ARRAY(a, count + 1, struct lot);
    size_t *places = ARENA_ARRAY(a, (size_t)(draw_outside.most + draw_own.most), size_t);
    size_t drawn = 0;

    if (lots == NULL || places == NULL) {
        return err_no_memory;
    }
    for (int part = 0; part < 2; part++) {
        bool outside = part == 0;
        size_t n = 0, quota;

        for (size_t i = 0; i < count; i++) {
            if (draw_is_outside(&list[i]) == outside) {
                lot_of(&lots[n++], seed, list[i].seq, i);
            }
        }
        qsort(lots, n, sizeof lots[0], by_lot);
        quota = draw_quota(outside ? &draw_outside : &draw_own, n);
        for (size_t i = 0; i < quota; i++) {
            places[drawn++] = lots[i].place;
        }
    }
    *ret_places = places;
    *ret_count = drawn;
    return NULL;
}

struct draw_month draw_month_back(day today, int back)
{
    struct civil c = day_civil(today);
    int months = c.year * 12 + c.month - 1 - back;
    struct draw_month m = { .year = months / 12, .month = months % 12 + 1 };

    months++;
    m.from_ms = day_begins_ms(day_of(m.year, m.month, 1));
    m.until_ms = day_begins_ms(day_of(months / 12, months % 12 + 1, 1));
    return m;
}

str draw_month_key(struct arena *a, const struct draw_month *m)
{
    return str_format(a, "%04d-%02d", m->year, m->month);
}

/* The day without its date: in English it stands in front, else behind. */
str draw_month_text(struct arena *a, const struct draw_month *m, enum lang lang)
{
    str first = day_text(a, day_of(m->year, m->month, 1), lang);
    ptrdiff_t month = str_find(first, STR("月"));

    if (lang == LANG_EN) {
        return str_slice(first, sizeof "1 " - 1, first.len);
    }
    return month < 0 ? first : str_slice(first, 0, (size_t)month + sizeof "月" - 1);
}

struct draw_sums draw_sum(const struct case_reading *list, size_t count)
{
    struct draw_sums s = { 0 };

    for (size_t i = 0; i < count; i++) {
        const struct case_reading *r = &list[i];
        bool outside = draw_is_outside(r);
        size_t row = outside ? (size_t)r->reason : READ_REASONS;

        s.row[row].cases += r->names_only ? 0 : 1;
        s.row[row].lists += r->names_only ? 1 : 0;
        s.row[row].names += r->names_only ? r->cases : 0;
        s.own += outside ? 0 : 1;
        s.outside += outside ? 1 : 0;
    }
    return s;
}
