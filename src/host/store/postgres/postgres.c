/* postgres — the driver for PostgreSQL: statements, transactions, changes put off.
 *
 * BEGIN goes out with the first statement. Changes that may be put off are only sent; a
 * read, a change whose count is asked, and COMMIT bring the answers in, so that a group of
 * commits is two or three round trips whatever it holds. A failure among them spoils the
 * transaction; then the writer runs its group again carefully, where each change stands
 * between marks of its own (a failed statement otherwise ends a transaction here).
 *
 * COMMIT is sent only when every count that was expected has been seen.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/postgres/postgres.h"

#include <stdio.h>
#include <string.h>

#define NAME_BYTES 16

static int patience(const struct postgres_db *p)
{
    return postgres_is_reader(p) ? POSTGRES_READ_MS : POSTGRES_WRITE_MS;
}

/* ---- kept statements ---- */

static struct postgres_kept *kept_place(struct postgres_db *p, const char *sql)
{
    size_t i = (size_t)((uintptr_t)sql * 0x9E3779B97F4A7C15u >> 40);

    for (i %= POSTGRES_KEPT; p->kept[i].sql != NULL && p->kept[i].sql != sql;
         i = (i + 1) % POSTGRES_KEPT) {
    }
    return &p->kept[i];
}

/* A text is at one place as long as the connection lasts; the place is its name. */
static const char *name_of(struct postgres_db *p, const struct postgres_kept *k,
                           char name[NAME_BYTES])
{
    snprintf(name, NAME_BYTES, "s%zu", (size_t)(k - p->kept));
    return name;
}

static bool sent(struct postgres_db *p, bool went)
{
    if (!went) {
        postgres_lose(p, PQerrorMessage(p->conn));
    }
    return went;
}

/* Sends the preparation ahead of the first use. */
static err kept_ready(struct arena *a, struct postgres_db *p, const struct query *q,
                      char name[NAME_BYTES])
{
    struct postgres_kept *k = kept_place(p, q->sql);
    const char *types = query_types(q), *text;
    Oid type[POSTGRES_VALUES];
    size_t count = strlen(types);

    name_of(p, k, name);
    if (k->is_ready) {
        return NULL;
    }
    text = count > POSTGRES_VALUES || p->kept_count > POSTGRES_KEPT * 3 / 4
               ? NULL
               : postgres_text(a, q);
    if (arena_failed(a)) {
        return err_no_memory;
    }
    if (text == NULL) {
        return driver_failed(a, ERR_BROKEN,
                             str_format(a, "not as many values as '%s': %.200s", types,
                                        q->sql));
    }
    for (size_t i = 0; i < count; i++) {
        type[i] = postgres_types[types[i] & 127];
    }
    if (sent(p, PQsendPrepare(p->conn, name, text, (int)count, type) == 1)) {
        postgres_expect(p, ANSWER_PREPARED, q->sql, DB_ANY);
    }
    p->kept_count += k->sql == NULL;
    *k = (struct postgres_kept){ .sql = q->sql, .is_ready = !p->is_lost };
    return NULL;
}

/* ---- sending ---- */

static err send_one(struct arena *a, struct postgres_db *p, const struct query *q,
                    const struct value *values, size_t count, enum postgres_what what,
                    int64_t expected)
{
    char name[NAME_BYTES];

    TRY(kept_ready(a, p, q, name));
    if (!p->is_lost && sent(p, postgres_send(p, name, NULL, values, count))) {
        postgres_expect(p, what, q->sql, expected);
    }
    return NULL;
}

static err send_word(struct arena *a, struct postgres_db *p, const struct query *q)
{
    return send_one(a, p, q, NO_VALUES, ANSWER_DONE, DB_ANY);
}

/* All that is on its way is answered. */
static err settle(struct arena *a, struct postgres_db *p, int wait_ms, const char *what,
                  struct table *ret)
{
    if (p->waiting > 0 && !p->is_lost && sent(p, PQpipelineSync(p->conn) == 1)) {
        postgres_expect(p, ANSWER_SYNC, NULL, DB_ANY);
    }
    return postgres_collect(a, p, wait_ms, what, ret);
}

