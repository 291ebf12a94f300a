/* Between the files of identity that answer requests.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_IDENTITY_WEB_H
#define BIANMIN_FEATURE_IDENTITY_WEB_H

#include "desk/frame/entry.h"
#include "desk/route.h"

/* The two entries of a new password. */
struct entry identity_new_password(const struct ask *q);
struct entry identity_again(const struct ask *q);
/* Reads "password" and "again", checks them against the rules and the last three; the
 * stored form comes out. Slow. Fails: ERR_INPUT (mistakes are in q->mistakes). */
MUST_CHECK err identity_read_password(struct ask *q, int64_t agency, int64_t staff,
                                      str sign_name, str *ret_stored);

err identity_ticket(struct ask *q, struct reply *r);
err identity_account(struct ask *q, struct reply *r);
extern const struct beats identity_ticket_beats, identity_others_beats,
    identity_change_beats;

#endif
