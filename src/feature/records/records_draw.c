/* records_draw — lots, shares and sums.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/records/records_draw.h"

#include "base/arena.h"

const struct lot_share draw_outside = { 10, 10, 40 }, draw_own = { 1, 3, 10 };

bool draw_is_outside(const struct case_reading *r)
{
    return r->others > 0;
}

str draw_seed(struct arena *a, str office, str month, str hash)
{
    return lot_seed(a, "bianmin-draw-1", office, month, hash);
}

/* The places of one part in `list`, and their numbers as the keys of the draw. */
struct part {
    size_t *places, count;
    str *keys;
};

static err part_of(struct arena *a, const struct case_reading *list, size_t count,
                   bool outside, struct part *ret)
{
    struct part p = { ARENA_ARRAY(a, count + 1, size_t), 0,
                      ARENA_ARRAY(a, count + 1, str) };

    if (p.places == NULL || p.keys == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (draw_is_outside(&list[i]) == outside) {
            p.places[p.count] = i;
            p.keys[p.count++] = str_format(a, "%lld", (long long)list[i].seq);
        }
    }
    *ret = p;
    return arena_failed(a) ? err_no_memory : NULL;
}

err draw_make(struct arena *a, str seed, const struct case_reading *list, size_t count,
              size_t **ret_places, size_t *ret_count)
{
    size_t *places = ARENA_ARRAY(a, (size_t)(draw_outside.most + draw_own.most), size_t);
    size_t drawn = 0;

    if (places == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < 2; i++) {
        bool outside = i == 0;
        struct part p;
        size_t *chosen, quota;

        TRY(part_of(a, list, count, outside, &p));
        quota = lot_quota(outside ? &draw_outside : &draw_own, p.count);
        TRY(lots_draw(a, seed, p.keys, p.count, quota, &chosen));
        for (size_t n = 0; n < quota; n++) {
            places[drawn++] = p.places[chosen[n]];
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
