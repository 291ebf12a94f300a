/* openapi — the description of /api/v1/ for programs, made from the routes and definitions.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_OPENAPI_H
#define BIANMIN_FEATURE_OPENAPI_H

#include "desk/feature.h"

extern const struct feature openapi_feature;

#endif
