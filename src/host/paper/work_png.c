/* work_png — PNG to pixels and back (libpng's simple way, which keeps no notes). Of its
 * notes only the turn is read.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <png.h>

#define SIGNATURE_BYTES 8
#define CHUNK_HEAD_BYTES 8 /* length and name */
#define CHUNK_SUM_BYTES 4

/* The turn in the chunk eXIf; 1 when there is none. The simple way does not hand it out, so
 * the chunks are walked here: length, name, bytes, sum. */
static int orientation_of(str bytes)
{
    str rest = str_slice(bytes, SIGNATURE_BYTES, bytes.len);
    while (rest.len >= CHUNK_HEAD_BYTES + CHUNK_SUM_BYTES) {
        size_t len = png_get_uint_32((png_const_bytep)rest.at);
        str name = str_slice(rest, 4, 4);
        if (len > rest.len - CHUNK_HEAD_BYTES - CHUNK_SUM_BYTES) {
            return 1;
        }
        if (str_equal(name, STR("eXIf"))) {
            return exif_orientation(str_slice(rest, CHUNK_HEAD_BYTES, len));
        }
        rest = str_slice(rest, CHUNK_HEAD_BYTES + len + CHUNK_SUM_BYTES, rest.len);
    }
    return 1;
}

enum paper_word png_read(struct arena *a, str bytes, struct pixels *ret,
                         int *ret_orientation)
{
    png_image image = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_memory(&image, bytes.at, bytes.len)) {
        return PAPER_UNREADABLE;
    }
    struct pixels p = { image.width, image.height, 4, NULL };
    if (p.width > PICTURE_PIXELS_MAX / p.height) {
        png_image_free(&image);
        return PAPER_TOO_LARGE;
    }
    image.format = PNG_FORMAT_RGBA;
    p.at = arena_array(a, p.width * p.height, 4);
    if (p.at == NULL) {
        png_image_free(&image);
        return PAPER_TOO_LARGE;
    }
    if (!png_image_finish_read(&image, NULL, p.at, 0, NULL)) {
        return PAPER_UNREADABLE;
    }
    *ret_orientation = orientation_of(bytes);
    *ret = p;
    return PAPER_DONE;
}

bool png_write(struct arena *a, const struct pixels *p, str *ret_bytes)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = (png_uint_32)p->width,
        .height = (png_uint_32)p->height,
        .format = p->channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB,
    };
    png_alloc_size_t len = PNG_IMAGE_PNG_SIZE_MAX(image);
    char *out = arena_alloc(a, len);
    if (out == NULL || !png_image_write_to_memory(&image, out, &len, 0, p->at, 0, NULL)) {
        return false;
    }
    *ret_bytes = (str){ out, len };
    return true;
}
