/* driver — what an engine is to the store: one const table of functions. The SQL of one
 * engine stands in its driver and nowhere else: sqlite/, postgres/. db.c calls them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_DRIVER_H
#define BIANMIN_HOST_STORE_DRIVER_H

#include "base/buf.h"
#include "host/store/db.h"

/* The port's words for tables in the engine's (migrate.h). */
struct dialect {
    str id, text, bytes; /* types; INT is as ID */
    str table_end;       /* after the closing bracket */
    /* `list` with its parentheses takes the place of that in CHECK (column IN (…)). */
    void (*put_choices)(struct buf *out, str table, str column, str list);
    /* `type` (as the engine says it): the column may be NULL from now on. */
    void (*put_optional)(struct buf *out, str table, str column, str type);
    void (*put_append_only)(struct buf *out, str table);
};

struct driver {
    const char *name;
    bool reads_block;    /* a read may wait for a network */
    bool keeps_files;    /* uploaded files lie in the same database */
    int retry_seconds;   /* how long a group is tried again; 0: once at once */
    int writers;         /* as many as are good; 1: nobody else can write meanwhile */
    const struct dialect *dialect;

    err (*open)(struct arena *a, const char *address, int kind, enum db_use use,
                bool create, struct db **ret);
    void (*close)(struct db *db);
    err (*query)(struct arena *a, struct db *db, const struct query *q,
                 const struct value *values, size_t count, struct table *ret_table);
    err (*change)(struct arena *a, struct db *db, const struct query *q,
                  const struct value *values, size_t count, int64_t *ret_changed);
    /* NULL: changes are never put off */
    err (*change_later)(struct arena *a, struct db *db, const struct query *q,
                        const struct value *values, size_t count, int64_t expected);
    err (*settle)(struct arena *a, struct db *db); /* NULL as well */
    err (*prepare)(struct arena *a, struct db *db, const struct query *q);
    err (*script)(struct arena *a, struct db *db, const char *sql);

    err (*begin)(struct arena *a, struct db *db, enum db_begin how);
    err (*commit)(struct arena *a, struct db *db);
    void (*rollback)(struct db *db);
    err (*mark)(struct arena *a, struct db *db);
    err (*mark_back)(struct arena *a, struct db *db);
    err (*mark_end)(struct arena *a, struct db *db);
    enum db_state (*state)(const struct db *db);
    bool (*is_lost)(const struct db *db); /* NULL: after any failure */

    err (*reach)(struct arena *a, const char *address,
                 struct store_reach *ret);        /* or NULL */
    err (*empty)(struct arena *a, struct db *db); /* NULL: its files are unlinked */
    /* After tables were written anew: what plans are made from is gathered again. NULL:
     * plans do not follow from the rows there are. */
    err (*refresh)(struct arena *a, struct db *db);
    /* All that it holds, in a new file. */
    err (*copy)(struct arena *a, struct db *db, const char *path);

    /* Both NULL: the engine keeps its log by itself. */
    int (*log_pages)(const struct db *db);
    err (*checkpoint)(struct arena *a, struct db *db, int *ret_left);

    /* All NULL: only one process can write. Hints without content: `tell` sends one to
     * every connection that listens, `hear` waits for one, for a byte in `wake_fd`, or for
     * the time. ERR_BUSY: the connection is of no more use. */
    err (*listen)(struct arena *a, struct db *db);
    err (*tell)(struct arena *a, struct db *db);
    err (*hear)(struct arena *a, struct db *db, int wake_fd, int wait_ms);

    err (*integrity)(struct arena *a, struct db *db, struct table *ret_findings);
    err (*has_table)(struct arena *a, struct db *db, str name, bool *ret_there);
    err (*schema)(struct arena *a, struct db *db, struct table *ret);
    err (*schema_after)(struct arena *a, struct db *db, const char *script,
                        struct table *ret);
};

/* Each driver's own connection begins with one. */
struct db {
    const struct driver *driver;
    struct arena *arena; /* of the connection */
};

extern const struct driver sqlite_driver, postgres_driver;
/* A database for one test, gone with the arena: on the server that `server` names. */
MUST_CHECK err postgres_scratch(struct arena *a, const char *server,
                                const char **ret_address);
/* By how the address begins. */
const struct driver *driver_of(const char *address);

/* The errors that all drivers tell alike: ERR_CONFLICT, ERR_BUSY, else ERR_BROKEN. */
err driver_failed(struct arena *a, enum err_kind kind, str why)
    __attribute__((returns_nonnull));
/* ERR_CONFLICT: another number of rows changed than was expected. */
err driver_changed_others(struct arena *a, const struct query *q, int64_t changed)
    __attribute__((returns_nonnull));
/* ERR_BROKEN unless the values are as many and of the kinds that `types` says. */
MUST_CHECK err driver_check_values(struct arena *a, const struct query *q,
                                   const struct value *values, size_t count);
static inline const char *query_types(const struct query *q)
{
    return q->types == NULL ? "" : q->types;
}

#endif
