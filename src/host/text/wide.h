/* wide — UTF-16 as ICU wants it, inside this folder only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_TEXT_WIDE_H
#define BIANMIN_HOST_TEXT_WIDE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <unicode/utypes.h>

struct wide {
    UChar *at;
    int32_t len;
};

/* Fails: ERR_INPUT (no UTF-8). The copy may be changed. */
MUST_CHECK err wide_of(struct arena *a, str s, struct wide *ret);
MUST_CHECK err wide_to_str(struct arena *a, struct wide w, str *ret);
/* The code point at `*i`, which moves behind it. */
UChar32 wide_next(const struct wide *w, int32_t *i);

#endif
