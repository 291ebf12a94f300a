/* table — the words as the build makes them (tools/wordc).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_LANG_TABLE_H
#define BIANMIN_HOST_LANG_TABLE_H

#include "base/str.h"
#include "base/words.h"

/* What the languages say for one English sentence; an empty text is not there. `many` is
 * used where a language has a form of its own for it. */
struct lang_row {
    str id;
    str one[LANG_COUNT];
    str many[LANG_COUNT];
};

extern const struct lang_row lang_rows[];
/* Row number + 1 by hash, 0 empty; the count is a power of two. */
extern const uint16_t lang_slots[];
extern const size_t lang_slot_count;

#endif
