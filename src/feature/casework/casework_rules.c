/* casework — which lists a person has, and how a due date is told.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/casework/casework_rules.h"

#include "base/day.h"
#include "kernel/calendar/calendar.h"

#define MINUTE_MS INT64_C(60000)
#define HOURS_TOLD 48

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

const str casework_when_key[CASEWORK_WHENS] = {
    [WHEN_ALL] = STR_INIT(""), [WHEN_LATE] = STR_INIT("late"),
    [WHEN_SOON] = STR_INIT("soon"),
};
const char *const casework_when_name[CASEWORK_WHENS] = {
    [WHEN_ALL] = MSG("Any term"), [WHEN_LATE] = MSG("Overdue"),
    [WHEN_SOON] = MSG("Ends soon"),
};

enum case_when casework_when_of(str key)
{
    for (int i = 0; i < CASEWORK_WHENS; i++) {
        if (str_equal(casework_when_key[i], key)) {
            return (enum case_when)i;
        }
    }
    return WHEN_ALL;
}

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

struct casework_end casework_end_of(const struct casefile *c, bool control)
{
    return (struct casework_end){
        .due = control ? c->control_due : c->due,
        .due_ms = control ? c->control_due_ms : c->due_ms,
        .paused = control ? c->control_paused : c->paused,
        .over = !c->is_open || c->decided_ms != 0,
    };
}

static str end_text(struct arena *a, struct casework_end end, enum lang lang)
{
    int minutes = (int)((end.due_ms - day_begins_ms(end.due)) / MINUTE_MS);

    if (!case_ends_in_hours(end.due, end.due_ms)) {
        return day_short(a, end.due, lang);
    }
    return str_format(a, "%.*s %02d:%02d", STR_ARG(day_short(a, end.due, lang)),
                      minutes / 60, minutes % 60);
}

/* Of a term in hours, as long as that says more than days do. */
static bool count_hours(struct casework_due *d, struct casework_end end, int64_t now_ms)
{
    int64_t minutes = (d->late ? now_ms - end.due_ms : end.due_ms - now_ms) / MINUTE_MS;

    if (!case_ends_in_hours(end.due, end.due_ms) || minutes >= HOURS_TOLD * 60) {
        return false;
    }
    d->in_minutes = minutes < 60;
    d->in_hours = !d->in_minutes;
    d->days = d->in_hours ? minutes / 60 : minutes;
    return true;
}

struct casework_due casework_due_of(struct arena *a, const struct calendar *cal,
                                    struct casework_end end, int64_t now_ms,
                                    int64_t soon_ms, enum lang lang)
{
    struct casework_due d = { .none = end.due == DAY_NONE };
    day today = day_at(now_ms);
    int days;

    if (d.none) {
        return d;
    }
    d.day = end_text(a, end, lang);
    d.over = end.over;
    d.still = !end.over && end.paused;
    if (d.over || d.still) {
        return d;
    }
    d.late = now_ms >= end.due_ms;
    d.soon = !d.late && end.due_ms <= soon_ms;
    d.today = !d.late && end.due == today && !case_ends_in_hours(end.due, end.due_ms);
    d.ahead = !d.late && !d.today;
    if (d.today || count_hours(&d, end, now_ms)) {
        return d;
    }
    days = d.late ? calendar_open_days_between(cal, end.due, today)
                  : calendar_open_days_between(cal, today, end.due);
    d.days = days > 0 ? days : 1; /* a rest day after the term counts as one */
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
