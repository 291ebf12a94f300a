/* leave_rules — for whom somebody may enter an absence.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/leave/leave_rules.h"

static bool leads(const struct actor *who, int64_t unit)
{
    if (actor_has(who, DUTY_UNIT_HEAD) && who->unit == unit) {
        return true;
    }
    for (size_t i = 0; i < who->stands_for_count; i++) {
        const struct stand_in *s = &who->stands_for[i];

        if ((s->duties & DUTY(DUTY_UNIT_HEAD)) != 0 && s->unit == unit) {
            return true;
        }
    }
    return false;
}

bool leave_may_enter(const struct actor *who, const struct staff *of)
{
    if (who->staff == 0 || of->agency != who->agency) {
        return false;
    }
    return of->id == who->staff || actor_has(who, DUTY_ADMIN) ||
           (actor_serves(who) & DUTY(DUTY_PERSONNEL)) != 0 || leads(who, of->unit);
}

bool leave_enters_others(const struct actor *who)
{
    return (actor_serves(who) &
            (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_PERSONNEL) | DUTY(DUTY_ADMIN))) != 0;
}
