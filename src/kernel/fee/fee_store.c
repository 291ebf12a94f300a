/* fee_store — what is due on a case, and receipts, in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/assess.h"
#include "kernel/fee/inside.h"

static const struct query items_sql = {
    "SELECT number, fee_key, kind, what, law, dollars, times, waived, waiver, waiver_what, "
    "waived_by, waived_ms, note FROM fee_item "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY number", "ii",
};
static const struct query item_put_sql = {
    "INSERT INTO fee_item (agency_id, casefile_id, number, fee_key, kind, what, law, "
    "dollars, times, waived, waiver, waiver_what, waived_by, waived_ms, note) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    "iiittttiiittiib",
};
static const struct query item_change_sql = {
    "UPDATE fee_item SET times = ?4, waived = ?5, waiver = ?6, waiver_what = ?7, "
    "waived_by = ?8, waived_ms = ?9, note = ?10 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND number = ?3 "
    "AND times = ?11 AND waived = ?12", "iiiiittiibii",
};
static const struct query receipts_of_case_sql = {
    RECEIPT_COLUMNS "WHERE r.agency_id = ?1 AND r.casefile_id = ?2 ORDER BY r.id", "ii",
};
static const struct query lines_of_case_sql = {
    RECEIPT_LINE_COLUMNS "JOIN fee_receipt r ON r.agency_id = l.agency_id "
    "AND r.id = l.receipt_id WHERE r.agency_id = ?1 AND r.casefile_id = ?2 "
    "ORDER BY l.receipt_id, l.place", "ii",
};
static const struct query receipt_sql = {
    RECEIPT_COLUMNS "WHERE r.agency_id = ?1 AND r.id = ?2", "ii",
};
static const struct query lines_sql = {
    RECEIPT_LINE_COLUMNS "WHERE l.agency_id = ?1 AND l.receipt_id = ?2 ORDER BY l.place",
    "ii",
};
static const struct query refunded_sql = {
    "SELECT COALESCE(SUM(dollars), 0) FROM fee_refund "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state = 'paid'", "ii",
};
static const struct query sums_sql = {
    "SELECT (SELECT COALESCE(SUM(dollars * times - waived), 0) FROM fee_item "
    "WHERE agency_id = ?1 AND casefile_id = ?2), "
    "(SELECT COUNT(*) FROM fee_item WHERE agency_id = ?1 AND casefile_id = ?2), "
    "(SELECT COALESCE(SUM(dollars), 0) FROM fee_receipt "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state = 'given'), "
    "(SELECT COALESCE(SUM(dollars), 0) FROM fee_refund "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state = 'paid')", "ii",
};
static const struct query receipt_put_sql = {
    "INSERT INTO fee_receipt (agency_id, id, series_id, pad_id, number, casefile_id, "
    "means, "
    "dollars, payer_masked, payer, staff_id, at_ms, receipt_day, reference, state, "
    "void_by, "
    "void_ms, void_why, sheet_id, stroke_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'given', 0, 0, "
    "'', "
    "0, ?15)",
    "iiiiiititbiiiti",
};
static const struct query line_put_sql = {
    "INSERT INTO fee_receipt_line (agency_id, receipt_id, place, fee_key, kind, what, "
    "dollars) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iiittti",
};
static const struct query void_sql = {
    "UPDATE fee_receipt SET state = 'void', void_by = ?3, void_ms = ?4, void_why = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'given' AND sheet_id = 0", "iiiit",
};
static const struct query refunds_of_sql = {
    "SELECT COUNT(*) FROM fee_refund WHERE agency_id = ?1 AND receipt_id = ?2 "
    "AND state <> 'refused'", "ii",
};
static const struct query *const all_queries[] = {
    &items_sql, &item_put_sql, &item_change_sql, &receipts_of_case_sql, &lines_of_case_sql,
    &receipt_sql, &lines_sql, &refunded_sql, &sums_sql, &receipt_put_sql, &line_put_sql,
    &void_sql, &refunds_of_sql,
};
const struct query_list fee_queries = {
    "fee", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err fee_event_end(struct tx *tx, struct buf *b, struct json_writer *j,
                  const struct actor *who, int64_t now_ms, str kind, int64_t subject)
{
    json_end_object(j);

    const struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff, .kind = kind,
        .subject = subject, .body = buf_str(b),
    };

    return tx_event(tx, &e);
}

/* ---- reading ---- */

