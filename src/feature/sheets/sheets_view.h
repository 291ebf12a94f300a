/* sheets_view — what the pages of sheets show.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_SHEETS_VIEW_H
#define BIANMIN_FEATURE_SHEETS_VIEW_H

#include "base/words.h"
#include "desk/sheet/sheet.h"
#include "host/html/html.h"

/* One sheet with the forms it comes in. */
struct sheets_link {
    struct words name;
    struct words way; /* of a procedure */
    struct url page, pdf, odt;
};
struct sheets_all {
    struct label service;
    struct url back;
    const struct sheets_link *sheets;
    size_t sheets_count;
};
struct sheets_one {
    str title;
    struct url pdf, odt, all;
    bool is_sample, all_services;
    struct sheet sheet;
};

#endif
