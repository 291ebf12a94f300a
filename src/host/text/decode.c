/* text — files of the encodings that offices use become UTF-8.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/text.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#define DECODE_BYTES_MAX ((size_t)16 << 20)

static err no_text(struct arena *a, const char *why)
{
    FAIL(a, ERR_INPUT,
         SAY("The file is no text. Save it as CSV (UTF-8 or Big5) and try again."),
         STR("file"), "%s", why);
}

/* Strict: a byte that means nothing stops it, so that no name becomes question marks. */
static err convert(struct arena *a, const char *encoding, str bytes, str *ret_text)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *from = ucnv_open(encoding, &code);
    UConverter *to = ucnv_open("UTF-8", &code);
    size_t space = bytes.len * 3 + 16;
    char *text = arena_alloc(a, space);
    char *end = text;
    const char *at = bytes.at;
    err e = NULL;

    if (from != NULL) {
        ucnv_setToUCallBack(from, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    }
    if (text == NULL) {
        e = err_no_memory;
    } else if (U_SUCCESS(code)) {
        UChar pivot[512];
        UChar *pivot_from = pivot, *pivot_to = pivot;

        ucnv_convertEx(to, from, &end, text + space, &at, bytes.at + bytes.len, pivot,
                       &pivot_from, &pivot_to, pivot + 512, true, true, &code);
    }
    if (e == NULL && U_FAILURE(code)) {
        e = no_text(a, u_errorName(code));
    }
    ucnv_close(from);
    ucnv_close(to);
    if (e == NULL) {
        *ret_text = (str){ text, (size_t)(end - text) };
    }
    return e;
}

err text_decode(struct arena *a, str bytes, str *ret_text)
{
    str text = bytes;

    if (bytes.len > DECODE_BYTES_MAX) {
        return no_text(a, "too long");
    }
    if (str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"))) {
        TRY(convert(a, "UTF-16", bytes, &text));
    } else if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        text = str_slice(bytes, 3, bytes.len);
    } else if (!str_is_text(bytes)) {
        TRY(convert(a, "windows-950", bytes, &text));
    }
    if (!str_is_text(text)) {
        return no_text(a, "signs that no text has");
    }
    *ret_text = text;
    return NULL;
}
