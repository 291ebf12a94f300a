/* services — what the office offers: list, search, the page of one service, and the same
 * for programs under /api/v1/.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SERVICES_H
#define BIANMIN_FEATURE_SERVICES_H

#include "desk/feature.h"

extern const struct feature services_feature;

#endif
