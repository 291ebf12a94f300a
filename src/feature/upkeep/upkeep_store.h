/* upkeep_store — looks at services, and the cases of a year by way of applying.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_UPKEEP_STORE_H
#define BIANMIN_FEATURE_UPKEEP_STORE_H

#include "base/day.h"
#include "base/err.h"
#include "kernel/flow/flow.h"

struct snap;
struct tx;

#define UPKEEP_LOOK_SIGNS 1000
struct upkeep_kept {
    int64_t agency, id;
    str service;
    int version;
    bool changes; /* a new version follows; else it stays as it is */
    str found;
    day next_day;
    int64_t staff, at_ms;
};
/* commit: with its event. */
MUST_CHECK err upkeep_look_put(struct arena *a, struct tx *tx,
                               const struct upkeep_kept *l);
/* Of one service, or of all ("": by service); the latest first. */
MUST_CHECK err upkeep_look_list(struct arena *a, struct snap *snap, int64_t agency,
                                str service, struct upkeep_kept **ret,
                                size_t *ret_count);

/* Cases received from `from` until before `until`, by service and way. Over: decided,
 * or undecided at `now_ms` after its term; of these late: decided after it, or not yet. */
struct upkeep_way_count {
    str service;
    enum case_channel channel;
    int64_t cases, over, late;
};
MUST_CHECK err upkeep_way_counts(struct arena *a, struct snap *snap, int64_t agency,
                                 day from, day until, int64_t now_ms,
                                 struct upkeep_way_count **ret, size_t *ret_count);

#endif
