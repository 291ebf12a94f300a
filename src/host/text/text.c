/* text — normal forms, sorting and length by ICU.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/text.h"

#include "host/text/wide.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>

/* Letters that are written both ways in names and addresses; the left counts as the
 * right. */
static const struct fold {
    UChar from, to;
} folds[] = {
    { 0x53F0, 0x81FA }, /* 台 臺 */ { 0x6AAF, 0x81FA }, /* 檯 臺 */
    { 0x5CEF, 0x5CF0 }, /* 峯 峰 */ { 0x7FA3, 0x7FA4 }, /* 羣 群 */
    { 0x8846, 0x773E }, /* 衆 眾 */ { 0x7740, 0x8457 }, /* 着 著 */
    { 0x7DAB, 0x7DDA }, /* 綫 線 */ { 0x5553, 0x555F }, /* 啓 啟 */
    { 0x88E1, 0x88CF }, /* 裡 裏 */ { 0x6052, 0x6046 }, /* 恒 恆 */
    { 0x6C5A, 0x6C61 }, /* 汚 污 */ { 0x90A8, 0x6751 }, /* 邨 村 */
    { 0x811A, 0x8173 }, /* 脚 腳 */ { 0x7E4D, 0x7E61 }, /* 繍 繡 */
};

/* Signs that nobody sees: direction marks can make a text read otherwise than it is
 * kept. */
static bool is_hidden(UChar32 c)
{
    return c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C;
}

static bool is_control(UChar32 c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static bool is_dash(UChar32 c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Drops hidden signs and controls in place; lines end with LF, or not at all. */
static void wide_clean(struct wide *w, bool one_line)
{
    int32_t out = 0;
    for (int32_t i = 0; i < w->len;) {
        UChar32 c = wide_next(w, &i);
        if (c == '\r') {
            if (i < w->len && w->at[i] == '\n') {
                continue;
            }
            c = '\n';
        }
        if (c == '\t' || c == 0x2028 || c == 0x2029 || (c == '\n' && one_line)) {
            c = c == 0x2028 || c == 0x2029 ? (one_line ? ' ' : '\n') : ' ';
        }
        if (one_line && is_dash(c)) {
            c = '-';
        }
        if ((is_control(c) && c != '\n') || is_hidden(c)) {
            continue;
        }
        U16_APPEND_UNSAFE(w->at, out, c);
    }
    w->len = out;
}

static void wide_trim(struct wide *w)
{
    while (w->len > 0 && u_isUWhiteSpace(w->at[w->len - 1])) {
        w->len--;
    }
    while (w->len > 0 && u_isUWhiteSpace(w->at[0])) {
        w->at++;
        w->len--;
    }
}

static err normalise(struct arena *a, const UNormalizer2 *form, struct wide *w)
{
    UErrorCode status = U_ZERO_ERROR;
    if (form != NULL && unorm2_isNormalized(form, w->at, w->len, &status) &&
        U_SUCCESS(status)) {
        return NULL;
    }
    status = U_ZERO_ERROR;
    int32_t len = unorm2_normalize(form, w->at, w->len, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status)) {
        FAIL(a, ERR_BROKEN, SAY("This text cannot be read. Please write it again."),
             STR(""), "normalise: %s", u_errorName(status));
    }
    UChar *at = ARENA_ARRAY(a, (size_t)len + 1, UChar);
    if (at == NULL) {
        return err_no_memory;
    }
    status = U_ZERO_ERROR;
    unorm2_normalize(form, w->at, w->len, at, len + 1, &status);
    *w = (struct wide){ at, len };
    return NULL;
}

err text_clean(struct arena *a, str typed, str *ret_clean)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide w;
    TRY(wide_of(a, typed, &w));
    wide_clean(&w, false);
    TRY(normalise(a, unorm2_getNFCInstance(&status), &w));
    wide_trim(&w);
    return wide_to_str(a, w, ret_clean);
}

err text_narrow(struct arena *a, str typed, str *ret_narrow)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide w;
    TRY(wide_of(a, typed, &w));
    TRY(normalise(a, unorm2_getNFKCInstance(&status), &w));
    wide_clean(&w, true);
    /* What was taken out may have stood between a letter and its accent. */
    TRY(normalise(a, unorm2_getNFKCInstance(&status), &w));
    wide_trim(&w);
    return wide_to_str(a, w, ret_narrow);
}

static UChar32 folded(UChar32 c)
{
    for (size_t i = 0; i < sizeof folds / sizeof folds[0]; i++) {
        if (folds[i].from == c) {
            return folds[i].to;
        }
    }
    return c;
}

/* Blanks, punctuation, controls and hidden signs. ○ stays: it stands for a character. */
static bool is_passed_over(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_P_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK)) !=
           0;
}

err text_fold(struct arena *a, str s, str *ret_folded)
{
    UErrorCode status = U_ZERO_ERROR;
    struct wide w;
    TRY(wide_of(a, s, &w));
    TRY(normalise(a, unorm2_getNFKCCasefoldInstance(&status), &w));
    int32_t out = 0;
    for (int32_t i = 0; i < w.len;) {
        UChar32 c = wide_next(&w, &i);
        if (!is_passed_over(c)) {
            U16_APPEND_UNSAFE(w.at, out, folded(c));
        }
    }
    w.len = out;
    TRY(normalise(a, unorm2_getNFKCCasefoldInstance(&status), &w));
    return wide_to_str(a, w, ret_folded);
}

err text_sort_key(struct arena *a, str s, enum lang lang, str *ret_key)
{
    static const char *const rules[LANG_COUNT] = { "zh_Hant@collation=stroke", "en", "ja" };
    UErrorCode status = U_ZERO_ERROR;
    struct wide w;
    TRY(wide_of(a, s, &w));
    UCollator *order = ucol_open(rules[lang], &status);
    if (U_FAILURE(status)) {
        FAIL(a, ERR_BROKEN, SAY("The list cannot be sorted."), STR(""), "ucol_open: %s",
             u_errorName(status));
    }
    int32_t len = ucol_getSortKey(order, w.at, w.len, NULL, 0);
    uint8_t *key = arena_alloc(a, (size_t)len + 1);
    if (key != NULL) {
        ucol_getSortKey(order, w.at, w.len, key, len);
    }
    ucol_close(order);
    if (key == NULL) {
        return err_no_memory;
    }
    *ret_key = (str){ (const char *)key,
                      len > 0 ? (size_t)len - 1 : 0 }; /* its NUL left out */
    return NULL;
}

/* ASCII and the plain Chinese and Japanese ranges: one code point is one sign there. */
static bool is_simple(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool cjk = c >= 0xE4 && c <= 0xE9 && i + 2 < s.len;
        if (cjk) {
            i += 2;
        } else if (c >= 0x80 || c == '\r') {
            return false;
        }
    }
    return true;
}

size_t text_length(str s)
{
    if (is_simple(s)) {
        return str_points(s);
    }
    UErrorCode status = U_ZERO_ERROR;
    size_t signs = 0;
    UText *text = utext_openUTF8(NULL, s.at, (int64_t)s.len, &status);
    UBreakIterator *at = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    ubrk_setUText(at, text, &status);
    while (U_SUCCESS(status) && ubrk_next(at) != UBRK_DONE) {
        signs++;
    }
    ubrk_close(at);
    utext_close(text);
    return U_SUCCESS(status) ? signs : str_points(s);
}
