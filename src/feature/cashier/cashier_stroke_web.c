/* cashier_stroke_web — the fee of what was done in two keys: how many, which waiver, the
 * receipt. Enter takes what the definition says; a changed number shows the new sum first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_stroke.view.h"
#include "desk/ask.h"
#include "feature/cashier/cashier_web.h"
#include "host/lang/lang.h"
#include "kernel/fee/stroke.h"

#define WAITING_LOOKED 60 /* strokes of today */

struct stroke_wish {
    struct fee_stroke stroke;
    struct fee_taking taking;
    str means;
};

static const struct service *service_at(struct ask *q, const struct tally *t)
{
    if (q->catalog == NULL) {
        return NULL;
    }
    return service_get_near(q->catalog, t->service, t->service_version);
}

static err stroke_load(struct ask *q, struct fee_stroke *ret)
{
    struct tally t;
    bool taken_back;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(tally_load(q->arena, q->snap, q->agency->id, id, &t, &taken_back));
    return fee_stroke_load(q->arena, q->snap, service_at(q, &t), q->agency->id, id,
                           day_at(t.at_ms), ret);
}

static bool is_paid(const struct fee_account *x)
{
    for (size_t i = 0; i < x->receipts_count; i++) {
        if (x->receipts[i].state == RECEIPT_GIVEN) {
            return true;
        }
    }
    return x->is_kept && x->receipts_count == 0;
}

/* ---- the page ---- */

static str field_of(struct ask *q, const char *what, int number)
{
    return str_format(q->arena, "%s_%d", what, number);
}

static str posted(struct ask *q, const char *what, int number)
{
    return ask_field(q, str_z(q->arena, field_of(q, what, number)));
}

static err waivers_of(struct ask *q, const struct service *s, const struct fee_item *i,
                      struct cashier_dues *ret)
{
    const struct service_fee *f = i->kind == FEE_FEE ? cashier_fee_of(s, i->key) : NULL;
    size_t count = f == NULL ? 0 : f->waivers_count;
    struct cashier_option *o = ARENA_ARRAY(q->arena, count + 1, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t n = 0; n < count; n++) {
        str what = cashier_label(q, &f->waivers[n].what);
        str proof = cashier_label(q, &f->waivers[n].proof);

        o[n].value = f->waivers[n].key;
        o[n].text = proof.len == 0 ? what
                                   : str_format(q->arena, "%.*s（%.*s）", STR_ARG(what),
                                                STR_ARG(proof));
        o[n].chosen = i->waiver.len > 0 && str_equal(i->waiver, f->waivers[n].key);
    }
    ret->waivers = o;
    ret->waivers_count = count;
    ret->has_waivers = count > 0;
    return NULL;
}

static err dues_of(struct ask *q, const struct service *s, const struct fee_account *x,
                   struct cashier_stroke *p)
{
    struct cashier_dues *list = ARENA_ARRAY(q->arena, x->items_count + 1,
                                            struct cashier_dues);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < x->items_count; i++) {
        const struct fee_item *f = &x->items[i];

        list[i] = (struct cashier_dues){
            .number = str_format(q->arena, "%d", f->number),
            .key = i < 9 ? str_format(q->arena, "%zu", i + 1) : STR(""),
            .what = cashier_label(q, &f->what), .law = cashier_label(q, &f->law),
            .each = f->kind == FEE_FINE ? STR("") : cashier_dollars(q, f->dollars),
            .times = str_format(q->arena, "%lld", (long long)f->times),
            .dollars = f->dollars == 0 ? STR("")
                                       : str_format(q->arena, "%lld",
                                                    (long long)f->dollars),
            .waived = cashier_dollars(q, f->waived),
            .waiver = cashier_label(q, &f->waiver_what),
            .open = cashier_dollars(q, f->dollars * f->times - f->waived),
            .is_fine = f->kind == FEE_FINE, .is_waived = f->waived > 0,
        };
        TRY(waivers_of(q, s, f, &list[i]));
        p->has_waivers = p->has_waivers || list[i].has_waivers || list[i].is_waived;
    }
    p->dues = list;
    p->dues_count = x->items_count;
    return NULL;
}

