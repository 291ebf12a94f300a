/* site — home of the city and of an office, site map, statements.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SITE_H
#define BIANMIN_FEATURE_SITE_H

#include "desk/feature.h"

extern const struct feature site_feature;

#endif
