/* feelings_store — taps in the database. Words are sealed.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_STORE_H
#define BIANMIN_FEATURE_FEELINGS_STORE_H

#include "feature/feelings/feelings_rules.h"

struct keyring;
struct snap;
struct tx;

/* check: seals word and answer. */
MUST_CHECK err feeling_seal(struct arena *a, const struct keyring *k, struct feeling *f);
/* Commit: the row, its event, and for a bad one a message to the chief. A second tap at the
 * same step replaces the first. */
MUST_CHECK err feeling_put(struct arena *a, struct tx *tx, const struct feeling *f);
/* Commit: a chief takes a bad one up, or writes what he did. Fails: ERR_CONFLICT (`changes`
 * is not what he had seen). */
MUST_CHECK err feeling_take(struct arena *a, struct tx *tx, const struct feeling *f);

/* The last one of a case at this step. `*ret_found` false: none. */
MUST_CHECK err feeling_of_step(struct arena *a, struct snap *snap, int64_t agency,
                               int64_t casefile, str step, struct feeling *ret,
                               bool *ret_found);
/* Bad ones nobody has taken up, the oldest first. */
MUST_CHECK err feeling_open_list(struct arena *a, struct snap *snap, int64_t agency,
                                 int most, struct feeling **ret, size_t *ret_count);
/* Bad ones that were taken up, the newest first; words and answers open. */
MUST_CHECK err feeling_taken_list(struct arena *a, struct snap *snap,
                                  const struct keyring *k, int64_t agency, int most,
                                  struct feeling **ret, size_t *ret_count);
MUST_CHECK err feeling_by_id(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                             struct feeling *ret);
/* By service, in order of its key; `service` "" all. */
MUST_CHECK err feeling_sums(struct arena *a, struct snap *snap, int64_t agency, str service,
                            struct feeling_time time, struct feeling_sum **ret,
                            size_t *ret_count);

#endif
