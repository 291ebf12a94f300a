/* table — reading the cells of a result.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

static const struct value *cell(const struct table *t, size_t row, size_t column)
{
    return row < t->rows && column < t->columns ? &t->cell[row * t->columns + column]
                                                : NULL;
}

int64_t cell_int(const struct table *t, size_t row, size_t column)
{
    const struct value *v = cell(t, row, column);

    return v != NULL && v->type == 'i' ? v->number : 0;
}

str cell_text(const struct table *t, size_t row, size_t column)
{
    const struct value *v = cell(t, row, column);

    return v != NULL && (v->type == 't' || v->type == 'b') ? v->text : STR("");
}

str cell_bytes(const struct table *t, size_t row, size_t column)
{
    return cell_text(t, row, column);
}

bool cell_is_null(const struct table *t, size_t row, size_t column)
{
    const struct value *v = cell(t, row, column);

    return v == NULL || v->type == 'n' || v->type == '\0';
}
