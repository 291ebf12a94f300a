/* casework_term — what the acts on a term ask: which is extended and by how much, why it
 * stands still, the speed of a document, the days of a restoration.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_form_web.h"
#include "host/lang/lang.h"

err casework_clocks_of(struct casework_making *m)
{
    struct casework_pick *p = casework_pick_add(m, ACT_EXTEND, "clock", SAY("Which term"),
                                                2);

    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = true;
    for (int k = CASE_CLOCK_STATUTORY; k <= CASE_CLOCK_CONTROL; k++) {
        casework_option_add(m, p, case_clock_key[k],
                            lang_text(m->q->lang, case_clock_name[k]));
    }
    casework_entry_add(m, ACT_EXTEND, "days", SAY("By how much"),
                       SAY("A number, in the unit of the term: days, months or hours."),
                       false, true);
    return NULL;
}

err casework_speeds_of(struct casework_making *m)
{
    struct casework_pick *p = casework_pick_add(m, ACT_SPEED, "speed", SAY("Speed"),
                                                CLOCK_SPEEDS);
    struct usual_terms t = usual_terms_of(m->q->catalog, m->service);

    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = true;
    for (int i = CLOCK_SPEED_NONE + 1; i < CLOCK_SPEEDS; i++) {
        struct words days =
            clock_limit_words((struct clock_limit){ t.speed[i], CLOCK_WORKING });

        casework_option_add(
            m, p, clock_speed_key[i],
            lang_say(m->q->arena, m->q->lang,
                     SAY("{name}: {limit}",
                         SAY_TEXT("name", lang_text(m->q->lang, clock_speed_name[i])),
                         SAY_TEXT("limit", lang_say(m->q->arena, m->q->lang, days)))));
    }
    return NULL;
}

/* 行政程序法 §50. */
void casework_restored_of(struct casework_making *m)
{
    struct ask *q = m->q;
    struct words example = SAY("For example {day}",
                               SAY_TEXT("day", day_short(q->arena, q->today, q->lang)));

    casework_entry_add(m, ACT_RESTORE, "missed",
                       SAY("Last day of the term that was missed"), example, false, true);
    casework_entry_add(m, ACT_RESTORE, "ended", SAY("Day on which the hindrance ended"),
                       (struct words){ 0 }, false, true);
    casework_entry_add(
        m, ACT_RESTORE, "asked", SAY("Day on which restoration was asked for"),
        SAY("Within 10 days after the hindrance ended, and within a year."), false, true);
    casework_entry_add(
        m, ACT_RESTORE, "days", SAY("Length of the missed term in days"),
        SAY("Only if it was shorter than 10 days: then it is asked for within as many "
            "days."),
        true, true);
}

err casework_halts_of(struct casework_making *m)
{
    static const struct {
        str key;
        const char *name;
    } grounds[] = {
        { STR_INIT("other_agency"), MSG("Another agency must answer") },
        { STR_INIT("disaster"), MSG("A disaster") },
        { STR_INIT("other"), MSG("Another cause that is not ours") },
    };
    struct casework_pick *p = casework_pick_add(m, ACT_HALT, "ground", SAY("Cause"), 3);

    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = true;
    for (size_t i = 0; i < sizeof grounds / sizeof grounds[0]; i++) {
        casework_option_add(m, p, grounds[i].key, lang_text(m->q->lang, grounds[i].name));
    }
    return NULL;
}
