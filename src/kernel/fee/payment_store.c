/* payment_store — payments through a provider in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/inside.h"

#define PAYMENT_COLUMNS                                                                  \
    "SELECT p.id, p.casefile_id, p.way, p.provider, p.dollars, p.account, p.state, "     \
    "p.reference, p.begun_ms, p.until_ms, p.ask_ms, p.asked, p.ended_ms, p.receipt_id, " \
    "c.number FROM fee_payment p "                                                       \
    "JOIN casefile c ON c.agency_id = p.agency_id AND c.id = p.casefile_id "

static const struct query list_sql = {
    PAYMENT_COLUMNS "WHERE p.agency_id = ?1 AND p.casefile_id = ?2 ORDER BY p.id DESC",
    "ii",
};
static const struct query one_sql = {
    PAYMENT_COLUMNS "WHERE p.agency_id = ?1 AND p.id = ?2", "ii",
};
static const struct query due_sql = {
    PAYMENT_COLUMNS "WHERE p.agency_id = ?1 AND p.ask_ms <= ?2 AND p.state = 'begun' "
    "ORDER BY p.ask_ms LIMIT ?3", "iii",
};
static const struct query put_sql = {
    "INSERT INTO fee_payment (agency_id, id, casefile_id, way, provider, dollars, account, "
    "state, reference, begun_ms, until_ms, ask_ms, asked, ended_ms, receipt_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'begun', '', ?8, ?9, ?10, 0, 0, 0)", "iiittitiii",
};
static const struct query end_sql = {
    "UPDATE fee_payment SET state = ?3, reference = ?4, ended_ms = ?5, receipt_id = ?6 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = ?7", "iittiit",
};
static const struct query later_sql = {
    "UPDATE fee_payment SET ask_ms = ?3, asked = ?4 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'begun'", "iiii",
};
static const struct query *const all_queries[] = {
    &list_sql, &one_sql, &due_sql, &put_sql, &end_sql, &later_sql,
};
const struct query_list fee_payment_queries = {
    "fee (payments)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static const str way_key[2] = { STR_INIT("online"), STR_INIT("transfer") };

static struct fee_payment payment_at(const struct table *t, size_t i, int64_t agency)
{
    struct fee_payment p = {
        .agency = agency, .id = cell_int(t, i, 0), .casefile = cell_int(t, i, 1),
        .way = str_equal(cell_text(t, i, 2), way_key[PAY_TRANSFER]) ? PAY_TRANSFER
                                                                    : PAY_ONLINE,
        .provider = cell_text(t, i, 3), .dollars = cell_int(t, i, 4),
        .account = cell_text(t, i, 5), .reference = cell_text(t, i, 7),
        .begun_ms = cell_int(t, i, 8), .until_ms = cell_int(t, i, 9),
        .ask_ms = cell_int(t, i, 10), .asked = (int)cell_int(t, i, 11),
        .ended_ms = cell_int(t, i, 12), .receipt = cell_int(t, i, 13),
        .case_number = cell_text(t, i, 14),
    };

    for (int s = 0; s < PAY_STATES; s++) {
        if (str_equal(cell_text(t, i, 6), pay_state_key[s])) {
            p.state = (enum pay_state)s;
        }
    }
    return p;
}

static err payments_read(struct arena *a, const struct table *t, int64_t agency,
                         struct fee_payment **ret, size_t *ret_count)
{
    struct fee_payment *list = ARENA_ARRAY(a, t->rows + 1, struct fee_payment);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = payment_at(t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err fee_payment_list(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                     struct fee_payment **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    return payments_read(a, &t, agency, ret, ret_count);
}

err fee_payment_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                     struct fee_payment *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = payment_at(&t, 0, agency);
    return NULL;
}

err fee_payment_due(struct arena *a, struct snap *snap, int64_t agency, int64_t now_ms,
                    int most, struct fee_payment **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &due_sql,
                   BIND(bind_int(agency), bind_int(now_ms), bind_int(most)), &t));
    return payments_read(a, &t, agency, ret, ret_count);
}

static err told(struct arena *a, struct tx *tx, int64_t now_ms, const struct fee_payment *p,
                enum pay_state state, str reference)
{
    const struct actor program = { .agency = p->agency };
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("payment"), id_text(a, p->id));
    json_put_text(&j, STR("provider"), p->provider);
    json_put_text(&j, STR("state"), pay_state_key[state]);
    json_put_text(&j, STR("reference"), reference);
    json_put_int(&j, STR("dollars"), p->dollars);
    return fee_event_end(tx, &b, &j, &program, now_ms, STR("fee.payment"), p->casefile);
}

err fee_payment_begin(struct arena *a, struct tx *tx, int64_t now_ms,
                      const struct fee_account *account, const struct fee_payment *p,
                      struct fee_payment *ret)
{
    struct fee_payment *list;
    size_t count;
    int64_t open;

    TRY(fee_items_keep(a, tx, account, &open));
    if (p->dollars != open) {
        FAIL(a, ERR_CONFLICT,
             SAY("Another amount is to be paid now: {amount}. Look at the newest state.",
                 SAY_MONEY("amount", open < 0 ? 0 : open)),
             STR(""), "open %lld", (long long)open);
    }
    TRY(fee_payment_list(a, tx_snap(tx), p->agency, p->casefile, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].state == PAY_BEGUN && list[i].way == p->way &&
            list[i].dollars == p->dollars && list[i].until_ms > now_ms) {
            *ret = list[i];
            return NULL;
        }
    }
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(p->agency), bind_int(p->id), bind_int(p->casefile),
                    bind_text(way_key[p->way]), bind_text(p->provider),
                    bind_int(p->dollars), bind_text(p->account), bind_int(now_ms),
                    bind_int(p->until_ms), bind_int(now_ms + PAY_FIRST_ASK_MS))));
    *ret = *p;
    ret->state = PAY_BEGUN;
    ret->begun_ms = now_ms;
    return told(a, tx, now_ms, p, PAY_BEGUN, STR(""));
}

/* What a word makes of a payment; false: nothing. Money that came is never refused: not
 * after the time, not after somebody said it failed. */
