/* cashier_month_web — the month for the accountant, as page and table; and which fees are
 * to be reviewed (規費法 §11: at least every three years).
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/id.h"
#include "cashier_month.view.h"
#include "cashier_review.view.h"
#include "feature/cashier/cashier_web.h"
#include "host/lang/lang.h"

#define MONTHS 25
#define SOON_DAYS 180

/* `back` months before this one. */
static void month_back(day today, int back, int *ret_year, int *ret_month)
{
    struct civil c = day_civil(today);
    int months = c.year * 12 + c.month - 1 - back;

    *ret_year = months / 12;
    *ret_month = months % 12 + 1;
}

static str month_text(struct ask *q, int year, int month)
{
    return q->lang == LANG_ZH ? str_format(q->arena, "民國%d年%d月", year - 1911, month)
                              : str_format(q->arena, "%04d-%02d", year, month);
}

/* The month that is asked for, else the running one. */
static void month_asked(struct ask *q, int *ret_year, int *ret_month)
{
    str key = q->method == POST ? ask_field(q, "month") : ask_param(q, "month");

    month_back(q->today, 0, ret_year, ret_month);
    for (int back = 0; back < MONTHS; back++) {
        int y, m;

        month_back(q->today, back, &y, &m);
        if (str_equal(fee_month_key(q->arena, y, m), key)) {
            *ret_year = y;
            *ret_month = m;
        }
    }
}

static err options_of(struct ask *q, const struct fee_month *m, struct cashier_month *p)
{
    struct cashier_option *o = ARENA_ARRAY(q->arena, MONTHS, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int back = 0; back < MONTHS; back++) {
        int year, month;

        month_back(q->today, back, &year, &month);
        o[back] = (struct cashier_option){
            fee_month_key(q->arena, year, month), month_text(q, year, month),
            year == m->year && month == m->month,
        };
    }
    p->months = o;
    p->months_count = MONTHS;
    return NULL;
}

static err tables_of(struct ask *q, const struct fee_month *m, struct cashier_month *p)
{
    struct cashier_sum *sums = ARENA_ARRAY(q->arena, m->sums_count + 1, struct cashier_sum);
    struct cashier_means *means = ARENA_ARRAY(q->arena, FEE_MEANS, struct cashier_means);
    struct cashier_sheet_row *sheets =
        ARENA_ARRAY(q->arena, m->sheets_count + 1, struct cashier_sheet_row);

    if (sums == NULL || means == NULL || sheets == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->sums_count; i++) {
        sums[i] = (struct cashier_sum){
            words_of(fee_kind_name[m->sums[i].kind]), cashier_label(q, &m->sums[i].what),
            str_format(q->arena, "%lld", (long long)m->sums[i].count),
            cashier_dollars(q, m->sums[i].dollars),
        };
    }
    for (int i = 0; i < FEE_MEANS; i++) {
        means[i] = (struct cashier_means){ words_of(fee_means_name[i]),
                                           cashier_dollars(q, m->by_means[i]) };
    }
    for (size_t i = 0; i < m->sheets_count; i++) {
        const struct fee_sheet *s = &m->sheets[i];

        sheets[i] = (struct cashier_sheet_row){
            .day = day_short(q->arena, s->day, q->lang),
            .staff = s->staff == 0 ? STR("—") : s->staff_name,
            .cash = cashier_dollars(q, s->cash_sum),
            .other = cashier_dollars(q, s->other_sum), .slip = s->slip_number,
            .slip_day = s->slip_number.len > 0 ? day_short(q->arena, s->slip_day, q->lang)
                                               : STR(""),
            .is_paid_in = s->slip_number.len > 0,
            .differs = s->cash_counted != s->cash_sum,
            .link = link_to1(q, "cashier.sheet", id_text(q->arena, s->id)),
        };
    }
    p->sums = sums;
    p->sums_count = m->sums_count;
    p->means = means;
    p->means_count = FEE_MEANS;
    p->sheets = sheets;
    p->sheets_count = m->sheets_count;
    return NULL;
}

static err month_of(struct ask *q, struct fee_month *ret)
{
    int year, month;

    month_asked(q, &year, &month);
    return fee_month_load(q->arena, q->snap, q->agency->id, year, month, ret);
}

static bool is_over(const struct ask *q, const struct fee_month *m)
{
    int year, month;

    month_back(q->today, 0, &year, &month);
    return m->year < year || (m->year == year && m->month < month);
}

