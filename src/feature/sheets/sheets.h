/* sheets — every paper that lies at a counter or hangs on a wall, out of the definitions:
 * guide, blank form, filled-in sample, one-time notice, procedure with flow chart, fees and
 * fines; who has hung it where; and the shelf of forms that belong to no service.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_H
#define BIANMIN_FEATURE_SHEETS_H

#include "desk/feature.h"

extern const struct feature sheets_feature;

#endif
