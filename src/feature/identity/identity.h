/* identity — who is at the desk: signing in and out, passwords, one's own sessions.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_IDENTITY_H
#define BIANMIN_FEATURE_IDENTITY_H

#include "desk/feature.h"

extern const struct feature identity_feature;

#endif
