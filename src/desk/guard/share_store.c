/* share — what went wrong too often is counted together by all programs on one database.
 *
 * Each program keeps its own sums in rows of its own and reads those of the others: every
 * second, and at once when it hears that one of them has written. Between a wrong try at
 * one and its being known at all others lies about a quarter of a second. Where one process
 * owns the database there is no thread and nothing is written.
 * SPDX-License-Identifier: MPL-2.0 */
#include <time.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/bus/bus.h"
#include "host/clock/clock.h"
#include "host/log/log.h"
#include "host/seal/seal.h"

#define LOOK_NS INT64_C(1000000000)
#define TOGETHER_NS 200000000 /* what comes within this goes out at once */
#define SWEEP_EVERY 300       /* looks */
#define ROWS_MOST 2048
#define TOPIC "limit"

static const struct query put_sql = {
    "INSERT INTO limit_share (agency_id, key_hash, program, times, ends_ms, last_ms) "
    "VALUES (1, ?1, ?2, ?3, ?4, ?5) ON CONFLICT (agency_id, key_hash, program) "
    "DO UPDATE SET times = ?3, ends_ms = ?4, last_ms = ?5", "bbiii",
};
static const struct query others_sql = {
    "SELECT key_hash, SUM(times), MAX(ends_ms), MAX(last_ms) FROM limit_share "
    "WHERE agency_id = 1 AND program <> ?1 AND ends_ms > ?2 GROUP BY key_hash "
    "ORDER BY MAX(last_ms) DESC LIMIT 8192", "bi",
};
static const struct query sweep_sql = {
    "DELETE FROM limit_share WHERE agency_id = 1 AND ends_ms <= ?1", "i",
};

static const struct query *const all_queries[] = { &put_sql, &others_sql, &sweep_sql };
const struct query_list share_queries = {
    "desk/guard share", all_queries, sizeof all_queries / sizeof all_queries[0],
};

struct share {
    struct store *store;
    struct limit *limit;
    str program; /* who we are among the others */
    struct bus_ear ear;
    pthread_mutex_t lock;
    pthread_cond_t tick;
    pthread_t thread;
    bool is_running, is_wanted, ends;
};

struct round {
    str program;
    struct limit_row *rows;
    size_t count;
    int64_t sweep_ms; /* 0: not this time */
};

static str hash_text(struct arena *a, uint64_t hash)
{
    char bytes[sizeof hash];

    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)(unsigned char)(hash >> 8 * i);
    }
    return str_copy(a, (str){ bytes, sizeof bytes });
}

static uint64_t hash_of_text(str text)
{
    uint64_t hash = 0;

    for (size_t i = 0; i < text.len && i < sizeof hash; i++) {
        hash |= (uint64_t)(unsigned char)text.at[i] << 8 * i;
    }
    return hash;
}

static err write_run(void *context, struct arena *a, struct tx *tx)
{
    const struct round *r = context;

    for (size_t i = 0; i < r->count; i++) {
        const struct limit_row *row = &r->rows[i];

        TRY(tx_run(a, tx, &put_sql,
                   BIND(bind_bytes(hash_text(a, row->hash)), bind_bytes(r->program),
                        bind_int(row->count), bind_int(row->ends_ms),
                        bind_int(row->last_ms))));
    }
    if (r->count > 0) {
        tx_topic(tx, AGENCY_CITY, TOPIC, STR(""));
    }
    return r->sweep_ms == 0 ? NULL : tx_run(a, tx, &sweep_sql, BIND(bind_int(r->sweep_ms)));
}

static err write_own(struct arena *a, struct share *s, bool sweeps)
{
    struct round r = { .program = s->program,
                       .rows = ARENA_ARRAY(a, ROWS_MOST, struct limit_row) };
    err e;

    if (r.rows == NULL) {
        return err_no_memory;
    }
    r.count = limit_take(s->limit, r.rows, ROWS_MOST);
    r.sweep_ms = sweeps ? clock_now_ms() : 0;
    if (r.count == 0 && !sweeps) {
        return NULL;
    }
    e = store_commit(s->store, a, AGENCY_CITY, write_run, &r);
    if (e != NULL) {
        limit_untake(s->limit, r.rows, r.count);
    }
    return e;
}

