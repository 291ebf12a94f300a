/* db — one connection to one engine, whichever it is. Only a driver (driver.h) knows its
 * engine's SQL. A connection belongs to one thread at a time.
 *
 * Changes may be put off: db_change_later hands a change over without waiting for what it
 * did; whatever asks next brings the answers in. In a transaction begun with
 * DB_BEGIN_WRITE a failed statement may spoil the whole (db_state says so): then it is
 * rolled back and run again with DB_BEGIN_CAREFUL, where a failed change undoes only
 * itself.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_DB_H
#define BIANMIN_HOST_STORE_DB_H

#include "host/store/store.h"

struct db;
struct driver;

enum db_use {
    DB_WRITE,  /* the one that writes: what is committed is on the disk */
    DB_BESIDE, /* the same beside it, for checkpoints and what is undone again */
    DB_READ,   /* for snapshots: may not change anything */
    DB_STATIC, /* the file system is read-only */
};

/* `address`: the path of a file, or postgresql://…. `kind` tells files apart (DB_KIND_…).
 * With `create` an absent or empty database becomes one of ours. Fails: ERR_MISSING,
 * ERR_BROKEN (damaged, or not ours), ERR_BUSY (away), ERR_DENIED (refused by its
 * server). */
#define DB_KIND_MAIN 0x42694d6e  /* application_id of bianmin.db */
#define DB_KIND_FILES 0x4269466c /* of files.db */
MUST_CHECK err db_open(struct arena *a, const char *address, int kind, enum db_use use,
                       bool create, struct db **ret);
void db_close(struct db *db); /* NULL is fine */
const struct driver *db_driver(const struct db *db);

/* Statements are kept by the address of their text, which must be constant. */
MUST_CHECK err db_query(struct arena *a, struct db *db, const struct query *q,
                        const struct value *values, size_t count, struct table *ret_table);
MUST_CHECK err db_change(struct arena *a, struct db *db, const struct query *q,
                         const struct value *values, size_t count, int64_t *ret_changed);
/* The same without waiting, where the engine lets us. When another number of rows changes
 * than `expected` (DB_ANY: whatever), that is ERR_CONFLICT, now or when answers come in. */
#define DB_ANY INT64_C(-1)
MUST_CHECK err db_change_later(struct arena *a, struct db *db, const struct query *q,
                               const struct value *values, size_t count, int64_t expected);
/* Brings in the answers to all that was put off; the first failure among them. */
MUST_CHECK err db_settle(struct arena *a, struct db *db);
/* Prepares only; ERR_BROKEN when it does not take as many values as `types` says. */
MUST_CHECK err db_prepare(struct arena *a, struct db *db, const struct query *q);
/* Several statements without values; not kept. For migrations. */
MUST_CHECK err db_script(struct arena *a, struct db *db, const char *sql);

enum db_begin {
    DB_BEGIN_READ, /* one snapshot of all */
    DB_BEGIN_WRITE,
    DB_BEGIN_CAREFUL,
};
MUST_CHECK err db_begin(struct arena *a, struct db *db, enum db_begin how);
/* All answers are in before it commits. An error does not say that nothing is kept. */
MUST_CHECK err db_commit(struct arena *a, struct db *db);
/* Ends whatever is open, without complaint. */
void db_rollback(struct db *db);
/* A place inside a transaction to which it can go back. Not nested. */
MUST_CHECK err db_mark(struct arena *a, struct db *db);
MUST_CHECK err db_mark_back(struct arena *a, struct db *db);
MUST_CHECK err db_mark_end(struct arena *a, struct db *db);

enum db_state {
    DB_IDLE,   /* no transaction, or the engine has ended it (disk full, I/O error, away) */
    DB_OPEN,   /* a transaction goes on */
    DB_SPOILT, /* a statement failed, and nothing goes on but a rollback */
};
/* Of what is known so far: answers that are still to come may change it. */
enum db_state db_state(const struct db *db);
/* After a failure: this connection is not asked again, and what became of a COMMIT on it
 * is not known. (Else nothing of the transaction is in.) */
bool db_is_lost(const struct db *db);

/* Pages in the log since it was last begun anew; and copies what can be copied without
 * making anyone wait. Nothing to do where the engine does it by itself. */
int db_log_pages(const struct db *db);
MUST_CHECK err db_checkpoint(struct arena *a, struct db *db, int *ret_left);
/* `*ret_left` with an error: the database was not synced, and a later checkpoint would
 * take for copied what may be missing. Only a new process copies it again
 * (checkpoint.c). */
enum { DB_NOT_SYNCED = -1 };

/* One line a finding of the engine's own check; none when all is well. */
MUST_CHECK err db_integrity(struct arena *a, struct db *db, struct table *ret_findings);
/* Whether a table stands there. */
MUST_CHECK err db_has_table(struct arena *a, struct db *db, str name, bool *ret_there);
/* What stands there: rows of (type, name, definition), sorted. And what there would be
 * after `script` in an empty database; `db` is in no transaction. */
MUST_CHECK err db_schema(struct arena *a, struct db *db, struct table *ret);
MUST_CHECK err db_schema_after(struct arena *a, struct db *db, const char *script,
                               struct table *ret);

#endif
