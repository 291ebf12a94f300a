/* settings — what the administrator of an office keeps: profile, units, people,
 * definitions; and the first quarter of an hour of a new office.
 *
 * A new office gets the office definition and the authority table of its pack at once; the
 * services lie ready (settings_ready_put) until somebody of the office says that they are
 * offered, in /staff/setup or later under settings.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_H
#define BIANMIN_FEATURE_SETTINGS_H

#include "base/err.h"
#include "desk/feature.h"

struct definition;
struct query_list;
struct tx;

extern const struct feature settings_feature;
extern const struct query_list settings_queries;

/* commit (init): replaces what lies ready under this kind and key. */
MUST_CHECK err settings_ready_put(struct arena *a, struct tx *tx,
                                  const struct definition *d);

#endif
