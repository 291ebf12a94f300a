/* apply_draft_store — drafts in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/apply/apply.h"
#include "feature/apply/apply_draft.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#define TOKEN_BYTES 24
#define USE "apply_draft"

static const struct query find_sql = {
    "SELECT id, service, service_version, reached, answers, case_number, until_ms "
    "FROM apply_draft WHERE agency_id = ?1 AND token_hash = ?2 AND until_ms > ?3", "ibi",
};
static const struct query insert_sql = {
    "INSERT INTO apply_draft (agency_id, id, token_hash, service, service_version, "
    "reached, answers, case_number, until_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8)",
    "iibtiibi",
};
static const struct query update_sql = {
    "UPDATE apply_draft SET reached = ?3, answers = ?4, until_ms = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND case_number = ''", "iiibi",
};
static const struct query sent_sql = {
    "UPDATE apply_draft SET case_number = ?3 WHERE agency_id = ?1 AND id = ?2", "iit",
};
static const struct query old_sql = {
    "SELECT agency_id, id FROM apply_draft WHERE until_ms <= ?1 "
    "ORDER BY until_ms LIMIT 200",
    "i",
};
static const struct query delete_sql = {
    "DELETE FROM apply_draft WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query *const all_queries[] = {
    &find_sql, &insert_sql, &update_sql, &sent_sql, &old_sql, &delete_sql,
};
const struct query_list apply_queries = {
    "apply", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct seal_place place_of(int64_t agency, int64_t id)
{
    return (struct seal_place){ agency, id, "apply_draft", "answers" };
}

err apply_draft_find(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, str token, int64_t now_ms, struct apply_draft *ret)
{
    struct apply_draft d = { .agency = agency, .token = token,
                             .token_hash = seal_token_hash(a, k, USE, token) };
    struct table t;

    TRY(snap_query(a, snap, &find_sql,
                   BIND(bind_int(agency), bind_bytes(d.token_hash), bind_int(now_ms)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING,
             SAY("What you typed is no longer here. It is kept for 24 hours."), STR(""),
             "no draft");
    }
    d.id = cell_int(&t, 0, 0);
    d.service = cell_text(&t, 0, 1);
    d.version = (int)cell_int(&t, 0, 2);
    d.reached = (int)cell_int(&t, 0, 3);
    d.case_number = cell_text(&t, 0, 5);
    d.until_ms = cell_int(&t, 0, 6);
    TRY(seal_open(a, k, place_of(agency, d.id), cell_bytes(&t, 0, 4), &d.answers));
    *ret = d;
    return NULL;
}

err apply_draft_begin(struct arena *a, const struct keyring *k, struct apply_draft *d)
{
    str random = seal_random(a, TOKEN_BYTES);

    if (random.len != TOKEN_BYTES) {
        return err_no_memory;
    }
    d->is_new = true;
    d->token = str_hex(a, random);
    d->token_hash = seal_token_hash(a, k, USE, d->token);
    return NULL;
}

err apply_draft_seal(struct arena *a, const struct keyring *k, struct apply_draft *d)
{
    return seal_close(a, k, place_of(d->agency, d->id), d->answers, &d->sealed);
}

err apply_draft_put(struct arena *a, struct tx *tx, const struct apply_draft *d)
{
    if (d->is_new) {
        return tx_run(a, tx, &insert_sql,
                      BIND(bind_int(d->agency), bind_int(d->id), bind_bytes(d->token_hash),
                           bind_text(d->service), bind_int(d->version),
                           bind_int(d->reached), bind_bytes(d->sealed),
                           bind_int(d->until_ms)));
    }
    return tx_change_one(a, tx, &update_sql,
                         BIND(bind_int(d->agency), bind_int(d->id), bind_int(d->reached),
                              bind_bytes(d->sealed), bind_int(d->until_ms)));
}

err apply_draft_sent(struct arena *a, struct tx *tx, int64_t agency, int64_t id, str number)
{
    return tx_run(a, tx, &sent_sql,
                  BIND(bind_int(agency), bind_int(id), bind_text(number)));
}

err apply_draft_sweep(struct arena *a, struct tx *tx, int64_t now_ms, int64_t *ret_swept)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &old_sql, BIND(bind_int(now_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        TRY(tx_run(a, tx, &delete_sql,
                   BIND(bind_int(cell_int(&t, i, 0)), bind_int(cell_int(&t, i, 1)))));
    }
    *ret_swept = (int64_t)t.rows;
    return NULL;
}
