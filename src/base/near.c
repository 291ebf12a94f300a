/* near — the word that was meant.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/str.h"

#define NEAR_BYTES_MAX 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many bytes must be changed, put in or left out to make `b` of `a`. */
static size_t distance(str a, str b)
{
    size_t row[NEAR_BYTES_MAX + 1];
    for (size_t j = 0; j <= b.len; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t above = row[j];
            size_t change = corner + (a.at[i - 1] == b.at[j - 1] ? 0 : 1);
            row[j] = least(change, least(above, row[j - 1]) + 1);
            corner = above;
        }
    }
    return row[b.len];
}

str str_nearest(str word, const str *known, size_t count)
{
    str found = STR("");
    size_t best = word.len <= NEAR_BYTES_MAX ? (word.len + 2) / 3 : 0;
    for (size_t i = 0; i < count; i++) {
        size_t d = known[i].len <= NEAR_BYTES_MAX ? distance(word, known[i]) : SIZE_MAX;
        if (d < best || (d == best && d > 0 && found.len == 0)) {
            best = d;
            found = known[i];
        }
    }
    return found;
}
