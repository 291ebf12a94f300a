/* What the pages of points show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_POINTS_VIEW_H
#define BIANMIN_FEATURE_POINTS_VIEW_H

#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct points_option {
    str value, text;
    bool chosen;
};
struct points_month {
    struct words name;
    struct url link;
    bool current;
};
struct points_line_view {
    struct label service;
    int64_t cases, hard, points;
};
struct points_objection_view {
    str id, who, at, reason, answer, field, answer_field, delta_field;
    struct words month, state, error;
    const char *tone;
    int64_t delta;
    bool is_open, has_delta, has_answer, bad;
    struct url to;
};
/* One's own count. */
struct points_own {
    bool on, none, has_objections;
    struct words month;
    const struct points_month *months;
    size_t months_count;
    const struct points_line_view *lines;
    size_t lines_count;
    int64_t cases, hard, points, corrected;
    bool is_corrected;
    const struct points_objection_view *objections;
    size_t objections_count;
    str form_token, month_key;
    struct url object;
    struct entry reason;
    struct url rules, list;
    bool may_list, may_rules, saved;
    struct shell_mistakes mistakes;
};
/* The list: in the order of the directory, no rank. */
struct points_person {
    str name, title;
    struct label unit;
    int64_t cases, hard, corrected;
};
struct points_list {
    bool on, none, has_objections, saved;
    struct words month;
    const struct points_month *months;
    size_t months_count;
    const struct points_person *people;
    size_t people_count;
    const struct points_objection_view *objections;
    size_t objections_count;
    str form_token;
    struct url rules, report;
    bool may_rules;
    struct shell_mistakes mistakes;
};
/* The list of a month: drawn up, approved, gone round. */
struct points_month_list {
    bool on, drawn, approved, returned, is_over, waits, may_draw, may_decide, went_round;
    str form_token, month_key, drawn_by, drawn_at, decided_by, decided_at, note;
    struct words month;
    const struct points_month *months;
    size_t months_count;
    const struct points_person *top, *people;
    size_t top_count, people_count;
    struct url draw, decide, list, circulation;
    struct entry why;
    struct shell_mistakes mistakes;
};
/* Switch and rates. */
struct points_rate_view {
    struct label service;
    str id, proposed_by, decided_by;
    struct words since, state;
    const char *tone;
    int64_t points, hard_percent;
    bool waits;
    struct url to;
};
struct points_rules {
    bool on, has_rates, may_switch, may_propose, may_approve, saved, has_next;
    struct words next; /* what was said for a later day */
    str form_token;
    struct url to_switch, propose;
    struct entry since, rate_since, points, hard;
    const struct points_option *services;
    size_t services_count;
    const struct points_rate_view *rates;
    size_t rates_count;
    struct words service_error;
    bool service_bad;
    struct shell_mistakes mistakes;
};

#endif
