/* form_pack — shared by the readers of a form; for the files of this room alone.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FORM_PACK_H
#define BIANMIN_KERNEL_FORM_PACK_H

#include "base/arena.h"
#include "host/rule/rule.h"
#include "kernel/form/form.h"
#include "kernel/pack/pack.h"

/* How a question is found by staff, by enum find_kind. */
#define FORM_FIND_KEYS 6
extern const str form_find_key[FORM_FIND_KEYS];

/* The `example` of a question as JSON text; "" when there is none or it does not fit. */
str example_read(struct pack_reader *r, const struct question *q, const struct yaml *at);

#endif
