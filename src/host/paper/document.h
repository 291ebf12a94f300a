/* document — a sheet said once: paper_pdf draws it, paper_odt writes it, desk/sheet shows
 * it as a page for print.
 *
 * A document is a list of blocks from top to bottom. Texts are in one language already; a
 * line feed in them begins a new paragraph. Lengths are millimetres. Nothing here is read
 * from a clock: the same document gives the same bytes.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_DOCUMENT_H
#define BIANMIN_HOST_PAPER_DOCUMENT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;

enum doc_page { DOC_A4, DOC_A4_WIDE, DOC_A3, DOC_A3_WIDE, DOC_PAGES };
/* Letters stand in Kai (楷體), sheets in a plain face. */
enum doc_face { DOC_PLAIN, DOC_KAI };
enum doc_align { DOC_LEFT, DOC_CENTRE, DOC_RIGHT };
enum doc_size { DOC_NORMAL, DOC_SMALL, DOC_LARGE, DOC_HUGE, DOC_SIZES };

enum doc_kind {
    DOC_TITLE,   /* text: the name of the sheet; once, at the top */
    DOC_HEADING, /* level 1..3, text */
    DOC_TEXT,    /* text */
    DOC_ITEM, /* label before a text that hangs behind it: 主旨： 一、 ・; level indents */
    DOC_TABLE,   /* columns, rows */
    DOC_SEALS,   /* 核章欄: a box for each of the columns' texts, height_mm high */
    DOC_SEAL,    /* where the agency's seal goes: width_mm × height_mm, faint; text */
    DOC_SIGN,    /* label and a line to sign on; text behind it */
    DOC_PICTURE, /* picture (PNG or JPEG we made ourselves), width_mm; text below it */
    DOC_QR,      /* label: the address in it; width_mm; text beside it */
    DOC_CHART,   /* chart */
    DOC_RULE,    /* a line across */
    DOC_SPACE,   /* height_mm */
    DOC_BREAK,   /* a new page */
    DOC_KINDS
};

struct doc_cell {
    str text;
    int span; /* columns; 0: one */
    enum doc_align align;
    enum doc_size size;
    bool head, bold, faint;
};
struct doc_row {
    const struct doc_cell *cells;
    size_t cells_count;
    int height_mm; /* at least */
    bool head;     /* again at the top of each page */
};
struct doc_column {
    str text;  /* DOC_SEALS: who signs there */
    int share; /* of the width; 0: one */
};

/* A flow chart, drawn from above to below. paper_chart gives it places. */
enum chart_kind { CHART_STEP, CHART_START, CHART_END, CHART_CHOICE, CHART_KINDS };
struct chart_node {
    str key, text; /* lines by line feed */
    str note;      /* beside or below the name: who, how long */
    enum chart_kind kind;
    /* Placed: middle and size, in units of 1/100 of a line's height; y grows downwards. */
    int x, y, width, height;
};
struct chart_point {
    int x, y;
};
struct chart_edge {
    str from, to, text;
    const struct chart_point *points; /* of a Bézier line: 1 + 3n */
    size_t points_count;
    int text_x, text_y;
};
struct chart {
    str title;
    struct chart_node *nodes;
    size_t nodes_count;
    struct chart_edge *edges;
    size_t edges_count;
    int width, height; /* 0: not placed */
};

struct doc_block {
    enum doc_kind kind;
    enum doc_align align;
    enum doc_size size;
    int level;
    bool bold, boxed, keep; /* keep: on one page with what follows */
    str label, text;
    const struct doc_column *columns;
    size_t columns_count;
    const struct doc_row *rows;
    size_t rows_count;
    int width_mm, height_mm;
    str picture;
    const struct chart *chart; /* placed */
};

struct doc {
    str title, author, subject;
    enum lang lang;
    enum doc_page page;
    enum doc_face face;
    int64_t made_ms;  /* stands in the file as its date */
    str top_right;    /* small, above all on the first page: 檔號、保存年限 */
    str foot;         /* small, below on each page */
    bool numbered;    /* 第 1 頁，共 2 頁 */
    bool binding;     /* 裝訂線 at the left */
    bool is_template; /* ODT: {{name}} becomes a field to fill in */
    const struct doc_block *blocks;
    size_t blocks_count;
};

/* Growing a document: adds a block and gives it back to be filled; a spare one that is
 * thrown away when memory ran out (the arena remembers). */
struct doc_maker {
    struct arena *arena;
    struct doc *doc;
    struct doc_block *list;
    size_t space;
    struct doc_block spare;
};
void doc_begin(struct doc_maker *m, struct arena *a, struct doc *d);
struct doc_block *doc_add(struct doc_maker *m, enum doc_kind kind, str text);
struct doc_block *doc_heading(struct doc_maker *m, int level, str text);
struct doc_block *doc_item(struct doc_maker *m, int level, str label, str text);
/* A table of text: `cells` row by row, the first row heads it. */
struct doc_block *doc_table(struct doc_maker *m, const int *shares, size_t columns,
                            const str *cells, size_t rows);
/* 一、二、 … 十、十一、; (一) at level 2; 1. at level 3, and in other languages. */
str doc_number(struct arena *a, enum lang lang, int level, int64_t n);

/* As bytes for the papers process, and back. False: they are no document. */
bool doc_pack(struct arena *a, const struct doc *d, str *ret_bytes);
bool doc_unpack(struct arena *a, str bytes, struct doc *ret);

/* Sheets in millimetres. */
void doc_page_size(enum doc_page p, int *ret_width_mm, int *ret_height_mm);

/* The placed chart as SVG with its title; "" while it has no places. Colours come from
 * where it stands (currentColor). */
str chart_svg(struct arena *a, const struct chart *c);

#endif
