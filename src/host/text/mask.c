/* mask — names as pages show them: 王○明, J*** S****.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/text.h"

#include "base/buf.h"
#include "host/text/wide.h"

#include <unicode/uchar.h>

#define NAME_SIGNS_MAX 200

/* Surnames of two characters that are in use; together they count as one sign. */
static const char *const compound_surnames[] = {
    "歐陽", "司馬", "司徒", "諸葛", "上官", "夏侯", "皇甫", "尉遲", "公孫",
    "軒轅", "令狐", "鍾離", "宇文", "長孫", "慕容", "鮮于", "呼延", "端木",
    "東方", "獨孤", "南宮", "公羊", "澹臺", "淳于", "太史", "申屠", "公冶",
    "聞人", "赫連", "東郭", "百里", "范姜", "張簡", "張廖", "西門", "司空",
};

static bool is_east_asian(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0x3040 && c <= 0x30FF) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xE000 && c <= 0xF8FF) || c == 0x25CB ||
           c == 0x3007;
}

/* Each word keeps its first letter: J*** S****. */
static str latin_mask(struct arena *a, const struct wide *w)
{
    struct buf b;
    bool begin = true;
    buf_init(&b, a, NAME_SIGNS_MAX * 8);
    for (int32_t i = 0; i < w->len;) {
        int32_t from = i;
        UChar32 c = wide_next(w, &i);
        str sign = STR("");
        if (u_charType(c) == U_NON_SPACING_MARK) {
            continue; /* belongs to the letter before */
        }
        if (u_isUWhiteSpace(c)) {
            buf_put_char(&b, ' ');
            begin = true;
        } else if (!begin) {
            buf_put_char(&b, '*');
        } else if (wide_to_str(a, (struct wide){ w->at + from, i - from }, &sign) == NULL) {
            buf_put(&b, sign);
            begin = false;
        }
    }
    return buf_str(&b);
}

static size_t surname_bytes(str name)
{
    for (size_t i = 0; i < sizeof compound_surnames / sizeof compound_surnames[0]; i++) {
        str surname = str_of(compound_surnames[i]);
        if (str_starts(name, surname)) {
            return surname.len;
        }
    }
    return 0;
}

/* The bytes of the sign at `from`: one code point with what follows it (variation
 * marks). */
static size_t sign_bytes(str s, size_t from)
{
    size_t to = from + 1;
    while (to < s.len && ((unsigned char)s.at[to] & 0xC0) == 0x80) {
        to++;
    }
    while (str_starts(str_slice(s, to, s.len), STR("\xEF\xB8\x80")) ||
           str_starts(str_slice(s, to, s.len), STR("\xF3\xA0\x84"))) {
        to += (unsigned char)s.at[to] == 0xEF ? 3 : 4;
    }
    return (to < s.len ? to : s.len) - from;
}

static str without_blanks(struct arena *a, str s)
{
    struct buf b;
    buf_init(&b, a, s.len);
    for (size_t i = 0; i < s.len;) {
        size_t bytes = sign_bytes(s, i);
        str sign = str_slice(s, i, bytes);
        if (!str_equal(sign, STR(" ")) && !str_equal(sign, STR("　"))) {
            buf_put(&b, sign);
        }
        i += bytes;
    }
    return buf_str(&b);
}

static str chinese_mask(struct arena *a, str name)
{
    struct buf b;
    size_t starts[NAME_SIGNS_MAX + 1];
    size_t signs = 0;
    name = without_blanks(a, name);
    buf_init(&b, a, NAME_SIGNS_MAX * 8);
    for (size_t i = 0; i < name.len && signs < NAME_SIGNS_MAX;) {
        size_t surname = i == 0 ? surname_bytes(name) : 0;
        starts[signs++] = i;
        i += surname > 0 ? surname : sign_bytes(name, i);
        starts[signs] = i;
    }
    for (size_t i = 0; i < signs; i++) {
        bool kept = signs > 1 && (i == 0 || (signs > 2 && i + 1 == signs));
        buf_put(&b,
                kept ? str_slice(name, starts[i], starts[i + 1] - starts[i]) : STR("○"));
    }
    return buf_str(&b);
}

str text_mask_name(struct arena *a, str name)
{
    struct wide w;
    str clean;
    if (text_clean(a, name, &clean) != NULL || wide_of(a, clean, &w) != NULL) {
        return STR("○");
    }
    for (int32_t i = 0; i < w.len;) {
        UChar32 c = wide_next(&w, &i);
        if (is_east_asian(c)) {
            return chinese_mask(a, clean);
        }
    }
    return latin_mask(a, &w);
}
