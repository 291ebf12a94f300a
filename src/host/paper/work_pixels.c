/* work_pixels — turning and shrinking.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <string.h>

static unsigned char *pixel(const struct pixels *p, size_t x, size_t y)
{
    return p->at + (y * p->width + x) * p->channels;
}

bool pixels_turn(struct arena *a, struct pixels *p, int orientation)
{
    if (orientation < 2 || orientation > 8) {
        return true;
    }
    bool swapped = orientation >= 5; /* width and height change places */
    bool mirrored_x = orientation == 2 || orientation == 3 || orientation == 7 ||
                      orientation == 8;
    bool mirrored_y = orientation == 3 || orientation == 4 || orientation == 6 ||
                      orientation == 7;
    struct pixels to = { swapped ? p->height : p->width, swapped ? p->width : p->height,
                         p->channels, NULL };
    to.at = arena_alloc(a, to.width * to.height * to.channels);
    if (to.at == NULL) {
        return false;
    }
    for (size_t y = 0; y < to.height; y++) {
        for (size_t x = 0; x < to.width; x++) {
            size_t from_x = swapped ? y : x;
            size_t from_y = swapped ? x : y;
            from_x = mirrored_x ? p->width - 1 - from_x : from_x;
            from_y = mirrored_y ? p->height - 1 - from_y : from_y;
            memcpy(pixel(&to, x, y), pixel(p, from_x, from_y), p->channels);
        }
    }
    *p = to;
    return true;
}

/* Adds one row of the source, each of its pixels spread over the columns it covers. Weights
 * are in 1/256 of a source pixel. */
static void row_add(const struct pixels *p, size_t y, size_t to_width, uint64_t weight,
                    uint64_t *sums)
{
    for (size_t x = 0; x < to_width; x++) {
        size_t from = x * p->width * 256 / to_width;
        size_t end = (x + 1) * p->width * 256 / to_width;
        while (from < end) {
            size_t cell_end = (from / 256 + 1) * 256;
            size_t covered = (cell_end < end ? cell_end : end) - from;
            const unsigned char *source = pixel(p, from / 256, y);
            for (size_t c = 0; c < p->channels; c++) {
                sums[x * p->channels + c] += source[c] * covered * weight;
            }
            from += covered;
        }
    }
}

static void row_put(const struct pixels *from, struct pixels *to, size_t y,
                    const uint64_t *sums, uint64_t row_weight)
{
    for (size_t x = 0; x < to->width; x++) {
        size_t begin = x * from->width * 256 / to->width;
        size_t end = (x + 1) * from->width * 256 / to->width;
        uint64_t weight = (end - begin) * row_weight;
        for (size_t c = 0; c < to->channels; c++) {
            uint64_t sum = sums[x * to->channels + c];
            pixel(to, x, y)[c] = (unsigned char)((sum + weight / 2) / weight);
        }
    }
}

/* Every new pixel is the mean of the area it covers. */
static bool pixels_resize(struct arena *a, struct pixels *p, size_t width, size_t height)
{
    struct pixels to = { width, height, p->channels,
                         arena_array(a, width * height, p->channels) };
    uint64_t *sums = ARENA_ARRAY(a, width * p->channels, uint64_t);
    if (to.at == NULL || sums == NULL) {
        return false;
    }
    for (size_t y = 0; y < height; y++) {
        size_t begin = y * p->height * 256 / height;
        size_t end = (y + 1) * p->height * 256 / height;
        memset(sums, 0, width * p->channels * sizeof *sums);
        for (size_t from = begin; from < end;) {
            size_t cell_end = (from / 256 + 1) * 256;
            size_t covered = (cell_end < end ? cell_end : end) - from;
            row_add(p, from / 256, width, covered, sums);
            from += covered;
        }
        row_put(p, &to, y, sums, end - begin);
    }
    *p = to;
    return true;
}

bool pixels_shrink(struct arena *a, struct pixels *p, size_t side)
{
    size_t longer = p->width > p->height ? p->width : p->height;
    if (longer <= side) {
        return true;
    }
    size_t width = p->width * side / longer;
    size_t height = p->height * side / longer;
    return pixels_resize(a, p, width > 0 ? width : 1, height > 0 ? height : 1);
}
