/* points_store — the switch, the rates, what was decided, and objections.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_STORE_H
#define BIANMIN_FEATURE_POINTS_STORE_H

#include "feature/points/points_rules.h"
#include "kernel/party/party.h"

struct keyring;
struct snap;
struct tx;

MUST_CHECK err points_switches(struct arena *a, struct snap *snap, int64_t agency,
                               struct points_switch **ret, size_t *ret_count);
MUST_CHECK err points_rates(struct arena *a, struct snap *snap, int64_t agency,
                            struct points_rate **ret, size_t *ret_count);
/* Of the days from `from` up to `until`; of one officer, or of all (0). */
MUST_CHECK err points_facts(struct arena *a, struct snap *snap, int64_t agency,
                            int64_t staff, day from, day until, struct points_fact **ret,
                            size_t *ret_count);
/* Of a month, oldest first; reason and answer opened. `month` 0: all that are open. */
MUST_CHECK err points_objections(struct arena *a, struct snap *snap,
                                 const struct keyring *k, int64_t agency, int month,
                                 struct points_objection **ret, size_t *ret_count);

/* Commits; each an event. */
MUST_CHECK err points_switch_put(struct arena *a, struct tx *tx, const struct actor *who,
                                 const struct points_switch *s);
MUST_CHECK err points_rate_put(struct arena *a, struct tx *tx, const struct actor *who,
                               const struct points_rate *r);
/* Fails: ERR_CONFLICT (decided already). */
MUST_CHECK err points_rate_decide(struct arena *a, struct tx *tx, const struct actor *who,
                                  int64_t id, bool approve, int64_t now_ms);
/* Seals what was written; before a commit. */
MUST_CHECK err points_objection_seal(struct arena *a, const struct keyring *k,
                                     int64_t agency, struct points_objection *o);
MUST_CHECK err points_objection_put(struct arena *a, struct tx *tx, const struct actor *who,
                                    const struct points_objection *o);
/* Fails: ERR_CONFLICT (answered already). */
MUST_CHECK err points_objection_answer(struct arena *a, struct tx *tx,
                                       const struct actor *who,
                                       const struct points_objection *o);

#endif
