/* cashier_counter_web — the counter: case number, Enter, Enter, the receipt prints; and one
 * receipt, which may become void.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_counter.view.h"
#include "cashier_receipt.view.h"
#include "feature/cashier/cashier_web.h"
#include "host/lang/lang.h"

#define LOW 5 /* receipts left in a pad */

err cashier_means_of(struct ask *q, const struct cashier_option **ret, size_t *ret_count)
{
    static const enum fee_means counter[] = { MEANS_CASH, MEANS_CARD, MEANS_TRANSFER };
    struct cashier_option *o = ARENA_ARRAY(q->arena, 3, struct cashier_option);
    str typed = ask_field(q, "means");

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < 3; i++) {
        o[i] = (struct cashier_option){
            fee_means_key[counter[i]], lang_text(q->lang, fee_means_name[counter[i]]),
            typed.len == 0 ? i == 0 : str_equal(typed, fee_means_key[counter[i]]),
        };
    }
    *ret = o;
    *ret_count = 3;
    return NULL;
}

static err pad_of(struct ask *q, struct cashier_counter *p)
{
    struct fee_pad *pads;
    size_t count;

    TRY(fee_pad_list(q->arena, q->snap, q->agency->id, q->actor.staff, &pads, &count));
    for (size_t i = 0; i < count && !p->has_pad; i++) {
        if (pads[i].is_open) {
            int64_t left = pads[i].last - pads[i].next + 1;

            p->has_pad = true;
            p->pad_low = left <= LOW;
            p->pad = fee_number_text(q->arena, pads[i].code, pads[i].digits, pads[i].next);
            p->left = str_format(q->arena, "%lld", (long long)left);
        }
    }
    return NULL;
}

static err found_of(struct ask *q, const struct casefile *c, struct cashier_counter *p)
{
    const struct service *s =
        service_get_near(q->catalog, c->service, c->service_version);
    struct fee_account x;

    TRY(cashier_account(q, c, &x));
    TRY(cashier_money_of(q, c, &x, &p->money));
    p->found = true;
    p->number = c->number;
    p->service = s == NULL ? c->service : cashier_label(q, &s->name);
    p->applicant = c->applicant_masked;
    p->nothing_due = x.open == 0;
    p->may_take = x.open > 0 && p->has_pad;
    p->take = link_to1(q, "cashier.take", id_text(q->arena, c->id));
    p->dollars = entry_of(q, "dollars", &SAY("Amount"), NULL,
                          str_format(q->arena, "%lld", (long long)x.open));
    p->dollars.is_short = true;
    p->reference = entry_of(q, "reference", &SAY("Number of the card slip or transfer"),
                            NULL, STR(""));
    p->reference.optional = true;
    p->payer = entry_of(q, "payer", &SAY("Payer"),
                        &SAY("Only when it is not the applicant."), STR(""));
    p->payer.optional = true;
    return cashier_means_of(q, &p->means, &p->means_count);
}

/* By number as it is typed, or by what was posted. */
static err case_of(struct ask *q, str typed, struct casefile *ret)
{
    int64_t id;
    str number;

    if (q->method == POST && ask_path_id(q, "id", &id) == NULL) {
        return casefile_load(q->arena, q->snap, q->agency->id, id, ret);
    }
    if (!case_number_tidy(q->arena, typed, &number)) {
        number = typed;
    }
    return casefile_by_number(q->arena, q->snap, q->agency->id, number, ret);
}

err cashier_show_counter(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Take fees"), .current = "cashier.counter",
                               .wide = true };
    struct cashier_counter *p = ARENA_NEW(q->arena, struct cashier_counter);
    struct casefile c;

    if (p == NULL) {
        return err_no_memory;
    }
    p->here = link_to(q, "cashier.counter");
    p->day = link_to(q, "cashier.day");
    p->typed = str_slice(ask_param(q, "case"), 0, 60);
    p->form_token = q->session.form_token;
    TRY(pad_of(q, p));
    TRY(cashier_waiting_of(q, p));
    if (p->typed.len > 0 || q->method == POST) {
        err e = case_of(q, p->typed, &c);

        if (e == NULL) {
            p->typed = c.number;
            TRY(found_of(q, &c, p));
        } else if (e->kind != ERR_MISSING) {
            return e;
        }
        p->missing = e != NULL;
    }
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);
    return REPLY_VIEW(q, r, &page, cashier_counter, p);
}

