/* review — what was decided is looked at by somebody else: the same day, and by a draw.
 *
 * Every case decided on a day is on the list of that day. When the day is over a part of
 * them is drawn (lot.h): of each service and version the percent that its definition says,
 * at least one. A review is in order, or has a finding, which is corrected later; each is a
 * turn of its own and an event. Who worked on the case does not review it.
 *
 * After a review without a finding, or once it is corrected, the person is told what was
 * recorded and can say that it is right or wrong (主動通知及確認). What was wrong is settled by
 * the office: corrected, or explained.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_REVIEW_H
#define BIANMIN_KERNEL_REVIEW_H

#include "kernel/flow/flow.h"
#include "kernel/review/lot.h"

struct catalog;
struct keyring;
struct snap;
struct tx;
struct store;
struct query_list;
extern const struct query_list review_queries, review_confirm_queries, review_check_queries;

#define REVIEW_NOTE_SIGNS 500
#define REVIEW_DAY_MOST 2000

/* A case that was decided on the day. */
struct review_case {
    int64_t id, unit, officer, proposer, decided_ms;
    str number, service, applicant_masked;
    int service_version;
    enum case_state state;
    enum case_outcome outcome;
    int sample; /* percent that its service says, in its version */
    bool drawn;
};
/* In order of time, at most REVIEW_DAY_MOST. */
MUST_CHECK err review_day_list(struct arena *a, struct snap *snap, int64_t agency, day on,
                               struct review_case **ret, size_t *ret_count);
/* The draw of a day that is over: marks the drawn ones. `*ret_seed` "" when nothing was
 * decided. `*ret_seq`: of the chain's last event of that day. */
MUST_CHECK err review_day_draw(struct arena *a, struct snap *snap, const struct catalog *c,
                               const struct agency *agency, day on,
                               struct review_case *list, size_t count, str *ret_seed,
                               int64_t *ret_seq);
/* The rule of the draw, without the database. */
MUST_CHECK err review_draw(struct arena *a, str seed, struct review_case *list,
                           size_t count);

enum review_outcome { REVIEW_IN_ORDER, REVIEW_FINDING, REVIEW_CORRECTED, REVIEW_OUTCOMES };
extern const str review_outcome_key[REVIEW_OUTCOMES];
extern const char *const review_outcome_name[REVIEW_OUTCOMES]; /* MSG ids */
bool review_outcome_from_key(str key, enum review_outcome *ret);

struct review {
    int64_t agency, casefile, turn; /* turn from 1 */
    enum review_outcome outcome;
    bool drawn;
    int64_t staff, at_ms;
    int64_t unit;   /* of the case; while it is written */
    str note;       /* "" none; sealed while it is written */
    str note_hash;
    struct words recorded; /* what the person is told; while it is written */
};
/* May this outcome follow the last turn (NULL: none)? A finding is corrected, nothing else
 * is. */
bool review_may_follow(const struct review *last, enum review_outcome outcome);
/* check: mistakes at `note`; seals it. */
MUST_CHECK err review_prepare(struct arena *a, const struct keyring *k, struct review *r,
                              struct mistakes *m);
/* Commit: row, event, and where nothing is left to correct the message to the person, once
 * a case. Fails: ERR_CONFLICT (there is such a turn). */
MUST_CHECK err review_put(struct arena *a, struct tx *tx, const struct review *r);
/* Of the cases from `first` to `last`, in order of case and turn; notes open. */
MUST_CHECK err review_list(struct arena *a, struct snap *snap, const struct keyring *k,
                           int64_t agency, int64_t first, int64_t last, struct review **ret,
                           size_t *ret_count);

enum review_answer { ANSWER_NONE, ANSWER_RIGHT, ANSWER_WRONG };
struct review_confirm {
    int64_t agency, casefile, unit, asked_ms, answered_ms, settled_by, settled_ms;
    str number, service; /* reading */
    enum review_answer answer;
    str said;       /* what is wrong; sealed while it is written */
    bool corrected; /* else explained */
    str settled;    /* what was done; sealed while it is written */
};
/* `*ret_found` false: the person was not asked yet. Texts are open. */
MUST_CHECK err review_confirm_of(struct arena *a, struct snap *snap,
                                 const struct keyring *k, int64_t agency, int64_t casefile,
                                 struct review_confirm *ret, bool *ret_found);
/* What somebody said is wrong and nobody has settled, the oldest first; texts stay
 * sealed. */
MUST_CHECK err review_wrong_list(struct arena *a, struct snap *snap, int64_t agency,
                                 int most, struct review_confirm **ret, size_t *ret_count);
/* check: seals `said` and `settled`; mistakes at `said`, `settled`. */
MUST_CHECK err review_confirm_prepare(struct arena *a, const struct keyring *k,
                                      struct review_confirm *c, struct mistakes *m);
/* Commit. Fails: ERR_CONFLICT (answered or settled before). */
MUST_CHECK err review_answer(struct arena *a, struct tx *tx,
                             const struct review_confirm *c);
MUST_CHECK err review_settle(struct arena *a, struct tx *tx,
                             const struct review_confirm *c);

/* Plain counts of a stretch of time. */
struct review_sums {
    int64_t decided, reviewed, drawn, findings, corrected;
    int64_t asked, right, wrong, settled, settled_corrected;
};
MUST_CHECK err review_count(struct arena *a, struct snap *snap, int64_t agency,
                            int64_t from_ms, int64_t until_ms, struct review_sums *ret);

/* For `bianmin check`: every review is as its event tells, its draw comes out the same when
 * it is made again, and what the person said is as told. `say` gets one line a finding. */
typedef void review_say(void *context, bool sound, str line);
MUST_CHECK err review_check(struct arena *a, struct store *s, const struct keyring *k,
                            const struct catalog *c, const struct agency *agency,
                            review_say *say, void *context);

#endif
