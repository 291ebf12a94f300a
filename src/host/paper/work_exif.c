/* work_exif — the one thing we take from a camera's note: which way is up.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#define TAG_ORIENTATION 0x0112
#define ENTRY_BYTES 12

/* Two or four bytes at `at` in the order of the note; 0 beyond its end. */
static uint32_t number_at(str note, bool big, size_t at, size_t bytes)
{
    uint32_t n = 0;
    if (at > note.len || note.len - at < bytes) {
        return 0;
    }
    for (size_t i = 0; i < bytes; i++) {
        size_t from = big ? i : bytes - 1 - i;
        n = n << 8 | (unsigned char)note.at[at + from];
    }
    return n;
}

int exif_orientation(str note)
{
    bool big = str_starts(note, STR("MM"));
    if (!big && !str_starts(note, STR("II"))) {
        return 1;
    }
    size_t at = number_at(note, big, 4, 4);
    size_t entries = number_at(note, big, at, 2);
    for (size_t i = 0; i < entries && i < 1000; i++) {
        size_t entry = at + 2 + i * ENTRY_BYTES;
        if (number_at(note, big, entry, 2) == TAG_ORIENTATION) {
            uint32_t turn = number_at(note, big, entry + 8, 2);
            return turn >= 1 && turn <= 8 ? (int)turn : 1;
        }
    }
    return 1;
}
