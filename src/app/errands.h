/* errands — what the courier is sent for, again and again: closures from the alert feed,
 * look-ups that wait, payments of which nobody has heard.
 *
 * They wait for others, so they have a job runner of their own and keep no other job back.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_ERRANDS_H
#define BIANMIN_APP_ERRANDS_H

#include "app/outside.h"
#include "host/job/job.h"

struct paper;
struct errands {
    const struct outside *outside;
    struct paper *paper;
    const struct keyring *keyring;
    struct id_source *ids;
    int64_t alerts_asked_ms;
};
extern const struct job_list errands_jobs; /* their context: struct errands */

#endif
