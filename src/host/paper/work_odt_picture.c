/* work_odt_picture — pictures and QR codes in OpenDocument.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"
#include "host/paper/work_odt.h"
#include "host/qr/qr.h"

#include <string.h>

#define QR_MM 24
#define QR_DOTS 8 /* a module */

/* Keeps the picture as a part; its name, "" when there are too many. */
static str keep(struct odt *o, str bytes)
{
    bool is_jpeg = str_starts(bytes, STR("\xFF\xD8\xFF"));
    str name;

    if (o->pictures_count == ODT_PICTURES || str_is_empty(bytes)) {
        return STR("");
    }
    name = str_format(o->arena, "Pictures/%zu.%s", o->pictures_count + 1,
                      is_jpeg ? "jpg" : "png");
    o->pictures[o->pictures_count++] = (struct odt_part){ name, bytes };
    return name;
}

static void frame(struct odt *o, const char *called, str name, double width, double height)
{
    buf_format(&o->body,
               "<draw:frame draw:name=\"%s\" text:anchor-type=\"as-char\" "
               "svg:width=\"%.1fmm\" svg:height=\"%.1fmm\"><draw:image xlink:href=\"%.*s\" "
               "xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/>"
               "</draw:frame>",
               called, width, height, STR_ARG(name));
}

void odt_picture(struct odt *o, const struct doc_block *b)
{
    struct pixels x;
    int orientation;
    enum paper_word word = str_starts(b->picture, STR("\xFF\xD8\xFF"))
                               ? jpeg_read(o->arena, b->picture, &x, &orientation)
                               : png_read(o->arena, b->picture, &x, &orientation);

    if (word != PAPER_DONE || x.width == 0 || x.height == 0) {
        return;
    }
    double width = b->width_mm > 0 ? b->width_mm : 160;
    str name = keep(o, b->picture);

    if (str_is_empty(name)) {
        return;
    }
    buf_format(&o->body, "<text:p text:style-name=\"%s\">",
               odt_style(o, DOC_NORMAL, b->align, false));
    frame(o, str_is_empty(b->label) ? "picture" : str_z(o->arena, b->label), name, width,
          width * (double)x.height / (double)x.width);
    buf_put(&o->body, STR("</text:p>"));
    if (!str_is_empty(b->text)) {
        odt_lines(o, odt_style(o, DOC_SMALL, b->align, false), b->text);
    }
}

static str qr_png(struct arena *a, str text)
{
    unsigned char *modules;
    int side;
    str png = STR("");

    if (qr_modules(a, text, &modules, &side) != NULL) {
        return STR("");
    }
    size_t wide = (size_t)side * QR_DOTS;
    struct pixels p = { wide, wide, 3, arena_array(a, wide * wide, 3) };
    for (size_t i = 0; p.at != NULL && i < wide * wide; i++) {
        size_t x = i % wide / QR_DOTS, y = i / wide / QR_DOTS;

        memset(p.at + 3 * i, modules[y * (size_t)side + x] != 0 ? 0 : 255, 3);
    }
    return p.at != NULL && png_write(a, &p, &png) ? png : STR("");
}

void odt_qr(struct odt *o, const struct doc_block *b)
{
    double side = b->width_mm > 0 ? b->width_mm : QR_MM;
    str name = keep(o, qr_png(o->arena, b->label));

    buf_format(&o->body, "<text:p text:style-name=\"%s\">",
               odt_style(o, b->size, b->align, false));
    if (!str_is_empty(name)) {
        frame(o, "qr", name, side, side);
        buf_put(&o->body, STR("<text:s text:c=\"2\"/>"));
    }
    str line, text = b->text;
    for (bool first = true; !str_is_empty(text) && str_cut(&text, '\n', &line);
         first = false) {
        buf_put(&o->body, first ? STR("") : STR("<text:line-break/>"));
        odt_text(o, line);
    }
    buf_put(&o->body, STR("</text:p>"));
}
