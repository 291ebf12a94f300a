/* buf — text that grows, with a maximum.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BUF_FIRST 256

void buf_init(struct buf *b, struct arena *a, size_t max)
{
    *b = (struct buf){ .arena = a, .max = max };
}

/* Room for `more` bytes and a NUL for libraries that print. */
static bool buf_room(struct buf *b, size_t more)
{
    if (b->failed || more > b->max - b->len) {
        b->failed = true;
        return false;
    }
    size_t need = b->len + more + 1;
    if (need <= b->space) {
        return true;
    }
    size_t space = b->space > 0 ? b->space * 2 : BUF_FIRST;
    if (space < need) {
        space = need;
    }
    if (space > b->max && b->max + 1 >= need) {
        space = b->max + 1;
    }
    char *at = arena_alloc(b->arena, space);
    if (at == NULL) {
        b->failed = true;
        return false;
    }
    if (b->len > 0) {
        memcpy(at, b->at, b->len);
    }
    b->at = at;
    b->space = space;
    return true;
}

void buf_put(struct buf *b, str s)
{
    if (s.len > 0 && buf_room(b, s.len)) {
        memcpy(b->at + b->len, s.at, s.len);
        b->len += s.len;
    }
}

void buf_put_z(struct buf *b, const char *z)
{
    buf_put(b, str_of(z));
}

void buf_put_char(struct buf *b, char c)
{
    if (buf_room(b, 1)) {
        b->at[b->len++] = c;
    }
}

void buf_put_int(struct buf *b, int64_t n)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRId64, n);
    buf_put(b, (str){ text, (size_t)len });
}

void buf_format(struct buf *b, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int len = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (len < 0) {
        b->failed = true;
        return;
    }
    if (len > 0 && buf_room(b, (size_t)len)) {
        va_start(list, format);
        vsnprintf(b->at + b->len, (size_t)len + 1, format, list);
        va_end(list);
        b->len += (size_t)len;
    }
}

str buf_str(const struct buf *b)
{
    return (str){ b->at, b->len };
}

bool buf_failed(const struct buf *b)
{
    return b->failed;
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}
