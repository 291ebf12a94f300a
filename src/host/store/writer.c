/* writer — one thread through which everything is kept: many commits, one fsync.
 *
 * A group is what waited while the last one was being kept. A commit that refuses is undone
 * alone. Then events are stamped, then COMMIT, then topics, then each commit is told. After
 * a COMMIT that failed nobody is told "kept": the connection is opened anew, the group runs
 * once more, and if that fails too every member gets ERR_BUSY. What fails for another
 * reason than the disk is run one by one, so that one agency's trouble is not everyone's.
 *
 * Savepoints cost an eighth of the whole. Most commits that refuse have changed nothing by
 * then, so a group begins without them; where one has, the group begins again with them,
 * and the next few groups do so at once.
 *
 * A failed fsync may leave rows that are there and were never acknowledged. The writer sees
 * that by the number in store_mark; then it does not run the group again. The person's
 * retry meets the same idempotency key and gets the same receipt.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/driver.h"
#include "host/store/inner.h"

/* Pages that the log grows by before the checkpointer is called: the more, the fewer pages
 * are copied that will change again soon. And the pages before the writer itself copies the
 * rest, because under steady load the log would otherwise never begin anew. */
enum { LOG_PAGES = 2000, LOG_PAGES_MOST = 16000 };
/* Groups with savepoints after one that needed them. */
enum { CAREFUL_GROUPS = 16 };

static const struct query mark_sql = {
    "SELECT greatest_id, groups_kept FROM store_mark WHERE agency_id = 1",
    "",
};
static const struct query mark_keep_sql = {
    "UPDATE store_mark SET greatest_id = ?1, groups_kept = ?2 WHERE agency_id = 1",
    "ii",
};

static const struct query *const queries[] = { &mark_sql, &mark_keep_sql };
const struct query_list writer_queries = { "host/store writer", queries,
                                           sizeof(queries) / sizeof(queries[0]) };

struct member {
    struct commit *commit;
    struct arena_mark *mark;
    struct tx tx;
    err result;
};

struct group {
    struct store *store;
    struct arena *arena; /* of this group; events lie in the arenas of their commits */
    struct group *alone; /* for members one by one; NULL in that one */
    size_t count, kept;
    int careful;    /* groups yet to be run with savepoints */
    bool is_spoilt; /* a member refused after it had changed something, or a change that was
                     * put off has failed */
    struct member member[STORE_GROUP];
};

/* ---- one member ---- */

static err member_call(struct group *g, struct member *m)
{
    struct commit *c = m->commit;
    err e;

    m->tx =
        (struct tx){ .store = g->store, .snap = { .db = g->store->db }, .arena = c->arena };
    m->tx.events_end = &m->tx.events;
    e = c->run(c->context, c->arena, &m->tx);
    return e == NULL && arena_failed(c->arena) ? err_no_memory : e;
}

/* With a mark to go back to. False: the engine has given up the whole transaction. */
static bool member_run_carefully(struct group *g, struct member *m)
{
    struct db *db = g->store->db;

    if (db_mark(g->arena, db) != NULL) {
        return false;
    }
    m->result = member_call(g, m);
    if (db_state(db) == DB_IDLE) {
        return false;
    }
    if (m->result == NULL && db_state(db) == DB_SPOILT) {
        m->result = driver_failed(m->commit->arena, ERR_BROKEN,
                                  STR("a statement failed, and the commit did not say so"));
    }
    if (m->result != NULL && db_mark_back(g->arena, db) != NULL) {
        return false;
    }
    return db_mark_end(g->arena, db) == NULL;
}

/* Without one. The same. */
static bool member_run(struct group *g, struct member *m)
{
    m->result = member_call(g, m);
    g->is_spoilt = g->is_spoilt || (m->result != NULL && m->tx.has_changed) ||
                   db_state(g->store->db) == DB_SPOILT;
    return db_state(g->store->db) != DB_IDLE;
}

/* ---- the group ---- */

static err group_stamp(struct group *g)
{
    struct event **list;
    size_t count = 0, n = 0;

    for (size_t i = 0; i < g->count; i++) {
        for (struct pending_event *p = g->member[i].tx.events; p != NULL; p = p->next) {
            count += g->member[i].result == NULL;
        }
    }
    list = ARENA_ARRAY(g->arena, count, struct event *);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < g->count; i++) {
        struct pending_event *p = g->member[i].result == NULL ? g->member[i].tx.events
                                                              : NULL;

        for (; p != NULL; p = p->next) {
            list[n++] = &p->event;
        }
    }
    return chain_append(g->arena, g->store->db, list, count);
}

static int64_t group_greatest(const struct group *g)
{
    int64_t greatest = g->store->greatest_id;

    for (size_t i = 0; i < g->count; i++) {
        if (g->member[i].result == NULL && g->member[i].tx.greatest_id > greatest) {
            greatest = g->member[i].tx.greatest_id;
        }
    }
    return greatest;
}

