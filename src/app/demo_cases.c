/* demo_cases — does what was planned, step by step, with the functions and rights of every
 * day. Steps are committed in groups.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/store/store.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/worklist/worklist.h"

#define GROUP_STEPS 24
#define NAMES_SHOWN 20
#define RECEIPTS_SHOWN 40
#define RECEIPTS_BYTES 65536

/* A group of steps of one or more offices, in one transaction. */
struct group {
    struct demo *d;
    const struct demo_plan *p;
    size_t from, to;
};

/* Who acts, on the day of the step: the officer, who leads the unit, who decides. */
static const struct staff *doer(const struct demo_step *s)
{
    static const enum duty level_duties[LEVEL_COUNT] = {
        DUTY_OFFICER,
        DUTY_UNIT_HEAD,
        DUTY_SECRETARY,
        DUTY_HEAD,
    };
    const struct demo_case *c = s->c;

    switch (s->act) {
    case ACT_ASSIGN:
        return demo_staff(c->office, DUTY_UNIT_HEAD, c->unit);
    case ACT_DECIDE:
    case ACT_RETURN:
        return demo_staff(c->office, level_duties[c->level],
                          c->level == LEVEL_UNIT_HEAD ? c->unit : 0);
    case ACT_WITHDRAW:
        return NULL;
    default:
        return c->officer;
    }
}

/* Whose turn it is where a proposal waits; a colleague where the officer's level decides
 * with four eyes. */
static const struct staff *holder(const struct demo_case *c, const struct casefile *now)
{
    const struct demo_office *o = c->office;

    for (size_t i = 0; now->waits_level == LEVEL_OFFICER && i < o->staff_count; i++) {
        if (o->staff[i].unit == c->unit && o->staff[i].id != now->proposer &&
            (o->staff[i].duties & DUTY(DUTY_OFFICER)) != 0) {
            return &o->staff[i];
        }
    }
    return demo_staff(o, level_duty(now->waits_level),
                      now->waits_level == LEVEL_UNIT_HEAD ? c->unit : 0);
}

static err doer_load(struct arena *a, struct tx *tx, const struct group *g,
                     const struct demo_step *s, struct actor *ret)
{
    const struct staff *who = s->what == DEMO_ACT ? doer(s)
                              : s->reader != NULL ? s->reader
                                                  : s->c->officer;
    int64_t id = who == NULL ? 0 : who->id;

    if (who == NULL) {
        *ret = (struct actor){ .agency = s->c->office->agency.id };
        return NULL;
    }
    if (who->deputy != 0 && demo_is_away(g->p, id, day_at(s->at_ms))) {
        id = who->deputy;
    }
    return actor_load(a, tx_snap(tx), who->agency, id, day_at(s->at_ms), ret);
}

/* 青區經字第1150000123號: counted by office and year, with the gaps that other letters
 * leave. */
static str document_number(struct arena *a, struct demo *d, const struct demo_step *s)
{
    struct demo_office *o = s->c->office;
    int year = day_roc_year(day_at(s->at_ms));
    str unit = STR("");

    for (size_t i = 0; i < o->units_count; i++) {
        if (o->units[i].id == s->c->unit) {
            unit = str_slice(o->units[i].name.in[LANG_ZH], 0, sizeof "經" - 1);
        }
    }
    if (o->document_year != year) {
        o->document_year = year;
        o->document_serial = 0;
    }
    o->document_serial += demo_between(&d->random, 3, 90);
    return str_format(a, "青%.*s字第%d%07d號", STR_ARG(unit), year, o->document_serial);
}

/* An act on the way that the plan does not tell of. `*ret_done` false: he may not. */
static err do_between(struct arena *a, struct tx *tx, const struct group *g,
                      const struct demo_step *s, enum case_act act,
                      const struct staff *who, struct casefile *io_now, bool *ret_done)
{
    struct demo_step between = { .at_ms = s->at_ms, .what = DEMO_READ, .c = s->c,
                                 .reader = who };
    struct act_wish w = {
        .act = act, .agency = io_now->agency, .id = io_now->id, .now_ms = s->at_ms,
        .changes = io_now->changes, .catalog = s->c->office->catalog,
        .calendar = calendar_official(), .document_day = DAY_NONE,
        .wanted_until = DAY_NONE, .outcome = io_now->outcome,
    };

    TRY(doer_load(a, tx, g, &between, &w.who));
    *ret_done = who != NULL && casefile_may(&w.who, io_now, act);
    if (!*ret_done) {
        return NULL;
    }
    if (act == ACT_ANSWER) {
        w.units[w.units_count++] = io_now->consults[0];
    }
    TRY(casefile_act_prepare(a, tx_snap(tx), g->d->keyring, &w,
                             act == ACT_ANSWER   ? STR("本單位無意見。")
                             : act == ACT_DECIDE ? STR("如擬。")
                                                 : STR("")));
    return casefile_act(a, tx, &w, io_now);
}

