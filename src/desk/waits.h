/* waits — what waits for a person today, whatever his duties: each feature adds its
 * numbers, and the page Today shows them with links to the lists.
 *
 * A feature says so in `.waits`; it adds only what this person (or whom he stands in for)
 * has to do, and looks at no more than it needs for the number.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_WAITS_H
#define BIANMIN_DESK_WAITS_H

#include "base/err.h"
#include "base/words.h"
#include "host/html/html.h"

struct ask;

#define WAITS_MOST 40
struct wait {
    struct words text;
    struct url link;
    int64_t count;
    bool late; /* should have been done before today */
};
struct waits {
    struct wait list[WAITS_MOST];
    size_t list_count;
};

/* Nothing is added for 0. */
void waits_add(struct waits *w, int64_t count, struct words text, struct url link);
void waits_add_late(struct waits *w, int64_t count, struct words text, struct url link);
/* Of all features, in their order. */
MUST_CHECK err waits_find(struct ask *q, struct waits *ret);

#endif
