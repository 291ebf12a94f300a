/* records_store — one row and one event for each look at a reading.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/records/records_store.h"

#include "base/arena.h"
#include "base/buf.h"
#include "feature/records/records.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#define SALT_BYTES 16
#define BODY_BYTES 1024

static const struct query looks_sql = {
    "SELECT " LOOK_COLUMNS " FROM reading_look l "
    "WHERE l.agency_id = ?1 AND l.event_seq >= ?2 AND l.event_seq <= ?3 "
    "ORDER BY l.event_seq, l.turn",
    "iii",
};
static const struct query turn_sql = {
    "SELECT COUNT(*) FROM reading_look WHERE agency_id = ?1 AND event_seq = ?2", "ii",
};
static const struct query put_sql = {
    "INSERT INTO reading_look (agency_id, event_seq, turn, outcome, staff_id, at_ms, note) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iiitiib",
};
static const struct query *const all_queries[] = { &looks_sql, &turn_sql, &put_sql };
const struct query_list records_queries = {
    "records", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place place_of(const struct look *l)
{
    return (struct seal_place){ l->agency, l->seq, "reading_look", "note" };
}

str look_outcome(const struct look *l)
{
    return l->in_order ? STR("in_order") : STR("ask");
}

struct look look_at(const struct table *t, size_t row, int64_t agency)
{
    return (struct look){
        .agency = agency,
        .seq = cell_int(t, row, 0),
        .turn = cell_int(t, row, 1),
        .in_order = str_equal(cell_text(t, row, 2), STR("in_order")),
        .staff = cell_int(t, row, 3),
        .at_ms = cell_int(t, row, 4),
        .note = cell_bytes(t, row, 5),
    };
}

err look_open(struct arena *a, const struct keyring *k, struct look *l)
{
    str salted;

    if (str_is_empty(l->note)) {
        return NULL;
    }
    TRY(seal_open(a, k, place_of(l), l->note, &salted));
    l->note = str_slice(salted, SALT_BYTES, salted.len);
    l->note_hash = str_hex(a, seal_sha256(a, salted));
    return arena_failed(a) ? err_no_memory : NULL;
}

err looks_load(struct arena *a, struct snap *snap, const struct keyring *k, int64_t agency,
               int64_t first, int64_t last, struct look **ret, size_t *ret_count)
{
    struct table t;
    struct look *list;

    TRY(snap_query(a, snap, &looks_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct look);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = look_at(&t, i, agency);
        TRY(look_open(a, k, &list[i]));
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err look_seal(struct arena *a, const struct keyring *k, struct look *l)
{
    str salted;

    if (str_is_empty(l->note)) {
        return NULL;
    }
    salted = str_join(a, seal_random(a, SALT_BYTES), l->note);
    TRY(seal_close(a, k, place_of(l), salted, &l->note));
    l->note_hash = str_hex(a, seal_sha256(a, salted));
    return arena_failed(a) ? err_no_memory : NULL;
}

static str body_of(struct arena *a, const struct look *l)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("reading"), l->seq);
    json_put_int(&j, STR("turn"), l->turn);
    json_put_text(&j, STR("outcome"), look_outcome(l));
    if (!str_is_empty(l->note_hash)) {
        json_put_text(&j, STR("note"), l->note_hash);
    }
    json_end_object(&j);
    return buf_str(&b);
}

err look_put(struct arena *a, struct tx *tx, const struct look *l)
{
    struct event e = {
        .agency = l->agency, .at_ms = l->at_ms, .actor = l->staff,
        .kind = STR("reading.looked"), .body = body_of(a, l),
    };
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &turn_sql, BIND(bind_int(l->agency), bind_int(l->seq)),
                 &t));
    if (cell_int(&t, 0, 0) + 1 != l->turn) {
        FAIL(a, ERR_CONFLICT,
             SAY("A colleague has looked at this reading meanwhile. "
                 "See what was found, then go on."),
             STR(""), "turn %lld", (long long)l->turn);
    }
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(l->agency), bind_int(l->seq), bind_int(l->turn),
                    bind_text(look_outcome(l)), bind_int(l->staff), bind_int(l->at_ms),
                    bind_bytes(l->note))));
    return tx_event(tx, &e);
}
