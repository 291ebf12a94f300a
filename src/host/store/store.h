/* store — the port to the database. No SQL of one engine is outside its driver (driver.h).
 *
 * Reading: a `snap` is one consistent snapshot; snap_query brings whole results into the
 * arena. Writing: only inside a `tx`, and only the writer opens one: commits wait in a
 * queue and the writer runs many of them in one transaction, each in its savepoint, with
 * one fsync. A commit that refuses (returns an err) is rolled back alone. A receipt is
 * given only after `done` came with NULL.
 *
 * A commit may run again after a failure: it starts from its arguments each time and makes
 * nothing that may differ (ids, codes, time, sealed bytes come from the check).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_H
#define BIANMIN_HOST_STORE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct store;
struct snap;
struct tx;

/* A statement: const tables at the top of *_store.c. `types`: one letter a parameter, i
 * (int64), t (text), b (bytes). SQL with ?1 ?2 …, the common part of both engines; where
 * they differ, `postgres` is the second spelling (nearly always NULL). */
struct query {
    const char *sql;
    const char *types;
    const char *postgres;
};

/* All queries of the program, listed by the rooms that own them, so that a test prepares
 * every one (app/queries.c). */
struct query_list {
    const char *room;
    const struct query *const *queries;
    size_t count;
};

/* The store's own. */
extern const struct query_list chain_queries, writer_queries, check_queries, store_queries,
    relay_queries, lease_queries, standby_queries;

struct value {
    char type; /* i t b, n for NULL */
    int64_t number;
    str text;
};
static inline struct value bind_int(int64_t n)
{
    return (struct value){ .type = 'i', .number = n };
}
static inline struct value bind_text(str s)
{
    return (struct value){ .type = 't', .text = s };
}
static inline struct value bind_bytes(str s)
{
    return (struct value){ .type = 'b', .text = s };
}
static inline struct value bind_null(void)
{
    return (struct value){ .type = 'n' };
}
/* BIND(bind_int(agency), bind_text(key)) stands for two arguments: values and count. */
#define BIND(...)                          \
    (const struct value[]){ __VA_ARGS__ }, \
        sizeof((const struct value[]){ __VA_ARGS__ }) / sizeof(struct value)
#define NO_VALUES NULL, 0

/* A result, all of it in the arena. */
struct table {
    size_t rows, columns;
    struct value *cell; /* rows * columns */
};
int64_t cell_int(const struct table *t, size_t row, size_t column); /* NULL reads as 0 */
str cell_text(const struct table *t, size_t row, size_t column);    /* NULL reads as "" */
str cell_bytes(const struct table *t, size_t row, size_t column);
bool cell_is_null(const struct table *t, size_t row, size_t column);

/* Reading. Fails: ERR_BUSY (database away, full), ERR_BROKEN. */
MUST_CHECK err snap_query(struct arena *a, struct snap *snap, const struct query *q,
                          const struct value *values, size_t count,
                          struct table *ret_table);
/* Exactly the first row; ERR_MISSING when there is none. */
MUST_CHECK err snap_one(struct arena *a, struct snap *snap, const struct query *q,
                        const struct value *values, size_t count, struct table *ret_row);
/* Whether the engine accepts the statement, with as many values as `types` has. It does
 * not run. */
MUST_CHECK err snap_prepare(struct arena *a, struct snap *snap, const struct query *q);
/* A snapshot from the pool; given back with the arena. Blocks shortly at most. It stands
 * still from its first query on, at the latest. */
MUST_CHECK err snap_begin(struct arena *a, struct store *s, struct snap **ret);
void snap_end(struct snap *snap);
/* The same for a page that everybody may see: from a standby, where there is one that is
 * not too far behind (`read_lag_ms`) and has all that was published on the bus before. */
MUST_CHECK err snap_begin_public(struct arena *a, struct store *s, struct snap **ret);
bool snap_is_standby(const struct snap *snap);

/* Writing, inside a commit. */
struct snap *tx_snap(struct tx *tx); /* reads what this transaction sees */
MUST_CHECK err tx_change(struct arena *a, struct tx *tx, const struct query *q,
                         const struct value *values, size_t count, int64_t *ret_changed);
/* ERR_CONFLICT when not exactly one row changed. */
MUST_CHECK err tx_change_one(struct arena *a, struct tx *tx, const struct query *q,
                             const struct value *values, size_t count);
/* Any number of rows may change; a broken UNIQUE gives ERR_CONFLICT here too. */
MUST_CHECK err tx_run(struct arena *a, struct tx *tx, const struct query *q,
                      const struct value *values, size_t count);

