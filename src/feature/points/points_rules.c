/* points_rules — which rate holds on a day, and what a month sums up to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/points/points_rules.h"

#include "base/arena.h"

#define HUNDRED 100
#define MONTHS 12

const str points_state_key[POINTS_STATES] = { STR_INIT("proposed"), STR_INIT("approved"),
                                              STR_INIT("refused") };
const char *const points_state_name[POINTS_STATES] = {
    MSG("Waits for the head"), MSG("Approved"), MSG("Not approved"),
};
const str points_answer_key[POINTS_ANSWERS] = { STR_INIT("open"), STR_INIT("granted"),
                                                STR_INIT("refused") };
const char *const points_answer_name[POINTS_ANSWERS] = {
    MSG("Not answered yet"), MSG("Corrected"), MSG("Left as it was"),
};

bool points_are_on(const struct points_switch *list, size_t count, day on)
{
    bool is_on = false;

    for (size_t i = 0; i < count; i++) {
        is_on = list[i].since <= on ? list[i].on : is_on;
    }
    return is_on;
}

const struct points_rate *points_rate_on(const struct points_rate *list, size_t count,
                                         str service, day on)
{
    const struct points_rate *found = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct points_rate *r = &list[i];

        if (r->state == POINTS_APPROVED && r->since <= on &&
            str_equal(r->service, service) &&
            (found == NULL || r->since > found->since ||
             (r->since == found->since && r->decided_ms > found->decided_ms))) {
            found = r;
        }
    }
    return found;
}

int points_month_of(day d)
{
    struct civil c = day_civil(d);

    return c.year * HUNDRED + c.month;
}

bool points_month_days(int month, day *ret_from, day *ret_until)
{
    int year = month / HUNDRED, number = month % HUNDRED;

    if (number < 1 || number > MONTHS || year < 2000 || year > 2200) {
        return false;
    }
    *ret_from = day_of(year, number, 1);
    *ret_until = number == MONTHS ? day_of(year + 1, 1, 1) : day_of(year, number + 1, 1);
    return true;
}

int points_month_before(int month)
{
    return month % HUNDRED == 1 ? month - HUNDRED + MONTHS - 1 : month - 1;
}

static struct points_line *line_of(struct points_sum *sum, str service)
{
    for (size_t i = 0; i < sum->lines_count; i++) {
        if (str_equal(sum->lines[i].service, service)) {
            return &sum->lines[i];
        }
    }
    sum->lines[sum->lines_count] = (struct points_line){ .service = service };
    return &sum->lines[sum->lines_count++];
}

static void fact_add(struct points_sum *sum, const struct points_fact *f,
                     const struct points_rate *rate)
{
    struct points_line *line = line_of(sum, f->service);
    int64_t points = f->cases * rate->points;

    /* Of several hard cases together, so that halves are not lost one by one. */
    points = f->hard ? points * rate->hard_percent / HUNDRED : points;
    line->cases += f->cases;
    line->hard += f->hard ? f->cases : 0;
    line->points += points;
    sum->cases += f->cases;
    sum->hard += f->hard ? f->cases : 0;
    sum->points += points;
}

err points_count(struct arena *a, const struct points_switch *switches,
                 size_t switches_count, const struct points_rate *rates, size_t rates_count,
                 const struct points_fact *facts, size_t facts_count,
                 const struct points_objection *objections, size_t objections_count,
                 int64_t staff, int month, struct points_sum *ret)
{
    struct points_sum sum = { .lines = ARENA_ARRAY(a, facts_count + 1,
                                                   struct points_line) };

    if (sum.lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < facts_count; i++) {
        const struct points_fact *f = &facts[i];
        const struct points_rate *rate =
            f->staff == staff && points_month_of(f->on) == month &&
                    points_are_on(switches, switches_count, f->on)
                ? points_rate_on(rates, rates_count, f->service, f->on)
                : NULL;

        if (rate != NULL) {
            fact_add(&sum, f, rate);
        }
    }
    sum.corrected = sum.points;
    for (size_t i = 0; i < objections_count; i++) {
        const struct points_objection *o = &objections[i];

        if (o->staff == staff && o->month == month && o->state == POINTS_GRANTED) {
            sum.corrected += o->delta;
        }
    }
    *ret = sum;
    return NULL;
}

err points_top(struct arena *a, const struct points_row *rows, size_t count,
               size_t **ret_places, size_t *ret_count)
{
    size_t *places = ARENA_ARRAY(a, count + 1, size_t);
    size_t n = 0;

    if (places == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        size_t at = n;

        if (rows[i].points <= 0) {
            continue;
        }
        while (at > 0 && rows[places[at - 1]].points < rows[i].points) {
            places[at] = places[at - 1];
            at--;
        }
        places[at] = i;
        n++;
    }
    while (n > POINTS_TOP &&
           rows[places[n - 1]].points < rows[places[POINTS_TOP - 1]].points) {
        n--;
    }
    *ret_places = places;
    *ret_count = n;
    return NULL;
}
