/* upkeep_ways — applications of a year by service: how many came on line, against the year
 * before up to the same day; what other systems took in, with its source; what came of what
 * was done while one waited; extensions by month.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/upkeep/upkeep_web.h"
#include "kernel/casefile/head/head.h"
#include "kernel/pack/pack.h"
#include "kernel/tally/tally.h"

#include "upkeep_ways.view.h"

#define YEARS 5

static str year_text(struct ask *q, int year)
{
    return q->lang == LANG_ZH ? str_format(q->arena, "民國%d年", year - 1911)
                              : str_format(q->arena, "%d", year);
}

static struct label service_label(const struct ask *q, str key)
{
    const struct service *s = q->catalog != NULL ? service_get(q->catalog, key) : NULL;

    return s != NULL ? s->name : (struct label){ .in = { key, key, key } };
}

static err years_fill(struct ask *q, int *ret_year, struct upkeep_ways *p)
{
    struct upkeep_year *list = ARENA_ARRAY(q->arena, YEARS, struct upkeep_year);
    int now = day_civil(q->today).year;

    if (list == NULL) {
        return err_no_memory;
    }
    *ret_year = now;
    for (int i = 0; i < YEARS; i++) {
        list[i] = (struct upkeep_year){ .value = str_format(q->arena, "%d", now - i),
                                        .text = year_text(q, now - i) };
        list[i].chosen = str_equal(ask_param(q, "year"), list[i].value);
        *ret_year = list[i].chosen ? now - i : *ret_year;
    }
    p->years = list;
    p->years_count = YEARS;
    p->year = year_text(q, *ret_year);
    p->year_before = year_text(q, *ret_year - 1);
    return NULL;
}

/* The first day after the part of the year that is compared: a year that runs is compared
 * up to today. */
static day part_ends(struct ask *q, int year, int back)
{
    struct civil c = day_civil(q->today);

    if (year != c.year) {
        return day_of(year - back + 1, 1, 1);
    }
    /* 29 February has no brother. */
    return day_of(year - back, c.month, c.month == 2 && c.date == 29 ? 28 : c.date) + 1;
}

static err rows_fill(struct ask *q, int year, struct upkeep_ways *p)
{
    struct upkeep_way_count *now, *before;
    struct upkeep_way_sum *sums;
    size_t now_count, before_count;
    struct upkeep_way *rows;
    int64_t online_before = 0, over = 0, late = 0;

    TRY(upkeep_way_counts(q->arena, q->snap, q->agency->id, day_of(year, 1, 1),
                   part_ends(q, year, 0), q->now_ms, &now, &now_count));
    TRY(upkeep_way_counts(q->arena, q->snap, q->agency->id, day_of(year - 1, 1, 1),
                   part_ends(q, year, 1), q->now_ms, &before, &before_count));
    TRY(upkeep_ways_sum(q->arena, now, now_count, before, before_count, &sums,
                        &p->rows_count));
    rows = ARENA_ARRAY(q->arena, p->rows_count + 1, struct upkeep_way);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->rows_count; i++) {
        rows[i] = (struct upkeep_way){
            .service = service_label(q, sums[i].service), .all = sums[i].all,
            .online = sums[i].online, .before = sums[i].before,
            .share = upkeep_share(q->arena, sums[i].online, sums[i].all),
            .share_before = upkeep_share(q->arena, sums[i].online_before, sums[i].before),
            .telephone = sums[i].telephone,
            .in_time = upkeep_share(q->arena, sums[i].over - sums[i].late, sums[i].over),
        };
        p->sum.all += sums[i].all;
        p->sum.online += sums[i].online;
        p->sum.before += sums[i].before;
        p->sum.telephone += sums[i].telephone;
        online_before += sums[i].online_before;
        over += sums[i].over;
        late += sums[i].late;
    }
    p->sum.share = upkeep_share(q->arena, p->sum.online, p->sum.all);
    p->sum.share_before = upkeep_share(q->arena, online_before, p->sum.before);
    p->sum.in_time = upkeep_share(q->arena, over - late, over);
    p->rows = rows;
    p->none = p->rows_count == 0;
    return NULL;
}

