/* work_pdf_table — tables: rows go over pages, the head comes again on each.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_pdf.h"

#define PAD (1.4 * MM)
#define SEALS_HEIGHT 22
#define GREY 0.93

struct grid {
    struct press *press;
    const struct doc_block *block;
    double *edges; /* of the columns, one more than there are */
    size_t columns;
    double size; /* of letters */
};

static bool grid_init(struct grid *g, struct press *p, const struct doc_block *b)
{
    int all = 0;
    double x = p->left, width = p->right - p->left;

    *g = (struct grid){ .press = p, .block = b, .columns = b->columns_count };
    g->size = press_size(p, b->size);
    g->edges = ARENA_ARRAY(p->arena, g->columns + 1, double);
    if (g->edges == NULL || g->columns == 0) {
        return false;
    }
    if (b->width_mm > 0 && b->width_mm * MM < width) {
        width = b->width_mm * MM;
        x = b->align == DOC_RIGHT    ? p->right - width
            : b->align == DOC_CENTRE ? (p->left + p->right - width) / 2
                                     : x;
    }
    for (size_t i = 0; i < g->columns; i++) {
        all += b->columns[i].share > 0 ? b->columns[i].share : 1;
    }
    for (size_t i = 0; i < g->columns; i++) {
        int share = b->columns[i].share > 0 ? b->columns[i].share : 1;

        g->edges[i] = x;
        x += width * share / all;
    }
    g->edges[g->columns] = x;
    return true;
}

/* A row while it is drawn: what stands in its cells, and how far each has come. */
struct row_state {
    const struct doc_row *row;
    PangoLayout **layouts;
    int *next;
    size_t *column; /* where each cell begins */
    size_t count;
    double height; /* all of it */
};

static size_t span_of(const struct doc_cell *c, size_t column, size_t columns)
{
    size_t span = c->span > 1 ? (size_t)c->span : 1;

    return column + span > columns ? columns - column : span;
}

static bool row_init(struct grid *g, const struct doc_row *row, struct row_state *s)
{
    struct arena *a = g->press->arena;
    size_t column = 0;

    *s = (struct row_state){ .row = row, .height = row->height_mm * MM };
    s->layouts = ARENA_ARRAY(a, row->cells_count + 1, PangoLayout *);
    s->next = ARENA_ARRAY(a, row->cells_count + 1, int);
    s->column = ARENA_ARRAY(a, row->cells_count + 2, size_t);
    if (s->layouts == NULL || s->next == NULL || s->column == NULL) {
        return false;
    }
    for (size_t i = 0; i < row->cells_count && column < g->columns; i++) {
        const struct doc_cell *c = &row->cells[i];
        size_t span = span_of(c, column, g->columns);
        double width = g->edges[column + span] - g->edges[column] - 2 * PAD;
        double size = c->size == DOC_NORMAL ? g->size : press_size(g->press, c->size);
        enum doc_align align = c->head && row->head && c->align == DOC_LEFT ? DOC_CENTRE
                                                                            : c->align;

        s->layouts[i] = press_layout(g->press, c->text, width, size, c->bold || c->head,
                                     align);
        double height = layout_height(s->layouts[i]) + 2 * PAD;
        s->height = height > s->height ? height : s->height;
        s->column[i] = column;
        column += span;
        s->count = i + 1;
    }
    s->column[s->count] = column;
    return true;
}

static void cell_ground(struct grid *g, const struct doc_cell *c, double x, double right,
                        double height)
{
    struct press *p = g->press;

    if (c->head) {
        cairo_save(p->cr);
        cairo_set_source_rgb(p->cr, GREY, GREY, GREY);
        cairo_rectangle(p->cr, x, p->y, right - x, height);
        cairo_fill(p->cr);
        cairo_restore(p->cr);
    }
    cairo_rectangle(p->cr, x, p->y, right - x, height);
    cairo_stroke(p->cr);
}