/* Numbers without a gap: `read` (agency, key) gives the last one, no row for none yet;
 * `write` (agency, key, last) keeps it. The agency is the commit's own. */
struct counter {
    struct query read, write;
};
/* The next one, this commit's if it is kept. The database is read once and written once
 * for all commits of a group. */
MUST_CHECK err tx_next(struct tx *tx, const struct counter *c, int64_t agency, int64_t key,
                       int64_t *ret_number);

/* What happened, appended to the chain of its agency. The writer stamps seq and hash just
 * before COMMIT: hash = SHA-256(hash before | canonical event). The body is JSON of ids
 * and salted hashes only, nothing personal, so that erasure leaves the chain whole.
 * Readers follow the table event (agency_id, seq, at_ms, actor_id, subject_id, kind, body)
 * by seq. */
struct event {
    int64_t agency;
    int64_t at_ms;
    int64_t actor;   /* staff id; 0: the citizen or the program */
    str kind;        /* "case.received" */
    int64_t subject; /* case id or other id; 0: the agency itself */
    str body;        /* "{}" when there is nothing to say */
};
MUST_CHECK err tx_event(struct tx *tx, const struct event *e);
/* Pages that name this topic are made anew after COMMIT: (agency, "service", key …). */
void tx_topic(struct tx *tx, int64_t agency, const char *kind, str key);

enum commit_queue { COMMIT_PERSON, COMMIT_SLICE }; /* people first; slices <= 20 ms */
struct commit {
    int64_t agency;
    enum commit_queue queue;
    struct arena
        *arena; /* the writer's alone until `done`; reset to a mark before a re-run */
    err (*run)(void *context, struct arena *a, struct tx *tx);
    void (*done)(void *context, err result); /* on the writer's thread, after COMMIT */
    void *context;
    struct commit *next; /* the writer's */
};
/* Hands it over. Fails at once: ERR_BUSY (queue full, closing). */
MUST_CHECK err store_submit(struct store *s, struct commit *c);
/* The same and waits, for commands, jobs and tests. */
MUST_CHECK err store_commit(struct store *s, struct arena *a, int64_t agency,
                            err (*run)(void *context, struct arena *a, struct tx *tx),
                            void *context);
/* The same in the queue of slices, for jobs. */
MUST_CHECK err store_commit_in(struct store *s, struct arena *a, enum commit_queue queue,
                               int64_t agency,
                               err (*run)(void *context, struct arena *a, struct tx *tx),
                               void *context);

/* Topics: a counter for what a page depends on (a slot may be shared; then pages are made
 * anew more often than needed, never too seldom). */
#define STORE_TOPICS (1 << 14) /* slots, as many as the bus has */
uint32_t topic_slot(int64_t agency, const char *kind, str key);
uint64_t topic_count(const struct store *s, uint32_t slot);
/* Where what was changed is published, here or by another program on the same database. */
struct bus;
struct bus *store_bus(const struct store *s);

/* Opening. `folder` holds the lock and, without `database`, bianmin.db and files.db.
 * Fails: ERR_CONFLICT (another process has it, a newer schema), ERR_MISSING, ERR_BROKEN
 * (no database of ours), ERR_BUSY (disk; the database is away), ERR_DENIED (it refuses
 * us), ERR_INPUT (its address). */
struct store_options {
    const char *folder;
    const char *database; /* postgresql://…; NULL: SQLite in the folder */
    int readers;      /* connections for snapshots */
    int writers;      /* 0: as the engine likes; SQLite has one */
    int queue_length; /* commits waiting for one writer before ERR_BUSY; 0: 4096 */
    int wait_seconds; /* for a database that is away when it is opened */
    int retry_seconds; /* how long a lost database is waited for; 0: as the engine says */
    int lease_ms;      /* of the node number; 0: 20 s */
    const char *read_database; /* postgresql://… of a standby; NULL: none */
    int read_lag_ms;           /* what it may be behind; 0: 5 s */
    bool create;
    bool read_only;
    bool no_reserve; /* no 64 MiB kept back for a full disk: tests, single commands */
};
MUST_CHECK err store_open(struct arena *a, const struct store_options *options,
                          struct store **ret);
/* Leases a node number, starts the writers and the checkpointer; store_close drains and
 * stops them. */
MUST_CHECK err store_start(struct arena *a, struct store *s);
void store_close(struct store *s);
/* Takes all out of a PostgreSQL database that a first run has filled and could not
 * finish. */
MUST_CHECK err store_empty(struct arena *a, const char *database);

