/* stroke_store — the money of a stroke, as it is kept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/stroke.h"

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/inside.h"

static const struct query items_sql = {
    "SELECT number, fee_key, kind, what, law, dollars, times, waived, waiver, waiver_what, "
    "waived_by, waived_ms FROM fee_stroke_item "
    "WHERE agency_id = ?1 AND stroke_id = ?2 ORDER BY number", "ii",
};
static const struct query items_drop_sql = {
    "DELETE FROM fee_stroke_item WHERE agency_id = ?1 AND stroke_id = ?2", "ii",
};
static const struct query item_put_sql = {
    "INSERT INTO fee_stroke_item (agency_id, stroke_id, number, fee_key, kind, what, law, "
    "dollars, times, waived, waiver, waiver_what, waived_by, waived_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    "iiittttiiittii",
};
static const struct query receipts_sql = {
    RECEIPT_COLUMNS "WHERE r.agency_id = ?1 AND r.stroke_id = ?2 AND r.stroke_id > 0 "
    "ORDER BY r.id", "ii",
};
static const struct query lines_sql = {
    RECEIPT_LINE_COLUMNS "JOIN fee_receipt r ON r.agency_id = l.agency_id "
    "AND r.id = l.receipt_id WHERE r.agency_id = ?1 AND r.stroke_id = ?2 "
    "AND r.stroke_id > 0 ORDER BY l.receipt_id, l.place", "ii",
};
static const struct query refunded_sql = {
    "SELECT COALESCE(SUM(f.dollars), 0) FROM fee_refund f JOIN fee_receipt r "
    "ON r.agency_id = f.agency_id AND r.id = f.receipt_id "
    "WHERE r.agency_id = ?1 AND r.stroke_id = ?2 AND r.stroke_id > 0 "
    "AND f.state = 'paid'", "ii",
};
static const struct query standing_sql = {
    "SELECT (SELECT COUNT(*) FROM fee_receipt WHERE agency_id = ?1 AND stroke_id = ?2 "
    "AND stroke_id > 0 AND state = 'given'), "
    "(SELECT COUNT(*) FROM fee_stroke_item WHERE agency_id = ?1 AND stroke_id = ?2)", "ii",
};
/* Kept on or paid for, since the first of these strokes. */
static const struct query settled_sql = {
    "SELECT DISTINCT i.stroke_id FROM fee_stroke_item i WHERE i.agency_id = ?1 "
    "AND i.stroke_id >= ?2 AND (EXISTS (SELECT 1 FROM fee_receipt r "
    "WHERE r.agency_id = i.agency_id AND r.stroke_id = i.stroke_id AND r.stroke_id > 0 "
    "AND r.state = 'given') OR NOT EXISTS (SELECT 1 FROM fee_receipt r "
    "WHERE r.agency_id = i.agency_id AND r.stroke_id = i.stroke_id AND r.stroke_id > 0))",
    "ii",
};
static const struct query *const all_queries[] = {
    &items_sql, &items_drop_sql, &item_put_sql, &receipts_sql, &lines_sql, &refunded_sql,
    &standing_sql, &settled_sql,
};
const struct query_list fee_stroke_queries = {
    "fee (strokes)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

#define OF(x) BIND(bind_int((x)->agency), bind_int((x)->stroke))

/* ---- reading ---- */

static err items_load(struct arena *a, struct snap *snap, struct fee_account *x)
{
    struct table t;

    TRY(snap_query(a, snap, &items_sql, OF(x),
                   &t));
    x->items = ARENA_ARRAY(a, t.rows + 1, struct fee_item);
    if (x->items == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        x->items[i] = (struct fee_item){
            .number = (int)cell_int(&t, i, 0), .key = cell_text(&t, i, 1),
            .kind = fee_kind_of(cell_text(&t, i, 2)),
            .what = fee_label_read(a, cell_text(&t, i, 3)),
            .law = fee_label_read(a, cell_text(&t, i, 4)), .dollars = cell_int(&t, i, 5),
            .times = cell_int(&t, i, 6), .waived = cell_int(&t, i, 7),
            .waiver = cell_text(&t, i, 8),
            .waiver_what = fee_label_read(a, cell_text(&t, i, 9)),
            .waived_by = cell_int(&t, i, 10), .waived_ms = cell_int(&t, i, 11),
        };
    }
    x->items_count = t.rows;
    x->is_kept = t.rows > 0;
    return NULL;
}

static err receipts_load(struct arena *a, struct snap *snap, struct fee_account *x)
{
    struct table t;

    TRY(snap_query(a, snap, &receipts_sql, OF(x), &t));
    TRY(receipts_read(a, &t, x->agency, &x->receipts, &x->receipts_count));
    TRY(snap_query(a, snap, &lines_sql, OF(x), &t));
    TRY(receipts_lines(a, &t, x->receipts, x->receipts_count));
    TRY(snap_one(a, snap, &refunded_sql, OF(x), &t));
    x->refunded = cell_int(&t, 0, 0);
    return NULL;
}

static bool all_void(const struct fee_account *x)
{
    for (size_t i = 0; i < x->receipts_count; i++) {
        if (x->receipts[i].state == RECEIPT_GIVEN) {
            return false;
        }
    }
    return x->receipts_count > 0;
}

err fee_stroke_load(struct arena *a, struct snap *snap, const struct service *s,
                    int64_t agency, int64_t id, day today, struct fee_stroke *ret)
{
    struct fee_stroke x = { .account = { .agency = agency, .stroke = id } };

    TRY(tally_load(a, snap, agency, id, &x.tally, &x.taken_back));
    TRY(items_load(a, snap, &x.account));
    TRY(receipts_load(a, snap, &x.account));
    /* Behind a void receipt it is asked anew what there is to pay. */
    if (s != NULL && (!x.account.is_kept || all_void(&x.account))) {
        x.account.is_kept = false;
        TRY(fee_stroke_items(a, s, case_channel_way(x.tally.channel), today,
                             &x.account.items, &x.account.items_count));
    }
    fee_account_sum(&x.account);
    *ret = x;
    return arena_failed(a) ? err_no_memory : NULL;
}

static bool among(const struct table *t, int64_t id)
{
    for (size_t i = 0; i < t->rows; i++) {
        if (cell_int(t, i, 0) == id) {
            return true;
        }
    }
    return false;
}

err fee_stroke_waiting(struct arena *a, struct snap *snap, int64_t agency, int64_t since_ms,
                       int most, struct tally **ret, size_t *ret_count)
{
    struct tally *list;
    struct table settled;
    size_t count, n = 0;

    TRY(tally_done(a, snap, agency, since_ms, most, &list, &count));
    TRY(snap_query(a, snap, &settled_sql,
                   BIND(bind_int(agency), bind_int(count == 0 ? 0 : list[count - 1].id)),
                   &settled));
    for (size_t i = 0; i < count; i++) {
        if (!among(&settled, list[i].id)) {
            list[n++] = list[i];
        }
    }
    *ret = list;
    *ret_count = n;
    return NULL;
}

err fee_has_pad(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                bool *ret)
{
    struct fee_pad *pads;
    size_t count;

    *ret = false;
    TRY(fee_pad_list(a, snap, agency, staff, &pads, &count));
    for (size_t i = 0; i < count; i++) {
        *ret = *ret || pads[i].is_open;
    }
    return NULL;
}

/* ---- taking ---- */

err fee_stroke_is_free(struct arena *a, struct tx *tx, int64_t agency, int64_t id)
{
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &standing_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (cell_int(&t, 0, 0) > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("Money was taken for this already. Make the receipt void first."), STR(""),
             "a receipt stands");
    }
    return NULL;
}

