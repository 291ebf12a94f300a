/* reading — personal data of a case are opened ("show"), and who of the staff has opened
 * some, in a stretch of time.
 *
 * The latter is read out of the events case.read, for the check by government ethics (政風).
 * What applicants opened of their own cases is not among them, and nothing here is
 * personal.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_READING_H
#define BIANMIN_KERNEL_CASEFILE_READING_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_reading_queries, casefile_show_queries;

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

/* "Show": one event for all `ids`, and they are open in this session for 10 minutes. The
 * reason is a key; empty for cases assigned to `who`. `who->staff` 0: the owner, who needs
 * none. Fails: ERR_INPUT (reason missing), ERR_MISSING (not his to see). */
MUST_CHECK err casefile_reading(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t now_ms, const int64_t *ids, size_t count,
                                str reason, int64_t session);
/* The same for the applicants' names alone, as a worklist shows them: the cases stay
 * shut. */
MUST_CHECK err casefile_reading_names(struct arena *a, struct tx *tx,
                                      const struct actor *who, int64_t now_ms,
                                      const int64_t *ids, size_t count, str reason,
                                      int64_t session);
/* Is the whole case open? */
MUST_CHECK err casefile_is_shown(struct arena *a, struct snap *snap, int64_t session,
                                 int64_t agency, int64_t id, int64_t now_ms,
                                 bool *ret_shown);
/* All whose name is open in this session now, or the whole, in order of id. */
MUST_CHECK err casefile_shown(struct arena *a, struct snap *snap, int64_t session,
                              int64_t agency, int64_t now_ms, int64_t **ret_ids,
                              size_t *ret_count);

#endif