enum fee_kind fee_kind_of(str key)
{
    return str_equal(key, fee_kind_key[FEE_FINE]) ? FEE_FINE : FEE_FEE;
}

static err items_load(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                      struct fee_item **ret, size_t *ret_count)
{
    struct table t;
    struct fee_item *list;

    TRY(snap_query(a, snap, &items_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct fee_item);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct fee_item){
            .number = (int)cell_int(&t, i, 0), .key = cell_text(&t, i, 1),
            .kind = fee_kind_of(cell_text(&t, i, 2)),
            .what = fee_label_read(a, cell_text(&t, i, 3)),
            .law = fee_label_read(a, cell_text(&t, i, 4)), .dollars = cell_int(&t, i, 5),
            .times = cell_int(&t, i, 6), .waived = cell_int(&t, i, 7),
            .waiver = cell_text(&t, i, 8),
            .waiver_what = fee_label_read(a, cell_text(&t, i, 9)),
            .waived_by = cell_int(&t, i, 10), .waived_ms = cell_int(&t, i, 11),
            .note = cell_bytes(&t, i, 12),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static enum fee_means means_of(str key)
{
    for (int i = 0; i < FEE_MEANS; i++) {
        if (str_equal(key, fee_means_key[i])) {
            return (enum fee_means)i;
        }
    }
    return MEANS_CASH;
}

err receipts_read(struct arena *a, const struct table *t, int64_t agency,
                  struct fee_receipt **ret, size_t *ret_count)
{
    struct fee_receipt *list = ARENA_ARRAY(a, t->rows + 1, struct fee_receipt);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct fee_receipt){
            .agency = agency, .id = cell_int(t, i, 0), .series = cell_int(t, i, 1),
            .pad = cell_int(t, i, 2), .number = cell_int(t, i, 3),
            .casefile = cell_int(t, i, 4), .means = means_of(cell_text(t, i, 5)),
            .dollars = cell_int(t, i, 6), .payer_masked = cell_text(t, i, 7),
            .payer = cell_bytes(t, i, 8), .staff = cell_int(t, i, 9),
            .at_ms = cell_int(t, i, 10), .day = (day)cell_int(t, i, 11),
            .reference = cell_text(t, i, 12),
            .state = str_equal(cell_text(t, i, 13), STR("void")) ? RECEIPT_VOID
                                                                  : RECEIPT_GIVEN,
            .void_by = cell_int(t, i, 14), .void_ms = cell_int(t, i, 15),
            .void_why = cell_text(t, i, 16), .sheet = cell_int(t, i, 17),
            .text = fee_number_text(a, cell_text(t, i, 18), (int)cell_int(t, i, 19),
                                    cell_int(t, i, 3)),
            .staff_name = cell_text(t, i, 20), .case_number = cell_text(t, i, 21),
            .stroke = cell_int(t, i, 22),
        };
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err receipts_lines(struct arena *a, const struct table *t, struct fee_receipt *list,
                   size_t count)
{
    struct fee_line *lines = ARENA_ARRAY(a, t->rows + 1, struct fee_line);

    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        lines[i] = (struct fee_line){ cell_text(t, i, 1), fee_kind_of(cell_text(t, i, 2)),
                                      fee_label_read(a, cell_text(t, i, 3)),
                                      cell_int(t, i, 4) };
        for (size_t r = 0; r < count; r++) {
            if (list[r].id == cell_int(t, i, 0)) {
                list[r].lines = list[r].lines == NULL ? &lines[i] : list[r].lines;
                list[r].lines_count++;
            }
        }
    }
    return NULL;
}

static err receipts_of_case(struct arena *a, struct snap *snap, struct fee_account *x)
{
    struct table t, lines;

    TRY(snap_query(a, snap, &receipts_of_case_sql,
                   BIND(bind_int(x->agency), bind_int(x->casefile)), &t));
    TRY(receipts_read(a, &t, x->agency, &x->receipts, &x->receipts_count));
    if (x->receipts_count == 0) {
        return NULL;
    }
    TRY(snap_query(a, snap, &lines_of_case_sql,
                   BIND(bind_int(x->agency), bind_int(x->casefile)), &lines));
    return receipts_lines(a, &lines, x->receipts, x->receipts_count);
}

err fee_account_load(struct arena *a, struct snap *snap, const struct keyring *k,
                     const struct catalog *c, const struct casefile *file,
                     struct fee_account *ret)
{
    struct fee_account x = { .agency = file->agency, .casefile = file->id,
                             .lapsed = fee_lapses(file) };
    struct table t;

    TRY(items_load(a, snap, x.agency, x.casefile, &x.items, &x.items_count));
    x.is_kept = x.items_count > 0;
    if (!x.is_kept) {
        TRY(fee_assess(a, snap, k, c, file, &x.items, &x.items_count));
    }
    TRY(receipts_of_case(a, snap, &x));
    TRY(snap_one(a, snap, &refunded_sql, BIND(bind_int(x.agency), bind_int(x.casefile)),
                 &t));
    x.refunded = cell_int(&t, 0, 0);
    fee_account_sum(&x);
    *ret = x;
    return arena_failed(a) ? err_no_memory : NULL;
}

err fee_receipt_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                     struct fee_receipt *ret)
{
    struct table t, lines;
    struct fee_receipt *list;
    size_t count;

    TRY(snap_one(a, snap, &receipt_sql, BIND(bind_int(agency), bind_int(id)), &t));
    TRY(receipts_read(a, &t, agency, &list, &count));
    TRY(snap_query(a, snap, &lines_sql, BIND(bind_int(agency), bind_int(id)), &lines));
    TRY(receipts_lines(a, &lines, list, count));
    *ret = list[0];
    return NULL;
}

