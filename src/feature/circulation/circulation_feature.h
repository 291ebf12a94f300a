/* circulation — papers that go round in the office (傳閱), and who has read them.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CIRCULATION_H
#define BIANMIN_FEATURE_CIRCULATION_H

#include "desk/feature.h"

extern const struct feature circulation_feature;

#endif