static err receipts_of(struct ask *q, const struct fee_account *x, struct cashier_stroke *p)
{
    struct cashier_receipt_row *rows = ARENA_ARRAY(q->arena, x->receipts_count + 1,
                                                   struct cashier_receipt_row);
    struct cashier_option *o = ARENA_ARRAY(q->arena, x->receipts_count + 1,
                                           struct cashier_option);

    if (rows == NULL || o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < x->receipts_count; i++) {
        rows[i] = cashier_receipt_row_of(q, &x->receipts[i]);
        if (x->receipts[i].state == RECEIPT_GIVEN) {
            o[p->refund.receipts_count++] = (struct cashier_option){
                .value = id_text(q->arena, x->receipts[i].id),
                .text = str_format(q->arena, "%.*s %.*s", STR_ARG(x->receipts[i].text),
                                   STR_ARG(cashier_dollars(q, x->receipts[i].dollars))),
            };
        }
    }
    p->receipts = x->receipts_count > 0 ? rows : NULL;
    p->receipts_count = x->receipts_count;
    p->refund.receipts = o;
    return NULL;
}

static err pad_of(struct ask *q, struct cashier_stroke *p)
{
    struct fee_pad *pads;
    size_t count;

    TRY(fee_pad_list(q->arena, q->snap, q->agency->id, q->actor.staff, &pads, &count));
    for (size_t i = 0; i < count && !p->has_pad; i++) {
        if (pads[i].is_open) {
            p->has_pad = true;
            p->pad = fee_number_text(q->arena, pads[i].code, pads[i].digits, pads[i].next);
        }
    }
    return NULL;
}

static void entries_of(struct ask *q, struct cashier_stroke *p)
{
    p->reference = entry_of(q, "reference", &SAY("Number of the card slip or transfer"),
                            NULL, STR(""));
    p->payer = entry_of(q, "payer", &SAY("Payer"),
                        &SAY("Only who wishes to stand on the receipt."), STR(""));
    p->reference.optional = p->payer.optional = true;
}

/* Whoever may lead the counter goes back there. */
static bool at_the_counter(const struct ask *q)
{
    return (actor_serves(&q->actor) & DUTY(DUTY_OFFICER)) != 0;
}

struct url cashier_back(struct ask *q)
{
    return link_to(q, at_the_counter(q) ? "intake.index" : "cashier.counter");
}

err cashier_show_stroke(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Take the fee"), .current = "cashier.counter",
                               .wide = true };
    const struct stroke_wish *again = q->wish;
    struct cashier_stroke *p = ARENA_NEW(q->arena, struct cashier_stroke);
    const struct service *s;
    struct fee_stroke x;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(stroke_load(q, &x));
    s = service_at(q, &x.tally);
    p->paid = is_paid(&x.account);
    p->nobody_paid = p->paid && x.account.receipts_count == 0;
    if (!p->paid && q->method == POST && again != NULL &&
        again->stroke.account.items != NULL) {
        x.account.items = again->stroke.account.items;
        x.account.items_count = again->stroke.account.items_count;
        fee_account_sum(&x.account);
    }
    p->service = s == NULL ? x.tally.service : cashier_label(q, &s->name);
    p->at = cashier_time(q, x.tally.at_ms);
    p->taken_back = x.taken_back;
    p->none = x.account.items_count == 0;
    p->form_token = q->session.form_token;
    p->to = link_to1(q, "cashier.stroke_take", id_text(q->arena, x.tally.id));
    p->back = cashier_back(q);
    p->sum = str_format(q->arena, "%lld", (long long)x.account.open);
    p->open = cashier_dollars(q, x.account.open);
    p->free = x.account.open == 0;
    TRY(pad_of(q, p));
    p->may_take = !p->paid && !p->taken_back && !p->none && p->has_pad;
    TRY(dues_of(q, s, &x.account, p));
    TRY(receipts_of(q, &x.account, p));
    TRY(cashier_means_of(q, &p->means, &p->means_count));
    TRY(cashier_refund_form_of(q, &p->refund));
    p->refund.to = link_to1(q, "cashier.stroke_refund", id_text(q->arena, x.tally.id));
    p->may_refund = p->refund.receipts_count > 0 && cashier_may_take(q);
    entries_of(q, p);
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, cashier_stroke, p);
}

