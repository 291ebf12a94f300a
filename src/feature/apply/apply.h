/* apply — a citizen applies online, gets a receipt, follows the case; the same for programs
 * under /api/v1/.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_H
#define BIANMIN_FEATURE_APPLY_H

#include "desk/feature.h"

struct job;

extern const struct feature apply_feature;
/* Takes out drafts that are older than a day. */
extern const struct job apply_sweep_job;

#endif
