/* records_web — routes, and the readings of the month that is asked for.
 *
 * A month may hold thousands of readings, so its page and what is posted there run in the
 * slow lane and keep nobody else waiting.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/records/records_web.h"

#include "desk/ask.h"
#include "feature/records/records.h"

static struct draw_month month_of(struct ask *q, str key)
{
    for (int back = 0; back < RECORDS_MONTHS; back++) {
        struct draw_month m = draw_month_back(q->today, back);

        if (str_equal(draw_month_key(q->arena, &m), key)) {
            return m;
        }
    }
    return draw_month_back(q->today, 1);
}

static int64_t last_reading(const struct records_drawn *m)
{
    int64_t seq = 0;

    for (size_t i = 0; i < m->count; i++) {
        seq = m->readings[i].seq > seq ? m->readings[i].seq : seq;
    }
    return seq;
}

err records_load(struct ask *q, str key, struct records_drawn *ret)
{
    struct records_drawn m = { .month = month_of(q, key) };
    str hash;

    m.key = draw_month_key(q->arena, &m.month);
    m.over = m.month.until_ms <= q->now_ms;
    TRY(casefile_readings(q->arena, q->snap, q->agency->id, m.month.from_ms,
                          m.month.until_ms, &m.readings, &m.count));
    if (m.over && m.count > 0) {
        TRY(casefile_chain_end(q->arena, q->snap, q->agency->id, last_reading(&m),
                               m.month.until_ms, &m.last_seq, &hash));
        m.seed = draw_seed(q->arena, q->agency->key, m.key, hash);
        TRY(draw_make(q->arena, m.seed, m.readings, m.count, &m.places, &m.places_count));
    }
    *ret = m;
    return NULL;
}

static const struct route routes[] = {
    { GET, "/staff/readings", "records.month", MAY_DUTY,
      DUTY(DUTY_ETHICS) | DUTY(DUTY_AUDITOR), .show = records_month_show, .lane = LANE_SLOW,
      .help = MSG("Who opened personal data, month by month, and the draw") },
    { POST, "/staff/readings", "records.look", MAY_DUTY, DUTY(DUTY_ETHICS),
      .beats = &records_look_beats, .again = records_month_show, .lane = LANE_SLOW,
      .help = MSG("What was found in a drawn reading") },
};

static const struct menu_entry menu[] = {
    { "records.month", MSG("Record of readings"), true,
      DUTY(DUTY_ETHICS) | DUTY(DUTY_AUDITOR), "g r", false, .group = MENU_QUALITY },
};

const struct feature records_feature = {
    .name = "records",
    .waits = records_waits,
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
};
