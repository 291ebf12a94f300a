/* follow_view — what the receipt and the progress of a case show.
 *
 * Plain values, made by the _web.c files; a view decides nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_FOLLOW_VIEW_H
#define BIANMIN_FEATURE_FOLLOW_VIEW_H

#include "base/words.h"
#include "desk/field/field.h"
#include "desk/frame/seal.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

/* One answer, as it may be shown. */
struct follow_line {
    struct label label;
    str text;
    struct words empty;
};

struct follow_receipt {
    struct label office, service;
    struct seal_mark seal;
    str number, code;
    struct words received, due, state;
    bool has_due;
    str qr_path;
    int64_t qr_side;
    str progress_address;
    struct url progress, service_url;
    struct label unit;
    str telephone;
    struct label address;
};

struct follow_ask_code {
    struct shell_mistakes mistakes;
    struct url action;
    str number, code;
    struct words number_mistake, code_mistake;
    struct label office;
    str telephone;
};

struct follow_station {
    struct words name, at, note;
    bool done, here, stop;
};
/* A message to the applicant, and the text that belongs to it. */
struct follow_notice {
    struct words say, text, at;
    const struct words *lines; /* which term, from when to when, which number */
    size_t lines_count;
};
struct follow_progress {
    bool may_supply, supplying, is_paused, has_notices; /* supplying: shown again */
    bool has_supply_until;
    struct words supply_until;
    struct url supply;
    const struct field *fields;
    size_t fields_count;
    const struct follow_notice *notices;
    size_t notices_count;
    struct html panels;
    struct label office, service;
    str number;
    struct words state, says;
    const char *tone; /* class of the tag */
    struct words received, due;
    bool has_due, is_open, may_withdraw, is_fresh;
    const struct follow_station *stations;
    size_t stations_count;
    const struct follow_line *lines;
    size_t lines_count;
    struct label unit;
    str telephone;
    str officer, officer_telephone, deputy; /* of today; deputy: the officer is away */
    bool has_officer, officer_away;
    struct url withdraw, leave, receipt;
    int64_t changes;
    struct shell_mistakes mistakes;
};

#endif
