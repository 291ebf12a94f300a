/* plan — the way a definition gives a proposal through the levels of an office: whose seals
 * it needs, and whether it can be walked to its end at all.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/moves.h"

level_set flow_path(const struct flow_plan *plan)
{
    level_set below = (1U << plan->decides) - 1;
    level_set through = plan->through != 0 ? plan->through : plan->levels;

    /* The seal of who proposes is the proposal; nobody below him passes it on. */
    below &= through & plan->levels & ~((2U << plan->proposes) - 1);
    return below | 1U << plan->decides;
}

int flow_seals(const struct flow_plan *plan)
{
    level_set path = flow_path(plan);
    int seals = 1 + (int)plan->consults;

    for (int l = (int)plan->proposes + 1; l < LEVEL_COUNT; l++) {
        seals += (path & (1U << l)) != 0;
    }
    return seals + (plan->decides == plan->proposes && plan->four_eyes);
}

/* From every state that can be reached there is an act that leads on, and an end. */
static bool table_ends(void)
{
    bool ends[CASE_STATES] = { false };
    bool grew = true;

    for (int s = 0; s < CASE_STATES; s++) {
        ends[s] = !case_state_is_open((enum case_state)s);
    }
    while (grew) {
        grew = false;
        for (int s = 0; s < CASE_STATES; s++) {
            for (int act = 0; !ends[s] && act < ACT_COUNT; act++) {
                const struct case_move *m = move_of((enum case_state)s, (enum case_act)act);

                if (m != NULL && m->to != CASE_STATES && ends[m->to] &&
                    (m->who & ~(unsigned)ROLE_OWNER) != 0) {
                    ends[s] = grew = true;
                }
            }
        }
    }
    for (int s = 0; s < CASE_STATES; s++) {
        if (!ends[s]) {
            return false;
        }
    }
    return true;
}

const char *flow_fault(const struct flow_plan *plan)
{
    if ((plan->levels & (1U << plan->decides)) == 0) {
        return MSG("The level that decides does not exist in this office: a proposal would "
                   "wait for ever. Choose a level that office.yaml names.");
    }
    if ((plan->through & ~plan->levels) != 0) {
        return MSG("A level that must pass it on does not exist in this office: a proposal "
                   "would wait for ever.");
    }
    if (plan->proposes > plan->decides) {
        return MSG("Who proposes stands above the level that decides.");
    }
    if ((plan->levels & (1U << plan->proposes)) == 0) {
        return MSG("The level that proposes does not exist in this office: nobody could "
                   "ever propose.");
    }
    if (plan->four_eyes && plan->proposes != LEVEL_OFFICER &&
        plan->proposes == plan->decides) {
        return MSG("With four eyes the level that proposes cannot decide as well: a "
                   "proposal would wait for ever.");
    }
    if (plan->consults > CONSULTS_MOST) {
        return MSG("More units are consulted than a case can hold: at most eight.");
    }
    return table_ends() ? NULL : MSG("The table of states has a state without a way out.");
}
