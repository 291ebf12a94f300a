/* sqlite — the driver for SQLite: kept statements, values, errors, transactions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite/sqlite.h"

#include <string.h>

/* ---- errors ---- */

static enum err_kind kind_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       code == SQLITE_CONSTRAINT_ROWID ||
                       code == SQLITE_CONSTRAINT_FOREIGNKEY
                   ? ERR_CONFLICT
                   : ERR_BROKEN;
    default:
        return ERR_BROKEN;
    }
}

err sqlite_failed(struct arena *a, sqlite3 *sqlite, int code, const char *what)
{
    const char *message = sqlite == NULL ? sqlite3_errstr(code) : sqlite3_errmsg(sqlite);

    return driver_failed(a, kind_of(code),
                         str_format(a, "%d %s: %.200s", code, message, what));
}

/* ---- kept statements ---- */

void sqlite_forget(struct sqlite_db *db)
{
    for (size_t i = 0; i < SQLITE_KEPT; i++) {
        sqlite3_finalize(db->kept[i].statement);
        db->kept[i] = (struct kept){ NULL, NULL };
    }
    db->kept_count = 0;
}

static struct kept *kept_place(struct sqlite_db *db, const char *sql)
{
    size_t i = (size_t)((uintptr_t)sql * 0x9E3779B97F4A7C15u >> 40);

    for (i %= SQLITE_KEPT; db->kept[i].sql != NULL && db->kept[i].sql != sql;
         i = (i + 1) % SQLITE_KEPT) {
    }
    return &db->kept[i];
}

static err statement_of(struct arena *a, struct sqlite_db *db, const struct query *q,
                        sqlite3_stmt **ret)
{
    struct kept *k = kept_place(db, q->sql);
    int code;

    *ret = NULL;
    if (k->sql == NULL && db->kept_count >= SQLITE_KEPT * 3 / 4) {
        sqlite_forget(db);
        k = kept_place(db, q->sql);
    }
    if (k->sql == NULL) {
        code = sqlite3_prepare_v3(db->sqlite, q->sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &k->statement, NULL);
        if (code != SQLITE_OK) {
            k->statement = NULL;
            return sqlite_failed(a, db->sqlite, code, q->sql);
        }
        k->sql = q->sql;
        db->kept_count++;
    }
    *ret = k->statement;
    return NULL;
}

/* ---- values ---- */