static err group_commit(struct group *g)
{
    struct store *s = g->store;

    if (fault_is_now(s, FAULT_COMMIT)) {
        return err_no_memory;
    }
    TRY(db_commit(g->arena, s->db));
    return fault_is_now(s, FAULT_COMMIT_KEPT) ? err_no_memory : NULL;
}

/* In the group's arena, since the members' arenas go back to their marks. */
static err transaction_lost(struct group *g, const struct member *m)
{
    str why = m->result == NULL ? STR("savepoint") : m->result->why;

    FAIL(g->arena, ERR_BUSY,
         SAY("Nothing can be saved just now. Please try again in a few minutes."), STR(""),
         "the transaction is gone: %.*s", STR_ARG(why));
}

/* Begins the transaction and runs the members, until one has spoilt it. */
static err group_run(struct group *g, bool carefully)
{
    struct store *s = g->store;

    g->kept = 0;
    g->is_spoilt = false;
    if (fault_is_now(s, FAULT_BEGIN)) {
        return err_no_memory;
    }
    TRY(db_begin(g->arena, s->db, carefully ? DB_BEGIN_CAREFUL : DB_BEGIN_WRITE));
    for (size_t i = 0; i < g->count && !g->is_spoilt; i++) {
        struct member *m = &g->member[i];

        if (!(carefully ? member_run_carefully(g, m) : member_run(g, m))) {
            return transaction_lost(g, m);
        }
        g->kept += m->result == NULL;
    }
    return NULL;
}

/* Every member's arena goes back to where it was before the first run. */
static bool group_rewind(struct group *g)
{
    for (size_t i = 0; i < g->count; i++) {
        struct member *m = &g->member[i];

        arena_reset(m->commit->arena, m->mark);
        m->mark = arena_mark(m->commit->arena);
        m->result = NULL;
        if (m->mark == NULL) {
            return false;
        }
    }
    return true;
}

static err group_stamp_and_commit(struct group *g)
{
    struct store *s = g->store;
    int64_t greatest = group_greatest(g);

    TRY(group_stamp(g));
    TRY(db_change_later(g->arena, s->db, &mark_keep_sql,
                        BIND(bind_int(greatest), bind_int(s->groups_kept + 1)), 1));
    TRY(group_commit(g));
    s->greatest_id = greatest;
    s->groups_kept++;
    return NULL;
}

/* Nobody is to be kept: what those who refused saw must still be so. */
static err group_drop(struct group *g)
{
    err e = NULL;

    for (size_t i = 0; i < g->count && e == NULL; i++) {
        e = g->member[i].tx.has_changed ? db_settle(g->arena, g->store->db) : NULL;
    }
    if (e == NULL) {
        db_rollback(g->store->db);
    }
    return e;
}

/* One run to its end, or until it is spoilt. */
static err group_once(struct group *g, bool carefully)
{
    err e = group_run(g, carefully);

    if (e != NULL || (g->is_spoilt && g->count > 1)) {
        return e;
    }
    if (db_state(g->store->db) != DB_SPOILT) {
        e = g->kept == 0 ? group_drop(g) : group_stamp_and_commit(g);
    }
    g->is_spoilt = !carefully && db_state(g->store->db) == DB_SPOILT;
    return g->is_spoilt ? NULL : e;
}

/* NULL: what the members' results say is true and durable. */
static err group_try(struct group *g)
{
    TRY(group_once(g, g->careful > 0));
    g->careful -= g->careful > 0;
    if (!g->is_spoilt) {
        return NULL;
    }
    db_rollback(g->store->db);
    g->careful = CAREFUL_GROUPS;
    return group_rewind(g) ? group_once(g, true) : err_no_memory;
}

/* ---- after a failure ---- */

err writer_prepare(struct arena *a, struct store *s)
{
    struct table t;

    TRY(db_query(a, s->db, &mark_sql, NO_VALUES, &t));
    s->greatest_id = cell_int(&t, 0, 0);
    s->groups_kept = cell_int(&t, 0, 1);
    return NULL;
}

/* A connection whose COMMIT failed is not asked again. While there is none, each group
 * tries to open one. */
static err writer_reopen(struct arena *a, struct store *s)
{
    if (s->db != NULL) {
        db_rollback(s->db);
        db_close(s->db);
        s->db = NULL;
    }
    TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_WRITE, &s->db));
    return writer_prepare(a, s);
}

/* `*ret_again`: nothing of the group is in, so that running it once more is right. */
static err group_recover(struct group *g, bool *ret_again)
{
    int64_t before = g->store->groups_kept;

    atomic_fetch_add(&g->store->counters.failures, 1);
    reserve_give_up_if_full(g->store);
    TRY(writer_reopen(g->arena, g->store));
    *ret_again = g->store->groups_kept == before && group_rewind(g);
    return NULL;
}

