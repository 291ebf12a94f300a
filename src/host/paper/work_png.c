/* work_png — PNG to pixels and back (libpng's simple way, which keeps no notes).
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <png.h>

enum paper_word png_read(struct arena *a, str bytes, struct pixels *ret)
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
