/* standby — pages for everybody from a server that follows the first one.
 *
 * How far it is behind is read in the page's own snapshot: the pulse of this program that
 * it shows was sent at a time that we know, so what it shows is not older than that. What
 * is published on the bus raises `wanted` to the next pulse before it is published: a page
 * that is made afterwards and kept has the change in it. Too far behind, or away: the first
 * server is read.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/node/standby.h"

#include "host/clock/clock.h"
#include "host/log/log.h"
#include "host/store/node/node.h"

#define SECOND_NS INT64_C(1000000000)
enum { AWAY_SECONDS = 15, LAGGING_SECONDS = 1, LAG_MS = 5000 };

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
    pool_init(s, &y->pool, readers, str_z(a, str_of(address)), DB_STATIC);
    s->standby = y;
    return NULL;
}

void standby_close(struct store *s)
{
    if (s->standby != NULL) {
        pool_close(&s->standby->pool);
    }
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

static void leave_alone(struct store *s, int seconds)
{
    atomic_store(&s->standby->again_ns, clock_steady_ns() + seconds * SECOND_NS);
}

/* NULL in `*ret`: not from there. */
static err begin_there(struct arena *a, struct store *s, struct snap **ret)
{
    bool good = false;

    TRY(pool_begin(a, &s->standby->pool, ret));
    TRY(look(a, s, *ret, &good));
    if (!good) {
        snap_end(*ret);
        *ret = NULL;
        leave_alone(s, LAGGING_SECONDS);
    }
    return NULL;
}

err snap_begin_public(struct arena *a, struct store *s, struct snap **ret)
{
    struct snap *there = NULL;
    err e;

    if (s->standby == NULL || !s->started ||
        clock_steady_ns() < atomic_load(&s->standby->again_ns)) {
        return snap_begin(a, s, ret);
    }
    e = begin_there(a, s, &there);
    if (e != NULL) {
        if (there != NULL) {
            snap_end(there);
        }
        leave_alone(s, AWAY_SECONDS);
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
