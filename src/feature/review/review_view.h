/* review_view — what the pages and the panel of review show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_REVIEW_VIEW_H
#define BIANMIN_FEATURE_REVIEW_VIEW_H

#include "base/words.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

/* What was found, once. */
struct review_found {
    struct words outcome;
    const char *tone; /* class of the tag */
    str who, at, note;
};
struct review_row {
    struct url casefile, to;
    str id, number, who, at, turn, form_token, day, note, field;
    struct label service;
    struct words state, error, asked;
    bool drawn, may_review, has_finding, reviewed, bad, own;
    const struct review_found *found;
    size_t found_count;
};
struct review_wrong {
    struct url casefile, to;
    str id, number, at, form_token, settled, field;
    struct label service;
    struct words error;
    bool bad;
};
struct review_month {
    str month;
    int64_t decided, reviewed, drawn, findings, corrected;
    int64_t asked, right, wrong, settled, settled_corrected;
};
struct review_day {
    struct url here, before, after;
    bool has_after, none, over, many, has_wrong;
    str day, day_iso, seed;
    int64_t last_seq, count, drawn, drawn_reviewed, reviewed;
    const struct review_row *rows;
    size_t rows_count;
    const struct review_wrong *wrong;
    size_t wrong_count;
    const struct review_month *months;
    size_t months_count;
    struct words stale;
    struct shell_mistakes mistakes;
};

/* To the owner: is it right? */
struct review_ask {
    struct url to;
    struct words result, answered, said_error;
    str said, document;
    bool open, wrong, settled, corrected, bad, has_document;
    struct words settled_words;
};
struct review_ask_page {
    struct review_ask ask;
    struct shell_mistakes mistakes;
    struct url back;
};

/* To staff, on the case. */
struct review_case_panel {
    const struct review_found *found;
    size_t found_count;
    struct words confirm;
    str said, settled;
    bool has_said, hidden, has_settled;
};

#endif