/* Migrations not yet applied, in order; in one transaction each. */
MUST_CHECK err store_migrate(struct arena *a, struct store *s, int *ret_applied);
/* How many there are; and ERR_CONFLICT when there are any. */
MUST_CHECK err store_missing(struct arena *a, struct store *s, int *ret_missing);
MUST_CHECK err store_must_be_migrated(struct arena *a, struct store *s);
/* ERR_CONFLICT while other programs work on the database. */
MUST_CHECK err store_must_be_alone(struct arena *a, struct store *s);
/* A copy of all that migrations will change: on SQLite in the folder, by the time; else
 * made by pg_dump at `path`. Fails: ERR_BUSY (no room), ERR_MISSING (no pg_dump),
 * ERR_CONFLICT (there is a file); then nothing is left of it. */
MUST_CHECK err store_copy(struct arena *a, struct store *s, const char *path,
                          str *ret_path);
/* The greatest id in the database (for id_source_init); kept by the writer. */
MUST_CHECK err store_greatest_id(struct arena *a, struct store *s, int64_t *ret_id);
/* The number of this process among those on the database; after store_start. */
int store_node(const struct store *s);
/* `ids` begins under that number, above every id there is, and goes on under another one
 * should the number be lost. It lives until store_close. */
struct id_source;
MUST_CHECK err store_ids(struct arena *a, struct store *s, struct id_source *ids);

/* For `bianmin check`: `say` gets one line a finding, `sound` false for a fault. */
typedef void store_say(void *context, bool sound, str line);
MUST_CHECK err store_check(struct arena *a, struct store *s, store_say *say, void *context);

/* The disk was full and the reserve has been given up: staff may go on, the public is
 * asked to come later, until there is room again. */
bool store_is_short(const struct store *s);
/* What a connection that is opened anew must reach, for the sandbox; nothing on SQLite. */
enum { STORE_REACH = 32 };
struct store_reach {
    bool by_socket;  /* a Unix socket */
    bool by_network; /* TCP, to these ports */
    bool by_name;    /* hosts are looked up by their names */
    uint16_t ports[STORE_REACH];
    size_t port_count;
    const char *readable[STORE_REACH]; /* certificates, password files … */
    size_t readable_count;
};
MUST_CHECK err store_reach(struct arena *a, const struct store *s, struct store_reach *ret);
/* A read may wait for a network: who must not wait reads in a lane. */
bool store_reads_block(const struct store *s);
/* Other programs may work on the same database at the same time. */
bool store_is_shared(const struct store *s);
/* Whether this program is the one that runs the job `name`; if so it stays so for `for_ms`,
 * or until the program ends. Asked before each slice. Always, where one process owns the
 * database. */
MUST_CHECK err store_job_is_ours(struct arena *a, struct store *s, const char *name,
                                 int64_t for_ms, bool *ret_ours);
MUST_CHECK err store_jobs_give_back(struct arena *a, struct store *s);
/* Changes that were told to the other programs more than an hour ago. */
MUST_CHECK err store_forget_changes(struct arena *a, struct store *s);
/* "sqlite", "postgresql". */
const char *store_engine(const struct store *s);
/* Opened from a read-only file system (or asked so): every commit is ERR_BUSY. */
bool store_is_read_only(const struct store *s);

/* Figures for metrics and the bench. */
struct store_figures {
    uint64_t commits, groups, refused, group_largest, queue_now, checkpoints;
    uint64_t standby_reads;             /* snapshots from a standby */
    uint64_t retries, lost, reconnects; /* groups run again; the writers' connections */
};
struct store_figures store_figures(const struct store *s);

/* A store in a new folder (under $TMPDIR, else in memory) with everything migrated and the
 * writer running; closed and removed with the arena. Where BIANMIN_TEST_DATABASE names a
 * PostgreSQL, in a database of its own there. For tests. */
MUST_CHECK err store_open_scratch(struct arena *a, struct store **ret);
/* A second program on the database of a scratch store (PostgreSQL only). For tests. */
MUST_CHECK err store_open_beside(struct arena *a, const struct store *s, int lease_ms,
                                 struct store **ret);

/* Test builds only: the n-th such step from now on fails; 0 switches it off, -1 makes
 * every one fail. */
enum store_fault {
    FAULT_STATEMENT, /* a statement of a commit: ERR_BUSY */
    FAULT_BEGIN,
    FAULT_COMMIT,      /* COMMIT fails and nothing is in */
    FAULT_COMMIT_KEPT, /* COMMIT says it failed, but the rows are in (a lost fsync) */
    FAULT_PULSE,       /* a node number is not renewed, as in a process that is held up */
    FAULT_HINT,        /* other programs get no hint that something has changed */
    FAULT_KINDS
};
void store_fault_at(struct store *s, enum store_fault kind, long n);

#endif
