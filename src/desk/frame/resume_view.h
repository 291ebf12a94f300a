/* resume_view — what the page shows to whom a session ended while typing.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_RESUME_VIEW_H
#define BIANMIN_DESK_RESUME_VIEW_H

#include "host/html/html.h"

struct resume_field {
    str name, value;
};
struct resume {
    struct url sign_in, to;
    const struct resume_field *fields;
    size_t fields_count;
};

#endif
