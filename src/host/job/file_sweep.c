/* file_sweep — uploaded files that nothing belongs to are taken out after a day.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/job/job.h"
#include "host/store/files.h"

#define DAY_MS INT64_C(86400000)

static err slice(struct job_call *call, bool *ret_more)
{
    int swept;

    TRY(file_sweep(call->arena, call->store, call->now_ms - DAY_MS, &swept));
    *ret_more = swept > 0;
    return NULL;
}

const struct job file_sweep_job = { "files.sweep", 3600, slice };
