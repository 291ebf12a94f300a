/* assign — who takes up a new case (分案): by village, by duty roster, or who has the least;
 * a definition may leave it to the unit (by hand).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_ASSIGN_H
#define BIANMIN_KERNEL_CASEFILE_ASSIGN_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_assign_queries;

/* One line of the unit's table: 中正里 → a village officer; 1 → who is on duty on Mondays;
 * 2026-03-02 → on that day, which goes before its weekday. */
struct assign_rule {
    bool is_roster; /* else a village */
    str key;
    int64_t staff;
};
MUST_CHECK err assign_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                           struct assign_rule **ret, size_t *ret_count);
/* Commit; an event. The table of a unit is replaced as a whole. */
MUST_CHECK err assign_put(struct arena *a, struct tx *tx, const struct actor *who,
                          int64_t now_ms, int64_t unit, const struct assign_rule *list,
                          size_t count);

/* Inside the commit that receives a case: the officer, 0 where it waits in the unit. Nobody
 * is chosen who does not work on cases of the unit today; where village or roster name
 * nobody, it is who has the fewest open cases. */
MUST_CHECK err casefile_assign(struct arena *a, struct tx *tx, const struct case_wish *w,
                               int64_t *ret_officer);

#endif
