/* lookups — 'verified electronically' on a case, and its figures and monthly draw.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LOOKUPS_H
#define BIANMIN_FEATURE_LOOKUPS_H

#include "desk/feature.h"

extern const struct feature lookups_feature;

#endif
