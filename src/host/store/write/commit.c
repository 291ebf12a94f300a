/* commit — handing a commit to the writer of its agency, and waiting for it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/write/writer.h"

/* An agency's commits are one writer's, in the order in which they came. */
static struct writer *writer_of(struct store *s, int64_t agency)
{
    uint64_t hash = (uint64_t)agency * 0x9E3779B97F4A7C15u >> 32;

    return &s->writer[hash % (uint64_t)s->writers];
}

err store_submit(struct store *s, struct commit *c)
{
    if (s->read_only) {
        FAIL(c->arena, ERR_BUSY,
             SAY("This system can only be read just now. Please try again later."), STR(""),
             "read-only");
    }
    if (!s->started || !queue_put(&writer_of(s, c->agency)->queue, c)) {
        FAIL(c->arena, ERR_BUSY,
             SAY("Very many people are using this just now. Please try again in a moment."),
             STR(""), "the writer's queue is full or closed");
    }
    return NULL;
}

struct waiting {
    pthread_mutex_t mutex;
    pthread_cond_t told;
    err (*run)(void *context, struct arena *a, struct tx *tx);
    void *context;
    err result;
    bool is_told;
};

static err waiting_run(void *context, struct arena *a, struct tx *tx)
{
    struct waiting *w = context;

    return w->run(w->context, a, tx);
}

static void waiting_done(void *context, err result)
{
    struct waiting *w = context;

    pthread_mutex_lock(&w->mutex);
    w->result = result;
    w->is_told = true;
    pthread_cond_signal(&w->told);
    pthread_mutex_unlock(&w->mutex);
}

err store_commit_in(struct store *s, struct arena *a, enum commit_queue queue,
                    int64_t agency,
                    err (*run)(void *context, struct arena *a, struct tx *tx),
                    void *context)
{
    struct waiting w = { .run = run, .context = context };
    struct commit c = { .agency = agency,
                        .queue = queue,
                        .arena = a,
                        .run = waiting_run,
                        .done = waiting_done,
                        .context = &w };
    err e;

    pthread_mutex_init(&w.mutex, NULL);
    pthread_cond_init(&w.told, NULL);
    e = store_submit(s, &c);
    if (e == NULL) {
        pthread_mutex_lock(&w.mutex);
        while (!w.is_told) {
            pthread_cond_wait(&w.told, &w.mutex);
        }
        pthread_mutex_unlock(&w.mutex);
        e = w.result;
    }
    pthread_cond_destroy(&w.told);
    pthread_mutex_destroy(&w.mutex);
    return e;
}

err store_commit(struct store *s, struct arena *a, int64_t agency,
                 err (*run)(void *context, struct arena *a, struct tx *tx), void *context)
{
    return store_commit_in(s, a, COMMIT_PERSON, agency, run, context);
}