static bool is_waiting(const struct casefile *c)
{
    return c->state == CASE_PROPOSED || c->state == CASE_SUBMITTED;
}

/* Up to where the act is done: units that were asked answer, levels pass the proposal on,
 * and what goes out has been decided. */
static err come_to(struct arena *a, struct tx *tx, const struct group *g,
                   const struct demo_step *s, struct casefile *io_now)
{
    bool decides = s->act == ACT_DECIDE || s->act == ACT_RETURN;
    bool ends = s->act == ACT_ISSUE || s->act == ACT_COLLECT || s->act == ACT_CLOSE;
    bool done = decides || ends;

    while (done && io_now->state == CASE_CONSULTED && io_now->consults_count > 0) {
        const struct staff *asked =
            demo_staff(s->c->office, DUTY_OFFICER, io_now->consults[0]);

        TRY(do_between(a, tx, g, s, ACT_ANSWER, asked, io_now, &done));
    }
    while (done && s->act != ACT_RETURN && is_waiting(io_now) &&
           io_now->waits_level < io_now->level) {
        TRY(do_between(a, tx, g, s, ACT_ENDORSE, holder(s->c, io_now), io_now, &done));
    }
    if (done && ends && is_waiting(io_now)) {
        TRY(do_between(a, tx, g, s, ACT_DECIDE, holder(s->c, io_now), io_now, &done));
    }
    return NULL;
}

static err do_act(struct arena *a, struct tx *tx, const struct group *g,
                  const struct demo_step *s)
{
    const struct demo_case *c = s->c;
    struct casefile now;
    struct act_wish w = {
        .act = s->act,
        .agency = c->office->agency.id,
        .id = c->wish.id,
        .now_ms = s->at_ms,
        .grant = s->grant,
        .catalog = c->office->catalog,
        .calendar = calendar_official(),
        .to = c->officer->id,
        .document_day = DAY_NONE,
        .wanted_until = DAY_NONE,
    };

    TRY(casefile_load(a, tx_snap(tx), w.agency, w.id, &now));
    TRY(come_to(a, tx, g, s, &now));
    struct demo_step by = *s;

    if (s->act == ACT_RETURN || (s->act == ACT_DECIDE && is_waiting(&now))) {
        by.what = DEMO_READ; /* whose turn it is */
        by.reader = holder(c, &now);
    }
    TRY(doer_load(a, tx, g, &by, &w.who));
    if (!casefile_may(&w.who, &now, w.act)) {
        return NULL; /* four eyes, and he who would decide had proposed it: it waits */
    }
    w.changes = now.changes;
    if (!s->grant) {
        w.grounds = demo_grounds;
    }
    if (s->act == ACT_ISSUE) {
        w.document_number = s->document;
        w.document_day = day_at(s->at_ms);
    }
    TRY(demo_before(a, tx, g->d, s, &w.who, &now, &w.document_number));
    TRY(demo_paid(a, tx, g->d, s, &now, &w.paid));
    TRY(casefile_act_prepare(a, tx_snap(tx), g->d->keyring, &w, s->note));
    TRY(casefile_act(a, tx, &w, &now));
    return demo_after(a, tx, g->d, s, &now);
}

static err do_reading(struct arena *a, struct tx *tx, const struct group *g,
                      const struct demo_step *s)
{
    struct actor who;
    struct casefile now;
    bool own;

    TRY(doer_load(a, tx, g, s, &who));
    TRY(casefile_load(a, tx_snap(tx), who.agency, s->c->wish.id, &now));
    own = now.officer == who.staff;
    return casefile_reading(a, tx, &who, s->at_ms, &now.id, 1,
                            own ? STR("") : reading_reason_key[s->reason], 0);
}

/* The names on the first page of a worklist: one's own, or the unit's for a reason. */
static err do_names(struct arena *a, struct tx *tx, const struct group *g,
                    const struct demo_step *s)
{
    struct case_query q = { .list = LIST_MINE, .state = -1, .now_ms = s->at_ms,
                            .most = NAMES_SHOWN };
    struct casefile *list;
    struct actor who;
    size_t count;
    int64_t ids[NAMES_SHOWN];

    q.list = s->reason == READ_REASONS ? LIST_MINE : LIST_UNIT_OPEN;
    TRY(doer_load(a, tx, g, s, &who));
    TRY(casefile_list(a, tx_snap(tx), &who, &q, &list, &count));
    for (size_t i = 0; i < count; i++) {
        ids[i] = list[i].id;
        q.list = list[i].officer != who.staff ? LIST_UNIT_OPEN : q.list;
    }
    return casefile_reading_names(
        a, tx, &who, s->at_ms, ids, count,
        q.list == LIST_MINE ? STR("")
                            : reading_reason_key[s->reason == READ_REASONS ? READ_DEPUTY
                                                                           : s->reason],
        0);
}

