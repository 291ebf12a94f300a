/* open — the driver for SQLite: opening, hardening, closing.
 *
 * WAL with synchronous=FULL on every connection that writes: with NORMAL, acknowledged rows
 * were lost in power-loss replay. Checkpoints never run inside a COMMIT (wal_autocheckpoint
 * is 0), because they are the p99 of a commit; checkpoint.c has a thread for them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sqlite/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CELL_BYTES = 16 << 20, /* the largest single value */
    STATEMENT_BYTES = 1 << 20,
    BUSY_MS = 10000,
    COLUMNS = 100,
};

static int log_grew(void *context, sqlite3 *sqlite, const char *name, int pages)
{
    struct sqlite_db *db = context;

    db->log_pages = pages;
    return SQLITE_OK;
}

static err not_ours(struct arena *a, const char *path, const char *why)
{
    FAIL(a, ERR_BROKEN,
         SAY("{path} is not a database of this program, or it is damaged. Restore the "
             "newest backup, or name another folder.",
             SAY_TEXT("path", str_copy(a, str_of(path)))),
         STR(""), "%s", why);
}

/* An absent or empty file is taken when one is to be made; anything else must be ours. */
static err check_ours(struct arena *a, struct sqlite_db *db, const char *path, int kind,
                      bool create)
{
    static const struct query which = { "SELECT a.application_id, c.page_count "
                                        "FROM pragma_application_id AS a, "
                                        "pragma_page_count AS c",
                                        "" };
    struct table t;
    char sql[64];
    err e = sqlite_query(a, &db->db, &which, NO_VALUES, &t);

    if (e != NULL) {
        return e->kind == ERR_BROKEN ? not_ours(a, path, sqlite3_errmsg(db->sqlite)) : e;
    }
    if (cell_int(&t, 0, 0) == kind) {
        return NULL;
    }
    if (cell_int(&t, 0, 1) > 0 || !create) {
        return not_ours(a, path, "another application_id");
    }
    snprintf(sql, sizeof(sql), "PRAGMA application_id = %d", kind);
    return sqlite_script(a, &db->db, sql);
}

static void harden(sqlite3 *sqlite)
{
    sqlite3_extended_result_codes(sqlite, 1);
    sqlite3_busy_timeout(sqlite, BUSY_MS);
    sqlite3_limit(sqlite, SQLITE_LIMIT_LENGTH, CELL_BYTES);
    sqlite3_limit(sqlite, SQLITE_LIMIT_SQL_LENGTH, STATEMENT_BYTES);
    sqlite3_limit(sqlite, SQLITE_LIMIT_COLUMN, COLUMNS);
    sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

static err configure(struct arena *a, struct sqlite_db *db, enum db_use use)
{
    static const char *const by_use[] = {
        [DB_WRITE] = ("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                      "PRAGMA cache_size = -16384;"),
        [DB_BESIDE] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;",
        [DB_READ] = "PRAGMA query_only = ON; PRAGMA cache_size = -4096;",
        [DB_STATIC] = "PRAGMA query_only = ON;",
    };

    TRY(sqlite_script(a, &db->db,
                      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; "
                      "PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 0;"));
    TRY(sqlite_script(a, &db->db, by_use[use]));
    sqlite3_wal_hook(db->sqlite, log_grew, db);
    return NULL;
}

/* A log beside a file on a read-only disk holds rows that only its log knows; without one
 * the file cannot change under us and needs no lock. */
static str address_of(struct arena *a, const char *path, enum db_use use)
{
    struct stat log;
    str log_path = str_format(a, "%s-wal", path);
    bool has_log = stat(str_z(a, log_path), &log) == 0 && log.st_size > 0;

    if (use != DB_STATIC) {
        return str_of(path);
    }
    return str_format(a, "file:%s?mode=ro%s", path, has_log ? "" : "&immutable=1");
}

static err open_file(struct arena *a, struct sqlite_db *db, const char *path,
                     enum db_use use, bool create)
{
    int flags = SQLITE_OPEN_NOMUTEX |
                (use == DB_STATIC ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                  : SQLITE_OPEN_READWRITE);
    const char *address = str_z(a, address_of(a, path, use));
    int code;

    if (!create && access(path, F_OK) != 0) {
        FAIL(a, ERR_MISSING,
             SAY("There is no database at {path}. Make one with init, or name another "
                 "folder.",
                 SAY_TEXT("path", str_copy(a, str_of(path)))),
             STR(""), "errno %d", errno);
    }
    code = sqlite3_open_v2(address, &db->sqlite, flags | (create ? SQLITE_OPEN_CREATE : 0),
                           NULL);
    return code == SQLITE_OK ? NULL : sqlite_failed(a, db->sqlite, code, "open");
}

err sqlite_open(struct arena *a, const char *path, int kind, enum db_use use, bool create,
                struct db **ret)
{
    /* Counting memory takes a lock in every allocation. Refused after the first time. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

    bool writes_a_file = use == DB_WRITE && path[0] != ':';
    struct arena *own = arena_new(sizeof(struct sqlite_db) * 4);
    struct sqlite_db *db = own == NULL ? NULL : ARENA_NEW(own, struct sqlite_db);
    err e;

    if (db == NULL) {
        arena_free(own);
        return err_no_memory;
    }
    db->db = (struct db){ .driver = &sqlite_driver, .arena = own };
    e = writes_a_file ? sqlite_log_renew(a, path) : NULL;
    if (e == NULL) {
        e = open_file(a, db, path, use, create);
    }
    if (e == NULL) {
        harden(db->sqlite);
        e = check_ours(a, db, path, kind, create);
    }
    if (e == NULL) {
        e = configure(a, db, use);
    }
    if (e == NULL && writes_a_file) {
        e = sqlite_folder_sync(a, path);
    }
    if (e != NULL) {
        sqlite_close(&db->db);
        return e;
    }
    *ret = &db->db;
    return NULL;
}

void sqlite_close(struct db *db)
{
    struct arena *own = db->arena;

    sqlite_forget(sqlite_of(db));
    sqlite3_close(sqlite_of(db)->sqlite);
    arena_free(own);
}
