/* reading — who of the staff has opened personal data of cases, in a stretch of time.
 *
 * Read out of the events case.read, for the check by government ethics (政風). What
 * applicants opened of their own cases is not among them, and nothing here is personal.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_READING_H
#define BIANMIN_KERNEL_CASEFILE_READING_H

#include "kernel/flow/flow.h"

struct snap;
struct query_list;
extern const struct query_list casefile_reading_queries;

struct case_reading {
    int64_t seq, at_ms, staff;
    int64_t casefile; /* 0: several at once, as on a worklist */
    int cases;        /* how many were opened */
    int others;       /* how many of them were not assigned to the reader at that time */
    bool names_only;  /* the applicants' names on a worklist; else whole cases */
    enum reading_reason reason; /* READ_REASONS: none was needed */
};
/* From an instant up to another, in order of time. */
MUST_CHECK err casefile_readings(struct arena *a, struct snap *snap, int64_t agency,
                                 int64_t from_ms, int64_t until_ms,
                                 struct case_reading **ret, size_t *ret_count);

/* The last event of the chain before `until_ms`, looked for from the event `seq` on: the
 * one before the first that is as late. Fails: ERR_MISSING (no event). */
MUST_CHECK err casefile_chain_end(struct arena *a, struct snap *snap, int64_t agency,
                                  int64_t seq, int64_t until_ms, int64_t *ret_seq,
                                  str *ret_hash);

/* The numbers of these cases, "" for an id that is none. */
MUST_CHECK err casefile_numbers(struct arena *a, struct snap *snap, int64_t agency,
                                const int64_t *ids, size_t count, str **ret_numbers);
/* These cases in this order; one with id 0 for an id that is none. */
MUST_CHECK err casefile_some(struct arena *a, struct snap *snap, int64_t agency,
                             const int64_t *ids, size_t count, struct casefile **ret);

#endif
