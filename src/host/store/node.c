/* node — which ten bits of every id this process may use: a leased row.
 *
 * Here one process owns the database (the lock says so), so every other lease is a dead
 * one. Each start takes the next number: ids made after a restored backup then differ from
 * those that were made between the backup and the loss.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

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

struct lease {
    int64_t now_ms;
    int node;
};

static err lease_run(void *context, struct arena *a, struct tx *tx)
{
    struct lease *l = context;
    struct table last;

    TRY(snap_query(a, tx_snap(tx), &last_sql, NO_VALUES, &last));
    l->node = last.rows == 0 ? 0 : (int)((cell_int(&last, 0, 0) + 1) % 1024);
    TRY(tx_run(a, tx, &clear_sql, NO_VALUES));
    return tx_run(a, tx, &take_sql,
                  BIND(bind_int(l->node),
                       bind_text(str_format(a, "process %ld", (long)getpid())),
                       bind_int(l->now_ms + HELD_MS)));
}

err store_lease_node(struct arena *a, struct store *s, int64_t now_ms, int *ret_node)
{
    struct lease l = { .now_ms = now_ms };

    TRY(store_commit(s, a, 1, lease_run, &l));
    *ret_node = l.node;
    return NULL;
}
