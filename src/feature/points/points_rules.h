/* points_rules — what counts how much, and what it sums up to.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_RULES_H
#define BIANMIN_FEATURE_POINTS_RULES_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct arena;

#define POINTS_MOST 100        /* of one case */
#define POINTS_HARD_LEAST 100  /* percent: a hard case counts as any other */
#define POINTS_HARD_MOST 500

struct points_switch {
    day since;
    bool on;
    int64_t staff, at_ms;
};
/* Off where nothing was ever said. `list` by day. */
bool points_are_on(const struct points_switch *list, size_t count, day on);

enum points_state { POINTS_PROPOSED, POINTS_APPROVED, POINTS_REFUSED, POINTS_STATES };
extern const str points_state_key[POINTS_STATES];
extern const char *const points_state_name[POINTS_STATES]; /* MSG ids */
struct points_rate {
    int64_t id;
    str service;
    int points, hard_percent;
    day since;
    enum points_state state;
    int64_t proposed_by, proposed_ms, decided_by, decided_ms;
};
/* The approved one that has begun last; NULL: the service has none. */
const struct points_rate *points_rate_on(const struct points_rate *list, size_t count,
                                         str service, day on);

/* How many cases of a service an officer has had decided on a day. */
struct points_fact {
    int64_t staff;
    str service;
    day on;
    bool hard;
    int64_t cases;
};
enum points_answer { POINTS_OPEN, POINTS_GRANTED, POINTS_REFUSED_IT, POINTS_ANSWERS };
extern const str points_answer_key[POINTS_ANSWERS];
extern const char *const points_answer_name[POINTS_ANSWERS]; /* MSG ids */
struct points_objection {
    int64_t id, staff, unit;
    int month; /* 202611 */
    str reason, answer;
    int64_t at_ms;
    enum points_answer state;
    int delta;
    int64_t answered_by, answered_ms;
};

/* A month is written 202611; its first day, and the first of the next. */
int points_month_of(day d);
bool points_month_days(int month, day *ret_from, day *ret_until);
int points_month_before(int month);

/* The count of one officer: a line for each service that has a rate. */
struct points_line {
    str service;
    int64_t cases, hard, points;
};
struct points_sum {
    struct points_line *lines;
    size_t lines_count;
    int64_t cases, hard, points, corrected; /* points with what was corrected */
};
MUST_CHECK err points_count(struct arena *a, const struct points_switch *switches,
                            size_t switches_count, const struct points_rate *rates,
                            size_t rates_count, const struct points_fact *facts,
                            size_t facts_count, const struct points_objection *objections,
                            size_t objections_count, int64_t staff, int month,
                            struct points_sum *ret);

/* One officer in the list of a month. */
struct points_row {
    int64_t staff, unit;
    str name, title;
    int64_t cases, hard, points;
};
/* The places of those with most points, most first: three, and whoever has as many as the
 * third; nobody without any. */
#define POINTS_TOP 3
MUST_CHECK err points_top(struct arena *a, const struct points_row *rows, size_t count,
                          size_t **ret_places, size_t *ret_count);

#endif
