/* inside — what the files of this room share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LOOKUP_INSIDE_H
#define BIANMIN_KERNEL_LOOKUP_INSIDE_H

#include "kernel/lookup/lookup.h"

#define LOOKUP_SALT_BYTES 16

MUST_CHECK err lookup_text_seal(struct arena *a, const struct keyring *k,
                                const struct lookup *l, const char *column, str text,
                                str *ret_sealed, str *ret_hash);

#endif
