/* inside — what the files of this room share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ENVELOPE_INSIDE_H
#define BIANMIN_KERNEL_ENVELOPE_INSIDE_H

#include "host/seal/seal.h"
#include "kernel/envelope/envelope.h"

struct seal_place envelope_body_place(int64_t agency, int64_t id, enum envelope_step step);
/* Person, mask and blind index of a line. */
MUST_CHECK err envelope_person_seal(struct arena *a, const struct keyring *k,
                                    int64_t agency, struct envelope_line *l);
/* `*ret_known`: this very step of it is here. */
MUST_CHECK err envelope_by_uid(struct arena *a, struct snap *snap, int64_t agency, str uid,
                               enum envelope_step step, struct envelope *ret,
                               bool *ret_found, bool *ret_known);
/* Commit: the lines of a list, or what was answered about them. */
MUST_CHECK err envelope_lines_put(struct arena *a, struct tx *tx,
                                  const struct envelope_post *p);

#endif
