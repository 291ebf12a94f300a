/* intake_store — what is kept beside a case that a member of staff has taken in.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_INTAKE_STORE_H
#define BIANMIN_FEATURE_INTAKE_STORE_H

#include "base/err.h"
#include "feature/intake/intake_rules.h"

struct keyring;
struct snap;
struct store;
struct tx;

struct intake_record {
    int64_t agency, casefile;
    str service;
    enum case_channel channel;
    bool by_agent, called_back, incomplete;
    day filed, from_day;   /* DAY_NONE: not said */
    str identity, from_office;
    int64_t list, notice;  /* 0: none */
    str without;           /* keys of questions, a blank between */
    str ground;            /* why they could not be answered; sealed where it is kept */
    int64_t unit, staff, at_ms;
};
struct intake_seen {
    enum once_kind kind;
    str key;
    enum intake_paper_state state;
};
/* Seals `ground`; in check. */
MUST_CHECK err intake_record_seal(struct arena *a, const struct keyring *k,
                                  struct intake_record *r, str *ret_sealed);
/* commit, behind casefile_receive, with its event. Papers that are not needed are left
 * out. */
MUST_CHECK err intake_record_put(struct arena *a, struct tx *tx,
                                 const struct intake_record *r, str ground_sealed,
                                 const struct intake_papers *papers);
/* Fails: ERR_MISSING (the case did not come this way). `ground` stays shut. */
MUST_CHECK err intake_record_load(struct arena *a, struct snap *snap, int64_t agency,
                                  int64_t casefile, struct intake_record *ret);
MUST_CHECK err intake_record_ground(struct arena *a, struct snap *snap,
                                    const struct keyring *k, const struct intake_record *r,
                                    str *ret_ground);
MUST_CHECK err intake_seen_of(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t casefile, struct intake_seen **ret,
                              size_t *ret_count);
/* The cases of one list, in the order of their lines. */
MUST_CHECK err intake_list_cases(struct arena *a, struct snap *snap, int64_t agency,
                                 int64_t list, int64_t **ret, size_t *ret_count);

/* Taken in from an instant to before another, by service and way. */
struct intake_sum {
    str service;
    enum case_channel channel;
    int64_t cases, incomplete, by_agent;
};
MUST_CHECK err intake_sums(struct arena *a, struct snap *snap, int64_t agency,
                           int64_t from_ms, int64_t to_ms, struct intake_sum **ret,
                           size_t *ret_count);

/* commit, behind casefile_receive: asks the registers for the papers that were ticked as
 * looked up, in the name of who takes it in; one id a question. */
#define INTAKE_LOOKUPS_MOST 60
struct intake_lookups {
    const struct actor *who;
    const struct catalog *catalog;
    const struct keyring *keyring;
    int64_t casefile, now_ms;
    bool simulated;
    int64_t ids[INTAKE_LOOKUPS_MOST];
};
MUST_CHECK err intake_lookups_ask(struct arena *a, struct tx *tx,
                                  const struct intake_lookups *x,
                                  const struct intake_papers *papers);

/* An uploaded file as text, whichever encoding it has. Fails: ERR_INPUT. */
MUST_CHECK err intake_file_text(struct arena *a, struct store *s, const struct keyring *k,
                                int64_t file, str *ret_text);

#endif
