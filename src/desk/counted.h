/* counted — counts of what readers did that no page may write down: kept in memory, brought
 * to the database by a job (its context is the desk).
 *
 * What is counted is a short word of ours; nobody's name, address or cookie is in it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_COUNTED_H
#define BIANMIN_DESK_COUNTED_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct ask;
struct desk;

#define COUNTED_WHAT 96

struct counted_row {
    int64_t agency, count;
    str what;
};
/* One more of `what` in this office. When the table is full, or the word too long, it is
 * not counted. */
void counted_note(const struct ask *q, str what);
/* Takes out all that begins with `prefix`; and back, when it could not be kept. */
MUST_CHECK err counted_take(struct arena *a, struct desk *d, str prefix,
                            struct counted_row **ret, size_t *ret_count);
void counted_untake(struct desk *d, const struct counted_row *list, size_t count);

#endif
