/* park — connections that wait for somebody: the writer or a lane.
 *
 * The library forgets suspended connections, so their deadlines are ours: a thread looks
 * once a second. Waker and watcher decide under the lock who resumes; the other one only
 * lets go of the memory.
 * SPDX-License-Identifier: MPL-2.0 */
#include <time.h>

#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/http/inside.h"

static void list_add(struct http *h, struct call *c)
{
    c->parked_before = h->last;
    c->parked_after = NULL;
    if (h->last != NULL) {
        h->last->parked_after = c;
    } else {
        h->first = c;
    }
    h->last = c;
}

static void list_remove(struct http *h, struct call *c)
{
    if (c->parked_before != NULL) {
        c->parked_before->parked_after = c->parked_after;
    } else {
        h->first = c->parked_after;
    }
    if (c->parked_after != NULL) {
        c->parked_after->parked_before = c->parked_before;
    } else {
        h->last = c->parked_before;
    }
}

void park_call(struct call *c)
{
    struct http *h = c->http;

    atomic_fetch_add(&c->references, 1);
    atomic_fetch_add(&h->parked, 1);
    pthread_mutex_lock(&h->lock);
    c->park = PARK_PARKED;
    c->parked_until_ns = clock_steady_ns() + h->parked_ms * INT64_C(1000000);
    list_add(h, c);
    /* Under the lock, so that the watcher cannot resume before it is suspended. */
    MHD_suspend_connection(c->connection);
    pthread_mutex_unlock(&h->lock);
}

void http_park(struct http_request *r)
{
    struct call *c = call_of(r);

    if (!c->on_lane) { /* On a lane it is parked already. */
        park_call(c);
    }
}

void http_wake(struct http_request *r)
{
    struct call *c = call_of(r);
    struct http *h = c->http;

    pthread_mutex_lock(&h->lock);
    if (c->park == PARK_PARKED) {
        list_remove(h, c);
        c->park = PARK_NONE;
        MHD_resume_connection(c->connection);
    }
    pthread_mutex_unlock(&h->lock);
    atomic_fetch_sub(&h->parked, 1);
    call_release(c);
}

void call_release(struct call *c)
{
    if (atomic_fetch_sub(&c->references, 1) != 1) {
        return;
    }
    if (c->parts != NULL) { /* It had expired while its files were being written. */
        c->request.refused = 503;
        MHD_destroy_post_processor(c->parts);
    }
    http_answer_drop(c->answer);
    spare_give(&c->http->spares, c->request.arena); /* the call itself lies in it */
}

static void expire(struct http *h, struct call *c)
{
    list_remove(h, c);
    c->park = PARK_EXPIRED;
    MHD_resume_connection(c->connection);
}

void park_expire_all(struct http *h)
{
    pthread_mutex_lock(&h->lock);
    while (h->first != NULL) {
        expire(h, h->first);
    }
    pthread_mutex_unlock(&h->lock);
}

static void *watch(void *context)
{
    struct http *h = context;

    pthread_mutex_lock(&h->lock);
    while (!h->watcher_ends) {
        struct timespec until;
        int64_t now = clock_steady_ns();

        while (h->first != NULL && h->first->parked_until_ns < now) {
            expire(h, h->first);
        }
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&h->tick, &h->lock, &until);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

err park_watch(struct arena *a, struct http *h)
{
    pthread_condattr_t steady;

    pthread_mutex_init(&h->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&h->tick, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&h->watcher, NULL, watch, h) != 0) {
        return err_no_memory;
    }
    h->watches = true;
    return NULL;
}

void park_watch_end(struct http *h)
{
    if (!h->watches) {
        return;
    }
    pthread_mutex_lock(&h->lock);
    h->watcher_ends = true;
    pthread_cond_broadcast(&h->tick);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->watcher, NULL);
    h->watches = false;
}
