/* writer — what the three files of the writer share.
 *
 * group.c runs a group in one transaction, recover.c finds out what became of one that
 * failed, writer.c is the thread: takes, keeps, tells.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_WRITE_WRITER_H
#define BIANMIN_HOST_STORE_WRITE_WRITER_H

#include "host/store/core/inner.h"
#include "host/store/node/relay.h"
#include "host/store/write/queue.h"

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

/* A counter as far as this group has counted (counter.c). In the group's arena. */
struct counted {
    const struct counter *counter;
    int64_t agency, key;
    int64_t last, before, written; /* now; before the member that runs; in the database */
    struct counted *next;
};

struct group;
struct tx {
    struct store *store;
    struct group *group;
    struct snap snap;
    struct arena *arena;
    struct pending_event *events, **events_end;
    struct pending_topic *topics;
    int64_t greatest_id;
    bool has_changed;
};

enum { STORE_WRITERS = 16 };

/* One thread, one connection, one queue, and the agencies that fall to it. */
struct writer {
    struct store *store;
    int number;    /* among the writers of this process */
    struct db *db; /* NULL: not opened yet, or lost and not yet opened anew */
    bool is_running;
    struct queue queue;
    pthread_t thread;
    int node;                         /* under which its mark is; -1: not looked yet */
    int64_t greatest_id, groups_kept; /* its copy of the mark */
    int log_asked;                    /* pages in the log when it was last called for */
    int64_t failing_since_ns;         /* 0: the last group went well */
    int64_t refused_since_ns;         /* the same, by a server that does answer */
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
    struct counted *counted;
    int careful;    /* groups yet to be run with savepoints */
    bool is_sent;   /* COMMIT was */
    bool is_cut;    /* its answer is not believed (a test) */
    bool is_spoilt; /* a member refused after it had changed something, or a change that was
                     * put off has failed */
    struct member member[STORE_GROUP];
};

/* group.c: NULL: what the members' results say is true and durable. */
MUST_CHECK err group_try(struct group *g);
/* Every member's arena goes back to where it was before the first run. */
bool group_rewind(struct group *g);

/* counter.c: what the member that ends has taken is taken, or given back; and before
 * COMMIT. */
void counters_member_ends(struct group *g, bool is_kept);
MUST_CHECK err counters_write(struct group *g);

/* writer.c */
/* All of a store's; nothing runs yet. */
MUST_CHECK err writers_open(struct arena *a, struct store *s, int count, int queue_length);
MUST_CHECK err writer_start(struct arena *a, struct writer *w);
void writer_stop(struct writer *w); /* after what waits was kept */
void writer_close(struct writer *w);

/* recover.c: a connection, and the mark under the node number that we have now. */
MUST_CHECK err writer_ready(struct arena *a, struct writer *w);
/* First and last in a transaction: the mark is ours, and it rises. */
MUST_CHECK err writer_mark_take(struct arena *a, struct writer *w);
MUST_CHECK err writer_mark_keep(struct arena *a, struct writer *w, int64_t greatest);

enum fate {
    FATE_AGAIN,   /* nothing of the group is in: running it once more is right */
    FATE_KEPT,    /* all of it is in, and that is durable */
    FATE_REFUSED, /* it may be in, and must not be acknowledged */
    FATE_UNKNOWN, /* the database does not answer: ask again */
};
/* On a new connection, where the old one is lost. `ret_why` says more for the last two. */
enum fate group_fate(struct group *g, err *ret_why);

#endif
