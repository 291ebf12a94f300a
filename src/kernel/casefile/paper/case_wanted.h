/* case_wanted — what the applicant must supply (補正), as a list and as a form of its own.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_WANTED_H
#define BIANMIN_KERNEL_CASEFILE_CASE_WANTED_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_wanted_queries;

/* One thing that the applicant must supply: a question of the form or a paper of the
 * list. */
struct case_wanted {
    bool is_paper;
    str key;
};
#define CASE_WANTED_MOST 32


/* What was named when the case was sent back last; nothing while it is not sent back. */
struct case_wanted_list {
    struct case_wanted list[CASE_WANTED_MOST];
    size_t count;
    day until; /* DAY_NONE: not said */
};
MUST_CHECK err casefile_wanted(struct arena *a, struct snap *snap, const struct casefile *c,
                               struct case_wanted_list *ret);
/* Sent back, and the term to supply it is over: the officer reminds, or decides on what he
 * has. */
struct case_supply_over {
    int64_t id;
    str number, service;
    int service_version;
    day until;
};
MUST_CHECK err casefile_supply_over(struct arena *a, struct snap *snap, int64_t agency,
                                    int64_t officer, day today, int most,
                                    struct case_supply_over **ret, size_t *ret_count);
/* Exactly that as a form of one step: the questions of the service, each of them asked and
 * required, and a file for each paper (key "paper_" + its key). Whatever else the applicant
 * sends is not read. */
MUST_CHECK err casefile_wanted_form(struct arena *a, const struct service *s,
                                    const struct case_wanted_list *wanted,
                                    struct form *ret);
/* One question of the service alone: a field corrected on the applicant's word. */
MUST_CHECK err casefile_field_form(struct arena *a, const struct service *s, str key,
                                   struct form *ret);
/* The name of what is wanted; empty when the definition knows it no more. */
struct label casefile_wanted_name(const struct service *s, const struct case_wanted *w);
/* What a paper that was handed in later is called by its question; false: it is none. */
bool casefile_paper_of(const struct service *s, str question, struct label *ret);

/* ---- for the act ---- */

MUST_CHECK err case_wanted_put(struct arena *a, struct tx *tx, const struct casefile *c,
                               int64_t changes, const struct case_wanted_list *wanted);

#endif
