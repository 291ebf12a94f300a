/* sheet — a document (host/paper/document.h) on its way out: as a page for print, as PDF,
 * as OpenDocument. What is said once comes out three times alike.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_SHEET_H
#define BIANMIN_DESK_SHEET_H

#include "base/err.h"
#include "desk/reply.h"
#include "host/paper/document.h"

enum sheet_format { SHEET_PDF, SHEET_ODT, SHEET_FORMATS };
extern const str sheet_format_key[SHEET_FORMATS]; /* "pdf" "odt": the end of an address */
bool sheet_format_from_key(str key, enum sheet_format *ret);

/* What a view shows: {call sheet(p.sheet)}. */
struct sheet_cell {
    str text, css, scope;
    int span;
    bool head;
};
struct sheet_row {
    const struct sheet_cell *cells;
    size_t cells_count;
    str css;
};
struct sheet_block {
    bool is_title, is_h2, is_h3, is_h4, is_text, is_item, is_table, is_seal, is_sign, is_qr,
        is_chart, is_rule;
    str label, text, css, qr_path;
    int qr_side;
    const struct sheet_row *rows;
    size_t rows_count;
    struct html chart;
    const struct sheet_row *steps; /* of the chart, as text */
    size_t steps_count;
};
struct sheet {
    str corner, foot, css;
    const struct sheet_block *blocks;
    size_t blocks_count;
};
/* `titled`: the first title is left out, because the page has it as its heading. */
MUST_CHECK err sheet_of(struct arena *a, const struct doc *d, bool titled,
                        struct sheet *ret);

/* Gives the flow charts of the document places; where they cannot be drawn just now they
 * stay away, and the sheet says the steps in words all the same. Waits, too. */
MUST_CHECK err sheet_charts(struct ask *q, const struct doc *d);

/* The document as a file called `name` (without an end). Waits for the papers process: such
 * routes are in the slow lane. */
MUST_CHECK err sheet_reply(struct ask *q, struct reply *r, const struct doc *d,
                           enum sheet_format format, str name);

#endif