static int bind_one(sqlite3_stmt *st, int at, const struct value *v)
{
    /* A NULL pointer would be bound as NULL; the empty str is an empty text. */
    const char *text = v->text.at == NULL ? "" : v->text.at;

    switch (v->type) {
    case 'i':
        return sqlite3_bind_int64(st, at, v->number);
    case 't':
        return sqlite3_bind_text64(st, at, text, v->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case 'b':
        return sqlite3_bind_blob64(st, at, text, v->text.len, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(st, at);
    }
}

static err bind_all(struct arena *a, struct sqlite_db *db, const struct query *q,
                    const struct value *values, size_t count, sqlite3_stmt *st)
{
    if ((size_t)sqlite3_bind_parameter_count(st) != count) {
        return driver_failed(a, ERR_BROKEN,
                             str_format(a, "%zu values: %.200s", count, q->sql));
    }
    for (size_t i = 0; i < count; i++) {
        int code = bind_one(st, (int)i + 1, &values[i]);

        if (code != SQLITE_OK) {
            return sqlite_failed(a, db->sqlite, code, q->sql);
        }
    }
    return NULL;
}

static bool read_cell(struct arena *a, sqlite3_stmt *st, int column, struct value *ret)
{
    int type = sqlite3_column_type(st, column);
    char *bytes;
    size_t len;

    if (type == SQLITE_NULL) {
        *ret = bind_null();
        return true;
    }
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
        *ret = bind_int(sqlite3_column_int64(st, column));
        return true;
    }
    const void *from = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(st, column)
                                           : sqlite3_column_blob(st, column);
    len = (size_t)sqlite3_column_bytes(st, column);
    bytes = arena_alloc(a, len + 1);
    if (bytes == NULL || (from == NULL && len > 0)) {
        return false;
    }
    if (len > 0) {
        memcpy(bytes, from, len);
    }
    *ret = (struct value){ .type = type == SQLITE_TEXT ? 't' : 'b',
                           .text = { bytes, len } };
    return true;
}

/* ---- running ---- */

static bool table_grow(struct arena *a, struct table *t, size_t *space)
{
    size_t more = *space == 0 ? 8 : *space * 2;
    struct value *cell = ARENA_ARRAY(a, more * t->columns, struct value);

    if (cell == NULL) {
        return false;
    }
    if (t->rows > 0) {
        memcpy(cell, t->cell, t->rows * t->columns * sizeof(*cell));
    }
    t->cell = cell;
    *space = more;
    return true;
}

static err read_rows(struct arena *a, struct sqlite_db *db, const struct query *q,
                     sqlite3_stmt *st, struct table *ret)
{
    struct table t = { .columns = (size_t)sqlite3_column_count(st) };
    size_t space = 0;
    int code;

    for (code = sqlite3_step(st); code == SQLITE_ROW; code = sqlite3_step(st)) {
        if (t.rows == space && !table_grow(a, &t, &space)) {
            return err_no_memory;
        }
        for (size_t c = 0; c < t.columns; c++) {
            if (!read_cell(a, st, (int)c, &t.cell[t.rows * t.columns + c])) {
                return err_no_memory;
            }
        }
        t.rows++;
    }
    if (code != SQLITE_DONE) {
        return sqlite_failed(a, db->sqlite, code, q->sql);
    }
    *ret = t;
    return NULL;
}

static void done_with(sqlite3_stmt *st)
{
    sqlite3_reset(st);
    sqlite3_clear_bindings(st);
}

err sqlite_query(struct arena *a, struct db *of, const struct query *q,
                 const struct value *values, size_t count, struct table *ret_table)
{
    struct sqlite_db *db = sqlite_of(of);
    sqlite3_stmt *st;
    err e;

    TRY(statement_of(a, db, q, &st));
    e = bind_all(a, db, q, values, count, st);
    if (e == NULL) {
        e = read_rows(a, db, q, st, ret_table);
    }
    done_with(st);
    return e;
}

err sqlite_change(struct arena *a, struct db *of, const struct query *q,
                  const struct value *values, size_t count, int64_t *ret_changed)
{
    struct sqlite_db *db = sqlite_of(of);
    sqlite3_stmt *st;
    int code;
    err e;

    TRY(statement_of(a, db, q, &st));
    e = bind_all(a, db, q, values, count, st);
    if (e == NULL) {
        do {
            code = sqlite3_step(st);
        } while (code == SQLITE_ROW);
        if (code == SQLITE_DONE) {
            *ret_changed = sqlite3_changes64(db->sqlite);
        } else {
            e = sqlite_failed(a, db->sqlite, code, q->sql);
        }
    }
    done_with(st);
    return e;
}

static err sqlite_prepare(struct arena *a, struct db *db, const struct query *q)
{
    size_t wanted = strlen(query_types(q));
    sqlite3_stmt *st;

    TRY(statement_of(a, sqlite_of(db), q, &st));
    if ((size_t)sqlite3_bind_parameter_count(st) != wanted) {
        return driver_failed(a, ERR_BROKEN,
                             str_format(a, "%zu values: %.200s", wanted, q->sql));
    }
    return NULL;
}

err sqlite_script(struct arena *a, struct db *db, const char *sql)
{
    sqlite3 *sqlite = sqlite_of(db)->sqlite;
    int code = sqlite3_exec(sqlite, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? NULL : sqlite_failed(a, sqlite, code, sql);
}

/* ---- transactions ---- */

static err run(struct arena *a, struct db *db, const struct query *q)
{
    int64_t changed;

    return sqlite_change(a, db, q, NO_VALUES, &changed);
}

static enum db_state sqlite_state(const struct db *db)
{
    const struct sqlite_db *own = (const struct sqlite_db *)db;

    return sqlite3_get_autocommit(own->sqlite) == 0 ? DB_OPEN : DB_IDLE;
}

/* BEGIN alone takes no snapshot yet; the first read does. */
static err sqlite_begin(struct arena *a, struct db *db, enum db_begin how)
{
    static const struct query write_sql = { "BEGIN IMMEDIATE", "" };
    static const struct query read_sql = { "BEGIN", "" };
    static const struct query touch_sql = { "SELECT 1 FROM sqlite_schema LIMIT 1", "" };
    struct table t;

    if (how != DB_BEGIN_READ) {
        return run(a, db, &write_sql);
    }
    TRY(run(a, db, &read_sql));
    return sqlite_query(a, db, &touch_sql, NO_VALUES, &t);
}

static err sqlite_commit(struct arena *a, struct db *db)
{
    static const struct query sql = { "COMMIT", "" };

    return run(a, db, &sql);
}

static void sqlite_rollback(struct db *db)
{
    static const struct query sql = { "ROLLBACK", "" };

    if (sqlite_state(db) != DB_IDLE) {
        err e = run(db->arena, db, &sql);

        (void)e; /* whatever it says, the connection is asked or closed next */
    }
}

static err sqlite_mark(struct arena *a, struct db *db)
{
    static const struct query sql = { "SAVEPOINT member", "" };

    return run(a, db, &sql);
}

static err sqlite_mark_back(struct arena *a, struct db *db)
{
    static const struct query sql = { "ROLLBACK TO member", "" };

    return run(a, db, &sql);
}

static err sqlite_mark_end(struct arena *a, struct db *db)
{
    static const struct query sql = { "RELEASE member", "" };

    return run(a, db, &sql);
}

/* ---- the log ---- */

static int sqlite_log_pages(const struct db *db)
{
    return ((const struct sqlite_db *)db)->log_pages;
}

static err sqlite_checkpoint(struct arena *a, struct db *db, int *ret_left)
{
    sqlite3 *sqlite = sqlite_of(db)->sqlite;
    int log = 0, copied = 0, code;

    *ret_left = 0;
    TRY(sqlite_log_sync(a, sqlite_of(db)));
    code = sqlite3_wal_checkpoint_v2(sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &log,
                                     &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        *ret_left = code == SQLITE_IOERR_FSYNC ? DB_NOT_SYNCED : 0;
        return sqlite_failed(a, sqlite, code, "checkpoint");
    }
    *ret_left = log - copied;
    return NULL;
}

const struct driver sqlite_driver = {
    .name = "sqlite",
    .writers = 1,
    .dialect = &sqlite_dialect,
    .open = sqlite_open,
    .close = sqlite_close,
    .query = sqlite_query,
    .change = sqlite_change,
    .prepare = sqlite_prepare,
    .script = sqlite_script,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .mark = sqlite_mark,
    .mark_back = sqlite_mark_back,
    .mark_end = sqlite_mark_end,
    .state = sqlite_state,
    .copy = sqlite_copy,
    .log_pages = sqlite_log_pages,
    .checkpoint = sqlite_checkpoint,
    .integrity = sqlite_integrity,
    .has_table = sqlite_has_table,
    .schema = sqlite_schema,
    .schema_after = sqlite_schema_after,
};
