/* feelings_view — what the pages and panels of feelings show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FEELINGS_VIEW_H
#define BIANMIN_FEATURE_FEELINGS_VIEW_H

#include "base/words.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct feelings_face {
    int64_t value;
    struct words name;
    const char *mouth; /* of an SVG path */
    bool chosen;
};
/* The five faces, as a form: a button each. */
struct feelings_faces {
    struct url to;
    str form_token; /* "" on pages of the public */
    const struct feelings_face *faces;
    size_t faces_count;
    str word;
    struct words word_error;
    bool word_bad, given;
    struct words given_name;
};
struct feelings_ask {
    struct feelings_faces faces;
    struct shell_mistakes mistakes;
    bool thanks, pickup;
    struct url back;
};

struct feelings_bar {
    struct words name;
    int64_t percent;
};
struct feelings_published {
    bool enough;
    int64_t all, least;
    const struct feelings_bar *bars;
    size_t bars_count;
};

struct feelings_row {
    struct url casefile, take;
    struct words face, step;
    struct label service;
    str number, at, id, changes, form_token;
    str word, who, taken, answer, field;
    bool pickup, has_word, has_answer, may_answer, bad;
    struct words error;
};
struct feelings_head {
    const struct feelings_row *rows;
    size_t rows_count;
    int64_t count;
    struct url all;
};
struct feelings_service {
    struct label name;
    int64_t all, satisfied, dissatisfied;
    bool published;
};
struct feelings_list {
    const struct feelings_row *open, *taken;
    size_t open_count, taken_count;
    const struct feelings_service *services;
    size_t services_count;
    bool none_open, has_taken, has_services;
    int64_t least;
    str from, until;
    struct words stale;
    struct shell_mistakes mistakes;
};
struct feelings_case {
    struct url ask;
};

#endif
