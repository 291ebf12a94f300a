/* node — the number that this process may use in ids: a leased row.
 *
 * Each start takes the next number: ids made after a restored backup then differ from those
 * that were made between the backup and the loss.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/inner.h"

#include <unistd.h>

#define HELD_MS (INT64_C(365) * 86400000)

static const struct query last_sql = {
    "SELECT node FROM node_lease WHERE agency_id = 1 "
    "ORDER BY until_ms DESC, node DESC LIMIT 1",
    "",
};
static const struct query clear_sql = { "DELETE FROM node_lease WHERE agency_id = 1", "" };
static const struct query take_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (1, ?1, ?2, ?3)",
    "iti",
};

static const struct query *const queries[] = { &last_sql, &clear_sql, &take_sql };
const struct query_list store_queries = { "host/store", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

static err take(struct arena *a, struct db *db, int64_t now_ms, int *ret_node)
{
    struct table last;
    int64_t changed;

    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    TRY(db_query(a, db, &last_sql, NO_VALUES, &last));
    *ret_node = last.rows == 0 ? 0 : (int)((cell_int(&last, 0, 0) + 1) % 1024);
    TRY(db_change(a, db, &clear_sql, NO_VALUES, &changed));
    TRY(db_change(a, db, &take_sql,
                  BIND(bind_int(*ret_node),
                       bind_text(str_format(a, "process %ld", (long)getpid())),
                       bind_int(now_ms + HELD_MS)),
                  &changed));
    return db_commit(a, db);
}

/* Another process may take the same number at the same time: then one of us is refused. */
err node_take(struct arena *a, struct db *db, int64_t now_ms, int *ret_node)
{
    err e = take(a, db, now_ms, ret_node);

    for (int more = 20; e != NULL && e->kind == ERR_CONFLICT && more > 0; more--) {
        db_rollback(db);
        e = take(a, db, now_ms, ret_node);
    }
    if (e != NULL) {
        db_rollback(db);
    }
    return e;
}

err store_lease_node(struct arena *a, struct store *s, int64_t now_ms, int *ret_node)
{
    (void)a;
    (void)now_ms;
    *ret_node = atomic_load(&s->node);
    return NULL;
}
