/* work_picture — a picture written anew from its pixels.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

/* Without its fourth channel when nothing shines through: smaller, and the usual case. */
static void opaque_drop(struct pixels *p)
{
    size_t count = p->width * p->height;
    for (size_t i = 0; i < count; i++) {
        if (p->at[4 * i + 3] != 255) {
            return;
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < 3; c++) {
            p->at[3 * i + c] = p->at[4 * i + c];
        }
    }
    p->channels = 3;
}

/* Writes; what comes out longer than a reply may be is shrunk and written again. */
static enum paper_word picture_write(struct arena *a, struct pixels *p,
                                     enum paper_word kind, str *ret_bytes)
{
    for (;;) {
        struct arena_mark *mark = arena_mark(a);
        bool written = kind == PAPER_JPEG ? jpeg_write(a, p, ret_bytes)
                                          : png_write(a, p, ret_bytes);
        if (!written || mark == NULL) {
            return PAPER_TOO_LARGE;
        }
        if (ret_bytes->len <= PAPER_REPLY_BYTES_MAX) {
            return kind;
        }
        arena_reset(a, mark);
        size_t longer = p->width > p->height ? p->width : p->height;
        if (!pixels_shrink(a, p, longer * 7 / 10)) {
            return PAPER_TOO_LARGE;
        }
    }
}

enum paper_word work_clean_picture(struct arena *a, str bytes, str *ret_bytes)
{
    struct pixels p;
    int orientation = 1;
    enum paper_word kind = PAPER_UNREADABLE, word = PAPER_UNREADABLE;
    if (str_starts(bytes, STR("\xFF\xD8\xFF"))) {
        kind = PAPER_JPEG;
        word = jpeg_read(a, bytes, &p, &orientation);
    } else if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n"))) {
        kind = PAPER_PNG;
        word = png_read(a, bytes, &p, &orientation);
    }
    if (word != PAPER_DONE) {
        return word;
    }
    if (!pixels_shrink(a, &p, PICTURE_SIDE_MAX) || !pixels_turn(a, &p, orientation)) {
        return PAPER_TOO_LARGE;
    }
    if (p.channels == 4) {
        opaque_drop(&p);
    }
    return picture_write(a, &p, kind, ret_bytes);
}
