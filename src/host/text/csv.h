/* csv — rows of a comma-separated text, as spreadsheets write them (RFC 4180).
 *
 * Quotes may be around a field, doubled inside; a field may then hold commas and line ends.
 * Tabs separate as well where the first line has a tab and no comma: that is what comes out
 * of a spreadsheet by copying. A row of blanks alone is passed over.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_CSV_H
#define BIANMIN_HOST_CSV_H

#include "base/arena.h"
#include "base/str.h"

struct text_csv {
    struct arena *arena;
    str rest;
    char separator;
    int line; /* of the row that was cut last, from 1 */
    int next; /* of the one after it */
};
/* `text` is UTF-8 with line feeds; a byte order mark is passed over. */
void text_csv_open(struct text_csv *c, struct arena *a, str text);
/* The next row; fields are trimmed. False at the end. More than `most` fields are dropped,
 * `*ret_count` tells how many there were. */
bool text_csv_row(struct text_csv *c, str *ret_fields, size_t most, size_t *ret_count);

#endif
