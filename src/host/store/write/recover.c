/* recover — what became of a group whose transaction failed.
 *
 * On a connection that still stands, nothing of the group is in: it runs again. After one
 * that was lost nobody knows. On a new one the writer reads its mark, a number that each
 * group raises. If that has not moved, nothing of the group is in. If it has, all of it is:
 * a server over the network is then asked to commit something behind it, which waits until
 * both are as safe as a COMMIT should be (a row that only the old leader had would be seen,
 * and could still be lost). A disk that once failed to sync cannot be asked that way; the
 * person's retry meets the same idempotency key and gets the same receipt.
 *
 * A connection that we gave up may still be at work on the far side. So where that can be
 * (retry_seconds), a transaction takes the row of the mark before all else: who reads the
 * mark afterwards, for update, waits until it has come to its end. Who takes over the node
 * number of another process makes a step in the mark that no group makes: were that
 * process still alive, its transaction would not find its mark any more.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/driver.h"
#include "host/store/node/node.h"
#include "host/store/write/writer.h"

enum { STEP_OF_A_NEW_HOLDER = 1024 };

static const struct query mark_sql = {
    "SELECT greatest_id, groups_kept FROM writer_mark "
    "WHERE agency_id = 1 AND node = ?1 AND writer = ?2",
    "ii",
    .postgres = "SELECT greatest_id, groups_kept FROM writer_mark "
                "WHERE agency_id = 1 AND node = ?1 AND writer = ?2 FOR UPDATE",
};
static const struct query mark_hold_sql = {
    "INSERT INTO writer_mark (agency_id, node, writer, groups_kept, greatest_id) "
    "VALUES (1, ?1, ?2, 0, 0) ON CONFLICT (agency_id, node, writer) "
    "DO UPDATE SET groups_kept = writer_mark.groups_kept + ?3",
    "iii",
};
static const struct query mark_take_sql = {
    "UPDATE writer_mark SET groups_kept = groups_kept "
    "WHERE agency_id = 1 AND node = ?1 AND writer = ?2 AND groups_kept = ?3",
    "iii",
};
static const struct query mark_keep_sql = {
    "UPDATE writer_mark SET greatest_id = ?3, groups_kept = ?4 "
    "WHERE agency_id = 1 AND node = ?1 AND writer = ?2",
    "iiii",
};

static const struct query *const queries[] = { &mark_sql, &mark_hold_sql, &mark_take_sql,
                                               &mark_keep_sql };
const struct query_list writer_queries = { "host/store writer", queries,
                                           sizeof(queries) / sizeof(queries[0]) };

static bool may_go_on_alone(const struct writer *w)
{
    return w->store->driver->retry_seconds > 0;
}

/* ---- the mark ---- */

err writer_mark_take(struct arena *a, struct writer *w)
{
    return may_go_on_alone(w)
               ? db_change_later(a, w->db, &mark_take_sql,
                                 BIND(bind_int(w->node), bind_int(w->number),
                                      bind_int(w->groups_kept)),
                                 1)
               : NULL;
}

err writer_mark_keep(struct arena *a, struct writer *w, int64_t greatest)
{
    return db_change_later(a, w->db, &mark_keep_sql,
                           BIND(bind_int(w->node), bind_int(w->number), bind_int(greatest),
                                bind_int(w->groups_kept + 1)),
                           1);
}

/* Waits for a COMMIT that may still be under way. */
static err mark_read(struct arena *a, struct writer *w)
{
    struct table t;

    TRY(db_query(a, w->db, &mark_sql, BIND(bind_int(w->node), bind_int(w->number)), &t));
    w->greatest_id = cell_int(&t, 0, 0);
    w->groups_kept = cell_int(&t, 0, 1);
    return NULL;
}

static err mark_hold(struct arena *a, struct writer *w, int node)
{
    int64_t changed;

    TRY(db_change(
        a, w->db, &mark_hold_sql,
        BIND(bind_int(node), bind_int(w->number), bind_int(STEP_OF_A_NEW_HOLDER)),
        &changed));
    w->node = node;
    return mark_read(a, w);
}

/* ---- the connection ---- */

static err open_anew(struct arena *a, struct writer *w)
{
    struct store *s = w->store;

    if (w->db != NULL) {
        db_rollback(w->db);
        db_close(w->db);
        w->db = NULL;
    }
    TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_WRITE, &w->db));
    atomic_fetch_add(&s->counters.reconnects, w->node >= 0);
    return w->node >= 0 ? mark_read(a, w) : NULL;
}

static err get_ready(struct arena *a, struct writer *w)
{
    int node = atomic_load(&w->store->node->number);

    if (w->db == NULL) {
        TRY(open_anew(a, w));
    }
    return w->node == node ? NULL : mark_hold(a, w, node);
}

err writer_ready(struct arena *a, struct writer *w)
{
    err e;

    TRY(node_check(a, w->store));
    e = get_ready(a, w);
    if (e != NULL) { /* the mark may not be what we think */
        db_close(w->db);
        w->db = NULL;
    }
    return e;
}

/* ---- after a failure ---- */

/* A COMMIT that comes back says so of all that was committed before it. */
static err confirm(struct arena *a, struct writer *w)
{
    TRY(db_begin(a, w->db, DB_BEGIN_WRITE));
    TRY(writer_mark_take(a, w));
    return db_commit(a, w->db);
}

/* With the node number that the group was run under, whatever we have by now. */
static err look_again(struct group *g, int64_t before, enum fate *ret)
{
    struct writer *w = g->writer;

    TRY(open_anew(g->arena, w));
    if (!g->is_sent || w->groups_kept == before) {
        *ret = FATE_AGAIN;
    } else if (w->groups_kept != before + 1 || !may_go_on_alone(w)) {
        *ret = FATE_REFUSED;
    } else {
        TRY(confirm(g->arena, w));
        *ret = FATE_KEPT;
    }
    return NULL;
}

enum fate group_fate(struct group *g, err *ret_why)
{
    struct writer *w = g->writer;
    int64_t before = w->groups_kept;
    enum fate fate = FATE_UNKNOWN;
    err e;

    reserve_give_up_if_full(w->store);
    if (w->db != NULL && !db_is_lost(w->db) && !g->is_cut) {
        db_rollback(w->db);
        return FATE_AGAIN;
    }
    atomic_fetch_add(&w->store->counters.lost, w->db != NULL);
    e = look_again(g, before, &fate);
    if (e != NULL) {
        *ret_why = e;
        w->groups_kept = before; /* for the next look */
        atomic_fetch_add(&w->store->counters.lost, w->db != NULL && db_is_lost(w->db));
        db_close(w->db);
        w->db = NULL;
        return FATE_UNKNOWN;
    }
    if (fate == FATE_REFUSED) {
        *ret_why = driver_failed(g->arena, ERR_BUSY, STR("it may be in"));
    }
    return fate;
}
