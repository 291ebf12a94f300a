/* lookups_count_web — how often a paper was looked up instead, by service and month; and
 * the draw of a month that is over.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "desk/waits.h"
#include "feature/lookups/lookups_web.h"
#include "host/lang/lang.h"
#include "host/seal/seal.h"
#include "kernel/casefile/reading/reading.h"
#include "lookups_counts.view.h"

#define MONTHS 25
#define NO_SEQ 0

struct month {
    int year, month;
};

static struct month month_back(day today, int back)
{
    struct civil c = day_civil(today);
    int months = c.year * 12 + c.month - 1 - back;

    return (struct month){ months / 12, months % 12 + 1 };
}

static str month_key(struct ask *q, struct month m)
{
    return str_format(q->arena, "%04d-%02d", m.year, m.month);
}

static str month_text(struct ask *q, struct month m)
{
    return q->lang == LANG_ZH
               ? str_format(q->arena, "民國%d年%d月", m.year - 1911, m.month)
               : month_key(q, m);
}

/* The one asked for, else this one; `*ret_back` months ago. */
static struct month month_asked(struct ask *q, int *ret_back)
{
    str key = q->method == POST ? ask_field(q, "month") : ask_param(q, "month");

    for (int back = 0; back < MONTHS; back++) {
        if (str_equal(month_key(q, month_back(q->today, back)), key)) {
            *ret_back = back;
            return month_back(q->today, back);
        }
    }
    *ret_back = 0;
    return month_back(q->today, 0);
}

static err months_of(struct ask *q, int chosen, struct lookups_counts *p)
{
    struct lookups_option *o = ARENA_ARRAY(q->arena, MONTHS, struct lookups_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int back = 0; back < MONTHS; back++) {
        struct month m = month_back(q->today, back);

        o[back] = (struct lookups_option){ month_key(q, m), month_text(q, m),
                                           back == chosen };
    }
    p->months = o;
    p->months_count = MONTHS;
    return NULL;
}

static int64_t lookups_before(const struct lookup_count *list, size_t count, str service)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].service, service)) {
            return list[i].lookups;
        }
    }
    return 0;
}

static str share_of(struct ask *q, const struct lookup_count *c)
{
    return c->cases == 0 ? STR("—")
                         : str_format(q->arena, "%lld.%lld %%",
                                      (long long)(c->looked_up * 100 / c->cases),
                                      (long long)(c->looked_up * 1000 / c->cases % 10));
}

static err counts_of(struct ask *q, struct month m, struct month last,
                     struct lookups_counts *p)
{
    struct lookup_count *now, *before;
    struct lookups_count *rows;
    size_t count, before_count;

    TRY(lookup_counts(q->arena, q->snap, q->agency->id, m.year, m.month, &now, &count));
    TRY(lookup_counts(q->arena, q->snap, q->agency->id, last.year, last.month, &before,
                      &before_count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct lookups_count);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = service_get(q->catalog, now[i].service);

        rows[i] = (struct lookups_count){
            .service = s == NULL ? now[i].service : label_in(&s->name, q->lang),
            .cases = now[i].cases, .looked_up = now[i].looked_up,
            .lookups = now[i].lookups, .by_hand = now[i].by_hand, .failed = now[i].failed,
            .before = lookups_before(before, before_count, now[i].service),
            .share = share_of(q, &now[i]),
        };
        p->lookups += rows[i].lookups;
        p->before += rows[i].before;
    }
    p->list = rows;
    p->list_count = count;
    p->none = count == 0;
    return NULL;
}

/* All services together: how often, and for which share of the cases of the month. */
static err whole_month(struct ask *q, struct month m, int64_t *ret_lookups, str *ret_share)
{
    struct lookup_count *list, sum = { 0 };
    size_t count;

    TRY(lookup_counts(q->arena, q->snap, q->agency->id, m.year, m.month, &list, &count));
    for (size_t i = 0; i < count; i++) {
        sum.lookups += list[i].lookups;
        sum.cases += list[i].cases;
        sum.looked_up += list[i].looked_up;
    }
    *ret_lookups = sum.lookups;
    *ret_share = share_of(q, &sum);
    return NULL;
}

/* ---- the draw ---- */

static struct words register_name(str key)
{
    const struct lookup_register *r = lookup_register_of(key);

    return r == NULL ? SAY("{register}", SAY_TEXT("register", key)) : words_of(r->name);
}

static err drawn_row(struct ask *q, const struct lookup *l,
                     const struct lookup_audit *audits, size_t audits_count,
                     struct lookups_drawn *x)
{
    int turns = 0;

    *x = (struct lookups_drawn){
        .id = id_text(q->arena, l->id), .at = lang_time(q->arena, q->lang, l->at_ms),
        .who = l->staff_name, .number = l->case_number,
        .reg = register_name(l->register_key), .form_token = q->session.form_token,
        .to = link_to(q, "lookups.audit"),
        .may_look = (actor_serves(&q->actor) & DUTY(DUTY_ETHICS)) != 0 &&
                    l->staff != q->actor.staff,
    };
    for (size_t i = 0; i < LOOKUP_PURPOSES; i++) {
        if (str_equal(l->purpose, lookup_purpose_key[i])) {
            x->purpose = words_of(lookup_purpose_name[i]);
        }
    }
    for (size_t i = 0; i < audits_count; i++) {
        if (audits[i].lookup == l->id) {
            turns = audits[i].turn;
            x->looked = true;
            x->in_order = audits[i].in_order;
            TRY(lookup_audit_open(q->arena, q->keyring, l->agency, &audits[i], &x->note));
        }
    }
    x->turn = str_format(q->arena, "%d", turns + 1);
    return NULL;
}

