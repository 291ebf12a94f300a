/* demo_inner_plan — what is to happen in the demo city, as a list in order of time.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_DEMO_INNER_PLAN_H
#define BIANMIN_APP_DEMO_INNER_PLAN_H

#include "app/demo_inner.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/receive/receive.h"

struct demo_case {
    struct demo_office *office;
    const struct service *service;
    enum case_channel channel;
    enum level level;
    int64_t unit;
    const struct staff *officer;
    struct case_wish wish; /* once received */
    str number;
    bool in_scene;           /* of demo_scenes */
    int64_t asked;           /* the unit that is consulted */
    struct demo_case *other; /* into which it is merged */
    int64_t once;            /* the one-time notice before it */
};
enum demo_what {
    DEMO_RECEIVE, DEMO_ACT, DEMO_READ, DEMO_NAMES, DEMO_AWAY, DEMO_SCENE, DEMO_MORE
};
struct demo_line;
struct demo_step;
struct fee_account;
typedef err demo_run(struct arena *a, struct tx *tx, struct demo *d,
                     const struct demo_step *s);
struct demo_step {
    int64_t at_ms;
    int order; /* of equal instants */
    enum demo_what what;
    struct demo_case *c;
    enum case_act act;
    bool grant;
    str note;
    str document; /* number, once it is issued */
    /* DEMO_READ, DEMO_NAMES: who opens it (NULL: the officer), and why where it is not
     * his */
    const struct staff *reader;
    enum reading_reason reason;
    const struct demo_line *line; /* DEMO_SCENE */
    /* DEMO_MORE */
    struct demo_office *office;
    int number;
    demo_run *run;
    /* DEMO_AWAY */
    const struct staff *away;
    day from, to;
};
#define DEMO_MOST_CASES 420
#define DEMO_MOST_STEPS 12000
struct demo_plan {
    struct demo_case *cases;
    size_t cases_count;
    struct demo_step *steps;
    size_t steps_count;
};

/* demo_plan.c: everything up to the end, sorted by time. */
MUST_CHECK err demo_plan_make(struct demo *d, struct demo_plan *ret);
/* demo_plan.c: of an officer of the unit in charge; NULL where there is none. */
struct demo_case *demo_case_new(struct demo *d, struct demo_plan *p, struct demo_office *o,
                                const struct service *s);
/* demo_scenes.c: matters out of the ordinary; `all` is what the office keeps as cases. */
void demo_scenes(struct demo *d, struct demo_plan *p, struct demo_office *o,
                 const struct service **all, size_t count);
extern const struct case_grounds demo_grounds; /* of what is refused */
MUST_CHECK err demo_scene_act(struct arena *a, struct tx *tx, struct demo *d,
                              const struct demo_plan *p, const struct demo_step *s);
/* demo_aside.c: what goes with an act in the last weeks. `*io_document` is its number. */
#define DEMO_LOOKUP_DAYS 60
#define DEMO_LETTER_DAYS 45
#define DEMO_FEELING_DAYS 200
#define DEMO_MONEY_DAYS 14
/* Whether what is due is paid, as the act asks. */
MUST_CHECK err demo_paid(struct arena *a, struct tx *tx, struct demo *d,
                         const struct demo_step *s, const struct casefile *now,
                         struct case_must *ret);
MUST_CHECK err demo_before(struct arena *a, struct tx *tx, struct demo *d,
                           const struct demo_step *s, const struct actor *who,
                           const struct casefile *now, str *io_document);
MUST_CHECK err demo_after(struct arena *a, struct tx *tx, struct demo *d,
                          const struct demo_step *s, const struct casefile *now);
/* demo_daily.c: the last weeks day by day. demo_money.c: series and pads before them. */
#define DEMO_DAILY_DAYS 20
void demo_daily(struct demo *d, struct demo_plan *p, struct demo_office *o);
void demo_money(struct demo *d, struct demo_plan *p, struct demo_office *o);
/* demo_money.c: an application on line is paid through the simulator of a provider; now and
 * then a card is refused first. */
MUST_CHECK err demo_pay_online(struct arena *a, struct tx *tx, struct demo *d,
                               const struct demo_step *s, const struct casefile *now,
                               const struct fee_account *account);
/* demo_across.c: envelopes between the offices; one-time notices, out and come back. */
void demo_across(struct demo *d, struct demo_plan *p);
/* demo_readings.c: what was opened in the last months, also by others than the officer. */
void demo_readings(struct demo *d, struct demo_plan *p);
/* One more step, unless it lies behind the end. */
void demo_step_add(const struct demo *d, struct demo_plan *p, struct demo_step step);
/* demo_leave.c: leaves of who leads or decides; one colleague of each office is away today,
 * so that a deputy has work to do. */
void demo_absences(struct demo *d, struct demo_plan *p);
/* Is he away on that day, as planned? */
bool demo_is_away(const struct demo_plan *p, int64_t staff, day on);

#endif
