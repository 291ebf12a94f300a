/* records — the record of readings: once a month government ethics (政風) draws some of the
 * openings of personal data and looks whether they were in order.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_H
#define BIANMIN_FEATURE_RECORDS_H

#include "desk/feature.h"

struct keyring;
struct query_list;
struct store;

extern const struct feature records_feature;
extern const struct query_list records_queries, records_check_queries;

/* For `bianmin check`: every look at a reading is as its event tells, and every such event
 * has its look. `say` gets one line a finding, `sound` false for a fault. */
typedef void records_say(void *context, bool sound, str line);
MUST_CHECK err records_check(struct arena *a, struct store *s, const struct keyring *k,
                             int64_t agency, records_say *say, void *context);

#endif
