/* heap — what will still happen, the next first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "fill.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_before(const struct fill_step *x, const struct fill_step *y)
{
    return x->at_ms != y->at_ms ? x->at_ms < y->at_ms : x->order < y->order;
}

static void swap(struct fill_step *x, struct fill_step *y)
{
    struct fill_step kept = *x;

    *x = *y;
    *y = kept;
}

void heap_add(struct fill_heap *h, const struct fill_step *s)
{
    size_t i = h->count;

    if (h->count == h->room) {
        h->room = h->room == 0 ? 4096 : h->room * 2;
        h->at = realloc(h->at, h->room * sizeof(*h->at));
        if (h->at == NULL) {
            fprintf(stderr, "bench-fill: no memory\n");
            exit(1);
        }
    }
    h->at[h->count++] = *s;
    for (; i > 0 && is_before(&h->at[i], &h->at[(i - 1) / 2]); i = (i - 1) / 2) {
        swap(&h->at[i], &h->at[(i - 1) / 2]);
    }
}

bool heap_take(struct fill_heap *h, int64_t before_ms, struct fill_step *ret)
{
    size_t i = 0;

    if (h->count == 0 || h->at[0].at_ms >= before_ms) {
        return false;
    }
    *ret = h->at[0];
    h->at[0] = h->at[--h->count];
    for (size_t next = 1; next < h->count; next = 2 * i + 1) {
        if (next + 1 < h->count && is_before(&h->at[next + 1], &h->at[next])) {
            next++;
        }
        if (!is_before(&h->at[next], &h->at[i])) {
            break;
        }
        swap(&h->at[i], &h->at[next]);
        i = next;
    }
    return true;
}
