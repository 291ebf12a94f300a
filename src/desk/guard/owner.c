/* owner — who has sent an application, or has shown number and code, is known by a cookie
 * for four hours: the receipt and the progress page are theirs.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/guard/owner.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "kernel/casefile/casefile.h"

#define OWNER_SECONDS 14400

static const char *cookie_name(const struct ask *q, str number)
{
    return str_z(q->arena, str_join(q->arena, STR("owner-"), number));
}

/* A cookie's name takes no other signs. */
static bool is_number(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];

        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return s.len > 0 && s.len < 40;
}

void owner_cookie(struct ask *q, struct reply *r, str number, str code)
{
    if (is_number(number)) {
        reply_cookie(q, r, cookie_name(q, number), code, "/",
                     code.len > 0 ? OWNER_SECONDS : 0);
    }
}

err owner_case(struct ask *q, struct casefile *ret, str *ret_code)
{
    str number = ask_path(q, "case");
    str code = is_number(number) ? ask_cookie(q, cookie_name(q, number)) : STR("");

    if (code.len == 0) {
        FAIL(q->arena, ERR_MISSING, SAY("Enter case number and lookup code first."),
             STR(""), "no owner");
    }
    TRY(casefile_by_code(q->arena, q->snap, q->keyring, q->agency->id, number, code, ret));
    *ret_code = code;
    return NULL;
}
