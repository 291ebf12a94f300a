/* flow — the table of states and acts, and the fold over events.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/flow.h"


const str case_state_key[CASE_STATES] = {
    [CASE_RECEIVED] = STR_INIT("received"),   [CASE_IN_WORK] = STR_INIT("in_work"),
    [CASE_SENT_BACK] = STR_INIT("sent_back"), [CASE_PROPOSED] = STR_INIT("proposed"),
    [CASE_DECIDED] = STR_INIT("decided"),     [CASE_REFUSED] = STR_INIT("refused"),
    [CASE_ISSUED] = STR_INIT("issued"),       [CASE_COLLECTED] = STR_INIT("collected"),
    [CASE_CLOSED] = STR_INIT("closed"),       [CASE_WITHDRAWN] = STR_INIT("withdrawn"),
};
const char *const case_state_name[CASE_STATES] = {
    [CASE_RECEIVED] = MSG("Received"),
    [CASE_IN_WORK] = MSG("In progress"),
    [CASE_SENT_BACK] = MSG("Waiting for the applicant"),
    [CASE_PROPOSED] = MSG("Submitted for approval"),
    [CASE_DECIDED] = MSG("Granted"),
    [CASE_REFUSED] = MSG("Refused"),
    [CASE_ISSUED] = MSG("Issued"),
    [CASE_COLLECTED] = MSG("Collected"),
    [CASE_CLOSED] = MSG("Closed"),
    [CASE_WITHDRAWN] = MSG("Withdrawn"),
};
const char *const case_state_public_name[CASE_STATES] = {
    [CASE_RECEIVED] = MSG("We have received it"),
    [CASE_IN_WORK] = MSG("We are working on it"),
    [CASE_SENT_BACK] = MSG("We need something from you"),
    [CASE_PROPOSED] = MSG("We are working on it"),
    [CASE_DECIDED] = MSG("It has been granted"),
    [CASE_REFUSED] = MSG("It has been refused"),
    [CASE_ISSUED] = MSG("The document has been issued"),
    [CASE_COLLECTED] = MSG("The document has been collected"),
    [CASE_CLOSED] = MSG("The case is closed"),
    [CASE_WITHDRAWN] = MSG("You have withdrawn it"),
};
const str case_channel_key[CHANNELS] = {
    [CHANNEL_ONLINE] = STR_INIT("online"), [CHANNEL_COUNTER] = STR_INIT("counter"),
    [CHANNEL_POST] = STR_INIT("post"),     [CHANNEL_API] = STR_INIT("api"),
};
const char *const case_channel_name[CHANNELS] = {
    [CHANNEL_ONLINE] = MSG("Online"),
    [CHANNEL_COUNTER] = MSG("At the counter"),
    [CHANNEL_POST] = MSG("By post"),
    [CHANNEL_API] = MSG("By another system"),
};
const str case_act_key[ACT_COUNT] = {
    [ACT_TAKE] = STR_INIT("take"),           [ACT_ASSIGN] = STR_INIT("assign"),
    [ACT_NOTE] = STR_INIT("note"),           [ACT_PROPOSE] = STR_INIT("propose"),
    [ACT_RETURN] = STR_INIT("return"),       [ACT_DECIDE] = STR_INIT("decide"),
    [ACT_SEND_BACK] = STR_INIT("send_back"), [ACT_RESUME] = STR_INIT("resume"),
    [ACT_ISSUE] = STR_INIT("issue"),         [ACT_COLLECT] = STR_INIT("collect"),
    [ACT_CLOSE] = STR_INIT("close"),         [ACT_WITHDRAW] = STR_INIT("withdraw"),
};
const char *const case_act_name[ACT_COUNT] = {
    [ACT_TAKE] = MSG("Take the case"),
    [ACT_ASSIGN] = MSG("Assign"),
    [ACT_NOTE] = MSG("Add a note"),
    [ACT_PROPOSE] = MSG("Submit for approval"),
    [ACT_RETURN] = MSG("Return to officer"),
    [ACT_DECIDE] = MSG("Decide"),
    [ACT_SEND_BACK] = MSG("Ask the applicant to complete it"),
    [ACT_RESUME] = MSG("Go on with the case"),
    [ACT_ISSUE] = MSG("Issue"),
    [ACT_COLLECT] = MSG("Hand over"),
    [ACT_CLOSE] = MSG("Close the case"),
    [ACT_WITHDRAW] = MSG("Withdraw the application"),
};
const str case_act_event[ACT_COUNT] = {
    [ACT_TAKE] = STR_INIT("case.taken"),
    [ACT_ASSIGN] = STR_INIT("case.assigned"),
    [ACT_NOTE] = STR_INIT("case.noted"),
    [ACT_PROPOSE] = STR_INIT("case.proposed"),
    [ACT_RETURN] = STR_INIT("case.returned"),
    [ACT_DECIDE] = STR_INIT("case.decided"),
    [ACT_SEND_BACK] = STR_INIT("case.sent_back"),
    [ACT_RESUME] = STR_INIT("case.resumed"),
    [ACT_ISSUE] = STR_INIT("case.issued"),
    [ACT_COLLECT] = STR_INIT("case.collected"),
    [ACT_CLOSE] = STR_INIT("case.closed"),
    [ACT_WITHDRAW] = STR_INIT("case.withdrawn"),
};
const char *const case_act_done[ACT_COUNT] = {
    [ACT_TAKE] = MSG("Taken up"),
    [ACT_ASSIGN] = MSG("Assigned to a colleague"),
    [ACT_NOTE] = MSG("Note added"),
    [ACT_PROPOSE] = MSG("Proposed"),
    [ACT_RETURN] = MSG("Returned to the officer"),
    [ACT_DECIDE] = MSG("Decided"),
    [ACT_SEND_BACK] = MSG("The applicant was asked to complete it"),
    [ACT_RESUME] = MSG("Work goes on"),
    [ACT_ISSUE] = MSG("Issued with number and date"),
    [ACT_COLLECT] = MSG("Handed over"),
    [ACT_CLOSE] = MSG("Case closed"),
    [ACT_WITHDRAW] = MSG("Withdrawn by the applicant"),
};

const str reading_reason_key[READ_REASONS] = {
    [READ_DECISION] = STR_INIT("decision"),     [READ_DEPUTY] = STR_INIT("deputy"),
    [READ_ENQUIRY] = STR_INIT("enquiry"),       [READ_CORRECTION] = STR_INIT("correction"),
    [READ_AUDIT] = STR_INIT("audit"),
};
const char *const reading_reason_name[READ_REASONS] = {
    [READ_DECISION] = MSG("To decide or countersign the case"),
    [READ_DEPUTY] = MSG("Standing in for a colleague"),
    [READ_ENQUIRY] = MSG("The applicant asks about it"),
    [READ_CORRECTION] = MSG("To correct the data"),
    [READ_AUDIT] = MSG("Check or audit"),
};

/* Who may: bits of what a person is to a case. */
enum role {
    ROLE_WORKS = 1,    /* an officer of its unit */
    ROLE_OFFICER = 2,  /* it is assigned to him */
    ROLE_LEADS = 4,    /* head or dispatcher of its unit */
    ROLE_DECIDES = 8,  /* the level that decides it */
    ROLE_OWNER = 16,   /* the applicant with his code */
    ROLE_LOOKS = 32,   /* head, secretary-general, coordinator, auditor */
};
static const struct case_move {
    enum case_state from;
    enum case_act act;
    enum case_state to;
    unsigned who;
} moves[] = {
    { CASE_RECEIVED, ACT_TAKE, CASE_IN_WORK, ROLE_WORKS },
    { CASE_RECEIVED, ACT_ASSIGN, CASE_IN_WORK, ROLE_LEADS },
    { CASE_RECEIVED, ACT_NOTE, CASE_RECEIVED, ROLE_WORKS | ROLE_LEADS },
    { CASE_RECEIVED, ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER },

    { CASE_IN_WORK, ACT_ASSIGN, CASE_IN_WORK, ROLE_LEADS },
    { CASE_IN_WORK, ACT_NOTE, CASE_IN_WORK, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_IN_WORK, ACT_PROPOSE, CASE_PROPOSED, ROLE_OFFICER },
    { CASE_IN_WORK, ACT_SEND_BACK, CASE_SENT_BACK, ROLE_OFFICER },
    { CASE_IN_WORK, ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER },

    { CASE_SENT_BACK, ACT_ASSIGN, CASE_SENT_BACK, ROLE_LEADS },
    { CASE_SENT_BACK, ACT_NOTE, CASE_SENT_BACK, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_SENT_BACK, ACT_RESUME, CASE_IN_WORK, ROLE_OFFICER },
    { CASE_SENT_BACK, ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER },

    { CASE_PROPOSED, ACT_NOTE, CASE_PROPOSED, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_PROPOSED, ACT_RETURN, CASE_IN_WORK, ROLE_DECIDES },
    { CASE_PROPOSED, ACT_DECIDE, CASE_DECIDED, ROLE_DECIDES },
    { CASE_PROPOSED, ACT_WITHDRAW, CASE_WITHDRAWN, ROLE_OWNER },

    { CASE_DECIDED, ACT_ASSIGN, CASE_DECIDED, ROLE_LEADS },
    { CASE_DECIDED, ACT_NOTE, CASE_DECIDED, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_DECIDED, ACT_ISSUE, CASE_ISSUED, ROLE_OFFICER },
    { CASE_DECIDED, ACT_COLLECT, CASE_COLLECTED, ROLE_OFFICER },

    /* The letter of refusal goes out with its number before the case is closed. */
    { CASE_REFUSED, ACT_ASSIGN, CASE_REFUSED, ROLE_LEADS },
    { CASE_REFUSED, ACT_NOTE, CASE_REFUSED, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_REFUSED, ACT_ISSUE, CASE_REFUSED, ROLE_OFFICER },
    { CASE_REFUSED, ACT_CLOSE, CASE_CLOSED, ROLE_OFFICER },

    { CASE_ISSUED, ACT_ASSIGN, CASE_ISSUED, ROLE_LEADS },
    { CASE_ISSUED, ACT_NOTE, CASE_ISSUED, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_ISSUED, ACT_COLLECT, CASE_COLLECTED, ROLE_WORKS | ROLE_OFFICER },
    { CASE_ISSUED, ACT_CLOSE, CASE_CLOSED, ROLE_OFFICER },

    { CASE_COLLECTED, ACT_ASSIGN, CASE_COLLECTED, ROLE_LEADS },
    { CASE_COLLECTED, ACT_NOTE, CASE_COLLECTED, ROLE_OFFICER | ROLE_LEADS | ROLE_DECIDES },
    { CASE_COLLECTED, ACT_CLOSE, CASE_CLOSED, ROLE_OFFICER },
};

