/* cashier_case_web — the fees of one case: panels and the page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_case.view.h"
#include "cashier_panel.view.h"
#include "cashier_progress.view.h"
#include "host/lang/lang.h"
#include "feature/cashier/cashier_web.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"

/* Whoever may see the case, and who takes or books money of any. */
err cashier_case_load(struct ask *q, struct casefile *ret)
{
    const duty_set money = DUTY(DUTY_CASHIER) | DUTY(DUTY_ACCOUNTANT);
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret) && (actor_serves(&q->actor) & money) == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
             "not his to see");
    }
    return NULL;
}

err cashier_account(struct ask *q, const struct casefile *c, struct fee_account *ret)
{
    return fee_account_load(q->arena, q->snap, q->keyring, q->catalog, c, ret);
}

/* Who works on the case or leads its unit says what is due. */
bool cashier_may_change(const struct ask *q, const struct casefile *c)
{
    return q->actor.staff != 0 &&
           (c->officer == q->actor.staff ||
            (actor_has(&q->actor, DUTY_UNIT_HEAD) && c->unit == q->actor.unit));
}

bool cashier_may_take(const struct ask *q)
{
    return (actor_serves(&q->actor) & (DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER))) != 0;
}

const struct service *cashier_service_of(struct ask *q, const struct casefile *c)
{
    return service_get_near(q->catalog, c->service, c->service_version);
}

const struct service_fee *cashier_fee_of(const struct service *s, str key)
{
    for (size_t i = 0; s != NULL && i < s->fees_count; i++) {
        if (str_equal(s->fees[i].key, key)) {
            return &s->fees[i];
        }
    }
    return NULL;
}

static err waivers_of(struct ask *q, const struct service_fee *f, struct cashier_item *ret)
{
    struct cashier_option *o =
        ARENA_ARRAY(q->arena, f == NULL ? 1 : f->waivers_count + 1, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; f != NULL && i < f->waivers_count; i++) {
        str what = cashier_label(q, &f->waivers[i].what);
        str proof = cashier_label(q, &f->waivers[i].proof);

        o[i].value = f->waivers[i].key;
        o[i].text = proof.len == 0 ? what
                                   : str_format(q->arena, "%.*s（%.*s）", STR_ARG(what),
                                                STR_ARG(proof));
    }
    ret->waivers = o;
    ret->waivers_count = f == NULL ? 0 : f->waivers_count;
    return NULL;
}

static err item_of(struct ask *q, const struct casefile *c, const struct fee_item *i,
                   bool shown, struct cashier_item *x)
{
    int64_t all = i->dollars * i->times;

    *x = (struct cashier_item){
        .number = str_format(q->arena, "%d", i->number),
        .what = cashier_label(q, &i->what),
        .law = cashier_label(q, &i->law),
        .kind = words_of(fee_kind_name[i->kind]),
        .each = cashier_dollars(q, i->dollars),
        .times = str_format(q->arena, "%lld", (long long)i->times),
        .waived = cashier_dollars(q, i->waived),
        .open = cashier_dollars(q, all - i->waived),
        .waiver = cashier_label(q, &i->waiver_what),
        .is_waived = i->waived > 0,
        .by_rule = i->waived > 0 && i->waived_by == 0,
        .may_change = cashier_may_change(q, c) && i->kind == FEE_FEE,
        .to = link_to1(q, "cashier.change", id_text(q->arena, c->id)),
        .form_token = q->session.form_token,
    };
    if (i->waived_by != 0) {
        struct staff s;

        TRY(staff_by_id(q->arena, q->snap, c->agency, i->waived_by, q->today, &s));
        x->by = s.name;
    }
    if (shown && i->note.len > 0) {
        TRY(fee_note_open(q->arena, q->keyring, c->agency, c->id, i, &x->note));
        x->has_note = true;
    }
    return waivers_of(q, cashier_fee_of(cashier_service_of(q, c), i->key), x);
}

struct cashier_receipt_row cashier_receipt_row_of(struct ask *q,
                                                  const struct fee_receipt *r)
{
    return (struct cashier_receipt_row){
        .number = r->text,
        .at = cashier_time(q, r->at_ms),
        .dollars = cashier_dollars(q, r->dollars),
        .staff = r->staff_name,
        .payer = r->payer_masked,
        .means = words_of(fee_means_name[r->means]),
        .is_void = r->state == RECEIPT_VOID,
        .link = link_to1(q, "cashier.receipt", id_text(q->arena, r->id)),
    };
}