/* ---- what is due ---- */

static err item_put(struct arena *a, struct tx *tx, const struct fee_account *x,
                    const struct fee_item *i)
{
    return tx_run(
        a, tx, &item_put_sql,
        BIND(bind_int(x->agency), bind_int(x->casefile), bind_int(i->number),
             bind_text(i->key), bind_text(fee_kind_key[i->kind]),
             bind_text(fee_label_json(a, &i->what)), bind_text(fee_label_json(a, &i->law)),
             bind_int(i->dollars), bind_int(i->times), bind_int(i->waived),
             bind_text(i->waiver), bind_text(fee_label_json(a, &i->waiver_what)),
             bind_int(i->waived_by), bind_int(i->waived_ms), bind_bytes(i->note)));
}

/* The first act on a case keeps what was reckoned. `*ret_open`: what is to be paid now. */
err fee_items_keep(struct arena *a, struct tx *tx, const struct fee_account *x,
                   int64_t *ret_open)
{
    struct table t;
    int64_t due = 0;

    TRY(snap_one(a, tx_snap(tx), &sums_sql,
                 BIND(bind_int(x->agency), bind_int(x->casefile)), &t));
    due = cell_int(&t, 0, 0);
    if (cell_int(&t, 0, 1) == 0) {
        for (size_t i = 0; i < x->items_count; i++) {
            TRY(item_put(a, tx, x, &x->items[i]));
            due += x->items[i].dollars * x->items[i].times - x->items[i].waived;
        }
    }
    *ret_open = due - cell_int(&t, 0, 2) + cell_int(&t, 0, 3);
    return NULL;
}

err fee_must_be_paid(struct arena *a, struct tx *tx, const struct fee_account *x)
{
    struct table t;
    int64_t open = x->open;

    TRY(snap_one(a, tx_snap(tx), &sums_sql,
                 BIND(bind_int(x->agency), bind_int(x->casefile)), &t));
    if (cell_int(&t, 0, 1) > 0) {
        open = cell_int(&t, 0, 0) - cell_int(&t, 0, 2) + cell_int(&t, 0, 3);
    }
    if (open > 0) {
        return fee_still_open(a, open);
    }
    return NULL;
}