static err brought_fill(struct ask *q, int year, struct upkeep_ways *p)
{
    struct tally_sum *sums;
    size_t count;
    struct upkeep_brought *list;

    TRY(tally_sums(q->arena, q->snap, q->agency->id,
                   tally_month_of(day_of(year, 1, 1)), tally_month_of(day_of(year, 12, 1)),
                   &sums, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct upkeep_brought);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct label service = service_label(q, sums[i].service);
        size_t at = 0;

        if (sums[i].kind != TALLY_BROUGHT) {
            continue;
        }
        while (at < p->brought_count &&
               !(str_equal(list[at].source, sums[i].source) &&
                 str_equal(list[at].service.in[0], service.in[0]) &&
                 list[at].way.id == case_channel_name[sums[i].channel])) {
            at++;
        }
        if (at == p->brought_count) {
            list[p->brought_count++] = (struct upkeep_brought){
                .service = service, .source = sums[i].source,
                .way = words_of(case_channel_name[sums[i].channel]),
            };
        }
        list[at].amount += sums[i].amount;
    }
    p->brought = list;
    p->none_brought = p->brought_count == 0;
    return NULL;
}

/* Strokes of the year by service, the most first as the sums give them. */
static err results_fill(struct ask *q, int year, struct upkeep_ways *p)
{
    struct tally_sum *sums;
    size_t count;
    struct upkeep_result *list;
    str *keys;

    TRY(tally_sums(q->arena, q->snap, q->agency->id,
                   tally_month_of(day_of(year, 1, 1)), tally_month_of(day_of(year, 12, 1)),
                   &sums, &count));
    list = ARENA_ARRAY(q->arena, count + 1, struct upkeep_result);
    keys = ARENA_ARRAY(q->arena, count + 1, str);
    if (list == NULL || keys == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;

        if (sums[i].kind != TALLY_SHORT) {
            continue;
        }
        while (at < p->results_count && !str_equal(keys[at], sums[i].service)) {
            at++;
        }
        if (at == p->results_count) {
            keys[at] = sums[i].service;
            list[at].service = service_label(q, sums[i].service);
            p->results_count++;
        }
        list[at].done += sums[i].result == TALLY_DONE ? sums[i].amount : 0;
        list[at].not_done += sums[i].result == TALLY_NOT_DONE ? sums[i].amount : 0;
        list[at].passed_on += sums[i].result == TALLY_PASSED_ON ? sums[i].amount : 0;
    }
    p->results = list;
    p->none_results = p->results_count == 0;
    return NULL;
}

/* Months that have begun; the year's sum behind them. */
static err extended_fill(struct ask *q, int year, struct upkeep_ways *p)
{
    struct extension_figure months[HEAD_MONTHS];
    struct civil now = day_civil(q->today);
    struct upkeep_extended *list =
        ARENA_ARRAY(q->arena, HEAD_MONTHS, struct upkeep_extended);

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(casefile_extensions(q->arena, q->snap, q->agency->id, year, months));
    for (int i = 0; i < HEAD_MONTHS && (year < now.year || i < now.month); i++) {
        list[p->extended_count++] = (struct upkeep_extended){
            .month = SAY("Month {month}", SAY_NUMBER("month", i + 1)),
            .statutory = months[i].statutory, .control = months[i].control,
        };
        p->extended_sum.statutory += months[i].statutory;
        p->extended_sum.control += months[i].control;
    }
    p->extended = list;
    p->none_extended = p->extended_sum.statutory + p->extended_sum.control == 0;
    return NULL;
}

/* A first version that was not there a year ago. */
static err items_fill(struct ask *q, int year, struct upkeep_ways *p)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, "service") : 0;
    int64_t begins_ms = day_begins_ms(day_of(year, 1, 1));
    struct definition *said;
    size_t said_count;

    TRY(definition_list(q->arena, q->snap, q->agency->id, &said, &said_count));
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        if (!upkeep_is_online(s)) {
            continue;
        }
        p->items++;
        p->elsewhere += !(s->online && s->depth == DEPTH_FULL);
        for (size_t n = 0; n < said_count; n++) {
            p->items_new += said[n].version == 1 && str_equal(said[n].key, s->key) &&
                            str_equal(said[n].kind, STR("service")) &&
                            said[n].published_ms >= begins_ms;
        }
    }
    return NULL;
}

err upkeep_ways_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Upkeep of services"),
                                           link_to(q, "upkeep.all") } };
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("How people applied"), .current = "upkeep.all",
                               .crumbs = crumbs, .crumbs_count = 1, .wide = true };
    struct upkeep_ways p = { .here = link_to(q, "upkeep.ways") };
    int year;

    TRY(years_fill(q, &year, &p));
    TRY(rows_fill(q, year, &p));
    TRY(brought_fill(q, year, &p));
    TRY(results_fill(q, year, &p));
    TRY(extended_fill(q, year, &p));
    TRY(items_fill(q, year, &p));
    return REPLY_VIEW(q, r, &page, upkeep_ways, &p);
}
