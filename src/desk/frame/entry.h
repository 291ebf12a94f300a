/* entry — one labelled input of a plain form: label, hint, place for its mistake.
 *
 * The value is what was posted when the page is shown again, else what is known. The
 * questions of a definition have widgets of their own.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_ENTRY_H
#define BIANMIN_DESK_ENTRY_H

#include "base/words.h"

struct ask;

struct entry {
    str name, value;
    struct words label, hint, error;
    str type;         /* "text" unless said; "tel" "email" "password" */
    str autocomplete; /* "off" unless said */
    str described;    /* ids of hint and mistake; is_described when there is one */
    bool has_hint, bad, is_described;
    bool is_long;     /* a text of several lines */
    bool is_short;    /* a code, a day, a number */
    bool optional;
};

/* `hint` may be NULL. Passwords never come back into the page. */
struct entry entry_of(const struct ask *q, const char *name, const struct words *label,
                      const struct words *hint, str known);

#endif
