/* settings — what the administrator of an office keeps: profile, units, people, definitions;
 * and the first quarter of an hour of a new office.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SETTINGS_H
#define BIANMIN_FEATURE_SETTINGS_H

#include "desk/feature.h"

extern const struct feature settings_feature;

#endif
