/* case_job — see case_job.c.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_CASE_JOB_H
#define BIANMIN_APP_CASE_JOB_H

#include "host/job/job.h"

/* Warns officers before a term ends, and tells applicants when one is past. */
extern const struct job case_tell_job;
/* Clocks for running cases that have none. */
extern const struct job case_clocks_job;

#endif
