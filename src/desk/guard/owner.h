/* owner — who has sent an application, or has shown number and code, is known by a cookie
 * for four hours: receipt and progress of that case are theirs (MAY_OWNER).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_OWNER_H
#define BIANMIN_DESK_OWNER_H

#include "base/err.h"
#include "base/str.h"

struct ask;
struct casefile;
struct reply;

/* `code` "" ends it. */
void owner_cookie(struct ask *q, struct reply *r, str number, str code);
/* The case in the path ({case}). Fails: ERR_MISSING (nobody's, or not theirs). `*ret_code`
 * is what the cookie holds. */
MUST_CHECK err owner_case(struct ask *q, struct casefile *ret, str *ret_code);

#endif
