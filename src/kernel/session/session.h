/* session — who is signed in, proved by a random token of which only the hash is kept.
 *
 * A session ends after 30 minutes without a request and after 10 hours in any case. Reading
 * never writes: the last request is remembered in memory and brought to the database by a
 * job. Five failures lock a sign-in name for 15 minutes; each answer to a failure comes
 * later than the one before.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_SESSION_H
#define BIANMIN_KERNEL_SESSION_H

#include "base/err.h"
#include "base/str.h"

struct snap;
struct store;
struct tx;
struct keyring;
struct query_list;
extern const struct query_list session_queries;

#define SESSION_IDLE_MS INT64_C(1800000)
#define SESSION_LIFE_MS INT64_C(36000000)
#define SESSION_SHOWN_MS INT64_C(600000) /* how long "show" stays open */
#define SESSION_LOCK_MS INT64_C(900000)
#define SESSION_FAILURES 5

struct session {
    int64_t id, agency, staff; /* staff 0: nobody */
    int64_t began_ms, seen_ms;
    str form_token; /* in every staff form */
};

/* Token for the cookie: 24 random bytes as hex; `ret_hash` is what is kept. Made in
 * check. */
MUST_CHECK err session_token(struct arena *a, const struct keyring *k, str *ret_token,
                             str *ret_hash);
MUST_CHECK err session_find(struct arena *a, struct snap *snap, const struct keyring *k,
                            str token, int64_t now_ms, struct session *ret);
MUST_CHECK err session_begin(struct arena *a, struct tx *tx, const struct session *s,
                             str token_hash);
/* The last request, from memory (a job, every minute or so). */
MUST_CHECK err session_seen(struct arena *a, struct tx *tx, int64_t id, int64_t seen_ms);
MUST_CHECK err session_end(struct arena *a, struct tx *tx, int64_t id);
MUST_CHECK err session_end_all(struct arena *a, struct tx *tx, int64_t agency,
                               int64_t staff);
/* All but one of them. */
MUST_CHECK err session_end_others(struct arena *a, struct tx *tx, int64_t agency,
                                  int64_t staff, int64_t keep);
/* The living sessions of one person, newest first; without form_token. */
MUST_CHECK err session_list(struct arena *a, struct snap *snap, int64_t agency,
                            int64_t staff, int64_t now_ms, struct session **ret,
                            size_t *ret_count);

/* One-time links: set a password, finish the set-up. Kept as hash, used once, 72 h. */
enum ticket_use { TICKET_PASSWORD, TICKET_SETUP };
/* What is kept of the token of a one-time link (made by session_token). */
str ticket_hash(struct arena *a, const struct keyring *k, str token);
MUST_CHECK err ticket_put(struct arena *a, struct tx *tx, enum ticket_use use,
                          str token_hash, int64_t agency, int64_t staff, int64_t until_ms);
MUST_CHECK err ticket_find(struct arena *a, struct snap *snap, const struct keyring *k,
                           enum ticket_use use, str token, int64_t now_ms,
                           int64_t *ret_agency, int64_t *ret_staff);
MUST_CHECK err ticket_take(struct arena *a, struct tx *tx, enum ticket_use use,
                           str token_hash, int64_t now_ms);

/* Failures of a sign-in name. `ret_until_ms`: no try is looked at until then (a few
 * seconds, more with each failure; after the fifth the lock), 0 when free. */
MUST_CHECK err lock_state(struct arena *a, struct snap *snap, int64_t agency, str sign_name,
                          int64_t now_ms, int *ret_failures, int64_t *ret_until_ms);
MUST_CHECK err lock_failed(struct arena *a, struct tx *tx, int64_t agency, str sign_name,
                           int64_t now_ms);
MUST_CHECK err lock_clear(struct arena *a, struct tx *tx, int64_t agency, str sign_name);

/* How long the next try waits after the n-th failure: 0, 1 s, 2 s, 4 s, 8 s. */
int64_t lock_delay_ms(int failures);
/* When a try may come again after the n-th failure at `last_ms`; 0: nobody waits, so who
 * asked a moment before it (at another program) is not too soon. */
int64_t lock_until_ms(int failures, int64_t last_ms);
/* Throws away what has ended (a job): old failures of the agency; for the city also
 * sessions and used or old links. */
MUST_CHECK err session_sweep(struct arena *a, struct tx *tx, int64_t agency,
                             int64_t now_ms);

/* Whether the key belongs to the database; the first start writes the proof where it may.
 * After store_start. Fails: ERR_DENIED (another key). */
MUST_CHECK err key_proof(struct arena *a, struct store *s, const struct keyring *k,
                         bool may_write);
extern const struct query_list key_proof_queries;

#endif
