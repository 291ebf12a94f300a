/* assign — the tables of 分案: what holds on a day, who may stand in them, who changes them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/assign/assign.h"

const str assign_kind_key[ASSIGN_LINES] = { STR_INIT("village"), STR_INIT("roster") };

const struct assign_line *assign_in_force(const struct assign_line *list, size_t count,
                                          enum assign_kind kind, str key, day on)
{
    const struct assign_line *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == kind && str_equal(list[i].key, key) && list[i].since <= on &&
            (found == NULL || list[i].since > found->since)) {
            found = &list[i];
        }
    }
    return found;
}

const struct assign_line *assign_next(const struct assign_line *list, size_t count,
                                      enum assign_kind kind, str key, day after)
{
    const struct assign_line *found = NULL;

    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == kind && str_equal(list[i].key, key) && list[i].since > after &&
            (found == NULL || list[i].since < found->since)) {
            found = &list[i];
        }
    }
    return found;
}

int assign_weekday(day d)
{
    int weekday = day_weekday(d);

    return weekday == 0 ? 7 : weekday;
}

bool assign_may_get(const struct staff *s, int64_t agency, int64_t unit)
{
    duty_set wanted = DUTY(DUTY_VILLAGE);

    if (s->unit == unit) {
        wanted |= DUTY(DUTY_OFFICER);
    }
    return s->active && s->agency == agency && (s->duties & wanted) != 0;
}

#define EDITS_OWN (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER))
#define EDITS_ALL (DUTY(DUTY_SECRETARY) | DUTY(DUTY_ADMIN))

static bool edits(int64_t own_unit, duty_set duties, int64_t unit)
{
    return (duties & EDITS_ALL) != 0 || (own_unit == unit && (duties & EDITS_OWN) != 0);
}

bool assign_may_edit(const struct actor *who, int64_t unit)
{
    bool may = who->staff != 0 && edits(who->unit, who->duties, unit);

    for (size_t i = 0; !may && i < who->stands_for_count; i++) {
        const struct stand_in *s = &who->stands_for[i];

        may = edits(s->unit, s->duties & ~DUTY(DUTY_ADMIN), unit);
    }
    return may;
}
