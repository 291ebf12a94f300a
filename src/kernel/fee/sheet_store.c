/* sheet_store — daily sheets, 繳庫 and the month in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/inside.h"

#define SHEET_COLUMNS                                                                     \
    "SELECT s.id, s.staff_id, s.sheet_day, s.turn, s.closed_by, s.closed_ms, "             \
    "s.cash_counted, s.cash_sum, s.other_sum, s.difference_why, s.hash, s.slip_number, "   \
    "s.slip_day, s.slip_by, s.slip_ms, w.name, p.name FROM fee_sheet s "                   \
    "LEFT JOIN staff w ON w.agency_id = s.agency_id AND w.id = s.staff_id "                \
    "LEFT JOIN staff p ON p.agency_id = s.agency_id AND p.id = s.slip_by "

static const struct query open_sql = {
    RECEIPT_COLUMNS "WHERE r.agency_id = ?1 AND r.staff_id = ?2 AND r.sheet_id = 0 "
    "ORDER BY r.id", "ii",
};
static const struct query open_lines_sql = {
    RECEIPT_LINE_COLUMNS "JOIN fee_receipt r ON r.agency_id = l.agency_id "
    "AND r.id = l.receipt_id WHERE r.agency_id = ?1 AND r.staff_id = ?2 AND r.sheet_id = 0 "
    "ORDER BY l.receipt_id, l.place", "ii",
};
static const struct query of_sheet_sql = {
    RECEIPT_COLUMNS "WHERE r.agency_id = ?1 AND r.sheet_id = ?2 ORDER BY r.id", "ii",
};
static const struct query of_sheet_lines_sql = {
    RECEIPT_LINE_COLUMNS "JOIN fee_receipt r ON r.agency_id = l.agency_id "
    "AND r.id = l.receipt_id WHERE r.agency_id = ?1 AND r.sheet_id = ?2 "
    "ORDER BY l.receipt_id, l.place", "ii",
};
static const struct query one_sql = { SHEET_COLUMNS "WHERE s.agency_id = ?1 AND s.id = ?2",
                                      "ii" };
static const struct query list_sql = {
    SHEET_COLUMNS "WHERE s.agency_id = ?1 AND s.sheet_day >= ?2 AND s.sheet_day <= ?3 "
    "ORDER BY s.sheet_day, s.id", "iii",
};
static const struct query turn_sql = {
    "SELECT COUNT(*) FROM fee_sheet "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND sheet_day = ?3", "iii",
};
static const struct query put_sql = {
    "INSERT INTO fee_sheet (agency_id, id, staff_id, sheet_day, turn, closed_by, "
    "closed_ms, "
    "cash_counted, cash_sum, other_sum, difference_why, content, hash, slip_number, "
    "slip_day, slip_by, slip_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, '', 0, 0, 0)",
    "iiiiiiiiiitbt",
};
static const struct query put_on_sql = {
    "UPDATE fee_receipt SET sheet_id = ?3 "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND sheet_id = 0", "iii",
};
static const struct query copy_sql = {
    "SELECT content, hash FROM fee_sheet WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query slip_sql = {
    "UPDATE fee_sheet SET slip_number = ?3, slip_day = ?4, slip_by = ?5, slip_ms = ?6 "
    "WHERE agency_id = ?1 AND id = ?2 AND slip_number = ''", "iitiii",
};
static const struct query month_receipts_sql = {
    RECEIPT_COLUMNS "JOIN fee_sheet d ON d.agency_id = r.agency_id AND d.id = r.sheet_id "
    "WHERE r.agency_id = ?1 AND d.sheet_day >= ?2 AND d.sheet_day <= ?3 ORDER BY r.id",
    "iii",
};
static const struct query month_lines_sql = {
    RECEIPT_LINE_COLUMNS "JOIN fee_receipt r ON r.agency_id = l.agency_id "
    "AND r.id = l.receipt_id "
    "JOIN fee_sheet d ON d.agency_id = r.agency_id AND d.id = r.sheet_id "
    "WHERE r.agency_id = ?1 AND d.sheet_day >= ?2 AND d.sheet_day <= ?3 "
    "ORDER BY l.receipt_id, l.place", "iii",
};
static const struct query month_taken_sql = {
    "SELECT m.taken_by, m.taken_ms, m.hash, w.name FROM fee_month m "
    "LEFT JOIN staff w ON w.agency_id = m.agency_id AND w.id = m.taken_by "
    "WHERE m.agency_id = ?1 AND m.month_key = ?2", "it",
};
static const struct query month_refunded_sql = {
    "SELECT COALESCE(SUM(dollars), 0) FROM fee_refund "
    "WHERE agency_id = ?1 AND state = 'paid' AND paid_ms >= ?2 AND paid_ms < ?3", "iii",
};
static const struct query month_put_sql = {
    "INSERT INTO fee_month (agency_id, month_key, taken_by, taken_ms, content, hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "itiibt",
};
static const struct query *const all_queries[] = {
    &open_sql, &open_lines_sql, &of_sheet_sql, &of_sheet_lines_sql, &one_sql, &list_sql,
    &turn_sql, &put_sql, &put_on_sql, &copy_sql, &slip_sql, &month_receipts_sql,
    &month_lines_sql, &month_taken_sql, &month_refunded_sql, &month_put_sql,
};
const struct query_list fee_sheet_queries = {
    "fee (sheets)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static err receipts_load(struct arena *a, struct snap *snap, const struct query *q,
                         const struct query *lines_q, int64_t agency, int64_t key,
                         struct fee_sheet *s)
{
    struct table t, lines;

    TRY(snap_query(a, snap, q, BIND(bind_int(agency), bind_int(key)), &t));
    TRY(receipts_read(a, &t, agency, &s->receipts, &s->receipts_count));
    TRY(snap_query(a, snap, lines_q, BIND(bind_int(agency), bind_int(key)), &lines));
    TRY(receipts_lines(a, &lines, s->receipts, s->receipts_count));
    fee_sheet_reckon(a, s);
    return arena_failed(a) ? err_no_memory : NULL;
}

err fee_sheet_open(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                   day today, struct fee_sheet *ret)
{
    struct fee_sheet s = { .agency = agency, .staff = staff, .day = today };
    struct table t;

    TRY(receipts_load(a, snap, &open_sql, &open_lines_sql, agency, staff, &s));
    TRY(snap_one(a, snap, &turn_sql,
                 BIND(bind_int(agency), bind_int(staff), bind_int(today)), &t));
    s.turn = (int)cell_int(&t, 0, 0) + 1;
    s.staff_name = s.receipts_count > 0 ? s.receipts[0].staff_name : STR("");
    *ret = s;
    return NULL;
}

static struct fee_sheet sheet_at(const struct table *t, size_t i, int64_t agency)
{
    return (struct fee_sheet){
        .agency = agency, .id = cell_int(t, i, 0), .staff = cell_int(t, i, 1),
        .day = (day)cell_int(t, i, 2), .turn = (int)cell_int(t, i, 3),
        .closed_by = cell_int(t, i, 4), .closed_ms = cell_int(t, i, 5),
        .cash_counted = cell_int(t, i, 6), .cash_sum = cell_int(t, i, 7),
        .other_sum = cell_int(t, i, 8), .difference_why = cell_text(t, i, 9),
        .hash = cell_text(t, i, 10), .slip_number = cell_text(t, i, 11),
        .slip_day = (day)cell_int(t, i, 12), .slip_by = cell_int(t, i, 13),
        .slip_ms = cell_int(t, i, 14), .staff_name = cell_text(t, i, 15),
        .slip_by_name = cell_text(t, i, 16),
    };
}

err fee_sheet_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                   struct fee_sheet *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = sheet_at(&t, 0, agency);
    return receipts_load(a, snap, &of_sheet_sql, &of_sheet_lines_sql, agency, id, ret);
}

err fee_sheet_list(struct arena *a, struct snap *snap, int64_t agency, day from, day until,
                   struct fee_sheet **ret, size_t *ret_count)
{
    struct table t;
    struct fee_sheet *list;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(agency), bind_int(from), bind_int(until)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct fee_sheet);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = sheet_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err closed_event(struct arena *a, struct tx *tx, const struct fee_closing *c)
{
    const struct fee_sheet *s = &c->sheet;
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("sheet"), id_text(a, s->id));
    json_put_text(&j, STR("day"), day_iso(a, s->day));
    json_put_int(&j, STR("receipts"), (int64_t)s->receipts_count);
    json_put_int(&j, STR("void"), s->voids);
    json_put_int(&j, STR("cash"), s->cash_sum);
    json_put_int(&j, STR("other"), s->other_sum);
    json_put_int(&j, STR("counted"), s->cash_counted);
    json_put_text(&j, STR("hash"), s->hash);
    return fee_event_end(tx, &b, &j, &c->who, c->now_ms, STR("fee.sheet"), 0);
}

/* The same receipts, in the same state, as were counted. */
static err closing_is_fresh(struct arena *a, struct tx *tx, const struct fee_closing *c)
{
    struct fee_sheet now;

    TRY(fee_sheet_open(a, tx_snap(tx), c->sheet.agency, c->sheet.staff, c->sheet.day,
                       &now));
    now.id = c->sheet.id;
    now.cash_counted = c->sheet.cash_counted;
    now.difference_why = c->sheet.difference_why;
    if (now.turn != c->sheet.turn ||
        !str_equal(fee_sheet_content(a, &now), fee_sheet_content(a, &c->sheet))) {
        FAIL(a, ERR_CONFLICT,
             SAY("A receipt was written or made void since. Look at the sheet again."),
             STR(""), "changed meanwhile");
    }
    return NULL;
}

