/* apply_draft — what somebody has typed so far, kept sealed for a day and found by a
 * cookie.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_DRAFT_H
#define BIANMIN_FEATURE_APPLY_DRAFT_H

#include "base/err.h"
#include "base/str.h"

struct keyring;
struct snap;
struct tx;

#define APPLY_DRAFT_MS INT64_C(86400000)

struct apply_draft {
    int64_t agency, id;
    str service;
    int version;
    int reached;     /* steps done */
    str answers;     /* JSON */
    str case_number; /* it has been sent; "" not yet */
    int64_t until_ms;
    bool is_new;
    str token, token_hash; /* made in check */
    str sealed;            /* answers, sealed */
};

/* Fails: ERR_MISSING (no such draft, or its day is over), ERR_BROKEN. */
MUST_CHECK err apply_draft_find(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t agency, str token, int64_t now_ms,
                                struct apply_draft *ret);
/* A token for the cookie; id and until_ms are the caller's. */
MUST_CHECK err apply_draft_begin(struct arena *a, const struct keyring *k,
                                 struct apply_draft *draft);
/* Seals `answers`; in check, before the commit. */
MUST_CHECK err apply_draft_seal(struct arena *a, const struct keyring *k,
                                struct apply_draft *draft);

/* commit. */
MUST_CHECK err apply_draft_put(struct arena *a, struct tx *tx,
                               const struct apply_draft *draft);
MUST_CHECK err apply_draft_sent(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                                str case_number);
/* At most 200 of those that ended before `now_ms`. */
MUST_CHECK err apply_draft_sweep(struct arena *a, struct tx *tx, int64_t now_ms,
                                 int64_t *ret_swept);

#endif
