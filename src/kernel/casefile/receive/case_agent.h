/* case_agent — who applies for the applicant (代理人，行政程序法 §24): his name, what he is to
 * him, the letter of attorney, and whether his identity was seen. Kept beside the case,
 * sealed; its hash stands in an event.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_AGENT_H
#define BIANMIN_KERNEL_CASEFILE_CASE_AGENT_H

#include "base/err.h"
#include "base/words.h"

struct keyring;
struct snap;
struct tx;
struct query_list;
extern const struct query_list casefile_agent_queries;

struct case_agent {
    str name;      /* "": the applicant applies himself */
    str relation;  /* 女兒, 代書 */
    str authority; /* number or date of the letter of attorney; "" none is needed */
    str telephone;
    bool id_seen;
    str masked;    /* 林○青 */
    str sealed;    /* made by case_agent_seal */
};
/* What is missing or too long; fields agent_name agent_relation agent_authority
 * agent_telephone. */
void case_agent_check(struct case_agent *x, struct mistakes *m);
/* check: masks and seals. */
MUST_CHECK err case_agent_seal(struct arena *a, const struct keyring *k, int64_t agency,
                               int64_t casefile, struct case_agent *x);
/* commit, behind casefile_receive, with its event. `staff` 0: on line. */
MUST_CHECK err case_agent_put(struct arena *a, struct tx *tx, int64_t agency,
                              int64_t casefile, int64_t staff, int64_t now_ms,
                              const struct case_agent *x);
/* `*ret_found` false: the applicant himself. With `open` all of it; only while the case is
 * shown. Fails: ERR_BROKEN (changed). */
MUST_CHECK err casefile_agent(struct arena *a, struct snap *snap, const struct keyring *k,
                              int64_t agency, int64_t casefile, bool open,
                              struct case_agent *ret, bool *ret_found);

#endif
