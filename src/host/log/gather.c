/* gather — lines wait in memory for at most 20 ms and are written many at a time, by a
 * thread. Nobody's line is dropped: who finds no room writes out what is there first.
 *
 * Two buffers take turns. `out` is held while one is written and is taken before `lock`, so
 * that lines leave in the order in which they came.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/log/gather.h"

#include "host/log/log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define GATHER_BYTES ((size_t)128 << 10)
#define GATHER_MS 20
#define STUCK_MS 1000 /* a reader that takes nothing for so long gets nothing */

/* The log sink: one of the two globals the house allows itself. */
static struct {
    pthread_mutex_t out, lock;
    pthread_cond_t tick; /* by the steady clock; made when gathering begins */
    pthread_t thread;
    bool gathers, ends;
    char *filling, *resting;
    size_t len;
    char first[GATHER_BYTES], second[GATHER_BYTES];
} sink = { .out = PTHREAD_MUTEX_INITIALIZER, .lock = PTHREAD_MUTEX_INITIALIZER };

/* There is nobody to tell when the log itself cannot be written. */
static void write_all(str s)
{
    struct pollfd room = { .fd = STDERR_FILENO, .events = POLLOUT };

    while (s.len > 0) {
        ssize_t n = write(STDERR_FILENO, s.at, s.len);

        if (n >= 0) {
            s = str_slice(s, (size_t)n, s.len);
        } else if (errno == EAGAIN ? poll(&room, 1, STUCK_MS) <= 0 : errno != EINTR) {
            return;
        }
    }
}

static void write_out(void)
{
    pthread_mutex_lock(&sink.out);
    pthread_mutex_lock(&sink.lock);
    str full = { sink.filling, sink.len };

    sink.filling = sink.resting;
    sink.resting = (char *)(uintptr_t)full.at;
    sink.len = 0;
    pthread_mutex_unlock(&sink.lock);
    write_all(full);
    pthread_mutex_unlock(&sink.out);
}

/* False: not gathering. */
static bool line_take(str line)
{
    pthread_mutex_lock(&sink.lock);
    while (sink.gathers && sink.len + line.len > GATHER_BYTES) {
        pthread_mutex_unlock(&sink.lock);
        write_out();
        pthread_mutex_lock(&sink.lock);
    }
    bool gathers = sink.gathers;

    if (gathers) {
        size_t before = sink.len;

        memcpy(sink.filling + before, line.at, line.len);
        sink.len += line.len;
        if (before == 0 || (before < GATHER_BYTES / 2 && sink.len >= GATHER_BYTES / 2)) {
            pthread_cond_signal(&sink.tick);
        }
    }
    pthread_mutex_unlock(&sink.lock);
    return gathers;
}

void gather_put(str line, bool at_once)
{
    if (!line_take(line)) {
        write_all(line); /* one call for one line: lines never mix */
    } else if (at_once) {
        write_out();
    }
}

/* ---- the thread ---- */

/* Sleeps while there is nothing; then gives more lines a moment to come. */
static bool wait_for_lines(void)
{
    struct timespec until;
    int late = 0;

    pthread_mutex_lock(&sink.lock);
    while (sink.len == 0 && !sink.ends) {
        pthread_cond_wait(&sink.tick, &sink.lock);
    }
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += GATHER_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    while (sink.len < GATHER_BYTES / 2 && !sink.ends && late == 0) {
        late = pthread_cond_timedwait(&sink.tick, &sink.lock, &until);
    }
    bool goes_on = !sink.ends;

    pthread_mutex_unlock(&sink.lock);
    return goes_on;
}

static void *gather_main(void *unused)
{
    (void)unused;
    pthread_setname_np(pthread_self(), "log");
    while (wait_for_lines()) {
        write_out();
    }
    return NULL;
}

/* The program dies: what was gathered goes out, without locks, and then it dies as it
 * would have. */
static void last_words(int signal_number)
{
    (void)signal_number;
    (void)!write(STDERR_FILENO, sink.filling, sink.len);
}

static void watch_signals(void)
{
    static const int deadly[] = { SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL };
    struct sigaction ours = { .sa_handler = last_words, .sa_flags = (int)SA_RESETHAND };
    struct sigaction now;

    for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
        /* A sanitizer has a handler of its own. */
        if (sigaction(deadly[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
            sigaction(deadly[i], &ours, NULL);
        }
    }
}

err log_gather(struct arena *a)
{
    pthread_condattr_t steady;

    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_mutex_lock(&sink.lock);
    pthread_cond_init(&sink.tick, &steady);
    sink.filling = sink.first;
    sink.resting = sink.second;
    sink.ends = false;
    sink.gathers = pthread_create(&sink.thread, NULL, gather_main, NULL) == 0;
    bool gathers = sink.gathers;

    pthread_mutex_unlock(&sink.lock);
    pthread_condattr_destroy(&steady);
    if (!gathers) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "log");
    }
    watch_signals();
    return NULL;
}

void log_gather_end(void)
{
    pthread_mutex_lock(&sink.lock);
    bool gathers = sink.gathers;

    sink.ends = true;
    if (gathers) {
        pthread_cond_signal(&sink.tick);
    }
    pthread_mutex_unlock(&sink.lock);
    if (!gathers) {
        return;
    }
    pthread_join(sink.thread, NULL);
    pthread_mutex_lock(&sink.lock);
    sink.gathers = false; /* from here on each line goes out by itself */
    pthread_cond_destroy(&sink.tick);
    pthread_mutex_unlock(&sink.lock);
    write_out();
}
