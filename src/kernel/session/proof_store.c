/* proof — whether this key belongs to this database: a start with another one would seal
 * new data so that the right key cannot read them, and find nothing of what is there.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/party/party.h"
#include "kernel/session/session.h"

static const struct query find_sql = {
    "SELECT sealed FROM key_proof WHERE agency_id = ?1", "i",
};
static const struct query put_sql = {
    "INSERT INTO key_proof (agency_id, sealed) VALUES (?1, ?2)", "ib",
};
static const struct query *const all_queries[] = { &find_sql, &put_sql };
const struct query_list key_proof_queries = {
    "key_proof", all_queries, sizeof(all_queries) / sizeof(all_queries[0]),
};

static const struct seal_place place = { AGENCY_CITY, AGENCY_CITY, "key_proof", "sealed" };

static err put_run(void *context, struct arena *a, struct tx *tx)
{
    const str *sealed = context;

    return tx_run(a, tx, &put_sql, BIND(bind_int(AGENCY_CITY), bind_bytes(*sealed)));
}

err key_proof(struct arena *a, struct store *s, const struct keyring *k, bool may_write)
{
    struct snap *snap;
    struct table t;
    str word;

    TRY(snap_begin(a, s, &snap));
    err e = snap_query(a, snap, &find_sql, BIND(bind_int(AGENCY_CITY)), &t);

    snap_end(snap);
    TRY(e);
    if (t.rows == 0) {
        TRY(seal_close(a, k, place, STR("bianmin"), &word));
        return may_write ? store_commit(s, a, AGENCY_CITY, put_run, &word) : NULL;
    }
    if (seal_open(a, k, place, cell_bytes(&t, 0, 0), &word) != NULL) {
        FAIL(a, ERR_DENIED,
             SAY("The key does not belong to this database. "
                 "Put the right key file in its place."),
             STR(""), "the proof does not open");
    }
    return NULL;
}
