/* What the pages of identity show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_IDENTITY_VIEW_H
#define BIANMIN_FEATURE_IDENTITY_VIEW_H

#include "desk/frame/entry.h"
#include "desk/frame/shell.h"
#include "host/html/html.h"

struct identity_sign_in {
    str form_token; /* when somebody is signed in already */
    str back;       /* where to go afterwards, in our own pages */
    struct url to;
    struct entry name, password;
    bool signed_out, password_set;
    struct shell_mistakes mistakes;
};
struct identity_ticket {
    struct url to;
    str form_token, sign_name;
    struct entry password, again;
    struct shell_mistakes mistakes;
};
struct identity_session_row {
    str began, seen;
    bool this_one;
};
struct identity_account {
    str form_token, sign_name, name, title;
    struct label unit;
    const struct words *duties;
    size_t duties_count;
    const struct identity_session_row *sessions;
    size_t sessions_count;
    bool has_others, has_deputy, password_changed;
    str deputy;
    struct url end_others, password_to;
    struct entry present, password, again;
    struct shell_mistakes mistakes;
};

#endif