static err do_step(struct arena *a, struct tx *tx, const struct group *g,
                   const struct demo_step *s)
{
    struct case_receipt receipt;

    switch (s->what) {
    case DEMO_RECEIVE:
        TRY(casefile_receive(a, tx, g->d->keyring, &s->c->wish, &receipt));
        s->c->number = str_copy(g->d->arena, receipt.number);
        return NULL;
    case DEMO_AWAY:
        return staff_away(a, tx, NULL, s->at_ms, s->away->agency, s->away->id, s->from,
                          s->to);
    case DEMO_READ:
        return do_reading(a, tx, g, s);
    case DEMO_NAMES:
        return do_names(a, tx, g, s);
    case DEMO_ACT:
        return do_act(a, tx, g, s);
    case DEMO_SCENE:
        return demo_scene_act(a, tx, g->d, g->p, s);
    case DEMO_MORE:
        return s->run(a, tx, g->d, s);
    }
    return NULL;
}

static err run_group(void *context, struct arena *a, struct tx *tx)
{
    const struct group *g = context;

    for (size_t i = g->from; i < g->to; i++) {
        TRY(do_step(a, tx, g, &g->p->steps[i]));
    }
    return NULL;
}

/* The scenes draw numbers of their own. */
static void swap_random(struct demo *d)
{
    struct demo_random r = d->random;

    d->random = d->aside;
    d->aside = r;
}

static err receive_prepare(struct demo *d, struct demo_step *s)
{
    struct demo_case *c = s->c;
    const struct demo_office *o = c->office;
    struct answers answers;

    TRY(demo_answers(d, d->arena, o, c->service, s->at_ms, &answers));
    TRY(casefile_prepare(d->arena, d->keyring, &d->ids, o->catalog, calendar_official(),
                         &o->agency, o->units, o->units_count, c->service, &answers,
                         c->channel, s->at_ms, STR(""), &c->wish));
    c->wish.assigns = false; /* the plan says who takes it up */
    return NULL;
}

/* What may not differ when a commit runs again; before the group is committed. */
static err prepare(struct demo *d, struct demo_step *s)
{
    bool aside = s->c != NULL && s->c->in_scene;
    err e = NULL;

    if (aside) {
        swap_random(d);
    }
    if (s->c != NULL && (s->what == DEMO_ACT || s->what == DEMO_SCENE) &&
        s->act == ACT_ISSUE) {
        s->document = document_number(d->arena, d, s);
    }
    if (s->c != NULL && s->what == DEMO_RECEIVE) {
        e = receive_prepare(d, s);
    }
    if (aside) {
        swap_random(d);
    }
    return e;
}

static err receipt_line(struct demo *d, struct buf *b, const struct demo_case *c,
                        struct snap *snap)
{
    struct casefile now;

    TRY(casefile_load(d->arena, snap, c->office->agency.id, c->wish.id, &now));
    buf_format(b, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", STR_ARG(c->office->key),
               STR_ARG(c->number), STR_ARG(c->wish.code), STR_ARG(c->service->key),
               STR_ARG(case_state_key[now.state]));
    return NULL;
}

/* The newest, for whoever wants to follow a case as its applicant does. */
static err receipts_write(struct demo *d, const struct demo_plan *p)
{
    struct buf b;
    struct snap *snap;
    size_t shown = 0;

    if (d->wish->receipts == NULL) {
        return NULL;
    }
    buf_init(&b, d->arena, RECEIPTS_BYTES);
    TRY(snap_begin(d->arena, d->store, &snap));
    for (size_t i = p->steps_count; i > 0 && shown < RECEIPTS_SHOWN; i--) {
        if (p->steps[i - 1].what == DEMO_RECEIVE) {
            TRY(receipt_line(d, &b, p->steps[i - 1].c, snap));
            shown++;
        }
    }
    snap_end(snap);
    return demo_file(d->arena, d->wish->receipts, buf_str(&b));
}

err demo_cases(struct demo *d)
{
    struct demo_plan plan;

    TRY(demo_plan_make(d, &plan));
    for (size_t from = 0; from < plan.steps_count; from += GROUP_STEPS) {
        size_t to = from + GROUP_STEPS < plan.steps_count ? from + GROUP_STEPS
                                                          : plan.steps_count;
        struct group g = { .d = d, .p = &plan, .from = from, .to = to };

        for (size_t i = from; i < to; i++) {
            TRY(prepare(d, &plan.steps[i]));
        }
        TRY(store_commit(d->store, d->arena, AGENCY_CITY, run_group, &g));
    }
    return receipts_write(d, &plan);
}
