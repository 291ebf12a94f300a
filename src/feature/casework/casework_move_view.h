/* What the pages show that move running cases to another version of their service.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_MOVE_VIEW_H
#define BIANMIN_FEATURE_CASEWORK_MOVE_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_view.h"

struct casework_change {
    struct words say;
    bool citizen; /* the applicant notices it; else only the office */
};
struct casework_missing {
    struct label label;
    struct words say;
};

/* The preview of one case. */
struct casework_move {
    str form_token, changes, number, to_value;
    struct label service;
    int64_t from, to;
    struct url here, act, casefile;
    bool may;
    struct words why_not;
    const struct casework_option *versions;
    size_t versions_count;
    bool has_versions; /* more than one to choose from */
    const struct casework_change *changed;
    size_t changed_count;
    const struct casework_missing *missing;
    size_t missing_count;
    bool none_changes, none_missing, has_dropped;
    int64_t dropped;
    struct words fee_was, fee_will;
    bool fee_moves, fee_kept; /* kept: somebody has acted on it already */
    str due_was, due_will, control_was, control_will;
    bool other_unit; /* the newer version names another unit: a step of its own */
    struct label unit;
    bool due_moves, control_moves, late_at_once, paused;
    struct words level_was, level_will;
    bool level_moves;
    struct entry text;
    struct shell_mistakes mistakes;
};

/* Running cases of a service on its old versions. */
struct casework_version_row {
    struct url link;
    str number, value, due_was, due_will, name;
    struct label unit;
    int64_t version, missing;
    struct words state, fee_was, fee_will, why_not;
    bool may, due_moves, fee_moves, has_missing, chosen;
};
struct casework_version_count {
    int64_t version, cases;
};
struct casework_versions {
    str form_token;
    struct label service;
    int64_t newest, moved;
    struct url here, next;
    const struct casework_version_count *counts;
    size_t counts_count;
    const struct casework_version_row *rows;
    size_t rows_count;
    bool none, has_next, may_any, done, more; /* more: not all were counted */
    struct entry text;
    struct words none_chosen;
    bool has_none_chosen;
    struct shell_mistakes mistakes;
};

#endif
