/* cashier_refund_web — refunds: asked for on the page of a case, decided and paid here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_refunds.view.h"
#include "feature/cashier/cashier_web.h"

static const char *reason_of(str key)
{
    for (size_t i = 0; i < REFUND_REASONS; i++) {
        if (str_equal(key, refund_reason_key[i])) {
            return refund_reason_name[i];
        }
    }
    return refund_reason_name[0];
}

static err row_of(struct ask *q, const struct fee_refund *r, struct cashier_refund_row *x)
{
    bool concerns = r->asked_by == q->actor.staff || r->decided_by == q->actor.staff ||
                    fee_refund_may_decide(&q->actor, r) || fee_refund_may_pay(&q->actor, r);

    *x = (struct cashier_refund_row){
        .receipt = r->receipt_text,
        .case_number = r->case_number,
        .dollars = cashier_dollars(q, r->dollars),
        .reason = words_of(reason_of(r->reason)),
        .state = words_of(refund_state_name[r->state]),
        .level = words_of(level_name[r->level]),
        .asked_by = r->asked_name,
        .at = cashier_time(q, r->asked_ms),
        .decided_by = r->decided_name,
        .is_decided = r->decided_ms != 0,
        .paid_by = r->paid_name,
        .is_paid = r->state == REFUND_PAID,
        .reference = r->paid_reference,
        .may_decide = fee_refund_may_decide(&q->actor, r),
        .may_pay = fee_refund_may_pay(&q->actor, r),
        .form_token = q->session.form_token,
        .id = id_text(q->arena, r->id),
        .to = link_to1(q, "cashier.decide", id_text(q->arena, r->id)),
    };
    if (!concerns) {
        return NULL;
    }
    x->has_note = r->note.len > 0;
    x->has_decision = r->decision.len > 0;
    TRY(fee_refund_text(q->arena, q->keyring, r, "note", r->note, &x->note));
    return fee_refund_text(q->arena, q->keyring, r, "decision", r->decision, &x->decision);
}

err cashier_show_refunds(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_MONEY,
                               .title = SAY("Refunds"), .current = "cashier.refunds",
                               .wide = true };
    struct cashier_refunds p = { .mistakes = shell_mistakes(q) };
    struct fee_refund *list;
    struct cashier_refund_row *rows;

    TRY(fee_refund_list(q->arena, q->snap, q->agency->id, &list, &p.list_count));
    rows = ARENA_ARRAY(q->arena, p.list_count + 1, struct cashier_refund_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p.list_count; i++) {
        TRY(row_of(q, &list[i], &rows[i]));
    }
    p.list = rows;
    p.none = p.list_count == 0;
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p.stale = q->refusal->say;
    }
    return REPLY_VIEW(q, r, &page, cashier_refunds, &p);
}

struct decide_wish {
    int64_t id;
    bool approve, pays;
    str decision, reference;
};
struct decide_made {
    char nothing;
};

static err decide_check(struct ask *q, struct decide_wish *w)
{
    str act = ask_field(q, "act");

    TRY(ask_path_id(q, "id", &w->id));
    w->pays = str_equal(act, STR("pay"));
    w->approve = str_equal(act, STR("approve"));
    w->reference = str_slice(ask_field(q, "reference"), 0, 60);
    if (w->pays) {
        if (w->reference.len == 0) {
            FAIL(q->arena, ERR_INPUT, SAY("Enter the number of the payment voucher."),
                 STR("reference"), "no reference");
        }
        return NULL;
    }
    if (!w->approve && !str_equal(act, STR("refuse"))) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose grant or refuse."), STR("act"), "act");
    }
    if (!w->approve && str_is_empty(ask_field(q, "decision"))) {
        FAIL(q->arena, ERR_INPUT, SAY("Write the ground in one sentence."), STR("decision"),
             "no ground");
    }
    return fee_refund_seal(q->arena, q->keyring, q->agency->id, w->id, "decision",
                           ask_field(q, "decision"), &w->decision);
}

static err decide_commit(struct ask *q, struct tx *tx, const struct decide_wish *w,
                         struct decide_made *made)
{
    if (w->pays) {
        return fee_refund_pay(q->arena, tx, &q->actor, q->now_ms, w->id, w->reference);
    }
    return fee_refund_decide(q->arena, tx, &q->actor, q->now_ms, w->id, w->approve,
                             w->decision);
}

static err decide_reply(struct ask *q, struct reply *r, const struct decide_made *made)
{
    return reply_see(q, r, link_to(q, "cashier.refunds"));
}

BEATS_OUT(decide, cashier_decide_beats, struct decide_wish, struct decide_made)
