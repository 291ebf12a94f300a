/* lane — a few threads for work that waits, with a bounded queue before them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTTP_LANE_H
#define BIANMIN_HOST_HTTP_LANE_H

#include "base/err.h"

struct lane;

MUST_CHECK err lane_open(struct arena *a, int threads, size_t queue, struct lane **ret);
/* A place in the queue for one piece of work; false when it is full or the lane is closing.
 * Whoever has a place pushes once. */
bool lane_reserve(struct lane *l);
void lane_push(struct lane *l, void (*run)(void *), void *context);
/* Ends what waits, then the threads. NULL is fine. */
void lane_close(struct lane *l);

#endif
