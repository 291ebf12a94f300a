/* cashier_change_web — what is due on a case is changed: number, waiver, fine; a refund is
 * applied for.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "feature/cashier/cashier_web.h"

struct change_wish {
    struct casefile c;
    struct fee_account account;
    struct fee_change change;
};
struct case_made {
    int64_t id;
};

static err change_begin(struct ask *q, struct change_wish *w)
{
    TRY(cashier_case_load(q, &w->c));
    if (!cashier_may_change(q, &w->c)) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Only who works on this case, or leads its unit, changes what is due."),
             STR(""), "not his case");
    }
    TRY(cashier_account(q, &w->c, &w->account));
    w->change = (struct fee_change){ .account = &w->account, .who = q->actor,
                                     .now_ms = q->now_ms };
    return NULL;
}

/* The kernel speaks of the field `note`; on this page there are several. */
static err own_field(struct ask *q, const char *field, err e)
{
    if (e == NULL || e->kind != ERR_INPUT) {
        return e;
    }
    return err_make(q->arena, e->kind, e->say, str_of(field), e->at, "%.*s",
                    STR_ARG(e->why));
}

static const struct service_waiver *waiver_of(const struct service_fee *f, str key)
{
    for (size_t i = 0; f != NULL && i < f->waivers_count; i++) {
        if (str_equal(f->waivers[i].key, key)) {
            return &f->waivers[i];
        }
    }
    return NULL;
}

/* A waiver that the definition knows; "" takes one back. */
static err waiver_take(struct ask *q, struct change_wish *w, const struct service_fee *f)
{
    struct fee_item *i = &w->change.item;
    const struct service_waiver *v = waiver_of(f, ask_field(q, "waiver"));

    if (v == NULL && ask_field(q, "waiver").len > 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose one of the waivers of this fee."),
             STR("waiver"), "no such waiver");
    }
    i->waived = v == NULL ? 0 : i->dollars * i->times * v->percent / 100;
    i->waiver = v == NULL ? STR("") : v->key;
    i->waiver_what = v == NULL ? (struct label){ .in = { STR(""), STR(""), STR("") } }
                               : v->what;
    i->waived_by = q->actor.staff;
    i->waived_ms = q->now_ms;
    w->change.why = v == NULL ? STR("unwaived") : STR("waived");
    return NULL;
}

static err change_check(struct ask *q, struct change_wish *w)
{
    int64_t number = cashier_number(q, "number"), times = cashier_number(q, "times");

    TRY(change_begin(q, w));
    if (number < 1 || (size_t)number > w->account.items_count ||
        w->account.items[number - 1].kind != FEE_FEE) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a fee of this case."), STR("number"),
             "no such item");
    }
    w->change.number = (int)number;
    w->change.item = w->account.items[number - 1];
    if (times >= 0 && times <= 1000 && times != w->change.item.times) {
        w->change.item.times = times;
        w->change.why = STR("times");
    }
    if (ask_field(q, "waiver").len > 0 || w->change.why.len == 0) {
        TRY(waiver_take(q, w,
                        cashier_fee_of(cashier_service_of(q, &w->c), w->change.item.key)));
    } else if (w->change.item.waived > w->change.item.dollars * w->change.item.times) {
        w->change.item.waived = w->change.item.dollars * w->change.item.times;
    }
    return fee_change_prepare(q->arena, q->keyring, &w->change, ask_field(q, "note"));
}

static err change_commit(struct ask *q, struct tx *tx, const struct change_wish *w,
                         struct case_made *made)
{
    struct fee_change c = w->change;

    c.account = &w->account;
    made->id = w->c.id;
    return fee_change(q->arena, tx, &c);
}

static err change_reply(struct ask *q, struct reply *r, const struct case_made *made)
{
    return reply_see_other(q, r, "cashier.case", id_text(q->arena, made->id));
}

BEATS_OUT(change, cashier_change_beats, struct change_wish, struct case_made)

