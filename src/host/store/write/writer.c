/* writer — one thread through which everything is kept: many commits, one COMMIT.
 *
 * A group is what waited while the last one was being kept. A commit that refuses is undone
 * alone. Then events are stamped, then COMMIT, then topics, then each commit is told. After
 * a COMMIT that failed nobody is told "kept" before it is sure (recover.c); what is not in
 * runs again, as long as that may help, else every member gets ERR_BUSY. What fails for
 * another reason than the disk or the network is run one by one, so that one agency's
 * trouble is not everyone's.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/write/writer.h"

#include "host/bus/bus.h"
#include "host/clock/clock.h"
#include "host/store/node/node.h"
#include "host/store/node/standby.h"

#include <time.h>

/* Pages that the log grows by before the checkpointer is called: the more, the fewer pages
 * are copied that will change again soon. And the pages before the writer itself copies the
 * rest, because under steady load the log would otherwise never begin anew. */
enum { LOG_PAGES = 2000, LOG_PAGES_MOST = 16000 };
/* Rounds on a server that does answer, before one member is taken for the reason; and of
 * one member. For so long from the first of them: a disk that is full is told, not waited
 * for by one after the other. */
enum { ROUNDS_TOGETHER = 4, ROUNDS_ALONE = 8, REFUSED_SECONDS = 3 };

/* ---- telling ---- */

static void group_fail(struct group *g, err why)
{
    for (size_t i = 0; i < g->count; i++) {
        struct commit *c = g->member[i].commit;

        g->member[i].result = err_new(
            c->arena, ERR_BUSY,
            SAY("Nothing can be saved just now. Please try again in a few minutes."),
            STR(""), "the group failed: %.*s", STR_ARG(why->why));
    }
}

static void note_largest(_Atomic uint64_t *largest, uint64_t count)
{
    uint64_t seen = atomic_load(largest);

    while (count > seen && !atomic_compare_exchange_weak(largest, &seen, count)) {
    }
}

static void group_tell(struct group *g)
{
    struct store *s = g->writer->store;
    bool has_topics = false;

    for (size_t i = 0; i < g->count && !has_topics; i++) {
        has_topics = g->member[i].result == NULL && g->member[i].tx.topics != NULL;
    }
    if (has_topics) {
        standby_wait_for_now(s);
    }
    for (size_t i = 0; i < g->count; i++) {
        struct pending_topic *t = g->member[i].result == NULL ? g->member[i].tx.topics
                                                              : NULL;

        for (; t != NULL; t = t->next) {
            bus_publish(s->bus, &t->mark.slot, 1);
        }
    }
    if (has_topics) {
        relay_tell(s);
    }
    atomic_fetch_add(&s->counters.commits, g->kept);
    atomic_fetch_add(&s->counters.refused, g->count - g->kept);
    atomic_fetch_add(&s->counters.groups, 1);
    note_largest(&s->counters.group_largest, g->count);
    /* `done` may free the commit: it is the last that is done with it. */
    for (size_t i = 0; i < g->count; i++) {
        g->member[i].commit->done(g->member[i].commit->context, g->member[i].result);
    }
}

static void group_keep(struct group *g);

static void group_keep_one_by_one(struct group *g)
{
    struct group *alone = g->alone;

    for (size_t i = 0; i < g->count; i++) {
        alone->member[0] = g->member[i];
        alone->count = 1;
        group_keep(alone);
    }
}

/* 50 to 300 ms, so that several writers do not come back at the same time. */
static void pause_a_little(void)
{
    uint32_t chance = (uint32_t)(clock_steady_ns() / 1000);
    struct timespec pause = { .tv_nsec = 50000000 + (long)(chance % 251) * 1000000 };

    nanosleep(&pause, NULL);
}

/* A server over the network is waited for as long as it may take another machine to go on
 * in its place, counted from the first group that failed; the groups behind it are then not
 * made to wait as long again. */
static bool may_wait(struct writer *w)
{
    int64_t now_ns = clock_steady_ns();

    if (w->failing_since_ns == 0) {
        w->failing_since_ns = now_ns;
    }
    if (now_ns - w->failing_since_ns >= w->store->retry_seconds * INT64_C(1000000000)) {
        return false;
    }
    pause_a_little();
    return true;
}

static enum fate fate_at_last(struct group *g, err *ret_why)
{
    enum fate fate = group_fate(g, ret_why);

    while (fate == FATE_UNKNOWN && may_wait(g->writer)) {
        fate = group_fate(g, ret_why);
    }
    return fate;
}

static err ready_at_last(struct group *g)
{
    struct writer *w = g->writer;
    err e = writer_ready(g->arena, w);

    if (e != NULL && w->store->retry_seconds == 0) {
        reserve_give_up_if_full(w->store);
        e = writer_ready(g->arena, w);
    }
    while (e != NULL && may_wait(w)) {
        e = writer_ready(g->arena, w);
    }
    return e;
}

/* Whether a server that stands has refused for long, all that was tried meanwhile. */
static bool is_refused_long(struct writer *w)
{
    int64_t now_ns = clock_steady_ns();

    if (w->refused_since_ns == 0) {
        w->refused_since_ns = now_ns;
    }
    return now_ns - w->refused_since_ns >= REFUSED_SECONDS * INT64_C(1000000000);
}