static const struct case_move *move_of(enum case_state from, enum case_act act)
{
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        if (moves[i].from == from && moves[i].act == act) {
            return &moves[i];
        }
    }
    return NULL;
}

static bool find_key(const str *keys, size_t count, str key, size_t *ret)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

bool case_state_from_key(str key, enum case_state *ret)
{
    size_t i;

    if (!find_key(case_state_key, CASE_STATES, key, &i)) {
        return false;
    }
    *ret = (enum case_state)i;
    return true;
}

bool case_act_from_key(str key, enum case_act *ret)
{
    size_t i;

    if (!find_key(case_act_key, ACT_COUNT, key, &i)) {
        return false;
    }
    *ret = (enum case_act)i;
    return true;
}

bool case_state_is_open(enum case_state s)
{
    return s != CASE_CLOSED && s != CASE_WITHDRAWN;
}

enum case_state case_state_outside(enum case_state s)
{
    return s == CASE_PROPOSED ? CASE_IN_WORK : s;
}

#define WORKING_DUTIES \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_VILLAGE))
#define LEADING_DUTIES (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER))
#define LOOKING_DUTIES                                                           \
    (DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_COORDINATOR) | \
     DUTY(DUTY_AUDITOR))

bool casefile_may_work(const struct staff *s, const struct casefile *c)
{
    return s->active && s->agency == c->agency && s->unit == c->unit &&
           (s->duties & WORKING_DUTIES) != 0;
}

