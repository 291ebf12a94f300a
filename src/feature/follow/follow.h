/* follow — a citizen comes back: the receipt, the progress of the case, withdrawing; the
 * progress for programs under /api/v1/.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FOLLOW_H
#define BIANMIN_FEATURE_FOLLOW_H

#include "desk/feature.h"

extern const struct feature follow_feature;

#endif