/* ---- telling ---- */

static void group_fail(struct group *g, err why)
{
    for (size_t i = 0; i < g->count; i++) {
        struct commit *c = g->member[i].commit;

        g->member[i].result = err_new(
            c->arena, ERR_BUSY,
            SAY("Nothing can be saved just now. Please try again in a few minutes."),
            STR(""), "the group failed: %.*s", STR_ARG(why->why));
    }
}

static void group_tell(struct group *g)
{
    struct store *s = g->store;

    for (size_t i = 0; i < g->count; i++) {
        struct pending_topic *t = g->member[i].result == NULL ? g->member[i].tx.topics
                                                              : NULL;

        for (; t != NULL; t = t->next) {
            topic_bump(s, t->slot);
        }
    }
    atomic_fetch_add(&s->counters.commits, g->kept);
    atomic_fetch_add(&s->counters.refused, g->count - g->kept);
    atomic_fetch_add(&s->counters.groups, 1);
    if (g->count > atomic_load(&s->counters.group_largest)) {
        atomic_store(&s->counters.group_largest, g->count);
    }
    /* `done` may free the commit: it is the last that is done with it. */
    for (size_t i = 0; i < g->count; i++) {
        g->member[i].commit->done(g->member[i].commit->context, g->member[i].result);
    }
}

static void group_keep(struct group *g);

static void group_keep_one_by_one(struct group *g)
{
    struct group *alone = g->alone;

    for (size_t i = 0; i < g->count; i++) {
        alone->member[0] = g->member[i];
        alone->count = 1;
        group_keep(alone);
    }
}

static void group_keep(struct group *g)
{
    bool again = true;
    err e = g->store->db == NULL ? writer_reopen(g->arena, g->store) : NULL;

    for (int round = 0; e == NULL && again && round < 2; round++) {
        err failed = group_try(g);

        if (failed == NULL) {
            group_tell(g);
            return;
        }
        again = false;
        e = group_recover(g, &again);
        if (e == NULL && again && failed->kind != ERR_BUSY && g->count > 1) {
            group_keep_one_by_one(g);
            return;
        }
        if (e == NULL && (!again || round == 1)) {
            e = failed;
        }
    }
    g->kept = 0;
    group_fail(g, e != NULL ? e : err_no_memory);
    group_tell(g);
}

static void group_fill(struct group *g, struct commit **list, int count)
{
    g->count = 0;
    g->kept = 0;
    for (int i = 0; i < count; i++) {
        struct arena_mark *mark = arena_mark(list[i]->arena);

        if (mark == NULL) {
            list[i]->done(list[i]->context, err_no_memory);
            continue;
        }
        g->member[g->count++] = (struct member){ .commit = list[i], .mark = mark };
    }
}

static void writer_checkpoint(struct group *g)
{
    struct store *s = g->store;
    int pages = s->db == NULL ? 0 : db_log_pages(s->db);

    if (pages < s->log_asked) {
        s->log_asked = 0; /* the log has begun anew */
    }
    if (pages - s->log_asked < LOG_PAGES) {
        return;
    }
    s->log_asked = pages;
    checkpointer_want(s);
    if (pages > LOG_PAGES_MOST && checkpoint_run(g->arena, s->db) == NULL) {
        atomic_fetch_add(&s->counters.checkpoints, 1);
    }
}

static void *writer_main(void *of)
{
    struct group *g = of;
    struct store *s = g->store;
    struct commit *list[STORE_GROUP];

    pthread_setname_np(pthread_self(), "writer");
    for (int n = queue_take(&s->queue, list); n > 0; n = queue_take(&s->queue, list)) {
        struct arena_mark *mark = arena_mark(g->arena);

        group_fill(g, list, n);
        if (g->count > 0) {
            group_keep(g);
        }
        arena_reset(g->arena, mark);
        writer_checkpoint(g);
    }
    arena_free(g->arena);
    return NULL;
}

/* The thread's arena holds the group and ends with the thread, not with the store's arena:
 * what was deferred last there is run first, while the writer is still at work. */
err writer_start(struct arena *a, struct store *s)
{
    struct arena *own = arena_new(0);
    struct group *g = own == NULL ? NULL : ARENA_NEW(own, struct group);
    struct group *alone = g == NULL ? NULL : ARENA_NEW(own, struct group);
    err e = alone == NULL ? err_no_memory : writer_prepare(a, s);

    if (e == NULL) {
        *g = (struct group){ .store = s, .arena = own, .alone = alone };
        *alone = (struct group){ .store = s, .arena = own };
        if (pthread_create(&s->writer, NULL, writer_main, g) != 0) {
            e = err_new(a, ERR_BUSY,
                        SAY("The program could not start a thread. Try again later."),
                        STR(""), "writer");
        }
    }
    if (e != NULL) {
        arena_free(own);
    }
    return e;
}