/* ---- POST /staff/cashier/strokes/{id} ---- */

static const struct service_fine *fine_of(const struct service *s, str key)
{
    for (size_t i = 0; s != NULL && i < s->fines_count; i++) {
        if (str_equal(s->fines[i].key, key)) {
            return &s->fines[i];
        }
    }
    return NULL;
}

static void fine_read(struct ask *q, const struct service *s, struct fee_item *f)
{
    const struct service_fine *fine = fine_of(s, f->key);
    str typed = str_trim(posted(q, "fine", f->number));

    f->dollars = 0;
    if (typed.len == 0 || str_equal(typed, STR("0")) || fine == NULL) {
        return;
    }
    f->dollars = cashier_number(q, str_z(q->arena, field_of(q, "fine", f->number)));
    if (f->dollars < fine->least || f->dollars > fine->most) {
        f->dollars = 0;
        mistake_add(&q->mistakes, field_of(q, "fine", f->number),
                    SAY("This fine is between {least} and {most}.",
                        SAY_MONEY("least", fine->least), SAY_MONEY("most", fine->most)));
    }
}

static void waiver_read(struct ask *q, const struct service *s, struct fee_item *f)
{
    const struct service_fee *fee = cashier_fee_of(s, f->key);
    str key = posted(q, "waiver", f->number);

    f->waived = 0;
    f->waiver = STR("");
    f->waiver_what = (struct label){ 0 };
    for (size_t i = 0; fee != NULL && i < fee->waivers_count && key.len > 0; i++) {
        if (str_equal(fee->waivers[i].key, key)) {
            f->waiver = fee->waivers[i].key;
            f->waiver_what = fee->waivers[i].what;
            f->waived = f->dollars * f->times * fee->waivers[i].percent / 100;
        }
    }
}

static void times_read(struct ask *q, struct fee_item *f)
{
    str name = field_of(q, "times", f->number);
    int64_t times = cashier_number(q, str_z(q->arena, name));

    if (str_is_empty(str_trim(ask_field(q, str_z(q->arena, name))))) {
        times = 0;
    }
    if (times < 0 || times > FEE_STROKE_TIMES_MOST) {
        mistake_add(&q->mistakes, name,
                    SAY("How many: a whole number up to {most}.",
                        SAY_NUMBER("most", FEE_STROKE_TIMES_MOST)));
        return;
    }
    f->times = times;
}

static err taking_of(struct ask *q, struct stroke_wish *w)
{
    struct fee_taking *t = &w->taking;

    *t = (struct fee_taking){
        .account = &w->stroke.account, .who = q->actor, .id = ask_new_id(q),
        .now_ms = q->now_ms, .dollars = w->stroke.account.open,
        .reference = str_slice(ask_field(q, "reference"), 0, 60),
        .payer = str_slice(ask_field(q, "payer"), 0, 120),
    };
    if (!cashier_means_read(ask_field(q, "means"), &t->means)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose how it is paid."), STR("means"), "means");
    }
    if (t->payer.len > 0) {
        t->payer_masked = cashier_masked(q->arena, t->payer);
    }
    return t->dollars > 0 ? fee_taking_prepare(q->arena, q->keyring, t) : NULL;
}

