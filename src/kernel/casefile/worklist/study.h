/* study — hard cases before the law study group: what waits for an answer, and how many
 * were answered the same day.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_STUDY_H
#define BIANMIN_KERNEL_CASEFILE_STUDY_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_study_queries;

struct study_question {
    int64_t casefile, unit, officer, asked_ms;
    int64_t instructed_ms; /* it is with the higher agency since */
    str number, service;
    int service_version;
    bool instructed;
};
/* What waits, the oldest first. */
MUST_CHECK err casefile_questions(struct arena *a, struct snap *snap, int64_t agency,
                                  int most, struct study_question **ret,
                                  size_t *ret_count);
/* How many wait for the group itself, not for the higher agency. */
MUST_CHECK err casefile_questions_count(struct arena *a, struct snap *snap, int64_t agency,
                                        int64_t *ret);

/* Of what was asked in a stretch of time. The same day: in Taipei. */
struct study_sums {
    int64_t asked, answered, answered_same_day, instructed, instructed_same_day, open;
};
MUST_CHECK err casefile_study_sums(struct arena *a, struct snap *snap, int64_t agency,
                                   int64_t from_ms, int64_t until_ms,
                                   struct study_sums *ret);

#endif
