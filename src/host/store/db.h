/* db — one connection to one engine: what a driver does for the store. sqlite.c is the only
 * one today. A connection belongs to one thread at a time.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_DB_H
#define BIANMIN_HOST_STORE_DB_H

#include "host/store/store.h"

struct db;

enum db_use {
    DB_WRITE,  /* acknowledges: WAL, synchronous FULL */
    DB_READ,   /* for snapshots: may not change anything */
    DB_STATIC, /* the file system is read-only */
};

/* `kind` tells files apart (DB_KIND_…). With `create` an absent or empty file becomes one
 * of ours. Fails: ERR_MISSING, ERR_BROKEN (damaged, or not ours), ERR_BUSY. */
#define DB_KIND_MAIN 0x42694d6e  /* application_id of bianmin.db */
#define DB_KIND_FILES 0x4269466c /* of files.db */
MUST_CHECK err db_open(struct arena *a, const char *path, int kind, enum db_use use,
                       bool create, struct db **ret);
void db_close(struct db *db);

/* Statements are kept by the address of their text, which must be constant. */
MUST_CHECK err db_query(struct arena *a, struct db *db, const struct query *q,
                        const struct value *values, size_t count, struct table *ret_table);
MUST_CHECK err db_change(struct arena *a, struct db *db, const struct query *q,
                         const struct value *values, size_t count, int64_t *ret_changed);
/* Prepares only; ERR_BROKEN when it does not take as many values as `types` says. */
MUST_CHECK err db_prepare(struct arena *a, struct db *db, const struct query *q);
/* Several statements without values; not kept. For migrations. */
MUST_CHECK err db_script(struct arena *a, struct db *db, const char *sql);
/* One statement of a constant text, kept; for BEGIN, SAVEPOINT and their like. */
MUST_CHECK err db_do(struct arena *a, struct db *db, const struct query *q);

/* False when the engine has ended the transaction by itself (disk full, I/O error). */
bool db_in_transaction(const struct db *db);
/* Ends whatever is open, without complaint. */
void db_rollback(struct db *db);
/* Pages in the log since it was last begun anew; and copies what can be copied without
 * making anyone wait. */
int db_log_pages(const struct db *db);
MUST_CHECK err db_checkpoint(struct arena *a, struct db *db, int *ret_left);
/* One line a finding of the engine's own check; none when all is well. */
MUST_CHECK err db_integrity(struct arena *a, struct db *db, struct table *ret_findings);

#endif
