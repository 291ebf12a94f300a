/* case_slice — what the program itself does to many cases, slice by slice, behind people:
 * dates move with the calendar, who waits too long is told, cases from before there were
 * clocks get theirs.
 *
 * Each function is one commit: from the case after `after` on, at most `most`; the caller
 * goes on with `last` until `done`.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_SLICE_H
#define BIANMIN_KERNEL_CASEFILE_CASE_SLICE_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_slice_queries, casefile_tell_queries;

struct case_slice {
    int64_t last;          /* the last case looked at */
    int64_t seen, changed; /* cases in this slice */
    bool done;             /* there are no more */
};

/* Between which days the calendar has changed: only clocks whose term touches them are
 * looked at. */
struct case_days {
    day first, last;
};
/* Commit. Running cases are reckoned on `cal`; one whose statutory or control date moves
 * gets the event case.due_moved, and where it is the statutory one its owner a notice that
 * names `reason` ("颱風"). Nothing else of the case changes; who has its page open may go
 * on. */
MUST_CHECK err casefile_recompute_slice(struct arena *a, struct tx *tx,
                                        const struct calendar *cal, int64_t agency,
                                        const struct case_days *days, int64_t after,
                                        int most, int64_t now_ms, str reason,
                                        struct case_slice *ret);
/* The list before: which cases would move on `cal`, and from when to when. */
struct case_move_line {
    int64_t id;
    str number, service;
    int64_t unit, officer;
    day was, will; /* statutory; the same where only the control limit moves */
    day control_was, control_will;
};
MUST_CHECK err casefile_recompute_look(struct arena *a, struct snap *snap,
                                       const struct calendar *cal, int64_t agency,
                                       const struct case_days *days, int64_t after,
                                       int most, int64_t now_ms,
                                       struct case_move_line **ret, size_t *ret_count,
                                       struct case_slice *ret_slice);

/* Commit. Running cases without clocks get them from the day they were received and their
 * version of the service; what the applicant was asked to supply stopped them. */
MUST_CHECK err casefile_clock_slice(struct arena *a, struct tx *tx,
                                    const struct calendar *cal,
                                    const struct catalog *catalog, int64_t agency,
                                    int64_t after, int most, int64_t now_ms,
                                    struct case_slice *ret);

/* Are there such cases? */
MUST_CHECK err casefile_lacks_clocks(struct arena *a, struct snap *snap, int64_t agency,
                                     bool *ret_lacks);

/* Commit. The officer is warned when the statutory term or the control limit ends soon
 * (case_soon_ms of `warn_days`); once the statutory term is past, the owner is told
 * reason, state and expected date. Each once for a due date; `after` is not needed. */
MUST_CHECK err casefile_tell_slice(struct arena *a, struct tx *tx,
                                   const struct calendar *cal, int64_t agency,
                                   int warn_days, int most, int64_t now_ms,
                                   struct case_slice *ret);

/* When a case that is late today is expected to be done. */
day case_expected(const struct calendar *cal, const struct casefile *c, day today);

#endif
