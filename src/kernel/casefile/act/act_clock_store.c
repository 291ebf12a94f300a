/* act_clock_store — what an act does to the clocks of its case: stop, go on, extend, end,
 * begin.
 *
 * A clock whose end is past does not stop any more: what is late stays late, whatever the
 * applicant is asked for then. A paused clock keeps the date it had for showing; what is
 * true of it is said by the pause.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/consult/consult.h"

/* While one act goes over the clocks. */
struct hands {
    struct arena *a;
    struct tx *tx; /* NULL: nothing is written */
    const struct act_wish *w;
    struct case_clock *list;
    size_t count;
    struct case_fact *f;
};

static err touch(struct hands *h, struct case_clock *k)
{
    struct case_fact *f = h->f;

    case_clock_reckon(h->w->calendar, k, h->w->now_ms);
    if (h->tx != NULL) {
        TRY(case_clock_keep(h->a, h->tx, h->w->agency, k));
    }
    if (f->clocks_count < CLOCK_FACTS_MOST) {
        f->clocks[f->clocks_count++] = case_clock_fact(k);
    }
    return NULL;
}

static bool is_of_case(const struct case_clock *k)
{
    return k->kind == CASE_CLOCK_STATUTORY || k->kind == CASE_CLOCK_CONTROL;
}

static enum clock_ground ground_of(const struct act_wish *w)
{
    if (w->act == ACT_SEND_BACK) {
        return CLOCK_PAUSE_SUPPLY;
    }
    if (w->act == ACT_INSTRUCT) {
        return CLOCK_PAUSE_OTHER_AGENCY;
    }
    for (int g = 0; g < CLOCK_GROUNDS; g++) {
        if (str_equal(clock_ground_key[g], w->ground)) {
            return (enum clock_ground)g;
        }
    }
    return CLOCK_PAUSE_OTHER;
}

static err pause_all(struct hands *h)
{
    enum clock_ground ground = ground_of(h->w);

    for (size_t i = 0; i < h->count; i++) {
        struct case_clock *k = &h->list[i];
        bool stops = (k->rule.pauses & CLOCK_GROUND(ground)) != 0;
        bool late = k->due_ms != 0 && h->w->now_ms >= k->due_ms;

        if (is_of_case(k) && k->state == CLOCK_RUNNING && stops && !late) {
            TRY(case_clock_pause(h->a, h->tx, h->w->agency, k, ground, h->w->now_ms));
            TRY(touch(h, k));
        }
    }
    return NULL;
}

/* A term that is counted from when the papers were complete begins with the last of
 * them. */
static err resume_all(struct hands *h)
{
    bool supplied = h->w->act == ACT_SUPPLY || h->w->act == ACT_RESUME;

    for (size_t i = 0; i < h->count; i++) {
        struct case_clock *k = &h->list[i];

        if (!is_of_case(k) || k->state != CLOCK_PAUSED) {
            continue;
        }
        if (supplied && k->rule.from == CLOCK_FROM_COMPLETE) {
            TRY(case_clock_restart(h->a, h->tx, h->w->agency, k, h->w->now_ms));
        } else {
            TRY(case_clock_resume(h->a, h->tx, h->w->agency, k, h->w->now_ms));
        }
        TRY(touch(h, k));
    }
    return NULL;
}

static err end_one(struct hands *h, struct case_clock *k)
{
    if (k->state == CLOCK_PAUSED) {
        TRY(case_clock_resume(h->a, h->tx, h->w->agency, k, h->w->now_ms));
    }
    case_clock_reckon(h->w->calendar, k, h->w->now_ms);
    k->state = CLOCK_ENDED;
    k->ended_ms = h->w->now_ms;
    k->spans.done_ms = h->w->now_ms;
    return touch(h, k);
}

static err end_all(struct hands *h)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->list[i].state != CLOCK_ENDED) {
            TRY(end_one(h, &h->list[i]));
        }
    }
    return NULL;
}