static bool step(const struct fee_payment *p, const struct pay_word *w,
                 enum pay_state *ret_to)
{
    bool over = p->state == PAY_PAID || p->state == PAY_WRONG;

    if (over || w->state == PAY_BEGUN || w->state == PAY_WRONG || w->state == p->state) {
        return false;
    }
    if (w->state == PAY_PAID) {
        *ret_to = w->dollars == p->dollars ? PAY_PAID : PAY_WRONG;
        return true;
    }
    *ret_to = w->state;
    return p->state == PAY_BEGUN;
}

err fee_payment_taking(struct arena *a, struct snap *snap, const struct keyring *k,
                       int64_t agency, const struct pay_word *w, int64_t receipt,
                       int64_t now_ms, struct fee_account *account, struct fee_taking *ret,
                       bool *ret_needed)
{
    struct fee_payment p;
    struct casefile file;
    enum pay_state to;

    TRY(fee_payment_load(a, snap, agency, w->order, &p));
    *ret_needed = step(&p, w, &to) && to == PAY_PAID;
    if (!*ret_needed) {
        return NULL;
    }
    TRY(casefile_load(a, snap, agency, p.casefile, &file));
    TRY(fee_account_load(a, snap, k, NULL, &file, account));
    *ret = (struct fee_taking){
        .account = account, .who = { .agency = agency }, .id = receipt, .now_ms = now_ms,
        .means = p.way == PAY_ONLINE ? MEANS_ONLINE : MEANS_TRANSFER, .dollars = p.dollars,
        .reference = w->reference.len > 0 ? w->reference : id_text(a, p.id),
        .payer_masked = file.applicant_masked,
    };
    TRY(casefile_applicant(a, k, &file, &ret->payer));
    return fee_taking_prepare(a, k, ret);
}

err fee_payment_word(struct arena *a, struct tx *tx, int64_t now_ms, int64_t agency,
                     const struct pay_word *w, const struct fee_taking *taking,
                     struct fee_payment *ret, bool *ret_new)
{
    struct fee_payment p;
    enum pay_state to;
    int64_t receipt = 0;

    TRY(fee_payment_load(a, tx_snap(tx), agency, w->order, &p));
    *ret_new = step(&p, w, &to);
    if (*ret_new) {
        if (to == PAY_PAID && taking != NULL) {
            struct fee_receipt r;

            TRY(fee_take(a, tx, taking, &r));
            receipt = r.id;
        }
        TRY(tx_change_one(a, tx, &end_sql,
                          BIND(bind_int(agency), bind_int(p.id),
                               bind_text(pay_state_key[to]), bind_text(w->reference),
                               bind_int(now_ms), bind_int(receipt),
                               bind_text(pay_state_key[p.state]))));
        TRY(told(a, tx, now_ms, &p, to, w->reference));
        p.state = to;
        p.receipt = receipt;
    }
    *ret = p;
    return NULL;
}

err fee_payment_later(struct arena *a, struct tx *tx, int64_t now_ms, int64_t agency,
                      int64_t id, bool waits)
{
    struct fee_payment p;

    TRY(fee_payment_load(a, tx_snap(tx), agency, id, &p));
    if (p.state != PAY_BEGUN) {
        return NULL;
    }
    if (now_ms >= p.until_ms + (waits ? 0 : PAY_GIVE_UP_MS)) {
        TRY(tx_change_one(a, tx, &end_sql,
                          BIND(bind_int(agency), bind_int(id),
                               bind_text(pay_state_key[PAY_EXPIRED]), bind_text(STR("")),
                               bind_int(now_ms), bind_int(0),
                               bind_text(pay_state_key[PAY_BEGUN]))));
        return told(a, tx, now_ms, &p, PAY_EXPIRED, STR(""));
    }
    return tx_change_one(a, tx, &later_sql,
                         BIND(bind_int(agency), bind_int(id),
                              bind_int(now_ms + pay_ask_after_ms(p.asked)),
                              bind_int(p.asked + 1)));
}
