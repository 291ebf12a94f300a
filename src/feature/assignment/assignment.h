/* assignment — the tables of 分案: who handles which village, who is on duty.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ASSIGNMENT_H
#define BIANMIN_FEATURE_ASSIGNMENT_H

#include "desk/feature.h"

extern const struct feature assignment_feature;

#endif
