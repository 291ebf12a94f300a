/* late — what is told to who has waited too long.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_LATE_VIEW_H
#define BIANMIN_DESK_LATE_VIEW_H

#include "base/words.h"
#include "host/html/html.h"

struct late {
    str lang;
    struct words title, next;
    struct url css;
};

#endif
