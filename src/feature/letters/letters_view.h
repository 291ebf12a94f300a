/* letters_view — what the pages of letters show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LETTERS_VIEW_H
#define BIANMIN_FEATURE_LETTERS_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "desk/sheet/sheet.h"
#include "host/html/html.h"

struct letters_option {
    str value;
    struct words text;
    bool chosen;
};
/* A letter in a list. */
struct letters_row {
    struct words name, state;
    str number, day, case_number, css;
    struct label service;
    bool has_number, may_open; /* may_open: of his unit, or his to see */
    struct url page, casefile;
};
/* Those of one case, on its page, and the way to a new one. */
struct letters_case {
    const struct letters_row *rows;
    size_t rows_count;
    const struct letters_option *forms;
    size_t forms_count;
    bool none, may_write, shown;
    struct url begin;
    str form_token, number;
};
/* All that wait for a number, or were issued. */
struct letters_all {
    const struct letters_row *drafts, *issued;
    size_t drafts_count, issued_count;
    struct url numbers, seals, templates;
    str form_token;
    struct entry lines;
    struct shell_mistakes mistakes;
};
struct letters_pick {
    str name;
    struct words label;
    const struct letters_option *options;
    size_t options_count;
};
/* One letter: a draft with its form, or what was issued. */
struct letters_one {
    struct words name, state, say;
    str case_number, form_token;
    int64_t changes;
    bool waits; /* a draft that tells a decision not made yet */
    bool shown, is_draft, may_write, has_scan, is_certificate, is_issued, is_withdrawn,
        own_series, stale, ends;
    struct words stale_say;
    str number, day, issued_by, valid_until, withdrawn_why, series;
    struct url confirm;
    struct words seal, sealed;
    struct url casefile, change, issue, drop, scan, scan_file, withdraw, pdf, odt, send;
    const struct letters_option *ways; /* how it was sent */
    size_t ways_count;
    struct entry sent_day;
    struct words ways_error;
    bool ways_bad;
    const struct entry *entries;
    size_t entries_count;
    const struct letters_pick *picks;
    size_t picks_count;
    struct entry issue_number, issue_day, why;
    struct shell_mistakes mistakes;
    struct sheet sheet;
};
/* 用印登記 */
struct letters_seal {
    str at, number, approved_by, sealed_by, sealed_at, form_token;
    struct words what, seal;
    int64_t copies;
    bool waits, may_seal, may_open;
    struct url done, page;
};
struct letters_seals {
    struct url here, pdf, odt;
    str month;
    const struct letters_option *months;
    size_t months_count;
    const struct letters_seal *waiting, *rows;
    size_t waiting_count, rows_count;
    bool none;
    struct words stale;
};
/* What somebody who scans a certificate is told. */
struct letters_confirm {
    struct label office;
    struct words kind;
    str number, day, until, withdrawn;
    bool good, is_withdrawn, is_over, has_until;
};
/* Templates. */
struct letters_form_row {
    str form, at, form_token;
    struct words name;
    int version;
    bool own;
    struct url plain, to, file;
};
struct letters_forms {
    const struct letters_form_row *rows;
    size_t rows_count;
    struct shell_mistakes mistakes;
};

#endif
