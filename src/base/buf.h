/* buf — text that grows, with a maximum.
 *
 * Lives in an arena. Past the maximum, or when the arena is exhausted, further writing is
 * dropped and buf_failed says so; nothing overruns.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_BUF_H
#define BIANMIN_BASE_BUF_H

#include "base/str.h"

struct arena;

struct buf {
    struct arena *arena;
    char *at;
    size_t len;
    size_t space;
    size_t max; /* bytes */
    bool failed;
};

void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_put(struct buf *b, str s);
void buf_put_z(struct buf *b, const char *z);
void buf_put_char(struct buf *b, char c);
void buf_put_int(struct buf *b, int64_t n);
void buf_format(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What is in it now; valid until the next write. */
str buf_str(const struct buf *b);
bool buf_failed(const struct buf *b);
void buf_clear(struct buf *b);

#endif
