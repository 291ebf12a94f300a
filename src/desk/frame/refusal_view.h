/* refusal — what an error page tells.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_REFUSAL_VIEW_H
#define BIANMIN_DESK_REFUSAL_VIEW_H

#include "base/words.h"
#include "host/html/html.h"

struct refusal {
    struct words title, what, next;
    str incident; /* 500 and 503 */
    struct url home, search; /* search: what was looked for may have moved */
};

#endif
