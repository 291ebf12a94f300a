/* series_store — receipt series and the pads people hold.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/fee/inside.h"

#define CODE_MOST 12
#define NUMBER_MOST INT64_C(99999999)

#define PAD_COLUMNS                                                                      \
    "SELECT p.id, p.series_id, p.first_number, p.last_number, p.staff_id, p.issued_ms, "  \
    "p.returned_ms, s.code, s.digits, s.taker, w.name, "                                  \
    "COALESCE((SELECT MAX(r.number) FROM fee_receipt r WHERE r.agency_id = p.agency_id "  \
    "AND r.pad_id = p.id), p.first_number - 1) + 1 FROM fee_pad p "                       \
    "JOIN fee_series s ON s.agency_id = p.agency_id AND s.id = p.series_id "              \
    "LEFT JOIN staff w ON w.agency_id = p.agency_id AND w.id = p.staff_id "

static const struct query series_sql = {
    "SELECT s.id, s.code, s.digits, s.first_number, s.last_number, s.taker, "
    "COALESCE((SELECT MAX(p.last_number) FROM fee_pad p WHERE p.agency_id = s.agency_id "
    "AND p.series_id = s.id), s.first_number - 1) "
    "FROM fee_series s WHERE s.agency_id = ?1 ORDER BY s.made_ms DESC, s.id", "i",
};
static const struct query series_put_sql = {
    "INSERT INTO fee_series (agency_id, id, code, digits, first_number, last_number, "
    "taker, "
    "made_by, made_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "iitiiitii",
};
static const struct query pads_sql = {
    PAD_COLUMNS "WHERE p.agency_id = ?1 ORDER BY p.issued_ms DESC, p.id DESC", "i",
};
static const struct query pads_open_sql = {
    PAD_COLUMNS "WHERE p.agency_id = ?1 AND p.staff_id = ?2 AND p.returned_ms = 0 "
    "ORDER BY p.issued_ms, p.id", "ii",
};
static const struct query pads_of_series_sql = {
    PAD_COLUMNS "WHERE p.agency_id = ?1 AND p.series_id = ?2 ORDER BY p.first_number", "ii",
};
static const struct query pad_sql = { PAD_COLUMNS "WHERE p.agency_id = ?1 AND p.id = ?2",
                                      "ii" };
static const struct query pad_put_sql = {
    "INSERT INTO fee_pad (agency_id, id, series_id, first_number, last_number, staff_id, "
    "issued_by, issued_ms, returned_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)",
    "iiiiiiii",
};
static const struct query pad_return_sql = {
    "UPDATE fee_pad SET returned_ms = ?3 "
    "WHERE agency_id = ?1 AND id = ?2 AND returned_ms = 0", "iii",
};
static const struct counter pad_used = {
    .read = { "SELECT used FROM fee_pad_used WHERE agency_id = ?1 AND pad_id = ?2", "ii" },
    .write = { "INSERT INTO fee_pad_used (agency_id, pad_id, used) VALUES (?1, ?2, ?3) "
               "ON CONFLICT (agency_id, pad_id) DO UPDATE SET used = excluded.used",
               "iii" },
};
static const struct query *const all_queries[] = {
    &series_sql, &series_put_sql, &pads_sql, &pads_open_sql, &pads_of_series_sql, &pad_sql,
    &pad_put_sql, &pad_return_sql, &pad_used.read, &pad_used.write,
};
const struct query_list fee_series_queries = {
    "fee (series)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err fee_series_list(struct arena *a, struct snap *snap, int64_t agency,
                    struct fee_series **ret, size_t *ret_count)
{
    struct table t;
    struct fee_series *list;

    TRY(snap_query(a, snap, &series_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct fee_series);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct fee_series){
            .agency = agency, .id = cell_int(&t, i, 0), .code = cell_text(&t, i, 1),
            .digits = (int)cell_int(&t, i, 2), .first = cell_int(&t, i, 3),
            .last = cell_int(&t, i, 4),
            .for_program = str_equal(cell_text(&t, i, 5), STR("program")),
            .given_to = cell_int(&t, i, 6),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err pads_read(struct arena *a, const struct table *t, int64_t agency,
                     struct fee_pad **ret, size_t *ret_count)
{
    struct fee_pad *list = ARENA_ARRAY(a, t->rows + 1, struct fee_pad);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = (struct fee_pad){
            .agency = agency, .id = cell_int(t, i, 0), .series = cell_int(t, i, 1),
            .first = cell_int(t, i, 2), .last = cell_int(t, i, 3),
            .staff = cell_int(t, i, 4), .issued_ms = cell_int(t, i, 5),
            .returned_ms = cell_int(t, i, 6), .code = cell_text(t, i, 7),
            .digits = (int)cell_int(t, i, 8),
            .for_program = str_equal(cell_text(t, i, 9), STR("program")),
            .staff_name = cell_text(t, i, 10), .next = cell_int(t, i, 11),
        };
        list[i].is_open = list[i].returned_ms == 0 && list[i].next <= list[i].last;
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err fee_pad_list(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                 struct fee_pad **ret, size_t *ret_count)
{
    struct table t;

    if (staff < 0) {
        TRY(snap_query(a, snap, &pads_sql, BIND(bind_int(agency)), &t));
    } else {
        TRY(snap_query(a, snap, &pads_open_sql, BIND(bind_int(agency), bind_int(staff)),
                       &t));
    }
    return pads_read(a, &t, agency, ret, ret_count);
}

/* The counter counts what the group has written already; the row of a pad does not know. */
err fee_pad_next(struct arena *a, struct tx *tx, int64_t agency, int64_t staff,
                 struct fee_pad *ret, int64_t *ret_number)
{
    struct fee_pad *pads;
    size_t count;

