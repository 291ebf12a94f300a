/* sqlite — what the files of the driver share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_SQLITE_SQLITE_H
#define BIANMIN_HOST_STORE_SQLITE_SQLITE_H

#include "host/store/driver.h"

#include <sqlite3.h>

enum { SQLITE_KEPT = 2048 }; /* places for statements, a power of two */

struct kept {
    const char *sql;
    sqlite3_stmt *statement;
};

struct sqlite_db {
    struct db db;
    sqlite3 *sqlite;
    int log_pages;
    size_t kept_count;
    struct kept kept[SQLITE_KEPT];
};

static inline struct sqlite_db *sqlite_of(struct db *db)
{
    return (struct sqlite_db *)db; /* its first member */
}

/* The engine's code as an err; `what` is the statement or step. SQLite's own message names
 * tables and columns, never values. */
err sqlite_failed(struct arena *a, sqlite3 *sqlite, int code, const char *what);
/* Finalizes every kept statement. */
void sqlite_forget(struct sqlite_db *db);

/* sqlite.c */
MUST_CHECK err sqlite_query(struct arena *a, struct db *db, const struct query *q,
                            const struct value *values, size_t count,
                            struct table *ret_table);
MUST_CHECK err sqlite_change(struct arena *a, struct db *db, const struct query *q,
                             const struct value *values, size_t count,
                             int64_t *ret_changed);
MUST_CHECK err sqlite_script(struct arena *a, struct db *db, const char *sql);

/* open.c */
MUST_CHECK err sqlite_open(struct arena *a, const char *address, int kind, enum db_use use,
                           bool create, struct db **ret);
void sqlite_close(struct db *db);

/* sure.c: before the one that writes opens, and when its log is there. */
MUST_CHECK err sqlite_log_renew(struct arena *a, const char *path);
MUST_CHECK err sqlite_folder_sync(struct arena *a, const char *path);
/* So that a sync which fails in the checkpoint that follows is that of the database. */
MUST_CHECK err sqlite_log_sync(struct arena *a, struct sqlite_db *db);

/* copy.c */
MUST_CHECK err sqlite_copy(struct arena *a, struct db *db, const char *path);

/* schema.c */
extern const struct dialect sqlite_dialect;
MUST_CHECK err sqlite_integrity(struct arena *a, struct db *db, struct table *ret_findings);
MUST_CHECK err sqlite_has_table(struct arena *a, struct db *db, str name, bool *ret_there);
MUST_CHECK err sqlite_schema(struct arena *a, struct db *db, struct table *ret);
MUST_CHECK err sqlite_schema_after(struct arena *a, struct db *db, const char *script,
                                   struct table *ret);

#endif
