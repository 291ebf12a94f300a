/* pay_web — paying through a provider from the progress page: begin, go there, come back;
 * what the provider says; and the built-in simulator.
 *
 * The way back proves nothing: the page says what we know. Only the provider's signed word
 * changes it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "cashier_payment.view.h"
#include "cashier_simulator.view.h"
#include "desk/guard/owner.h"
#include "feature/cashier/cashier_web.h"
#include "host/json/json.h"

static err own_payment(struct ask *q, struct casefile *ret_case, struct fee_payment *ret)
{
    str code;
    int64_t id;

    TRY(owner_case(q, ret_case, &code));
    TRY(ask_path_id(q, "payment", &id));
    TRY(fee_payment_load(q->arena, q->snap, ret_case->agency, id, ret));
    if (ret->casefile != ret_case->id) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""),
             "of another case");
    }
    return NULL;
}

static str provider_name(struct ask *q, const struct pay_provider *p)
{
    str rest = p->url, scheme;

    if (p->by == PAY_SIMULATOR) {
        return STR("simulator");
    }
    /* https://pay.example/v1 → pay.example */
    return str_cut(&rest, '/', &scheme) && str_cut(&rest, '/', &scheme) &&
                   str_cut(&rest, '/', &scheme)
               ? str_slice(scheme, 0, 60)
               : STR("provider");
}

/* ---- begin ---- */

struct begin_wish {
    struct casefile c;
    struct fee_account account;
    struct fee_payment payment;
};
struct begin_made {
    struct fee_payment payment;
};

static err begin_check(struct ask *q, struct begin_wish *w)
{
    bool transfer = str_equal(ask_field(q, "way"), STR("transfer"));
    str code;

    TRY(owner_case(q, &w->c, &code));
    TRY(cashier_account(q, &w->c, &w->account));
    if (q->pay == NULL || q->pay->by == PAY_NONE ||
        (transfer && q->pay->account_prefix.len == 0)) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("This office takes no payments online. Please pay at "
                 "the counter."),
             STR(""), "no provider");
    }
    if (w->account.open == 0) {
        FAIL(q->arena, ERR_CONFLICT, SAY("There is nothing to be paid any more."), STR(""),
             "nothing open");
    }
    w->payment = (struct fee_payment){
        .agency = w->c.agency, .id = ask_new_id(q), .casefile = w->c.id,
        .way = transfer ? PAY_TRANSFER : PAY_ONLINE,
        .provider = provider_name(q, q->pay), .dollars = w->account.open,
        .until_ms = q->now_ms + (transfer ? PAY_TRANSFER_MS : PAY_ONLINE_MS),
    };
    w->payment.account = transfer ? pay_account(q->arena, q->pay->account_prefix,
                                                w->payment.id)
                                  : STR("");
    return NULL;
}

static err begin_commit(struct ask *q, struct tx *tx, const struct begin_wish *w,
                        struct begin_made *made)
{
    return fee_payment_begin(q->arena, tx, q->now_ms, &w->account, &w->payment,
                             &made->payment);
}

static err begin_reply(struct ask *q, struct reply *r, const struct begin_made *made)
{
    const struct begin_wish *w = q->wish;

    return reply_see(q, r, link_to2(q, "cashier.payment", w->c.number,
                                    id_text(q->arena, made->payment.id)));
}

BEATS_OUT(begin, cashier_begin_beats, struct begin_wish, struct begin_made)

/* ---- how it stands ---- */

static err progress_instead(struct ask *q, struct reply *r, const struct casefile *c)
{
    return reply_see(q, r, link_to1(q, "follow.progress", c->number));
}

err cashier_show_payment(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Payment"), .current = "follow.ask" };
    struct cashier_payment p = { 0 };
    struct fee_payment x;
    struct casefile c;
    str code;

    if (q->method == POST) { /* it could not begin: the progress page says what is open */
        TRY(owner_case(q, &c, &code));
        return progress_instead(q, r, &c);
    }
    TRY(own_payment(q, &c, &x));
    p.number = c.number;
    p.dollars = cashier_dollars(q, x.dollars);
    p.state = words_of(pay_state_name[x.state]);
    p.is_begun = x.state == PAY_BEGUN && x.until_ms > q->now_ms;
    p.is_transfer = x.way == PAY_TRANSFER;
    p.is_paid = x.state == PAY_PAID;
    p.account = x.account;
    p.until = cashier_time(q, x.until_ms);
    p.provider = x.provider;
    p.simulated = str_equal(x.provider, STR("simulator"));
    p.back = link_to1(q, "follow.progress", c.number);
    p.again = link_to2(q, "cashier.payment", c.number, id_text(q->arena, x.id));
    if (p.simulated) {
        p.go = link_to2(q, "cashier.simulator", c.number, id_text(q->arena, x.id));
    } else if (q->pay != NULL && q->pay->by == PAY_PROVIDER) {
        p.go = url_checked(q->arena, pay_address(q->arena, q->pay, q->agency->key, &x,
                                                 url_absolute(q, p.again)));
    }
    return REPLY_VIEW(q, r, &page, cashier_payment, &p);
}

