/* Between the two pages that move cases to another version of their service.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_MOVE_WEB_H
#define BIANMIN_FEATURE_CASEWORK_MOVE_WEB_H

#include "desk/frame/entry.h"
#include "desk/route.h"
#include "kernel/casefile/act/act.h"

/* Who looks after all cases of a service on old versions. */
#define CASEWORK_MOVERS                                                 \
    (DUTY(DUTY_ADMIN) | DUTY(DUTY_COORDINATOR) | DUTY(DUTY_UNIT_HEAD) | \
     DUTY(DUTY_DISPATCHER))

err casework_move_page(struct ask *q, struct reply *r);
struct html;
struct panel_about;
err casework_panel_publish(struct ask *q, const struct panel_about *about,
                           struct html *ret);
err casework_versions_page(struct ask *q, struct reply *r);
extern const struct beats casework_move_beats, casework_move_many_beats;

/* The version of a service that is in force; 0: there is none. */
int casework_newest(const struct ask *q, str service);
/* Has somebody acted on its fee, so that it stays what it is? */
MUST_CHECK err casework_fee_kept(struct ask *q, const struct casefile *c, bool *ret);
/* Made ready; its reason is the page's. */
MUST_CHECK err casework_move_wish(struct ask *q, const struct casefile *c, int version,
                                  int64_t changes, struct act_wish *w);
struct entry casework_move_reason(struct ask *q);
str casework_day_or_none(struct ask *q, day d);
struct words casework_money(int64_t dollars);

#endif
