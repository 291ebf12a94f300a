/* Between the files of review that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_REVIEW_WEB_H
#define BIANMIN_FEATURE_REVIEW_WEB_H

#include "desk/panel.h"
#include "desk/route.h"
#include "kernel/review/review.h"

/* 115.02.03 08:18 */
str review_moment(struct ask *q, int64_t ms);
const char *review_tone(enum review_outcome o);

/* day_web.c */
/* Who may review. */
#define REVIEW_DUTIES                                                 \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD) | \
     DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | DUTY(DUTY_COORDINATOR))
struct waits;
err review_waits(struct ask *q, struct waits *io);
err review_day_show(struct ask *q, struct reply *r);
/* find_web.c */
extern const struct beats review_find_beats, review_settle_beats;
/* ask_web.c */
err review_ask_show(struct ask *q, struct reply *r);
extern const struct beats review_answer_beats;
err review_progress_panel(struct ask *q, const struct panel_about *about, struct html *ret);
err review_case_panel_show(struct ask *q, const struct panel_about *about,
                           struct html *ret);

/* The cases of the day that he may see, drawn ones marked once the day is over. */
struct review_sheet {
    day on;
    bool over;
    struct review_case *list;
    size_t count;
    str seed;
    int64_t last_seq;
};
err review_sheet_load(struct ask *q, str day_text, struct review_sheet *ret);

#endif