/* POST /staff/cashier/take/{id} */
struct take_wish {
    struct casefile c;
    struct fee_account account;
    struct fee_taking taking;
};

bool cashier_means_read(str key, enum fee_means *ret)
{
    for (int i = MEANS_CASH; i <= MEANS_TRANSFER; i++) {
        if (str_equal(key, fee_means_key[i])) {
            *ret = (enum fee_means)i;
            return true;
        }
    }
    return false;
}

/* 王○明 */
str cashier_masked(struct arena *a, str name)
{
    unsigned char lead = name.len > 0 ? (unsigned char)name.at[0] : 0;
    size_t first = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;

    return str_format(a, "%.*s○", STR_ARG(str_slice(name, 0, first)));
}

static err take_check(struct ask *q, struct take_wish *w)
{
    struct fee_taking *t = &w->taking;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, &w->c));
    TRY(cashier_account(q, &w->c, &w->account));
    *t = (struct fee_taking){ .account = &w->account, .who = q->actor, .id = ask_new_id(q),
                              .now_ms = q->now_ms,
                              .dollars = cashier_number(q, "dollars"),
                              .reference = str_slice(ask_field(q, "reference"), 0, 60),
                              .payer = str_slice(ask_field(q, "payer"), 0, 120) };
    if (!cashier_means_read(ask_field(q, "means"), &t->means)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose how it is paid."), STR("means"), "means");
    }
    if (t->payer.len > 0) {
        t->payer_masked = cashier_masked(q->arena, t->payer);
    } else {
        t->payer_masked = w->c.applicant_masked;
        TRY(casefile_applicant(q->arena, q->keyring, &w->c, &t->payer));
    }
    return fee_taking_prepare(q->arena, q->keyring, t);
}

static err take_commit(struct ask *q, struct tx *tx, const struct take_wish *w,
                       struct fee_receipt *made)
{
    struct fee_taking t = w->taking;

    t.account = &w->account;
    return fee_take(q->arena, tx, &t, made);
}

static err take_reply(struct ask *q, struct reply *r, const struct fee_receipt *made)
{
    return reply_see_other(q, r, "cashier.receipt", id_text(q->arena, made->id));
}

BEATS_OUT(take, cashier_take_beats, struct take_wish, struct fee_receipt)

/* ---- one receipt ---- */

static err receipt_load(struct ask *q, struct fee_receipt *ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    return fee_receipt_load(q->arena, q->snap, q->agency->id, id, ret);
}

static bool may_void(const struct ask *q, const struct fee_receipt *r)
{
    return r->state == RECEIPT_GIVEN && r->sheet == 0 &&
           (r->staff == q->actor.staff || actor_has(&q->actor, DUTY_CASHIER));
}

static err lines_of(struct ask *q, const struct fee_receipt *r, struct cashier_receipt *p)
{
    struct cashier_receipt_line *lines =
        ARENA_ARRAY(q->arena, r->lines_count + 1, struct cashier_receipt_line);

    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < r->lines_count; i++) {
        lines[i] = (struct cashier_receipt_line){
            cashier_label(q, &r->lines[i].what), cashier_dollars(q, r->lines[i].dollars),
        };
    }
    p->lines = lines;
    p->lines_count = r->lines_count;
    return NULL;
}

static err whys_of(struct ask *q, struct cashier_receipt *p)
{
    struct cashier_option *o = ARENA_ARRAY(q->arena, FEE_VOID_WHYS, struct cashier_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < FEE_VOID_WHYS; i++) {
        o[i] = (struct cashier_option){ fee_void_why_key[i],
                                        lang_text(q->lang, fee_void_why_name[i]), false };
    }
    p->whys = o;
    p->whys_count = FEE_VOID_WHYS;
    return NULL;
}

static str why_text(struct ask *q, str key)
{
    for (size_t i = 0; i < FEE_VOID_WHYS; i++) {
        if (str_equal(key, fee_void_why_key[i])) {
            return lang_text(q->lang, fee_void_why_name[i]);
        }
    }
    return STR("");
}

