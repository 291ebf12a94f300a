/* records — the record of readings: once a month government ethics (政風) draws some of the
 * openings of personal data and looks whether they were in order.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_H
#define BIANMIN_FEATURE_RECORDS_H

#include "desk/feature.h"

struct query_list;

extern const struct feature records_feature;
extern const struct query_list records_queries;

#endif