err fee_closing_commit(struct arena *a, struct tx *tx, const struct fee_closing *c)
{
    const struct fee_sheet *s = &c->sheet;

    TRY(closing_is_fresh(a, tx, c));
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(s->agency), bind_int(s->id), bind_int(s->staff),
                    bind_int(s->day), bind_int(s->turn), bind_int(c->who.staff),
                    bind_int(c->now_ms), bind_int(s->cash_counted), bind_int(s->cash_sum),
                    bind_int(s->other_sum), bind_text(s->difference_why),
                    bind_bytes(c->content_sealed), bind_text(s->hash))));
    TRY(tx_run(a, tx, &put_on_sql,
               BIND(bind_int(s->agency), bind_int(s->staff), bind_int(s->id))));
    return closed_event(a, tx, c);
}

err fee_sheet_copy(struct arena *a, struct snap *snap, const struct keyring *k,
                   int64_t agency, int64_t id, str *ret_content)
{
    struct table t;
    str content;

    TRY(snap_one(a, snap, &copy_sql, BIND(bind_int(agency), bind_int(id)), &t));
    TRY(seal_open(a, k, (struct seal_place){ agency, id, "fee_sheet", "content" },
                  cell_bytes(&t, 0, 0), &content));
    if (!str_equal(str_hex(a, seal_sha256(a, content)), cell_text(&t, 0, 1))) {
        FAIL(a, ERR_BROKEN, SAY("The sealed copy of this sheet is not as it was."), STR(""),
             "hash");
    }
    *ret_content = content;
    return NULL;
}