static err end_kind(struct hands *h, enum case_clock_kind kind, int number)
{
    for (size_t i = 0; i < h->count; i++) {
        struct case_clock *k = &h->list[i];

        if (k->kind == kind && (number == 0 || k->number == number) &&
            k->state != CLOCK_ENDED) {
            TRY(end_one(h, k));
        }
    }
    return NULL;
}

static err restart_all(struct hands *h)
{
    for (size_t i = 0; i < h->count; i++) {
        if (is_of_case(&h->list[i])) {
            TRY(case_clock_restart(h->a, h->tx, h->w->agency, &h->list[i], h->w->now_ms));
            TRY(touch(h, &h->list[i]));
        }
    }
    return NULL;
}

static err begin(struct hands *h, struct case_clock k)
{
    struct clock_fact fact;

    k.casefile = h->w->id;
    case_clock_reckon(h->w->calendar, &k, h->w->now_ms);
    TRY(case_clock_put(h->a, h->tx, h->w->agency, h->w->id, &k));
    fact = case_clock_fact(&k);
    fact.rule = clock_rule_json(h->a, &k.rule);
    fact.started_ms = k.started_ms;
    h->f->clocks[h->f->clocks_count++] = fact;
    return NULL;
}

/* How long a consulted unit has: by the speed of this case, and its service. */
static int consult_days(const struct hands *h, const struct casefile *c)
{
    const struct service *s = h->w->catalog == NULL
                                  ? NULL
                                  : service_get_near(h->w->catalog, c->service,
                                                     c->service_version);
    struct usual_terms t = usual_terms_of(h->w->catalog, s);
    const struct case_clock *k = case_clock_find(h->list, h->count, CASE_CLOCK_CONTROL, 0);

    return usual_consult_days(&t, k != NULL ? k->rule.speed : CLOCK_SPEED_NONE);
}

/* One for each unit that is asked; their numbers are those of the questions. */
static err consults_begin(struct hands *h, const struct casefile *c)
{
    struct consult *asked;
    size_t count;

    TRY(consult_list(h->a, tx_snap(h->tx), h->w->agency, h->w->id, &asked, &count));
    for (size_t i = 0; i < h->f->units_count; i++) {
        TRY(begin(h, case_clock_consult((int)(count + i + 1), consult_days(h, c),
                                         h->w->now_ms)));
    }
    return NULL;
}

static err consult_ends(struct hands *h)
{
    struct consult *asked;
    size_t count;

    TRY(consult_list(h->a, tx_snap(h->tx), h->w->agency, h->w->id, &asked, &count));
    for (size_t i = 0; i < count; i++) {
        if (asked[i].unit == h->f->unit && asked[i].state == CONSULT_ASKED) {
            return end_kind(h, CASE_CLOCK_CONSULT, asked[i].number);
        }
    }
    return NULL;
}

static err extend_one(struct hands *h)
{
    struct case_clock *k = case_clock_find(h->list, h->count, h->w->clock, 0);

    if (k == NULL) {
        return NULL;
    }
    TRY(case_clock_extend(h->a, h->tx, h->w->agency, k,
                          (struct clock_limit){ h->w->extend_by,
                                                k->rule.stages[0].limit.unit },
                          h->w->now_ms));
    return touch(h, k);
}

/* By the rules of another version of the service; a clock that stands goes on standing. */
static err rules_change(struct hands *h)
{
    for (size_t i = 0; i < h->count; i++) {
        struct case_clock *k = &h->list[i];
        const struct case_clock *to = NULL;
        struct clock_fact *f;

        if (!is_of_case(k) || h->w->clocks == NULL || k->state == CLOCK_ENDED) {
            continue;
        }
        to = &h->w->clocks[k->kind == CASE_CLOCK_STATUTORY ? 0 : 1];
        TRY(case_clock_rule_change(h->a, h->tx, h->w->agency, k, &to->rule,
                                   to->started_ms));
        TRY(touch(h, k));
        f = &h->f->clocks[h->f->clocks_count - 1];
        f->rule = clock_rule_json(h->a, &k->rule);
        f->started_ms = k->started_ms;
    }
    return NULL;
}

