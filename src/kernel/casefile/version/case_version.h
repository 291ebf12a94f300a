/* case_version — running cases on an old version of their service, and what would become of
 * one on another version.
 *
 * A case keeps the version under which it came. It is moved by an act (ACT_MOVE):
 * questions, papers, fee and deciding level are those of the new version then, and both
 * clocks go by its rules, with the pauses and extensions that there were. What is past its
 * term is not moved: late stays late.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_CASE_VERSION_H
#define BIANMIN_KERNEL_CASEFILE_CASE_VERSION_H

#include "kernel/casefile/casefile.h"
#include "kernel/service/diff.h"

struct case_clock;
extern const struct query_list casefile_version_queries;

/* The preview before the act. */
struct case_version_look {
    const struct service *from, *to;
    struct service_move move;
    day due_was, due_will, control_was, control_will; /* DAY_NONE: no term */
    bool paused;
    bool late_at_once; /* its term would be past today */
    enum level level_was, level_will;
};
/* Opens the answers for the rules and shows none. Fails: ERR_INPUT (field version: there is
 * none like that), ERR_CONFLICT (it is past its term). */
MUST_CHECK err casefile_version_look(struct arena *a, struct snap *snap,
                                     const struct keyring *k, const struct catalog *catalog,
                                     const struct calendar *cal, const struct casefile *c,
                                     int version, int64_t now_ms,
                                     struct case_version_look *ret);

/* For the act: whether it can be moved there; and what the new version makes of it. */
struct case_version_rules {
    struct case_clock *clocks; /* statutory and control as they begin then */
    enum level level, proposes;
};
MUST_CHECK err case_version_check(struct arena *a, const struct casefile *c, int version,
                                  int64_t now_ms);
MUST_CHECK err case_version_prepare(struct arena *a, struct snap *snap,
                                    const struct keyring *k, const struct catalog *catalog,
                                    const struct casefile *c, int version,
                                    struct case_version_rules *ret);

/* For a correction: the clocks by the rules of its own version with these answers; NULL
 * where they stay as they are: nothing in them depends on it, or it is past its term, so
 * that what is late stays late. */
MUST_CHECK err case_version_corrected(struct arena *a, struct snap *snap,
                                      const struct keyring *k,
                                      const struct catalog *catalog,
                                      const struct casefile *c, int64_t now_ms,
                                      const struct sealed_answer *corrected, size_t count,
                                      const struct case_clock **ret);

/* Undecided cases of this service on versions before `newest`, the oldest version first,
 * from the one after (`after_version`, `after_id`) on. */
struct case_version_query {
    str service;
    int newest;
    int after_version; /* 0: the first page */
    int64_t after_id;
    int most;
};
MUST_CHECK err casefile_on_old(struct arena *a, struct snap *snap, int64_t agency,
                               const struct case_version_query *q, struct casefile **ret,
                               size_t *ret_count);
/* How many on each of these versions; counts end at VERSION_COUNTED in all. */
#define VERSION_COUNTED 5000
struct case_version_count {
    int version;
    int64_t cases;
};
MUST_CHECK err casefile_old_counts(struct arena *a, struct snap *snap, int64_t agency,
                                   str service, int newest,
                                   struct case_version_count **ret, size_t *ret_count);

#endif
