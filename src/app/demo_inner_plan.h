/* demo_inner_plan — what is to happen in the demo city, as a list in order of time.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_DEMO_INNER_PLAN_H
#define BIANMIN_APP_DEMO_INNER_PLAN_H

#include "app/demo_inner.h"

struct demo_case {
    struct demo_office *office;
    const struct service *service;
    enum case_channel channel;
    enum level level;
    int64_t unit;
    const struct staff *officer;
    struct case_wish wish; /* once received */
    str number;
};
enum demo_what { DEMO_RECEIVE, DEMO_ACT, DEMO_READ, DEMO_AWAY };
struct demo_step {
    int64_t at_ms;
    int order; /* of equal instants */
    enum demo_what what;
    struct demo_case *c;
    enum case_act act;
    bool grant;
    str note;
    str document; /* number, once it is issued */
    /* DEMO_AWAY */
    const struct staff *away;
    day from, to;
};
#define DEMO_MOST_CASES 320
#define DEMO_MOST_STEPS 6000
struct demo_plan {
    struct demo_case *cases;
    size_t cases_count;
    struct demo_step *steps;
    size_t steps_count;
};

/* demo_plan.c: everything up to the end, sorted by time. */
MUST_CHECK err demo_plan_make(struct demo *d, struct demo_plan *ret);
/* Is he away on that day, as planned? */
bool demo_is_away(const struct demo_plan *p, int64_t staff, day on);

#endif
