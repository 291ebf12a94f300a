/* fold — a case is what its events make of it, one after the other.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/moves.h"

bool path_next(level_set path, enum level l, enum level *ret)
{
    for (int next = (int)l + 1; next < LEVEL_COUNT; next++) {
        if ((path & (1U << next)) != 0) {
            *ret = (enum level)next;
            return true;
        }
    }
    return false;
}

static enum level path_first(level_set path, enum level otherwise)
{
    for (int l = 0; l < LEVEL_COUNT; l++) {
        if ((path & (1U << l)) != 0) {
            return (enum level)l;
        }
    }
    return otherwise;
}

static enum case_outcome outcome_of(const struct case_fact *f)
{
    if (f->outcome != OUTCOME_NONE) {
        return f->outcome;
    }
    return f->granted ? OUTCOME_GRANTED : OUTCOME_REFUSED;
}

static enum case_state outcome_state(enum case_outcome o)
{
    switch (o) {
    case OUTCOME_NOT_ADMITTED:
        return CASE_NOT_ADMITTED;
    case OUTCOME_REFUSED:
        return CASE_REFUSED;
    default:
        return CASE_DECIDED;
    }
}

/* Where who proposes decides himself, his proposal is the decision, unless a second pair of
 * eyes is asked for. */
static enum case_state after_proposal(const struct casefile *c, const struct case_fact *f)
{
    if (f->units_count > 0) {
        return CASE_CONSULTED;
    }
    if (c->level <= c->proposes && !f->four_eyes) {
        return outcome_state(outcome_of(f));
    }
    return CASE_PROPOSED;
}

/* The proposal goes up once all have answered and nobody objects; who decides on his own
 * proposal does so having read the answers. */
static enum case_state after_answer(const struct casefile *c, const struct case_fact *f)
{
    if (c->consults_count > 1) {
        return CASE_CONSULTED;
    }
    if (c->path == 0 || c->objected || f->objects ||
        (c->level <= c->proposes && !c->four_eyes)) {
        return CASE_IN_WORK;
    }
    return CASE_PROPOSED;
}

bool flow_next(const struct casefile *c, enum case_act act, const struct case_fact *f,
               enum case_state *ret_to)
{
    const struct case_move *m = move_of(c->state, act);

    if (m == NULL) {
        return false;
    }
    switch (act) {
    case ACT_PROPOSE:
        *ret_to = after_proposal(c, f);
        break;
    case ACT_DECIDE:
        *ret_to = outcome_state(outcome_of(f));
        break;
    case ACT_ANSWER:
    case ACT_WAIVE:
        *ret_to = after_answer(c, f);
        break;
    default:
        *ret_to = m->to == CASE_STATES ? c->state : m->to;
        break;
    }
    return true;
}

static int64_t instant_of(day due, int64_t due_ms)
{
    return due == DAY_NONE ? 0 : due_ms != 0 ? due_ms : day_begins_ms(due + 1);
}

bool case_ends_in_hours(day due, int64_t due_ms)
{
    return due != DAY_NONE && due_ms != 0 && due_ms != day_begins_ms(due + 1);
}

bool case_is_late(const struct casefile *c, int64_t now_ms)
{
    return case_state_is_undecided(c->state) && !c->paused && c->due_ms != 0 &&
           now_ms >= c->due_ms;
}

bool case_control_is_late(const struct casefile *c, int64_t now_ms)
{
    return case_state_is_undecided(c->state) && !c->control_paused &&
           c->control_due_ms != 0 && now_ms >= c->control_due_ms;
}

static void fold_clocks(struct casefile *c, const struct case_fact *f)
{
    for (size_t i = 0; i < f->clocks_count; i++) {
        const struct clock_fact *k = &f->clocks[i];

        if (k->kind == CASE_CLOCK_STATUTORY) {
            c->due = k->due;
            c->due_ms = instant_of(k->due, k->due_ms);
            c->paused = k->state == CLOCK_PAUSED;
        } else if (k->kind == CASE_CLOCK_CONTROL) {
            c->control_due = k->due;
            c->control_due_ms = instant_of(k->due, k->due_ms);
            c->control_paused = k->state == CLOCK_PAUSED;
        }
    }
}

static bool fold_received(struct casefile *c, const struct case_fact *f)
{
    if (c->changes != 0 || f->changes != 1) {
        return false;
    }
    c->state = CASE_RECEIVED;
    c->received_ms = f->at_ms;
    c->unit = f->unit;
    c->officer = f->officer;
    if (f->officer != 0) { /* assigned by rule as it came */
        c->state = CASE_IN_WORK;
    }
    c->due = f->due;
    c->due_ms = instant_of(f->due, 0);
    c->control_due = DAY_NONE;
    c->level = f->level;
    c->proposes = f->proposes;
    c->service_version = f->version;
    c->document_day = DAY_NONE;
    c->changes = 1;
    c->is_open = true;
    fold_clocks(c, f);
    return true;
}

static bool consult_add(struct casefile *c, const struct case_fact *f)
{
    for (size_t i = 0; i < f->units_count; i++) {
        if (c->consults_count == CONSULTS_MOST) {
            return false;
        }
        c->consults[c->consults_count++] = f->units[i];
    }
    return true;
}

static bool consult_end(struct casefile *c, int64_t unit)
{
    for (size_t i = 0; i < c->consults_count; i++) {
        if (c->consults[i] == unit) {
            for (size_t n = i + 1; n < c->consults_count; n++) {
                c->consults[n - 1] = c->consults[n];
            }
            c->consults[--c->consults_count] = 0;
            return true;
        }
    }
    return false;
}

