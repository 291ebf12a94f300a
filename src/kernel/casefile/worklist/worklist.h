/* worklist — which cases wait for a person, a unit, a level (待辦), and what is under
 * control (列管).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_WORKLIST_H
#define BIANMIN_KERNEL_CASEFILE_WORKLIST_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_list_queries, casefile_typed_queries;
extern const struct query_list casefile_control_queries;

/* Worklists: what waits for `who`; a deputy has also what waits for a colleague who is
 * away. By due date, so that what is late comes first; LIST_ALL newest first. */
enum case_list {
    LIST_MINE, LIST_UNIT_NEW, LIST_TO_DECIDE, LIST_UNIT_OPEN, LIST_ALL,
    LIST_CONSULTED /* my unit was asked and has not answered */
};
struct case_query {
    enum case_list list;
    str service, number;  /* narrow; "" all; a running number alone will do: 123 */
    int state;            /* -1 all */
    bool late_only;
    day today;
    int64_t after;        /* paging: id of the last row seen, 0 first page */
    int most;
};
MUST_CHECK err casefile_list(struct arena *a, struct snap *snap, const struct actor *who,
                             const struct case_query *q, struct casefile **ret,
                             size_t *ret_count);
/* How many wait in a list; CASES_COUNTED + 1 where there are more: a page that counts them
 * all would be slow where many wait. */
#define CASES_COUNTED 200
MUST_CHECK err casefile_count(struct arena *a, struct snap *snap, const struct actor *who,
                              const struct case_query *q, size_t *ret_count);

/* Under control (列管): undecided and past the statutory term, with the law study group,
 * special, or past the control limit; in this order, the oldest first. `*ret_more`: there
 * are more than `most`. */
MUST_CHECK err casefile_controlled(struct arena *a, struct snap *snap, int64_t agency,
                                   day today, int most, struct casefile **ret,
                                   size_t *ret_count, bool *ret_more);

#endif
