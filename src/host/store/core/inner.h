/* inner — one open store, which the rooms of this house share and nobody else sees.
 *
 * A lock on the folder, a pool of connections for snapshots, a checkpointer; and the parts
 * of the rooms above, each known to its own room (writer.h, node.h, relay.h, standby.h,
 * files_db.h).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_CORE_INNER_H
#define BIANMIN_HOST_STORE_CORE_INNER_H

#include "host/store/db.h"
#include "host/store/store.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
    STORE_READERS = 64,
};

struct bus;
struct files_db;
struct migration;
struct node;
struct relay;
struct standby;
struct writer;

/* The time of the database in ms, so that nobody needs to trust anybody else's clock. */
#define STORE_NOW "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"
#define STORE_NOW_POSTGRES "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"

/* A connection of the pool; opened when first needed. */
struct reader {
    struct store *store;
    struct pool *pool;
    struct db *db;
    struct reader *next; /* in the free list */
};

struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t freed;
    struct reader reader[STORE_READERS];
    struct reader *free;
    int count;
    const char *address;
    enum db_use use;
};

struct snap {
    struct db *db;
    struct reader *reader; /* NULL: a writer's, or ended */
};

struct checkpointer {
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool running, wanted, closing;
};

struct counters {
    _Atomic uint64_t commits, groups, refused, group_largest, checkpoints;
    _Atomic uint64_t retries, lost, reconnects, standby_reads;
};

/* Test builds: the n-th time from now on, something fails (fault.c). */
struct faults {
    _Atomic long at[FAULT_KINDS];
};

struct store {
    const char *folder, *database, *address, *files_address, *reserve_path;
    const struct driver *driver;
    const struct migration *migrations; /* of the main database */
    size_t migration_count;
    int lock;
    bool read_only, started, closed, has_reserve;
    struct pool pool;
    struct checkpointer checkpointer;
    struct counters counters;
    struct faults faults;
    int retry_seconds;     /* as the engine says, or as asked */
    _Atomic bool is_short; /* the disk is full: the reserve was given up */
    struct bus *bus;
    struct files_db *files;
    struct node *node;
    struct relay *relay;
    struct standby *standby; /* NULL: there is none */
    struct writer *writer;   /* an array; the connection of the first also migrates */
    int writers;
};

/* connect.c: a connection while people are served: ERR_BUSY whatever the reason. */
MUST_CHECK err store_connect(struct arena *a, struct store *s, const char *address,
                             int kind, enum db_use use, struct db **ret);

/* snap.c */
void pool_init(struct store *s, struct pool *p, int readers, const char *address,
               enum db_use use);
void pool_close(struct pool *p);
MUST_CHECK err pool_begin(struct arena *a, struct pool *p, struct snap **ret);

/* checkpoint.c: copies what the log has; ends the process when the disk fails (above). */
MUST_CHECK err checkpoint_run(struct arena *a, struct db *db);
MUST_CHECK err checkpointer_start(struct arena *a, struct store *s);
void checkpointer_want(struct store *s);
void checkpointer_stop(struct store *s);

/* reserve.c: 64 MiB that are given up when the disk is full, and made again later. */
void reserve_make(struct store *s);
void reserve_give_up_if_full(struct store *s);

/* folder.c: the lock that makes this process the owner. */
MUST_CHECK err folder_lock(struct arena *a, struct store *s);
void folder_unlock(struct store *s);

/* fault.c: true when this time is the one that shall fail; never in a build for people. */
bool fault_is_now(struct store *s, enum store_fault kind);

#endif
