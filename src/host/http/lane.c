/* lane — a few threads for work that waits, with a bounded queue before them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/http/lane.h"

#include <pthread.h>

#include "base/arena.h"

struct lane_work {
    void (*run)(void *);
    void *context;
};
struct lane {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    struct lane_work *ring;
    size_t space, first, count, reserved;
    pthread_t *threads;
    int threads_count;
    bool closing;
};

static void *lane_run(void *context)
{
    struct lane *l = context;

    pthread_mutex_lock(&l->lock);
    for (;;) {
        while (l->count == 0 && (!l->closing || l->reserved > 0)) {
            pthread_cond_wait(&l->ready, &l->lock);
        }
        if (l->count == 0) {
            break;
        }
        struct lane_work work = l->ring[l->first];

        l->first = (l->first + 1) % l->space;
        l->count--;
        pthread_mutex_unlock(&l->lock);
        work.run(work.context);
        pthread_mutex_lock(&l->lock);
    }
    pthread_mutex_unlock(&l->lock);
    return NULL;
}

err lane_open(struct arena *a, int threads, size_t queue, struct lane **ret)
{
    struct lane *l = ARENA_NEW(a, struct lane);

    if (l == NULL) {
        return err_no_memory;
    }
    l->ring = ARENA_ARRAY(a, queue, struct lane_work);
    l->threads = ARENA_ARRAY(a, (size_t)threads, pthread_t);
    l->space = queue;
    if (l->ring == NULL || l->threads == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->ready, NULL);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&l->threads[i], NULL, lane_run, l) != 0) {
            lane_close(l);
            return err_no_memory;
        }
        l->threads_count++;
    }
    *ret = l;
    return NULL;
}

bool lane_reserve(struct lane *l)
{
    bool fits;

    pthread_mutex_lock(&l->lock);
    fits = l->count + l->reserved < l->space && !l->closing;
    l->reserved += fits ? 1 : 0;
    pthread_mutex_unlock(&l->lock);
    return fits;
}

void lane_push(struct lane *l, void (*run)(void *), void *context)
{
    pthread_mutex_lock(&l->lock);
    l->reserved--;
    l->ring[(l->first + l->count) % l->space] = (struct lane_work){ run, context };
    l->count++;
    pthread_cond_signal(&l->ready);
    pthread_mutex_unlock(&l->lock);
}

void lane_close(struct lane *l)
{
    if (l == NULL) {
        return;
    }
    pthread_mutex_lock(&l->lock);
    l->closing = true;
    pthread_cond_broadcast(&l->ready);
    pthread_mutex_unlock(&l->lock);
    for (int i = 0; i < l->threads_count; i++) {
        pthread_join(l->threads[i], NULL);
    }
    l->threads_count = 0;
}