/* The seed holds the end of the chain in that month, which nobody knew before. */
static err draw_of(struct ask *q, struct month m, struct lookups_counts *p)
{
    struct month next = m.month == 12 ? (struct month){ m.year + 1, 1 }
                                      : (struct month){ m.year, m.month + 1 };
    int64_t until = day_begins_ms(day_of(next.year, next.month, 1)), last;
    struct lookup_audit *audits;
    struct lookups_drawn *rows;
    struct lookup *list;
    size_t count, audits_count, *places;
    str hash;

    TRY(lookup_of_month(q->arena, q->snap, q->agency->id, p->key, &list, &count));
    if (count == 0) {
        return NULL;
    }
    TRY(casefile_chain_end(q->arena, q->snap, q->agency->id, NO_SEQ, until, &last, &hash));
    p->seed = str_format(q->arena, "%.*s %.*s lookups %.*s", STR_ARG(q->agency->key),
                         STR_ARG(p->key), STR_ARG(str_hex(q->arena, hash)));
    TRY(lookup_draw(q->arena, p->seed, list, count, &places, &p->drawn_count));
    TRY(lookup_audits(q->arena, q->snap, q->agency->id, p->key, &audits, &audits_count));
    rows = ARENA_ARRAY(q->arena, p->drawn_count + 1, struct lookups_drawn);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->drawn_count; i++) {
        TRY(drawn_row(q, &list[places[i]], audits, audits_count, &rows[i]));
        rows[i].month = p->key;
    }
    p->drawn = rows;
    p->has_draw = p->drawn_count > 0;
    return NULL;
}

err lookups_show_counts(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("Look-ups"), .current = "lookups.counts",
                               .wide = true };
    struct lookups_counts *p = ARENA_NEW(q->arena, struct lookups_counts);
    int back;

    if (p == NULL) {
        return err_no_memory;
    }
    struct month m = month_asked(q, &back);

    p->here = link_to(q, "lookups.counts");
    p->key = month_key(q, m);
    p->month = month_text(q, m);
    p->over = back > 0;
    p->may_audit = (actor_serves(&q->actor) & (DUTY(DUTY_ETHICS) | DUTY(DUTY_AUDITOR))) !=
                   0;
    TRY(months_of(q, back, p));
    TRY(counts_of(q, m, month_back(q->today, back + 1), p));
    TRY(whole_month(q, m, &p->lookups, &p->share));
    TRY(whole_month(q, month_back(q->today, back + 12), &p->year_ago, &p->share_year_ago));
    if (p->over && p->may_audit) {
        TRY(draw_of(q, m, p));
    }
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, lookups_counts, p);
}

/* What was drawn of the last month and nobody looked at. */
err lookups_waits(struct ask *q, struct waits *io)
{
    struct lookups_counts p = { 0 };
    struct month m = month_back(q->today, 1);
    int64_t count = 0;

    if ((actor_serves(&q->actor) & DUTY(DUTY_ETHICS)) == 0) {
        return NULL;
    }
    p.key = month_key(q, m);
    TRY(draw_of(q, m, &p));
    for (size_t i = 0; i < p.drawn_count; i++) {
        count += !p.drawn[i].looked && p.drawn[i].may_look;
    }
    waits_add(io, count, SAY("Drawn look-ups to look at"),
              url_with(q, link_to(q, "lookups.counts"), "month", p.key));
    return NULL;
}

struct audit_made {
    char nothing;
};

static err audit_check(struct ask *q, struct lookup_audit *w)
{
    str outcome = ask_field(q, "outcome");
    int64_t turn;

    *w = (struct lookup_audit){ .in_order = str_equal(outcome, STR("in_order")) };
    if (!id_parse(ask_field(q, "lookup"), &w->lookup) ||
        !str_to_int(ask_field(q, "turn"), &turn) || turn < 1 || turn > 1000) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose one of the drawn look-ups."), STR("lookup"),
             "lookup");
    }
    w->turn = (int)turn;
    if (!w->in_order && str_is_empty(ask_field(q, "note"))) {
        FAIL(q->arena, ERR_INPUT, SAY("Write the ground in one sentence."), STR("note"),
             "no note");
    }
    return lookup_audit_seal(q->arena, q->keyring, q->agency->id, w, ask_field(q, "note"));
}

static err audit_commit(struct ask *q, struct tx *tx, const struct lookup_audit *w,
                        struct audit_made *made)
{
    return lookup_audit_put(q->arena, tx, &q->actor, q->now_ms, w);
}

static err audit_reply(struct ask *q, struct reply *r, const struct audit_made *made)
{
    return reply_see(q, r,
                     url_with(q, link_to(q, "lookups.counts"), "month",
                              ask_field(q, "month")));
}

BEATS_OUT(audit, lookups_audit_beats, struct lookup_audit, struct audit_made)
