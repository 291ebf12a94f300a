/* study — the law study group (法令研討小組): hard cases that wait for its answer, who belongs
 * to it, and how many were answered the same day.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_STUDY_H
#define BIANMIN_FEATURE_STUDY_H

#include "desk/feature.h"

extern const struct feature study_feature;

#endif
