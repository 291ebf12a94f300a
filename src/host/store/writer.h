/* writer — what the three files of the writer share.
 *
 * group.c runs a group in one transaction, recover.c finds out what became of one that
 * failed, writer.c is the thread: takes, keeps, tells.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_WRITER_H
#define BIANMIN_HOST_STORE_WRITER_H

#include "host/store/db.h"
#include "host/store/queue.h"
#include "host/store/relay.h"
#include "host/store/store.h"

#include <pthread.h>

/* What one commit wants done just before and after COMMIT. In the commit's arena. */
struct pending_event {
    struct event event;
    struct pending_event *next;
};
struct pending_topic {
    struct topic_mark mark;
    struct pending_topic *next;
};

struct snap {
    struct db *db;
    struct reader *reader; /* NULL: a writer's, or ended */
};

struct tx {
    struct store *store;
    struct snap snap;
    struct arena *arena;
    struct pending_event *events, **events_end;
    struct pending_topic *topics;
    int64_t greatest_id;
    bool has_changed;
};

/* One thread, one connection, one queue. */
struct writer {
    struct store *store;
    struct db *db; /* NULL: lost, and not yet opened anew */
    struct queue queue;
    pthread_t thread;
    int64_t greatest_id, groups_kept; /* its copy of store_mark */
    int log_asked;                    /* pages in the log when it was last called for */
    int64_t failing_since_ns;         /* 0: the last group went well */
};

struct member {
    struct commit *commit;
    struct arena_mark *mark;
    struct tx tx;
    err result;
};

struct group {
    struct writer *writer;
    struct arena *arena; /* of this group; events lie in the arenas of their commits */
    struct group *alone; /* for members one by one; NULL in that one */
    size_t count, kept;
    int careful;    /* groups yet to be run with savepoints */
    bool is_sent;   /* COMMIT was */
    bool is_spoilt; /* a member refused after it had changed something, or a change that was
                     * put off has failed */
    struct member member[STORE_GROUP];
};

/* group.c: NULL: what the members' results say is true and durable. */
MUST_CHECK err group_try(struct group *g);
/* Every member's arena goes back to where it was before the first run. */
bool group_rewind(struct group *g);

/* recover.c */
MUST_CHECK err writer_start(struct arena *a, struct writer *w);
/* Reads the writer's copy of store_mark; waits for a COMMIT that may still be under way. */
MUST_CHECK err writer_prepare(struct arena *a, struct writer *w);
/* First and last in a transaction: the mark is ours, and it rises. */
MUST_CHECK err writer_mark_take(struct arena *a, struct writer *w);
MUST_CHECK err writer_mark_keep(struct arena *a, struct writer *w, int64_t greatest);
MUST_CHECK err writer_reopen(struct arena *a, struct writer *w);

enum fate {
    FATE_AGAIN,   /* nothing of the group is in: running it once more is right */
    FATE_KEPT,    /* all of it is in, and that is durable */
    FATE_REFUSED, /* it may be in, and must not be acknowledged */
    FATE_UNKNOWN, /* the database does not answer: ask again */
};
/* On a new connection. `ret_why` says more for the last two. */
enum fate group_fate(struct group *g, err *ret_why);

#endif
