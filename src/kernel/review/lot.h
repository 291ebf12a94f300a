/* lot — drawing some out of many, so that nobody can choose and anybody can recompute it.
 *
 * The seed names what is drawn, office and stretch of time, and the hash of the chain's
 * last event of that time, which nobody knows before it is over. The lot of each is the
 * SHA-256 of the line `seed key`; the smallest lots are drawn. Rules only: nothing here
 * reads a database.
 *
 *     printf '%s' 'bianmin-draw-1 district 2026-02 HASH KEY' | sha256sum
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LOT_H
#define BIANMIN_KERNEL_LOT_H

#include "base/err.h"
#include "base/str.h"

/* How many of a hundred, and how many at least and at most. */
struct lot_share {
    int percent, least, most;
};
/* Of so many, rounded up; never more than there are. */
size_t lot_quota(const struct lot_share *share, size_t count);

/* "bianmin-draw-1 district 2026-02 5f0c…": `hash` are bytes. */
str lot_seed(struct arena *a, const char *what, str office, str period, str hash);

/* The places in `keys` of the `quota` smallest lots, in order of lots; keys are
 * different. */
MUST_CHECK err lots_draw(struct arena *a, str seed, const str *keys, size_t count,
                         size_t quota, size_t **ret_places);

#endif