static void proposal_fold(struct casefile *c, const struct case_fact *f)
{
    c->outcome = outcome_of(f);
    c->path = f->path != 0 ? f->path : 1U << c->level;
    c->proposer = f->actor;
    c->four_eyes = f->four_eyes;
    c->objected = false;
    c->seals++;
}

static void proposal_drop(struct casefile *c)
{
    c->path = 0;
}

static void reopen_fold(struct casefile *c)
{
    c->decided_ms = 0;
    c->closed_ms = 0;
    c->outcome = OUTCOME_NONE;
    c->document_number = STR("");
    c->document_day = DAY_NONE;
    proposal_drop(c);
}

/* What an act keeps besides the state. False: it does not fit. */
static bool fold_values(struct casefile *c, const struct case_fact *f, enum case_act act)
{
    switch (act) {
    case ACT_TAKE:
    case ACT_ASSIGN:
    case ACT_HAND_OVER:
        c->officer = f->officer;
        break;
    case ACT_GIVE:
        c->unit = f->unit;
        c->officer = 0;
        break;
    case ACT_PROPOSE:
        proposal_fold(c, f);
        return consult_add(c, f);
    case ACT_DECIDE:
        c->outcome = outcome_of(f);
        c->seals++;
        break;
    case ACT_ENDORSE:
        c->seals++;
        return path_next(c->path, c->waits_level, &c->waits_level);
    case ACT_CONSULT:
        return consult_add(c, f);
    case ACT_ANSWER:
        c->seals++;
        c->objected = c->objected || f->objects;
        return consult_end(c, f->unit);
    case ACT_WAIVE:
        return consult_end(c, f->unit);
    case ACT_ISSUE:
        c->document_number = f->document_number;
        c->document_day = f->document_day;
        break;
    case ACT_CORRECT:
        if (!str_is_empty(f->document_number)) {
            c->document_number = f->document_number;
            c->document_day = f->document_day;
        }
        break;
    case ACT_REOPEN:
        reopen_fold(c);
        break;
    case ACT_STUDY:
    case ACT_INSTRUCT:
        c->asked = true;
        break;
    case ACT_STUDY_ANSWER:
        c->asked = false;
        break;
    case ACT_SPECIAL:
        c->special = !f->off;
        break;
    case ACT_MOVE:
        c->service_version = f->version;
        c->level = f->level;
        c->proposes = f->proposes;
        break;
    default:
        break;
    }
    return true;
}

static void fold_state(struct casefile *c, const struct case_fact *f, enum case_state to)
{
    bool decides = to == CASE_DECIDED || to == CASE_REFUSED || to == CASE_NOT_ADMITTED;

    if (to != c->state && decides) {
        c->decided_ms = f->at_ms;
        proposal_drop(c);
    }
    if (to != c->state && !case_state_is_open(to)) {
        c->closed_ms = f->at_ms;
        proposal_drop(c);
        c->consults_count = 0;
        c->asked = false;
    }
    if (to == CASE_IN_WORK && c->state != CASE_IN_WORK) {
        proposal_drop(c);
        c->objected = false;
    }
    if (to == CASE_PROPOSED) {
        c->waits_level = path_first(c->path, c->level);
    } else if (to != CASE_SUBMITTED) {
        c->waits_level = LEVEL_OFFICER;
    }
    c->state = to;
    c->is_open = case_state_is_open(to);
    c->outcome_granted = c->outcome == OUTCOME_GRANTED;
}

bool flow_fold(struct casefile *c, const struct case_fact *f)
{
    enum case_state to;
    size_t act;

    if (str_equal(f->kind, STR("case.received"))) {
        return fold_received(c, f);
    }
    if (!move_find_key(case_act_event, ACT_COUNT, f->kind, &act)) {
        fold_clocks(c, f);
        return true;
    }
    if (c->changes == 0 || f->changes != c->changes + 1 ||
        !flow_next(c, (enum case_act)act, f, &to) ||
        !fold_values(c, f, (enum case_act)act)) {
        return false;
    }
    fold_state(c, f, to);
    fold_clocks(c, f);
    c->changes = f->changes;
    return true;
}

static bool same_consults(const struct casefile *a, const struct casefile *b)
{
    bool same = a->consults_count == b->consults_count;

    for (size_t i = 0; same && i < a->consults_count; i++) {
        same = a->consults[i] == b->consults[i];
    }
    return same;
}

/* Of a clock that stands the row does not keep the instant. */
static bool same_ends(const struct casefile *a, const struct casefile *b)
{
    return a->due == b->due && a->control_due == b->control_due &&
           a->paused == b->paused && a->control_paused == b->control_paused &&
           (a->paused || a->due_ms == b->due_ms) &&
           (a->control_paused || a->control_due_ms == b->control_due_ms);
}

bool flow_same(const struct casefile *a, const struct casefile *b)
{
    return a->state == b->state && a->unit == b->unit && a->officer == b->officer &&
           a->received_ms == b->received_ms && same_ends(a, b) && a->level == b->level &&
           a->proposes == b->proposes &&
           a->decided_ms == b->decided_ms && a->closed_ms == b->closed_ms &&
           a->outcome == b->outcome && a->changes == b->changes &&
           a->is_open == b->is_open && a->document_day == b->document_day &&
           str_equal(a->document_number, b->document_number) &&
           a->waits_level == b->waits_level && a->path == b->path &&
           a->proposer == b->proposer && a->four_eyes == b->four_eyes &&
           a->seals == b->seals && a->objected == b->objected && a->asked == b->asked &&
           a->special == b->special && a->service_version == b->service_version &&
           same_consults(a, b);
}
