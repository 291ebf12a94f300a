/* tally — what an office did without opening a case: a stroke for what was done while one
 * waited (登錄深度 short), a month's number for what is kept in another system (count,
 * elsewhere).
 *
 * No personal data, no clock. A stroke is a row that nobody changes; one made by mistake is
 * taken back by a further row of the opposite amount, so adding up is always right. A
 * month's number that comes again takes back the one before.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_TALLY_H
#define BIANMIN_KERNEL_TALLY_H

#include "base/err.h"
#include "kernel/flow/flow.h"
#include "kernel/party/party.h"

struct snap;
struct tx;
struct query_list;
extern const struct query_list tally_queries;

enum tally_kind { TALLY_SHORT, TALLY_BROUGHT, TALLY_KINDS };
enum tally_result { TALLY_DONE, TALLY_NOT_DONE, TALLY_PASSED_ON, TALLY_RESULTS };
extern const str tally_result_key[TALLY_RESULTS];       /* done not_done passed_on */
extern const char *const tally_result_name[TALLY_RESULTS]; /* MSG ids */
bool tally_result_from_key(str key, enum tally_result *ret);

#define TALLY_UNDO_MS INT64_C(60000)     /* how long a stroke can be taken back */
#define TALLY_AMOUNT_MOST INT64_C(10000000)
#define TALLY_SOURCE_SIGNS 60

/* Months as numbers: western year * 12 + month - 1. */
int tally_month_of(day d);
day tally_month_first(int month);

struct tally {
    int64_t agency, id;
    enum tally_kind kind;
    str service;
    int service_version;
    enum tally_result result;
    bool told;             /* a one-time notice was handed over */
    enum case_channel channel;
    int month;
    int64_t amount;        /* negative: takes back */
    str source;            /* brought in: which system */
    int64_t unit, staff, at_ms;
    int64_t takes_back;    /* 0: none */
};

/* commit. One stroke, with its event. `t->id` is the caller's; amount is 1. */
MUST_CHECK err tally_stroke(struct arena *a, struct tx *tx, const struct tally *t);
/* commit. Takes back a stroke of one's own within TALLY_UNDO_MS, under the id `as`. Fails:
 * ERR_MISSING (not his), ERR_CONFLICT (too late, taken back already). */
MUST_CHECK err tally_undo(struct arena *a, struct tx *tx, const struct actor *who,
                          int64_t now_ms, int64_t id, int64_t as);
/* commit. A month's number of a service, way and source; one that was there is taken back
 * under the id `as`. `*ret_before`: what it was, -1 when there was none; the same
 * number again writes nothing. Fails: ERR_INPUT (fields amount, source). */
MUST_CHECK err tally_bring(struct arena *a, struct tx *tx, const struct tally *t,
                           int64_t as, int64_t *ret_before);

/* A stroke, and whether it was taken back. Fails: ERR_MISSING. */
MUST_CHECK err tally_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                          struct tally *ret, bool *ret_taken_back);
/* Strokes done since an instant, by anybody, that still count; the newest first. */
MUST_CHECK err tally_done(struct arena *a, struct snap *snap, int64_t agency,
                          int64_t since_ms, int most, struct tally **ret,
                          size_t *ret_count);
/* The last stroke of this person since `since_ms` that still counts; ERR_MISSING. */
MUST_CHECK err tally_last(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                          int64_t since_ms, struct tally *ret);
/* The number of a service, way and source that counts in this month; -1 none. */
MUST_CHECK err tally_brought(struct arena *a, struct snap *snap, const struct tally *t,
                             int64_t *ret_amount);

/* Added up from month to month, both included; in order of month and service. */
struct tally_sum {
    int month;
    str service;
    enum tally_kind kind;
    enum tally_result result;
    bool told;
    enum case_channel channel;
    str source;
    int64_t amount;
};
MUST_CHECK err tally_sums(struct arena *a, struct snap *snap, int64_t agency, int from,
                          int to, struct tally_sum **ret, size_t *ret_count);
/* How often each service was stroked by a unit in these months, the most first. */
struct tally_use {
    str service;
    int64_t times;
};
MUST_CHECK err tally_used(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                          int from, int to, struct tally_use **ret, size_t *ret_count);

#endif
