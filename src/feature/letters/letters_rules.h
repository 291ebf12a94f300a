/* letters_rules — numbers that come by the line: pasted, or as a file of the document
 * system. Pure.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_LETTERS_RULES_H
#define BIANMIN_FEATURE_LETTERS_RULES_H

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

#define NUMBERS_MOST 100

/* One line: case number, document number, date. */
struct letters_line {
    int line; /* where it stands, from 1 */
    str case_number, number;
    day day;
};
/* Commas, semicolons or tabs between; quotation marks around; a first line of headings is
 * passed over. Every wrong line is a mistake at "numbers". Fails: ERR_INPUT with the first
 * of them. */
MUST_CHECK err letters_lines_read(struct arena *a, str text, struct mistakes *m,
                                  struct letters_line **ret, size_t *ret_count);
/* "section：text" a line, as the fields of a certificate are changed; and back. */
struct letter_field;
MUST_CHECK err letters_fields_read(struct arena *a, str text, struct letter_field **ret,
                                   size_t *ret_count);
str letters_fields_write(struct arena *a, const struct letter_field *list, size_t count);

#endif
