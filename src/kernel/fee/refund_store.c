/* refund_store — money that goes back: asked for, decided, paid, by three people.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/inside.h"

#define REFUND_COLUMNS                                                                   \
    "SELECT f.id, f.receipt_id, f.casefile_id, f.dollars, f.reason, f.note, f.level, "    \
    "f.state, f.asked_by, f.asked_ms, f.decided_by, f.decided_ms, f.decision, f.paid_by, " \
    "f.paid_ms, f.paid_reference, s.code, s.digits, r.number, c.number, x.name, y.name, "  \
    "z.name FROM fee_refund f "                                                           \
    "JOIN fee_receipt r ON r.agency_id = f.agency_id AND r.id = f.receipt_id "            \
    "JOIN fee_series s ON s.agency_id = r.agency_id AND s.id = r.series_id "              \
    "LEFT JOIN casefile c ON c.agency_id = f.agency_id AND c.id = f.casefile_id "         \
    "LEFT JOIN staff x ON x.agency_id = f.agency_id AND x.id = f.asked_by "               \
    "LEFT JOIN staff y ON y.agency_id = f.agency_id AND y.id = f.decided_by "             \
    "LEFT JOIN staff z ON z.agency_id = f.agency_id AND z.id = f.paid_by "

static const struct query list_sql = {
    REFUND_COLUMNS "WHERE f.agency_id = ?1 ORDER BY f.id DESC LIMIT 200", "i",
};
static const struct query one_sql = { REFUND_COLUMNS "WHERE f.agency_id = ?1 AND f.id = ?2",
                                      "ii" };
static const struct query left_sql = {
    "SELECT r.dollars - COALESCE((SELECT SUM(f.dollars) FROM fee_refund f "
    "WHERE f.agency_id = r.agency_id AND f.receipt_id = r.id AND f.state <> 'refused'), "
    "0), "
    "r.state, r.sheet_id, r.casefile_id FROM fee_receipt r "
    "WHERE r.agency_id = ?1 AND r.id = ?2",
    "ii",
};
static const struct query put_sql = {
    "INSERT INTO fee_refund (agency_id, id, receipt_id, casefile_id, dollars, reason, "
    "note, "
    "level, state, asked_by, asked_ms, decided_by, decided_ms, decision, paid_by, paid_ms, "
    "paid_reference) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'asked', ?9, ?10, 0, 0, ?11, 0, 0, '')",
    "iiiiitbtiib",
};
static const struct query decide_sql = {
    "UPDATE fee_refund SET state = ?3, decided_by = ?4, decided_ms = ?5, decision = ?6 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'asked'", "iitiib",
};
static const struct query pay_sql = {
    "UPDATE fee_refund SET state = 'paid', paid_by = ?3, paid_ms = ?4, paid_reference = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'approved'", "iiiit",
};
static const struct query *const all_queries[] = {
    &list_sql, &one_sql, &left_sql, &put_sql, &decide_sql, &pay_sql,
};
const struct query_list fee_refund_queries = {
    "fee (refunds)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

const str refund_state_key[REFUND_STATES] = { STR_INIT("asked"), STR_INIT("approved"),
                                              STR_INIT("refused"), STR_INIT("paid") };
const char *const refund_state_name[REFUND_STATES] = {
    MSG("Asked for"), MSG("Approved, not paid out"), MSG("Refund refused"), MSG("Paid out"),
};
const str refund_reason_key[REFUND_REASONS] = { STR_INIT("too_much"), STR_INIT("twice"),
                                                STR_INIT("not_done"), STR_INIT("waived") };
const char *const refund_reason_name[REFUND_REASONS] = {
    MSG("Paid too much"), MSG("Paid twice"), MSG("The matter was not carried out"),
    MSG("A waiver came to light afterwards"),
};

enum level fee_refund_level(int64_t dollars)
{
    return dollars <= REFUND_UNIT_HEAD_MOST ? LEVEL_UNIT_HEAD : LEVEL_HEAD;
}

bool fee_refund_may_decide(const struct actor *who, const struct fee_refund *r)
{
    duty_set may = DUTY(DUTY_HEAD) | DUTY(level_duty(r->level));

    return r->state == REFUND_ASKED && r->asked_by != who->staff &&
           (actor_serves(who) & may) != 0;
}

bool fee_refund_may_pay(const struct actor *who, const struct fee_refund *r)
{
    return r->state == REFUND_APPROVED && r->decided_by != who->staff &&
           actor_has(who, DUTY_CASHIER);
}

static struct fee_refund refund_at(struct arena *a, const struct table *t, size_t i,
                                   int64_t agency)
{
    struct fee_refund r = {
        .agency = agency, .id = cell_int(t, i, 0), .receipt = cell_int(t, i, 1),
        .casefile = cell_int(t, i, 2), .dollars = cell_int(t, i, 3),
        .reason = cell_text(t, i, 4), .note = cell_bytes(t, i, 5),
        .asked_by = cell_int(t, i, 8), .asked_ms = cell_int(t, i, 9),
        .decided_by = cell_int(t, i, 10), .decided_ms = cell_int(t, i, 11),
        .decision = cell_bytes(t, i, 12), .paid_by = cell_int(t, i, 13),
        .paid_ms = cell_int(t, i, 14), .paid_reference = cell_text(t, i, 15),
        .receipt_text = fee_number_text(a, cell_text(t, i, 16), (int)cell_int(t, i, 17),
                                        cell_int(t, i, 18)),
        .case_number = cell_text(t, i, 19), .asked_name = cell_text(t, i, 20),
        .decided_name = cell_text(t, i, 21), .paid_name = cell_text(t, i, 22),
    };

    (void)level_from_key(cell_text(t, i, 6), &r.level);
    for (int s = 0; s < REFUND_STATES; s++) {
        if (str_equal(cell_text(t, i, 7), refund_state_key[s])) {
            r.state = (enum refund_state)s;
        }
    }
    return r;
}

err fee_refund_list(struct arena *a, struct snap *snap, int64_t agency,
                    struct fee_refund **ret, size_t *ret_count)
{
    struct table t;
    struct fee_refund *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct fee_refund);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = refund_at(a, &t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err fee_refund_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                    struct fee_refund *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = refund_at(a, &t, 0, agency);
    return NULL;
}

err fee_refund_seal(struct arena *a, const struct keyring *k, int64_t agency, int64_t id,
                    const char *column, str text, str *ret_sealed)
{
    str hash;

    return fee_text_seal(a, k, (struct seal_place){ agency, id, "fee_refund", column },
                         text, ret_sealed, &hash);
}

err fee_refund_text(struct arena *a, const struct keyring *k, const struct fee_refund *r,
                    const char *column, str sealed, str *ret)
{
    return fee_text_open(
        a, k, (struct seal_place){ r->agency, r->id, "fee_refund", column }, sealed, ret);
}

static err told(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                enum refund_state to, const struct fee_refund *r)
{
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("refund"), id_text(a, r->id));
    json_put_text(&j, STR("receipt"), id_text(a, r->receipt));
    json_put_text(&j, STR("state"), refund_state_key[to]);
    json_put_text(&j, STR("reason"), r->reason);
    json_put_text(&j, STR("level"), level_key[r->level]);
    json_put_int(&j, STR("dollars"), r->dollars);
    return fee_event_end(tx, &b, &j, who, now_ms, STR("fee.refund"), r->casefile);
}

err fee_refund_ask(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   const struct fee_refund *r)
{
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &left_sql,
                 BIND(bind_int(who->agency), bind_int(r->receipt)), &t));
    if (!str_equal(cell_text(&t, 0, 1), STR("given")) || r->dollars > cell_int(&t, 0, 0)) {
        FAIL(a, ERR_CONFLICT,
             SAY("This receipt has {left} left that could go back.",
                 SAY_MONEY("left", cell_int(&t, 0, 0))),
             STR("dollars"), "more than is left");
    }
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(who->agency), bind_int(r->id), bind_int(r->receipt),
                    bind_int(r->casefile), bind_int(r->dollars), bind_text(r->reason),
                    bind_bytes(r->note), bind_text(level_key[r->level]),
                    bind_int(who->staff), bind_int(now_ms), bind_bytes(STR("")))));
    return told(a, tx, who, now_ms, REFUND_ASKED, r);
}

static err not_so(struct arena *a)
{
    FAIL(a, ERR_CONFLICT, SAY("Somebody has just changed this. Look at the newest state."),
         STR(""), "another state");
}

static err not_he(struct arena *a)
{
    FAIL(a, ERR_DENIED,
         SAY("Who asks for a refund, who decides and who pays are three people."), STR(""),
         "not his to do");
}

err fee_refund_decide(struct arena *a, struct tx *tx, const struct actor *who,
                      int64_t now_ms, int64_t id, bool approve, str decision)
{
    struct fee_refund r;

    TRY(fee_refund_load(a, tx_snap(tx), who->agency, id, &r));
    if (r.state != REFUND_ASKED) {
        return not_so(a);
    }
    if (!fee_refund_may_decide(who, &r)) {
        return not_he(a);
    }
    enum refund_state to = approve ? REFUND_APPROVED : REFUND_REFUSED;

    TRY(tx_change_one(a, tx, &decide_sql,
                      BIND(bind_int(who->agency), bind_int(id),
                           bind_text(refund_state_key[to]), bind_int(who->staff),
                           bind_int(now_ms), bind_bytes(decision))));
    return told(a, tx, who, now_ms, to, &r);
}

err fee_refund_pay(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   int64_t id, str reference)
{
    struct fee_refund r;

    TRY(fee_refund_load(a, tx_snap(tx), who->agency, id, &r));
    if (r.state != REFUND_APPROVED) {
        return not_so(a);
    }
    if (!fee_refund_may_pay(who, &r)) {
        return not_he(a);
    }
    TRY(tx_change_one(a, tx, &pay_sql,
                      BIND(bind_int(who->agency), bind_int(id), bind_int(who->staff),
                           bind_int(now_ms), bind_text(reference))));
    return told(a, tx, who, now_ms, REFUND_PAID, &r);
}