/* An engine in the same process is tried twice. A lost connection is nobody's fault: only
 * the time counts. */
static bool may_run_again(struct writer *w, int rounds, bool was_lost)
{
    if (w->store->retry_seconds == 0) {
        return rounds < 2;
    }
    if (was_lost) {
        w->refused_since_ns = 0;
        return may_wait(w);
    }
    return rounds < ROUNDS_ALONE && !is_refused_long(w) && may_wait(w);
}

/* NULL: `*ret_alone` says whether each member is to be kept alone, else all is kept. */
static err group_keep_all(struct group *g, bool *ret_alone)
{
    for (int rounds = 1;; rounds++) {
        err failed, why;
        enum fate fate;
        bool was_lost;

        TRY(ready_at_last(g));
        failed = why = group_try(g);
        was_lost = failed != NULL && db_is_lost(g->writer->db);
        fate = failed == NULL ? FATE_KEPT : fate_at_last(g, &why);
        if (fate == FATE_KEPT) {
            return NULL;
        }
        if (fate != FATE_AGAIN) {
            return why;
        }
        if (!group_rewind(g)) {
            return err_no_memory;
        }
        atomic_fetch_add(&g->writer->store->counters.retries, 1);
        *ret_alone = g->count > 1 &&
                     (failed->kind != ERR_BUSY || rounds >= ROUNDS_TOGETHER ||
                      (!was_lost && is_refused_long(g->writer)));
        if (*ret_alone) {
            return NULL;
        }
        if (!may_run_again(g->writer, rounds, was_lost)) {
            return failed;
        }
    }
}

static void group_keep(struct group *g)
{
    bool alone = false;
    err e = group_keep_all(g, &alone);

    if (e == NULL && alone) {
        group_keep_one_by_one(g);
        return;
    }
    if (e == NULL) {
        g->writer->failing_since_ns = 0;
        g->writer->refused_since_ns = 0;
    } else {
        g->kept = 0;
        group_fail(g, e);
    }
    group_tell(g);
}

static void group_fill(struct group *g, struct commit **list, int count)
{
    g->count = 0;
    g->kept = 0;
    for (int i = 0; i < count; i++) {
        struct arena_mark *mark = arena_mark(list[i]->arena);

        if (mark == NULL) {
            list[i]->done(list[i]->context, err_no_memory);
            continue;
        }
        g->member[g->count++] = (struct member){ .commit = list[i], .mark = mark };
    }
}

static void writer_checkpoint(struct group *g)
{
    struct writer *w = g->writer;
    int pages = w->db == NULL ? 0 : db_log_pages(w->db);

    if (pages < w->log_asked) {
        w->log_asked = 0; /* the log has begun anew */
    }
    if (pages - w->log_asked < LOG_PAGES) {
        return;
    }
    w->log_asked = pages;
    checkpointer_want(w->store);
    if (pages > LOG_PAGES_MOST && checkpoint_run(g->arena, w->db) == NULL) {
        atomic_fetch_add(&w->store->counters.checkpoints, 1);
    }
}

static void *writer_main(void *of)
{
    struct group *g = of;
    struct writer *w = g->writer;
    struct commit *list[STORE_GROUP];

    pthread_setname_np(pthread_self(), "writer");
    for (int n = queue_take(&w->queue, list); n > 0; n = queue_take(&w->queue, list)) {
        struct arena_mark *mark = arena_mark(g->arena);

        group_fill(g, list, n);
        if (g->count > 0) {
            group_keep(g);
        }
        arena_reset(g->arena, mark);
        writer_checkpoint(g);
    }
    arena_free(g->arena);
    return NULL;
}

/* ---- its life ---- */

err writers_open(struct arena *a, struct store *s, int count, int queue_length)
{
    s->writer = ARENA_ARRAY(a, (size_t)count, struct writer);
    if (s->writer == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < count; i++) {
        s->writer[i] = (struct writer){ .store = s, .number = i, .node = -1 };
        queue_init(&s->writer[i].queue, queue_length);
    }
    s->writers = count;
    return NULL;
}

/* The thread's arena holds the group and ends with the thread, not with the store's arena:
 * what was deferred last there is run first, while the writer is still at work. */
err writer_start(struct arena *a, struct writer *w)
{
    struct arena *own = arena_new(0);
    struct group *g = own == NULL ? NULL : ARENA_NEW(own, struct group);
    struct group *alone = g == NULL ? NULL : ARENA_NEW(own, struct group);
    err e = alone == NULL ? err_no_memory : NULL;

    if (e == NULL) {
        *g = (struct group){ .writer = w, .arena = own, .alone = alone };
        *alone = (struct group){ .writer = w, .arena = own };
        if (pthread_create(&w->thread, NULL, writer_main, g) != 0) {
            e = err_new(a, ERR_BUSY,
                        SAY("The program could not start a thread. Try again later."),
                        STR(""), "writer");
        }
    }
    w->is_running = e == NULL;
    if (e != NULL) {
        arena_free(own);
    }
    return e;
}

void writer_stop(struct writer *w)
{
    queue_close(&w->queue);
    if (w->is_running) {
        pthread_join(w->thread, NULL);
        w->is_running = false;
    }
}

void writer_close(struct writer *w)
{
    queue_destroy(&w->queue);
    db_close(w->db);
    w->db = NULL;
}
