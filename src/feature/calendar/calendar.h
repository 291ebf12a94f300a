/* calendar — the days an office works, for those who work there: official years, closures
 * with the list of what moves before, and "Why this date?" for clerks and citizens.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CALENDAR_H
#define BIANMIN_FEATURE_CALENDAR_H

#include "desk/feature.h"

extern const struct feature calendar_feature;

/* Goes through running cases after the calendar has changed. */
struct job;
extern const struct job calendar_recompute_job;

#endif
