/* clock_rule — which clocks a case gets, out of the definition of its service: the
 * statutory one (published limit, by way of applying and answers) and the control limit
 * beside it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"

#define CONTROL_EXTENSIONS 3

/* The words of both enums are the same, in the same order. */
static struct clock_limit limit_of(const struct limit *l)
{
    return (struct clock_limit){ l->value, (enum clock_unit)l->unit };
}

/* The first that fits; else the usual one, with its stages. */
static err limit_choose(struct arena *a, const struct service *s, enum case_channel channel,
                        const struct answers *answers, day today,
                        const struct service_limit **ret)
{
    const struct service_matter m = { s, answers, case_channel_way(channel), today };

    return service_limit_of(a, &m, ret);
}

static void stages_of(const struct service *s, const struct service_limit *own,
                      struct clock_rule *r)
{
    const struct limit *limit = own != NULL ? &own->limit : &s->limit;

    if (own != NULL || s->stages_count == 0) {
        r->stages[0].limit = limit_of(limit);
        r->stages_count = limit->unit == LIMIT_NONE ? 0 : 1;
        return;
    }
    for (size_t i = 0; i < s->stages_count && i < CLOCK_STAGES; i++) {
        r->stages[i] = (struct clock_stage){ .limit = limit_of(&s->stages[i].limit),
                                             .name = s->stages[i].name,
                                             .by = s->stages[i].by.in[LANG_ZH] };
        r->stages_count++;
    }
}

static enum clock_from from_of(enum counted_from f)
{
    static const enum clock_from froms[] = {
        [FROM_RECEIPT] = CLOCK_FROM_RECEIPT, [FROM_COMPLETE] = CLOCK_FROM_COMPLETE,
        [FROM_POSTMARK] = CLOCK_FROM_POSTMARK, [FROM_EVENT] = CLOCK_FROM_EVENT,
    };

    return froms[f];
}

/* The grounds of both enums are the same in the same order; what is not the office's fault
 * stops the term of every service that lets it stop at all (§51 V). */
static unsigned pauses_of(const struct service *s)
{
    return s->pause | (s->pause != 0 ? CLOCK_GROUND(CLOCK_PAUSE_OTHER) : 0);
}

void case_clock_speed_up(struct clock_rule *r, enum clock_speed speed, int days)
{
    r->speed = speed;
    r->stages_count = 1;
    r->stages[0] = (struct clock_stage){ .limit = { days, CLOCK_WORKING } };
}

static struct clock_rule control_of(const struct catalog *c, const struct service *s,
                                    const struct clock_rule *statutory)
{
    struct clock_rule r = *statutory;

    r.kind = CLOCK_CONTROL;
    r.from = CLOCK_FROM_RECEIPT;
    r.adverse = r.later_is_kinder = false;
    r.pauses = CLOCK_ALL_GROUNDS;
    r.extend = (struct clock_extend){ .times = CONTROL_EXTENSIONS,
                                      .level = level_key[LEVEL_UNIT_HEAD] };
    if (s->control.set) {
        r.stages_count = s->control.limit.unit == LIMIT_NONE ? 0 : 1;
        r.stages[0] = (struct clock_stage){ .limit = limit_of(&s->control.limit) };
        r.extend.times = s->control.extend_times;
        r.extend.level = level_key[s->control.extend_level];
    } else if (s->speed != CLOCK_SPEED_NONE) {
        case_clock_speed_up(&r, s->speed, usual_terms_of(c, s).speed[s->speed]);
    }
    return r;
}

/* The date in the answers from which it is counted; the receipt where there is none. */
static int64_t start_of(struct arena *a, const struct service *s,
                        const struct answers *answers, int64_t received_ms)
{
    const struct answer *x = answers != NULL && s->counted_from == FROM_EVENT
                                 ? answers_of(answers, s->event)
                                 : NULL;
    const struct json *j;
    day d;

    if (x == NULL || x->json.len == 0 || json_parse(a, x->json, &j) != NULL ||
        !day_from_iso(j->text, &d)) {
        return received_ms;
    }
    return day_begins_ms(d);
}

err case_clock_rules(struct arena *a, const struct catalog *c, const struct service *s,
                     enum case_channel channel, const struct answers *answers,
                     int64_t received_ms, struct case_clock *ret_clocks)
{
    const struct service_limit *own = NULL;
    struct clock_rule r = { .kind = CLOCK_STATUTORY, .from = from_of(s->counted_from),
                            .adverse = s->adverse != ADVERSE_NO,
                            .later_is_kinder = s->adverse == ADVERSE_LATER_IS_KINDER };

    TRY(limit_choose(a, s, channel, answers, day_at(received_ms), &own));
    stages_of(s, own, &r);
    r.pauses = pauses_of(s);
    r.extend = (struct clock_extend){ .times = s->extend.times, .within_original = true,
                                      .law = s->extend.law.in[LANG_ZH] };
    ret_clocks[0] = (struct case_clock){
        .kind = CASE_CLOCK_STATUTORY, .rule = r,
        .started_ms = start_of(a, s, answers, received_ms),
    };
    ret_clocks[1] = (struct case_clock){ .kind = CASE_CLOCK_CONTROL,
                                         .rule = control_of(c, s, &r),
                                         .started_ms = received_ms };
    return NULL;
}

struct case_clock case_clock_consult(int number, int days, int64_t now_ms)
{
    struct clock_rule r = clock_rule_of(days, CLOCK_WORKING);

    r.kind = CLOCK_CONSULT;
    r.pauses = 0;
    r.extend = (struct clock_extend){ 0 };
    return (struct case_clock){ .kind = CASE_CLOCK_CONSULT, .number = number, .rule = r,
                                .started_ms = now_ms };
}

struct case_clock case_clock_study(int number, int64_t now_ms)
{
    struct clock_rule r = clock_rule_of(0, CLOCK_AT_ONCE);

    r.kind = CLOCK_OTHER;
    r.pauses = 0;
    r.extend = (struct clock_extend){ 0 };
    return (struct case_clock){ .kind = CASE_CLOCK_STUDY, .number = number, .rule = r,
                                .started_ms = now_ms };
}

void case_clock_reckon(const struct calendar *cal, struct case_clock *k, int64_t now_ms)
{
    struct clock c;

    if (k->rule.stages_count == 0) {
        k->due = DAY_NONE;
        k->due_ms = 0;
        return;
    }
    c = clock_reckon(cal, &k->rule, k->started_ms, &k->spans, now_ms);
    k->due = c.due;
    k->due_ms = c.due_ms;
}

struct clock_fact case_clock_fact(const struct case_clock *k)
{
    return (struct clock_fact){ .kind = k->kind, .number = k->number, .state = k->state,
                                .due = k->due, .due_ms = k->due_ms,
                                .extended = k->extended };
}
