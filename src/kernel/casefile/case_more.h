/* case_more — what belongs to some cases besides answers and history: what the applicant
 * must supply, cases that belong together, questions to the law study group, the grounds of
 * a decision against.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_MORE_H
#define BIANMIN_KERNEL_CASEFILE_CASE_MORE_H

#include "kernel/casefile/casefile.h"

extern const struct query_list casefile_more_queries;

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

enum case_link_kind { LINK_SPLIT_TO, LINK_SPLIT_FROM, LINK_MERGED_INTO, LINK_MERGED_HERE };
struct case_link {
    enum case_link_kind kind;
    int64_t other;
    str number;
};
MUST_CHECK err casefile_links(struct arena *a, struct snap *snap, int64_t agency,
                              int64_t id, struct case_link **ret, size_t *ret_count);
/* The second case out of this one: its answers sealed anew, under the same lookup code. */
MUST_CHECK err casefile_split_prepare(struct arena *a, struct snap *snap,
                                      const struct keyring *k, struct id_source *ids,
                                      const struct service *s, const struct calendar *cal,
                                      str number_prefix, const struct casefile *c,
                                      int64_t now_ms, struct case_wish *ret);

/* Of the last decision or proposal against; `*ret_found` false: there are none.
 * Personal. */
MUST_CHECK err casefile_grounds(struct arena *a, struct snap *snap, const struct keyring *k,
                                const struct casefile *c, struct case_grounds *ret,
                                bool *ret_found);

/* Questions to the law study group. */
struct case_study {
    int64_t casefile, asked_ms, answered_ms;
    str number, service, lesson;
    bool instructed; /* it is with the higher agency */
};
/* What the next clerk should know of this service, the newest first. */
MUST_CHECK err casefile_lessons(struct arena *a, struct snap *snap, int64_t agency,
                                str service, int most, struct case_study **ret,
                                size_t *ret_count);
/* What waits for an answer. */
MUST_CHECK err casefile_studies(struct arena *a, struct snap *snap, int64_t agency,
                                int most, struct case_study **ret, size_t *ret_count);

/* Commit, for casefile_act: the rows of an act. `changes` is the act's. */
MUST_CHECK err case_more_put(struct arena *a, struct tx *tx, struct act_wish *w,
                             const struct casefile *before, int64_t changes);

#endif
