/* site — today: does the office work, and on which of the next days.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "feature/site/inside.h"
#include "host/lang/lang.h"
#include "kernel/calendar/calendar.h"

#define WEEK 7
#define SEARCH_DAYS 30

static const char *const weekday_short[WEEK] = {
    MSG("Sun"), MSG("Mon"), MSG("Tue"), MSG("Wed"), MSG("Thu"), MSG("Fri"), MSG("Sat"),
};
static const char *const weekday_long[WEEK] = {
    MSG("Sunday"),   MSG("Monday"), MSG("Tuesday"),  MSG("Wednesday"),
    MSG("Thursday"), MSG("Friday"), MSG("Saturday"),
};

static day next_open(const struct calendar *cal, day from)
{
    day d = from + 1;

    while (d < from + SEARCH_DAYS && !calendar_is_open(cal, d)) {
        d++;
    }
    return d;
}

static struct words state_of(const struct calendar *cal, day today)
{
    str name = calendar_name(cal, today);
    const struct label *known = calendar_label(name);

    switch (calendar_kind(cal, today)) {
    case DAY_CLOSED:
        return SAY("Closed today: {name}",
                   SAY_TEXT("name", calendar_closure(cal, today)->reason));
    case DAY_MAKE_UP:
        return SAY("Open today: a make-up workday");
    case DAY_WORKING:
        return SAY("Open today");
    case DAY_OFF:
        break;
    }
    if (known != NULL) {
        return SAY("Closed today: {name}", SAY_LABEL("name", known));
    }
    return name.len > 0 ? SAY("Closed today: {name}", SAY_TEXT("name", name))
                        : SAY("Closed today");
}

static struct words next_of(struct ask *q, day today)
{
    day d = next_open(q->calendar, today);

    return SAY("Next working day: {day}, {weekday}", SAY_DAY("day", d),
               SAY_TEXT("weekday", lang_text(q->lang, weekday_long[day_weekday(d)])));
}

err site_today_fill(struct ask *q, struct site_today *ret)
{
    const struct calendar *cal = q->calendar;
    struct site_day *week = ARENA_ARRAY(q->arena, WEEK, struct site_day);

    if (week == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < WEEK; i++) {
        day d = q->today + i;

        week[i] = (struct site_day){
            .weekday = words_of(weekday_short[day_weekday(d)]),
            .kind = calendar_is_open(cal, d) ? SAY("open") : SAY("closed"),
            .date = day_civil(d).date,
            .open = calendar_is_open(cal, d),
            .today = i == 0,
        };
    }
    *ret = (struct site_today){
        .today = SAY("{day}", SAY_DAY("day", q->today)),
        .state = state_of(cal, q->today),
        .open = calendar_is_open(cal, q->today),
        .week = week,
        .week_count = WEEK,
        .hours = q->agency->hours,
        .telephone = q->agency->telephone,
        .phone_url = url_phone(q->arena, q->agency->telephone),
    };
    if (!ret->open) {
        ret->next = next_of(q, q->today);
    }
    return NULL;
}
