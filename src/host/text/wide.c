/* wide — from UTF-8 to UTF-16 and back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/wide.h"

#include <unicode/ustring.h>
#include <unicode/utf16.h>

#define WIDE_BYTES_MAX ((size_t)256 << 20)

err wide_of(struct arena *a, str s, struct wide *ret)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0;
    /* Never longer than the UTF-8 text has bytes. */
    UChar *at = s.len < WIDE_BYTES_MAX ? ARENA_ARRAY(a, s.len + 1, UChar) : NULL;
    if (at == NULL) {
        return err_no_memory;
    }
    u_strFromUTF8(at, (int32_t)s.len + 1, &len, s.at != NULL ? s.at : "", (int32_t)s.len,
                  &status);
    if (U_FAILURE(status)) {
        FAIL(a, ERR_INPUT, SAY("This text cannot be read. Please write it again."), STR(""),
             "UTF-8: %s", u_errorName(status));
    }
    *ret = (struct wide){ at, len };
    return NULL;
}

err wide_to_str(struct arena *a, struct wide w, str *ret)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0;
    size_t space = (size_t)w.len * 3 + 1;
    char *at = arena_alloc(a, space);
    if (at == NULL) {
        return err_no_memory;
    }
    u_strToUTF8(at, (int32_t)space, &len, w.at, w.len, &status);
    if (U_FAILURE(status)) {
        FAIL(a, ERR_INPUT, SAY("This text cannot be read. Please write it again."), STR(""),
             "UTF-16: %s", u_errorName(status));
    }
    *ret = (str){ at, (size_t)len };
    return NULL;
}

UChar32 wide_next(const struct wide *w, int32_t *i)
{
    UChar32 c = w->at[(*i)++];
    if (U16_IS_LEAD(w->at[*i - 1]) && *i < w->len && U16_IS_TRAIL(w->at[*i])) {
        c = U16_GET_SUPPLEMENTARY(c, w->at[*i]);
        (*i)++;
    }
    return c;
}
