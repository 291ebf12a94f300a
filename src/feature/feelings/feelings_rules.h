/* feelings_rules — five faces, which of them the chief hears of, and when figures may be
 * published. Rules only.
 *
 * M15: a tap is no evidence for anybody's rating. So nothing here knows who worked on the
 * case, and there is no figure by clerk.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_RULES_H
#define BIANMIN_FEATURE_FEELINGS_RULES_H

#include "base/day.h"
#include "base/err.h"
#include "kernel/party/party.h"

#define FACES 5
#define FEELING_WORD_SIGNS 60
#define FEELING_ANSWER_SIGNS 300
#define FEELING_MONTHS 12
/* The least number that is published, unless the office says more. */
#define FEELING_LEAST 5

/* 1 very dissatisfied … 5 very satisfied. */
extern const char *const face_name[FACES + 1];  /* MSG ids */
extern const char *const face_mouth[FACES + 1]; /* the d of an SVG path in a square of 48 */
bool face_is_bad(int face);
bool face_read(str typed, int *ret_face);

struct feeling {
    int64_t agency, id, casefile, unit;
    str number; /* of the case; reading */
    str step;   /* key of the state that the case was in */
    bool pickup;
    str service;
    int face;
    str word;   /* sealed while it is written; open once a chief has taken it up */
    bool has_word;
    int64_t at_ms, changes;
    bool is_open; /* a bad one that nobody has taken up */
    int64_t taken_by, taken_ms;
    str answer; /* what the chief did; sealed while it is written */
};
/* Who hears of a bad one: the head of the unit, secretary-general, head. */
#define FEELING_DUTIES \
    (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | DUTY(DUTY_COORDINATOR))
bool feeling_is_for(const struct actor *who, int64_t unit);

/* What was tapped in the twelve full months before `today`: the running month is left out,
 * so that nobody sees whose tap was the last one. */
struct feeling_time {
    int64_t from_ms, until_ms;
};
struct feeling_time feeling_time(day today);
struct feeling_sum {
    str service;
    int64_t count[FACES + 1]; /* by face */
    int64_t all;
};
/* May it be published? `least` is the office's, never under FEELING_LEAST. */
bool feeling_may_publish(const struct feeling_sum *s, int64_t least);
/* Percent satisfied (the two upper faces), rounded. */
int feeling_percent(const struct feeling_sum *s, int face);

#endif
