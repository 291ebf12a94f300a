/* work_pdf — a document being drawn; what the files work_pdf*.c share.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_WORK_PDF_H
#define BIANMIN_HOST_PAPER_WORK_PDF_H

#include "host/paper/document.h"

#include <pango/pangocairo.h>

#define MM (72.0 / 25.4)

/* The page being filled. Lengths in points, y grows downwards. */
struct press {
    struct arena *arena;
    const struct doc *doc;
    cairo_surface_t *surface;
    cairo_t *cr;
    double width, height;            /* of the sheet */
    double left, right, top, bottom; /* the frame that text stays in */
    double y;
    int page, pages; /* pages 0: being counted */
};

#define FAINT 0.45
#define LINE_WIDTH 0.6

/* A layout of `width` points in the face of the document. */
PangoLayout *press_layout(struct press *p, str text, double width, double size, bool bold,
                          enum doc_align align);
/* The size of letters in points. */
double press_size(const struct press *p, enum doc_size size);
double layout_height(PangoLayout *layout);
/* Goes to a new page. */
void press_page(struct press *p);
/* Goes to a new page unless so much is left (or the page is empty). */
void press_need(struct press *p, double height);
/* From line `from` on draws what fits above `bottom`, at x; gives the next line, and how
 * high that was. */
int press_lines(struct press *p, PangoLayout *layout, int from, double x, double y,
                double bottom, double *ret_height);
int layout_lines(PangoLayout *layout);
/* A text that may go over pages. */
void press_text(struct press *p, const char *tag, PangoLayout *layout, double x);
void press_line(struct press *p, double x1, double y1, double x2, double y2);

/* work_pdf_table.c */
void press_table(struct press *p, const struct doc_block *b);
void press_seals(struct press *p, const struct doc_block *b);
/* work_pdf_draw.c */
void press_seal(struct press *p, const struct doc_block *b);
void press_sign(struct press *p, const struct doc_block *b);
void press_picture(struct press *p, const struct doc_block *b);
void press_qr(struct press *p, const struct doc_block *b);
/* work_pdf_chart.c */
void press_chart(struct press *p, const struct doc_block *b);
/* work_pdf_end.c: names language and title in the catalog of a PDF that Cairo wrote. */
bool pdf_name_language(struct arena *a, str pdf, const char *language, str *ret_pdf);

#endif
