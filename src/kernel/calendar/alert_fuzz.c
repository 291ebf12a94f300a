/* Whatever an alert says: no crash; each closure is of a day that exists, of hours that
 * make sense, and has a name of its own.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/calendar/alert.h"

#include <stdlib.h>

#define NOW INT64_C(1790000000000)

static void look(struct arena *a, str summary, str updated)
{
    const struct alert_entry e = { STR("id"), updated, STR(""), STR("Actual"), STR("Alert"),
                                   summary };
    struct alert_closure c[ALERT_CLOSURES_MOST];
    size_t count = alert_closures(a, &e, NOW, c);

    for (size_t i = 0; i < count; i++) {
        const struct closure_span *s = &c[i].span;

        if (s->day == DAY_NONE || s->from_minute < 0 || s->from_minute >= s->until_minute ||
            s->until_minute > CLOSURE_WHOLE || c[i].area.len == 0 ||
            (i > 0 && str_equal(c[i].source_key, c[i - 1].source_key))) {
            abort();
        }
        (void)alert_reach_of(a, c[i].area, STR("雲川市"), STR("雲川市青埔區公所"));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)16 << 20);
    str text = { (const char *)data, size }, rest = text, time;
    int64_t ms;

    look(a, text, STR("2026-07-23T19:00:45+08:00"));
    if (str_cut(&rest, '\n', &time)) {
        look(a, rest, time);
    }
    (void)alert_time(text, &ms);
    arena_free(a);
    return 0;
}
