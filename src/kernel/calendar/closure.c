/* closure — what a person types of a closure is checked.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/calendar/closure.h"

#define REASON_BYTES 600
#define REACH_BACK 400
#define REACH_AHEAD 800
#define HOUR 60

int closure_minute(str text)
{
    str hours, minutes = text;
    int64_t hour, minute = 0;

    if (!str_cut(&minutes, ':', &hours) || !str_to_int(hours, &hour) ||
        (minutes.at != NULL && !str_to_int(minutes, &minute)) || hour < 0 || hour > 24 ||
        minute < 0 || minute > 59 || hour * HOUR + minute > CLOSURE_WHOLE) {
        return -1;
    }
    return (int)(hour * HOUR + minute);
}

void closure_check(const struct closure_span *s, day today, struct mistakes *m)
{
    if (s->day == DAY_NONE) {
        mistake_add(m, STR("day"), SAY("Write the day, like 115年7月10日."));
    } else if (s->day < today - REACH_BACK || s->day > today + REACH_AHEAD) {
        mistake_add(m, STR("day"),
                    SAY("This day is too far away. Look at the year again."));
    }
    if (s->from_minute < 0 || s->until_minute > CLOSURE_WHOLE ||
        s->from_minute >= s->until_minute) {
        mistake_add(m, STR("from"),
                    SAY("Choose from which hour until which the office is closed."));
    }
    if (s->reason.len == 0) {
        mistake_add(m, STR("reason"),
                    SAY("Write why: it stands on the site and in letters."));
    } else if (s->reason.len > REASON_BYTES) {
        mistake_add(m, STR("reason"), SAY("Write the reason in one short sentence."));
    }
}
