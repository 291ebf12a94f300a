/* chart_svg — a placed flow chart as SVG: lines and texts in the colour and face of the
 * page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/paper/chart.h"
#include "host/paper/xml.h"

#include <math.h>

#define EM 100
#define LINE 135
#define LETTER_PX 16
#define EDGE 30 /* room for the strokes around */
#define ARROW 60
#define SVG_BYTES ((size_t)2 << 20)

static void lines_put(struct buf *b, str text, const char *kind, int x, int *io_y)
{
    str line;

    while (!str_is_empty(text) && str_cut(&text, '\n', &line)) {
        buf_format(b, "<text class=\"%s\" x=\"%d\" y=\"%d\">", kind, x, *io_y);
        xml_text(b, line);
        buf_put(b, STR("</text>"));
        *io_y += LINE;
    }
}

static int lines_of(str text)
{
    int lines = str_is_empty(text) ? 0 : 1;

    for (size_t i = 0; i < text.len; i++) {
        lines += text.at[i] == '\n' ? 1 : 0;
    }
    return lines;
}

static void node_put(struct buf *b, const struct chart_node *n)
{
    int x = n->x - n->width / 2, y = n->y - n->height / 2;
    int lines = lines_of(n->text) + lines_of(n->note);
    int at = n->y - (lines - 1) * LINE / 2 + EM * 36 / 100;

    if (n->kind == CHART_CHOICE) {
        buf_format(b, "<path class=\"choice\" d=\"M%d %dL%d %dL%d %dL%d %dz\"/>", n->x, y,
                   x + n->width, n->y, n->x, y + n->height, x, n->y);
    } else {
        buf_format(b,
                   "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                   "rx=\"%d\"/>",
                   n->kind == CHART_STEP ? "step" : "end", x, y, n->width, n->height,
                   n->kind == CHART_STEP ? 12 : n->height / 2);
    }
    lines_put(b, n->text, "name", n->x, &at);
    lines_put(b, n->note, "note", n->x, &at);
}

static void edge_put(struct buf *b, const struct chart_edge *e)
{
    size_t n = e->points_count;

    if (n < 4) {
        return;
    }
    buf_format(b, "<path class=\"line\" d=\"M%d %d", e->points[0].x, e->points[0].y);
    for (size_t i = 1; i < n; i++) {
        buf_format(b, "%s%d %d", i % 3 == 1 ? "C" : " ", e->points[i].x, e->points[i].y);
    }
    double turn = chart_angle(&e->points[n - 2], &e->points[n - 1]);
    int x = e->points[n - 1].x, y = e->points[n - 1].y;
    int ax = x + (int)lround(ARROW * cos(turn)), ay = y + (int)lround(ARROW * sin(turn));
    int bx = (int)lround(ARROW / 3.0 * sin(turn)),
        by = (int)lround(ARROW / 3.0 * cos(turn));
    buf_format(b, "\"/><path class=\"tip\" d=\"M%d %dL%d %dL%d %dz\"/>", ax, ay, x + bx,
               y - by, x - bx, y + by);
    if (!str_is_empty(e->text)) {
        int at = e->text_y + EM * 36 / 100;

        lines_put(b, e->text, "says", e->text_x, &at);
    }
}

str chart_svg(struct arena *a, const struct chart *c)
{
    struct buf b;

    if (c->width <= 0 || c->height <= 0) {
        return STR("");
    }
    buf_init(&b, a, SVG_BYTES);
    /* A letter is as large as those around it; a narrower page shrinks it. */
    buf_format(
        &b,
        "<svg class=\"chart\" role=\"img\" viewBox=\"%d %d %d %d\" width=\"%d\"><title>",
        -EDGE, -EDGE, c->width + 2 * EDGE, c->height + 2 * EDGE, c->width * LETTER_PX / EM);
    xml_text(&b, c->title);
    buf_format(&b, "</title><g font-size=\"%d\">", EM);
    for (size_t i = 0; i < c->edges_count; i++) {
        edge_put(&b, &c->edges[i]);
    }
    for (size_t i = 0; i < c->nodes_count; i++) {
        node_put(&b, &c->nodes[i]);
    }
    buf_put(&b, STR("</g></svg>"));
    return buf_failed(&b) ? STR("") : buf_str(&b);
}
