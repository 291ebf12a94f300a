/* consult — other units of the office are asked about a case (會辦), side by side, each with
 * a clock of its own.
 *
 * A row a question to a unit: asked, then answered (agrees or not, in the note of that
 * event) or waived with a reason by who leads the case's unit. The case waits in the state
 * consulted until the last one; kernel/casefile writes the rows together with the act.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CONSULT_H
#define BIANMIN_KERNEL_CONSULT_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct snap;
struct tx;
struct query_list;
extern const struct query_list consult_queries;

enum consult_state { CONSULT_ASKED, CONSULT_ANSWERED, CONSULT_WAIVED, CONSULT_STATES };
extern const str consult_state_key[CONSULT_STATES];
extern const char *const consult_state_name[CONSULT_STATES]; /* MSG ids */

struct consult {
    int64_t agency, casefile;
    int number;            /* of this case, from 1; the number of its clock too */
    int64_t unit;          /* who is asked */
    int64_t asked_by, asked_ms, asked_changes;
    day due;               /* DAY_NONE: none */
    enum consult_state state;
    bool agrees;
    int64_t answered_by, answered_ms, answered_changes;
};

/* Commit; kernel/casefile calls these. The number is the next of the case. */
MUST_CHECK err consult_ask(struct arena *a, struct tx *tx, const struct consult *c);
/* The open question to this unit becomes answered or waived. Fails: ERR_CONFLICT. */
MUST_CHECK err consult_end(struct arena *a, struct tx *tx, const struct consult *c);
/* All open ones of a case end without answer: it was withdrawn, transferred, merged. */
MUST_CHECK err consult_drop(struct arena *a, struct tx *tx, int64_t agency,
                            int64_t casefile, int64_t now_ms, int64_t changes);

/* Its date has moved with the calendar. */
MUST_CHECK err consult_move(struct arena *a, struct tx *tx, int64_t agency,
                            int64_t casefile, int number, day due);

/* Of one case, in order. */
MUST_CHECK err consult_list(struct arena *a, struct snap *snap, int64_t agency,
                            int64_t casefile, struct consult **ret, size_t *ret_count);
/* What waits for an answer of this unit, by due date. */
MUST_CHECK err consult_waiting(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t unit, int most, struct consult **ret,
                               size_t *ret_count);

#endif
