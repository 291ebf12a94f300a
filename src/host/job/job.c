/* job — the thread that runs the jobs.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/job/job.h"

#include "host/clock/clock.h"
#include "host/log/log.h"

#include <pthread.h>
#include <time.h>

enum { FIRST_SECONDS = 60, AGAIN_SECONDS = 60, SLICES_MOST = 1000000 };
enum { OURS_SECONDS = 120, LOOK_SECONDS = 5 };
#define SECOND_NS INT64_C(1000000000)

struct due {
    const struct job *job;
    int64_t at_ns;
    int64_t ours_until_ns; /* until when it need not be asked who runs it */
};

struct job_runner {
    struct store *store;
    void *context;
    struct due *due;
    size_t count;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool closing, stopped;
};

err job_commit(struct job_call *call, int64_t agency,
               err (*run)(void *context, struct arena *a, struct tx *tx), void *context)
{
    return store_commit_in(call->store, call->arena, COMMIT_SLICE, agency, run, context);
}

/* ---- one slice ---- */

static int64_t seconds_until_next(const struct job *j, bool failed, bool more)
{
    if (failed) {
        return j->period_seconds < AGAIN_SECONDS ? j->period_seconds : AGAIN_SECONDS;
    }
    return more ? 0 : j->period_seconds;
}

/* It stays ours from one time to the next. */
static err ask_whose(struct arena *a, struct job_runner *r, struct due *d, bool *ret_ours)
{
    int64_t now_ns = clock_steady_ns();

    *ret_ours = now_ns < d->ours_until_ns;
    if (*ret_ours) {
        return NULL;
    }
    int64_t for_ms = (d->job->period_seconds + OURS_SECONDS) * INT64_C(1000);

    TRY(store_job_is_ours(a, r->store, d->job->name, for_ms, ret_ours));
    if (*ret_ours) { /* a long row of slices asks now and then */
        d->ours_until_ns = now_ns + LOOK_SECONDS * SECOND_NS;
    }
    return NULL;
}

static int64_t slice_run(struct job_runner *r, struct due *d)
{
    const struct job *j = d->job;
    struct arena *a = arena_new(0);
    struct job_call call = { a, r->store, r->context, clock_now_ms() };
    bool more = false, ours = false;
    err e;

    if (a == NULL) {
        return AGAIN_SECONDS;
    }
    e = ask_whose(a, r, d, &ours);
    if (e == NULL && !ours) {
        arena_free(a);
        return seconds_until_next(j, true, false);
    }
    e = e != NULL ? e : j->slice(&call, &more);
    if (e == NULL && arena_failed(a)) {
        e = err_no_memory;
    }
    if (e != NULL) {
        log_err(e->kind == ERR_BUSY ? LOG_WARN_LEVEL : LOG_ERROR_LEVEL, j->name, STR(""),
                e);
    }
    arena_free(a);
    return seconds_until_next(j, e != NULL, more);
}

err job_run_whole(struct arena *a, struct store *s, const struct job *j, void *context,
                  int64_t now_ms)
{
    bool more = true;

    for (int i = 0; more && i < SLICES_MOST; i++) {
        struct job_call call = { a, s, context, now_ms };
        struct arena_mark *mark = arena_mark(a);

        if (mark == NULL) {
            return err_no_memory;
        }
        more = false;
        TRY(j->slice(&call, &more));
        arena_reset(a, mark);
    }
    return NULL;
}

/* ---- the thread ---- */

static struct due *first_due(struct job_runner *r)
{
    struct due *first = &r->due[0];

    for (size_t i = 1; i < r->count; i++) {
        if (r->due[i].at_ns < first->at_ns) {
            first = &r->due[i];
        }
    }
    return first;
}

/* False: time to end. */
static bool wait_until(struct job_runner *r, int64_t at_ns)
{
    struct timespec until = { .tv_sec = at_ns / SECOND_NS, .tv_nsec = at_ns % SECOND_NS };
    int late = 0;
    bool go_on;

    pthread_mutex_lock(&r->mutex);
    while (!r->closing && late == 0 && clock_steady_ns() < at_ns) {
        late = pthread_cond_timedwait(&r->wake, &r->mutex, &until);
    }
    go_on = !r->closing;
    pthread_mutex_unlock(&r->mutex);
    return go_on;
}

static void *runner_main(void *runner)
{
    struct job_runner *r = runner;

    pthread_setname_np(pthread_self(), "jobs");
    for (struct due *d = first_due(r); wait_until(r, d->at_ns); d = first_due(r)) {
        int64_t wait = slice_run(r, d);

        /* "Now" puts it behind every other job that is due already. */
        d->at_ns = clock_steady_ns() + wait * SECOND_NS;
    }
    return NULL;
}

/* Another program need not wait until it notices. */
static void give_back(struct job_runner *r)
{
    struct arena *a = arena_new(0);
    err e = a == NULL ? err_no_memory : store_jobs_give_back(a, r->store);

    if (e != NULL) {
        log_err(LOG_WARN_LEVEL, "jobs.kept", STR(""), e);
    }
    arena_free(a);
}

void job_stop(struct job_runner *r)
{
    if (r->stopped) {
        return;
    }
    r->stopped = true;
    pthread_mutex_lock(&r->mutex);
    r->closing = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->mutex);
    pthread_join(r->thread, NULL);
    give_back(r);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->mutex);
}

static void job_stop_v(void *runner)
{
    job_stop(runner);
}

static void fill(struct job_runner *r, const struct job_list *lists, size_t count)
{
    int64_t now = clock_steady_ns();

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < lists[i].count; k++) {
            const struct job *j = lists[i].jobs[k];
            int first = j->period_seconds < FIRST_SECONDS ? j->period_seconds
                                                          : FIRST_SECONDS;

            r->due[r->count++] = (struct due){ .job = j, .at_ns = now + first * SECOND_NS };
        }
    }
}

static err thread_start(struct arena *a, struct job_runner *r)
{
    pthread_condattr_t steady;

    pthread_mutex_init(&r->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&r->wake, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&r->thread, NULL, runner_main, r) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "jobs");
    }
    return arena_defer(a, job_stop_v, r) ? NULL : err_no_memory;
}

err job_start(struct arena *a, struct store *s, const struct job_list *lists, size_t count,
              void *context, struct job_runner **ret)
{
    struct job_runner *r = ARENA_NEW(a, struct job_runner);
    size_t jobs = 0;

    for (size_t i = 0; i < count; i++) {
        jobs += lists[i].count;
    }
    if (r == NULL) {
        return err_no_memory;
    }
    r->store = s;
    r->context = context;
    r->stopped = true;
    *ret = r;
    if (jobs == 0) {
        return NULL;
    }
    r->due = ARENA_ARRAY(a, jobs, struct due);
    if (r->due == NULL) {
        return err_no_memory;
    }
    fill(r, lists, count);
    r->stopped = false;
    return thread_start(a, r);
}
