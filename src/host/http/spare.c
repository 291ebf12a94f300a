/* spare — arenas go from one request to the next, so that their memory stays warm.
 *
 * Who comes late (a parked request that the writer still had when the server stopped) finds
 * the place closed and frees its own.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/http/inside.h"

void spares_open(struct spares *s)
{
    pthread_mutex_init(&s->lock, NULL);
}

struct arena *spare_take(struct spares *s)
{
    struct arena *a = NULL;

    pthread_mutex_lock(&s->lock);
    if (s->count > 0) {
        a = s->list[--s->count];
    }
    pthread_mutex_unlock(&s->lock);
    return a != NULL ? a : arena_new(0);
}

void spare_give(struct spares *s, struct arena *a)
{
    bool taken;

    arena_clear(a);
    pthread_mutex_lock(&s->lock);
    taken = !s->closed && s->count < SPARES_MOST;
    if (taken) {
        s->list[s->count++] = a;
    }
    pthread_mutex_unlock(&s->lock);
    if (!taken) {
        arena_free(a);
    }
}

void spares_close(struct spares *s)
{
    pthread_mutex_lock(&s->lock);
    s->closed = true;
    while (s->count > 0) {
        arena_free(s->list[--s->count]);
    }
    pthread_mutex_unlock(&s->lock);
}
