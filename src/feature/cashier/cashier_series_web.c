/* cashier_series_web — receipt series, and the pads that people hold.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_series.view.h"
#include "feature/cashier/cashier_web.h"
#include "host/lang/lang.h"

#define LOW 100
#define PAD_MOST 1000

static str number_of(struct ask *q, int64_t n)
{
    return str_format(q->arena, "%lld", (long long)n);
}

static err series_of(struct ask *q, struct cashier_series *p)
{
    struct fee_series *list;
    struct cashier_series_row *rows;
    struct cashier_option *o;
    size_t count;

    TRY(fee_series_list(q->arena, q->snap, q->agency->id, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_series_row);
    o = ARENA_ARRAY(q->arena, count + 1, struct cashier_option);
    if (rows == NULL || o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct fee_series *s = &list[i];
        str id = id_text(q->arena, s->id);

        rows[i] = (struct cashier_series_row){
            .code = s->code,
            .first = fee_number_text(q->arena, s->code, s->digits, s->first),
            .last = fee_number_text(q->arena, s->code, s->digits, s->last),
            .left = number_of(q, s->last - s->given_to),
            .for_program = s->for_program,
            .is_low = s->last - s->given_to < LOW,
        };
        o[i] = (struct cashier_option){ id, s->code,
                                        str_equal(ask_field(q, "series"), id) };
    }
    p->list = rows;
    p->series = o;
    p->list_count = p->series_count = count;
    return NULL;
}

static bool takes_online(const struct cashier_series *p)
{
    bool found = false;

    for (size_t i = 0; i < p->list_count; i++) {
        found = found || p->list[i].for_program;
    }
    return found;
}

static err pads_of(struct ask *q, struct cashier_series *p)
{
    struct fee_pad *list;
    struct cashier_pad_row *rows;
    size_t count;
    int64_t program_left = 0;
    bool all = actor_has(&q->actor, DUTY_CASHIER) ||
               actor_has(&q->actor, DUTY_ACCOUNTANT) ||
               actor_has(&q->actor, DUTY_AUDITOR) || actor_has(&q->actor, DUTY_HEAD);

    TRY(fee_pad_list(q->arena, q->snap, q->agency->id, -1, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_pad_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct fee_pad *x = &list[i];

        program_left += x->is_open && x->for_program ? x->last - x->next + 1 : 0;
        if (!all && x->staff != q->actor.staff) {
            continue;
        }
        rows[p->pads_count++] = (struct cashier_pad_row){
            .first = fee_number_text(q->arena, x->code, x->digits, x->first),
            .last = fee_number_text(q->arena, x->code, x->digits, x->last),
            .next = fee_number_text(q->arena, x->code, x->digits, x->next),
            .left = number_of(q, x->last - x->next + 1), .holder = x->staff_name,
            .at = cashier_time(q, x->issued_ms), .is_open = x->is_open,
            .is_used_up = x->next > x->last, .is_returned = x->returned_ms != 0,
            .for_program = x->for_program, .form_token = q->session.form_token,
            .back = link_to1(q, "cashier.return", id_text(q->arena, x->id)),
        };
    }
    p->pads = rows;
    if (takes_online(p) && program_left < LOW) {
        p->program_low = SAY("Receipts left for payments online: {count}. Give the program "
                             "the next pad.",
                             SAY_NUMBER("count", program_left));
    }
    return NULL;
}

static err people_of(struct ask *q, struct cashier_series *p)
{
    const duty_set takers = DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER);
    struct staff *people;
    struct cashier_option *o;
    size_t count;

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    o = ARENA_ARRAY(q->arena, count + 1, struct cashier_option);
    if (o == NULL) {
        return err_no_memory;
    }
    o[p->people_count++] = (struct cashier_option){
        STR("program"), lang_text(q->lang, MSG("The program, for online payments")), false,
    };
    for (size_t i = 0; i < count; i++) {
        if (people[i].active && (people[i].duties & takers) != 0) {
            str id = id_text(q->arena, people[i].id);

            o[p->people_count++] = (struct cashier_option){
                id,
                str_format(q->arena, "%.*s %.*s", STR_ARG(people[i].name),
                           STR_ARG(people[i].title)),
                str_equal(ask_field(q, "staff"), id),
            };
        }
    }
    p->people = o;
    return NULL;
}

err cashier_show_series(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_MONEY,
                               .title = SAY("Receipt series"), .current = "cashier.series",
                               .wide = true };
    struct cashier_series *p = ARENA_NEW(q->arena, struct cashier_series);

    if (p == NULL) {
        return err_no_memory;
    }
    p->form_token = q->session.form_token;
    p->may_issue = actor_has(&q->actor, DUTY_CASHIER);
    p->series_to = link_to(q, "cashier.series_put");
    p->pad_to = link_to(q, "cashier.pad");
    p->code = entry_of(q, "code", &SAY("Code"), &SAY("As printed on the forms, like 115A."),
                       STR(""));
    p->first = entry_of(q, "first", &SAY("First number"), NULL, STR("1"));
    p->last = entry_of(q, "last", &SAY("Last number"), NULL, STR(""));
    p->count = entry_of(q, "count", &SAY("How many receipts"), NULL, STR("50"));
    p->code.is_short = p->first.is_short = p->last.is_short = p->count.is_short = true;
    TRY(series_of(q, p));
    TRY(pads_of(q, p));
    TRY(people_of(q, p));
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, cashier_series, p);
}

struct series_made {
    char nothing;
};

static err series_check(struct ask *q, struct fee_series *w)
{
    *w = (struct fee_series){ .agency = q->agency->id, .id = ask_new_id(q),
                              .code = ask_field(q, "code"),
                              .first = cashier_number(q, "first"),
                              .last = cashier_number(q, "last"),
                              .for_program = str_equal(ask_field(q, "taker"),
                                                       STR("program")) };
    fee_series_check(w, &q->mistakes);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "series");
    }
    return NULL;
}

static err series_commit(struct ask *q, struct tx *tx, const struct fee_series *w,
                         struct series_made *made)
{
    return fee_series_put(q->arena, tx, &q->actor, q->now_ms, w);
}

static err series_reply(struct ask *q, struct reply *r, const struct series_made *made)
{
    return reply_see(q, r, link_to(q, "cashier.series"));
}

BEATS_OUT(series, cashier_series_beats, struct fee_series, struct series_made)

struct pad_wish {
    int64_t id, series, count, staff;
};

static err pad_check(struct ask *q, struct pad_wish *w)
{
    bool program = str_equal(ask_field(q, "staff"), STR("program"));
    struct staff s;

    *w = (struct pad_wish){ .id = ask_new_id(q), .count = cashier_number(q, "count") };
    if (!id_parse(ask_field(q, "series"), &w->series)) {
        mistake_add(&q->mistakes, STR("series"), SAY("Choose a series."));
    }
    if (w->count < 1 || w->count > PAD_MOST) {
        mistake_add(
            &q->mistakes, STR("count"),
            SAY("A pad has from 1 to {most} receipts.", SAY_NUMBER("most", PAD_MOST)));
    }
    if (!program &&
        (!id_parse(ask_field(q, "staff"), &w->staff) ||
         staff_by_id(q->arena, q->snap, q->agency->id, w->staff, q->today, &s) != NULL)) {
        mistake_add(&q->mistakes, STR("staff"), SAY("Choose a colleague."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "pad");
    }
    return NULL;
}

static err pad_commit(struct ask *q, struct tx *tx, const struct pad_wish *w,
                      struct series_made *made)
{
    struct fee_pad pad;

    return fee_pad_issue(q->arena, tx, &q->actor, q->now_ms, w->id, w->series, w->count,
                         w->staff, &pad);
}

static err pad_reply(struct ask *q, struct reply *r, const struct series_made *made)
{
    return reply_see(q, r, link_to(q, "cashier.series"));
}

BEATS_OUT(pad, cashier_pad_beats, struct pad_wish, struct series_made)

static err return_check(struct ask *q, struct pad_wish *w)
{
    return ask_path_id(q, "id", &w->id);
}

static err return_commit(struct ask *q, struct tx *tx, const struct pad_wish *w,
                         struct series_made *made)
{
    return fee_pad_return(q->arena, tx, &q->actor, q->now_ms, w->id);
}

static err return_reply(struct ask *q, struct reply *r, const struct series_made *made)
{
    return reply_see(q, r, link_to(q, "cashier.series"));
}

BEATS_OUT(return, cashier_return_beats, struct pad_wish, struct series_made)
