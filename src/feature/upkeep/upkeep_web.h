/* Between the files of upkeep that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_UPKEEP_WEB_H
#define BIANMIN_FEATURE_UPKEEP_WEB_H

#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/route.h"
#include "feature/upkeep/upkeep_rules.h"
#include "feature/upkeep/upkeep_view.h"

/* Who looks at services: who answers for them and who coordinates. */
#define LOOKERS                                                                    \
    (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) |               \
     DUTY(DUTY_COORDINATOR) | DUTY(DUTY_ADMIN))

/* upkeep_one_web.c */
err upkeep_one_show(struct ask *q, struct reply *r);
extern const struct beats upkeep_look_beats;
/* upkeep_ways_web.c */
err upkeep_ways_show(struct ask *q, struct reply *r);

#endif
