/* cashier — money at the office: fees of a case, the counter where they are taken,
 * receipts, daily sheets, the month, series and pads, refunds, and payment through a
 * provider.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASHIER_H
#define BIANMIN_FEATURE_CASHIER_H

#include "desk/feature.h"

extern const struct feature cashier_feature;

#endif