static err fine_check(struct ask *q, struct change_wish *w)
{
    const struct service_fine *f = NULL;
    int64_t dollars = cashier_number(q, "fine_dollars");
    const struct service *s;

    TRY(change_begin(q, w));
    s = cashier_service_of(q, &w->c);
    for (size_t i = 0; s != NULL && i < s->fines_count; i++) {
        f = str_equal(s->fines[i].key, ask_field(q, "fine")) ? &s->fines[i] : f;
    }
    if (f == NULL) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose one of the fines of this service."),
             STR("fine"), "no such fine");
    }
    if (dollars < f->least || dollars > f->most) {
        FAIL(q->arena, ERR_INPUT,
             SAY("This fine is from {least} to {most}.", SAY_MONEY("least", f->least),
                 SAY_MONEY("most", f->most)),
             STR("fine_dollars"), "%lld", (long long)dollars);
    }
    if (str_is_empty(str_trim(ask_field(q, "fine_note")))) {
        FAIL(q->arena, ERR_INPUT, SAY("Write the ground of the fine: what was done or left "
             "undone, and since when."), STR("fine_note"), "no ground");
    }
    w->change.why = STR("fine");
    w->change.item = (struct fee_item){ .key = f->key, .kind = FEE_FINE, .what = f->what,
                                        .law = f->law, .dollars = dollars, .times = 1 };
    return own_field(q, "fine_note",
                     fee_change_prepare(q->arena, q->keyring, &w->change,
                                        ask_field(q, "fine_note")));
}

static err fine_commit(struct ask *q, struct tx *tx, const struct change_wish *w,
                       struct case_made *made)
{
    return change_commit(q, tx, w, made);
}

static err fine_reply(struct ask *q, struct reply *r, const struct case_made *made)
{
    return change_reply(q, r, made);
}

BEATS_OUT(fine, cashier_fine_beats, struct change_wish, struct case_made)

struct refund_wish {
    struct casefile c;
    struct fee_refund refund;
};

err cashier_refund_read(struct ask *q, int64_t casefile, struct fee_refund *f)
{
    bool known = false;

    *f = (struct fee_refund){ .agency = q->agency->id, .id = ask_new_id(q),
                              .casefile = casefile, .reason = ask_field(q, "reason"),
                              .dollars = cashier_number(q, "refund_dollars") };
    for (size_t i = 0; i < REFUND_REASONS; i++) {
        known = known || str_equal(refund_reason_key[i], f->reason);
    }
    if (!known) {
        mistake_add(&q->mistakes, STR("reason"), SAY("Choose a reason for the refund."));
    }
    if (f->dollars < 1) {
        mistake_add(&q->mistakes, STR("refund_dollars"),
                    SAY("Enter an amount in whole dollars."));
    }
    if (str_is_empty(ask_field(q, "refund_note"))) {
        mistake_add(&q->mistakes, STR("refund_note"),
                    SAY("Write the ground in one sentence."));
    }
    if (q->mistakes.count > 0 || !id_parse(ask_field(q, "receipt"), &f->receipt)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a receipt of this case."), STR("receipt"),
             "refund");
    }
    f->level = fee_refund_level(f->dollars);
    return fee_refund_seal(q->arena, q->keyring, f->agency, f->id, "note",
                           ask_field(q, "refund_note"), &f->note);
}

static err refund_check(struct ask *q, struct refund_wish *w)
{
    struct fee_receipt r;

    TRY(cashier_case_load(q, &w->c));
    if (!cashier_may_change(q, &w->c)) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Only who works on this case, or leads its unit, changes what is due."),
             STR(""), "not his case");
    }
    TRY(cashier_refund_read(q, w->c.id, &w->refund));
    TRY(fee_receipt_load(q->arena, q->snap, w->c.agency, w->refund.receipt, &r));
    if (r.casefile != w->c.id) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a receipt of this case."), STR("receipt"),
             "of another case");
    }
    return NULL;
}

static err refund_commit(struct ask *q, struct tx *tx, const struct refund_wish *w,
                         struct case_made *made)
{
    made->id = w->c.id;
    return fee_refund_ask(q->arena, tx, &q->actor, q->now_ms, &w->refund);
}

static err refund_reply(struct ask *q, struct reply *r, const struct case_made *made)
{
    return reply_see(q, r, link_to(q, "cashier.refunds"));
}

BEATS_OUT(refund, cashier_refund_beats, struct refund_wish, struct case_made)
