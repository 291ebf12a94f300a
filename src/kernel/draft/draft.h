/* draft — what somebody has typed so far, kept sealed: a day for the device that has typed
 * it, 14 days for whoever has its code.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_DRAFT_H
#define BIANMIN_KERNEL_DRAFT_H

#include "base/err.h"
#include "base/str.h"

struct keyring;
struct query_list;
struct snap;
struct tx;
extern const struct query_list draft_queries;

#define DRAFT_MS INT64_C(86400000)
#define DRAFT_CODE_MS (14 * DRAFT_MS)
#define DRAFT_CODE_SIGNS 12

struct draft {
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
    str code;              /* twelve signs; "" it has none */
    bool code_is_new;
    str code_hash, code_sealed;
};

/* `token` is that of the cookie, or a code. Fails: ERR_MISSING (no such draft, or its time
 * is over), ERR_BROKEN. */
MUST_CHECK err draft_find(struct arena *a, struct snap *snap, const struct keyring *k,
                          int64_t agency, str token, int64_t now_ms, struct draft *ret);
/* By what a person types or a counter scans: dashes, small letters, O for 0. */
MUST_CHECK err draft_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                             int64_t agency, str typed, int64_t now_ms, struct draft *ret);
/* For the counter, which has found it by its code and opened it (kernel/once). */
MUST_CHECK err draft_by_id(struct arena *a, struct snap *snap, const struct keyring *k,
                           int64_t agency, int64_t id, int64_t now_ms, struct draft *ret);
/* A token for the cookie; id and until_ms are the caller's. */
MUST_CHECK err draft_begin(struct arena *a, const struct keyring *k, struct draft *draft);
/* A code, unless it has one. */
MUST_CHECK err draft_code_make(struct arena *a, const struct keyring *k,
                               struct draft *draft);
/* Until when it is kept when it is saved now. */
int64_t draft_until(const struct draft *draft, int64_t now_ms);
/* "1234-5678-9ABC" */
str draft_code_text(struct arena *a, str code);
/* Seals `answers`; in check, before the commit. */
MUST_CHECK err draft_seal(struct arena *a, const struct keyring *k, struct draft *draft);

/* commit. */
MUST_CHECK err draft_put(struct arena *a, struct tx *tx, const struct draft *draft);
MUST_CHECK err draft_sent(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                          str case_number);
/* At most 200 of those that ended before `now_ms`. */
MUST_CHECK err draft_sweep(struct arena *a, struct tx *tx, int64_t now_ms,
                           int64_t *ret_swept);

#endif
