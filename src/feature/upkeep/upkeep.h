/* upkeep — services are looked at again: papers, seals, limit by version, and what was
 * found; how people apply, year by year.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_UPKEEP_H
#define BIANMIN_FEATURE_UPKEEP_H

#include "desk/feature.h"

struct query_list;
extern const struct feature upkeep_feature;
extern const struct query_list upkeep_queries;

#endif
