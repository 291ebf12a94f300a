/* casework — which lists a person has, and how a due date is told.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/casework/casework_rules.h"

#include "base/day.h"
#include "kernel/calendar/calendar.h"

#define WORKERS (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD))
#define DECIDERS (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))
#define UNIT_PEOPLE (WORKERS | DUTY(DUTY_DISPATCHER))
#define OVERSEERS                                                       \
    (DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | DUTY(DUTY_COORDINATOR) |  \
     DUTY(DUTY_AUDITOR))

const duty_set casework_duties = UNIT_PEOPLE | DECIDERS | OVERSEERS;

const struct casework_list casework_lists[CASEWORK_LISTS] = {
    { LIST_TO_DECIDE, STR_INIT("decide"), MSG("Waiting for my decision"), DECIDERS, true },
    { LIST_MINE, STR_INIT("mine"), MSG("My cases"), WORKERS, true },
    { LIST_UNIT_NEW, STR_INIT("new"), MSG("New in my unit"), UNIT_PEOPLE, false },
    { LIST_UNIT_OPEN, STR_INIT("unit"), MSG("Open in my unit"), UNIT_PEOPLE, false },
    { LIST_CONSULTED, STR_INIT("asked"), MSG("Asked of my unit"), UNIT_PEOPLE, true },
    { LIST_ALL, STR_INIT("all"), MSG("All cases"), OVERSEERS, false },
    { LIST_ALL, STR_INIT("unit_all"), MSG("All of my unit, closed ones too"), UNIT_PEOPLE,
      false },
};

bool casework_has(const struct actor *who, const struct casework_list *l)
{
    if ((who->duties & l->duties) != 0) {
        return true;
    }
    for (size_t i = 0; l->by_deputy && i < who->stands_for_count; i++) {
        if ((who->stands_for[i].duties & l->duties) != 0) {
            return true;
        }
    }
    return false;
}

const struct casework_list *casework_choose(const struct actor *who, str key)
{
    const struct casework_list *first = NULL;

    for (size_t i = 0; i < CASEWORK_LISTS; i++) {
        const struct casework_list *l = &casework_lists[i];

        if (!casework_has(who, l)) {
            continue;
        }
        if (str_equal(l->key, key)) {
            return l;
        }
        if (first == NULL) {
            first = l;
        }
    }
    return first;
}

struct casework_due casework_due_of(struct arena *a, const struct calendar *cal,
                                    const struct casefile *c, day today, enum lang lang)
{
    struct casework_due d = { 0 };

    if (c->due == DAY_NONE) {
        d.none = true;
        return d;
    }
    d.day = day_short(a, c->due, lang);
    if (!c->is_open || c->decided_ms != 0) {
        d.over = true;
    } else if (c->paused) {
        d.still = true;
    } else if (c->due == today) {
        d.today = true;
    } else if (c->due < today) {
        int open_days = calendar_open_days_between(cal, c->due, today);

        d.late = true;
        d.days = open_days > 0 ? open_days
                               : 1; /* a rest day after the term counts as one */
    } else {
        int open_days = calendar_open_days_between(cal, today, c->due);

        d.ahead = true;
        d.days = open_days > 0 ? open_days : 1;
    }
    return d;
}

str casework_state_class(const struct actor *who, const struct casefile *c)
{
    switch (c->state) {
    case CASE_RECEIVED:
        return STR("tag--now");
    case CASE_PROPOSED:
    case CASE_SUBMITTED:
        return casefile_waits_for(who, c) ? STR("tag--now") : STR("");
    case CASE_CONSULTED:
        return casefile_answers_for(who, c) != 0 ? STR("tag--now") : STR("");
    case CASE_IN_WORK:
        return STR("tag--on");
    case CASE_SENT_BACK:
        return STR("tag--warn");
    case CASE_DECIDED:
    case CASE_ISSUED:
    case CASE_COLLECTED:
        return STR("tag--good");
    case CASE_REFUSED:
    case CASE_NOT_ADMITTED:
        return STR("tag--bad");
    case CASE_CLOSED:
    case CASE_WITHDRAWN:
    case CASE_TRANSFERRED:
    case CASE_MERGED:
    case CASE_STATES:
        break;
    }
    return STR("");
}

str casework_note_field(enum case_act act)
{
    switch (act) {
    case ACT_PROPOSE:
        return STR("proposal");
    case ACT_DECIDE:
        return STR("decision");
    case ACT_RETURN:
        return STR("sentence");
    case ACT_SEND_BACK:
        return STR("wanted");
    case ACT_NOTE:
        return STR("note");
    case ACT_RESUME:
        return STR("came");
    case ACT_ENDORSE:
        return STR("endorse_note");
    case ACT_CONSULT:
        return STR("consult_note");
    case ACT_ANSWER:
        return STR("answer_note");
    case ACT_WAIVE:
        return STR("waive_note");
    case ACT_EXTEND:
        return STR("extend_note");
    case ACT_HALT:
        return STR("halt_note");
    case ACT_SPEED:
        return STR("speed_note");
    case ACT_RESTORE:
        return STR("restore_note");
    case ACT_TRANSFER:
        return STR("transfer_note");
    case ACT_SPLIT:
        return STR("split_note");
    case ACT_MERGE:
        return STR("merge_note");
    case ACT_CORRECT:
        return STR("correct_note");
    case ACT_REOPEN:
        return STR("reopen_note");
    case ACT_STUDY:
        return STR("study_note");
    case ACT_STUDY_ANSWER:
        return STR("study_answer_note");
    case ACT_INSTRUCT:
        return STR("instruct_note");
    case ACT_SPECIAL:
        return STR("special_note");
    case ACT_MOVE:
        return STR("move_note");
    case ACT_PAPERS:
        return STR("papers_note");
    case ACT_TELEPHONE:
        return STR("telephone_note");
    case ACT_WITHDRAW:
        return STR("withdraw_note");
    case ACT_GIVE:
        return STR("give_note");
    default:
        return STR("");
    }
}
