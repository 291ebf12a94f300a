/* str — a piece of text by value: where it begins and how long it is.
 *
 * UTF-8 unless a function says bytes. There may be no NUL behind it. A str never owns
 * its bytes: they live in an arena, in a constant, or in the buffer of the caller.
 * The empty str is { NULL, 0 } or any pointer with length 0; both are equal.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_STR_H
#define BIANMIN_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef struct str {
    const char *at;
    size_t len;
} str;

/* A literal as a str, also in initialisers of const tables (STR_INIT). */
#define STR(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).len, ((s).at ? (s).at : "")

/* The bytes of `z` without its NUL; NULL gives the empty str. */
str str_of(const char *z);
bool str_is_empty(str s);
bool str_equal(str a, str b);
/* Byte order: < 0, 0, > 0. Names for people are compared by host/text. */
int str_compare(str a, str b);
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* The first place of `needle` in `s`, or -1. */
ptrdiff_t str_find(str s, str needle);
/* From byte `from`, at most `len` bytes; clipped to what is there. */
str str_slice(str s, size_t from, size_t len);
/* Without ASCII blanks, tabs, CR and LF at both ends. */
str str_trim(str s);
/* Cuts the piece before `separator` off `*rest` into `*ret_piece`; false when `*rest` is
 * used up. An empty text has one empty piece. `rest->at` NULL means used up. */
bool str_cut(str *rest, char separator, str *ret_piece);
/* Whole text is one decimal number that fits (sign allowed); else false. */
bool str_to_int(str s, int64_t *ret_number);
/* Well-formed UTF-8 without NUL, and no control characters but tab, CR, LF. */
bool str_is_text(str s);
/* The known word that a mistyped one most likely means (bytes changed, at most a third of
 * them); "" when none is near. */
str str_nearest(str word, const str *known, size_t count);
/* Number of code points. */
size_t str_points(str s);

/* Copies in the arena. When it is exhausted they give the empty str and the arena
 * remembers (arena_failed); the edge then throws the result away. */
str str_copy(struct arena *a, str s);
/* The same with a NUL behind it, for libraries; "" when the arena is exhausted. */
const char *str_z(struct arena *a, str s);
str str_format(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
str str_join(struct arena *a, str first, str second);
/* ASCII letters to lower / upper case. */
str str_lower(struct arena *a, str s);
str str_upper(struct arena *a, str s);
/* Two hexadecimal digits a byte, lower case; and back (false: odd length, other signs). */
str str_hex(struct arena *a, str bytes);
bool str_unhex(struct arena *a, str hex, str *ret_bytes);

#endif