/* The control limit of a document of another speed; start, pauses, extensions stay. */
static err speed_change(struct hands *h, const struct casefile *c)
{
    const struct service *s = h->w->catalog == NULL
                                  ? NULL
                                  : service_get_near(h->w->catalog, c->service,
                                                     c->service_version);
    struct usual_terms t = usual_terms_of(h->w->catalog, s);
    struct case_clock *k = case_clock_find(h->list, h->count, CASE_CLOCK_CONTROL, 0);
    struct clock_rule rule;
    struct clock_fact *f;

    if (k == NULL || k->state == CLOCK_ENDED) {
        return NULL;
    }
    rule = k->rule;
    case_clock_speed_up(&rule, h->w->speed, t.speed[h->w->speed]);
    TRY(case_clock_rule_change(h->a, h->tx, h->w->agency, k, &rule, k->started_ms));
    TRY(touch(h, k));
    f = &h->f->clocks[h->f->clocks_count - 1];
    f->rule = clock_rule_json(h->a, &k->rule);
    f->started_ms = k->started_ms;
    return NULL;
}

static int studies(const struct hands *h)
{
    int count = 0;

    for (size_t i = 0; i < h->count; i++) {
        count += h->list[i].kind == CASE_CLOCK_STUDY;
    }
    return count;
}

/* Acts that only touch the clocks there are. */
static err by_act(struct hands *h)
{
    switch (h->w->act) {
    case ACT_SEND_BACK:
    case ACT_HALT:
        return pause_all(h);
    case ACT_SUPPLY: /* what came may give another term, which then goes on */
        TRY(rules_change(h));
        return resume_all(h);
    case ACT_RESUME:
    case ACT_GO_ON:
        return resume_all(h);
    case ACT_EXTEND:
        return extend_one(h);
    case ACT_REOPEN:
        return restart_all(h);
    default:
        return NULL;
    }
}

/* Acts that begin or end one of a consultation or a question. */
static err by_question(struct hands *h, const struct casefile *c, enum case_state to)
{
    switch (h->w->act) {
    case ACT_CONSULT:
        return consults_begin(h, c);
    case ACT_ANSWER:
    case ACT_WAIVE:
        return consult_ends(h);
    case ACT_STUDY:
        return begin(h, case_clock_study(studies(h) + 1, h->w->now_ms));
    case ACT_INSTRUCT:
        TRY(end_kind(h, CASE_CLOCK_STUDY, 0));
        return pause_all(h);
    case ACT_STUDY_ANSWER:
        TRY(end_kind(h, CASE_CLOCK_STUDY, 0));
        return resume_all(h);
    case ACT_MOVE:
    case ACT_TELEPHONE: /* where a corrected answer gives another term */
        return rules_change(h);
    case ACT_SPEED:
        return speed_change(h, c);
    case ACT_PROPOSE:
        return to == CASE_CONSULTED ? consults_begin(h, c) : NULL;
    default:
        return by_act(h);
    }
}

/* The decision ends what runs. */
static bool is_decided_by(const struct casefile *c, enum case_state to)
{
    return case_state_is_undecided(c->state) && !case_state_is_undecided(to);
}

err case_act_clocks_tell(struct arena *a, const struct act_wish *w,
                         const struct casefile *c, struct case_clock *list, size_t count,
                         struct case_fact *f)
{
    struct hands h = { .a = a, .w = w, .list = list, .count = count, .f = f };
    enum case_state to;

    if (!flow_next(c, w->act, f, &to)) {
        return NULL;
    }
    return is_decided_by(c, to) ? end_all(&h) : by_act(&h);
}

err case_act_clocks(struct arena *a, struct tx *tx, const struct act_wish *w,
                    const struct casefile *c, struct case_fact *f)
{
    struct hands h = { .a = a, .tx = tx, .w = w, .f = f };
    enum case_state to;

    if (w->calendar == NULL || !flow_next(c, w->act, f, &to)) {
        return NULL;
    }
    TRY(casefile_clocks(a, tx_snap(tx), w->agency, w->id, &h.list, &h.count));
    return is_decided_by(c, to) ? end_all(&h) : by_question(&h, c, to);
}