err fee_slip(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
             int64_t sheet, str number, day on)
{
    struct table t;
    struct buf b;
    struct json_writer j;
    int64_t changed;

    TRY(snap_one(a, tx_snap(tx), &one_sql, BIND(bind_int(who->agency), bind_int(sheet)),
                 &t));
    if (cell_int(&t, 0, 1) == who->staff) {
        FAIL(a, ERR_DENIED,
             SAY("Who takes the money is not the one who books it. A colleague enters this "
                 "slip."),
             STR(""), "his own sheet");
    }
    TRY(tx_change(a, tx, &slip_sql,
                  BIND(bind_int(who->agency), bind_int(sheet), bind_text(number),
                       bind_int(on), bind_int(who->staff), bind_int(now_ms)),
                  &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("This sheet has been paid in already."), STR(""),
             "slip is there");
    }
    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("sheet"), id_text(a, sheet));
    json_put_text(&j, STR("slip"), number);
    json_put_text(&j, STR("day"), day_iso(a, on));
    return fee_event_end(tx, &b, &j, who, now_ms, STR("fee.paid_in"), 0);
}

/* ---- the month ---- */

static void month_span(int year, int month, day *ret_first, day *ret_last)
{
    *ret_first = day_of(year, month, 1);
    *ret_last = month == 12 ? day_of(year + 1, 1, 1) - 1 : day_of(year, month + 1, 1) - 1;
}

