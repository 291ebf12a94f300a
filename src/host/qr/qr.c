/* qr — a QR code as one path.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/qr/qr.h"

#include "base/buf.h"

#include <qrencode.h>

#define QR_QUIET 4
#define QR_TEXT_MAX 2000
#define QR_PATH_MAX ((size_t)1 << 20)

/* A run of dark modules is one rectangle of the path. */
static void row_draw(struct buf *b, const unsigned char *row, int width, int y)
{
    for (int x = 0; x < width; x++) {
        int begin = x;
        while (x < width && (row[x] & 1) != 0) {
            x++;
        }
        if (x > begin) {
            buf_format(b, "M%d %dh%dv1h-%dz", begin + QR_QUIET, y + QR_QUIET, x - begin,
                       x - begin);
        }
    }
}

static err code_make(struct arena *a, str text, QRcode **ret)
{
    QRcode *code = text.len > 0 && text.len <= QR_TEXT_MAX
                       ? QRcode_encodeData((int)text.len, (const unsigned char *)text.at, 0,
                                           QR_ECLEVEL_M)
                       : NULL;
    if (code == NULL) {
        FAIL(a, ERR_INPUT, SAY("This text does not fit into a QR code. Shorten it."),
             STR(""), "%zu bytes", text.len);
    }
    *ret = code;
    return NULL;
}

err qr_path(struct arena *a, str text, str *ret_d, int *ret_side)
{
    QRcode *code = NULL;
    struct buf b;

    TRY(code_make(a, text, &code));
    buf_init(&b, a, QR_PATH_MAX);
    for (int y = 0; y < code->width; y++) {
        row_draw(&b, code->data + y * code->width, code->width, y);
    }
    int side = code->width + 2 * QR_QUIET;
    QRcode_free(code);
    if (buf_failed(&b)) {
        return err_no_memory;
    }
    *ret_d = buf_str(&b);
    *ret_side = side;
    return NULL;
}

err qr_modules(struct arena *a, str text, unsigned char **ret_modules, int *ret_side)
{
    QRcode *code = NULL;

    TRY(code_make(a, text, &code));
    int width = code->width, side = width + 2 * QR_QUIET;
    unsigned char *modules = arena_array(a, (size_t)side, (size_t)side);
    for (int i = 0; modules != NULL && i < width * width; i++) {
        modules[(i / width + QR_QUIET) * side + i % width + QR_QUIET] = code->data[i] & 1;
    }
    QRcode_free(code);
    if (modules == NULL) {
        return err_no_memory;
    }
    *ret_modules = modules;
    *ret_side = side;
    return NULL;
}