static err too_late(struct arena *a)
{
    FAIL(a, ERR_CONFLICT, SAY("Somebody has just changed this. Look at the newest state."),
         STR(""), "changed meanwhile");
}

static err change_event(struct arena *a, struct tx *tx, const struct fee_change *c,
                        int number)
{
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("what"), c->why);
    json_put_int(&j, STR("number"), number);
    json_put_text(&j, STR("fee"), c->item.key);
    json_put_text(&j, STR("kind"), fee_kind_key[c->item.kind]);
    json_put_int(&j, STR("dollars"), c->item.dollars);
    json_put_int(&j, STR("times"), c->item.times);
    json_put_int(&j, STR("waived"), c->item.waived);
    json_put_text(&j, STR("waiver"), c->item.waiver);
    json_put_text(&j, STR("ground"), c->note_hash);
    return fee_event_end(tx, &b, &j, &c->who, c->now_ms, STR("fee.changed"),
                         c->account->casefile);
}

static err item_replace(struct arena *a, struct tx *tx, const struct fee_change *c)
{
    const struct fee_account *x = c->account;
    const struct fee_item *before = &x->items[c->number - 1], *i = &c->item;
    int64_t changed;

    TRY(tx_change(a, tx, &item_change_sql,
                  BIND(bind_int(x->agency), bind_int(x->casefile), bind_int(c->number),
                       bind_int(i->times), bind_int(i->waived), bind_text(i->waiver),
                       bind_text(fee_label_json(a, &i->waiver_what)),
                       bind_int(i->waived_by), bind_int(i->waived_ms), bind_bytes(i->note),
                       bind_int(before->times), bind_int(before->waived)),
                  &changed));
    return changed == 1 ? NULL : too_late(a);
}

err fee_change(struct arena *a, struct tx *tx, const struct fee_change *c)
{
    const struct fee_account *x = c->account;
    struct fee_item item = c->item;
    int64_t open = 0;
    struct table t;

    TRY(fee_items_keep(a, tx, x, &open));
    if (c->number == 0) {
        struct fee_item *list;
        size_t count;

        TRY(items_load(a, tx_snap(tx), x->agency, x->casefile, &list, &count));
        item.number = (int)count + 1;
        if (count >= FEE_ITEMS_MOST) {
            return too_late(a);
        }
        TRY(item_put(a, tx, x, &item));
    } else {
        item.number = c->number;
        TRY(item_replace(a, tx, c));
    }
    TRY(snap_one(a, tx_snap(tx), &sums_sql,
                 BIND(bind_int(x->agency), bind_int(x->casefile)), &t));
    if (cell_int(&t, 0, 0) - cell_int(&t, 0, 2) + cell_int(&t, 0, 3) < 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("More than that has been paid already. What is too much goes back as a "
                 "refund."),
             STR(""), "paid more");
    }
    return change_event(a, tx, c, item.number);
}

/* ---- receipts ---- */

static err lines_put(struct arena *a, struct tx *tx, const struct fee_taking *t)
{
    for (size_t i = 0; i < t->lines_count; i++) {
        const struct fee_line *l = &t->lines[i];

        TRY(tx_run(a, tx, &line_put_sql,
                   BIND(bind_int(t->account->agency), bind_int(t->id),
                        bind_int((int64_t)i + 1), bind_text(l->key),
                        bind_text(fee_kind_key[l->kind]),
                        bind_text(fee_label_json(a, &l->what)), bind_int(l->dollars))));
    }
    return NULL;
}

static err take_event(struct arena *a, struct tx *tx, const struct fee_taking *t,
                      const struct fee_pad *pad, int64_t number)
{
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("receipt"), id_text(a, t->id));
    json_put_text(&j, STR("number"),
                  fee_number_text(a, pad->code, pad->digits, number));
    json_put_text(&j, STR("pad"), id_text(a, pad->id));
    json_put_text(&j, STR("means"), fee_means_key[t->means]);
    json_put_int(&j, STR("dollars"), t->dollars);
    return fee_event_end(tx, &b, &j, &t->who, t->now_ms, STR("fee.taken"),
                         t->account->casefile + t->account->stroke);
}

