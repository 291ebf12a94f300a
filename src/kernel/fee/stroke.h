/* stroke — the money of what is done in two keys, without a case (登錄深度 short).
 *
 * The stroke is the account: the definition tells which fees there are, the clerk says how
 * many and shows which waiver holds (nobody has given answers that a rule could read). Its
 * receipts come from the same pads, stand on the same sheets and become void in the same
 * way as those of cases. Who is not named stays unnamed: a payer only where he wishes.
 *
 * A stroke with a receipt that stands is not taken back: the receipt is made void first.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_STROKE_H
#define BIANMIN_KERNEL_FEE_STROKE_H

#include "kernel/fee/fee.h"
#include "kernel/tally/tally.h"

extern const struct query_list fee_stroke_queries;

struct fee_stroke {
    struct tally tally;
    bool taken_back;
    /* `casefile` is 0, `stroke` its id. While nobody has taken anything the items are what
     * the definition suggests; afterwards what was kept. */
    struct fee_account account;
};
/* Fails: ERR_MISSING (no stroke of this office). `s`: its service; NULL: gone. */
MUST_CHECK err fee_stroke_load(struct arena *a, struct snap *snap, const struct service *s,
                               int64_t agency, int64_t id, day today,
                               struct fee_stroke *ret);
/* What the definition suggests on `today`: every fee in force that costs something (`times`
 * 0: only the clerk can say how many, or a rule does not hold by itself), then its fines
 * (no amount yet). The words begin with the name of the service: on a sheet they stand
 * beside those of others. */
MUST_CHECK err fee_stroke_items(struct arena *a, const struct service *s,
                                enum service_way way, day today, struct fee_item **ret,
                                size_t *ret_count);
/* Does it cost anything at all today? */
bool fee_stroke_costs(const struct service *s, day today);
/* The most of one item: a typing mistake, not a fee. */
#define FEE_STROKE_TIMES_MOST 999

/* Commit. Keeps the items of `t->account` as they were said and writes the receipt; nothing
 * to be paid (all is waived): keeps them without one, `ret->id` is 0. Fails: ERR_CONFLICT
 * (taken back, paid already, no pad). */
MUST_CHECK err fee_stroke_take(struct arena *a, struct tx *tx, const struct fee_taking *t,
                               struct fee_receipt *ret);
/* Commit, before a stroke is taken back. Fails: ERR_CONFLICT (it is paid). */
MUST_CHECK err fee_stroke_is_free(struct arena *a, struct tx *tx, int64_t agency,
                                  int64_t id);
/* Strokes done since an instant, of anybody, on which nothing was kept and no receipt
 * stands; the newest first, at most `most`. Which of them cost something their definitions
 * say. */
MUST_CHECK err fee_stroke_waiting(struct arena *a, struct snap *snap, int64_t agency,
                                  int64_t since_ms, int most, struct tally **ret,
                                  size_t *ret_count);
/* Does this person hold a pad with receipts left? */
MUST_CHECK err fee_has_pad(struct arena *a, struct snap *snap, int64_t agency,
                           int64_t staff, bool *ret);

#endif
