/* keys — the keyboard of the staff pages, as a list.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_KEYS_VIEW_H
#define BIANMIN_DESK_KEYS_VIEW_H

#include "base/words.h"

struct keys_row {
    str keys;
    struct words what;
};
struct keys_page {
    const struct keys_row *rows;
    size_t rows_count;
};

#endif