/* What a person, himself or the colleague he stands in for, is to the case. */
static unsigned roles_of(int64_t staff, int64_t unit, duty_set duties,
                         const struct casefile *c)
{
    unsigned roles = 0;
    bool own_unit = unit == c->unit;
    bool level = (duties & DUTY(level_duty(c->level))) != 0;

    if (own_unit && (duties & WORKING_DUTIES) != 0) {
        roles |= ROLE_WORKS;
    }
    if (own_unit && (duties & LEADING_DUTIES) != 0) {
        roles |= ROLE_LEADS;
    }
    if (c->officer != 0 && c->officer == staff) {
        roles |= ROLE_OFFICER;
    }
    if (level && c->level != LEVEL_OFFICER && (own_unit || c->level != LEVEL_UNIT_HEAD)) {
        roles |= ROLE_DECIDES;
    }
    if ((duties & LOOKING_DUTIES) != 0) {
        roles |= ROLE_LOOKS;
    }
    return roles;
}

static unsigned own_roles(const struct actor *who, const struct casefile *c)
{
    if (who->agency != c->agency) {
        return 0;
    }
    if (who->staff == 0) {
        return ROLE_OWNER;
    }
    return roles_of(who->staff, who->unit, who->duties, c);
}

/* The first colleague through whom one of `wanted` is there; 0 none. */
static int64_t lent_by(const struct actor *who, const struct casefile *c, unsigned wanted)
{
    if (who->agency != c->agency || who->staff == 0) {
        return 0;
    }
    for (size_t i = 0; i < who->stands_for_count; i++) {
        const struct stand_in *s = &who->stands_for[i];

        if ((roles_of(s->staff, s->unit, s->duties, c) & wanted) != 0) {
            return s->staff;
        }
    }
    return 0;
}