err cashier_show_month(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Monthly sheet"), .current = "cashier.month",
                               .wide = true };
    struct cashier_month *p = ARENA_NEW(q->arena, struct cashier_month);
    struct fee_month m;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(month_of(q, &m));
    p->office = cashier_label(q, &q->agency->name);
    p->here = link_to(q, "cashier.month");
    p->key = fee_month_key(q->arena, m.year, m.month);
    p->csv = url_with(q, link_to(q, "cashier.csv"), "month", p->key);
    p->to = link_to(q, "cashier.month_take");
    p->month = month_text(q, m.year, m.month);
    p->dollars = cashier_dollars(q, m.dollars);
    p->refunded = cashier_dollars(q, m.refunded);
    p->waiting = cashier_dollars(q, m.not_paid_in);
    p->voids = str_format(q->arena, "%lld", (long long)m.voids);
    p->none = m.sheets_count == 0;
    p->all_paid_in = m.not_paid_in == 0;
    p->is_taken = m.taken_ms != 0;
    p->taken_by = m.taken_name;
    p->taken_at = cashier_time(q, m.taken_ms);
    p->hash = m.hash;
    p->may_take = !p->is_taken && !p->none && is_over(q, &m) && p->all_paid_in &&
                  actor_has(&q->actor, DUTY_ACCOUNTANT);
    p->form_token = q->session.form_token;
    TRY(options_of(q, &m, p));
    TRY(tables_of(q, &m, p));
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, cashier_month, p);
}

err cashier_show_csv(struct ask *q, struct reply *r)
{
    struct fee_month m;

    TRY(month_of(q, &m));
    return reply_bytes(q, r, STR("text/csv; charset=utf-8"),
                       str_format(q->arena, "%.*s-%04d-%02d.csv", STR_ARG(q->agency->key),
                                  m.year, m.month),
                       fee_month_csv(q->arena, &m, q->lang), false);
}

struct month_wish {
    struct fee_month month;
    str sealed, hash;
};
struct month_made {
    int year, month;
};

static err month_check(struct ask *q, struct month_wish *w)
{
    TRY(month_of(q, &w->month));
    if (!is_over(q, &w->month) || w->month.not_paid_in > 0 || w->month.sheets_count == 0) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("A month is taken over when it is over and all of it is paid in."),
             STR(""), "not over");
    }
    return fee_month_seal(q->arena, q->keyring, q->agency->id, &w->month, &w->sealed,
                          &w->hash);
}

static err month_commit(struct ask *q, struct tx *tx, const struct month_wish *w,
                        struct month_made *made)
{
    *made = (struct month_made){ w->month.year, w->month.month };
    return fee_month_take(q->arena, tx, &q->actor, q->now_ms, &w->month, w->sealed,
                          w->hash);
}

static err month_reply(struct ask *q, struct reply *r, const struct month_made *made)
{
    return reply_see(q, r,
                     url_with(q, link_to(q, "cashier.month"), "month",
                              fee_month_key(q->arena, made->year, made->month)));
}

BEATS_OUT(month, cashier_month_beats, struct month_wish, struct month_made)

/* ---- review ---- */

struct review {
    const struct service *service;
    const struct service_fee *fee;
};

static int64_t review_key(const struct review *x)
{
    return x->fee->review_by == DAY_NONE || x->fee->review_by == 0 ? INT64_MAX
                                                                   : x->fee->review_by;
}

static int by_review(const void *x, const void *y)
{
    int64_t a = review_key(x), b = review_key(y);

    return (a > b) - (a < b);
}

static struct cashier_review_row review_row(struct ask *q, const struct review *x)
{
    int64_t by = review_key(x);

    return (struct cashier_review_row){
        .service = cashier_label(q, &x->service->name),
        .what = cashier_label(q, &x->fee->what),
        .dollars = cashier_dollars(q, x->fee->dollars),
        .law = cashier_label(q, label_is_empty(&x->fee->law) ? &x->service->law
                                                             : &x->fee->law),
        .review = by == INT64_MAX ? STR("") : cashier_day_text(q, (day)by),
        .is_unknown = by == INT64_MAX,
        .is_late = by < q->today,
        .is_soon = by >= q->today && by <= q->today + SOON_DAYS,
        .unconfirmed = !x->service->confirmed,
    };
}

err cashier_show_review(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_MONEY,
                               .title = SAY("Review of fees"), .current = "cashier.review",
                               .wide = true };
    struct cashier_review p = { 0 };
    size_t services = catalog_count(q->catalog, "service"), count = 0, n = 0;
    struct cashier_review_row *rows;
    struct review *list;

    for (size_t i = 0; i < services; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        count += s->fees_count;
    }
    list = ARENA_ARRAY(q->arena, count + 1, struct review);
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_review_row);
    if (list == NULL || rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < services; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        for (size_t f = 0; f < s->fees_count; f++) {
            if (s->fees[f].dollars > 0) {
                list[n++] = (struct review){ s, &s->fees[f] };
            }
        }
    }
    qsort(list, n, sizeof list[0], by_review);
    for (size_t i = 0; i < n; i++) {
        rows[i] = review_row(q, &list[i]);
        p.late += rows[i].is_late ? 1 : 0;
    }
    p.none = n == 0;
    p.list = rows;
    p.list_count = n;
    return REPLY_VIEW(q, r, &page, cashier_review, &p);
}
