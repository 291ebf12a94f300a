/* check_store — for `bianmin check`: receipts follow each other, sheets say what their
 * receipts say, sealed copies are as they were.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/fee/inside.h"

static const struct query pads_sql = {
    "SELECT p.id, s.code, p.first_number, p.last_number, COUNT(r.id), MIN(r.number), "
    "MAX(r.number), COALESCE((SELECT u.used FROM fee_pad_used u "
    "WHERE u.agency_id = p.agency_id AND u.pad_id = p.id), 0) FROM fee_pad p "
    "JOIN fee_series s ON s.agency_id = p.agency_id AND s.id = p.series_id "
    "LEFT JOIN fee_receipt r ON r.agency_id = p.agency_id AND r.pad_id = p.id "
    "WHERE p.agency_id = ?1 GROUP BY p.agency_id, p.id, s.code, p.first_number, "
    "p.last_number ORDER BY p.id", "i",
};
static const struct query lines_sql = {
    "SELECT r.id FROM fee_receipt r WHERE r.agency_id = ?1 AND r.dollars <> "
    "COALESCE((SELECT SUM(l.dollars) FROM fee_receipt_line l "
    "WHERE l.agency_id = r.agency_id AND l.receipt_id = r.id), 0)", "i",
};
/* Of a case, or of a stroke that was not taken back. */
static const struct query owners_sql = {
    "SELECT r.id FROM fee_receipt r WHERE r.agency_id = ?1 AND ("
    "(r.casefile_id IS NULL AND r.stroke_id IS NULL) OR (r.stroke_id IS NOT NULL AND "
    "(r.casefile_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM tally t "
    "WHERE t.agency_id = r.agency_id AND t.id = r.stroke_id) OR (r.state = 'given' AND "
    "EXISTS (SELECT 1 FROM tally u WHERE u.agency_id = r.agency_id "
    "AND u.takes_back = r.stroke_id AND u.takes_back <> 0)))))", "i",
};
static const struct query sheets_sql = {
    "SELECT id FROM fee_sheet WHERE agency_id = ?1 ORDER BY id", "i",
};
static const struct query *const all_queries[] = { &pads_sql, &lines_sql, &owners_sql,
                                                 &sheets_sql };
const struct query_list fee_check_queries = {
    "fee (check)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* What is said is passed on, faults are counted. */
struct counting {
    fee_say *say;
    void *context;
    int64_t faults, receipts;
    size_t sheets;
};

static void count_say(void *context, bool sound, str line)
{
    struct counting *c = context;

    c->faults += sound ? 0 : 1;
    c->say(c->context, sound, line);
}

static err pads_check(struct arena *a, struct snap *snap, int64_t agency,
                      struct counting *c)
{
    struct table t;

    TRY(snap_query(a, snap, &pads_sql, BIND(bind_int(agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t first = cell_int(&t, i, 2), count = cell_int(&t, i, 4);
        c->receipts += count;
        bool follow = count == 0 || (cell_int(&t, i, 5) == first &&
                                     cell_int(&t, i, 6) == first + count - 1);

        if (!follow || count != cell_int(&t, i, 7) ||
            first + count - 1 > cell_int(&t, i, 3)) {
            count_say(c, false,
                      str_format(a, "receipts %.*s from %lld do not follow each other",
                                 STR_ARG(cell_text(&t, i, 1)), (long long)first));
        }
    }
    TRY(snap_query(a, snap, &lines_sql, BIND(bind_int(agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        count_say(c, false,
                  str_format(a, "receipt %lld is not the sum of its lines",
                             (long long)cell_int(&t, i, 0)));
    }
    TRY(snap_query(a, snap, &owners_sql, BIND(bind_int(agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        count_say(c, false,
                  str_format(a, "receipt %lld belongs to nothing that stands",
                             (long long)cell_int(&t, i, 0)));
    }
    return NULL;
}

static err sheet_check(struct arena *a, struct snap *snap, const struct keyring *k,
                       int64_t agency, int64_t id, fee_say *say, void *context)
{
    struct fee_sheet s;
    str copy;
    err e;

    TRY(fee_sheet_load(a, snap, agency, id, &s));
    e = k == NULL ? NULL : fee_sheet_copy(a, snap, k, agency, id, &copy);
    if (e != NULL && e->kind != ERR_BROKEN) {
        return e;
    }
    if (e != NULL || (k != NULL && !str_equal(copy, fee_sheet_content(a, &s)))) {
        say(context, false,
            str_format(a, "the daily sheet of %.*s is not as it was sealed",
                       STR_ARG(day_iso(a, s.day))));
    }
    return NULL;
}

static err all_check(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, struct counting *c)
{
    struct table t;

    TRY(pads_check(a, snap, agency, c));
    TRY(snap_query(a, snap, &sheets_sql, BIND(bind_int(agency)), &t));
    c->sheets = t.rows;
    for (size_t i = 0; i < t.rows; i++) {
        struct arena_mark *mark = arena_mark(a);

        TRY(sheet_check(a, snap, k, agency, cell_int(&t, i, 0), count_say, c));
        arena_reset(a, mark);
    }
    return NULL;
}

static void arena_free_v(void *arena)
{
    arena_free(arena);
}

err fee_check(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
              fee_say *say, void *context)
{
    struct counting c = { .say = say, .context = context };
    struct arena *own = arena_new(0);
    struct snap *snap;

    if (own == NULL || !arena_defer(a, arena_free_v, own)) {
        return err_no_memory;
    }
    TRY(snap_begin(own, s, &snap));
    err e = all_check(own, snap, k, agency, &c);

    snap_end(snap);
    if (e == NULL && c.faults == 0) {
        say(context, true,
            str_format(a, "agency %lld: %lld receipts without a gap, %zu daily sheets",
                       (long long)agency, (long long)c.receipts, c.sheets));
    }
    return e;
}
