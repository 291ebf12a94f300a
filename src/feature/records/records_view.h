/* records_view — what the page of a month shows: sums, the draw, what was found.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_VIEW_H
#define BIANMIN_FEATURE_RECORDS_VIEW_H

#include "base/words.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct records_option {
    str value, text;
    bool chosen;
};
struct records_reason {
    struct words reason;
    int64_t cases, lists, names;
};
struct records_reader {
    str name;
    struct label unit;
    int64_t outside, own, total;
};
/* What was found in a reading, once. */
struct records_look {
    bool in_order;
    str who, at, note;
};
/* A drawn reading. */
struct records_row {
    int64_t place, seq, names, others;
    str at, who, number, month, turn, form_token, note;
    struct label unit;
    struct words reason, error;
    bool is_list, own, outside, looked, may_look, bad;
    struct url to;
    const struct records_look *looks;
    size_t looks_count;
};
struct records_part {
    struct words title, share;
    const struct records_row *rows;
    size_t rows_count;
};

struct records_month {
    struct url here;
    str month;
    const struct records_option *months;
    size_t months_count;
    bool none, over, may_look, all_looked;
    int64_t total, outside, own, drawn, looked;
    const struct records_reason *reasons;
    size_t reasons_count;
    const struct records_reader *readers;
    size_t readers_count;
    const struct records_part *parts;
    size_t parts_count;
    str seed;
    int64_t last_seq;
    struct words stale;
    struct shell_mistakes mistakes;
};

#endif
