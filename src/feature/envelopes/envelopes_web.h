/* Between the files of envelopes that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ENVELOPES_WEB_H
#define BIANMIN_FEATURE_ENVELOPES_WEB_H

#include "desk/panel.h"
#include "desk/route.h"
#include "feature/envelopes/envelopes_view.h"
#include "kernel/casefile/casefile.h"
#include "kernel/envelope/envelope.h"

/* 115.02.03 08:18 */
str envelopes_moment(struct ask *q, int64_t ms);
void envelopes_row_of(struct ask *q, const struct envelope *e, struct envelopes_row *r);
const char *envelopes_tone(const struct envelope *e);
/* A transfer of this case that was refused while the case rests here as transferred. */
bool envelopes_ended_here(const struct envelope *e, const struct casefile *c);
/* The envelope in the path, if he may see it. Fails: ERR_MISSING. */
MUST_CHECK err envelopes_here(struct ask *q, struct envelope *ret);
struct envelopes_made {
    int64_t id;
};

/* new_web.c */
err envelopes_new_show(struct ask *q, struct reply *r);
extern const struct beats envelopes_send_beats;
/* one_web.c */
err envelopes_one_show(struct ask *q, struct reply *r);
err envelopes_case_show(struct ask *q, struct reply *r);
err envelopes_file_show(struct ask *q, struct reply *r);
/* step_web.c */
extern const struct beats envelopes_show_beats, envelopes_step_beats, envelopes_line_beats,
    envelopes_noted_beats;
/* partner_web.c */
err envelopes_bring_show(struct ask *q, struct reply *r);
err envelopes_partners_show(struct ask *q, struct reply *r);
err envelopes_key_show(struct ask *q, struct reply *r);
err envelopes_card_show(struct ask *q, struct reply *r);
extern const struct beats envelopes_bring_beats, envelopes_partner_beats,
    envelopes_forget_beats;
/* panel_web.c */
err envelopes_case_panel(struct ask *q, const struct panel_about *about, struct html *ret);
err envelopes_progress_panel(struct ask *q, const struct panel_about *about,
                             struct html *ret);

/* Shown on a page at once; a form has at most 500 fields. */
#define ENVELOPES_LINES 100

#endif