    TRY(fee_pad_list(a, tx_snap(tx), agency, staff, &pads, &count));
    for (size_t i = 0; i < count; i++) {
        if (pads[i].is_open && pads[i].for_program == (staff == 0)) {
            int64_t used;

            TRY(tx_next(tx, &pad_used, agency, pads[i].id, &used));
            *ret = pads[i];
            *ret_number = pads[i].first - 1 + used;
            if (*ret_number != pads[i].next) {
                FAIL(a, ERR_BROKEN,
                     SAY("The receipts of this pad do not follow each other."), STR(""),
                     "counter %lld, row %lld", (long long)*ret_number,
                     (long long)pads[i].next);
            }
            return NULL;
        }
    }
    /* The money is there: who brought the word of it comes again until there is a pad. */
    FAIL(a, ERR_CONFLICT,
         staff == 0 ? SAY("No receipt is left for payments online. The cashier gives the "
                          "program the next pad.")
                    : SAY("You hold no pad with receipts left. Ask the cashier for one."),
         STR(""), "no pad of %lld", (long long)staff);
}

void fee_series_check(const struct fee_series *s, struct mistakes *m)
{
    bool plain = s->code.len > 0 && s->code.len <= CODE_MOST;

    for (size_t i = 0; i < s->code.len && plain; i++) {
        char c = s->code.at[i];

        plain = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    if (!plain) {
        mistake_add(m, STR("code"),
                    SAY("Write the code in capital letters and digits, at most twelve: "
                        "115A."));
    }
    if (s->first < 1 || s->first > NUMBER_MOST) {
        mistake_add(m, STR("first"), SAY("Write the first number, for example 1."));
    }
    if (s->last < s->first || s->last > NUMBER_MOST) {
        mistake_add(m, STR("last"),
                    SAY("The last number comes after the first one, and has at most eight "
                        "digits."));
    }
}

static err told(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                str kind, int64_t id, const struct fee_pad *p)
{
    struct buf b;
    struct json_writer j;

    fee_event_begin(a, &b, &j);
    json_put_text(&j, STR("id"), id_text(a, id));
    json_put_text(&j, STR("code"), p->code);
    json_put_int(&j, STR("first"), p->first);
    json_put_int(&j, STR("last"), p->last);
    if (p->staff != 0) {
        json_put_text(&j, STR("to"), id_text(a, p->staff));
    }
    return fee_event_end(tx, &b, &j, who, now_ms, kind, 0);
}

static int digits_of(int64_t last)
{
    int digits = 5;

    for (int64_t limit = 99999; last > limit; limit = limit * 10 + 9) {
        digits++;
    }
    return digits;
}

err fee_series_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   const struct fee_series *s)
{
    const struct fee_pad like = { .code = s->code, .first = s->first, .last = s->last };
    struct fee_series *list;
    size_t count;

    TRY(fee_series_list(a, tx_snap(tx), who->agency, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].code, s->code)) {
            FAIL(a, ERR_CONFLICT, SAY("There is a series with this code already."),
                 STR("code"), "code taken");
        }
    }
    TRY(tx_run(a, tx, &series_put_sql,
               BIND(bind_int(who->agency), bind_int(s->id), bind_text(s->code),
                    bind_int(digits_of(s->last)), bind_int(s->first), bind_int(s->last),
                    bind_text(s->for_program ? STR("program") : STR("people")),
                    bind_int(who->staff), bind_int(now_ms))));
    return told(a, tx, who, now_ms, STR("fee.series"), s->id, &like);
}

