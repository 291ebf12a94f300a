/* sqlite — the driver for SQLite: kept statements, values, errors, transactions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite_inner.h"

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

    switch (kind_of(code)) {
    case ERR_CONFLICT:
        FAIL(
            a, ERR_CONFLICT,
            SAY("This is already there, or someone has just changed it. Look at it again."),
            STR(""), "%d %s: %.200s", code, message, what);
    case ERR_BUSY:
        FAIL(a, ERR_BUSY,
             SAY("Nothing can be saved just now. Please try again in a few minutes."),
             STR(""), "%d %s: %.200s", code, message, what);
    default:
        FAIL(a, ERR_BROKEN,
             SAY("Something went wrong on our side. Please tell the office."), STR(""),
             "%d %s: %.200s", code, message, what);
    }
}

/* ---- kept statements ---- */

void sqlite_forget(struct db *db)
{
    for (size_t i = 0; i < SQLITE_KEPT; i++) {
        sqlite3_finalize(db->kept[i].statement);
        db->kept[i] = (struct kept){ NULL, NULL };
    }
    db->kept_count = 0;
}

static struct kept *kept_place(struct db *db, const char *sql)
{
    size_t i = (size_t)((uintptr_t)sql * 0x9E3779B97F4A7C15u >> 40);

    for (i %= SQLITE_KEPT; db->kept[i].sql != NULL && db->kept[i].sql != sql;
         i = (i + 1) % SQLITE_KEPT) {
    }
    return &db->kept[i];
}

static err statement_of(struct arena *a, struct db *db, const struct query *q,
                        sqlite3_stmt **ret)
{
    struct kept *k = kept_place(db, q->sql);
    int code;

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

static err count_values(struct arena *a, const struct query *q, size_t count,
                        sqlite3_stmt *st)
{
    const char *types = q->types == NULL ? "" : q->types;

    if (strlen(types) != count || (size_t)sqlite3_bind_parameter_count(st) != count) {
        FAIL(a, ERR_BROKEN,
             SAY("Something went wrong on our side. Please tell the office."), STR(""),
             "%zu values for types '%s': %.200s", count, types, q->sql);
    }
    return NULL;
}

static err bind_all(struct arena *a, struct db *db, const struct query *q,
                    const struct value *values, size_t count, sqlite3_stmt *st)
{
    const char *types = q->types == NULL ? "" : q->types;

    TRY(count_values(a, q, count, st));
    for (size_t i = 0; i < count; i++) {
        int code;

        if (values[i].type != types[i] && values[i].type != 'n') {
            FAIL(a, ERR_BROKEN,
                 SAY("Something went wrong on our side. Please tell the office."), STR(""),
                 "value %zu is '%c', not '%c': %.200s", i + 1, values[i].type, types[i],
                 q->sql);
        }
        code = bind_one(st, (int)i + 1, &values[i]);
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

static err read_rows(struct arena *a, struct db *db, const struct query *q,
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

err db_query(struct arena *a, struct db *db, const struct query *q,
             const struct value *values, size_t count, struct table *ret_table)
{
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

err db_change(struct arena *a, struct db *db, const struct query *q,
              const struct value *values, size_t count, int64_t *ret_changed)
{
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

err db_prepare(struct arena *a, struct db *db, const struct query *q)
{
    sqlite3_stmt *st;

    TRY(statement_of(a, db, q, &st));
    return count_values(a, q, strlen(q->types == NULL ? "" : q->types), st);
}

err db_do(struct arena *a, struct db *db, const struct query *q)
{
    int64_t changed;

    return db_change(a, db, q, NO_VALUES, &changed);
}

err db_script(struct arena *a, struct db *db, const char *sql)
{
    int code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? NULL : sqlite_failed(a, db->sqlite, code, sql);
}

/* ---- transactions ---- */

bool db_in_transaction(const struct db *db)
{
    return sqlite3_get_autocommit(db->sqlite) == 0;
}

void db_rollback(struct db *db)
{
    static const struct query rollback_sql = { "ROLLBACK", "" };

    if (db_in_transaction(db)) {
        err e = db_do(db->arena, db, &rollback_sql);

        (void)e; /* whatever it says, the connection is asked or closed next */
    }
}

int db_log_pages(const struct db *db)
{
    return db->log_pages;
}

err db_checkpoint(struct arena *a, struct db *db, int *ret_left)
{
    int log = 0, copied = 0;
    int code = sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_PASSIVE, &log,
                                         &copied);

    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        return sqlite_failed(a, db->sqlite, code, "checkpoint");
    }
    *ret_left = log - copied;
    return NULL;
}

err db_integrity(struct arena *a, struct db *db, struct table *ret_findings)
{
    static const struct query pages = { "SELECT * FROM pragma_integrity_check "
                                        "WHERE integrity_check <> 'ok'",
                                        "" };
    static const struct query links = {
        "SELECT \"table\" || ' row ' || rowid || ' points to "
        "nothing in ' || \"parent\" "
        "FROM pragma_foreign_key_check",
        ""
    };
    struct table first, second;

    TRY(db_query(a, db, &pages, NO_VALUES, &first));
    if (first.rows > 0) {
        *ret_findings = first;
        return NULL;
    }
    TRY(db_query(a, db, &links, NO_VALUES, &second));
    *ret_findings = second;
    return NULL;
}