/* The whole name stands on it for who took the money, on that day: it is being printed. */
static err payer_of(struct ask *q, const struct fee_receipt *r, struct cashier_receipt *p)
{
    p->payer = r->payer_masked;
    if (r->staff != 0 && r->staff == q->actor.staff && r->day == q->today &&
        r->payer.len > 0) {
        return fee_payer_open(q->arena, q->keyring, r, &p->payer);
    }
    return NULL;
}

/* Led to the fees of the case is who may open them. */
static err may_open_case(struct ask *q, const struct fee_receipt *r, bool *ret)
{
    const duty_set money = DUTY(DUTY_CASHIER) | DUTY(DUTY_ACCOUNTANT);
    struct casefile c;

    *ret = false;
    if (r->casefile != 0) {
        TRY(casefile_load(q->arena, q->snap, q->agency->id, r->casefile, &c));
        *ret = casefile_may_see(&q->actor, &c) || (actor_serves(&q->actor) & money) != 0;
    }
    return NULL;
}

err cashier_show_receipt(struct ask *q, struct reply *r)
{
    static const struct cashier_part parts[] = { { { .id = MSG("For the payer") } },
                                                 { { .id = MSG("For the office") } } };
    struct cashier_receipt *p = ARENA_NEW(q->arena, struct cashier_receipt);
    struct fee_receipt x;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(receipt_load(q, &x));
    p->office = cashier_label(q, &q->agency->name);
    p->number = x.text;
    p->day = cashier_day_text(q, x.day);
    p->case_number = x.case_number;
    p->has_case = x.casefile != 0;
    p->dollars = cashier_dollars(q, x.dollars);
    p->in_words = fee_in_words(q->arena, x.dollars);
    p->staff = x.staff_name;
    p->reference = x.reference;
    p->means = words_of(fee_means_name[x.means]);
    p->is_void = x.state == RECEIPT_VOID;
    p->why = why_text(q, x.void_why);
    p->void_at = cashier_time(q, x.void_ms);
    p->may_void = may_void(q, &x);
    p->may_take = cashier_may_take(q);
    TRY(may_open_case(q, &x, &p->may_see));
    p->form_token = q->session.form_token;
    p->void_to = link_to1(q, "cashier.void", id_text(q->arena, x.id));
    p->of_stroke = x.stroke != 0;
    p->next = p->of_stroke ? cashier_back(q) : link_to(q, "cashier.counter");
    p->stroke = link_to1(q, "cashier.stroke", id_text(q->arena, x.stroke));
    p->all = link_to1(q, "cashier.case", id_text(q->arena, x.casefile));
    p->parts = parts;
    p->parts_count = sizeof parts / sizeof parts[0];
    TRY(lines_of(q, &x, p));
    TRY(whys_of(q, p));
    TRY(payer_of(q, &x, p));
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);

    const struct page page = { .title = SAY("Receipt {number}", SAY_TEXT("number", x.text)),
                               .current = "cashier.counter" };

    return REPLY_VIEW(q, r, &page, cashier_receipt, p);
}

struct void_wish {
    int64_t id;
    str why;
};

static err void_check(struct ask *q, struct void_wish *w)
{
    bool known = false;

    TRY(ask_path_id(q, "id", &w->id));
    w->why = ask_field(q, "why");
    for (size_t i = 0; i < FEE_VOID_WHYS; i++) {
        known = known || str_equal(fee_void_why_key[i], w->why);
    }
    if (!known) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose why it is void."), STR("why"), "why");
    }
    if (!str_equal(ask_field(q, "parts"), STR("1"))) {
        FAIL(q->arena, ERR_INPUT,
             SAY("All parts of a void receipt are kept. Confirm that they are here."),
             STR("parts"), "parts");
    }
    return NULL;
}

static err void_commit(struct ask *q, struct tx *tx, const struct void_wish *w,
                       struct void_wish *made)
{
    made->id = w->id;
    return fee_void(q->arena, tx, &q->actor, q->now_ms, w->id, w->why);
}

static err void_reply(struct ask *q, struct reply *r, const struct void_wish *made)
{
    return reply_see_other(q, r, "cashier.receipt", id_text(q->arena, made->id));
}

BEATS_OUT(void, cashier_void_beats, struct void_wish, struct void_wish)
