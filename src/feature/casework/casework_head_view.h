/* What the pages for who leads show: today's figures, seals, handing over a desk.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CASEWORK_HEAD_VIEW_H
#define BIANMIN_FEATURE_CASEWORK_HEAD_VIEW_H

#include "base/words.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_view.h"
#include "host/html/html.h"

/* A number, and the way down to its cases; without a link where there are none. */
struct casework_figure {
    int64_t count;
    struct url link;
};
struct casework_head_unit {
    struct label unit;
    struct casework_figure late, control, received, in_work, sent_back, consulted, waiting;
};
/* One case under control: why, what is to be done next, and by whom. */
struct casework_controlled {
    struct url link;
    str number, who;
    struct label service, unit;
    struct words step, by; /* by: where no single person is meant */
    struct casework_due due;
    bool late, control_late, special, asked, has_who;
};
struct casework_head_wait {
    struct words level;
    struct casework_figure figure;
};
struct casework_head {
    str day, month;
    bool is_open_day, none_late, more;
    bool of_unit; /* else of the whole office */
    struct label unit;
    struct casework_figure open, paused, special, late, control;
    struct casework_figure decided, decided_late, decided_today;
    struct words in_time; /* "97 %" */
    bool has_in_time;
    const struct casework_head_wait *waits;
    size_t waits_count;
    const struct casework_head_unit *units;
    size_t units_count;
    struct url seals;
    const struct casework_controlled *controlled;
    size_t controlled_count;
    bool none_controlled, more_controlled;
    struct html panels;
};

/* The cases behind a number. */
struct casework_behind {
    struct words title;
    struct label unit;
    bool of_unit, none, has_next, has_before;
    const struct casework_row *rows;
    size_t rows_count;
    struct url next, first;
};

struct casework_seal_row {
    struct label service;
    struct words version, mean, table;
    int64_t planned, cases, most;
    bool has_planned;
};
struct casework_seals {
    const struct casework_seal_row *rows;
    size_t rows_count;
    bool none;
    struct url authority;
};

/* Before a new version is published. */
struct casework_publish_version {
    struct words text;
};
struct casework_publish {
    bool none;
    int64_t cases;
    const struct casework_publish_version *versions;
    size_t versions_count;
};

struct casework_desk {
    str form_token;
    struct url action;
    const struct casework_option *from, *to;
    size_t from_count, to_count;
    struct words from_error, to_error;
    bool from_bad, to_bad, done;
    int64_t handed, left;
    struct shell_mistakes mistakes;
};

#endif
