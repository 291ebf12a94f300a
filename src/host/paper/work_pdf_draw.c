/* work_pdf_draw — places for seals and signatures, pictures, QR codes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"
#include "host/paper/work_pdf.h"
#include "host/qr/qr.h"

#include <string.h>

#define SIGN_MM 60
#define QR_MM 24

static double begins_at(const struct press *p, enum doc_align align, double width)
{
    return align == DOC_RIGHT    ? p->right - width
           : align == DOC_CENTRE ? (p->left + p->right - width) / 2
                                 : p->left;
}

void press_seal(struct press *p, const struct doc_block *b)
{
    static const double dashes[] = { 2, 2 };
    double width = b->width_mm * MM, height = b->height_mm * MM;
    double x = begins_at(p, b->align, width);
    PangoLayout *text = press_layout(p, b->text, width, press_size(p, DOC_SMALL), false,
                                     DOC_CENTRE);

    press_need(p, height + 2 * MM);
    cairo_save(p->cr);
    cairo_set_source_rgb(p->cr, 0.7, 0.7, 0.7);
    cairo_set_dash(p->cr, dashes, 2, 0);
    cairo_rectangle(p->cr, x, p->y, width, height);
    cairo_stroke(p->cr);
    cairo_tag_begin(p->cr, "P", NULL);
    cairo_move_to(p->cr, x, p->y + (height - layout_height(text)) / 2);
    pango_cairo_show_layout(p->cr, text);
    cairo_tag_end(p->cr, "P");
    cairo_restore(p->cr);
    p->y += height + 2 * MM;
}

void press_sign(struct press *p, const struct doc_block *b)
{
    double size = press_size(p, b->size),
           line = (b->width_mm > 0 ? b->width_mm : SIGN_MM) * MM;
    PangoLayout *label = press_layout(p, b->label, p->right - p->left, size, b->bold,
                                      DOC_LEFT);
    PangoLayout *text = press_layout(p, b->text, p->right - p->left, size, false, DOC_LEFT);
    int wide, behind;

    pango_layout_get_size(label, &wide, NULL);
    pango_layout_get_size(text, &behind, NULL);
    double before = (double)wide / PANGO_SCALE + 2 * MM;
    double after = behind > 0 ? (double)behind / PANGO_SCALE + 2 * MM : 0;
    double x = begins_at(p, b->align, before + line + after);

    press_need(p, layout_height(label) + 8 * MM);
    p->y += 6 * MM;
    cairo_tag_begin(p->cr, "P", NULL);
    cairo_move_to(p->cr, x, p->y);
    pango_cairo_show_layout(p->cr, label);
    cairo_move_to(p->cr, x + before + line + 2 * MM, p->y);
    pango_cairo_show_layout(p->cr, text);
    cairo_tag_end(p->cr, "P");
    press_line(p, x + before, p->y + size * 1.25, x + before + line, p->y + size * 1.25);
    p->y += layout_height(label) + 2 * MM;
}

/* Red green blue of ours as Cairo has it: blue first, opacity multiplied in. */
static cairo_surface_t *surface_of(struct arena *a, const struct pixels *x)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)x->width,
                                                    (int)x->height);
    unsigned char *at = cairo_image_surface_get_data(s);
    size_t stride = at == NULL ? 0 : (size_t)cairo_image_surface_get_stride(s);

    for (size_t y = 0; at != NULL && y < x->height; y++) {
        for (size_t n = 0; n < x->width; n++) {
            const unsigned char *from = x->at + (y * x->width + n) * x->channels;
            unsigned char *to = at + y * stride + 4 * n;
            unsigned through = x->channels == 4 ? from[3] : 255;

            to[0] = (unsigned char)(from[2] * through / 255);
            to[1] = (unsigned char)(from[1] * through / 255);
            to[2] = (unsigned char)(from[0] * through / 255);
            to[3] = (unsigned char)through;
        }
    }
    cairo_surface_mark_dirty(s);
    return s;
}

static void keep_jpeg(struct arena *a, cairo_surface_t *s, str bytes)
{
    cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, (const unsigned char *)bytes.at,
                                bytes.len, NULL, NULL);
}

void press_picture(struct press *p, const struct doc_block *b)
{
    struct pixels x;
    int orientation;
    bool is_jpeg = str_starts(b->picture, STR("\xFF\xD8\xFF"));
    enum paper_word word = is_jpeg ? jpeg_read(p->arena, b->picture, &x, &orientation)
                                   : png_read(p->arena, b->picture, &x, &orientation);

    if (word != PAPER_DONE || x.width == 0 || x.height == 0) {
        return;
    }
    double most = p->bottom - p->top - 20 * MM, wide = p->right - p->left;
    double width = b->width_mm > 0 && b->width_mm * MM < wide ? b->width_mm * MM : wide;
    double scale = width / (double)x.width;
    scale = (double)x.height * scale > most ? most / (double)x.height : scale;
    double height = (double)x.height * scale;
    cairo_surface_t *s = surface_of(p->arena, &x);

    if (is_jpeg) {
        keep_jpeg(p->arena, s, b->picture);
    }
    press_need(p, height + (str_is_empty(b->text) ? 0 : 8 * MM));
    cairo_save(p->cr);
    cairo_tag_begin(p->cr, "Figure", NULL);
    cairo_translate(p->cr, begins_at(p, b->align, (double)x.width * scale), p->y);
    cairo_scale(p->cr, scale, scale);
    cairo_set_source_surface(p->cr, s, 0, 0);
    cairo_paint(p->cr);
    cairo_tag_end(p->cr, "Figure");
    cairo_restore(p->cr);
    cairo_surface_destroy(s);
    p->y += height + 1.5 * MM;
    if (!str_is_empty(b->text)) {
        press_text(
            p, "P",
            press_layout(p, b->text, wide, press_size(p, DOC_SMALL), false, b->align),
            p->left);
    }
}

void press_qr(struct press *p, const struct doc_block *b)
{
    double side = (b->width_mm > 0 ? b->width_mm : QR_MM) * MM;
    unsigned char *modules = NULL;
    int count = 0;

    if (qr_modules(p->arena, b->label, &modules, &count) != NULL) {
        return;
    }
    double one = side / count, x = b->align == DOC_RIGHT ? p->right - side : p->left;
    double text_x = b->align == DOC_RIGHT ? p->left : p->left + side + 4 * MM;
    PangoLayout *text = press_layout(p, b->text, p->right - p->left - side - 4 * MM,
                                     press_size(p, b->size), false, DOC_LEFT);
    double height = layout_height(text) > side ? layout_height(text) : side;

    press_need(p, height + 2 * MM);
    cairo_tag_begin(p->cr, "Figure", NULL);
    for (int i = 0; i < count * count; i++) {
        if (modules[i] != 0) {
            cairo_rectangle(p->cr, x + i % count * one, p->y + i / count * one, one, one);
        }
    }
    cairo_fill(p->cr);
    cairo_tag_end(p->cr, "Figure");
    cairo_tag_begin(p->cr, "P", NULL);
    cairo_move_to(p->cr, text_x, p->y + (height - layout_height(text)) / 2);
    pango_cairo_show_layout(p->cr, text);
    cairo_tag_end(p->cr, "P");
    p->y += height + 3 * MM;
}