static err items_keep(struct arena *a, struct tx *tx, const struct fee_taking *t)
{
    const struct fee_account *x = t->account;
    int number = 0;

    TRY(tx_run(a, tx, &items_drop_sql, OF(x)));
    for (size_t i = 0; i < x->items_count; i++) {
        const struct fee_item *f = &x->items[i];

        if (f->dollars * f->times == 0) {
            continue;
        }
        TRY(tx_run(a, tx, &item_put_sql,
                   BIND(bind_int(x->agency), bind_int(x->stroke), bind_int(++number),
                        bind_text(f->key), bind_text(fee_kind_key[f->kind]),
                        bind_text(fee_label_json(a, &f->what)),
                        bind_text(fee_label_json(a, &f->law)), bind_int(f->dollars),
                        bind_int(f->times), bind_int(f->waived), bind_text(f->waiver),
                        bind_text(fee_label_json(a, &f->waiver_what)),
                        bind_int(f->waived > 0 ? t->who.staff : 0),
                        bind_int(f->waived > 0 ? t->now_ms : 0))));
    }
    return NULL;
}

static err waived_event(struct arena *a, struct tx *tx, const struct fee_taking *t,
                        const struct fee_item *f)
{
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("what"), STR("waived"));
    json_put_int(&j, STR("number"), f->number);
    json_put_text(&j, STR("fee"), f->key);
    json_put_text(&j, STR("kind"), fee_kind_key[f->kind]);
    json_put_int(&j, STR("dollars"), f->dollars);
    json_put_int(&j, STR("times"), f->times);
    json_put_int(&j, STR("waived"), f->waived);
    json_put_text(&j, STR("waiver"), f->waiver);
    return fee_event_end(tx, &b, &j, &t->who, t->now_ms, STR("fee.changed"),
                         t->account->stroke);
}

err fee_stroke_take(struct arena *a, struct tx *tx, const struct fee_taking *t,
                    struct fee_receipt *ret)
{
    const struct fee_account *x = t->account;
    struct tally stroke;
    bool taken_back;

    TRY(tally_load(a, tx_snap(tx), x->agency, x->stroke, &stroke, &taken_back));
    if (taken_back) {
        FAIL(a, ERR_CONFLICT, SAY("This entry has been taken back already."), STR(""),
             "taken back");
    }
    TRY(fee_stroke_is_free(a, tx, x->agency, x->stroke));
    TRY(items_keep(a, tx, t));
    for (size_t i = 0; i < x->items_count; i++) {
        if (x->items[i].waived > 0) {
            TRY(waived_event(a, tx, t, &x->items[i]));
        }
    }
    *ret = (struct fee_receipt){ .agency = x->agency, .stroke = x->stroke };
    return t->dollars > 0 ? fee_receipt_write(a, tx, t, ret) : NULL;
}
