/* postgres — what the files of the driver for PostgreSQL share.
 *
 * A connection stays in pipeline mode: what is sent waits in a queue of expected answers,
 * and postgres_collect brings them in. A connection that was lost stays lost; who owns it
 * opens another one. (One that only reads opens itself anew before its next snapshot.)
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_POSTGRES_POSTGRES_H
#define BIANMIN_HOST_STORE_POSTGRES_POSTGRES_H

#include "host/store/driver.h"

#include <libpq-fe.h>

enum {
    POSTGRES_KEPT = 2048,    /* places for statements, a power of two */
    POSTGRES_QUEUE = 512,    /* answers that may be outstanding */
    POSTGRES_VALUES = 64,    /* of one statement */
    POSTGRES_READ_MS = 10000,
    POSTGRES_WRITE_MS = 10000,
    POSTGRES_COMMIT_MS = 5000,
    POSTGRES_SCRIPT_MS = 600000,
};

struct postgres_kept {
    const char *sql;
    bool is_ready; /* prepared on the server, or on its way there */
};

enum postgres_what {
    ANSWER_PREPARED,
    ANSWER_DONE,   /* BEGIN, SAVEPOINT … */
    ANSWER_CHANGE,
    ANSWER_ROWS,
    ANSWER_SYNC,
};

struct postgres_answer {
    enum postgres_what what;
    const char *sql;
    int64_t expected; /* rows changed; DB_ANY */
};

/* The first failure since the last time answers came in. */
struct postgres_failure {
    bool is_there;
    enum err_kind kind;
    char state[6]; /* SQLSTATE */
    char why[320];
};

struct postgres_db {
    struct db db;
    PGconn *conn;
    const char *address; /* its own copy; holds a password, perhaps: never told */
    enum db_use use;

    enum db_begin how;
    bool is_wanted; /* a transaction was asked for, and nothing of it is sent yet */
    bool is_open;   /* BEGIN is sent */
    bool is_spoilt; /* a statement failed in it */
    bool is_ended;  /* … for a reason that another try may mend */
    bool is_lost;   /* the connection, or what it had to do in time */
    bool is_seen;   /* an answer has come in since BEGIN */
    bool is_warned; /* a warning came: a COMMIT with one is none */

    struct postgres_failure failure;
    struct postgres_answer queue[POSTGRES_QUEUE];
    size_t first, waiting;
    int64_t changed;      /* by the last ANSWER_CHANGE */
    size_t kept_count;
    struct postgres_kept kept[POSTGRES_KEPT];
};

static inline struct postgres_db *postgres_of(struct db *db)
{
    return (struct postgres_db *)db; /* its first member */
}

/* For snapshots: what of it was not seen yet may come from another connection. */
static inline bool postgres_is_reader(const struct postgres_db *p)
{
    return p->use == DB_READ || p->use == DB_STATIC;
}

/* open.c */
MUST_CHECK err postgres_open(struct arena *a, const char *address, int kind,
                             enum db_use use, bool create, struct db **ret);
void postgres_close(struct db *db);
/* The same connection anew; the old one is given up. Tells an administrator what to do. */
MUST_CHECK err postgres_connect(struct arena *a, struct postgres_db *p);
/* The same while people are served: ERR_BUSY whatever it is. */
MUST_CHECK err postgres_connect_again(struct arena *a, struct postgres_db *p);

/* refused.c: why a host did not take us, and what to do about it. */
struct postgres_refusal {
    char state[6]; /* SQLSTATE, or "" */
    str place, why;
};
void postgres_refusal_note(struct arena *a, PGconn *conn, struct postgres_refusal *r);
MUST_CHECK err postgres_refused(struct arena *a, const struct postgres_refusal *r);

/* wait.c: answers and failures. */
MUST_CHECK err postgres_failed(struct arena *a, struct postgres_db *p, const char *what);
/* Notes what the server (or libpq) said as the failure, unless there is one already. */
void postgres_note(struct postgres_db *p, const PGresult *result);
void postgres_lose(struct postgres_db *p, const char *why);
/* False: no place, after which the connection is lost. */
void postgres_expect(struct postgres_db *p, enum postgres_what what, const char *sql,
                     int64_t expected);
/* Brings in what is outstanding. The rows of the last ANSWER_ROWS go into `ret`. */
MUST_CHECK err postgres_collect(struct arena *a, struct postgres_db *p, int wait_ms,
                                const char *what, struct table *ret);
/* The next result of a conversation outside the pipeline; NULL: over, or lost. */
PGresult *postgres_result(struct postgres_db *p, int wait_ms);
/* Until the next result can be taken without waiting. */
bool postgres_wait(struct postgres_db *p, int64_t until_ns);

/* value.c */
/* ?1 … become $1 …; NULL when they are not as many as `types` says. */
const char *postgres_text(struct arena *a, const struct query *q);
MUST_CHECK err postgres_rows(struct arena *a, const PGresult *result, struct table *ret);
/* Sends with values: `name` of a prepared statement, or NULL and `sql` itself. */
bool postgres_send(struct postgres_db *p, const char *name, const char *sql,
                   const struct value *values, size_t count);
extern const Oid postgres_types[128]; /* by the letter in query.types */

/* postgres.c */
MUST_CHECK err postgres_query(struct arena *a, struct db *db, const struct query *q,
                              const struct value *values, size_t count,
                              struct table *ret_table);
/* A text that is not constant; prepared for this once. */
MUST_CHECK err postgres_ask(struct arena *a, struct db *db, const char *sql,
                            struct table *ret_table);
MUST_CHECK err postgres_script(struct arena *a, struct db *db, const char *sql);
MUST_CHECK err postgres_begin(struct arena *a, struct db *db, enum db_begin how);
void postgres_rollback(struct db *db);

/* reach.c */
MUST_CHECK err postgres_reach(struct arena *a, const char *address,
                              struct store_reach *ret);
/* hint.c */
MUST_CHECK err postgres_listen(struct arena *a, struct db *db);
MUST_CHECK err postgres_tell(struct arena *a, struct db *db);
MUST_CHECK err postgres_hear(struct arena *a, struct db *db, int wake_fd, int wait_ms);

/* schema.c */
extern const struct dialect postgres_dialect;
MUST_CHECK err postgres_integrity(struct arena *a, struct db *db,
                                  struct table *ret_findings);
MUST_CHECK err postgres_has_table(struct arena *a, struct db *db, str name,
                                  bool *ret_there);
MUST_CHECK err postgres_schema(struct arena *a, struct db *db, struct table *ret);
MUST_CHECK err postgres_empty(struct arena *a, struct db *db);
MUST_CHECK err postgres_refresh(struct arena *a, struct db *db);
MUST_CHECK err postgres_schema_after(struct arena *a, struct db *db, const char *script,
                                     struct table *ret);

/* copy.c */
MUST_CHECK err postgres_copy(struct arena *a, struct db *db, const char *path);

#endif