static const struct query begin_sql[] = {
    [DB_BEGIN_READ] = { "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "" },
    [DB_BEGIN_WRITE] = { "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", "" },
};

/* Before each statement: BEGIN where one is due, and room for the answers. */
static err make_ready(struct arena *a, struct postgres_db *p)
{
    bool writes = p->how != DB_BEGIN_READ;

    if (p->is_lost && postgres_is_reader(p) && !p->is_open) {
        TRY(postgres_connect_again(a, p));
    }
    if (p->is_lost) {
        return postgres_failed(a, p, "lost");
    }
    if (p->waiting > POSTGRES_QUEUE - 16) {
        TRY(settle(a, p, patience(p), "put off", NULL));
    }
    if (p->is_wanted) {
        p->is_wanted = false;
        p->is_open = true;
        p->is_seen = false;
        TRY(send_word(a, p, &begin_sql[writes ? DB_BEGIN_WRITE : DB_BEGIN_READ]));
    }
    return NULL;
}

/* ---- reading ---- */

static err query_once(struct arena *a, struct postgres_db *p, const struct query *q,
                      const struct value *values, size_t count, struct table *ret_table)
{
    struct table t = { 0 };

    TRY(make_ready(a, p));
    TRY(send_one(a, p, q, values, count, ANSWER_ROWS, DB_ANY));
    TRY(settle(a, p, patience(p), q->sql, &t));
    *ret_table = t;
    return NULL;
}

/* True when nothing of this snapshot was seen yet, so that another connection does as well:
 * the server was restarted, or another one took over. */
static bool may_begin_anew(struct postgres_db *p, bool had_begun)
{
    if (!p->is_lost || !postgres_is_reader(p) || p->is_seen) {
        return false;
    }
    p->is_wanted = had_begun;
    p->is_open = false;
    p->is_spoilt = false;
    p->is_ended = false;
    return true;
}

err postgres_query(struct arena *a, struct db *db, const struct query *q,
                   const struct value *values, size_t count, struct table *ret_table)
{
    struct postgres_db *p = postgres_of(db);
    bool in_transaction = p->is_wanted || p->is_open;
    err e;

    if (!in_transaction) {
        p->is_seen = false;
    }
    e = query_once(a, p, q, values, count, ret_table);
    if (e != NULL && may_begin_anew(p, in_transaction)) {
        e = query_once(a, p, q, values, count, ret_table);
    }
    return e;
}

err postgres_ask(struct arena *a, struct db *db, const char *sql, struct table *ret_table)
{
    struct postgres_db *p = postgres_of(db);
    struct table t = { 0 };

    TRY(make_ready(a, p));
    if (!p->is_lost && sent(p, postgres_send(p, NULL, sql, NO_VALUES))) {
        postgres_expect(p, ANSWER_ROWS, NULL, DB_ANY);
    }
    TRY(settle(a, p, patience(p), sql, &t));
    *ret_table = t;
    return NULL;
}

/* ---- changing ---- */

static const struct query step_sql = { "SAVEPOINT step", "" };
static const struct query step_back_sql = { "ROLLBACK TO SAVEPOINT step", "" };
static const struct query step_end_sql = { "RELEASE SAVEPOINT step", "" };

/* Undoes a failed change alone; `failed` is told where that went well. */
static err step_undo(struct arena *a, struct postgres_db *p, err failed)
{
    if (p->is_lost || failed->kind == ERR_BUSY) {
        return failed;
    }
    TRY(send_word(a, p, &step_back_sql));
    TRY(send_word(a, p, &step_end_sql));
    TRY(settle(a, p, patience(p), step_back_sql.sql, NULL));
    p->is_spoilt = false;
    return failed;
}

static err change_carefully(struct arena *a, struct postgres_db *p, const struct query *q,
                            const struct value *values, size_t count)
{
    err e;

    TRY(send_word(a, p, &step_sql));
    TRY(send_one(a, p, q, values, count, ANSWER_CHANGE, DB_ANY));
    TRY(send_word(a, p, &step_end_sql));
    e = settle(a, p, patience(p), q->sql, NULL);
    return e == NULL ? NULL : step_undo(a, p, e);
}

static err postgres_change(struct arena *a, struct db *db, const struct query *q,
                           const struct value *values, size_t count, int64_t *ret_changed)
{
    struct postgres_db *p = postgres_of(db);

    TRY(make_ready(a, p));
    if (p->is_open && p->how == DB_BEGIN_CAREFUL) {
        TRY(change_carefully(a, p, q, values, count));
    } else {
        TRY(send_one(a, p, q, values, count, ANSWER_CHANGE, DB_ANY));
        TRY(settle(a, p, patience(p), q->sql, NULL));
    }
    *ret_changed = p->changed;
    return NULL;
}

static err postgres_change_later(struct arena *a, struct db *db, const struct query *q,
                                 const struct value *values, size_t count,
                                 int64_t expected)
{
    struct postgres_db *p = postgres_of(db);
    int64_t changed;

    if (p->how == DB_BEGIN_CAREFUL || !(p->is_wanted || p->is_open)) {
        TRY(postgres_change(a, db, q, values, count, &changed));
        return expected == DB_ANY || changed == expected
                   ? NULL
                   : driver_changed_others(a, q, changed);
    }
    TRY(make_ready(a, p));
    if (p->is_spoilt || p->is_lost) {
        return postgres_failed(a, p, q->sql);
    }
    return send_one(a, p, q, values, count, ANSWER_CHANGE, expected);
}

static err postgres_settle(struct arena *a, struct db *db)
{
    struct postgres_db *p = postgres_of(db);

    return settle(a, p, patience(p), "put off", NULL);
}

/* ---- transactions ---- */

err postgres_begin(struct arena *a, struct db *db, enum db_begin how)
{
    struct postgres_db *p = postgres_of(db);

    if (p->is_lost && !postgres_is_reader(p)) {
        return postgres_failed(a, p, "BEGIN");
    }
    p->how = how;
    p->is_wanted = true;
    return NULL;
}

static bool has_expectations(const struct postgres_db *p)
{
    for (size_t i = 0; i < p->waiting; i++) {
        if (p->queue[(p->first + i) % POSTGRES_QUEUE].expected != DB_ANY) {
            return true;
        }
    }
    return false;
}

static void end(struct postgres_db *p)
{
    p->is_wanted = false;
    p->is_open = false;
    p->is_spoilt = false;
    p->is_ended = false;
    p->how = DB_BEGIN_READ;
}

static err postgres_commit(struct arena *a, struct db *db)
{
    static const struct query sql = { "COMMIT", "" };
    struct postgres_db *p = postgres_of(db);

    if (p->is_wanted) { /* nothing was done */
        end(p);
        return NULL;
    }
    if (has_expectations(p)) {
        TRY(settle(a, p, patience(p), "before COMMIT", NULL));
    }
    if (p->is_spoilt || p->is_lost) { /* the server would answer with a rollback */
        return postgres_failed(a, p, sql.sql);
    }
    p->is_warned = false;
    TRY(send_word(a, p, &sql));
    TRY(settle(a, p, POSTGRES_COMMIT_MS, sql.sql, NULL));
    if (p->is_warned) { /* "committed locally, but might not have been replicated" */
        postgres_lose(p, "COMMIT came with a warning");
        return postgres_failed(a, p, sql.sql);
    }
    end(p);
    return NULL;
}

/* What was put off is answered first: if it failed, the rollback would be passed over. */
static void rollback_send(struct postgres_db *p)
{
    static const struct query sql = { "ROLLBACK", "" };
    struct arena *a = p->db.arena;
    err e = NULL;

    if (p->waiting > 0) {
        e = settle(a, p, patience(p), sql.sql, NULL);
        (void)e; /* the rollback is for whatever came */
    }
    e = send_word(a, p, &sql);
    if (e == NULL && !p->is_lost && sent(p, PQpipelineSync(p->conn) == 1)) {
        postgres_expect(p, ANSWER_SYNC, NULL, DB_ANY);
        (void)PQflush(p->conn);
    }
}

/* Its own answer comes in before the next one. */
void postgres_rollback(struct db *db)
{
    struct postgres_db *p = postgres_of(db);

    if (p->is_open && !p->is_lost) {
        struct arena_mark *mark = arena_mark(db->arena);

        rollback_send(p);
        arena_reset(db->arena, mark);
    }
    p->failure.is_there = false;
    end(p);
}

static const struct query mark_sql = { "SAVEPOINT member", "" };
static const struct query mark_back_sql = { "ROLLBACK TO SAVEPOINT member", "" };
static const struct query mark_end_sql = { "RELEASE SAVEPOINT member", "" };

static err postgres_mark(struct arena *a, struct db *db)
{
    TRY(make_ready(a, postgres_of(db)));
    return send_word(a, postgres_of(db), &mark_sql);
}

static err postgres_mark_back(struct arena *a, struct db *db)
{
    struct postgres_db *p = postgres_of(db);
    err e = settle(a, p, patience(p), mark_back_sql.sql, NULL);

    if (e != NULL && p->is_lost) {
        return e;
    }
    TRY(send_word(a, p, &mark_back_sql));
    TRY(settle(a, p, patience(p), mark_back_sql.sql, NULL));
    p->is_spoilt = false;
    return NULL;
}

static err postgres_mark_end(struct arena *a, struct db *db)
{
    return send_word(a, postgres_of(db), &mark_end_sql);
}

/* After what another try may mend, the transaction counts as ended. */
static enum db_state postgres_state(const struct db *db)
{
    const struct postgres_db *p = (const struct postgres_db *)db;

    if (p->is_lost || p->is_ended || !(p->is_wanted || p->is_open)) {
        return DB_IDLE;
    }
    return p->is_spoilt ? DB_SPOILT : DB_OPEN;
}

static bool postgres_is_lost(const struct db *db)
{
    return ((const struct postgres_db *)db)->is_lost;
}

/* ---- the rest ---- */

static err postgres_prepare(struct arena *a, struct db *db, const struct query *q)
{
    struct postgres_db *p = postgres_of(db);
    char name[NAME_BYTES];

    TRY(make_ready(a, p));
    TRY(kept_ready(a, p, q, name));
    return settle(a, p, patience(p), q->sql, NULL);
}

/* Several statements at once need the simple protocol, outside the pipeline. */
err postgres_script(struct arena *a, struct db *db, const char *sql)
{
    struct postgres_db *p = postgres_of(db);
    PGresult *r;

    TRY(make_ready(a, p));
    TRY(settle(a, p, patience(p), "before a script", NULL));
    if (PQexitPipelineMode(p->conn) != 1 || PQsendQuery(p->conn, sql) != 1) {
        postgres_lose(p, PQerrorMessage(p->conn));
        return postgres_failed(a, p, sql);
    }
    for (r = postgres_result(p, POSTGRES_SCRIPT_MS); r != NULL;
         r = postgres_result(p, POSTGRES_SCRIPT_MS)) {
        if (PQresultStatus(r) == PGRES_FATAL_ERROR) {
            postgres_note(p, r);
        }
        PQclear(r);
    }
    if (!p->is_lost && PQenterPipelineMode(p->conn) != 1) {
        postgres_lose(p, PQerrorMessage(p->conn));
    }
    return p->failure.is_there ? postgres_failed(a, p, sql) : NULL;
}

const struct driver postgres_driver = {
    .name = "postgresql",
    .reads_block = true,
    .keeps_files = true,
    .retry_seconds = 40,
    .writers = 4,
    .dialect = &postgres_dialect,
    .open = postgres_open,
    .close = postgres_close,
    .query = postgres_query,
    .change = postgres_change,
    .change_later = postgres_change_later,
    .settle = postgres_settle,
    .prepare = postgres_prepare,
    .script = postgres_script,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .mark = postgres_mark,
    .mark_back = postgres_mark_back,
    .mark_end = postgres_mark_end,
    .state = postgres_state,
    .is_lost = postgres_is_lost,
    .reach = postgres_reach,
    .empty = postgres_empty,
    .refresh = postgres_refresh,
    .copy = postgres_copy,
    .listen = postgres_listen,
    .tell = postgres_tell,
    .hear = postgres_hear,
    .integrity = postgres_integrity,
    .has_table = postgres_has_table,
    .schema = postgres_schema,
    .schema_after = postgres_schema_after,
};
