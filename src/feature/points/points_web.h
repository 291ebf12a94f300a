/* Between the files of this feature that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_WEB_H
#define BIANMIN_FEATURE_POINTS_WEB_H

#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/route.h"
#include "feature/points/points_store.h"
#include "feature/points/points_view.h"
#include "kernel/party/party.h"

#define POINTS_COUNTED (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE))
#define POINTS_LISTED (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_HEAD))
#define POINTS_RULED (DUTY(DUTY_HEAD) | DUTY(DUTY_COORDINATOR))
#define POINTS_HELD (POINTS_COUNTED | POINTS_LISTED | DUTY(DUTY_COORDINATOR))

/* Everything about a month; `staff` 0: of everybody. */
struct points_about {
    int month;
    bool on; /* today */
    struct points_switch *switches;
    struct points_rate *rates;
    struct points_fact *facts;
    struct points_objection *objections;
    size_t switches_count, rates_count, facts_count, objections_count;
};
MUST_CHECK err points_load(struct ask *q, int64_t staff, struct points_about *ret);
/* This month and the two before it, as links of this route. */
MUST_CHECK err points_months(struct ask *q, const char *route, int month,
                             const struct points_month **ret, size_t *ret_count);
struct words points_month_words(const struct ask *q, int month);
struct label points_service_name(const struct ask *q, str key);
str points_name_of(const struct staff *people, size_t count, int64_t id);
struct points_objection_view points_objection_of(struct ask *q,
                                                 const struct points_objection *o,
                                                 const struct staff *people,
                                                 size_t people_count);
/* Whose counts this reader may see: the head all, a unit head his unit's. */
bool points_may_see(const struct actor *who, int64_t unit);
struct label points_unit_name(const struct ask *q, int64_t id);
/* ERR_INPUT with the first of q->mistakes. */
MUST_CHECK err points_refuse(struct ask *q);

err points_show_own(struct ask *q, struct reply *r);
err points_show_list(struct ask *q, struct reply *r);
err points_show_rules(struct ask *q, struct reply *r);
err points_show_month(struct ask *q, struct reply *r);
extern const struct beats points_draw_beats, points_month_decide_beats,
    points_object_beats, points_answer_beats, points_switch_beats, points_propose_beats,
    points_decide_beats;

#endif