/* ---- what the provider says ---- */

struct word_wish {
    int64_t agency;
    struct pay_word word;
    struct fee_account account;
    struct fee_taking taking;
    bool needed;
};
struct word_made {
    bool is_new;
    enum pay_state state;
};

static err word_take(struct ask *q, int64_t agency, struct word_wish *w)
{
    w->agency = agency;
    return fee_payment_taking(q->arena, q->snap, q->keyring, agency, &w->word,
                              ask_new_id(q), q->now_ms, &w->account, &w->taking,
                              &w->needed);
}

static err word_put(struct ask *q, struct tx *tx, const struct word_wish *w,
                    struct word_made *made)
{
    struct fee_taking t = w->taking;
    struct fee_payment p;

    t.account = &w->account;
    TRY(fee_payment_word(q->arena, tx, q->now_ms, w->agency, &w->word,
                         w->needed ? &t : NULL, &p, &made->is_new));
    made->state = p.state;
    return NULL;
}

static err word_check(struct ask *q, struct word_wish *w)
{
    size_t count;
    const struct agency *agencies = ask_agencies(q, &count);

    TRY(pay_word_of(q->arena, q->pay, q->body, &w->word));
    for (size_t i = 0; i < count; i++) {
        if (str_equal(agencies[i].key, w->word.office)) {
            return word_take(q, agencies[i].id, w);
        }
    }
    FAIL(q->arena, ERR_MISSING, SAY("There is no such payment."), STR(""), "no office");
}

static err word_commit(struct ask *q, struct tx *tx, const struct word_wish *w,
                       struct word_made *made)
{
    return word_put(q, tx, w, made);
}

static err word_reply(struct ask *q, struct reply *r, const struct word_made *made)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, q->arena, 200);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("state"), pay_state_key[made->state]);
    json_put_bool(&j, STR("new"), made->is_new);
    json_end_object(&j);
    return reply_json(q, r, 200, buf_str(&b));
}

BEATS_OUT(word, cashier_word_beats, struct word_wish, struct word_made)

/* ---- the simulator ---- */

err cashier_show_simulator(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Simulated payment"), .current = "follow.ask" };
    struct cashier_simulator p = { 0 };
    struct fee_payment x;
    struct casefile c;

    TRY(own_payment(q, &c, &x));
    if (!str_equal(x.provider, STR("simulator"))) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""),
             "not simulated");
    }
    p.dollars = cashier_dollars(q, x.dollars);
    p.number = c.number;
    p.order = id_text(q->arena, x.id);
    p.to = link_to2(q, "cashier.simulate", c.number, p.order);
    p.back = link_to2(q, "cashier.payment", c.number, p.order);
    p.stale = q->refusal != NULL ? q->refusal->say : (struct words){ 0 };
    return REPLY_VIEW(q, r, &page, cashier_simulator, &p);
}

/* It writes the message of a provider, which is then read and proved like any other. */
static err simulate_check(struct ask *q, struct word_wish *w)
{
    struct fee_payment x;
    struct casefile c;

    TRY(own_payment(q, &c, &x));
    if (q->pay == NULL || q->pay->by != PAY_SIMULATOR ||
        !str_equal(x.provider, STR("simulator"))) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""),
             "not simulated");
    }
    const struct pay_word said = {
        .shop = q->pay->shop, .office = q->agency->key, .order = x.id,
        .state = str_equal(ask_field(q, "act"), STR("pay")) ? PAY_PAID : PAY_FAILED,
        .dollars = x.dollars, .at_ms = q->now_ms,
        .reference = str_format(q->arena, "SIM-%.*s", STR_ARG(id_text(q->arena, x.id))),
    };

    TRY(pay_word_read(q->arena, q->pay, pay_word_write(q->arena, q->pay, &said), &w->word));
    return word_take(q, c.agency, w);
}

static err simulate_commit(struct ask *q, struct tx *tx, const struct word_wish *w,
                           struct word_made *made)
{
    return word_put(q, tx, w, made);
}

static err simulate_reply(struct ask *q, struct reply *r, const struct word_made *made)
{
    return reply_see(q, r, link_to2(q, "cashier.payment", ask_path(q, "case"),
                                    ask_path(q, "payment")));
}

BEATS_OUT(simulate, cashier_simulate_beats, struct word_wish, struct word_made)
