/* work_pdf_chart — a flow chart that dot has placed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/chart.h"
#include "host/paper/work_pdf.h"

#define EM 100.0 /* units of a chart in one letter */
#define LETTER 9.5
#define ARROW 60.0

static void outline(cairo_t *cr, const struct chart_node *n)
{
    double x = n->x - n->width / 2.0, y = n->y - n->height / 2.0;
    double w = n->width, h = n->height, r = n->kind == CHART_STEP ? 12 : h / 2;

    cairo_new_path(cr);
    if (n->kind == CHART_CHOICE) {
        cairo_move_to(cr, n->x, y);
        cairo_line_to(cr, x + w, n->y);
        cairo_line_to(cr, n->x, y + h);
        cairo_line_to(cr, x, n->y);
    } else {
        cairo_arc(cr, x + w - r, y + r, r, -G_PI / 2, 0);
        cairo_arc(cr, x + w - r, y + h - r, r, 0, G_PI / 2);
        cairo_arc(cr, x + r, y + h - r, r, G_PI / 2, G_PI);
        cairo_arc(cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
    }
    cairo_close_path(cr);
}

static void words_at(struct press *p, str text, double x, double y, double width,
                     double size)
{
    PangoLayout *layout = press_layout(p, text, width, size, false, DOC_CENTRE);

    pango_layout_set_line_spacing(layout, 1);
    cairo_move_to(p->cr, x - width / 2, y - layout_height(layout) / 2);
    pango_cairo_show_layout(p->cr, layout);
}

static void node_draw(struct press *p, const struct chart_node *n)
{
    str text = str_is_empty(n->note)
                   ? n->text
                   : str_format(p->arena, "%.*s\n%.*s", STR_ARG(n->text), STR_ARG(n->note));

    outline(p->cr, n);
    cairo_set_source_rgb(p->cr, 1, 1, 1);
    cairo_fill_preserve(p->cr);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
    cairo_stroke(p->cr);
    words_at(p, text, n->x, n->y, n->width - 20, EM);
}

static void edge_draw(struct press *p, const struct chart_edge *e)
{
    cairo_t *cr = p->cr;
    const struct chart_point *at = e->points;
    size_t last = e->points_count - 1;

    if (e->points_count < 4) {
        return;
    }
    cairo_move_to(cr, at[0].x, at[0].y);
    for (size_t i = 1; i + 2 < e->points_count; i += 3) {
        cairo_curve_to(cr, at[i].x, at[i].y, at[i + 1].x, at[i + 1].y, at[i + 2].x,
                       at[i + 2].y);
    }
    cairo_stroke(cr);
    cairo_save(cr);
    cairo_translate(cr, at[last].x, at[last].y);
    cairo_rotate(cr, chart_angle(&at[last - 1], &at[last]));
    cairo_move_to(cr, ARROW, 0);
    cairo_line_to(cr, 0, -ARROW / 3);
    cairo_line_to(cr, 0, ARROW / 3);
    cairo_close_path(cr);
    cairo_fill(cr);
    cairo_restore(cr);
    if (!str_is_empty(e->text)) {
        words_at(p, e->text, e->text_x, e->text_y, 12 * EM, EM);
    }
}

void press_chart(struct press *p, const struct doc_block *b)
{
    const struct chart *c = b->chart;
    double wide = p->right - p->left, most = p->bottom - p->top - 4 * MM;

    if (c == NULL || c->width == 0 || c->height == 0) {
        return;
    }
    double scale = LETTER / EM;
    scale = c->width * scale > wide ? wide / c->width : scale;
    scale = c->height * scale > most ? most / c->height : scale;
    /* Rather smaller here than alone on the next page, while it can be read. */
    double left = p->bottom - p->y - 2 * MM;
    if (c->height * scale > left && c->height * scale * 0.7 < left) {
        scale = left / c->height;
    }
    press_need(p, c->height * scale);
    cairo_save(p->cr);
    cairo_tag_begin(p->cr, "Figure", NULL);
    cairo_translate(p->cr, (p->left + p->right - c->width * scale) / 2, p->y);
    cairo_scale(p->cr, scale, scale);
    cairo_set_line_width(p->cr, LINE_WIDTH / scale);
    for (size_t i = 0; i < c->edges_count; i++) {
        edge_draw(p, &c->edges[i]);
    }
    for (size_t i = 0; i < c->nodes_count; i++) {
        node_draw(p, &c->nodes[i]);
    }
    cairo_tag_end(p->cr, "Figure");
    cairo_restore(p->cr);
    p->y += c->height * scale + 3 * MM;
}
