/* chart — sizes for dot, places from dot. Texts are not given to it: what they are wide is
 * worked out here, so that it needs no font.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/chart.h"

#include "base/buf.h"

#include <math.h>
#include <stdlib.h>

#define EM 100
#define INCH 720.0 /* a letter is 10 points */
#define LINE 135
#define DOT_BYTES ((size_t)1 << 20)
#define NODES_MAX 200
#define POINTS_MAX 400

int chart_text_width(str line)
{
    int width = 0;

    for (size_t i = 0; i < line.len; i++) {
        unsigned char c = (unsigned char)line.at[i];

        if (c < 0x80) {
            width += EM * 55 / 100;
        } else if (c >= 0xC0) { /* the first byte of a sign */
            width += EM;
        }
    }
    return width;
}

static void text_size(str text, int *io_width, int *io_lines)
{
    str line;

    while (!str_is_empty(text) && str_cut(&text, '\n', &line)) {
        int width = chart_text_width(line);

        *io_width = width > *io_width ? width : *io_width;
        (*io_lines)++;
    }
}

static void node_size(struct chart_node *n)
{
    int width = 0, lines = 0;

    text_size(n->text, &width, &lines);
    text_size(n->note, &width, &lines);
    n->width = (width < 4 * EM ? 4 * EM : width) + 2 * EM;
    n->height = lines * LINE + EM;
    if (n->kind == CHART_CHOICE) {
        n->width = n->width * 3 / 2;
        n->height = n->height * 2;
    } else if (n->kind != CHART_STEP) {
        n->width += EM;
    }
}

static int node_index(const struct chart *c, str key)
{
    for (size_t i = 0; i < c->nodes_count; i++) {
        if (str_equal(c->nodes[i].key, key)) {
            return (int)i;
        }
    }
    return -1;
}

static void edge_ask(struct buf *b, const struct chart *c, const struct chart_edge *e)
{
    int from = node_index(c, e->from), to = node_index(c, e->to);
    int wide = chart_text_width(e->text) / (EM / 2) + (str_is_empty(e->text) ? 0 : 2);

    if (from < 0 || to < 0) {
        return;
    }
    buf_format(b, "n%d->n%d", from, to);
    if (wide > 0) {
        buf_put(b, STR("[label=\""));
        for (int i = 0; i < wide && i < 60; i++) {
            buf_put_char(b, 'x');
        }
        buf_put(b, STR("\"]"));
    }
    buf_put(b, STR(";\n"));
}

str chart_ask(struct arena *a, struct chart *io_chart)
{
    struct chart *c = io_chart;
    struct buf b;

    buf_init(&b, a, DOT_BYTES);
    buf_put(&b, STR("digraph g{rankdir=TB;nodesep=0.3;ranksep=0.3;\n"
                    "node[fixedsize=true,shape=box,label=\"\"];\n"
                    "edge[fontsize=10,arrowsize=0.6];\n"));
    for (size_t i = 0; i < c->nodes_count && i < NODES_MAX; i++) {
        struct chart_node *n = &c->nodes[i];

        node_size(n);
        buf_format(&b, "n%zu[width=%.3f,height=%.3f%s];\n", i, n->width / INCH,
                   n->height / INCH, n->kind == CHART_CHOICE ? ",shape=diamond" : "");
    }
    for (size_t i = 0; i < c->edges_count && i < 4 * (size_t)NODES_MAX; i++) {
        edge_ask(&b, c, &c->edges[i]);
    }
    buf_put(&b, STR("}\n"));
    return buf_str(&b);
}

/* The next word of a line; quotes come off. */
static str word_next(str *line)
{
    str word;
    bool quoted;

    while (line->len > 0 && line->at[0] == ' ') {
        *line = str_slice(*line, 1, line->len);
    }
    quoted = line->len > 0 && line->at[0] == '"';
    *line = quoted ? str_slice(*line, 1, line->len) : *line;
    if (!str_cut(line, quoted ? '"' : ' ', &word)) {
        return STR("");
    }
    return word;
}

/* Inches of dot in our units; 0 for what is no number or out of reach. */
static int units_next(struct arena *a, str *line)
{
    const char *z = str_z(a, word_next(line));
    char *end;
    double inches = strtod(z, &end);

    return end == z || !(inches > -100 && inches < 100) ? 0 : (int)lround(inches * INCH);
}

static int index_next(str *line, char letter)
{
    str word = word_next(line);
    int64_t n;

    return word.len > 1 && word.at[0] == letter && str_to_int(str_slice(word, 1, 9), &n)
               ? (int)n
               : -1;
}

static bool node_place(struct arena *a, str line, struct chart *c)
{
    int i = index_next(&line, 'n');

    if (i < 0 || (size_t)i >= c->nodes_count) {
        return false;
    }
    c->nodes[i].x = units_next(a, &line);
    c->nodes[i].y = c->height - units_next(a, &line);
    return true;
}

/* The n-th line between the same two steps is the n-th that was asked for. */
static struct chart_edge *edge_find(struct chart *c, int from, int to)
{
    for (size_t i = 0; i < c->edges_count; i++) {
        struct chart_edge *e = &c->edges[i];

        if (e->points_count == 0 && node_index(c, e->from) == from &&
            node_index(c, e->to) == to) {
            return e;
        }
    }
    return NULL;
}

static bool edge_place(struct arena *a, str line, struct chart *c)
{
    int from = index_next(&line, 'n'), to = index_next(&line, 'n');
    struct chart_edge *e = edge_find(c, from, to);
    int64_t count;

    if (e == NULL || !str_to_int(word_next(&line), &count) || count < 4 ||
        count > POINTS_MAX) {
        return false;
    }
    struct chart_point *points = ARENA_ARRAY(a, (size_t)count, struct chart_point);
    for (int64_t i = 0; points != NULL && i < count; i++) {
        points[i].x = units_next(a, &line);
        points[i].y = c->height - units_next(a, &line);
    }
    e->points = points;
    e->points_count = points == NULL ? 0 : (size_t)count;
    if (!str_is_empty(e->text)) {
        word_next(&line);
        e->text_x = units_next(a, &line);
        e->text_y = c->height - units_next(a, &line);
    }
    return true;
}

bool chart_place(struct arena *a, str plain, struct chart *io_chart)
{
    struct chart *c = io_chart;
    str line;
    size_t nodes = 0, edges = 0;

    for (size_t i = 0; i < c->edges_count; i++) {
        c->edges[i].points_count = 0;
    }
    c->width = c->height = 0;
    while (str_cut(&plain, '\n', &line)) {
        str what = word_next(&line);

        if (str_equal(what, STR("graph"))) {
            word_next(&line); /* scale */
            c->width = units_next(a, &line);
            c->height = units_next(a, &line);
        } else if (str_equal(what, STR("node"))) {
            nodes += node_place(a, line, c) ? 1 : 0;
        } else if (str_equal(what, STR("edge"))) {
            edges += edge_place(a, line, c) ? 1 : 0;
        }
    }
    if (nodes != c->nodes_count || edges > c->edges_count || c->width <= 0 ||
        c->height <= 0) {
        c->width = c->height = 0;
        return false;
    }
    return true;
}

double chart_angle(const struct chart_point *from, const struct chart_point *to)
{
    return atan2((double)to->y - from->y, (double)to->x - from->x);
}
