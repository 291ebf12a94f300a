/* fee — what a matter costs, out of the rules of its definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/matter.h"

#include "base/arena.h"
#include "host/rule/rule.h"

bool service_fee_in_force(const struct service_fee *f, day on)
{
    return (f->from == DAY_NONE || on >= f->from) &&
           (f->until == DAY_NONE || on <= f->until);
}

static bool is_granted(const struct service_waiver *w, const str *granted, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(granted[i], w->key)) {
            return true;
        }
    }
    return false;
}

/* The first that holds. One with a rule holds by itself, or because a clerk grants it. */
static err waiver_find(struct arena *a, struct rule_pass *pass, const struct service_fee *f,
                       const str *granted, size_t count, const struct service_waiver **ret)
{
    *ret = NULL;
    for (size_t i = 0; i < f->waivers_count && *ret == NULL; i++) {
        const struct service_waiver *w = &f->waivers[i];
        bool holds = is_granted(w, granted, count);

        if (!holds && w->when.len > 0) {
            TRY(rule_pass_truth(a, pass, w->when, &holds));
        }
        *ret = holds ? w : NULL;
    }
    return NULL;
}

static err line_make(struct arena *a, struct rule_pass *pass, const struct service_fee *f,
                     const str *granted, size_t count, struct service_fee_line *ret)
{
    bool due = !f->counted;
    int64_t times = 1, all;

    if (due && f->when.len > 0) {
        TRY(rule_pass_truth(a, pass, f->when, &due));
    }
    if (due && f->times.len > 0) {
        TRY(rule_pass_number(a, pass, f->times, &times));
    }
    *ret = (struct service_fee_line){ .fee = f, .times = due ? times : 0 };
    if (ret->times == 0) {
        return NULL;
    }
    TRY(waiver_find(a, pass, f, granted, count, &ret->waiver));
    all = f->dollars * times;
    ret->waived = ret->waiver != NULL ? all * ret->waiver->percent / 100 : 0;
    ret->dollars = all - ret->waived;
    return NULL;
}

err service_fee_total(struct arena *a, const struct service_matter *m, const str *granted,
                      size_t granted_count, struct service_fee_total *ret)
{
    const struct service *s = m->service;
    struct service_fee_line *lines = ARENA_ARRAY(a, s->fees_count, struct service_fee_line);
    struct service_fee_total total = { .lines = lines };
    struct rule_pass *pass = NULL;

    if (lines == NULL) {
        return err_no_memory;
    }
    TRY(service_pass(a, m, &pass));
    for (size_t i = 0; i < s->fees_count; i++) {
        struct service_fee_line *line = &lines[total.lines_count];

        if (!service_fee_in_force(&s->fees[i], m->today) || s->fees[i].dollars == 0) {
            continue;
        }
        TRY(line_make(a, pass, &s->fees[i], granted, granted_count, line));
        if (line->times > 0) {
            total.dollars += line->dollars;
            total.waived += line->waived;
            total.lines_count++;
        }
    }
    rule_pass_end(pass);
    *ret = total;
    return NULL;
}
