/* may — who may do what with a case: roles of a person, himself or as deputy.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/moves.h"

#define WORKING_DUTIES \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_VILLAGE))
#define LEADING_DUTIES (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER))
#define LOOKING_DUTIES                                                           \
    (DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_COORDINATOR) | \
     DUTY(DUTY_AUDITOR))

#define PUBLISHING_DUTIES (DUTY(DUTY_ADMIN) | DUTY(DUTY_COORDINATOR))

/* The group, and who is over it: so an office whose group is not named yet can answer. */
#define STUDYING_DUTIES (DUTY(DUTY_STUDY) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))

/* One person: himself, or the colleague he stands in for. */
struct self {
    int64_t staff, unit;
    duty_set duties;
};

bool casefile_may_work(const struct staff *s, const struct casefile *c)
{
    return s->active && s->agency == c->agency && s->unit == c->unit &&
           (s->duties & WORKING_DUTIES) != 0;
}

/* Is he of this level for the case? Of a unit only the own head counts. */
static bool is_level(const struct self *p, const struct casefile *c, enum level l)
{
    bool own_unit = p->unit == c->unit;

    return (p->duties & DUTY(level_duty(l))) != 0 &&
           (own_unit || (l != LEVEL_UNIT_HEAD && l != LEVEL_OFFICER));
}

static bool is_waiting(const struct casefile *c)
{
    return c->state == CASE_PROPOSED || c->state == CASE_SUBMITTED;
}

/* Where the officer's level decides and four eyes are asked for, a colleague of the unit
 * decides. */
static bool waits_for(const struct self *p, const struct casefile *c)
{
    if (!is_waiting(c)) {
        return false;
    }
    if (c->waits_level == LEVEL_OFFICER) {
        return p->unit == c->unit && (p->duties & WORKING_DUTIES) != 0 &&
               p->staff != c->proposer;
    }
    return is_level(p, c, c->waits_level);
}

static int64_t consulted(const struct self *p, const struct casefile *c)
{
    bool works = (p->duties & (WORKING_DUTIES | LEADING_DUTIES)) != 0;

    for (size_t i = 0; works && i < c->consults_count; i++) {
        if (c->consults[i] == p->unit) {
            return p->unit;
        }
    }
    return 0;
}

static unsigned roles_of(const struct self *p, const struct casefile *c)
{
    unsigned roles = 0;
    bool own_unit = p->unit == c->unit;

    if (own_unit && (p->duties & WORKING_DUTIES) != 0) {
        roles |= ROLE_WORKS;
    }
    if (own_unit && (p->duties & LEADING_DUTIES) != 0) {
        roles |= ROLE_LEADS;
    }
    if (c->officer != 0 && c->officer == p->staff) {
        roles |= ROLE_OFFICER;
    }
    if (c->proposes == LEVEL_OFFICER ? c->officer != 0 && c->officer == p->staff
                                     : is_level(p, c, c->proposes)) {
        roles |= ROLE_PROPOSES;
    }
    if (c->level != LEVEL_OFFICER && is_level(p, c, c->level)) {
        roles |= ROLE_DECIDES;
    }
    if ((p->duties & LOOKING_DUTIES) != 0) {
        roles |= ROLE_LOOKS;
    }
    if ((p->duties & PUBLISHING_DUTIES) != 0) {
        roles |= ROLE_PUBLISHES;
    }
    if (c->asked && (p->duties & STUDYING_DUTIES) != 0) {
        roles |= ROLE_STUDIES;
    }
    if (waits_for(p, c)) {
        roles |= ROLE_WAITS;
    }
    if (consulted(p, c) != 0) {
        roles |= ROLE_CONSULTED;
    }
    return roles;
}

static struct self self_of(const struct actor *who)
{
    return (struct self){ who->staff, who->unit, who->duties };
}

static struct self lent_of(const struct stand_in *s)
{
    return (struct self){ s->staff, s->unit, s->duties };
}

static unsigned own_roles(const struct actor *who, const struct casefile *c)
{
    const struct self self = self_of(who);

    if (who->agency != c->agency) {
        return 0;
    }
    return who->staff == 0 ? ROLE_OWNER : roles_of(&self, c);
}

/* The first colleague through whom one of `wanted` is there; 0 none. */
static int64_t lent_by(const struct actor *who, const struct casefile *c, unsigned wanted)
{
    if (who->agency != c->agency || who->staff == 0) {
        return 0;
    }
    for (size_t i = 0; i < who->stands_for_count; i++) {
        const struct self lent = lent_of(&who->stands_for[i]);

        if ((roles_of(&lent, c) & wanted) != 0) {
            return lent.staff;
        }
    }
    return 0;
}

static bool has_role(const struct actor *who, const struct casefile *c, unsigned wanted)
{
    return (own_roles(who, c) & wanted) != 0 || lent_by(who, c, wanted) != 0;
}

bool casefile_may_see(const struct actor *who, const struct casefile *c)
{
    return has_role(who, c, ROLE_WORKS | ROLE_LEADS | ROLE_OFFICER | ROLE_DECIDES |
                                ROLE_LOOKS | ROLE_WAITS | ROLE_CONSULTED | ROLE_STUDIES);
}

/* What the table alone does not say. */
static bool is_possible(const struct actor *who, const struct casefile *c,
                        enum case_act act)
{
    enum level above;

    switch (act) {
    case ACT_DECIDE: /* Four eyes: not even as somebody's deputy. */
        return c->waits_level == c->level && !(c->four_eyes && who->staff == c->proposer);
    case ACT_ENDORSE:
        return path_next(c->path, c->waits_level, &above);
    case ACT_CLOSE:
        return (c->state != CASE_REFUSED && c->state != CASE_NOT_ADMITTED) ||
               !str_is_empty(c->document_number);
    case ACT_CONSULT:
        return c->consults_count < CONSULTS_MOST;
    case ACT_HALT:
        return !c->paused;
    case ACT_GO_ON:
        return c->paused;
    case ACT_STUDY:
        return !c->asked;
    case ACT_STUDY_ANSWER:
    case ACT_INSTRUCT: /* Nobody answers his own question. */
        return c->asked && who->staff != c->officer;
    default:
        return true;
    }
}

bool casefile_may(const struct actor *who, const struct casefile *c, enum case_act act)
{
    const struct case_move *m = move_of(c->state, act);

    return m != NULL && is_possible(who, c, act) && has_role(who, c, m->who);
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
    return has_role(who, c, ROLE_DECIDES);
}

bool casefile_waits_for(const struct actor *who, const struct casefile *c)
{
    return has_role(who, c, ROLE_WAITS);
}

int64_t casefile_answers_for(const struct actor *who, const struct casefile *c)
{
    const struct self self = self_of(who);
    int64_t unit = who->agency == c->agency && who->staff != 0 ? consulted(&self, c) : 0;

    for (size_t i = 0; unit == 0 && who->agency == c->agency && i < who->stands_for_count;
         i++) {
        const struct self lent = lent_of(&who->stands_for[i]);

        unit = consulted(&lent, c);
    }
    return unit;
}