bool casefile_may_see(const struct actor *who, const struct casefile *c)
{
    unsigned wanted = ROLE_WORKS | ROLE_LEADS | ROLE_OFFICER | ROLE_DECIDES | ROLE_LOOKS;

    return (own_roles(who, c) & wanted) != 0 || lent_by(who, c, wanted) != 0;
}

bool casefile_may(const struct actor *who, const struct casefile *c, enum case_act act)
{
    const struct case_move *m = move_of(c->state, act);

    if (m == NULL) {
        return false;
    }
    if (c->state == CASE_REFUSED && act == ACT_CLOSE && str_is_empty(c->document_number)) {
        return false;
    }
    return (own_roles(who, c) & m->who) != 0 || lent_by(who, c, m->who) != 0;
}

int64_t casefile_stands_for(const struct actor *who, const struct casefile *c,
                            enum case_act act)
{
    const struct case_move *m = move_of(c->state, act);

    if (m == NULL || (own_roles(who, c) & m->who) != 0) {
        return 0;
    }
    return lent_by(who, c, m->who);
}

bool casefile_as_deputy(const struct actor *who, const struct casefile *c,
                        enum case_act act)
{
    return casefile_stands_for(who, c, act) != 0;
}

bool casefile_decides(const struct actor *who, const struct casefile *c)
{
    return (own_roles(who, c) & ROLE_DECIDES) != 0 || lent_by(who, c, ROLE_DECIDES) != 0;
}

bool flow_next(enum case_state from, enum case_act act, enum level level, bool granted,
               enum case_state *ret_to)
{
    const struct case_move *m = move_of(from, act);

    if (m == NULL) {
        return false;
    }
    if (act == ACT_DECIDE || (act == ACT_PROPOSE && level == LEVEL_OFFICER)) {
        *ret_to = granted ? CASE_DECIDED : CASE_REFUSED;
        return true;
    }
    *ret_to = m->to;
    return true;
}

static bool fold_received(struct casefile *c, const struct case_fact *f)
{
    if (c->changes != 0 || f->changes != 1) {
        return false;
    }
    c->state = CASE_RECEIVED;
    c->received_ms = f->at_ms;
    c->unit = f->unit;
    c->due = f->due;
    c->level = f->level;
    c->document_day = DAY_NONE;
    c->changes = 1;
    c->is_open = true;
    return true;
}

static void fold_values(struct casefile *c, const struct case_fact *f, enum case_act act)
{
    if (act == ACT_TAKE || act == ACT_ASSIGN) {
        c->officer = f->officer;
    }
    if (act == ACT_PROPOSE || act == ACT_DECIDE) {
        c->outcome_granted = f->granted;
    }
    if (act == ACT_ISSUE) {
        c->document_number = f->document_number;
        c->document_day = f->document_day;
    }
}

bool flow_fold(struct casefile *c, const struct case_fact *f)
{
    enum case_state to;
    size_t act;

    if (str_equal(f->kind, STR("case.received"))) {
        return fold_received(c, f);
    }
    if (!find_key(case_act_event, ACT_COUNT, f->kind, &act)) {
        return true;
    }
    if (c->changes == 0 || f->changes != c->changes + 1 ||
        !flow_next(c->state, (enum case_act)act, c->level, f->granted, &to)) {
        return false;
    }
    fold_values(c, f, (enum case_act)act);
    if (to != c->state && (to == CASE_DECIDED || to == CASE_REFUSED)) {
        c->decided_ms = f->at_ms;
    }
    if (!case_state_is_open(to)) {
        c->closed_ms = f->at_ms;
    }
    c->state = to;
    c->is_open = case_state_is_open(to);
    c->changes = f->changes;
    return true;
}

bool flow_same(const struct casefile *a, const struct casefile *b)
{
    return a->state == b->state && a->unit == b->unit && a->officer == b->officer &&
           a->received_ms == b->received_ms && a->due == b->due && a->level == b->level &&
           a->decided_ms == b->decided_ms && a->closed_ms == b->closed_ms &&
           a->outcome_granted == b->outcome_granted && a->changes == b->changes &&
           a->is_open == b->is_open && a->document_day == b->document_day &&
           str_equal(a->document_number, b->document_number);
}
