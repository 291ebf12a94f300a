/* points — points per kind of case (獎點): off unless the head of the office wants them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_H
#define BIANMIN_FEATURE_POINTS_H

#include "desk/feature.h"

struct query_list;
extern const struct feature points_feature;
extern const struct query_list points_queries, points_month_queries;

#endif
