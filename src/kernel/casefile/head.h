/* head — today's figures of an office for its head, and the desk of one officer as a whole.
 *
 * Every figure comes out of an index alone and costs the same however many cases there are;
 * counts end at HEAD_COUNTED. Late is what has no decision and is past its term, and what
 * was decided after it: open ones are in it. The two clocks are never added up.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_HEAD_H
#define BIANMIN_KERNEL_CASEFILE_HEAD_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_head_queries, casefile_control_queries;

#define HEAD_COUNTED 5000
struct head_unit {
    int64_t unit;
    int64_t late[CASE_STATES]; /* statutory, by where it is: that is the reason */
    int64_t late_all, control_late;
};
struct head_figures {
    int64_t open, paused, special;   /* now */
    int64_t waits[LEVEL_COUNT];      /* proposals that wait for each level */
    int64_t decided, decided_late;   /* since the first of the month */
    int64_t decided_today;
    bool more; /* a count has reached its end */
};
MUST_CHECK err casefile_head(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t now_ms, struct head_figures *ret);
MUST_CHECK err casefile_head_units(struct arena *a, struct snap *snap, int64_t agency,
                                   const struct unit *units, size_t count, day today,
                                   struct head_unit **ret);

/* Under control (列管): undecided and past the statutory term, with the law study group,
 * special, or past the control limit; in this order, the oldest first. `*ret_more`: there
 * are more than `most`. */
MUST_CHECK err casefile_controlled(struct arena *a, struct snap *snap, int64_t agency,
                                   day today, int most, struct casefile **ret,
                                   size_t *ret_count, bool *ret_more);

/* Seals (核章) as it happened: of what was decided, by service and version. */
struct seal_figure {
    str service;
    int version;
    int64_t cases, seals, most;
};
MUST_CHECK err casefile_seals(struct arena *a, struct snap *snap, int64_t agency,
                              struct seal_figure **ret, size_t *ret_count);

/* How many open cases each officer of a unit has, for who has the least. */
struct desk_load {
    int64_t officer, open;
};
MUST_CHECK err casefile_loads(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t unit, struct desk_load **ret, size_t *ret_count);
/* Commit. The open cases of `from` go to `to`, at most `most` at once; the acts of each are
 * checked as if done one by one. `*ret_left` are still with him. */
MUST_CHECK err casefile_hand_over(struct arena *a, struct tx *tx, const struct actor *who,
                                  int64_t from, int64_t to, int64_t now_ms, int most,
                                  int64_t *ret_count, int64_t *ret_left);

#endif
