/* sheets_view — what the pages of sheets show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_VIEW_H
#define BIANMIN_FEATURE_SHEETS_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/sheet/sheet.h"
#include "host/html/html.h"

/* One sheet with the forms it comes in. */
struct sheets_link {
    struct words name;
    struct words way; /* of a procedure */
    struct url page, pdf, odt;
};
struct sheets_all {
    struct label service;
    struct url back;
    const struct sheets_link *sheets;
    size_t sheets_count;
};
struct sheets_one {
    str title;
    struct url pdf, odt, all;
    bool is_sample, all_services;
    struct sheet sheet;
};

/* What hangs on the walls. */
struct sheets_posting {
    str title, place, who, at, form_token, id;
    int version, now;
    str today;
    bool is_old, is_gone, has_photo;
    bool by_day; /* it tells by its day, not by a version: money changed */
    struct url photo, replace, down;
};
struct sheets_option {
    str value, text;
    bool chosen;
};
struct sheets_postings {
    const struct sheets_posting *rows, *old, *done; /* done: replaced or taken down */
    size_t rows_count, old_count, done_count;
    int64_t hung, all, percent;
    const struct sheets_option *options;
    size_t options_count;
    struct url put, shelf;
    bool may_shelve;
    str form_token;
    struct entry place, own_title;
    struct shell_mistakes mistakes;
};
/* Before a definition is published: what becomes of its papers. */
struct sheets_publish {
    bool none;
    const str *anew;
    size_t anew_count;
    const struct sheets_posting *old;
    size_t old_count;
    int64_t old_many;
};
/* Forms that belong to no service. */
struct sheets_form {
    struct label name, unit;
    str number, law, checked, next_check, updated;
    int version;
    bool has_odt, has_pdf, is_due, on_shelf;
    struct url odt, pdf, edit;
};
struct sheets_download {
    str what, format;
    int64_t this_month, total;
};
struct sheets_shelf {
    struct label office;
    const struct sheets_form *rows;
    size_t rows_count;
    /* for staff */
    bool is_known, on_shelf;
    str id, form_token;
    int version;
    struct url put;
    struct entry number, zh, en, ja, law, checked, next_check;
    const struct sheets_option *units;
    size_t units_count;
    const struct sheets_download *downloads;
    size_t downloads_count;
    struct shell_mistakes mistakes;
};

#endif
