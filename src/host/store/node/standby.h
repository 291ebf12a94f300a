/* standby — another server that follows the first one, for pages that everybody may see.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_NODE_STANDBY_H
#define BIANMIN_HOST_STORE_NODE_STANDBY_H

#include "host/store/core/inner.h"

#include <pthread.h>

struct standby {
    struct pool pool;
    int lag_ms;               /* what it may be behind */
    _Atomic int64_t wanted;   /* it is old until it shows this pulse */
    _Atomic int64_t again_ns; /* not asked before */
    _Atomic bool is_away;     /* nobody's page waits for it: the thread tries it */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t tick;
    bool is_running, closing;
};

/* Nothing is connected yet. `lag_ms` 0: 5 s. */
MUST_CHECK err standby_open(struct arena *a, struct store *s, const char *address,
                            int readers, int lag_ms);
/* From now on it is tried; the first time at once. */
MUST_CHECK err standby_start(struct arena *a, struct store *s);
void standby_close(struct store *s);
/* Before topics are published: what is read from a standby must have them. */
void standby_wait_for_now(struct store *s);

#endif
