/* case_act — what the files that do an act on a case share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_ACT_H
#define BIANMIN_KERNEL_CASEFILE_CASE_ACT_H

#include <stddef.h>

#include "kernel/casefile/act/act.h"

MUST_CHECK err case_act_check(struct arena *a, struct snap *snap, const struct act_wish *w,
                              const struct casefile *c);
MUST_CHECK err case_act_faster(struct arena *a, const struct act_wish *w, int64_t changes);
enum case_outcome case_act_outcome(const struct act_wish *w);

/* act_store.c: the act as the fold sees it; without its clocks and notices yet. */
struct case_fact case_act_fact(const struct act_wish *w, const struct casefile *c);

/* act_term.c: extend, speed, restore; a reason is asked with the other texts. */
MUST_CHECK err case_extension_check(struct arena *a, struct snap *snap,
                                    const struct act_wish *w);
MUST_CHECK err case_speed_check(struct arena *a, struct snap *snap,
                                const struct act_wish *w);
MUST_CHECK err case_restored_check(struct arena *a, const struct act_wish *w);

/* act_plan.c: what authority table and definition ask of a proposal: its path, whom to
 * consult, four eyes. */
MUST_CHECK err case_act_plan(struct arena *a, struct snap *snap, const struct casefile *c,
                             struct act_wish *w);

/* act_body.c: the body of the event of it. */
str case_act_body(struct arena *a, const struct act_wish *w, const struct case_fact *f,
                  int64_t stands_for);

/* act_notice_store.c: `c` as it is afterwards; f->notices counts. */
MUST_CHECK err case_act_notice(struct arena *a, struct tx *tx, const struct act_wish *w,
                               const struct casefile *c, enum case_state before,
                               struct case_fact *f);
/* The message of it, not written yet; false: the applicant need not know. */
struct notice;
bool case_act_tells(const struct act_wish *w, const struct casefile *c,
                    enum case_state before, struct case_fact *f, struct notice *ret);

/* act_clock_store.c: what an act does to the clocks; how they stand goes into `f`. The fold
 * comes afterwards. */
MUST_CHECK err case_act_clocks(struct arena *a, struct tx *tx, const struct act_wish *w,
                               const struct casefile *c, struct case_fact *f);

/* The six pieces of a decision against, by their keys. */
struct case_ground_piece {
    const char *key;
    size_t offset;
};
#define CASE_GROUND_PIECES 6
extern const struct case_ground_piece case_ground_pieces[CASE_GROUND_PIECES];
str *case_ground_at(struct case_grounds *g, size_t piece);

#endif
