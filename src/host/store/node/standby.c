/* standby — pages for everybody from a server that follows the first one.
 *
 * How far it is behind is read in the page's own snapshot: the pulse of this program that
 * it shows was sent at a time that we know, so what it shows is not older than that. What
 * is published on the bus raises `wanted` to the next pulse before it is published: a page
 * that is made afterwards and kept has the change in it. Too far behind, or away: the first
 * server is read. One that is away may take seconds to say so: a thread tries it, and no
 * page does before it has answered that.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/node/standby.h"

#include "host/clock/clock.h"
#include "host/log/log.h"
#include "host/store/node/node.h"

#include <time.h>

#define SECOND_NS INT64_C(1000000000)
enum { AWAY_SECONDS = 5, LAGGING_SECONDS = 1, LAG_MS = 5000 };

static const struct query pulse_sql = {
    "SELECT pulse FROM node_lease WHERE agency_id = 1 AND node = ?1 AND holder = ?2",
    "it",
};
static const struct query *const queries[] = { &pulse_sql };
const struct query_list standby_queries = { "host/store standby", queries,
                                            sizeof(queries) / sizeof(queries[0]) };

err standby_open(struct arena *a, struct store *s, const char *address, int readers,
                 int lag_ms)
{
    struct standby *y = ARENA_NEW(a, struct standby);

    if (y == NULL) {
        return err_no_memory;
    }
    y->lag_ms = lag_ms > 0 ? lag_ms : LAG_MS;
    atomic_init(&y->is_away, true);
    pool_init(s, &y->pool, readers, str_z(a, str_of(address)), DB_STATIC);
    s->standby = y;
    return NULL;
}

void standby_wait_for_now(struct store *s)
{
    if (s->standby != NULL) {
        atomic_store(&s->standby->wanted, node_next_pulse(s));
    }
}

/* `*ret_good`: near enough, and with all that was published. */
static err look(struct arena *a, struct store *s, struct snap *snap, bool *ret_good)
{
    int64_t wanted = atomic_load(&s->standby->wanted);
    struct table t;
    int64_t pulse;

    TRY(snap_query(a, snap, &pulse_sql,
                   BIND(bind_int(store_node(s)), bind_text(str_of(s->node->holder))), &t));
    pulse = t.rows == 0 ? -1 : cell_int(&t, 0, 0);
    *ret_good = pulse >= wanted && node_pulse_age_ms(s, pulse) <= s->standby->lag_ms;
    return NULL;
}

/* ---- trying it ---- */

/* The connection that it made is in the pool before anybody may ask for it. */
static void try_it(struct store *s)
{
    struct arena *a = arena_new(0);
    struct snap *there = NULL;
    bool good;
    err e = a == NULL ? err_no_memory : pool_begin(a, &s->standby->pool, &there);

    e = e != NULL ? e : look(a, s, there, &good);
    if (e == NULL) {
        snap_end(there);
        LOG(LOG_INFO_LEVEL, "standby.there", LOG_NUMBER("node", store_node(s)));
        atomic_store(&s->standby->is_away, false);
    }
    arena_free(a);
}

static bool wait_a_while(struct standby *y)
{
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += AWAY_SECONDS;
    pthread_mutex_lock(&y->mutex);
    while (!y->closing && pthread_cond_timedwait(&y->tick, &y->mutex, &until) == 0) {
    }
    go_on = !y->closing;
    pthread_mutex_unlock(&y->mutex);
    return go_on;
}

static void *standby_main(void *of)
{
    struct store *s = of;

    pthread_setname_np(pthread_self(), "standby");
    do {
        if (atomic_load(&s->standby->is_away)) {
            try_it(s);
        }
    } while (wait_a_while(s->standby));
    return NULL;
}

err standby_start(struct arena *a, struct store *s)
{
    struct standby *y = s->standby;
    pthread_condattr_t steady;

    if (y == NULL) {
        return NULL;
    }
    pthread_mutex_init(&y->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&y->tick, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&y->thread, NULL, standby_main, s) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "standby");
    }
    y->is_running = true;
    return NULL;
}

void standby_close(struct store *s)
{
    struct standby *y = s->standby;

    if (y == NULL) {
        return;
    }
    if (y->is_running) {
        pthread_mutex_lock(&y->mutex);
        y->closing = true;
        pthread_cond_signal(&y->tick);
        pthread_mutex_unlock(&y->mutex);
        pthread_join(y->thread, NULL);
        y->is_running = false;
    }
    pool_close(&y->pool);
}

/* ---- reading from it ---- */

/* NULL in `*ret`: not from there. */
static err begin_there(struct arena *a, struct store *s, struct snap **ret)
{
    bool good = false;

    TRY(pool_begin(a, &s->standby->pool, ret));
    TRY(look(a, s, *ret, &good));
    if (!good) {
        snap_end(*ret);
        *ret = NULL;
        atomic_store(&s->standby->again_ns,
                     clock_steady_ns() + LAGGING_SECONDS * SECOND_NS);
    }
    return NULL;
}

static bool may_be_read(const struct store *s)
{
    const struct standby *y = s->standby;

    return y != NULL && s->started && !atomic_load(&y->is_away) &&
           clock_steady_ns() >= atomic_load(&y->again_ns);
}

err snap_begin_public(struct arena *a, struct store *s, struct snap **ret)
{
    struct snap *there = NULL;
    err e;

    if (!may_be_read(s)) {
        return snap_begin(a, s, ret);
    }
    e = begin_there(a, s, &there);
    if (e != NULL) {
        if (there != NULL) {
            snap_end(there);
        }
        atomic_store(&s->standby->is_away, true);
        log_err(LOG_WARN_LEVEL, "standby.away", STR(""), e);
    }
    if (e != NULL || there == NULL) {
        return snap_begin(a, s, ret);
    }
    atomic_fetch_add(&s->counters.standby_reads, 1);
    *ret = there;
    return NULL;
}

bool snap_is_standby(const struct snap *snap)
{
    const struct reader *r = snap->reader;

    return r != NULL && r->store->standby != NULL && r->pool == &r->store->standby->pool;
}