static err payments_of(struct ask *q, const struct casefile *c, struct cashier_money *m)
{
    struct fee_payment *list;
    struct cashier_payment_row *rows;
    size_t count;

    TRY(fee_payment_list(q->arena, q->snap, c->agency, c->id, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct cashier_payment_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct fee_payment *p = &list[i];

        rows[i] = (struct cashier_payment_row){
            .at = cashier_time(q, p->begun_ms),
            .dollars = cashier_dollars(q, p->dollars),
            .account = p->account,
            .until = cashier_time(q, p->until_ms),
            .reference = p->reference,
            .state = words_of(pay_state_name[p->state]),
            .is_transfer = p->way == PAY_TRANSFER,
            .is_open = p->state == PAY_BEGUN && p->until_ms > q->now_ms,
            .simulated = str_equal(p->provider, STR("simulator")),
            .link = link_to2(q, "cashier.payment", c->number, id_text(q->arena, p->id)),
        };
    }
    m->payments = rows;
    m->payments_count = count;
    return NULL;
}

err cashier_money_of(struct ask *q, const struct casefile *c, const struct fee_account *x,
                     struct cashier_money *ret)
{
    struct cashier_item *items = ARENA_ARRAY(q->arena, x->items_count + 1,
                                             struct cashier_item);
    struct cashier_receipt_row *receipts =
        ARENA_ARRAY(q->arena, x->receipts_count + 1, struct cashier_receipt_row);
    const struct service *s = cashier_service_of(q, c);
    size_t items_count = 0;
    bool shown = false;

    if (items == NULL || receipts == NULL) {
        return err_no_memory;
    }
    if (q->actor.staff != 0) {
        TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                              &shown));
    }
    /* What only a clerk can count is shown to the applicant when it was counted. */
    for (size_t i = 0; i < x->items_count; i++) {
        if (q->actor.staff != 0 || x->items[i].times > 0) {
            TRY(item_of(q, c, &x->items[i], shown, &items[items_count++]));
        }
    }
    for (size_t i = 0; i < x->receipts_count; i++) {
        receipts[i] = cashier_receipt_row_of(q, &x->receipts[i]);
    }
    *ret = (struct cashier_money){
        .none = items_count == 0 && x->receipts_count == 0,
        .is_open = x->open > 0,
        .is_settled = x->open == 0 && x->due > 0 && !x->lapsed,
        .is_lapsed = x->lapsed && x->fees_open > 0,
        .must_be_first = x->open > 0 && s != NULL && s->flow.paid_before_issue,
        .due = cashier_dollars(q, x->due),
        .waived = cashier_dollars(q, x->waived),
        .paid = cashier_dollars(q, x->paid),
        .refunded = cashier_dollars(q, x->refunded),
        .open = cashier_dollars(q, x->open),
        .items = items,
        .items_count = items_count,
        .receipts = receipts,
        .receipts_count = x->receipts_count,
    };
    TRY(payments_of(q, c, ret));
    ret->no_receipts = ret->receipts_count == 0 && ret->payments_count == 0;
    return NULL;
}

/* ---- panels ---- */

err cashier_panel_case(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    const struct service *s = cashier_service_of(q, c);
    struct fee_account x;
    struct cashier_panel p = {
        .all = link_to1(q, "cashier.case", id_text(q->arena, c->id)),
        .take = url_with(q, link_to(q, "cashier.counter"), "case", c->number),
    };

    TRY(cashier_account(q, c, &x));
    TRY(cashier_money_of(q, c, &x, &p.money));
    if (p.money.none && (s == NULL || s->fines_count == 0)) {
        return NULL;
    }
    p.may_take = x.open > 0 && cashier_may_take(q);
    return PANEL_VIEW(q, ret, cashier_panel, &p);
}

err cashier_panel_progress(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    struct fee_account x;
    struct fee_pad *pads;
    size_t pads_count;
    bool has_pad = false;
    struct cashier_progress p = {
        .online = link_to1(q, "cashier.pay", c->number),
        .simulated = q->pay != NULL && q->pay->by == PAY_SIMULATOR,
    };

    TRY(cashier_account(q, c, &x));
    TRY(cashier_money_of(q, c, &x, &p.money));
    if (p.money.none) {
        return NULL;
    }
    /* Without a receipt to give nobody is asked to pay online. */
    TRY(fee_pad_list(q->arena, q->snap, c->agency, 0, &pads, &pads_count));
    for (size_t i = 0; i < pads_count; i++) {
        has_pad = has_pad || pads[i].is_open;
    }
    p.may_pay = x.open > 0 && has_pad && q->pay != NULL && q->pay->by != PAY_NONE &&
                c->state != CASE_WITHDRAWN && c->state != CASE_TRANSFERRED &&
                c->state != CASE_MERGED;
    p.may_transfer = p.may_pay && q->pay->account_prefix.len > 0;
    return PANEL_VIEW(q, ret, cashier_progress, &p);
}

