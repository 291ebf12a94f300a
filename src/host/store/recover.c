/* recover — what became of a group whose transaction failed.
 *
 * After a COMMIT that failed nobody knows: its connection is not asked again. On a new one
 * the writer reads its mark, a number that each group raises. If that has not moved, nothing
 * of the group is in. If it has, all of it is in: a server over the network is then asked to
 * commit something behind it, which waits until both are as safe as a COMMIT should be (a
 * row that only the old leader had would be seen, and could still be lost). A disk that once
 * failed to sync cannot be asked that way; the person's retry meets the same idempotency key
 * and gets the same receipt.
 *
 * A connection that we gave up may still be at work on the far side. So where that can be
 * (retry_seconds), a transaction takes the row of the mark before all else: who reads the
 * mark afterwards, for update, waits until it has come to its end.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/driver.h"
#include "host/store/inner.h"
#include "host/store/writer.h"

static const struct query mark_sql = {
    "SELECT greatest_id, groups_kept FROM store_mark WHERE agency_id = 1",
    "",
    .postgres = "SELECT greatest_id, groups_kept FROM store_mark WHERE agency_id = 1 "
                "FOR UPDATE",
};
static const struct query mark_take_sql = {
    "UPDATE store_mark SET groups_kept = groups_kept WHERE agency_id = 1 "
    "AND groups_kept = ?1",
    "i",
};
static const struct query mark_keep_sql = {
    "UPDATE store_mark SET greatest_id = ?1, groups_kept = ?2 WHERE agency_id = 1",
    "ii",
};

static const struct query *const queries[] = { &mark_sql, &mark_take_sql, &mark_keep_sql };
const struct query_list writer_queries = { "host/store writer", queries,
                                           sizeof(queries) / sizeof(queries[0]) };

static bool may_go_on_alone(const struct writer *w)
{
    return w->store->driver->retry_seconds > 0;
}

err writer_mark_take(struct arena *a, struct writer *w)
{
    return may_go_on_alone(w) ? db_change_later(a, w->db, &mark_take_sql,
                                                BIND(bind_int(w->groups_kept)), 1)
                              : NULL;
}

err writer_mark_keep(struct arena *a, struct writer *w, int64_t greatest)
{
    return db_change_later(a, w->db, &mark_keep_sql,
                           BIND(bind_int(greatest), bind_int(w->groups_kept + 1)), DB_ANY);
}

err writer_prepare(struct arena *a, struct writer *w)
{
    struct table t;

    TRY(db_query(a, w->db, &mark_sql, NO_VALUES, &t));
    w->greatest_id = cell_int(&t, 0, 0);
    w->groups_kept = cell_int(&t, 0, 1);
    return NULL;
}

/* While there is no connection, each group tries to open one. */
err writer_reopen(struct arena *a, struct writer *w)
{
    struct store *s = w->store;

    if (w->db != NULL) {
        db_rollback(w->db);
        db_close(w->db);
        w->db = NULL;
    }
    TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_WRITE, &w->db));
    return writer_prepare(a, w);
}

/* A COMMIT that comes back says so of all that was committed before it. */
static err confirm(struct arena *a, struct writer *w)
{
    TRY(db_begin(a, w->db, DB_BEGIN_WRITE));
    TRY(writer_mark_take(a, w));
    return db_commit(a, w->db);
}

enum fate group_fate(struct group *g, err *ret_why)
{
    struct writer *w = g->writer;
    int64_t before = w->groups_kept;
    err e;

    atomic_fetch_add(&w->store->counters.failures, 1);
    reserve_give_up_if_full(w->store);
    e = writer_reopen(g->arena, w);
    if (e == NULL && (!g->is_sent || w->groups_kept == before)) {
        return FATE_AGAIN;
    }
    if (e == NULL && (w->groups_kept != before + 1 || !may_go_on_alone(w))) {
        *ret_why = driver_failed(g->arena, ERR_BUSY, STR("it may be in"));
        return FATE_REFUSED;
    }
    if (e == NULL) {
        e = confirm(g->arena, w);
    }
    if (e == NULL) {
        return FATE_KEPT;
    }
    *ret_why = e;
    w->groups_kept = before; /* for the next look */
    db_close(w->db);         /* and the next group reads it anew */
    w->db = NULL;
    return FATE_UNKNOWN;
}
