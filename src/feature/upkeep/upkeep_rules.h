/* upkeep_rules — what is counted of a definition, and shares; no page, no database.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_UPKEEP_RULES_H
#define BIANMIN_FEATURE_UPKEEP_RULES_H

#include "feature/upkeep/upkeep_store.h"
#include "kernel/service/service.h"

/* One version of a service in numbers: what a review of it looks at. */
struct upkeep_counts {
    int papers;    /* to be brought, those of some cases too */
    int looked_up; /* the office looks them up itself */
    int questions;
    int seals;     /* as designed */
};
MUST_CHECK err upkeep_count(const struct catalog *c, const struct service *s,
                            struct upkeep_counts *ret);
/* It can be applied for on line: here, or in another system. */
bool upkeep_is_online(const struct service *s);

/* Is a look due: the last one said until when, or nobody has looked yet for a year? */
bool upkeep_is_due(const struct service *s, const struct upkeep_kept *last, day today);

/* Applications of one service in a year, all ways together. */
struct upkeep_way_sum {
    str service;
    int64_t all, online, telephone, before, online_before;
    int64_t over, late; /* of this year's: upkeep_store.h */
};
/* The cases of two years joined, by service in order. */
MUST_CHECK err upkeep_ways_sum(struct arena *a, const struct upkeep_way_count *now,
                               size_t now_count, const struct upkeep_way_count *before,
                               size_t before_count, struct upkeep_way_sum **ret,
                               size_t *ret_count);
/* "42.5 %"; "—" of nothing. */
str upkeep_share(struct arena *a, int64_t part, int64_t whole);

#endif
