/* id — numbers for things: 63 bits, never twice, ordered by time.
 *
 * 41 bits ms since 2020-01-01 UTC, 10 bits node, 12 bits counter. In addresses and JSON
 * 13 characters of Crockford base 32 (no I L O U; reading takes small letters, and o i l
 * as 0 1 1).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_ID_H
#define BIANMIN_BASE_ID_H

#include "base/str.h"

#define ID_TEXT_LEN 13
#define ID_NODES 1024

/* Safe for many threads at once. `last` is the greatest id ever seen. */
struct id_source {
    _Atomic int node; /* 0..1023, a leased row */
    _Atomic int64_t last;
};

void id_source_init(struct id_source *s, int node, int64_t greatest_seen);
/* From now on under another number. Safe while others take ids. */
void id_source_move(struct id_source *s, int node, int64_t greatest_seen);
/* Greater than every id given or seen before, also when the clock goes back. */
int64_t id_next(struct id_source *s, int64_t now_ms);
int64_t id_ms(int64_t id);

str id_text(struct arena *a, int64_t id);
bool id_parse(str text, int64_t *ret_id);

/* `count` Crockford characters out of random or other bytes, five bits each from the low
 * end of a byte; and the tidy form of what a person typed (upper case, no blanks and
 * hyphens, o i l mended), false when a sign does not belong. */
str crockford_text(struct arena *a, const unsigned char *bytes, size_t count);
bool crockford_tidy(struct arena *a, str typed, str *ret_tidy);

#endif
