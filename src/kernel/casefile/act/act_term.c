/* act_term — whether an act on a term is possible: it is extended, has another speed, or
 * counts as kept although it was missed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/clock/case_clock.h"

/* Does he, or a colleague he stands in for, have this level or one above it? */
static bool reaches(const struct actor *who, enum level level)
{
    for (int l = (int)level; l < LEVEL_COUNT; l++) {
        if ((actor_serves(who) & DUTY(level_duty((enum level)l))) != 0) {
            return true;
        }
    }
    return false;
}

/* The statutory term once and with reason (行政程序法 §51 III, IV); the control limit as often
 * and by whom its rule says. */
err case_extension_check(struct arena *a, struct snap *snap, const struct act_wish *w)
{
    struct case_clock *list, *k;
    size_t count;
    enum level level = LEVEL_UNIT_HEAD;

    if (w->calendar == NULL) {
        return NULL;
    }
    TRY(casefile_clocks(a, snap, w->agency, w->id, &list, &count));
    k = case_clock_find(list, count, w->clock, 0);
    if (k == NULL || k->rule.stages_count == 0) {
        FAIL(a, ERR_CONFLICT, SAY("This term cannot be extended."), STR(""), "no clock");
    }
    (void)level_from_key(k->rule.extend.level, &level);
    if (!str_is_empty(k->rule.extend.level) && !reaches(&w->who, level)) {
        FAIL(a, ERR_DENIED, SAY("A higher level must allow this extension."), STR(""),
             "below %s", level_key[level].at);
    }
    /* The reason is asked with the other texts. */
    return clock_may_extend(
        a, w->calendar, &k->rule, k->started_ms, &k->spans, w->now_ms,
        (struct clock_limit){ w->extend_by, k->rule.stages[0].limit.unit }, STR("-"));
}

/* The control limit of a document of this speed takes the place of what was. */
err case_speed_check(struct arena *a, struct snap *snap, const struct act_wish *w)
{
    struct case_clock *list, *k;
    size_t count;

    if (w->speed <= CLOCK_SPEED_NONE || w->speed >= CLOCK_SPEEDS) {
        FAIL(a, ERR_INPUT, SAY("Choose the speed."), STR("speed"), "none");
    }
    TRY(casefile_clocks(a, snap, w->agency, w->id, &list, &count));
    k = case_clock_find(list, count, CASE_CLOCK_CONTROL, 0);
    if (k == NULL) {
        FAIL(a, ERR_CONFLICT, SAY("This case has no control limit."), STR(""), "no clock");
    }
    if (k->rule.speed == w->speed) {
        FAIL(a, ERR_INPUT, SAY("It has this speed already."), STR("speed"), "the same");
    }
    return NULL;
}

/* 行政程序法 §50: asked for within its time, and the term is over. */
err case_restored_check(struct arena *a, const struct act_wish *w)
{
    const struct case_restored *r = &w->restored;
    day last = w->calendar == NULL ? DAY_NONE
                                   : clock_restore(w->calendar, r->missed,
                                                   r->hindrance_ended, r->term_days);

    if (r->asked > day_at(w->now_ms) || r->asked <= r->missed) {
        FAIL(a, ERR_INPUT,
             SAY("Restoration is asked for after the term ended, and not after "
                 "today."),
             STR("asked"), "asked %d, missed %d", (int)r->asked, (int)r->missed);
    }
    if (r->hindrance_ended > r->asked) {
        FAIL(a, ERR_INPUT, SAY("The hindrance ended before restoration was asked for."),
             STR("hindrance_ended"), "after it");
    }
    if (last == DAY_NONE) {
        FAIL(a, ERR_INPUT,
             SAY("More than a year has passed since the term ended: restoration "
                 "is not possible (Administrative Procedure Act, article 50)."),
             STR("missed"), "a year");
    }
    if (r->asked > last) {
        FAIL(a, ERR_INPUT,
             SAY("Restoration could be asked for until {day} (Administrative "
                 "Procedure Act, article 50).",
                 SAY_DAY("day", last)),
             STR("asked"), "too late");
    }
    return NULL;
}
