/* moves — one row of the table of flow.c; for the files of this room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FLOW_MOVES_H
#define BIANMIN_KERNEL_FLOW_MOVES_H

#include "kernel/flow/flow.h"

/* What a person is to a case. */
enum role {
    ROLE_WORKS = 1,      /* an officer of its unit */
    ROLE_OFFICER = 2,    /* it is assigned to him */
    ROLE_LEADS = 4,      /* head or dispatcher of its unit */
    ROLE_DECIDES = 8,    /* the level that decides it */
    ROLE_OWNER = 16,     /* the applicant with his code */
    ROLE_LOOKS = 32,     /* head, secretary-general, coordinator, auditor */
    ROLE_WAITS = 64,     /* the proposal waits for his seal */
    ROLE_CONSULTED = 128, /* his unit was asked and has not answered */
    ROLE_PROPOSES = 256, /* the level that proposes: its officer, or one above him */
    ROLE_PUBLISHES = 512, /* answers for the definitions of the office */
    ROLE_STUDIES = 1024 /* of the law study group, or over it; asked about this case */
};
struct case_move {
    unsigned from;      /* states as bits */
    enum case_act act;
    enum case_state to; /* CASE_STATES: stays */
    unsigned who;
};
/* NULL: there is no such step. */
const struct case_move *move_of(enum case_state from, enum case_act act);
bool move_find_key(const str *keys, size_t count, str key, size_t *ret);
/* The next level of the path above `l`; false when `l` is the last. */
bool path_next(level_set path, enum level l, enum level *ret);

#endif
