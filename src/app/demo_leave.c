/* demo_leave — who is on leave in the demo city, and when.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "kernel/office/office.h"
#include "kernel/service/service.h"

#define MINUTE_MS INT64_C(60000)
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static void away_add(struct demo *d, struct demo_plan *p, const struct staff *who, day from,
                     day to)
{
    int64_t known = day_begins_ms(from - 3) +
                    demo_between(&d->random, 540, 990) * MINUTE_MS;

    if (who != NULL) {
        demo_step_add(
            d, p,
            (struct demo_step){
                .at_ms = known, .what = DEMO_AWAY, .away = who, .from = from, .to = to });
    }
}

/* Every colleague who leads or decides is on leave now and then. */
static void leaves(struct demo *d, struct demo_plan *p, const struct staff *who)
{
    day from = d->wish->today - DEMO_YEARS_DAYS + 20;

    while (from + 30 < d->wish->today) {
        from += demo_between(&d->random, 25, 90);
        if (from + 12 < d->wish->today) {
            away_add(d, p, who, from, from + demo_between(&d->random, 1, 6));
        }
    }
}

/* The unit head in whose unit something waits for a unit head; NULL where nothing does. */
static const struct staff *deciding_chief(const struct demo_office *o)
{
    for (size_t i = 0; i < catalog_count(o->catalog, "service"); i++) {
        const struct service *s = catalog_at(o->catalog, "service", i);
        enum level level;

        if (authority_level(o->catalog, s->matter, &level) != NULL ||
            level != LEVEL_UNIT_HEAD) {
            continue;
        }
        for (size_t n = 0; n < o->units_count; n++) {
            if (str_equal(o->units[n].key, s->unit)) {
                return demo_staff(o, DUTY_UNIT_HEAD, o->units[n].id);
            }
        }
    }
    return NULL;
}

void demo_absences(struct demo *d, struct demo_plan *p)
{
    const enum duty deciding[] = { DUTY_UNIT_HEAD, DUTY_SECRETARY, DUTY_HEAD };
    day today = d->wish->today;

    for (size_t i = 0; i < DEMO_OFFICES; i++) {
        const struct demo_office *o = &d->offices[i];
        const struct staff *chief = deciding_chief(o);

        for (size_t n = 0; n < o->staff_count; n++) {
            for (size_t k = 0; k < COUNT(deciding); k++) {
                if (o->staff[n].duties == DUTY(deciding[k])) {
                    leaves(d, p, &o->staff[n]);
                }
            }
        }
        away_add(d, p, chief != NULL ? chief : demo_staff(o, DUTY_UNIT_HEAD, 0), today - 2,
                 today + 3);
    }
}

bool demo_is_away(const struct demo_plan *p, int64_t staff, day on)
{
    for (size_t i = 0; i < p->steps_count; i++) {
        const struct demo_step *s = &p->steps[i];

        if (s->what == DEMO_AWAY && s->away->id == staff && s->from <= on && on <= s->to) {
            return true;
        }
    }
    return false;
}
