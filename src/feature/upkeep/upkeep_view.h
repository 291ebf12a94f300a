/* upkeep_view — what the pages of upkeep show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_UPKEEP_VIEW_H
#define BIANMIN_FEATURE_UPKEEP_VIEW_H

#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct upkeep_row {
    struct label service;
    struct url link;
    int version, papers, looked_up, questions, seals;
    struct words limit;
    str looked, next;
    bool is_online, is_elsewhere, is_due;
};
struct upkeep_all {
    const struct upkeep_row *rows;
    size_t rows_count;
    int64_t all, online, elsewhere, papers, looked_up, due;
    bool none;
    struct url ways;
};

struct upkeep_change {
    struct words say;
};
struct upkeep_version {
    int version, papers, looked_up, questions, seals;
    str since;
    struct words limit;
    const struct upkeep_change *changes; /* against the version before */
    size_t changes_count;
};
struct upkeep_look {
    str at, who, found, next;
    int version;
    bool changes;
};
struct upkeep_one {
    struct label service;
    const struct upkeep_version *versions;
    size_t versions_count;
    const struct upkeep_look *looks;
    size_t looks_count;
    struct url put;
    str form_token;
    bool stays, changes, finding_bad, may_look;
    struct words finding_error;
    struct entry found, next;
    struct shell_mistakes mistakes;
};

struct upkeep_year {
    str value, text;
    bool chosen;
};
struct upkeep_way {
    struct label service;
    int64_t all, online, telephone, before;
    str share, share_before, in_time;
};
struct upkeep_brought {
    struct label service;
    struct words way;
    str source;
    int64_t amount;
};
/* What came of what was done while one waited. */
struct upkeep_result {
    struct label service;
    int64_t done, not_done, passed_on;
};
struct upkeep_extended {
    struct words month;
    int64_t statutory, control;
};
struct upkeep_ways {
    struct url here;
    const struct upkeep_year *years;
    size_t years_count;
    str year, year_before;
    const struct upkeep_way *rows;
    size_t rows_count;
    struct upkeep_way sum;
    const struct upkeep_brought *brought;
    size_t brought_count;
    int64_t items, elsewhere, items_new;
    const struct upkeep_result *results;
    size_t results_count;
    const struct upkeep_extended *extended;
    size_t extended_count;
    struct upkeep_extended extended_sum;
    bool none, none_brought, none_results, none_extended;
};

#endif