static err read_others(struct arena *a, struct share *s)
{
    struct snap *snap;
    struct table t;

    TRY(snap_begin(a, s->store, &snap));
    TRY(snap_query(a, snap, &others_sql,
                   BIND(bind_bytes(s->program), bind_int(clock_now_ms())), &t));
    snap_end(snap);
    for (size_t i = 0; i < t.rows; i++) {
        const struct limit_row row = {
            .hash = hash_of_text(cell_bytes(&t, i, 0)), .count = cell_int(&t, i, 1),
            .ends_ms = cell_int(&t, i, 2), .last_ms = cell_int(&t, i, 3),
        };

        limit_put_others(s->limit, &row, clock_now_ms());
    }
    return NULL;
}

static void round_once(struct share *s, bool sweeps, bool *was_away)
{
    struct arena *a = arena_new(0);
    err e = a == NULL ? err_no_memory : write_own(a, s, sweeps);

    e = e != NULL ? e : read_others(a, s);
    if (e != NULL && !*was_away) {
        log_err(LOG_WARN_LEVEL, "limits.share", STR(""), e);
    }
    *was_away = e != NULL;
    arena_free(a);
}

static void wake(void *share)
{
    struct share *s = share;

    pthread_mutex_lock(&s->lock);
    s->is_wanted = true;
    pthread_cond_signal(&s->tick);
    pthread_mutex_unlock(&s->lock);
}

/* False: time to end. */
static bool wait_for_tick(struct share *s)
{
    const struct timespec together = { .tv_nsec = TOGETHER_NS };
    int64_t until_ns = clock_steady_ns() + LOOK_NS;
    struct timespec until = { .tv_sec = until_ns / 1000000000,
                              .tv_nsec = until_ns % 1000000000 };
    bool go_on;

    nanosleep(&together, NULL);
    pthread_mutex_lock(&s->lock);
    while (!s->ends && !s->is_wanted &&
           pthread_cond_timedwait(&s->tick, &s->lock, &until) == 0) {
    }
    s->is_wanted = false;
    go_on = !s->ends;
    pthread_mutex_unlock(&s->lock);
    return go_on;
}

static void *run(void *context)
{
    struct share *s = context;
    bool was_away = false;

    pthread_setname_np(pthread_self(), "limits");
    for (int round = 1; wait_for_tick(s); round++) {
        round_once(s, round % SWEEP_EVERY == 0, &was_away);
    }
    return NULL;
}

err share_open(struct arena *a, struct desk *d, struct share **ret)
{
    struct share *s = ARENA_NEW(a, struct share);
    pthread_condattr_t steady;

    if (s == NULL) {
        return err_no_memory;
    }
    *ret = s;
    if (!store_is_shared(d->o.store)) {
        return NULL;
    }
    s->store = d->o.store;
    s->limit = d->limit;
    s->program = seal_random(a, 8);
    s->ear = (struct bus_ear){ .slot = topic_slot(AGENCY_CITY, TOPIC, STR("")),
                               .heard = wake, .context = s };
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&s->tick, &steady);
    pthread_condattr_destroy(&steady);
    if (s->program.len == 0 || pthread_create(&s->thread, NULL, run, s) != 0) {
        return err_no_memory;
    }
    s->is_running = true;
    bus_hear(store_bus(s->store), &s->ear);
    limit_on_note(s->limit, wake, s);
    return NULL;
}

void share_close(struct share *s)
{
    if (s == NULL || !s->is_running) {
        return;
    }
    limit_on_note(s->limit, NULL, NULL);
    bus_leave(store_bus(s->store), &s->ear);
    pthread_mutex_lock(&s->lock);
    s->ends = true;
    pthread_cond_signal(&s->tick);
    pthread_mutex_unlock(&s->lock);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->tick);
    pthread_mutex_destroy(&s->lock);
    s->is_running = false;
}
