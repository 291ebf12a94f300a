/* work_jpeg — JPEG to pixels and back (libjpeg-turbo). Of its notes only the turn is read;
 * nothing of them is written.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <stdio.h>

#include <jpeglib.h>

#include <setjmp.h>
#include <stdlib.h>

#define QUALITY 88
#define NOTE_BYTES_MAX 0xFFFFU

/* libjpeg leaves by a jump when it cannot go on. */
struct leaving {
    struct jpeg_error_mgr manager;
    jmp_buf to;
};

static void leave(j_common_ptr common)
{
    struct leaving *l = (struct leaving *)common->err;
    longjmp(l->to, 1);
}

static void say_nothing(j_common_ptr common)
{
    (void)common;
}

static struct jpeg_error_mgr *leaving_set(struct leaving *l)
{
    jpeg_std_error(&l->manager);
    l->manager.error_exit = leave;
    l->manager.output_message = say_nothing;
    return &l->manager;
}

static int orientation_of(const struct jpeg_decompress_struct *j)
{
    for (jpeg_saved_marker_ptr m = j->marker_list; m != NULL; m = m->next) {
        str note = { (const char *)m->data, m->data_length };
        if (m->marker == JPEG_APP0 + 1 && str_starts(note, STR("Exif\0\0"))) {
            return exif_orientation(str_slice(note, 6, note.len));
        }
    }
    return 1;
}

/* What is far too large is made smaller while it is decoded: by 2, 4 or 8. */
static void scale_choose(struct jpeg_decompress_struct *j)
{
    size_t longer = j->image_width > j->image_height ? j->image_width : j->image_height;
    j->scale_num = 1;
    j->scale_denom = 1;
    while (j->scale_denom < 8 && longer / j->scale_denom > 2 * PICTURE_SIDE_MAX) {
        j->scale_denom *= 2;
    }
}

/* Inks as Adobe writes them (inverted) to light. */
static void row_from_inks(unsigned char *to, const unsigned char *inks, size_t width)
{
    for (size_t x = 0; x < width; x++) {
        unsigned black = inks[4 * x + 3];
        for (size_t c = 0; c < 3; c++) {
            to[3 * x + c] = (unsigned char)(inks[4 * x + c] * black / 255);
        }
    }
}

static enum paper_word rows_read(struct arena *a, struct jpeg_decompress_struct *j,
                                 struct pixels *ret)
{
    bool inks = j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK;
    j->out_color_space = inks ? JCS_CMYK : JCS_RGB;
    scale_choose(j);
    jpeg_start_decompress(j);
    struct pixels p = { j->output_width, j->output_height, 3, NULL };
    if (p.width * p.height > PICTURE_PIXELS_MAX + PICTURE_PIXELS_MAX / 4) {
        return PAPER_TOO_LARGE;
    }
    p.at = arena_array(a, p.width * p.height, 3);
    unsigned char *ink_row = arena_array(a, p.width, 4);
    if (p.at == NULL || ink_row == NULL) {
        return PAPER_TOO_LARGE;
    }
    while (j->output_scanline < j->output_height) {
        unsigned char *row = p.at + (size_t)j->output_scanline * p.width * 3;
        JSAMPROW into = inks ? ink_row : row;
        jpeg_read_scanlines(j, &into, 1);
        if (inks) {
            row_from_inks(row, ink_row, p.width);
        }
    }
    *ret = p;
    return PAPER_DONE;
}

enum paper_word jpeg_read(struct arena *a, str bytes, struct pixels *ret,
                          int *ret_orientation)
{
    struct jpeg_decompress_struct j;
    struct leaving l;
    j.err = leaving_set(&l);
    if (setjmp(l.to) != 0) {
        jpeg_destroy_decompress(&j);
        return PAPER_UNREADABLE;
    }
    jpeg_create_decompress(&j);
    jpeg_mem_src(&j, (const unsigned char *)bytes.at, bytes.len);
    jpeg_save_markers(&j, JPEG_APP0 + 1, NOTE_BYTES_MAX);
    jpeg_read_header(&j, TRUE);
    *ret_orientation = orientation_of(&j);
    enum paper_word word = rows_read(a, &j, ret);
    jpeg_destroy_decompress(&j);
    return word;
}

bool jpeg_write(struct arena *a, const struct pixels *p, str *ret_bytes)
{
    struct jpeg_compress_struct j;
    struct leaving l;
    unsigned char *volatile out = NULL;
    unsigned char *made = NULL;
    unsigned long len = 0;
    j.err = leaving_set(&l);
    if (setjmp(l.to) != 0) {
        jpeg_destroy_compress(&j);
        free(out);
        return false;
    }
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &made, &len);
    j.image_width = (JDIMENSION)p->width;
    j.image_height = (JDIMENSION)p->height;
    j.input_components = 3;
    j.in_color_space = JCS_RGB;
    jpeg_set_defaults(&j);
    jpeg_set_quality(&j, QUALITY, TRUE);
    j.optimize_coding = TRUE;
    jpeg_start_compress(&j, TRUE);
    while (j.next_scanline < j.image_height) {
        JSAMPROW row = p->at + (size_t)j.next_scanline * p->width * 3;
        jpeg_write_scanlines(&j, &row, 1);
    }
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    out = made;
    *ret_bytes = str_copy(a, (str){ (const char *)out, len });
    free(out);
    return ret_bytes->len == len;
}
