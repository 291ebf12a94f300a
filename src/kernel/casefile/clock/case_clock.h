/* case_clock — the clocks of a case as they are kept: the statutory one, the control limit
 * beside it, and one for each consultation and question.
 *
 * What they show is part of the fold: each event that touches one says how it stands
 * afterwards (struct clock_fact), and `bianmin check` compares.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_CLOCK_H
#define BIANMIN_KERNEL_CASEFILE_CASE_CLOCK_H

#include "kernel/casefile/casefile.h"
#include "kernel/clock/clock.h"

extern const struct query_list casefile_clock_queries;

struct case_clock {
    int64_t casefile;
    enum case_clock_kind kind;
    int number;
    struct clock_rule rule;
    int64_t started_ms;
    struct clock_spans spans;
    enum case_clock_state state;
    day due;
    int64_t due_ms;   /* the first instant that is too late; 0: no term */
    int extended;
    int64_t ended_ms; /* 0: it has not ended */
};

/* Of one case, statutory first; empty for a case from before there were clocks. */
MUST_CHECK err casefile_clocks(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t id, struct case_clock **ret, size_t *ret_count);
/* NULL when it has none of this kind. */
struct case_clock *case_clock_find(struct case_clock *list, size_t count,
                                   enum case_clock_kind kind, int number);

/* What a case of this service gets: [0] statutory, [1] control. `c` and `answers` may be
 * NULL. */
MUST_CHECK err case_clock_rules(struct arena *a, const struct catalog *c,
                                const struct service *s, enum case_channel channel,
                                const struct answers *answers, int64_t received_ms,
                                struct case_clock *ret_clocks);
/* The control limit becomes that of a document of this speed; what it has of pauses and
 * extensions stays. */
void case_clock_speed_up(struct clock_rule *r, enum clock_speed speed, int days);
struct case_clock case_clock_consult(int number, int days, int64_t now_ms);
struct case_clock case_clock_study(int number, int64_t now_ms);
/* Sets due and due_ms anew. */
void case_clock_reckon(const struct calendar *cal, struct case_clock *k, int64_t now_ms);
struct clock_fact case_clock_fact(const struct case_clock *k);

/* ---- for the rooms after this one ---- */

/* Of the cases from `first` to `last`, in order of case. */
MUST_CHECK err case_clocks_between(struct arena *a, struct snap *snap, int64_t agency,
                                   int64_t first, int64_t last, struct case_clock **ret,
                                   size_t *ret_count);
/* Those of them that run: however many have ended between, they cost nothing. */
MUST_CHECK err case_clocks_running(struct arena *a, struct snap *snap, int64_t agency,
                                   int64_t first, int64_t last, struct case_clock **ret,
                                   size_t *ret_count);
/* A new one. */
MUST_CHECK err case_clock_put(struct arena *a, struct tx *tx, int64_t agency,
                              int64_t casefile, const struct case_clock *k);
/* Due, state, extended, ended. */
MUST_CHECK err case_clock_keep(struct arena *a, struct tx *tx, int64_t agency,
                               const struct case_clock *k);
/* Due alone. */
MUST_CHECK err case_clock_move(struct arena *a, struct tx *tx, int64_t agency,
                               const struct case_clock *k);
/* In these `tx` may be NULL: only *k changes, and who asked writes it whole afterwards. */
MUST_CHECK err case_clock_pause(struct arena *a, struct tx *tx, int64_t agency,
                                struct case_clock *k, enum clock_ground ground,
                                int64_t now_ms);
MUST_CHECK err case_clock_resume(struct arena *a, struct tx *tx, int64_t agency,
                                 struct case_clock *k, int64_t now_ms);
MUST_CHECK err case_clock_extend(struct arena *a, struct tx *tx, int64_t agency,
                                 struct case_clock *k, struct clock_limit by,
                                 int64_t now_ms);
/* It begins anew: a reopened case, or counted from when it was complete. */
/* The term by another rule, from another start; pauses and extensions stay. */
MUST_CHECK err case_clock_rule_change(struct arena *a, struct tx *tx, int64_t agency,
                                      struct case_clock *k, const struct clock_rule *rule,
                                      int64_t started_ms);
MUST_CHECK err case_clock_restart(struct arena *a, struct tx *tx, int64_t agency,
                                  struct case_clock *k, int64_t now_ms);

#endif
