/* rows — a question of rows on paper: a table with a column for each thing that is asked,
 * as many lines as a sheet holds, or those of the sample.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/sheets/sheets_make.h"

#define LINE_MM 9
#define LINES_MOST 10
#define LINES_USUAL 6
#define NUMBER_SHARE 6

static int share_of(const struct question *q)
{
    switch (q->type) {
    case Q_NUMBER:
    case Q_MONEY:
    case Q_TIME:
    case Q_YESNO:
        return 14;
    case Q_TEXT:
    case Q_EMAIL:
        return 24;
    default:
        return 20;
    }
}

/* How many can be written down: all that are allowed, as far as a sheet holds them. */
static size_t lines_of(const struct question *q, const struct answer *a)
{
    if (a != NULL && a->rows_count > 0) {
        return a->rows_count;
    }
    if (q->most > 0 && q->most <= LINES_MOST) {
        return (size_t)q->most;
    }
    return q->most == INT64_MAX ? LINES_USUAL : LINES_MOST;
}

static str heading_of(const struct sheets_about *x, const struct question *q)
{
    str label = sheets_in(x, &q->label);

    return q->required || q->visible.len > 0
               ? label
               : str_format(x->arena, "%.*s %.*s", STR_ARG(label),
                            STR_ARG(sheets_text(x, MSG("(if any)"))));
}

static void cells_fill(const struct sheets_about *x, const struct question *q,
                       const struct answer *a, size_t line, struct doc_cell *cells)
{
    cells[0] = (struct doc_cell){
        .text = line == 0 ? STR("") : str_format(x->arena, "%zu", line),
        .head = line == 0, .align = DOC_CENTRE,
    };
    for (size_t i = 0; i < q->columns_count; i++) {
        const struct question *column = &q->columns[i];
        const struct answer *cell =
            line > 0 && a != NULL && line <= a->rows_count && a->cells != NULL
                ? &a->cells[(line - 1) * q->columns_count + i]
                : NULL;
        bool said = cell != NULL && cell->json.len > 0;

        cells[i + 1] = (struct doc_cell){
            .text = line == 0 ? heading_of(x, column)
                              : sheets_answer_text(x, column, said ? cell : NULL, true),
            .head = line == 0,
            .size = DOC_SMALL,
        };
    }
}

static void more_put(const struct sheets_about *x, const struct question *q,
                     struct doc_maker *m)
{
    struct doc_block *b;
    str help = sheets_in(x, &q->help);

    if (!str_is_empty(help)) {
        b = doc_add(m, DOC_TEXT, help);
        b->size = DOC_SMALL;
        b->keep = true;
    }
}

err sheets_rows_table(const struct sheets_about *x, const struct question *q,
                      const struct answer *a, struct doc_maker *m)
{
    size_t lines = lines_of(q, a), columns = q->columns_count + 1;
    struct doc_row *rows = ARENA_ARRAY(x->arena, lines + 1, struct doc_row);
    struct doc_column *shares = ARENA_ARRAY(x->arena, columns, struct doc_column);
    struct doc_cell *cells = ARENA_ARRAY(x->arena, (lines + 1) * columns, struct doc_cell);
    struct doc_block *b;

    if (rows == NULL || shares == NULL || cells == NULL) {
        return err_no_memory;
    }
    doc_heading(m, 2, heading_of(x, q))->keep = true;
    more_put(x, q, m);
    shares[0].share = NUMBER_SHARE;
    for (size_t i = 1; i < columns; i++) {
        shares[i].share = share_of(&q->columns[i - 1]);
    }
    for (size_t line = 0; line <= lines; line++) {
        cells_fill(x, q, a, line, &cells[line * columns]);
        rows[line] = (struct doc_row){ &cells[line * columns], columns,
                                       line == 0 ? 0 : LINE_MM, line == 0 };
    }
    b = doc_add(m, DOC_TABLE, STR(""));
    b->columns = shares;
    b->columns_count = columns;
    b->rows = rows;
    b->rows_count = lines + 1;
    if (a == NULL && q->most > (int64_t)lines && q->most != INT64_MAX) {
        doc_add(m, DOC_TEXT,
                sheets_say(x, SAY("Up to {most} lines: write more on another sheet.",
                                  SAY_NUMBER("most", q->most))))
            ->size = DOC_SMALL;
    }
    return NULL;
}
