/* leave — who is away and who stands in: entered by oneself, by the head of the unit, by
 * personnel and the administrator.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LEAVE_H
#define BIANMIN_FEATURE_LEAVE_H

#include "desk/feature.h"

extern const struct feature leave_feature;

#endif
