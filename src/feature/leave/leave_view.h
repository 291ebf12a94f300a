/* leave_view — what the page of absences shows.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LEAVE_VIEW_H
#define BIANMIN_FEATURE_LEAVE_VIEW_H

#include "base/words.h"
#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct leave_row {
    str name, title, deputy, from_key, id;
    struct label unit;
    struct words days, act;
    bool today;       /* away now */
    bool has_deputy, deputy_away;
    bool may_end;
};
struct leave_option {
    str value, text;
    bool chosen;
};
struct leave_page {
    struct shell_mistakes mistakes;
    struct words done;
    str form_token;
    struct url enter, end;
    const struct leave_row *rows;
    size_t rows_count;
    int64_t away_today;
    bool none, picks; /* picks: for others too */
    const struct leave_option *people;
    size_t people_count;
    struct words staff_error;
    bool staff_bad;
    struct entry from, until;
    str deputy; /* who stands in for the reader */
    bool has_deputy;
};

#endif