/* The lowest numbers that no pad covers: a returned one covers what it wrote. */
static err run_find(struct arena *a, struct tx *tx, const struct fee_series *s,
                    int64_t count, int64_t *ret_first, int64_t *ret_last)
{
    struct table t;
    struct fee_pad *pads;
    size_t pads_count;
    int64_t from = s->first, until = s->last;

    TRY(snap_query(a, tx_snap(tx), &pads_of_series_sql,
                   BIND(bind_int(s->agency), bind_int(s->id)), &t));
    TRY(pads_read(a, &t, s->agency, &pads, &pads_count));
    for (size_t i = 0; i < pads_count; i++) {
        int64_t covers = pads[i].returned_ms != 0 ? pads[i].next - 1 : pads[i].last;

        if (pads[i].first > from && covers >= pads[i].first) {
            until = pads[i].first - 1;
            break;
        }
        from = covers + 1 > from ? covers + 1 : from;
    }
    if (from > until) {
        FAIL(a, ERR_CONFLICT, SAY("This series has no numbers left. Make the next one."),
             STR("series"), "used up");
    }
    *ret_first = from;
    *ret_last = from + count - 1 < until ? from + count - 1 : until;
    return NULL;
}

static err series_load(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                       struct fee_series *ret)
{
    struct fee_series *list;
    size_t count;

    TRY(fee_series_list(a, tx_snap(tx), agency, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            *ret = list[i];
            return NULL;
        }
    }
    FAIL(a, ERR_MISSING, SAY("There is no such series."), STR("series"), "no series");
}

err fee_pad_issue(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                  int64_t id, int64_t series, int64_t count, int64_t staff,
                  struct fee_pad *ret)
{
    struct fee_series s;
    struct fee_pad p = { .agency = who->agency, .id = id, .series = series };

    TRY(series_load(a, tx, who->agency, series, &s));
    if (s.for_program != (staff == 0)) {
        FAIL(
            a, ERR_INPUT,
            SAY("A series for online payments goes to the program, any other to a person."),
            STR("staff"), "taker");
    }
    TRY(run_find(a, tx, &s, count, &p.first, &p.last));
    p.code = s.code;
    p.digits = s.digits;
    p.staff = staff;
    p.next = p.first;
    TRY(tx_run(a, tx, &pad_put_sql,
               BIND(bind_int(who->agency), bind_int(id), bind_int(series),
                    bind_int(p.first), bind_int(p.last), bind_int(staff),
                    bind_int(who->staff), bind_int(now_ms))));
    TRY(told(a, tx, who, now_ms, STR("fee.pad"), id, &p));
    *ret = p;
    return NULL;
}

err fee_pad_return(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                   int64_t pad)
{
    struct table t;
    struct fee_pad *list;
    size_t count;
    int64_t changed;

    TRY(snap_one(a, tx_snap(tx), &pad_sql, BIND(bind_int(who->agency), bind_int(pad)), &t));
    TRY(pads_read(a, &t, who->agency, &list, &count));
    TRY(tx_change(a, tx, &pad_return_sql,
                  BIND(bind_int(who->agency), bind_int(pad), bind_int(now_ms)), &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("This pad has been returned already."), STR(""),
             "returned");
    }
    list[0].first = list[0].next; /* what comes back */
    return told(a, tx, who, now_ms, STR("fee.pad_back"), pad, &list[0]);
}
