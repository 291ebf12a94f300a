/* work — what runs in the papers process only, one job at a time. Inside this folder and
 * app/papers.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_WORK_H
#define BIANMIN_HOST_PAPER_WORK_H

#include "base/arena.h"
#include "base/str.h"
#include "host/paper/frame.h"

/* Rows from the top, `channels` bytes a pixel: 3 red green blue, 4 with opacity. */
struct pixels {
    size_t width, height, channels;
    unsigned char *at;
};

#define PICTURE_SIDE_MAX ((size_t)4096)
#define PICTURE_PIXELS_MAX ((size_t)60000000)

/* The kinds of files, loaded before the sandbox closes; NULL when there is no table. */
struct magic_set *work_types_load(void);
enum paper_word work_media_type(struct arena *a, struct magic_set *types, str bytes,
                                str *ret_type);

enum paper_word work_clean_picture(struct arena *a, str bytes, str *ret_bytes);

/* Reads where the fonts are, before the sandbox closes. */
void work_fonts_load(void);
/* A packed document (document.h) drawn. */
enum paper_word work_pdf(struct arena *a, str packed, str *ret_pdf);
enum paper_word work_odt(struct arena *a, str packed, str *ret_odt);
/* A packed template with what is put into it (filling.h); the names it asks for, a line
 * each. */
enum paper_word work_fill(struct arena *a, str packed, str *ret_odt);
enum paper_word work_names(struct arena *a, str packed, str *ret_names);
/* An alert feed: a line an entry, six texts with tabs between (work_feed.c). */
enum paper_word work_feed(struct arena *a, str bytes, str *ret_lines);

/* Turns as a camera's note (JPEG: APP1, PNG: eXIf) says, 1..8 (1: as it is). False: no
 * memory. */
bool pixels_turn(struct arena *a, struct pixels *p, int orientation);
/* Smaller, so that no side is longer than `side`. False: no memory. */
bool pixels_shrink(struct arena *a, struct pixels *p, size_t side);

/* PAPER_DONE, PAPER_UNREADABLE or PAPER_TOO_LARGE. */
enum paper_word jpeg_read(struct arena *a, str bytes, struct pixels *ret,
                          int *ret_orientation);
enum paper_word png_read(struct arena *a, str bytes, struct pixels *ret,
                         int *ret_orientation);
/* False: no memory, or it does not go. */
bool jpeg_write(struct arena *a, const struct pixels *p, str *ret_bytes);
bool png_write(struct arena *a, const struct pixels *p, str *ret_bytes);
/* The turn that an Exif note (behind its "Exif\0\0") asks for; 1 when it says nothing. */
int exif_orientation(str note);

#endif
