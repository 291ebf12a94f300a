/* Between the files of letters that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LETTERS_WEB_H
#define BIANMIN_FEATURE_LETTERS_WEB_H

#include "desk/route.h"
#include "feature/letters/letters_view.h"
#include "kernel/casefile/act/act.h"
#include "kernel/letter/letter.h"

struct panel_about;

/* Duties that have to do with papers that go out. */
#define LETTERS_DUTIES                                                                    \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SEAL_KEEPER) |            \
     DUTY(DUTY_ARCHIVIST) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_AUDITOR))

/* The case, when this person may see it. Fails: ERR_MISSING. */
MUST_CHECK err letters_case_load(struct ask *q, int64_t id, struct casefile *ret);
/* The letter in the path with its case. */
MUST_CHECK err letters_load(struct ask *q, struct letter *ret, struct casefile *ret_case);
/* Whoever works on the case writes its letters. */
bool letters_may_write(const struct ask *q, const struct casefile *c);
MUST_CHECK err letters_is_shown(struct ask *q, const struct casefile *c, bool *ret_shown);
const struct service *letters_service(const struct ask *q, str key, int version);
/* What the letter is called. */
struct words letters_name(struct ask *q, str service, int version, str form);
struct letters_row letters_row_of(struct ask *q, const struct letter *l);
/* The form of a series that the office's definition names; "" when it has none. */
str letters_series_form(const struct ask *q, str series);

/* issue_web.c: what issuing one letter takes, made in check; and the commit. */
struct letters_issue_wish {
    struct letter_issue issue;
    bool acts; /* the case is issued with it */
    struct act_wish act;
};
MUST_CHECK err letters_issue_make(struct ask *q, const struct letter *l,
                                  const struct casefile *c, str number, day on,
                                  struct letters_issue_wish *ret);
MUST_CHECK err letters_issue_run(struct ask *q, struct tx *tx,
                                 const struct letters_issue_wish *w, struct letter *ret);

/* draft_paper.c */
struct doc;
MUST_CHECK err letters_doc(struct ask *q, const struct letter *l, const struct casefile *c,
                           struct doc *ret);
/* As ODT by the office's own template; `ret` empty when it has none. */
MUST_CHECK err letters_filled(struct ask *q, const struct letter *l,
                              const struct casefile *c, str *ret);
/* The plain form with fields where texts would stand. */
MUST_CHECK err letters_template_doc(struct ask *q, str form, struct doc *ret);
/* Fails: ERR_INPUT when the bytes are no template. */
MUST_CHECK err letters_template_check(struct ask *q, str bytes);

err letters_panel_case(struct ask *q, const struct panel_about *about, struct html *ret);
struct waits;
err letters_waits(struct ask *q, struct waits *io);
err letters_show_all(struct ask *q, struct reply *r);
err letters_show_one(struct ask *q, struct reply *r);
err letters_show_file(struct ask *q, struct reply *r);
err letters_show_scan(struct ask *q, struct reply *r);
err letters_show_seals(struct ask *q, struct reply *r);
/* The same again after a refusal, as long as there is such a row. */
err letters_show_seals_again(struct ask *q, struct reply *r);
err letters_show_seals_file(struct ask *q, struct reply *r);
err letters_show_confirm(struct ask *q, struct reply *r);
err letters_show_forms(struct ask *q, struct reply *r);
err letters_show_form_file(struct ask *q, struct reply *r);
extern const struct beats letters_begin_beats, letters_change_beats, letters_issue_beats,
    letters_drop_beats, letters_scan_beats, letters_withdraw_beats, letters_send_beats,
    letters_numbers_beats, letters_sealed_beats, letters_form_beats;

#endif
