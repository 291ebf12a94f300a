/* matter — one matter before the rules of its definition; for the files of this room alone.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_MATTER_H
#define BIANMIN_KERNEL_SERVICE_MATTER_H

#include "kernel/service/service.h"

struct rule_pass;

/* Answers, and the way of applying. */
MUST_CHECK err service_pass(struct arena *a, const struct service_matter *m,
                            struct rule_pass **ret);

#endif
