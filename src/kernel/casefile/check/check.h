/* check — the proof of all cases of an office.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CHECK_H
#define BIANMIN_KERNEL_CASEFILE_CHECK_H

#include "kernel/casefile/casefile.h"

struct keyring;
extern const struct query_list casefile_check_queries, casefile_agent_check_queries;

/* `bianmin check`: every case has its events and is their fold, every number is right and
 * its own, every linked file is there. One line a finding; `sound` false for a fault. */
typedef void case_say(void *context, bool sound, str line);
MUST_CHECK err casefile_check(struct arena *a, struct store *s, int64_t agency,
                              case_say *say, void *context);
/* Who applies for another is whom the event has the hash of, and opens. */
MUST_CHECK err casefile_agents_check(struct arena *a, struct store *s,
                                     const struct keyring *k, int64_t agency, case_say *say,
                                     void *context);

#endif
