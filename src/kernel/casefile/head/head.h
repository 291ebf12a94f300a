/* head — today's figures of an office for its head.
 *
 * Every figure comes out of an index alone and costs the same however many cases there are;
 * counts end at HEAD_COUNTED. Late is what has no decision and is past its term, and what
 * was decided after it: open ones are in it. The two clocks are never added up.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_HEAD_H
#define BIANMIN_KERNEL_CASEFILE_HEAD_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_head_queries;

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
/* `unit` 0: the whole office. */
MUST_CHECK err casefile_head(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t unit, int64_t now_ms, struct head_figures *ret);
/* Since when `decided` counts. */
int64_t head_month_ms(int64_t now_ms);
MUST_CHECK err casefile_head_units(struct arena *a, struct snap *snap, int64_t agency,
                                   const struct unit *units, size_t count,
                                   int64_t now_ms,
                                   struct head_unit **ret);

/* Extensions (展期) that were allowed in each month of a year, of each clock by itself. */
#define HEAD_MONTHS 12
struct extension_figure {
    int64_t statutory, control;
};
MUST_CHECK err casefile_extensions(struct arena *a, struct snap *snap, int64_t agency,
                                   int year, struct extension_figure ret[HEAD_MONTHS]);

/* Seals (核章) as it happened: of what was decided from an instant to before another, by
 * service and version. */
struct seal_figure {
    str service;
    int version;
    int64_t cases, seals, most;
};
MUST_CHECK err casefile_seals(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t from_ms, int64_t until_ms,
                              struct seal_figure **ret, size_t *ret_count);

#endif
