/* inside — what the files of this room share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_LOOKUP_INSIDE_H
#define BIANMIN_KERNEL_LOOKUP_INSIDE_H

#include "kernel/lookup/lookup.h"

#define LOOKUP_SALT_BYTES 16

/* What a register is asked about. */
struct lookup_about {
    str key;            /* as it is kept: of the question, or "more/2+section+number" */
    struct label label; /* of the questions */
    str masked, value;  /* value: for nobody's eyes */
};
/* subject.c: those of `lookup_by`; the answers are the whole ones. */
MUST_CHECK err lookup_subjects_joint(struct arena *a, const struct answers *answers,
                                     const struct service_paper *p,
                                     struct lookup_about *list, size_t space,
                                     size_t *ret_count);

/* choice.c: what the register is told, for nobody's eyes. `s`: the service of the case. */
MUST_CHECK err lookup_subject_take(struct arena *a, struct snap *snap,
                                   const struct keyring *k, const struct service *s,
                                   const struct casefile *file,
                                   const struct lookup_choice *chosen, str *ret);

MUST_CHECK err lookup_text_seal(struct arena *a, const struct keyring *k,
                                const struct lookup *l, const char *column, str text,
                                str *ret_sealed, str *ret_hash);

#endif
