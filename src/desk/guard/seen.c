/* seen — when each session was last used. Reading a page writes nothing, so this is kept in
 * memory and brought to the store once a minute; with it goes what has ended.
 *
 * Where other programs work on the same database, a session that the store knows as unused
 * for a minute is brought there within a second: who was idle for long and then goes from
 * one program to the other is still the same person. And what has ended is swept two
 * minutes late, since another program may have seen it meanwhile.
 * SPDX-License-Identifier: MPL-2.0 */
#include <time.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/clock/clock.h"
#include "host/log/log.h"

#define PLACES 8192 /* sessions at once; beyond, the least lucky are not remembered */
#define FLUSH_SECONDS 60
#define SWEEP_SECONDS 1800
#define STALE_MS 60000
#define SWEEP_SLACK_MS 120000

struct place {
    int64_t session, seen_ms;
    bool dirty;
};
struct seen {
    struct desk *desk;
    pthread_mutex_t lock;
    pthread_cond_t tick;
    pthread_t thread;
    bool ends, is_shared;
    struct place *places;
};

bool seen_touch(struct seen *s, const struct session *session, int64_t now_ms)
{
    struct place *p = &s->places[(uint64_t)session->id * 0x9E3779B97F4A7C15u >> 51];
    bool fresh;

    pthread_mutex_lock(&s->lock);
    int64_t seen_ms = p->session == session->id && p->seen_ms > session->seen_ms
                          ? p->seen_ms
                          : session->seen_ms;

    fresh = now_ms - seen_ms < SESSION_IDLE_MS;
    if (fresh) {
        bool is_due = !s->is_shared || now_ms - session->seen_ms >= STALE_MS;

        *p = (struct place){ session->id, now_ms,
                             is_due || (p->session == session->id && p->dirty) };
    }
    pthread_mutex_unlock(&s->lock);
    return fresh;
}

struct flush {
    struct place *list;
    size_t count;
    int64_t sweep_ms; /* 0: no sweep this time */
};

static err flush_run(void *context, struct arena *a, struct tx *tx)
{
    struct flush *f = context;

    for (size_t i = 0; i < f->count; i++) {
        TRY(session_seen(a, tx, f->list[i].session, f->list[i].seen_ms));
    }
    return f->sweep_ms != 0 ? session_sweep(a, tx, AGENCY_CITY, f->sweep_ms) : NULL;
}

static void flush(struct seen *s, bool sweep)
{
    struct arena *a = arena_new(0);
    struct flush f = { .list = a == NULL ? NULL : ARENA_ARRAY(a, PLACES, struct place) };

    if (f.list == NULL) {
        arena_free(a);
        return;
    }
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < PLACES; i++) {
        if (s->places[i].dirty) {
            f.list[f.count++] = s->places[i];
            s->places[i].dirty = false;
        }
    }
    pthread_mutex_unlock(&s->lock);
    f.sweep_ms = sweep ? clock_now_ms() - (s->is_shared ? SWEEP_SLACK_MS : 0) : 0;
    if (f.count > 0 || sweep) {
        err e = store_commit(s->desk->o.store, a, AGENCY_CITY, flush_run, &f);

        if (e != NULL) {
            log_err(LOG_WARN_LEVEL, "session.seen", STR(""), e);
        }
    }
    arena_free(a);
}

static void *run(void *context)
{
    struct seen *s = context;
    int seconds = s->is_shared ? 1 : FLUSH_SECONDS, since = 0;
    bool ends = false;

    while (!ends) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += seconds;
        pthread_mutex_lock(&s->lock);
        while (!s->ends && pthread_cond_timedwait(&s->tick, &s->lock, &until) == 0) {
        }
        ends = s->ends;
        pthread_mutex_unlock(&s->lock);
        since += seconds;
        flush(s, since >= SWEEP_SECONDS);
        since = since >= SWEEP_SECONDS ? 0 : since;
    }
    return NULL;
}

err seen_open(struct arena *a, struct desk *d, struct seen **ret)
{
    struct seen *s = ARENA_NEW(a, struct seen);
    pthread_condattr_t steady;

    if (s == NULL) {
        return err_no_memory;
    }
    s->desk = d;
    s->is_shared = store_is_shared(d->o.store);
    s->places = ARENA_ARRAY(a, PLACES, struct place);
    if (s->places == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&s->tick, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&s->thread, NULL, run, s) != 0) {
        return err_no_memory;
    }
    *ret = s;
    return NULL;
}

void seen_close(struct seen *s)
{
    if (s == NULL) {
        return;
    }
    pthread_mutex_lock(&s->lock);
    s->ends = true;
    pthread_cond_broadcast(&s->tick);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
}
