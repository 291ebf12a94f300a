/* relay — what one program has changed, told to the others on the same database.
 *
 * A group of commits leaves a row (agency, number, slots) in its own transaction. Each
 * program reads what is after the last number it saw: when it gets a hint, when it comes
 * back to the database, and every second. The hint is sent after COMMIT, on a connection of
 * its own, and may be lost. Where numbers are missing (it was away for more than an hour)
 * everything counts as changed.
 *
 * An engine that only one process can write needs none of this.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_NODE_RELAY_H
#define BIANMIN_HOST_STORE_NODE_RELAY_H

#include "base/err.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct store;

/* One that a commit has changed. */
struct topic_mark {
    int64_t agency;
    uint32_t slot;
};

/* How far the changes of an agency have been seen. */
struct relay_seen {
    int64_t agency, seq;
};

struct relay {
    struct arena *arena; /* of `seen`; the thread's */
    struct relay_seen *seen;
    size_t count, room;
    struct db *ear, *mouth; /* connections; NULL: to be opened (again) */
    int wake[2];            /* a pipe: a byte when something is to be told, or at the end */
    pthread_t thread;
    bool is_running, has_pipe;
    _Atomic bool is_told, closing;
};

/* In the writer's transaction, after the events; `list` is sorted here. */
MUST_CHECK err relay_stamp(struct arena *a, struct db *db, struct topic_mark *list,
                           size_t count);
/* After COMMIT: the others shall look. */
void relay_tell(struct store *s);
MUST_CHECK err relay_open(struct arena *a, struct store *s);
/* Reads how far the changes are, before anything is made from the database. */
MUST_CHECK err relay_start(struct arena *a, struct store *s);
void relay_stop(struct store *s);

#endif
