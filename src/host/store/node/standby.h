/* standby — another server that follows the first one, for pages that everybody may see.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_NODE_STANDBY_H
#define BIANMIN_HOST_STORE_NODE_STANDBY_H

#include "host/store/core/inner.h"

struct standby {
    struct pool pool;
    int lag_ms;               /* what it may be behind */
    _Atomic int64_t wanted;   /* it is old until it shows this pulse */
    _Atomic int64_t again_ns; /* not asked before */
};

/* Nothing is connected yet. `lag_ms` 0: 5 s. */
MUST_CHECK err standby_open(struct arena *a, struct store *s, const char *address,
                            int readers, int lag_ms);
void standby_close(struct store *s);
/* Before topics are published: what is read from a standby must have them. */
void standby_wait_for_now(struct store *s);

#endif
