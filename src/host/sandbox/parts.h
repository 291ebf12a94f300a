/* parts — the two halves of the sandbox; inside this folder only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_SANDBOX_PARTS_H
#define BIANMIN_HOST_SANDBOX_PARTS_H

#include "base/sanitized.h"
#include "host/sandbox/sandbox.h"

/* `*ret_version` 0: this kernel has none. */
MUST_CHECK err landlock_close(struct arena *a, const struct sandbox_options *options,
                              int *ret_version);
MUST_CHECK err calls_close(struct arena *a, const struct sandbox_options *options);

#endif
