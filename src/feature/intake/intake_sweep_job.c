/* intake_sweep — who had taken up which one-time notice is forgotten once that is over.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/intake/intake.h"
#include "host/job/job.h"
#include "kernel/once/once.h"
#include "kernel/party/party.h"

struct sweep {
    int64_t now_ms;
};

static err run(void *context, struct arena *a, struct tx *tx)
{
    struct sweep *s = context;

    return once_forget(a, tx, s->now_ms);
}

static err slice(struct job_call *call, bool *ret_more)
{
    struct sweep s = { .now_ms = call->now_ms };

    TRY(job_commit(call, AGENCY_CITY, run, &s));
    *ret_more = false;
    return NULL;
}

const struct job intake_sweep_job = { "intake.sweep", 3600, slice };
