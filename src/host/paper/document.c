/* document — growing one, and how its parts are numbered.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/document.h"

#include <string.h>

#define FIRST_BLOCKS 32
#define TEN 10

void doc_begin(struct doc_maker *m, struct arena *a, struct doc *d)
{
    *m = (struct doc_maker){ .arena = a, .doc = d };
    d->blocks = NULL;
    d->blocks_count = 0;
}

struct doc_block *doc_add(struct doc_maker *m, enum doc_kind kind, str text)
{
    size_t count = m->doc->blocks_count;

    if (count == m->space) {
        size_t space = m->space == 0 ? FIRST_BLOCKS : 2 * m->space;
        struct doc_block *list = ARENA_ARRAY(m->arena, space, struct doc_block);

        if (list == NULL) {
            m->spare = (struct doc_block){ 0 };
            return &m->spare;
        }
        if (count > 0) {
            memcpy(list, m->list, count * sizeof list[0]);
        }
        m->list = list;
        m->space = space;
        m->doc->blocks = list;
    }
    struct doc_block *b = &m->list[count];

    *b = (struct doc_block){ .kind = kind, .text = text };
    m->doc->blocks_count = count + 1;
    return b;
}

struct doc_block *doc_heading(struct doc_maker *m, int level, str text)
{
    struct doc_block *b = doc_add(m, DOC_HEADING, text);

    b->level = level;
    b->keep = true;
    return b;
}

struct doc_block *doc_item(struct doc_maker *m, int level, str label, str text)
{
    struct doc_block *b = doc_add(m, DOC_ITEM, text);

    b->level = level;
    b->label = label;
    return b;
}

struct doc_block *doc_table(struct doc_maker *m, const int *shares, size_t columns,
                            const str *cells, size_t rows)
{
    struct doc_block *b = doc_add(m, DOC_TABLE, STR(""));
    struct doc_column *column = ARENA_ARRAY(m->arena, columns, struct doc_column);
    struct doc_row *row = ARENA_ARRAY(m->arena, rows, struct doc_row);
    struct doc_cell *cell = ARENA_ARRAY(m->arena, rows * columns, struct doc_cell);

    if (column == NULL || row == NULL || cell == NULL) {
        return b;
    }
    for (size_t i = 0; i < columns; i++) {
        column[i].share = shares != NULL ? shares[i] : 1;
    }
    for (size_t i = 0; i < rows; i++) {
        row[i] = (struct doc_row){ &cell[i * columns], columns, 0, i == 0 };
        for (size_t k = 0; k < columns; k++) {
            cell[i * columns + k] = (struct doc_cell){ .text = cells[i * columns + k],
                                                       .head = i == 0 };
        }
    }
    b->columns = column;
    b->columns_count = columns;
    b->rows = row;
    b->rows_count = rows;
    return b;
}

/* 1..99 as 一 … 九十九. */
static str chinese(struct arena *a, int64_t n)
{
    static const char *const digit[] = { "",   "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九" };

    if (n < 1 || n >= TEN * TEN) {
        return str_format(a, "%lld", (long long)n);
    }
    return str_format(a, "%s%s%s", n >= 2 * TEN ? digit[n / TEN] : "", n >= TEN ? "十" : "",
                      digit[n % TEN]);
}

str doc_number(struct arena *a, enum lang lang, int level, int64_t n)
{
    if (lang == LANG_ZH && level <= 1) {
        return str_format(a, "%.*s、", STR_ARG(chinese(a, n)));
    }
    if (lang == LANG_ZH && level == 2) {
        return str_format(a, "(%.*s)", STR_ARG(chinese(a, n)));
    }
    return level == 2 ? str_format(a, "(%lld)", (long long)n)
                      : str_format(a, "%lld.", (long long)n);
}

void doc_page_size(enum doc_page p, int *ret_width_mm, int *ret_height_mm)
{
    static const int sizes[DOC_PAGES][2] = {
        { 210, 297 }, { 297, 210 }, { 297, 420 }, { 420, 297 }
    };

    *ret_width_mm = sizes[p][0];
    *ret_height_mm = sizes[p][1];
}
