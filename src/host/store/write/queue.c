/* queue — commits that wait for the writer, people before slices.
 *
 * A slice of long work runs alone, when no person waits, or when it has waited a second
 * (so that a busy morning does not stop it for good).
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/write/queue.h"

#include "host/clock/clock.h"

#define SLICE_WAIT_NS INT64_C(1000000000)

static void lane_init(struct lane *l)
{
    *l = (struct lane){ .first = NULL, .end = &l->first };
}

void queue_init(struct queue *q, int length)
{
    pthread_mutex_init(&q->mutex, NULL);
    pthread_cond_init(&q->filled, NULL);
    lane_init(&q->lane[COMMIT_PERSON]);
    lane_init(&q->lane[COMMIT_SLICE]);
    q->length_max = length > 0 ? length : STORE_QUEUE;
    q->closing = false;
}

void queue_destroy(struct queue *q)
{
    pthread_cond_destroy(&q->filled);
    pthread_mutex_destroy(&q->mutex);
}

bool queue_put(struct queue *q, struct commit *c)
{
    struct lane *l = &q->lane[c->queue == COMMIT_SLICE ? COMMIT_SLICE : COMMIT_PERSON];
    bool taken;

    pthread_mutex_lock(&q->mutex);
    taken = !q->closing && l->length < q->length_max;
    if (taken) {
        if (c->queue == COMMIT_SLICE && l->length == 0) {
            q->slice_since_ns = clock_steady_ns();
        }
        c->next = NULL;
        *l->end = c;
        l->end = &c->next;
        l->length++;
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->mutex);
    return taken;
}

static int lane_take(struct lane *l, struct commit **ret, int most)
{
    int n = 0;

    while (n < most && l->first != NULL) {
        ret[n++] = l->first;
        l->first = l->first->next;
        l->length--;
    }
    if (l->first == NULL) {
        l->end = &l->first;
    }
    return n;
}

static bool slice_is_due(const struct queue *q)
{
    return q->lane[COMMIT_SLICE].length > 0 &&
           (q->lane[COMMIT_PERSON].length == 0 ||
            clock_steady_ns() - q->slice_since_ns > SLICE_WAIT_NS);
}

int queue_take(struct queue *q, struct commit **ret)
{
    int n;

    pthread_mutex_lock(&q->mutex);
    while (q->lane[COMMIT_PERSON].length + q->lane[COMMIT_SLICE].length == 0 &&
           !q->closing) {
        pthread_cond_wait(&q->filled, &q->mutex);
    }
    if (slice_is_due(q)) {
        n = lane_take(&q->lane[COMMIT_SLICE], ret, 1);
        q->slice_since_ns = clock_steady_ns();
    } else {
        n = lane_take(&q->lane[COMMIT_PERSON], ret, STORE_GROUP);
    }
    pthread_mutex_unlock(&q->mutex);
    return n;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->mutex);
    q->closing = true;
    pthread_cond_broadcast(&q->filled);
    pthread_mutex_unlock(&q->mutex);
}

int queue_length(struct queue *q)
{
    int n;

    pthread_mutex_lock(&q->mutex);
    n = q->lane[COMMIT_PERSON].length + q->lane[COMMIT_SLICE].length;
    pthread_mutex_unlock(&q->mutex);
    return n;
}
