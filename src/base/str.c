/* str — pieces of text by value.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/str.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const str str_empty = { "", 0 };

str str_of(const char *z)
{
    return z == NULL ? str_empty : (str){ z, strlen(z) };
}

bool str_is_empty(str s)
{
    return s.len == 0;
}

bool str_equal(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int str_compare(str a, str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.at, b.at, common) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && str_equal((str){ s.at, prefix.len }, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 ||
            str_equal((str){ s.at + (s.len - suffix.len), suffix.len }, suffix));
}

ptrdiff_t str_find(str s, str needle)
{
    if (needle.len == 0) {
        return 0;
    }
    if (needle.len > s.len) {
        return -1;
    }
    const char *found = memmem(s.at, s.len, needle.at, needle.len);
    return found == NULL ? -1 : found - s.at;
}

str str_slice(str s, size_t from, size_t len)
{
    if (from >= s.len) {
        return str_empty;
    }
    size_t rest = s.len - from;
    return (str){ s.at + from, len < rest ? len : rest };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
    while (s.len > 0 && is_blank(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.at[s.len - 1])) {
        s.len--;
    }
    return s;
}

bool str_cut(str *rest, char separator, str *ret_piece)
{
    if (rest->at == NULL) {
        return false;
    }
    const char *end = rest->len > 0 ? memchr(rest->at, separator, rest->len) : NULL;
    if (end == NULL) {
        *ret_piece = *rest;
        *rest = (str){ NULL, 0 };
        return true;
    }
    size_t len = (size_t)(end - rest->at);
    *ret_piece = (str){ rest->at, len };
    *rest = (str){ end + 1, rest->len - len - 1 };
    return true;
}

bool str_to_int(str s, int64_t *ret_number)
{
    size_t i = 0;
    bool minus = s.len > 0 && s.at[0] == '-';
    if (minus || (s.len > 0 && s.at[0] == '+')) {
        i = 1;
    }
    if (i >= s.len) {
        return false;
    }
    int64_t n = 0;
    for (; i < s.len; i++) {
        int digit = s.at[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, minus ? -digit : digit, &n)) {
            return false;
        }
    }
    *ret_number = n;
    return true;
}

/* How many bytes the code point at `at` takes, and which it is; 0 when it is malformed. */
static size_t point_at(const unsigned char *at, size_t len, uint32_t *ret_point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char first = at[0];
    size_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if ((first >= 0x80 && first < 0xC2) || first > 0xF4 || size > len) {
        return 0;
    }
    uint32_t point = size == 1 ? first : first & (0x7FU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xC0) != 0x80) {
            return 0;
        }
        point = point << 6 | (at[i] & 0x3FU);
    }
    if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return 0;
    }
    *ret_point = point;
    return size;
}

bool str_is_text(str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    size_t i = 0;
    while (i < s.len) {
        uint32_t point = 0;
        size_t size = point_at(at + i, s.len - i, &point);
        bool control = point < 0x20 ? point != '\t' && point != '\r' && point != '\n'
                                    : point >= 0x7F && point < 0xA0;
        if (size == 0 || control) {
            return false;
        }
        i += size;
    }
    return true;
}

size_t str_points(str s)
{
    size_t points = 0;
    for (size_t i = 0; i < s.len; i++) {
        points += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    }
    return points;
}

str str_copy(struct arena *a, str s)
{
    char *at = s.len < SIZE_MAX ? arena_alloc(a, s.len + 1) : NULL;
    if (at == NULL) {
        return str_empty;
    }
    if (s.len > 0) {
        memcpy(at, s.at, s.len);
    }
    return (str){ at, s.len };
}

const char *str_z(struct arena *a, str s)
{
    return str_copy(a, s).at; /* its copy has a NUL behind it */
}

str str_format(struct arena *a, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int len = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *at = len < 0 ? NULL : arena_alloc(a, (size_t)len + 1);
    if (at == NULL) {
        return str_empty;
    }
    va_start(list, format);
    vsnprintf(at, (size_t)len + 1, format, list);
    va_end(list);
    return (str){ at, (size_t)len };
}

str str_join(struct arena *a, str first, str second)
{
    char *at = arena_alloc(a, first.len + second.len + 1);
    if (at == NULL) {
        return str_empty;
    }
    if (first.len > 0) {
        memcpy(at, first.at, first.len);
    }
    if (second.len > 0) {
        memcpy(at + first.len, second.at, second.len);
    }
    return (str){ at, first.len + second.len };
}

/* A copy in which the ASCII letters from `least` to `least` + 25 change case. */
static str case_changed(struct arena *a, str s, char least)
{
    char *at = arena_alloc(a, s.len + 1);
    if (at == NULL) {
        return str_empty;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        at[i] = c >= least && c <= least + 25 ? (char)(c ^ 0x20) : c;
    }
    return (str){ at, s.len };
}

str str_lower(struct arena *a, str s)
{
    return case_changed(a, s, 'A');
}

str str_upper(struct arena *a, str s)
{
    return case_changed(a, s, 'a');
}

str str_hex(struct arena *a, str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *at = arena_array(a, bytes.len + 1, 2);
    if (at == NULL) {
        return str_empty;
    }
    for (size_t i = 0; i < bytes.len; i++) {
        at[2 * i] = digits[(unsigned char)bytes.at[i] >> 4];
        at[2 * i + 1] = digits[(unsigned char)bytes.at[i] & 15];
    }
    return (str){ at, bytes.len * 2 };
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

bool str_unhex(struct arena *a, str hex, str *ret_bytes)
{
    char *at = hex.len % 2 == 0 ? arena_alloc(a, hex.len / 2 + 1) : NULL;
    if (at == NULL) {
        return false;
    }
    for (size_t i = 0; i < hex.len / 2; i++) {
        int high = hex_digit(hex.at[2 * i]);
        int low = hex_digit(hex.at[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        at[i] = (char)(high << 4 | low);
    }
    *ret_bytes = (str){ at, hex.len / 2 };
    return true;
}
