/* inside — what the files of this feature share: a matter on its way to a case.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_INSIDE_H
#define BIANMIN_FEATURE_APPLY_INSIDE_H

#include "base/err.h"
#include "desk/route.h"
#include "kernel/draft/draft.h"
#include "feature/apply/apply_view.h"
#include "kernel/casefile/casefile.h"
#include "kernel/form/form.h"
#include "kernel/service/service.h"

struct ask;
struct reply;

/* Which service, and what has been typed so far. */
struct apply_matter {
    const struct service *service;
    struct draft draft; /* .id 0: nothing kept yet */
    struct answers answers;
};
/* matter_web.c. Fails: ERR_MISSING (no such service online). A draft that was sent counts
 * only when `sent_too`. */
MUST_CHECK err apply_open(struct ask *q, bool sent_too, struct apply_matter *ret);
/* Can the service be applied for today? Fails: ERR_CONFLICT (paused, closed, out of season:
 * a draft remains). */
struct service_standing apply_stands(const struct ask *q, const struct apply_matter *m);
MUST_CHECK err apply_may_go_on(struct ask *q, const struct apply_matter *m);
/* may_web.c: the page that says why not, and the questions before the form. */
MUST_CHECK err apply_show_shut(struct ask *q, struct reply *r,
                               const struct apply_matter *m);
MUST_CHECK err apply_may_page(struct ask *q, struct reply *r, const struct apply_matter *m);
err apply_show_may(struct ask *q, struct reply *r);
extern const struct beats apply_may_beats;
void apply_draft_cookie(struct ask *q, struct reply *r, const struct apply_matter *m);
/* The first step at or behind `from` that asks something; steps_count: check and send. */
size_t apply_step_from(const struct apply_matter *m, size_t from);
/* The last one before `before` that asks; false when there is none. */
bool apply_step_before(const struct apply_matter *m, size_t before, size_t *ret_step);
struct url apply_step_link(const struct ask *q, const struct apply_matter *m, size_t step);
/* To the first step, which tells that nothing is left of what was typed. */
MUST_CHECK err apply_see_lost(struct ask *q, struct reply *r, const struct apply_matter *m);
/* `here` steps_count: check and send. */
MUST_CHECK err apply_stubs_fill(struct ask *q, const struct apply_matter *m, size_t here,
                                struct apply_stubs *ret);
struct apply_aside apply_aside_of(struct ask *q, const struct apply_matter *m);
struct field_notice apply_notice_of(const struct ask *q, const struct service *s);
/* Does the form ask for consent itself? Then the notice stands there. */
bool apply_has_consent(const struct form *f);
/* later_web.c: a draft with a code. Where one goes on: the first step not done. */
struct url apply_go_on_link(const struct ask *q, const struct apply_matter *m);
err apply_show_later(struct ask *q, struct reply *r);
err apply_show_draft(struct ask *q, struct reply *r);
extern const struct beats apply_draft_beats;
/* The pages; see the table of routes in apply_web.c. */
err apply_show_start(struct ask *q, struct reply *r);
err apply_show_step(struct ask *q, struct reply *r);
err apply_show_review(struct ask *q, struct reply *r);
extern const struct beats apply_save_beats, apply_send_beats, apply_api_case_beats;
err apply_api_file(struct ask *q, struct reply *r);

#endif