/* A part of the row that is `height` high; true when all is drawn. */
static bool row_part(struct grid *g, struct row_state *s, double height)
{
    struct press *p = g->press;
    bool all = true;

    cairo_tag_begin(p->cr, "TR", NULL);
    for (size_t i = 0; i < s->count; i++) {
        const struct doc_cell *c = &s->row->cells[i];
        const char *tag = c->head ? "TH" : "TD";
        double x = g->edges[s->column[i]], right = g->edges[s->column[i + 1]], used;
        double text = layout_height(s->layouts[i]);
        double above = s->next[i] == 0 && text + 2 * PAD < height ? (height - text) / 2
                                                                  : PAD;
        int lines = layout_lines(s->layouts[i]);

        cell_ground(g, c, x, right, height);
        cairo_save(p->cr);
        if (c->faint) {
            cairo_set_source_rgb(p->cr, FAINT, FAINT, FAINT);
        }
        cairo_tag_begin(p->cr, tag, NULL);
        if (s->next[i] < lines) {
            s->next[i] = press_lines(p, s->layouts[i], s->next[i], x + PAD, p->y + above,
                                     p->y + height - PAD + 1, &used);
        }
        cairo_tag_end(p->cr, tag);
        cairo_restore(p->cr);
        all = all && s->next[i] >= lines;
    }
    cairo_tag_end(p->cr, "TR");
    p->y += height;
    return all;
}

static void heads_draw(struct grid *g)
{
    struct row_state s;

    for (size_t i = 0; i < g->block->rows_count && g->block->rows[i].head; i++) {
        if (row_init(g, &g->block->rows[i], &s)) {
            row_part(g, &s, s.height);
        }
    }
}

static void row_draw(struct grid *g, const struct doc_row *row)
{
    struct press *p = g->press;
    struct row_state s;
    double room = p->bottom - p->top - 30 * MM;

    if (!row_init(g, row, &s)) {
        return;
    }
    if (p->y + s.height > p->bottom && p->y > p->top + 1) {
        press_page(p);
        if (!row->head) {
            heads_draw(g);
        }
    }
    if (s.height <= room || p->y + s.height <= p->bottom) {
        row_part(g, &s, s.height);
        return;
    }
    while (!row_part(g, &s, p->bottom - p->y)) {
        press_page(p);
        heads_draw(g);
    }
}

void press_table(struct press *p, const struct doc_block *b)
{
    struct grid g;

    if (!grid_init(&g, p, b)) {
        return;
    }
    if (!str_is_empty(b->text)) { /* its caption */
        press_text(p, "P",
                   press_layout(p, b->text, p->right - p->left, g.size, true, DOC_LEFT),
                   p->left);
        p->y += 1 * MM;
    }
    cairo_tag_begin(p->cr, "Table", NULL);
    for (size_t i = 0; i < b->rows_count; i++) {
        row_draw(&g, &b->rows[i]);
    }
    cairo_tag_end(p->cr, "Table");
    p->y += 3 * MM;
}

void press_seals(struct press *p, const struct doc_block *b)
{
    struct doc_cell *cells = ARENA_ARRAY(p->arena, 2 * b->columns_count + 1,
                                         struct doc_cell);
    struct doc_row rows[2] = {
        { cells, b->columns_count, 0, true },
        { cells == NULL ? NULL : cells + b->columns_count, b->columns_count,
          b->height_mm > 0 ? b->height_mm : SEALS_HEIGHT, false },
    };
    struct doc_block table = *b;

    if (cells == NULL) {
        return;
    }
    for (size_t i = 0; i < b->columns_count; i++) {
        cells[i] = (struct doc_cell){ .text = b->columns[i].text, .head = true };
    }
    table.rows = rows;
    table.rows_count = 2;
    press_need(p, (SEALS_HEIGHT + 12) * MM);
    press_table(p, &table);
}
