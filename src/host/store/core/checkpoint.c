/* checkpoint — copying the log into the database, in a thread of its own.
 *
 * It never makes the writer or a reader wait (PASSIVE). Once a minute it also looks whether
 * there is room again for the reserve.
 *
 * When the database cannot be synced the process ends at once: what was copied before may
 * be missing from the disk and is still read from memory, and no later sync would write it.
 * Whoever starts it again gets all of it from the log, which is kept until then.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/log/log.h"
#include "host/store/core/inner.h"

#include <time.h>
#include <unistd.h>

enum { ROUND_SECONDS = 60 };

/* False: time to end. */
static bool wait_for_work(struct checkpointer *c)
{
    struct timespec until;
    bool go_on;
    int late = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ROUND_SECONDS;
    pthread_mutex_lock(&c->mutex);
    while (!c->wanted && !c->closing && late == 0) {
        late = pthread_cond_timedwait(&c->wake, &c->mutex, &until);
    }
    c->wanted = false;
    go_on = !c->closing;
    pthread_mutex_unlock(&c->mutex);
    return go_on;
}

err checkpoint_run(struct arena *a, struct db *db)
{
    int left = 0;
    err e = db_checkpoint(a, db, &left);

    if (e != NULL && left == DB_NOT_SYNCED) {
        log_err(LOG_ERROR_LEVEL, "disk.failed", STR(""), e);
        _exit(1);
    }
    return e;
}

static err checkpoint_once(struct arena *a, struct store *s, struct db **db)
{
    if (*db == NULL) {
        TRY(db_open(a, s->address, DB_KIND_MAIN, DB_BESIDE, false, db));
    }
    TRY(checkpoint_run(a, *db));
    atomic_fetch_add(&s->counters.checkpoints, 1);
    return NULL;
}

static void *checkpointer_main(void *store)
{
    struct store *s = store;
    struct db *db = NULL;

    pthread_setname_np(pthread_self(), "checkpointer");
    while (wait_for_work(&s->checkpointer)) {
        struct arena *a = arena_new(0);

        if (a != NULL && checkpoint_once(a, s, &db) != NULL) {
            db_close(db);
            db = NULL;
        }
        reserve_make(s);
        arena_free(a);
    }
    db_close(db);
    return NULL;
}

err checkpointer_start(struct arena *a, struct store *s)
{
    struct checkpointer *c = &s->checkpointer;
    pthread_condattr_t steady;

    pthread_mutex_init(&c->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&c->wake, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&c->thread, NULL, checkpointer_main, s) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "checkpointer");
    }
    c->running = true;
    return NULL;
}

static void signal_it(struct checkpointer *c, bool closing)
{
    pthread_mutex_lock(&c->mutex);
    c->wanted = true;
    c->closing = c->closing || closing;
    pthread_cond_signal(&c->wake);
    pthread_mutex_unlock(&c->mutex);
}

void checkpointer_want(struct store *s)
{
    if (s->checkpointer.running) {
        signal_it(&s->checkpointer, false);
    }
}

void checkpointer_stop(struct store *s)
{
    if (!s->checkpointer.running) {
        return;
    }
    signal_it(&s->checkpointer, true);
    pthread_join(s->checkpointer.thread, NULL);
    s->checkpointer.running = false;
    pthread_cond_destroy(&s->checkpointer.wake);
    pthread_mutex_destroy(&s->checkpointer.mutex);
}
