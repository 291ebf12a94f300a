/* change_sweep — what has changed is told to other programs for an hour; who was away for
 * longer makes everything anew.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/job/job.h"

static err slice(struct job_call *call, bool *ret_more)
{
    (void)ret_more;
    return store_forget_changes(call->arena, call->store);
}

const struct job change_sweep_job = { "changes.sweep", 600, slice };
