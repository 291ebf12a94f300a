/* diff — one version of a service beside another: what people would notice, and what would
 * change for a running case that is moved.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SERVICE_DIFF_H
#define BIANMIN_KERNEL_SERVICE_DIFF_H

#include "kernel/office/office.h"
#include "kernel/service/service.h"

struct service_change {
    bool citizen; /* a citizen notices it; else only an officer */
    struct words say;
};
MUST_CHECK err service_diff(struct arena *a, const struct service *old,
                            const struct service *new, struct service_change **ret,
                            size_t *ret_count);
/* A service that is about to be published: what others show beside it (panel "publish"). */
struct service_step {
    const struct service *old, *new; /* old NULL: there was none */
    const struct catalog *catalog;   /* of the office as it would be */
};
/* How many seals (核章) lie on the path of a matter as the authority table designs it. */
int service_seals(const struct catalog *c, str matter);

/* 分層負責明細表: what became of one matter, and the services whose deciding step that is. */
struct authority_change {
    str matter;
    struct label name;
    struct words *says;
    size_t says_count;
    const struct service **services;
    size_t services_count;
};
MUST_CHECK err authority_diff(struct arena *a, const struct catalog *old,
                              const struct catalog *new, struct authority_change **ret,
                              size_t *ret_count);
/* The services of either that name this matter; `old` and `new` may be the same. */
MUST_CHECK err authority_services(struct arena *a, const struct catalog *old,
                                  const struct catalog *new, str matter,
                                  const struct service ***ret, size_t *ret_count);

/* The path of a line of the table alone, before a service adds to it. */
struct flow_plan service_line_plan(const struct catalog *catalog,
                                   const struct authority_line *line);

/* What a case would meet in another version. It stays on its own until somebody moves it:
 * the preview stands before the act (kernel/casefile). */
struct service_move {
    struct service_change *changes;
    size_t changes_count;
    struct service_fee_total fee_old, fee_new;
    struct clock_rule clock_old, clock_new;
    struct mistakes missing; /* what the new form would ask for besides */
    int dropped; /* answers for which it has no question; they stay in the case */
};
MUST_CHECK err service_move(struct arena *a, const struct service_matter *m,
                            const struct service *to, struct service_move *ret);

#endif