/* Gives every sheet its receipts out of those of the whole month. */
static err month_deal(struct arena *a, struct fee_month *m, struct fee_receipt *all,
                      size_t count)
{
    for (size_t i = 0; i < m->sheets_count; i++) {
        struct fee_sheet *s = &m->sheets[i];

        s->receipts = ARENA_ARRAY(a, count + 1, struct fee_receipt);
        if (s->receipts == NULL) {
            return err_no_memory;
        }
        for (size_t r = 0; r < count; r++) {
            if (all[r].sheet == s->id) {
                s->receipts[s->receipts_count++] = all[r];
            }
        }
        fee_sheet_reckon(a, s);
    }
    return arena_failed(a) ? err_no_memory : NULL;
}

static err month_sum(struct arena *a, struct fee_month *m)
{
    size_t most = 0;

    for (size_t i = 0; i < m->sheets_count; i++) {
        most += m->sheets[i].sums_count;
    }
    m->sums = ARENA_ARRAY(a, most + 1, struct sheet_sum);
    if (m->sums == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->sheets_count; i++) {
        const struct fee_sheet *s = &m->sheets[i];

        m->voids += s->voids;
        m->dollars += s->cash_sum + s->other_sum;
        m->not_paid_in += s->slip_number.len == 0 ? s->cash_sum + s->other_sum : 0;
        for (int w = 0; w < FEE_MEANS; w++) {
            m->by_means[w] += s->by_means[w];
        }
        for (size_t k = 0; k < s->sums_count; k++) {
            size_t at = 0;

            while (at < m->sums_count && !(m->sums[at].kind == s->sums[k].kind &&
                                           str_equal(m->sums[at].what.in[LANG_ZH],
                                                     s->sums[k].what.in[LANG_ZH]))) {
                at++;
            }
            if (at == m->sums_count) {
                m->sums[m->sums_count++] = s->sums[k];
            } else {
                m->sums[at].count += s->sums[k].count;
                m->sums[at].dollars += s->sums[k].dollars;
            }
        }
    }
    return NULL;
}

static err month_taken(struct arena *a, struct snap *snap, int64_t agency,
                       struct fee_month *m)
{
    struct table t;

    TRY(snap_query(a, snap, &month_taken_sql,
                   BIND(bind_int(agency), bind_text(fee_month_key(a, m->year, m->month))),
                   &t));
    if (t.rows > 0) {
        m->taken_by = cell_int(&t, 0, 0);
        m->taken_ms = cell_int(&t, 0, 1);
        m->hash = cell_text(&t, 0, 2);
        m->taken_name = cell_text(&t, 0, 3);
    }
    return NULL;
}

err fee_month_load(struct arena *a, struct snap *snap, int64_t agency, int year, int month,
                   struct fee_month *ret)
{
    struct fee_month m = { .year = year, .month = month };
    struct fee_receipt *all;
    struct table t, lines;
    size_t count;
    day first, last;

    month_span(year, month, &first, &last);
    TRY(fee_sheet_list(a, snap, agency, first, last, &m.sheets, &m.sheets_count));
    TRY(snap_query(a, snap, &month_receipts_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &t));
    TRY(receipts_read(a, &t, agency, &all, &count));
    TRY(snap_query(a, snap, &month_lines_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &lines));
    TRY(receipts_lines(a, &lines, all, count));
    TRY(month_deal(a, &m, all, count));
    TRY(month_sum(a, &m));
    TRY(snap_one(a, snap, &month_refunded_sql,
                 BIND(bind_int(agency), bind_int(day_begins_ms(first)),
                      bind_int(day_begins_ms(last + 1))),
                 &t));
    m.refunded = cell_int(&t, 0, 0);
    TRY(month_taken(a, snap, agency, &m));
    *ret = m;
    return NULL;
}

err fee_month_take(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   const struct fee_month *m, str sealed, str hash)
{
    struct fee_month now = { .year = m->year, .month = m->month };
    str key = fee_month_key(a, m->year, m->month);
    struct buf b;
    struct json_writer j;

    TRY(month_taken(a, tx_snap(tx), who->agency, &now));
    if (now.taken_ms != 0) {
        FAIL(a, ERR_CONFLICT, SAY("This month has been taken over already."), STR(""),
             "taken");
    }
    TRY(tx_run(a, tx, &month_put_sql,
               BIND(bind_int(who->agency), bind_text(key), bind_int(who->staff),
                    bind_int(now_ms), bind_bytes(sealed), bind_text(hash))));
    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("month"), key);
    json_put_int(&j, STR("dollars"), m->dollars);
    json_put_text(&j, STR("hash"), hash);
    return fee_event_end(tx, &b, &j, who, now_ms, STR("fee.month"), 0);
}
