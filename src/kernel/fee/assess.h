/* assess — reckons what is due; inside this folder.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_ASSESS_H
#define BIANMIN_KERNEL_FEE_ASSESS_H

#include "kernel/fee/fee.h"

MUST_CHECK err fee_assess(struct arena *a, struct snap *snap, const struct keyring *k,
                          const struct catalog *c, const struct casefile *file,
                          struct fee_item **ret, size_t *ret_count);

#endif
