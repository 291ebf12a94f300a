/* feelings — one tap: how did it feel (心情寫照)? On the progress page and at pickup; a bad
 * one goes to the chief at once; figures by service, never by clerk.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_H
#define BIANMIN_FEATURE_FEELINGS_H

#include "desk/feature.h"

struct query_list;

extern const struct feature feelings_feature;
extern const struct query_list feelings_queries;

#endif
