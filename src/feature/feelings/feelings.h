/* feelings — one tap: how did it feel (心情寫照)? On the progress page and at pickup; a bad
 * one goes to the chief at once; figures by service, never by clerk.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_H
#define BIANMIN_FEATURE_FEELINGS_H

#include "desk/feature.h"

struct keyring;
struct query_list;
struct store;

extern const struct feature feelings_feature;
extern const struct query_list feelings_queries, feelings_check_queries;

/* For `bianmin check`: every feeling is as the last tap was told, and every tap has a
 * row. `say` gets one line a finding, `sound` false for a fault. */
typedef void feelings_say(void *context, bool sound, str line);
MUST_CHECK err feelings_check(struct arena *a, struct store *s, const struct keyring *k,
                              int64_t agency, feelings_say *say, void *context);

#endif
