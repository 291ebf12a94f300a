/* group — many commits in one transaction.
 *
 * Savepoints cost an eighth of the whole on SQLite, and a round trip each on PostgreSQL.
 * Most commits that refuse have changed nothing by then, so a group begins without them;
 * where one has (or where a change that was put off has failed), the group begins again
 * with them, and the next few groups do so at once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/driver.h"
#include "host/store/node/node.h"
#include "host/store/write/chain.h"
#include "host/store/write/writer.h"

#include <string.h>

/* Groups with savepoints after one that needed them. */
enum { CAREFUL_GROUPS = 16 };

/* ---- one member ---- */

static err member_call(struct group *g, struct member *m)
{
    struct commit *c = m->commit;
    err e;

    m->tx = (struct tx){ .store = g->writer->store,
                         .group = g,
                         .snap = { .db = g->writer->db },
                         .arena = c->arena };
    m->tx.events_end = &m->tx.events;
    e = c->run(c->context, c->arena, &m->tx);
    return e == NULL && arena_failed(c->arena) ? err_no_memory : e;
}

/* With a mark to go back to. False: the engine has given up the whole transaction. */
static bool member_run_carefully(struct group *g, struct member *m)
{
    struct db *db = g->writer->db;

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
                   db_state(g->writer->db) == DB_SPOILT;
    return db_state(g->writer->db) != DB_IDLE;
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
    return chain_append(g->arena, g->writer->db, list, count);
}

/* For the other programs on this database. */
static err group_stamp_topics(struct group *g)
{
    struct topic_mark *list;
    size_t count = 0, n = 0;

    for (size_t i = 0; i < g->count; i++) {
        for (struct pending_topic *t = g->member[i].tx.topics; t != NULL; t = t->next) {
            count += g->member[i].result == NULL;
        }
    }
    if (count == 0 || g->writer->store->driver->hear == NULL) {
        return NULL;
    }
    list = ARENA_ARRAY(g->arena, count, struct topic_mark);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < g->count; i++) {
        struct pending_topic *t = g->member[i].result == NULL ? g->member[i].tx.topics
                                                              : NULL;

        for (; t != NULL; t = t->next) {
            list[n++] = t->mark;
        }
    }
    return relay_stamp(g->arena, g->writer->db, list, count);
}

static int64_t group_greatest(const struct group *g)
{
    int64_t greatest = g->writer->greatest_id;

    for (size_t i = 0; i < g->count; i++) {
        if (g->member[i].result == NULL && g->member[i].tx.greatest_id > greatest) {
            greatest = g->member[i].tx.greatest_id;
        }
    }
    return greatest;
}

static err group_commit(struct group *g)
{
    struct writer *w = g->writer;

    if (fault_is_now(w->store, FAULT_COMMIT)) {
        return err_no_memory;
    }
    TRY(node_check(g->arena, w->store));
    g->is_sent = true;
    TRY(db_commit(g->arena, w->db));
    g->is_cut = fault_is_now(w->store, FAULT_COMMIT_KEPT);
    return g->is_cut ? err_no_memory : NULL;
}

/* In the group's arena, since the members' arenas go back to their marks. */
static err transaction_lost(struct group *g, const struct member *m)
{
    str why = m->result == NULL ? STR("savepoint") : m->result->why;

    FAIL(g->arena, ERR_BUSY,
         SAY("Nothing can be saved just now. Please try again in a few minutes."), STR(""),
         "the transaction is gone: %.*s", STR_ARG(why));
}

/* Where others may write at the same time: the agencies of the group, ascending. */
static err group_lock(struct group *g)
{
    int64_t list[STORE_GROUP];
    size_t count = 0;

    if (g->writer->store->driver->writers == 1) {
        return NULL;
    }
    for (size_t i = 0; i < g->count; i++) {
        int64_t agency = g->member[i].commit->agency;
        size_t at = count;

        while (at > 0 && list[at - 1] > agency) {
            at--;
        }
        if (at > 0 && list[at - 1] == agency) {
            continue;
        }
        memmove(&list[at + 1], &list[at], (count - at) * sizeof(*list));
        list[at] = agency;
        count++;
    }
    return chain_lock(g->arena, g->writer->db, list, count);
}

/* Begins the transaction and runs the members, until one has spoilt it. */
static err group_run(struct group *g, bool carefully)
{
    struct writer *w = g->writer;

    g->kept = 0;
    g->counted = NULL;
    g->is_spoilt = false;
    g->is_sent = false;
    g->is_cut = false;
    if (fault_is_now(w->store, FAULT_BEGIN)) {
        return err_no_memory;
    }
    TRY(db_begin(g->arena, w->db, carefully ? DB_BEGIN_CAREFUL : DB_BEGIN_WRITE));
    TRY(writer_mark_take(g->arena, w));
    TRY(group_lock(g));
    for (size_t i = 0; i < g->count && !g->is_spoilt; i++) {
        struct member *m = &g->member[i];

        if (!(carefully ? member_run_carefully(g, m) : member_run(g, m))) {
            return transaction_lost(g, m);
        }
        g->kept += m->result == NULL;
        counters_member_ends(g, m->result == NULL);
    }
    return NULL;
}

bool group_rewind(struct group *g)
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
    struct writer *w = g->writer;
    int64_t greatest = group_greatest(g);

    TRY(counters_write(g));
    TRY(group_stamp(g));
    TRY(group_stamp_topics(g));
    TRY(writer_mark_keep(g->arena, w, greatest));
    TRY(group_commit(g));
    w->greatest_id = greatest;
    w->groups_kept++;
    return NULL;
}

/* Nobody is to be kept: what those who refused saw must still be so. */
static err group_drop(struct group *g)
{
    err e = NULL;

    for (size_t i = 0; i < g->count && e == NULL; i++) {
        e = g->member[i].tx.has_changed ? db_settle(g->arena, g->writer->db) : NULL;
    }
    if (e == NULL) {
        db_rollback(g->writer->db);
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
    if (db_state(g->writer->db) != DB_SPOILT) {
        e = g->kept == 0 ? group_drop(g) : group_stamp_and_commit(g);
    }
    g->is_spoilt = !carefully && db_state(g->writer->db) == DB_SPOILT;
    return g->is_spoilt ? NULL : e;
}

err group_try(struct group *g)
{
    TRY(group_once(g, g->careful > 0));
    g->careful -= g->careful > 0;
    if (!g->is_spoilt) {
        return NULL;
    }
    db_rollback(g->writer->db);
    g->careful = CAREFUL_GROUPS;
    return group_rewind(g) ? group_once(g, true) : err_no_memory;
}
