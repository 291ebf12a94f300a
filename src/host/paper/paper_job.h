/* paper_job — one job of the papers process; for the client's files.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_JOB_H
#define BIANMIN_HOST_PAPER_JOB_H

#include "base/err.h"
#include "host/paper/frame.h"
#include "host/paper/paper.h"

/* Fails: ERR_INPUT (the job died of it), ERR_BUSY (nobody to do it). */
MUST_CHECK err paper_job(struct arena *a, struct paper *p, enum paper_word word, str body,
                         enum paper_word *ret_word, str *ret_body);
/* The end of a socket behind which dot reads and writes, to be closed; -1: not there. */
int paper_dot(struct paper *p);

#endif