/* ---- the page ---- */

static err fines_of(struct ask *q, const struct service *s, struct cashier_case *p)
{
    struct cashier_option *o =
        ARENA_ARRAY(q->arena, s == NULL ? 1 : s->fines_count + 1, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; s != NULL && i < s->fines_count; i++) {
        const struct service_fine *f = &s->fines[i];

        o[i] = (struct cashier_option){
            .value = f->key,
            .text = str_format(q->arena, "%.*s（%.*s–%.*s）",
                               STR_ARG(cashier_label(q, &f->what)),
                               STR_ARG(cashier_dollars(q, f->least)),
                               STR_ARG(cashier_dollars(q, f->most))),
            .chosen = str_equal(ask_field(q, "fine"), f->key),
        };
    }
    p->fines = o;
    p->fines_count = s == NULL ? 0 : s->fines_count;
    p->has_fines = p->fines_count > 0;
    return NULL;
}

err cashier_refund_form_of(struct ask *q, struct cashier_ask *ret)
{
    struct cashier_option *r = ARENA_ARRAY(q->arena, REFUND_REASONS, struct cashier_option);

    if (r == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < REFUND_REASONS; i++) {
        r[i] = (struct cashier_option){
            refund_reason_key[i], lang_text(q->lang, refund_reason_name[i]),
            str_equal(ask_field(q, "reason"), refund_reason_key[i]),
        };
    }
    ret->reasons = r;
    ret->reasons_count = REFUND_REASONS;
    ret->form_token = q->session.form_token;
    ret->dollars = entry_of(q, "refund_dollars", &SAY("Amount"), NULL, STR(""));
    ret->dollars.is_short = true;
    ret->note = entry_of(q, "refund_note", &SAY("What happened"), NULL, STR(""));
    return NULL;
}

static err refund_of(struct ask *q, const struct fee_account *x, struct cashier_case *p)
{
    struct cashier_option *o = ARENA_ARRAY(q->arena, x->receipts_count + 1,
                                           struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < x->receipts_count; i++) {
        if (x->receipts[i].state == RECEIPT_GIVEN) {
            o[p->refund.receipts_count++] = (struct cashier_option){
                .value = id_text(q->arena, x->receipts[i].id),
                .text = str_format(q->arena, "%.*s %.*s", STR_ARG(x->receipts[i].text),
                                   STR_ARG(cashier_dollars(q, x->receipts[i].dollars))),
            };
        }
    }
    p->refund.receipts = o;
    p->may_refund = p->may_change && p->refund.receipts_count > 0;
    return cashier_refund_form_of(q, &p->refund);
}

static void entries_of(struct ask *q, struct cashier_case *p)
{
    p->fine_dollars = entry_of(q, "fine_dollars", &SAY("Amount"), NULL, STR(""));
    p->fine_dollars.is_short = true;
    p->fine_note = entry_of(q, "fine_note", &SAY("Ground"), NULL, STR(""));
}

err cashier_show_case(struct ask *q, struct reply *r)
{
    struct cashier_case *p = ARENA_NEW(q->arena, struct cashier_case);
    const struct service *s;
    struct fee_account x;
    struct casefile c;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(cashier_case_load(q, &c));
    TRY(cashier_account(q, &c, &x));
    TRY(cashier_money_of(q, &c, &x, &p->money));
    s = cashier_service_of(q, &c);
    p->number = c.number;
    p->service = s == NULL ? c.service : cashier_label(q, &s->name);
    p->applicant = c.applicant_masked;
    p->form_token = q->session.form_token;
    p->casefile = link_to1(q, "casework.one", id_text(q->arena, c.id));
    p->counter = url_with(q, link_to(q, "cashier.counter"), "case", c.number);
    p->fine_to = link_to1(q, "cashier.fine", id_text(q->arena, c.id));
    p->refund.to = link_to1(q, "cashier.refund", id_text(q->arena, c.id));
    p->may_change = cashier_may_change(q, &c);
    p->may_take = cashier_may_take(q);
    p->may_see = casefile_may_see(&q->actor, &c);
    TRY(fines_of(q, s, p));
    TRY(refund_of(q, &x, p));
    entries_of(q, p);
    p->stale = q->refusal != NULL && q->refusal->kind != ERR_INPUT ? q->refusal->say
                                                                    : (struct words){ 0 };
    p->mistakes = shell_mistakes(q);

    const struct page page = {
        .title = SAY("Fees of case {number}", SAY_TEXT("number", c.number)),
        .current = "cashier.counter", .wide = true,
    };

    return REPLY_VIEW(q, r, &page, cashier_case, p);
}