/* NULL: of no case, of no stroke. */
static struct value id_or_none(int64_t id)
{
    return id == 0 ? bind_null() : bind_int(id);
}

err fee_receipt_write(struct arena *a, struct tx *tx, const struct fee_taking *t,
                      struct fee_receipt *ret)
{
    const struct fee_account *x = t->account;
    struct fee_pad pad;
    int64_t number;

    TRY(fee_pad_next(a, tx, x->agency, t->who.staff, &pad, &number));
    TRY(tx_run(a, tx, &receipt_put_sql,
               BIND(bind_int(x->agency), bind_int(t->id), bind_int(pad.series),
                    bind_int(pad.id), bind_int(number), id_or_none(x->casefile),
                    bind_text(fee_means_key[t->means]), bind_int(t->dollars),
                    bind_text(t->payer_masked), bind_bytes(t->payer_sealed),
                    bind_int(t->who.staff), bind_int(t->now_ms),
                    bind_int(day_at(t->now_ms)), bind_text(t->reference),
                    id_or_none(x->stroke))));
    TRY(lines_put(a, tx, t));
    TRY(take_event(a, tx, t, &pad, number));
    *ret = (struct fee_receipt){
        .agency = x->agency, .id = t->id, .series = pad.series, .pad = pad.id,
        .number = number, .casefile = x->casefile, .stroke = x->stroke, .means = t->means,
        .dollars = t->dollars, .at_ms = t->now_ms, .staff = t->who.staff,
    };
    return NULL;
}

err fee_take(struct arena *a, struct tx *tx, const struct fee_taking *t,
             struct fee_receipt *ret)
{
    const struct fee_account *x = t->account;
    struct casefile c;
    int64_t open;

    TRY(fee_items_keep(a, tx, x, &open));
    TRY(casefile_load(a, tx_snap(tx), x->agency, x->casefile, &c));
    open -= fee_lapses(&c) ? x->fees_open : 0;
    /* Money that came through a provider is there, whatever stands on the case by now. */
    if (t->dollars > open && t->who.staff != 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("Less is to be paid now: {amount}. Look at the newest state.",
                 SAY_MONEY("amount", open < 0 ? 0 : open)),
             STR(""), "open %lld", (long long)open);
    }
    return fee_receipt_write(a, tx, t, ret);
}

err fee_void(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
             int64_t receipt, str why)
{
    struct fee_receipt r;
    struct table t;
    struct buf b;
    struct json_writer j;
    int64_t changed;

    TRY(fee_receipt_load(a, tx_snap(tx), who->agency, receipt, &r));
    if (r.staff != who->staff && !actor_has(who, DUTY_CASHIER)) {
        FAIL(a, ERR_DENIED, SAY("Only who wrote a receipt, or the cashier, makes it void."),
             STR(""), "not his receipt");
    }
    TRY(snap_one(a, tx_snap(tx), &refunds_of_sql,
                 BIND(bind_int(who->agency), bind_int(receipt)), &t));
    TRY(tx_change(a, tx, &void_sql,
                  BIND(bind_int(who->agency), bind_int(receipt), bind_int(who->staff),
                       bind_int(now_ms), bind_text(why)),
                  &changed));
    if (changed != 1 || cell_int(&t, 0, 0) > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("This receipt stands on a closed daily sheet, or is void already. Money "
                 "goes back as a refund."),
             STR(""), "not open");
    }
    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("receipt"), id_text(a, receipt));
    json_put_text(&j, STR("number"), r.text);
    json_put_text(&j, STR("why"), why);
    json_put_bool(&j, STR("all_parts"), true);
    return fee_event_end(tx, &b, &j, who, now_ms, STR("fee.void"),
                         r.casefile + r.stroke);
}
