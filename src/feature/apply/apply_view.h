/* apply_view — what the pages of an application show.
 *
 * Plain values, made by the _web.c files; a view decides nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_VIEW_H
#define BIANMIN_FEATURE_APPLY_VIEW_H

#include "base/words.h"
#include "desk/frame/seal.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

/* One line to tick. */
struct apply_choice {
    str id, name, value;
    struct label label, help;
    struct words text; /* instead of the label: yes, no */
    bool is_radio, checked;
};
/* One of several boxes of a question: the year of a date, the street of an address. */
struct apply_box {
    str id, name, value, autocomplete, width;
    struct words before, after;
    bool bad, wide;
    str described;
    bool numeric;
};
/* PDPA §8: what must be told before personal data are taken. */
struct apply_notice {
    struct label office, purpose;
    int64_t years;
    str telephone;
};
struct apply_field {
    str id, name;
    struct label label, help;
    bool optional;
    struct words mistake;
    str described; /* ids of hint and mistake */
    /* How it is asked; one of them is true. */
    bool is_note, is_input, is_paragraph, is_boxes, is_choices, is_file, is_consent;
    bool is_date, in_row;
    str input_type, input_mode, autocomplete, width, value;
    bool is_code;   /* no spelling help, capitals */
    int64_t signs;  /* most signs; 0: no end */
    struct words unit;
    const struct apply_box *boxes;
    size_t boxes_count;
    const struct apply_choice *choices;
    size_t choices_count;
    struct words file_rule;
    str file_accept, file_name, file_kept, kept_name, remove_name;
    struct words file_size;
    struct apply_notice notice;
};

struct apply_stub {
    int64_t number;
    struct label title;
    struct words text; /* the last one: check and send */
    struct url link;
    bool done, here;
};
struct apply_stubs {
    const struct apply_stub *list;
    size_t list_count;
};
struct apply_aside {
    struct words limit, fee;
    struct label unit;
    str telephone;
    struct url service, phone_url;
};
struct apply_step {
    struct label service, title, lead;
    int64_t number, count;
    struct apply_stubs stubs;
    struct shell_mistakes mistakes;
    struct url action, back;
    const struct apply_field *fields;
    size_t fields_count;
    bool first, needs_notice, more;
    bool lost, lost_others; /* what was typed is gone; all but one page of it */
    struct apply_notice notice;
    struct apply_aside aside;
};

struct apply_line {
    struct label label;
    str text;
    struct words empty;
};
struct apply_part {
    struct label title;
    struct url change;
    const struct apply_line *lines;
    size_t lines_count;
};
struct apply_review {
    struct label service;
    struct apply_stubs stubs;
    struct shell_mistakes mistakes;
    const struct apply_part *parts;
    size_t parts_count;
    struct url action, back;
    struct apply_aside aside;
};

#endif
