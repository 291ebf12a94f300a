/* casework_form — what the files share that make the rarer acts as forms.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_FORM_WEB_H
#define BIANMIN_FEATURE_CASEWORK_FORM_WEB_H

#include "feature/casework/casework_web.h"
#include "kernel/service/service.h"

/* While one form is made. */
struct casework_making {
    struct ask *q;
    const struct casefile *c;
    const struct service *service;
    struct casework_pick *picks;
    struct entry *entries;
    struct casework_form *f;
};

/* NULL when memory ran out. `most` options. */
struct casework_pick *casework_pick_add(struct casework_making *m, enum case_act act,
                                        const char *what, struct words label, size_t most);
void casework_option_add(struct casework_making *m, struct casework_pick *p, str value,
                         str text);
void casework_entry_add(struct casework_making *m, enum case_act act, const char *what,
                        struct words label, struct words hint, bool optional,
                        bool is_short);
/* With what is usual filled in. */
void casework_entry_known(struct casework_making *m, enum case_act act, const char *what,
                          struct words label, struct words hint, bool optional,
                          bool is_short, str known);

/* casework_term_web.c: what acts on a term ask. */
err casework_clocks_of(struct casework_making *m);
err casework_halts_of(struct casework_making *m);
err casework_speeds_of(struct casework_making *m);
void casework_restored_of(struct casework_making *m);

#endif
