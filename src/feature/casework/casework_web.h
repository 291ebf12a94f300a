/* Between the files of casework that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_WEB_H
#define BIANMIN_FEATURE_CASEWORK_WEB_H

#include "desk/route.h"
#include "feature/casework/casework_view.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"

struct case_former;

struct label casework_service_name(const struct ask *q, const struct casefile *c);
/* Until when a term ends soon, by the terms of the office. */
int64_t casework_soon_ms(const struct ask *q);
err casework_worklist(struct ask *q, struct reply *r);
/* The short list of reasons; READ_REASONS chooses none. */
MUST_CHECK err casework_reasons(struct ask *q, enum reading_reason chosen,
                                struct casework_option **ret);
/* The case in the path. Fails: ERR_MISSING also where this person may not see it. */
MUST_CHECK err casework_load(struct ask *q, struct casefile *ret);

err casework_one(struct ask *q, struct reply *r);
err casework_file(struct ask *q, struct reply *r);
extern const struct beats casework_show_beats, casework_act_beats,
    casework_names_beats;

/* Which acts this person may do now, and the forms for them. */
MUST_CHECK err casework_acts_of(struct ask *q, const struct casefile *c,
                                struct casework_acts *ret);

struct casework_list;
/* The rows of a list; the lists of this person with how many there are (`waiting_only`:
 * without that of all cases). */
MUST_CHECK err casework_rows_of(struct ask *q, const struct casefile *cases, size_t count,
                                struct casework_row **ret);
MUST_CHECK err casework_tabs_of(struct ask *q, const struct casework_list *current,
                                bool waiting_only, struct casework_tab **ret,
                                size_t *ret_count);
err casework_today_page(struct ask *q, struct reply *r);
err casework_head_page(struct ask *q, struct reply *r);
err casework_unit_page(struct ask *q, struct reply *r);
err casework_behind_page(struct ask *q, struct reply *r);
err casework_unit_behind_page(struct ask *q, struct reply *r);
err casework_seals_page(struct ask *q, struct reply *r);
err casework_desk_page(struct ask *q, struct reply *r);
extern const struct beats casework_hand_beats;

/* The rarer acts, as far as they are possible now. */
MUST_CHECK err casework_forms_of(struct ask *q, const struct casefile *c,
                                 struct casework_acts *p);
/* What was posted for an act; mistakes go to q->mistakes. */
MUST_CHECK err casework_act_read(struct ask *q, const struct casefile *c,
                                 struct act_wish *w);
str casework_field_of(struct ask *q, enum case_act act, str name);

/* The papers row by row, and what stood in the answers before. */
MUST_CHECK err casework_papers(struct ask *q, const struct casefile *c,
                               const struct service *s, struct casework_case *p);
struct casework_past {
    struct case_former *list;
    struct case_event *events;
    size_t count, events_count;
};
MUST_CHECK err casework_past_load(struct ask *q, const struct casefile *c, bool open,
                                  struct casework_past *ret);
MUST_CHECK err casework_formers(struct ask *q, const struct casefile *c,
                                const struct casework_past *past,
                                const struct question *question, bool open,
                                struct casework_answer *x);
/* Labels of the answers that an event has changed. */
MUST_CHECK err casework_event_answers(struct ask *q, const struct casefile *c,
                                      const struct case_event *e,
                                      struct casework_event *x);

/* What stands beside the application: clocks, consultations, messages, links, lessons. */
MUST_CHECK err casework_beside(struct ask *q, const struct casefile *c,
                               struct casework_case *p);

#endif
