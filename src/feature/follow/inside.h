/* inside — what the files of this feature share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FOLLOW_INSIDE_H
#define BIANMIN_FEATURE_FOLLOW_INSIDE_H

#include "base/err.h"
#include "desk/route.h"
#include "feature/follow/follow_view.h"
#include "kernel/casefile/casefile.h"
#include "kernel/form/form.h"
#include "kernel/service/service.h"

struct ask;
struct reply;

/* own.c: the case that the path names, of whoever has its code, and its service. */
MUST_CHECK err follow_case(struct ask *q, struct casefile *ret, str *ret_code,
                           const struct service **ret_service);
/* When it is expected: a day, a time where the term is of hours. */
struct words follow_due(const struct casefile *c);
/* Who answers for it, and where they are called. */
/* The unit that has the case now: another one than the definition's when it was given. */
struct label follow_unit_now(const struct ask *q, const struct casefile *c,
                             const struct service *s, str *ret_telephone);
struct label follow_unit(const struct ask *q, const struct service *s, str *ret_telephone);

/* The pages; see the table of routes in follow_web.c. */
err follow_show_receipt(struct ask *q, struct reply *r);
err follow_show_ask_code(struct ask *q, struct reply *r);
err follow_show_progress(struct ask *q, struct reply *r);
err follow_leave(struct ask *q, struct reply *r);
err follow_api_show(struct ask *q, struct reply *r);
err follow_again_supply(struct ask *q, struct reply *r);
extern const struct beats follow_code_beats, follow_withdraw_beats, follow_supply_beats;

/* supply_web.c: what the applicant may hand in now, as fields of the progress page. */
MUST_CHECK err follow_supply_fill(struct ask *q, const struct casefile *c,
                                  const struct service *s, struct follow_progress *p);

#endif
