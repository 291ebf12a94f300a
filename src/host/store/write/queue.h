/* queue — commits that wait for the writer: bounded, two lanes.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_WRITE_QUEUE_H
#define BIANMIN_HOST_STORE_WRITE_QUEUE_H

#include "host/store/store.h"

#include <pthread.h>

enum {
    STORE_GROUP = 256, /* commits in one transaction at most */
    STORE_QUEUE = 4096,
};

struct lane {
    struct commit *first, **end;
    int length;
};

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    struct lane lane[2];
    int length_max; /* of each lane */
    bool closing;
    int64_t slice_since_ns; /* since when a slice waits */
};

void queue_init(struct queue *q, int length);
void queue_destroy(struct queue *q);
/* False: full, or closing. */
bool queue_put(struct queue *q, struct commit *c);
/* Waits for something; up to STORE_GROUP commits, or one slice. 0: closed and empty. */
int queue_take(struct queue *q, struct commit **ret);
/* No more comes in; what waits is still taken. */
void queue_close(struct queue *q);
int queue_length(struct queue *q);

#endif
