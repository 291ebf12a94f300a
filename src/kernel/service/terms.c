/* terms — by when one matter is due, from when that is counted, what has to be brought for
 * it, and whether the service can be applied for today.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/matter.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "host/rule/rule.h"

err service_pass(struct arena *a, const struct service_matter *m, struct rule_pass **ret)
{
    struct rule_value way = { .name = STR("way"), .kind = RULE_NIL };

    if (m->way < SERVICE_WAYS) {
        way.kind = RULE_TEXT;
        way.text = service_way_key[m->way];
    }
    return answers_pass(a, m->answers, &way, 1, m->today, ret);
}

static err holds(struct arena *a, const struct service_matter *m, str rule, bool *ret)
{
    struct rule_pass *pass = NULL;

    TRY(service_pass(a, m, &pass));
    TRY(rule_pass_truth(a, pass, rule, ret));
    rule_pass_end(pass);
    return NULL;
}

err service_limit_of(struct arena *a, const struct service_matter *m,
                     const struct service_limit **ret)
{
    *ret = NULL;
    for (size_t i = 0; i < m->service->limits_count && *ret == NULL; i++) {
        const struct service_limit *l = &m->service->limits[i];
        bool fits = l->way == WAY_NONE || l->way == m->way;

        if (fits && l->when.len > 0) {
            TRY(holds(a, m, l->when, &fits));
        }
        *ret = fits ? l : NULL;
    }
    return NULL;
}

err service_paper_needed(struct arena *a, const struct service_matter *m,
                         const struct service_paper *p, bool *ret_needed)
{
    bool needed = !p->looked_up;

    if (needed && p->when.len > 0 && m->answers != NULL) {
        TRY(holds(a, m, p->when, &needed));
    }
    *ret_needed = needed;
    return NULL;
}

/* ---- clocks ---- */

static struct clock_limit clock_limit_of(struct limit l)
{
    static const enum clock_unit units[] = { CLOCK_WORKING, CLOCK_CALENDAR, CLOCK_HOUR,
                                             CLOCK_MONTH,   CLOCK_AT_ONCE,  CLOCK_NONE };

    return (struct clock_limit){ l.value, units[l.unit] };
}

static void stages_put(const struct service *s, struct clock_rule *r)
{
    for (size_t i = 0; i < s->stages_count && i < CLOCK_STAGES; i++) {
        r->stages[i] = (struct clock_stage){ clock_limit_of(s->stages[i].limit),
                                             s->stages[i].name,
                                             s->stages[i].by.in[LANG_ZH] };
    }
    r->stages_count = s->stages_count < CLOCK_STAGES ? s->stages_count : CLOCK_STAGES;
}

static unsigned grounds_of(const struct service *s)
{
    unsigned grounds = 0;

    grounds |= (s->pause & (1U << PAUSE_SUPPLY)) ? CLOCK_GROUND(CLOCK_PAUSE_SUPPLY) : 0;
    grounds |= (s->pause & (1U << PAUSE_OTHER_AGENCY))
                   ? CLOCK_GROUND(CLOCK_PAUSE_OTHER_AGENCY)
                   : 0;
    grounds |= (s->pause & (1U << PAUSE_DISASTER))
                   ? CLOCK_GROUND(CLOCK_PAUSE_DISASTER) | CLOCK_GROUND(CLOCK_PAUSE_OTHER)
                   : 0;
    return grounds;
}

static struct clock_rule rule_of(const struct service *s, struct limit limit)
{
    struct clock_limit l = clock_limit_of(limit);
    struct clock_rule r = clock_rule_of(l.value, l.unit);

    r.from = (enum clock_from)s->counted_from;
    r.adverse = s->adverse != ADVERSE_NO;
    r.later_is_kinder = s->adverse == ADVERSE_LATER_IS_KINDER;
    r.pauses = grounds_of(s);
    r.extend.times = s->extend.times;
    if (s->extend.law.in[LANG_ZH].len > 0) {
        r.extend.law = s->extend.law.in[LANG_ZH];
        r.extend.within_original = s->extend.times <= 1;
    }
    return r;
}

err service_clock(struct arena *a, const struct service_matter *m, struct clock_rule *ret)
{
    const struct service_limit *own = NULL;

    TRY(service_limit_of(a, m, &own));
    *ret = rule_of(m->service, own != NULL ? own->limit : m->service->limit);
    if (own == NULL && m->service->stages_count > 0) {
        stages_put(m->service, ret);
    }
    return NULL;
}

bool service_control_clock(const struct catalog *c, const struct service *s,
                           struct clock_rule *ret)
{
    struct clock_limit l = clock_limit_of(s->control.limit);

    if (!s->control.set && s->speed != CLOCK_SPEED_NONE) {
        *ret = clock_rule_document(s->speed, usual_terms_of(c, s).speed[s->speed]);
        return true;
    }
    if (!s->control.set) {
        return false;
    }
    *ret = clock_rule_of(l.value, l.unit);
    ret->kind = CLOCK_CONTROL;
    ret->extend = (struct clock_extend){ .times = s->control.extend_times,
                                         .level = level_key[s->control.extend_level] };
    return true;
}

day service_due(const struct calendar *cal, const struct service *s, day received)
{
    struct clock_rule r = rule_of(s, s->limit);
    struct clock_spans none = { 0 };
    struct clock c;

    if (s->stages_count > 0) {
        stages_put(s, &r);
    }
    c = clock_reckon(cal, &r, day_begins_ms(received), &none, day_begins_ms(received));
    return c.due;
}

day service_counted_from(struct arena *a, const struct service_matter *m, day received)
{
    const struct answer *x = m->service->counted_from == FROM_EVENT && m->answers != NULL
                                 ? answers_of(m->answers, m->service->event)
                                 : NULL;
    const struct json *j = NULL;
    day d;

    if (x == NULL || x->json.len == 0 || json_parse(a, x->json, &j) != NULL ||
        !day_from_iso(j->text, &d)) {
        return received;
    }
    return d;
}

/* ---- open, paused, seasonal, closed ---- */

static day in_year(int year, struct month_date m)
{
    day d = day_of(year, m.month, m.date);

    return d != DAY_NONE ? d : day_of(year, m.month, m.date - 1); /* 29 February */
}

/* Seasons may go over new year: 10-01 … 03-31. */
static struct service_standing season_of(const struct service_status *t, day today)
{
    struct service_standing s = { SERVICE_SEASONAL, DAY_NONE, DAY_NONE, DAY_NONE };
    int year = day_civil(today).year;

    for (int i = -1; i <= 1; i++) {
        day opens = in_year(year + i, t->opens), closes = in_year(year + i, t->closes);

        if (closes < opens) {
            closes = in_year(year + i + 1, t->closes);
        }
        if (today >= opens && today <= closes) {
            s.state = SERVICE_OPEN;
            s.until = closes;
        } else if (opens > today && s.opens_on == DAY_NONE) {
            s.opens_on = opens;
        }
    }
    return s;
}

struct service_standing service_stands(const struct service *s, day today)
{
    const struct service_status *t = &s->status;
    struct service_standing open = { SERVICE_OPEN, DAY_NONE, DAY_NONE, DAY_NONE };

    if (t->state == SERVICE_OPEN) {
        return open;
    }
    if (t->state == SERVICE_SEASONAL) {
        return season_of(t, today);
    }
    if ((t->since != DAY_NONE && today < t->since) ||
        (t->state == SERVICE_PAUSED && t->until != DAY_NONE && today > t->until)) {
        return open; /* announced, or over */
    }
    return (struct service_standing){ t->state, t->since, t->until, DAY_NONE };
}
