/* migrate — from the port's words for tables to the engine's, and the list of all NNNN.sql.
 *
 * The port's words: `TABLE name (…)` with the column types ID INT TEXT BYTES, `INDEX name
 * ON table (…) [WHERE …]`, `UNIQUE INDEX …`, `DROP_INDEX name`, `DROP_TABLE name`,
 * `COLUMN table name TYPE …` (adds one), `CHOICES table column (…)` (the list of a `CHECK
 * (column IN (…))` that stands at the column is now this one), `OPTIONAL table column TYPE`
 * (what was NOT NULL may be NULL, and then points to nothing), `APPEND_ONLY table`, and
 * INSERT, UPDATE, DELETE as they are. A statement ends with `;` at the end of a line; `--`
 * begins a comment.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_MIGRATE_H
#define BIANMIN_HOST_STORE_MIGRATE_H

#include "base/err.h"
#include "base/str.h"

struct db;
struct dialect;

struct migration {
    int number;
    const char *name; /* "slot/0012.sql" */
    const char *sql;  /* in the port's words */
};

/* Made by the build out of the tree, in the order of their numbers. */
extern const struct migration store_migrations[];
extern const size_t store_migration_count;

/* What an engine is to run for a text in the port's words. Fails: ERR_INPUT (a word that
 * the port does not know, with the statement it is in). */
MUST_CHECK err migration_say(struct arena *a, const struct dialect *d, str port,
                             str *ret_sql);
/* What a migration does, whatever its comments say: kept with each that was applied. */
str migration_hash(struct arena *a, const struct migration *m);
/* What all of a list say, one after the other. */
MUST_CHECK err migration_say_all(struct arena *a, const struct dialect *d,
                                 const struct migration *list, size_t count, str *ret_sql);
/* Applies what `list` has and the database has not, each in a transaction of its own.
 * Fails: ERR_CONFLICT (the database is newer, or had another text under a number). */
MUST_CHECK err migrate_all(struct arena *a, struct db *db, const struct migration *list,
                           size_t count, int64_t now_ms, int *ret_applied);
/* Reads only: ERR_CONFLICT as above; `*ret_missing` migrations are still to be applied. */
MUST_CHECK err migrate_compare(struct arena *a, struct db *db, const struct migration *list,
                               size_t count, int *ret_missing);

#endif