static err stroke_check(struct ask *q, struct stroke_wish *w)
{
    const struct service *s;
    int64_t due = 0;

    TRY(stroke_load(q, &w->stroke));
    s = service_at(q, &w->stroke.tally);
    if (is_paid(&w->stroke.account)) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("Money was taken for this already. Make the receipt void first."),
             STR(""), "paid");
    }
    for (size_t i = 0; i < w->stroke.account.items_count; i++) {
        struct fee_item *f = &w->stroke.account.items[i];

        if (f->kind == FEE_FINE) {
            fine_read(q, s, f);
        } else {
            times_read(q, f);
            waiver_read(q, s, f);
        }
        due += f->dollars * f->times;
    }
    fee_account_sum(&w->stroke.account);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Please correct what is marked."), STR(""), "marked");
    }
    if (due == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Say how many of which fee, or go back."),
             STR("times_1"), "nothing");
    }
    /* Nobody is asked for a sum that was not seen. */
    if (cashier_number(q, "sum") != w->stroke.account.open) {
        return ask_once_more;
    }
    return taking_of(q, w);
}

static err stroke_commit(struct ask *q, struct tx *tx, const struct stroke_wish *w,
                         struct fee_receipt *made)
{
    struct fee_taking t = w->taking;

    t.account = &w->stroke.account;
    return fee_stroke_take(q->arena, tx, &t, made);
}

static err stroke_reply(struct ask *q, struct reply *r, const struct fee_receipt *made)
{
    if (made->id == 0) {
        return reply_see_other(q, r, "cashier.stroke", id_text(q->arena, made->stroke));
    }
    return reply_see_other(q, r, "cashier.receipt", id_text(q->arena, made->id));
}

BEATS_OUT(stroke, cashier_stroke_beats, struct stroke_wish, struct fee_receipt)

/* ---- POST /staff/cashier/strokes/{id}/refund ---- */

struct stroke_refund {
    int64_t id;
    struct fee_refund refund;
};

static err stroke_refund_check(struct ask *q, struct stroke_refund *w)
{
    struct fee_receipt r;

    TRY(ask_path_id(q, "id", &w->id));
    TRY(cashier_refund_read(q, 0, &w->refund));
    TRY(fee_receipt_load(q->arena, q->snap, q->agency->id, w->refund.receipt, &r));
    if (r.stroke != w->id) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a receipt of this matter."), STR("receipt"),
             "of another");
    }
    return NULL;
}

static err stroke_refund_commit(struct ask *q, struct tx *tx, const struct stroke_refund *w,
                                struct stroke_refund *made)
{
    made->id = w->id;
    return fee_refund_ask(q->arena, tx, &q->actor, q->now_ms, &w->refund);
}

static err stroke_refund_reply(struct ask *q, struct reply *r,
                               const struct stroke_refund *made)
{
    return reply_see(q, r, link_to(q, "cashier.refunds"));
}

BEATS_OUT(stroke_refund, cashier_stroke_refund_beats, struct stroke_refund,
          struct stroke_refund)

/* ---- what waits, on the cashier's first page ---- */

err cashier_waiting_of(struct ask *q, struct cashier_counter *p)
{
    struct cashier_waiting *rows;
    struct tally *list;
    size_t count;

    if (!p->has_pad || q->catalog == NULL) {
        return NULL;
    }
    TRY(fee_stroke_waiting(q->arena, q->snap, q->agency->id, day_begins_ms(q->today),
                           WAITING_LOOKED, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_waiting);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = service_at(q, &list[i]);

        if (s != NULL && fee_stroke_costs(s, q->today)) {
            rows[p->waiting_count++] = (struct cashier_waiting){
                .service = cashier_label(q, &s->name),
                .at = day_clock(q->arena, list[i].at_ms),
                .mine = list[i].staff == q->actor.staff,
                .link = link_to1(q, "cashier.stroke", id_text(q->arena, list[i].id)),
            };
        }
    }
    p->waiting = p->waiting_count > 0 ? rows : NULL;
    return NULL;
}
