/* review — what was decided today is looked at by somebody else; a draw; the person
 * confirms.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_REVIEW_H
#define BIANMIN_FEATURE_REVIEW_H

#include "desk/feature.h"

extern const struct feature review_feature;

#endif
