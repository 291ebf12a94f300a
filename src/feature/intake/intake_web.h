/* Between the files of intake that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_INTAKE_WEB_H
#define BIANMIN_FEATURE_INTAKE_WEB_H

#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "desk/route.h"
#include "feature/intake/intake_rules.h"
#include "feature/intake/intake_store.h"
#include "feature/intake/intake_view.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/case_agent.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/draft/draft.h"
#include "kernel/once/once.h"

/* What three buttons mean; look: Enter in a field, or nothing was pressed. */
enum intake_act { INTAKE_LOOK, INTAKE_NOTICE, INTAKE_INCOMPLETE, INTAKE_ACCEPT };

/* A matter at the counter as it was posted. */
struct intake_wish {
    const struct service *service;
    struct answers answers;
    enum intake_act act;
    const struct intake_way *way;
    struct intake_papers papers;
    struct intake_record record;
    str ground_sealed;
    int64_t form;      /* its number: sent twice it is the same */
    day until;         /* of a notice to complete */
    bool complete;     /* looked through, and nothing is missing */
    bool more;         /* the answers made new questions appear */
    struct mistakes gaps; /* questions that must be answered and are not */
    struct once_wish once;
    struct draft draft; /* of the notice; .id 0: none */
    struct case_wish receive;
    struct act_wish ask; /* INTAKE_INCOMPLETE */
    int64_t from_draft;  /* what a citizen typed on line; 0: none */
    struct case_agent agent; /* name "": nobody */
    int64_t envelope;    /* what another agency passed on; 0: none */
};
struct intake_made {
    struct once_notice notice;
    struct case_receipt receipt;
};

/* form_take.c: reads the posted form into `w`. Mistakes go to q->mistakes. */
MUST_CHECK err intake_take(struct ask *q, struct intake_wish *w);
/* begin_web.c: what the page begins with (notice, draft, envelope), what its head says of
 * it, and the commit of a case that is taken in. */
MUST_CHECK err intake_begin(struct ask *q, struct intake_wish *w, struct intake_form *p);
MUST_CHECK err intake_origin(struct ask *q, const struct intake_wish *w,
                             struct intake_form *p);
/* A question of who may apply that was answered No is a mistake with its reason, unless he
 * applies all the same. */
void intake_may_check(struct ask *q, const struct intake_wish *w);
MUST_CHECK err intake_origin_check(struct ask *q, struct intake_wish *w);
MUST_CHECK err intake_accept(struct ask *q, struct tx *tx, const struct intake_wish *w,
                             struct intake_made *made);
/* The service in the path. Fails: ERR_MISSING. */
MUST_CHECK err intake_service(struct ask *q, const struct service **ret);
str intake_text(struct ask *q, const char *id); /* in the reader's language */
str intake_new_form(struct ask *q);

/* intake_paper.c: sheets. */
struct intake_sheet {
    struct ask *q;
    enum lang lang;
    const struct service *service;
    struct label unit;
    str telephone;
    str clerk, deputy;    /* name and title */
    const struct once_missing *missing;
    size_t missing_count;
};
MUST_CHECK err intake_sheet_of(struct ask *q, const struct service *s, int64_t staff,
                               struct intake_sheet *ret);
MUST_CHECK err intake_notice_doc(const struct intake_sheet *x, const struct once_notice *n,
                                 str code, struct doc *ret);
/* `asked`: what the notice to complete says; "" for a plain receipt. */
struct intake_receipt {
    const struct casefile *c;
    const struct intake_record *record;
    const struct intake_seen *seen;
    size_t seen_count;
    str code;
    day until;
    str asked;
};
MUST_CHECK err intake_receipt_doc(const struct intake_sheet *x,
                                  const struct intake_receipt *r, struct doc *ret);
/* The name of a paper or question by its key. */
const struct label *intake_name_of(const struct service *s, enum once_kind kind, str key);
const struct label *intake_where_of(const struct service *s, enum once_kind kind, str key);
/* What a notice to complete says, in one text: what is missing, where to get it, until
 * when. */
str intake_asked_text(struct ask *q, enum lang lang, const struct service *s,
                      const struct case_wanted *wanted, size_t count, day until,
                      str remark);

/* Pages; see the table of routes in intake_web.c. */
err intake_index(struct ask *q, struct reply *r);
err intake_form(struct ask *q, struct reply *r);
err intake_notices(struct ask *q, struct reply *r);
err intake_notice(struct ask *q, struct reply *r);
err intake_notice_file(struct ask *q, struct reply *r);
err intake_receipt(struct ask *q, struct reply *r);
err intake_receipt_file(struct ask *q, struct reply *r);
err intake_counts(struct ask *q, struct reply *r);
err intake_list(struct ask *q, struct reply *r);
err intake_list_kept(struct ask *q, struct reply *r);
err intake_figures(struct ask *q, struct reply *r);
err intake_own(struct ask *q, struct reply *r);
err intake_panel_case(struct ask *q, const struct panel_about *about, struct html *ret);
extern const struct beats intake_stroke_beats, intake_undo_beats, intake_decide_beats,
    intake_take_up_beats, intake_counts_beats, intake_list_beats, intake_own_beats;

#endif
