/* feelings_rules — see feelings_rules.h.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/feelings/feelings_rules.h"

const char *const face_name[FACES + 1] = {
    "",
    MSG("Very dissatisfied"),
    MSG("Dissatisfied"),
    MSG("Neither"),
    MSG("Satisfied"),
    MSG("Very satisfied"),
};
const char *const face_mouth[FACES + 1] = {
    "",
    "M14 36 Q24 23 34 36",
    "M15 34 Q24 28 33 34",
    "M15 32 H33",
    "M15 30 Q24 37 33 30",
    "M13 28 Q24 42 35 28 Z",
};

bool face_is_bad(int face)
{
    return face == 1 || face == 2;
}

bool face_read(str typed, int *ret_face)
{
    int64_t n;

    if (!str_to_int(typed, &n) || n < 1 || n > FACES) {
        return false;
    }
    *ret_face = (int)n;
    return true;
}

bool feeling_is_for(const struct actor *who, int64_t unit)
{
    const duty_set all = FEELING_DUTIES & ~DUTY(DUTY_UNIT_HEAD);

    if ((actor_serves(who) & all) != 0 ||
        (actor_has(who, DUTY_UNIT_HEAD) && who->unit == unit)) {
        return true;
    }
    for (size_t i = 0; i < who->stands_for_count; i++) {
        if ((who->stands_for[i].duties & DUTY(DUTY_UNIT_HEAD)) != 0 &&
            who->stands_for[i].unit == unit) {
            return true;
        }
    }
    return false;
}

struct feeling_time feeling_time(day today)
{
    struct civil c = day_civil(today);

    return (struct feeling_time){
        .from_ms = day_begins_ms(day_of(c.year - 1, c.month, 1)),
        .until_ms = day_begins_ms(day_of(c.year, c.month, 1)),
    };
}

bool feeling_may_publish(const struct feeling_sum *s, int64_t least)
{
    return s->all >= (least > FEELING_LEAST ? least : FEELING_LEAST);
}

int feeling_percent(const struct feeling_sum *s, int face)
{
    return s->all == 0 ? 0 : (int)((s->count[face] * 200 + s->all) / (2 * s->all));
}
