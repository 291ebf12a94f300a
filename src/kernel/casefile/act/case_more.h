/* case_more — what belongs to some cases besides answers and history: cases that belong
 * together, questions to the law study group, the grounds of
 * a decision against.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_MORE_H
#define BIANMIN_KERNEL_CASEFILE_CASE_MORE_H

#include "kernel/casefile/act/act.h"

extern const struct query_list casefile_more_queries;

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

/* Answers of the law study group (those that wait: study.h). */
struct case_study {
    int64_t casefile, asked_ms, answered_ms;
    str number, service, lesson;
};
/* What the next clerk should know of this service, the newest first. */
MUST_CHECK err casefile_lessons(struct arena *a, struct snap *snap, int64_t agency,
                                str service, int most, struct case_study **ret,
                                size_t *ret_count);

/* Commit, for casefile_act: the rows of an act. `changes` is the act's. */
MUST_CHECK err case_more_put(struct arena *a, struct tx *tx, struct act_wish *w,
                             const struct casefile *before, int64_t changes);

#endif
