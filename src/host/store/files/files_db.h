/* files_db — uploaded files: one connection that writes and one that reads, each behind a
 * lock. On SQLite they lie in files.db, on PostgreSQL beside all else.
 *
 * Uploads write small transactions of one part; they never wait for the writer of the main
 * database nor it for them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_FILES_FILES_DB_H
#define BIANMIN_HOST_STORE_FILES_FILES_DB_H

#include "host/store/migrate.h"
#include "host/store/store.h"

#include <pthread.h>

struct db;

struct files_db {
    pthread_mutex_t write_mutex, read_mutex;
    struct db *write, *read; /* NULL: opened anew when needed */
    bool is_open;
};

/* Several statements in one transaction. */
typedef err files_work(void *context, struct arena *a, struct db *db);

/* The migration by which these tables come into a database that holds all. */
extern const struct migration files_migration;
/* Those of files.db. */
extern const struct migration files_tables[];
extern const size_t files_tables_count;
/* Those of a file of their own that are still to be applied; and applies them. None where
 * the files lie in the main database. */
MUST_CHECK err files_missing_of(struct arena *a, struct store *s, int *ret_missing);
MUST_CHECK err files_migrate(struct arena *a, struct store *s, int *ret_applied);
MUST_CHECK err files_open(struct arena *a, struct store *s, bool create);
void files_close(struct store *s);
MUST_CHECK err files_write(struct arena *a, struct store *s, files_work *work,
                           void *context);
MUST_CHECK err files_read(struct arena *a, struct store *s, const struct query *q,
                          const struct value *values, size_t count, struct table *ret);

#endif
