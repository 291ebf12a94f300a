/* feelings_web — routes and panels; what is published on the page of a service.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/feelings/feelings_web.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "feature/feelings/feelings.h"
#include "feature/feelings/feelings_store.h"
#include "feature/feelings/feelings_view.h"
#include "feelings_published.view.h"
#include "kernel/office/office.h"

int64_t feelings_least(const struct ask *q)
{
    const struct office *o = office_get(q->catalog);

    return o != NULL && o->feelings_least > FEELING_LEAST ? o->feelings_least
                                                          : FEELING_LEAST;
}

/* The months that are over: within a day the page does not change, and nobody can tell
 * whose tap was the last. */
static err service_panel(struct ask *q, const struct panel_about *about, struct html *ret)
{
    struct feelings_published p = { .least = feelings_least(q) };
    struct feelings_bar *bars = ARENA_ARRAY(q->arena, FACES, struct feelings_bar);
    struct feeling_sum *sums;
    size_t count;

    if (bars == NULL) {
        return err_no_memory;
    }
    TRY(feeling_sums(q->arena, q->snap, q->agency->id, about->key, feeling_time(q->today),
                     &sums, &count));
    p.enough = count == 1 && feeling_may_publish(&sums[0], p.least);
    for (int i = 0; p.enough && i < FACES; i++) {
        bars[i] = (struct feelings_bar){ words_of(face_name[FACES - i]),
                                         feeling_percent(&sums[0], FACES - i) };
    }
    p.all = p.enough ? sums[0].all : 0;
    p.bars = bars;
    p.bars_count = FACES;
    return PANEL_VIEW(q, ret, feelings_published, &p);
}

#define CASE_DUTIES                                                                 \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD) |               \
     DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))

static const struct route routes[] = {
    { GET, "/{agency}/status/{case}/feeling", "feelings.ask", MAY_OWNER,
      .show = feelings_ask_show },
    { POST, "/{agency}/status/{case}/feeling", "feelings.tap", MAY_OWNER,
      .beats = &feelings_tap_beats, .again = feelings_ask_show },
    { GET, "/staff/cases/{id}/feeling", "feelings.pickup", MAY_DUTY, CASE_DUTIES,
      .show = feelings_pickup_show,
      .help = MSG("Five faces for the applicant, at pickup") },
    { POST, "/staff/cases/{id}/feeling", "feelings.pickup_tap", MAY_DUTY, CASE_DUTIES,
      .beats = &feelings_pickup_beats, .again = feelings_pickup_show,
      .help = MSG("Five faces for the applicant, at pickup") },
    { GET, "/staff/feelings", "feelings.list", MAY_DUTY, FEELING_DUTIES,
      .show = feelings_list_show,
      .help = MSG("Who was not satisfied, what was done, and figures by service") },
    { POST, "/staff/feelings/{id}/take", "feelings.take", MAY_DUTY, FEELING_DUTIES,
      .beats = &feelings_take_beats, .again = feelings_list_show,
      .help = MSG("A chief takes it up, then writes what was done") },
};
static const struct menu_entry menu[] = {
    { "feelings.list", MSG("How it felt"), true, FEELING_DUTIES, "g m", false,
      .group = MENU_QUALITY },
};
static const struct panel panels[] = {
    { "progress", 0, feelings_progress_panel },
    { "case", CASE_DUTIES, feelings_case_panel },
    { "service", 0, service_panel },
    { "head", FEELING_DUTIES, feelings_head_panel },
};
const struct feature feelings_feature = {
    "feelings",
    routes,
    sizeof routes / sizeof routes[0],
    menu,
    sizeof menu / sizeof menu[0],
    panels,
    sizeof panels / sizeof panels[0],
    feelings_waits,
};
