/* circulation_view — what the pages of circulation show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_CIRCULATION_VIEW_H
#define BIANMIN_FEATURE_CIRCULATION_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct circulation_row {
    struct url link;
    struct words kind;
    str title, who, at, due, read_at;
    int64_t readers, read;
    bool is_read, all_read, late, has_due;
};
struct circulation_lists {
    struct url fresh;
    bool may_send, has_sent, none;
    int64_t unread;
    const struct circulation_row *to, *sent;
    size_t to_count, sent_count;
};

struct circulation_option {
    str value, text;
    struct label label;
    bool chosen;
};
struct circulation_group {
    str value;
    struct label name;
    bool chosen;
    const struct circulation_option *people;
    size_t people_count;
};
struct circulation_form {
    struct url to;
    str form_token;
    struct entry title, text, link, due;
    const struct circulation_option *kinds;
    size_t kinds_count;
    const struct circulation_group *groups;
    size_t groups_count;
    struct words to_error, file_error;
    bool to_bad, file_bad;
    struct shell_mistakes mistakes;
};

struct circulation_person {
    struct label unit;
    str name, title, at;
    bool read;
};
struct circulation_page {
    struct words kind;
    str title, text, at, who, due, form_token, file_name;
    struct url link, file, mark, back;
    bool has_text, has_due, late, may_mark, marked, all_read;
    int64_t readers, read;
    str marked_at;
    const struct circulation_person *people;
    size_t people_count;
};

#endif
