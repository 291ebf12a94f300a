/* list_query — which statement a question for a worklist needs; for the stores of this
 * room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_LIST_QUERY_H
#define BIANMIN_KERNEL_CASEFILE_LIST_QUERY_H

#include "kernel/casefile/worklist/worklist.h"

struct query;
/* due_ms and control_ms of one case. */
extern const struct query case_due_sql;

/* `key`: of the source; 0: the whole office. */
const struct query *case_list_query(const struct case_query *q, int64_t key);
/* NULL: it is counted by listing. */
const struct query *case_count_query(const struct case_query *q, int64_t key);
bool case_list_is_filtered(const struct case_query *q);

#endif
