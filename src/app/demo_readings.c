/* demo_readings — openings of personal data in the last months: officers in their own
 * cases, and now and then somebody else who has a reason. Government ethics has something
 * to draw.
 *
 * The numbers are its own, so that all else in the demo city stays as it is.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/demo_inner_plan.h"
#include "base/arena.h"
#include "kernel/calendar/calendar.h"

#define MINUTE_MS INT64_C(60000)
#define DAYS_TOLD 100
#define RECENT_DAYS 90
#define A_DAY 4 /* at most */
#define OWN_PERCENT 55
#define MORNING 490
#define EVENING 1000
#define NAMES_EVERY 3 /* days */

/* Who else opens a case, and why. `in_unit`: the one of its own unit. */
static const struct {
    enum duty duty;
    enum reading_reason reason;
    bool in_unit;
} others[] = {
    { DUTY_OFFICER, READ_ENQUIRY, true },      { DUTY_OFFICER, READ_ENQUIRY, true },
    { DUTY_UNIT_HEAD, READ_DECISION, true },   { DUTY_UNIT_HEAD, READ_DECISION, true },
    { DUTY_SECRETARY, READ_DECISION, false },  { DUTY_OFFICER, READ_DEPUTY, true },
    { DUTY_UNIT_HEAD, READ_CORRECTION, true }, { DUTY_COORDINATOR, READ_AUDIT, false },
};

struct past {
    struct demo *d;
    struct demo_plan *p;
    struct demo_random random;
    size_t told; /* steps that were planned before */
};

static const struct staff *reader_of(const struct past *x, const struct demo_case *c,
                                     size_t other)
{
    const struct demo_office *o = c->office;

    if (others[other].duty != DUTY_OFFICER) {
        return demo_staff(o, others[other].duty, others[other].in_unit ? c->unit : 0);
    }
    for (size_t i = 0; i < o->staff_count; i++) {
        if (o->staff[i].unit == c->unit && o->staff[i].id != c->officer->id &&
            (o->staff[i].duties & DUTY(DUTY_OFFICER)) != 0) {
            return &o->staff[i];
        }
    }
    return NULL;
}

/* Had somebody of the office taken the case by then, not too long before? */
static bool is_taken(const struct demo_step *s, const struct demo_office *o, int64_t at_ms)
{
    return s->what == DEMO_ACT && (s->act == ACT_TAKE || s->act == ACT_ASSIGN) &&
           s->c->office == o && s->at_ms < at_ms && at_ms - s->at_ms < RECENT_DAYS * DAY_MS;
}

/* One of the cases in work by then; NULL where there was none. */
static const struct demo_step *taken_before(struct past *x, const struct demo_office *o,
                                            int64_t at_ms)
{
    int found = 0, wanted;
    size_t i = 0;

    for (size_t n = 0; n < x->told; n++) {
        found += is_taken(&x->p->steps[n], o, at_ms) ? 1 : 0;
    }
    if (found == 0) {
        return NULL;
    }
    wanted = demo_between(&x->random, 1, found);
    for (; wanted > 0; i++) {
        wanted -= is_taken(&x->p->steps[i], o, at_ms) ? 1 : 0;
    }
    return &x->p->steps[i - 1];
}

static void one_reading(struct past *x, const struct demo_office *o, int64_t at_ms)
{
    const struct demo_step *taken = taken_before(x, o, at_ms);
    struct demo_step s = { .at_ms = at_ms, .what = DEMO_READ, .reason = READ_DEPUTY };
    size_t other = (size_t)demo_between(&x->random, 0,
                                        (int)(sizeof others / sizeof others[0]) - 1);

    if (taken == NULL) {
        return;
    }
    s.c = taken->c;
    if (!demo_chance(&x->random, OWN_PERCENT)) {
        s.reader = reader_of(x, s.c, other);
        s.reason = others[other].reason;
    }
    demo_step_add(x->d, x->p, s);
}

/* Names on worklists: an officer's own, and once in a while a unit head's whole unit. */
static void names(struct past *x, const struct demo_office *o, day on)
{
    enum duty duty = on % (NAMES_EVERY * 2) == 0 ? DUTY_UNIT_HEAD : DUTY_OFFICER;
    size_t from = (size_t)demo_between(&x->random, 0, (int)o->staff_count - 1);
    struct demo_step s = { .what = DEMO_NAMES };

    for (size_t i = 0; i < o->staff_count && s.reader == NULL; i++) {
        const struct staff *who = &o->staff[(from + i) % o->staff_count];

        s.reader = (who->duties & DUTY(duty)) != 0 ? who : NULL;
    }
    s.reason = duty == DUTY_OFFICER ? READ_REASONS : READ_ENQUIRY;
    s.at_ms = day_begins_ms(on) + MORNING * MINUTE_MS;
    if (s.reader != NULL) {
        demo_step_add(x->d, x->p, s);
    }
}

static void one_day(struct past *x, const struct demo_office *o, day on)
{
    int count = demo_between(&x->random, 1, A_DAY);

    for (int i = 0; i < count; i++) {
        int64_t ms = day_begins_ms(on) +
                     demo_between(&x->random, MORNING + 1, EVENING) * MINUTE_MS;

        one_reading(x, o, demo_at_work(&x->random, ms));
    }
    if (on % NAMES_EVERY == 0) {
        names(x, o, on);
    }
}

void demo_readings(struct demo *d, struct demo_plan *p)
{
    struct past x = {
        .d = d, .p = p, .random = { ~d->random.state }, .told = p->steps_count
    };

    for (size_t i = 0; i < DEMO_OFFICES && x.told > 0; i++) {
        for (day on = d->wish->today - DAYS_TOLD; on < d->wish->today; on++) {
            if (calendar_is_open(calendar_official(), on)) {
                one_day(&x, &d->offices[i], on);
            }
        }
    }
}
