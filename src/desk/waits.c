/* waits — what the features say that waits for this person.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/waits.h"

#include "desk/inside.h"

static void add(struct waits *w, const struct wait *one)
{
    if (one->count > 0 && w->list_count < WAITS_MOST) {
        w->list[w->list_count++] = *one;
    }
}

void waits_add(struct waits *w, int64_t count, struct words text, struct url link)
{
    add(w, &(const struct wait){ text, link, count, false });
}

void waits_add_late(struct waits *w, int64_t count, struct words text, struct url link)
{
    add(w, &(const struct wait){ text, link, count, true });
}

err waits_find(struct ask *q, struct waits *ret)
{
    const struct desk_options *o = &q->desk->o;

    *ret = (struct waits){ 0 };
    for (size_t i = 0; i < o->features_count; i++) {
        if (o->features[i]->waits != NULL) {
            TRY(o->features[i]->waits(q, ret));
        }
    }
    return NULL;
}
