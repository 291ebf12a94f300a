/* What the page of the tables of assignment shows.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_ASSIGNMENT_VIEW_H
#define BIANMIN_FEATURE_ASSIGNMENT_VIEW_H

#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct assignment_option {
    str value, text;
    bool chosen;
};
/* A unit whose tables may be looked at. */
struct assignment_unit {
    struct label name;
    struct url link;
    bool current;
};
/* Which services find their officer how. */
struct assignment_rule {
    struct words how;
    const struct label *services;
    size_t services_count;
};
/* One village, one weekday. */
struct assignment_row {
    str key, key_name, to_name; /* fields key.0 and to.0 */
    struct words name, now, entered, error;
    bool nobody, bad;
    const struct assignment_option *options;
    size_t options_count;
};
/* What is said for later, or for a single day. */
struct assignment_later {
    str kind, key, since;
    struct words what, who, day;
};
struct assignment_table {
    struct words heading, column, help, first_label;
    str kind, id;
    bool may_edit, none, has_later, is_roster;
    const struct assignment_row *rows;
    size_t rows_count;
    const struct assignment_later *later;
    size_t later_count;
    struct entry fresh; /* another village; a single day */
    struct assignment_row fresh_to;
    struct entry since;
    str form_token, unit;
    struct url save, take_back;
};
struct assignment_page {
    struct label unit;
    const struct assignment_unit *units;
    size_t units_count;
    const struct assignment_rule *rules;
    size_t rules_count;
    bool several, saved, may_edit, no_rules;
    struct assignment_table villages, roster;
    struct shell_mistakes mistakes;
};

#endif
