/* sqlite — what the two files of the driver share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_SQLITE_INNER_H
#define BIANMIN_HOST_STORE_SQLITE_INNER_H

#include "host/store/db.h"

#include <sqlite3.h>

enum { SQLITE_KEPT = 2048 }; /* places for statements, a power of two */

struct kept {
    const char *sql;
    sqlite3_stmt *statement;
};

struct db {
    struct arena *arena;
    sqlite3 *sqlite;
    int log_pages;
    size_t kept_count;
    struct kept kept[SQLITE_KEPT];
};

/* The engine's code as an err; `what` is the statement or step. SQLite's own message names
 * tables and columns, never values. */
err sqlite_failed(struct arena *a, sqlite3 *sqlite, int code, const char *what);
/* Finalizes every kept statement. */
void sqlite_forget(struct db *db);

#endif
