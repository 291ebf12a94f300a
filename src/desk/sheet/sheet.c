/* sheet — documents as what views show, and as files.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/sheet/sheet.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "host/paper/paper.h"
#include "host/qr/qr.h"

#define STEP_CELLS 2

const str sheet_format_key[SHEET_FORMATS] = { STR_INIT("pdf"), STR_INIT("odt") };

bool sheet_format_from_key(str key, enum sheet_format *ret)
{
    for (int i = 0; i < SHEET_FORMATS; i++) {
        if (str_equal(key, sheet_format_key[i])) {
            *ret = (enum sheet_format)i;
            return true;
        }
    }
    return false;
}

static str align_css(enum doc_align align)
{
    return align == DOC_RIGHT ? STR("r") : align == DOC_CENTRE ? STR("c") : STR("");
}

static err rows_of(struct arena *a, const struct doc_row *from, size_t count,
                   const struct sheet_row **ret)
{
    struct sheet_row *rows = ARENA_ARRAY(a, count + 1, struct sheet_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct sheet_cell *cells = ARENA_ARRAY(a, from[i].cells_count + 1,
                                               struct sheet_cell);

        if (cells == NULL) {
            return err_no_memory;
        }
        const bool is_head = from[i].cells_count > 1 && from[i].cells[1].head &&
                             from[i].cells[from[i].cells_count - 1].head;

        for (size_t k = 0; k < from[i].cells_count; k++) {
            const struct doc_cell *c = &from[i].cells[k];

            cells[k] = (struct sheet_cell){
                .text = c->text,
                .css = c->faint ? STR("faint") : align_css(c->align),
                .span = c->span > 1 ? c->span : 1,
                .head = c->head && c->text.len > 0, /* the corner says nothing */
                /* A row of heads alone speaks for its columns. */
                .scope = is_head ? STR("col") : STR("row"),
            };
        }
        rows[i] = (struct sheet_row){ cells, from[i].cells_count,
                                      from[i].height_mm > 12 ? STR("tall") : STR("") };
    }
    *ret = rows;
    return NULL;
}

static err seals_of(struct arena *a, const struct doc_block *from, struct sheet_block *b)
{
    struct doc_cell *cells = ARENA_ARRAY(a, 2 * from->columns_count + 1, struct doc_cell);

    if (cells == NULL) {
        return err_no_memory;
    }
    const struct doc_row rows[2] = {
        { cells, from->columns_count, 0, true },
        { cells + from->columns_count, from->columns_count, 22, false },
    };

    for (size_t i = 0; i < from->columns_count; i++) {
        cells[i] = (struct doc_cell){ .text = from->columns[i].text, .head = true };
    }
    b->is_table = true;
    b->rows_count = 2;
    b->css = STR("sheet__seals");
    return rows_of(a, rows, 2, &b->rows);
}

/* The drawing, and the same in words: what stands there and where it goes on. */
static err chart_of(struct arena *a, const struct chart *c, struct sheet_block *b)
{
    struct sheet_row *steps;

    if (c == NULL) {
        return NULL;
    }
    steps = ARENA_ARRAY(a, c->nodes_count + 1, struct sheet_row);
    for (size_t i = 0; steps != NULL && i < c->nodes_count; i++) {
        struct sheet_cell *cell = ARENA_ARRAY(a, STEP_CELLS, struct sheet_cell);

        if (cell == NULL) {
            return err_no_memory;
        }
        cell[0].text = c->nodes[i].text;
        cell[1].text = c->nodes[i].note;
        steps[i] = (struct sheet_row){ cell, STEP_CELLS, STR("") };
    }
    b->is_chart = true;
    b->chart.markup = chart_svg(a, c);
    b->steps = steps;
    b->steps_count = steps == NULL ? 0 : c->nodes_count;
    return NULL;
}

/* `top`: the highest level of heading in the document, the second of the page. */
static err block_of(struct arena *a, const struct doc_block *from, int top,
                    struct sheet_block *b)
{
    *b = (struct sheet_block){ .label = from->label,
                               .text = from->text,
                               .css = align_css(from->align) };
    switch (from->kind) {
    case DOC_TITLE:
        b->is_title = true;
        break;
    case DOC_HEADING:
        b->is_h2 = from->level <= top;
        b->is_h3 = from->level == top + 1;
        b->is_h4 = from->level > top + 1;
        break;
    case DOC_TEXT:
        b->is_text = true;
        b->css = from->boxed               ? STR("sheet__box")
                 : from->size == DOC_SMALL ? STR("small")
                                           : b->css;
        break;
    case DOC_ITEM:
        b->is_item = true;
        b->css = from->level > 1 ? STR("sheet__in") : STR("");
        break;
    case DOC_TABLE:
        b->is_table = true;
        b->rows_count = from->rows_count;
        b->css = STR("");
        return rows_of(a, from->rows, from->rows_count, &b->rows);
    case DOC_SEALS:
        return seals_of(a, from, b);
    case DOC_SEAL:
        b->is_seal = true;
        break;
    case DOC_SIGN:
        b->is_sign = true;
        break;
    case DOC_QR:
        b->is_qr = true;
        return qr_path(a, from->label, &b->qr_path, &b->qr_side);
    case DOC_CHART:
        return chart_of(a, from->chart, b);
    case DOC_RULE:
        b->is_rule = true;
        break;
    default:
        break; /* spaces, breaks and pictures are for paper */
    }
    return NULL;
}

err sheet_of(struct arena *a, const struct doc *d, bool titled, struct sheet *ret)
{
    struct sheet_block *blocks = ARENA_ARRAY(a, d->blocks_count + 1, struct sheet_block);
    struct sheet s = { .corner = d->top_right,
                       .foot = d->foot,
                       .css = d->face == DOC_KAI ? STR("sheet--kai") : STR("") };
    int top = 9;

    if (blocks == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < d->blocks_count; i++) {
        if (d->blocks[i].kind == DOC_HEADING && d->blocks[i].level < top) {
            top = d->blocks[i].level;
        }
    }
    for (size_t i = 0; i < d->blocks_count; i++) {
        if (titled && d->blocks[i].kind == DOC_TITLE) {
            titled = false;
            continue;
        }
        TRY(block_of(a, &d->blocks[i], top, &blocks[s.blocks_count]));
        s.blocks_count++;
    }
    s.blocks = blocks;
    *ret = s;
    return NULL;
}

err sheet_charts(struct ask *q, const struct doc *d)
{
    for (size_t i = 0; i < d->blocks_count; i++) {
        const struct doc_block *b = &d->blocks[i];
        err e = NULL;

        if (b->kind == DOC_CHART && b->chart != NULL) {
            e = paper_chart(q->arena, q->paper, (struct chart *)(uintptr_t)b->chart);
        }
        if (e != NULL && e->kind != ERR_BUSY) {
            return e;
        }
    }
    return NULL;
}

err sheet_reply(struct ask *q, struct reply *r, const struct doc *d,
                enum sheet_format format, str name)
{
    str bytes;

    if (format == SHEET_ODT) {
        TRY(paper_odt(q->arena, q->paper, d, &bytes));
        return reply_bytes(q, r, STR("application/vnd.oasis.opendocument.text"),
                           str_join(q->arena, name, STR(".odt")), bytes, false);
    }
    TRY(paper_pdf(q->arena, q->paper, d, &bytes));
    return reply_bytes(q, r, STR("application/pdf"), str_join(q->arena, name, STR(".pdf")),
                       bytes, false);
}
