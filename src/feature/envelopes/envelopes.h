/* envelopes — what goes signed between agencies: in, out, one; persons asked about line by
 * line; by file to other installations; keys and partners.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ENVELOPES_H
#define BIANMIN_FEATURE_ENVELOPES_H

#include "desk/feature.h"

extern const struct feature envelopes_feature;

#endif
