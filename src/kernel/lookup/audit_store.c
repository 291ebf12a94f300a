/* audit_store — what government ethics found in drawn look-ups.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/lookup/inside.h"

#define BODY_BYTES 1024

static const struct query list_sql = {
    "SELECT x.lookup_id, x.turn, x.outcome, x.staff_id, x.at_ms, x.note FROM lookup_audit "
    "x "
    "JOIN lookup l ON l.agency_id = x.agency_id AND l.id = x.lookup_id "
    "WHERE x.agency_id = ?1 AND l.month_key = ?2 ORDER BY x.lookup_id, x.turn",
    "it",
};
static const struct query turn_sql = {
    "SELECT COUNT(*) FROM lookup_audit WHERE agency_id = ?1 AND lookup_id = ?2", "ii",
};
static const struct query one_sql = {
    "SELECT staff_id, casefile_id FROM lookup WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query put_sql = {
    "INSERT INTO lookup_audit (agency_id, lookup_id, turn, outcome, staff_id, at_ms, note) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iiitiib",
};
static const struct query *const all_queries[] = { &list_sql, &turn_sql, &one_sql,
                                                   &put_sql };
const struct query_list lookup_audit_queries = {
    "lookup (audit)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err lookup_audits(struct arena *a, struct snap *snap, int64_t agency, str month,
                  struct lookup_audit **ret, size_t *ret_count)
{
    struct table t;
    struct lookup_audit *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_text(month)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct lookup_audit);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct lookup_audit){
            .lookup = cell_int(&t, i, 0), .turn = (int)cell_int(&t, i, 1),
            .in_order = str_equal(cell_text(&t, i, 2), STR("in_order")),
            .staff = cell_int(&t, i, 3), .at_ms = cell_int(&t, i, 4),
            .note = cell_bytes(&t, i, 5),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static struct seal_place place_of(int64_t agency, int64_t lookup)
{
    return (struct seal_place){ agency, lookup, "lookup_audit", "note" };
}

err lookup_audit_seal(struct arena *a, const struct keyring *k, int64_t agency,
                      struct lookup_audit *x, str note)
{
    if (str_is_empty(note)) {
        x->note = STR("");
        return NULL;
    }
    return seal_close(a, k, place_of(agency, x->lookup),
                      str_join(a, seal_random(a, LOOKUP_SALT_BYTES), note), &x->note);
}

err lookup_audit_open(struct arena *a, const struct keyring *k, int64_t agency,
                      const struct lookup_audit *x, str *ret_note)
{
    str salted;

    *ret_note = STR("");
    if (x->note.len == 0) {
        return NULL;
    }
    TRY(seal_open(a, k, place_of(agency, x->lookup), x->note, &salted));
    *ret_note = str_slice(salted, LOOKUP_SALT_BYTES, salted.len);
    return NULL;
}

static err told(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                const struct lookup_audit *x)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("lookup"), id_text(a, x->lookup));
    json_put_int(&j, STR("turn"), x->turn);
    json_put_text(&j, STR("outcome"), x->in_order ? STR("in_order") : STR("ask"));
    json_end_object(&j);

    const struct event e = { .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
                             .kind = STR("lookup.audited"), .body = buf_str(&b) };

    return tx_event(tx, &e);
}

err lookup_audit_put(struct arena *a, struct tx *tx, const struct actor *who,
                     int64_t now_ms, const struct lookup_audit *x)
{
    struct table t, turn;

    TRY(snap_one(a, tx_snap(tx), &one_sql, BIND(bind_int(who->agency), bind_int(x->lookup)),
                 &t));
    if (cell_int(&t, 0, 0) == who->staff) {
        FAIL(a, ERR_DENIED, SAY("A colleague looks at your own look-ups."), STR(""), "own");
    }
    TRY(snap_one(a, tx_snap(tx), &turn_sql,
                 BIND(bind_int(who->agency), bind_int(x->lookup)), &turn));
    if (cell_int(&turn, 0, 0) + 1 != x->turn) {
        FAIL(a, ERR_CONFLICT,
             SAY("Somebody has just changed this. Look at the newest state."), STR(""),
             "another turn");
    }
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(who->agency), bind_int(x->lookup), bind_int(x->turn),
                    bind_text(x->in_order ? STR("in_order") : STR("ask")),
                    bind_int(who->staff), bind_int(now_ms), bind_bytes(x->note))));
    return told(a, tx, who, now_ms, x);
}
