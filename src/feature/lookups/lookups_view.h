/* lookups_view — what the pages about look-ups show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LOOKUPS_VIEW_H
#define BIANMIN_FEATURE_LOOKUPS_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct lookups_option {
    str value, text;
    bool chosen;
};
struct lookups_fact {
    str label, value;
};
struct lookups_row {
    struct words reg, purpose, state, how;
    struct words why, next;  /* no answer came: why, and what happens now */
    str paper, who, at, subject, reference, as_of;
    bool waits, found, failed, has_facts, has_paper, has_why, simulated;
    const struct lookups_fact *facts;
    size_t facts_count;
};
/* On a case: what was asked, and the form to ask. */
struct lookups_body {
    bool none, shown, may_ask, electronic, simulated, waits;
    struct url ask, here;
    str form_token;
    const struct lookups_row *rows;
    size_t rows_count;
    const struct lookups_option *choices, *purposes;
    size_t choices_count, purposes_count;
    struct entry reference, day, seen;
};
struct lookups_case {
    struct lookups_body body;
    str number;
    struct url casefile;
    struct words stale;
    struct shell_mistakes mistakes;
};

struct lookups_count {
    str service;
    int64_t cases, looked_up, lookups, before, by_hand, failed;
    str share;
};
struct lookups_drawn {
    str id, at, who, number, turn, month, form_token;
    struct words reg, purpose;
    bool looked, in_order, may_look;
    str note, by;
    struct url to;
};
struct lookups_counts {
    struct url here;
    str month, key, seed;
    bool none, over, may_audit, has_draw;
    const struct lookups_option *months;
    size_t months_count;
    const struct lookups_count *list;
    size_t list_count;
    int64_t lookups, before, year_ago;
    str share, share_year_ago; /* of the cases received in the month */
    const struct lookups_drawn *drawn;
    size_t drawn_count;
    struct words stale;
    struct shell_mistakes mistakes;
};

#endif
