/* document_pack — a document as bytes and back: one walk over its parts that either writes
 * or reads, so that both sides cannot differ.
 *
 * Numbers are eight bytes, texts a number and their bytes, lists a number and their parts;
 * whoever reads believes no number that is larger than what is left.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/document.h"
#include "host/paper/frame.h"
#include "host/paper/walk.h"

#define MARK INT64_C(0x31636f64)

static void walk_cell(struct walk *w, struct doc_cell *c)
{
    walk_text(w, &c->text);
    WALK_INT(w, c->span, 0, FAR);
    WALK_INT(w, c->align, 0, DOC_RIGHT);
    WALK_INT(w, c->size, 0, DOC_SIZES - 1);
    WALK_BOOL(w, c->head);
    WALK_BOOL(w, c->bold);
    WALK_BOOL(w, c->faint);
}

static void walk_row(struct walk *w, struct doc_row *r)
{
    WALK_LIST(w, r->cells, r->cells_count, struct doc_cell, walk_cell);
    WALK_INT(w, r->height_mm, 0, FAR);
    WALK_BOOL(w, r->head);
}

static void walk_column(struct walk *w, struct doc_column *c)
{
    walk_text(w, &c->text);
    WALK_INT(w, c->share, 0, FAR);
}

static void walk_node(struct walk *w, struct chart_node *n)
{
    walk_text(w, &n->key);
    walk_text(w, &n->text);
    walk_text(w, &n->note);
    WALK_INT(w, n->kind, 0, CHART_KINDS - 1);
    WALK_INT(w, n->x, -FAR, FAR);
    WALK_INT(w, n->y, -FAR, FAR);
    WALK_INT(w, n->width, 0, FAR);
    WALK_INT(w, n->height, 0, FAR);
}

static void walk_point(struct walk *w, struct chart_point *p)
{
    WALK_INT(w, p->x, -FAR, FAR);
    WALK_INT(w, p->y, -FAR, FAR);
}

static void walk_edge(struct walk *w, struct chart_edge *e)
{
    walk_text(w, &e->from);
    walk_text(w, &e->to);
    walk_text(w, &e->text);
    WALK_LIST(w, e->points, e->points_count, struct chart_point, walk_point);
    WALK_INT(w, e->text_x, -FAR, FAR);
    WALK_INT(w, e->text_y, -FAR, FAR);
}

static void walk_chart(struct walk *w, struct chart *c)
{
    walk_text(w, &c->title);
    WALK_LIST(w, c->nodes, c->nodes_count, struct chart_node, walk_node);
    WALK_LIST(w, c->edges, c->edges_count, struct chart_edge, walk_edge);
    WALK_INT(w, c->width, 0, FAR);
    WALK_INT(w, c->height, 0, FAR);
}

static void walk_block_chart(struct walk *w, struct doc_block *b)
{
    bool there = b->chart != NULL;
    struct chart *c;

    WALK_BOOL(w, there);
    if (!there) {
        return;
    }
    c = w->out != NULL ? (struct chart *)(uintptr_t)b->chart
                       : ARENA_NEW(w->arena, struct chart);
    w->broken = w->broken || c == NULL;
    if (c != NULL) {
        walk_chart(w, c);
    }
    if (w->out == NULL) {
        b->chart = c;
    }
}

static void walk_block(struct walk *w, struct doc_block *b)
{
    WALK_INT(w, b->kind, 0, DOC_KINDS - 1);
    WALK_INT(w, b->align, 0, DOC_RIGHT);
    WALK_INT(w, b->size, 0, DOC_SIZES - 1);
    WALK_INT(w, b->level, 0, FAR);
    WALK_BOOL(w, b->bold);
    WALK_BOOL(w, b->boxed);
    WALK_BOOL(w, b->keep);
    walk_text(w, &b->label);
    walk_text(w, &b->text);
    WALK_LIST(w, b->columns, b->columns_count, struct doc_column, walk_column);
    WALK_LIST(w, b->rows, b->rows_count, struct doc_row, walk_row);
    WALK_INT(w, b->width_mm, 0, FAR);
    WALK_INT(w, b->height_mm, 0, FAR);
    walk_text(w, &b->picture);
    walk_block_chart(w, b);
}

static void walk_doc(struct walk *w, struct doc *d)
{
    int64_t mark = MARK;

    walk_number(w, &mark);
    w->broken = w->broken || mark != MARK;
    walk_text(w, &d->title);
    walk_text(w, &d->author);
    walk_text(w, &d->subject);
    WALK_INT(w, d->lang, 0, LANG_COUNT - 1);
    WALK_INT(w, d->page, 0, DOC_PAGES - 1);
    WALK_INT(w, d->face, 0, DOC_KAI);
    walk_number(w, &d->made_ms);
    walk_text(w, &d->top_right);
    walk_text(w, &d->foot);
    WALK_BOOL(w, d->numbered);
    WALK_BOOL(w, d->binding);
    WALK_BOOL(w, d->is_template);
    WALK_LIST(w, d->blocks, d->blocks_count, struct doc_block, walk_block);
}

bool doc_pack(struct arena *a, const struct doc *d, str *ret_bytes)
{
    struct buf out;
    struct doc copy = *d;
    struct walk w = { .arena = a, .out = &out };

    buf_init(&out, a, PAPER_JOB_BYTES_MAX);
    walk_doc(&w, &copy);
    *ret_bytes = buf_str(&out);
    return !buf_failed(&out) && !w.broken;
}

bool doc_unpack(struct arena *a, str bytes, struct doc *ret)
{
    struct walk w = { .arena = a, .rest = bytes };
    struct doc d = { 0 };

    walk_doc(&w, &d);
    if (w.broken || w.rest.len != 0) {
        return false;
    }
    *ret = d;
    return true;
}
