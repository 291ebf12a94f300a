/* work_odt_table — tables in OpenDocument, and what looks like one: seal rows, places for
 * seals.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work_odt.h"

#define SEALS_HEIGHT 22
#define WIDE_MM 170

static int begin(struct odt *o, const struct doc_block *b)
{
    static const char *const ways[] = { "left", "center", "right" };
    int n = ++o->tables;

    buf_format(
        &o->styles,
        "<style:style style:name=\"T%d\" style:family=\"table\"><style:table-properties "
        "table:align=\"%s\"",
        n, b->width_mm > 0 ? ways[b->align] : "margins");
    if (b->width_mm > 0) {
        buf_format(&o->styles, " style:width=\"%dmm\"", b->width_mm);
    }
    buf_put(&o->styles, STR(" fo:margin-bottom=\"3mm\"/></style:style>"));
    for (size_t i = 0; i < b->columns_count; i++) {
        int share = b->columns[i].share > 0 ? b->columns[i].share : 1;

        buf_format(&o->styles,
                   "<style:style style:name=\"T%d.%zu\" style:family=\"table-column\">"
                   "<style:table-column-properties style:rel-column-width=\"%d*\"/>"
                   "</style:style>",
                   n, i, share);
    }
    buf_format(&o->body, "<table:table table:name=\"T%d\" table:style-name=\"T%d\">", n, n);
    for (size_t i = 0; i < b->columns_count; i++) {
        buf_format(&o->body, "<table:table-column table:style-name=\"T%d.%zu\"/>", n, i);
    }
    return n;
}

static void cell_write(struct odt *o, const struct doc_block *b, const struct doc_row *r,
                       const struct doc_cell *c, size_t span)
{
    enum doc_size size = c->size == DOC_NORMAL ? b->size : c->size;
    enum doc_align align = c->head && r->head && c->align == DOC_LEFT ? DOC_CENTRE
                                                                      : c->align;

    buf_format(&o->body,
               "<table:table-cell office:value-type=\"string\" table:style-name=\"%s\"",
               c->head ? "CellHead" : "Cell");
    if (span > 1) {
        buf_format(&o->body, " table:number-columns-spanned=\"%zu\"", span);
    }
    buf_put_char(&o->body, '>');
    odt_lines(o, odt_style(o, size, align, c->bold || c->head), c->text);
    buf_put(&o->body, STR("</table:table-cell>"));
    for (size_t i = 1; i < span; i++) {
        buf_put(&o->body, STR("<table:covered-table-cell/>"));
    }
}

static void row_write(struct odt *o, const struct doc_block *b, const struct doc_row *r)
{
    size_t column = 0;

    if (r->height_mm > 0) {
        int n = ++o->items;

        buf_format(
            &o->styles,
            "<style:style style:name=\"R%d\" style:family=\"table-row\">"
            "<style:table-row-properties style:min-row-height=\"%dmm\"/></style:style>",
            n, r->height_mm);
        buf_format(&o->body, "<table:table-row table:style-name=\"R%d\">", n);
    } else {
        buf_put(&o->body, STR("<table:table-row>"));
    }
    for (size_t i = 0; i < r->cells_count && column < b->columns_count; i++) {
        size_t span = r->cells[i].span > 1 ? (size_t)r->cells[i].span : 1;

        span = column + span > b->columns_count ? b->columns_count - column : span;
        cell_write(o, b, r, &r->cells[i], span);
        column += span;
    }
    buf_put(&o->body, STR("</table:table-row>"));
}

void odt_table(struct odt *o, const struct doc_block *b)
{
    size_t heads = 0;

    if (!str_is_empty(b->text)) {
        odt_lines(o, odt_style(o, b->size, DOC_LEFT, true), b->text);
    }
    begin(o, b);
    while (heads < b->rows_count && b->rows[heads].head) {
        heads++;
    }
    if (heads > 0) {
        buf_put(&o->body, STR("<table:table-header-rows>"));
    }
    for (size_t i = 0; i < b->rows_count; i++) {
        row_write(o, b, &b->rows[i]);
        if (heads > 0 && i + 1 == heads) {
            buf_put(&o->body, STR("</table:table-header-rows>"));
        }
    }
    buf_put(&o->body, STR("</table:table>"));
    buf_put(&o->body, STR("<text:p text:style-name=\"Gap\"/>"));
}

void odt_seals(struct odt *o, const struct doc_block *b)
{
    struct doc_cell *cells = ARENA_ARRAY(o->arena, 2 * b->columns_count + 1,
                                         struct doc_cell);
    struct doc_block table = *b;

    if (cells == NULL) {
        return;
    }
    struct doc_row rows[2] = {
        { cells, b->columns_count, 0, true },
        { cells + b->columns_count, b->columns_count,
          b->height_mm > 0 ? b->height_mm : SEALS_HEIGHT, false },
    };

    for (size_t i = 0; i < b->columns_count; i++) {
        cells[i] = (struct doc_cell){ .text = b->columns[i].text, .head = true };
    }
    table.rows = rows;
    table.rows_count = 2;
    odt_table(o, &table);
}

void odt_seal(struct odt *o, const struct doc_block *b)
{
    const struct doc_column column = { .share = 1 };
    struct doc_block table = *b;

    table.columns = &column;
    table.columns_count = 1;
    table.width_mm = b->width_mm > 0 ? b->width_mm : WIDE_MM;
    begin(o, &table);
    int n = ++o->items;
    buf_format(&o->styles,
               "<style:style style:name=\"R%d\" style:family=\"table-row\">"
               "<style:table-row-properties style:min-row-height=\"%dmm\"/></style:style>",
               n, b->height_mm);
    buf_format(&o->body,
               "<table:table-row table:style-name=\"R%d\"><table:table-cell "
               "table:style-name=\"CellSeal\">",
               n);
    odt_lines(o, "Faint", b->text);
    buf_put(&o->body, STR("</table:table-cell></table:table-row></table:table>"
                          "<text:p text:style-name=\"Gap\"/>"));
}
