/* features — what this building offers.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_FEATURES_H
#define BIANMIN_APP_FEATURES_H

#include "desk/feature.h"

extern const struct feature *const app_features[];
extern const size_t app_features_count;

#endif
