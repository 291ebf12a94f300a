/* apply_view — what the pages of an application show.
 *
 * Plain values, made by the _web.c files; a view decides nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_APPLY_VIEW_H
#define BIANMIN_FEATURE_APPLY_VIEW_H

#include "base/words.h"
#include "desk/field/field.h"
#include "desk/frame/seal.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

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
    const struct field *fields;
    size_t fields_count;
    bool first, needs_notice, more;
    bool lost, lost_others; /* what was typed is gone; all but one page of it */
    struct field_notice notice;
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
