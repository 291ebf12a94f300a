/* casework — the desk of whoever works on cases: what waits, one case, what may be done.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_H
#define BIANMIN_FEATURE_CASEWORK_H

#include "desk/feature.h"

extern const struct feature casework_feature;

#endif
