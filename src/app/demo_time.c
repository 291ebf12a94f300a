/* demo_time — seeded numbers, and the hours in which people work.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner.h"
#include "kernel/calendar/calendar.h"

#define MINUTE_MS INT64_C(60000)
#define MORNING 485 /* 08:05 */
#define NOON 720
#define AFTERNOON 815 /* 13:35 */
#define EVENING 1035  /* 17:15 */

uint64_t demo_next(struct demo_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int demo_between(struct demo_random *r, int least, int most)
{
    uint64_t span = (uint64_t)(most - least) + 1;

    return least + (int)(demo_next(r) % span);
}

bool demo_chance(struct demo_random *r, int percent)
{
    return demo_between(r, 1, 100) <= percent;
}

str demo_pick(struct demo_random *r, const str *list, size_t count)
{
    return list[demo_between(r, 0, (int)count - 1)];
}

str demo_digits(struct demo_random *r, struct arena *a, str like)
{
    char *at = arena_alloc(a, like.len);
    bool begins = true;

    if (at == NULL) {
        return STR("");
    }
    for (size_t i = 0; i < like.len; i++) {
        bool digit = like.at[i] >= '0' && like.at[i] <= '9';

        at[i] = like.at[i];
        if (digit && !(begins && like.at[i] == '0')) {
            at[i] = (char)('0' + demo_between(r, begins ? 1 : 0, 9));
        }
        begins = !digit || (begins && like.at[i] == '0');
    }
    return (str){ at, like.len };
}

int64_t demo_at_work(struct demo_random *r, int64_t ms)
{
    day d = day_at(ms);
    int minute = day_minute_at(ms);

    if (calendar_is_open(calendar_official(), d) && minute < MORNING) {
        return day_begins_ms(d) + (MORNING + demo_between(r, 0, 50)) * MINUTE_MS;
    }
    if (calendar_is_open(calendar_official(), d) && minute >= NOON && minute < AFTERNOON) {
        return day_begins_ms(d) + (AFTERNOON + demo_between(r, 0, 40)) * MINUTE_MS;
    }
    if (calendar_is_open(calendar_official(), d) && minute < EVENING) {
        return ms;
    }
    do {
        d++;
    } while (!calendar_is_open(calendar_official(), d));
    return day_begins_ms(d) + (MORNING + demo_between(r, 0, 90)) * MINUTE_MS;
}

day demo_open_before(day d, int open_days)
{
    while (open_days > 0) {
        d--;
        open_days -= calendar_is_open(calendar_official(), d) ? 1 : 0;
    }
    return d;
}
