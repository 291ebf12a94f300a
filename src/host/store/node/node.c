/* node — taking, keeping and giving back the number of this process.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/node/node.h"

#include "base/id.h"
#include "host/clock/clock.h"
#include "host/log/log.h"
#include "host/store/core/inner.h"
#include "host/store/driver.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MS_NS INT64_C(1000000)
#define HELD_MS (INT64_C(365) * 86400000)
enum { LEASE_MS = 20000, BEATS = 10, AGAIN_MS = 250, TRIES = 64 };

/* ---- where one process owns the database ---- */

static const struct query last_sql = {
    "SELECT node FROM node_lease WHERE agency_id = 1 "
    "ORDER BY until_ms DESC, node DESC LIMIT 1",
    "",
};
static const struct query clear_sql = { "DELETE FROM node_lease WHERE agency_id = 1", "" };
static const struct query put_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (1, ?1, ?2, ?3)",
    "iti",
};

/* ---- where several may work on it ---- */

static const struct query highest_sql = {
    "SELECT MAX(node) FROM node_lease WHERE agency_id = 1",
    "",
};
static const struct query take_new_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms, pulse) "
    "VALUES (1, ?1, ?2, " STORE_NOW " + ?3, 0) ON CONFLICT (agency_id, node) DO NOTHING",
    "iti",
    .postgres = "INSERT INTO node_lease (agency_id, node, holder, until_ms, pulse) "
                "VALUES (1, ?1, ?2, " STORE_NOW_POSTGRES " + ?3, 0) "
                "ON CONFLICT (agency_id, node) DO NOTHING",
};
static const struct query longest_free_sql = {
    "SELECT node FROM node_lease WHERE agency_id = 1 AND until_ms <= " STORE_NOW
    " ORDER BY until_ms, node LIMIT 1",
    "",
    .postgres = "SELECT node FROM node_lease WHERE agency_id = 1 "
                "AND until_ms <= " STORE_NOW_POSTGRES " ORDER BY until_ms, node LIMIT 1",
};
static const struct query take_free_sql = {
    "UPDATE node_lease SET holder = ?2, until_ms = " STORE_NOW " + ?3, pulse = 0 "
    "WHERE agency_id = 1 AND node = ?1 AND until_ms <= " STORE_NOW,
    "iti",
    .postgres = "UPDATE node_lease SET holder = ?2, pulse = 0, "
                "until_ms = " STORE_NOW_POSTGRES " + ?3 "
                "WHERE agency_id = 1 AND node = ?1 AND until_ms <= " STORE_NOW_POSTGRES,
};
static const struct query renew_sql = {
    "UPDATE node_lease SET until_ms = " STORE_NOW " + ?3, pulse = ?4 "
    "WHERE agency_id = 1 AND node = ?1 AND holder = ?2",
    "itii",
    .postgres = "UPDATE node_lease SET until_ms = " STORE_NOW_POSTGRES " + ?3, pulse = ?4 "
                "WHERE agency_id = 1 AND node = ?1 AND holder = ?2",
};
static const struct query give_back_sql = {
    "UPDATE node_lease SET until_ms = " STORE_NOW
    " WHERE agency_id = 1 AND node = ?1 AND holder = ?2",
    "it",
    .postgres = "UPDATE node_lease SET until_ms = " STORE_NOW_POSTGRES
                " WHERE agency_id = 1 AND node = ?1 AND holder = ?2",
};

static const struct query others_sql = {
    "SELECT COUNT(*) FROM node_lease WHERE agency_id = 1 AND until_ms > " STORE_NOW,
    "",
    .postgres = "SELECT COUNT(*) FROM node_lease WHERE agency_id = 1 "
                "AND until_ms > " STORE_NOW_POSTGRES,
};

static const struct query *const queries[] = {
    &others_sql,   &last_sql,         &clear_sql,     &put_sql,   &highest_sql,
    &take_new_sql, &longest_free_sql, &take_free_sql, &renew_sql, &give_back_sql,
};
const struct query_list store_queries = { "host/store", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

err node_count(struct arena *a, struct db *db, int64_t *ret_count)
{
    struct table t;

    TRY(db_query(a, db, &others_sql, NO_VALUES, &t));
    *ret_count = cell_int(&t, 0, 0);
    return NULL;
}

static err take_next(struct arena *a, struct store *s, struct db *db)
{
    struct table last;
    int64_t changed;
    int number;

    TRY(db_begin(a, db, DB_BEGIN_WRITE));
    TRY(db_query(a, db, &last_sql, NO_VALUES, &last));
    number = last.rows == 0 ? 0 : (int)((cell_int(&last, 0, 0) + 1) % ID_NODES);
    TRY(db_change(a, db, &clear_sql, NO_VALUES, &changed));
    TRY(db_change(a, db, &put_sql,
                  BIND(bind_int(number), bind_text(str_of(s->node->holder)),
                       bind_int(clock_now_ms() + HELD_MS)),
                  &changed));
    TRY(db_commit(a, db));
    atomic_store(&s->node->number, number);
    atomic_store(&s->node->held_until_ns, INT64_MAX);
    return NULL;
}

/* One try: `*ret_number` is -1 when somebody else was faster. */
static err take_once(struct arena *a, struct store *s, struct db *db, int *ret_number)
{
    const struct query *take = &take_new_sql;
    struct table t;
    int64_t number, changed;

    TRY(db_query(a, db, &highest_sql, NO_VALUES, &t));
    number = cell_is_null(&t, 0, 0) ? 0 : cell_int(&t, 0, 0) + 1;
    if (number >= ID_NODES) {
        TRY(db_query(a, db, &longest_free_sql, NO_VALUES, &t));
        if (t.rows == 0) {
            FAIL(a, ERR_BUSY,
                 SAY("1,024 programs work on this database already. Stop one of them."),
                 STR(""), "no free node number");
        }
        number = cell_int(&t, 0, 0);
        take = &take_free_sql;
    }
    TRY(db_change(a, db, take,
                  BIND(bind_int(number), bind_text(str_of(s->node->holder)),
                       bind_int(s->node->lease_ms)),
                  &changed));
    *ret_number = changed == 1 ? (int)number : -1;
    return NULL;
}

static void held_since(struct store *s, int64_t sent_ns)
{
    struct node *n = s->node;

    atomic_store(&n->held_until_ns, sent_ns + (int64_t)n->lease_ms * MS_NS * 9 / 10);
}

static err take_free(struct arena *a, struct store *s, struct db *db)
{
    struct node *n = s->node;
    int64_t sent_ns = 0;
    int number = -1;

    for (int i = 0; number < 0 && i < TRIES; i++) {
        sent_ns = clock_steady_ns();
        TRY(take_once(a, s, db, &number));
    }
    if (number < 0) {
        return driver_failed(a, ERR_BUSY, STR("others took every node number first"));
    }
    pthread_mutex_lock(&n->mutex);
    if (n->pulse == 0) {
        n->sent_ns[0] = sent_ns;
    }
    pthread_mutex_unlock(&n->mutex);
    atomic_store(&n->number, number);
    held_since(s, sent_ns);
    return NULL;
}

/* ---- the thread ---- */

/* Ids go on under the new number, above all that were made under it before. */
static err move_on(struct arena *a, struct store *s)
{
    struct node *n = s->node;
    int was = atomic_load(&n->number);
    int64_t greatest;

    atomic_store(&n->held_until_ns, 0);
    TRY(take_free(a, s, n->db));
    TRY(store_greatest_id(a, s, &greatest));
    pthread_mutex_lock(&n->mutex);
    if (n->ids != NULL) {
        id_source_move(n->ids, atomic_load(&n->number), greatest);
    }
    pthread_mutex_unlock(&n->mutex);
    LOG(LOG_WARN_LEVEL, "node.lost", LOG_NUMBER("was", was),
        LOG_NUMBER("is", atomic_load(&n->number)));
    return NULL;
}

static int64_t next_sent(struct node *n, int64_t now_ns)
{
    int64_t pulse;

    pthread_mutex_lock(&n->mutex);
    pulse = ++n->pulse;
    n->sent_ns[pulse % NODE_PULSES] = now_ns;
    pthread_mutex_unlock(&n->mutex);
    return pulse;
}

static err beat(struct arena *a, struct store *s)
{
    struct node *n = s->node;
    int64_t sent_ns, pulse, changed;

    if (fault_is_now(s, FAULT_PULSE)) {
        return driver_failed(a, ERR_BUSY, STR("fault point"));
    }
    if (n->db == NULL) {
        TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_BESIDE, &n->db));
    }
    sent_ns = clock_steady_ns();
    pulse = next_sent(n, sent_ns);
    TRY(db_change(a, n->db, &renew_sql,
                  BIND(bind_int(atomic_load(&n->number)), bind_text(str_of(n->holder)),
                       bind_int(n->lease_ms), bind_int(pulse)),
                  &changed));
    if (changed == 1) {
        held_since(s, sent_ns);
        return NULL;
    }
    return move_on(a, s);
}

static bool beat_once(struct store *s, bool was_away)
{
    struct arena *a = arena_new(0);
    err e = a == NULL ? err_no_memory : beat(a, s);

    if (e != NULL) {
        if (!was_away) {
            log_err(LOG_WARN_LEVEL, "node.away", STR(""), e);
        }
        db_close(s->node->db);
        s->node->db = NULL;
    }
    arena_free(a);
    return e == NULL;
}

/* False: time to end. */
static bool wait_ms(struct node *n, int ms)
{
    int64_t until_ns = clock_steady_ns() + ms * MS_NS;
    struct timespec until = { .tv_sec = until_ns / 1000000000,
                              .tv_nsec = until_ns % 1000000000 };
    bool go_on;

    pthread_mutex_lock(&n->mutex);
    while (!n->closing && !n->is_wanted &&
           pthread_cond_timedwait(&n->tick, &n->mutex, &until) == 0) {
    }
    n->is_wanted = false;
    go_on = !n->closing;
    pthread_mutex_unlock(&n->mutex);
    return go_on;
}

static void *node_main(void *of)
{
    struct store *s = of;
    struct node *n = s->node;
    bool was_away = false;

    pthread_setname_np(pthread_self(), "pulse");
    while (wait_ms(n, was_away ? AGAIN_MS : n->lease_ms / BEATS)) {
        const struct timespec spare = { .tv_nsec = 100 * MS_NS }; /* between two at least */

        nanosleep(&spare, NULL);
        was_away = !beat_once(s, was_away);
    }
    return NULL;
}

/* ---- beginning and end ---- */

/* The last part tells two processes apart that are alike in the rest. */
static const char *holder_text(struct arena *a)
{
    char host[256] = "";
    uint64_t chance = 0;

    if (gethostname(host, sizeof(host) - 1) != 0 ||
        getentropy(&chance, sizeof(chance)) != 0) {
        chance ^= (uint64_t)clock_steady_ns();
    }
    return str_z(a, str_format(a, "%s process %ld %016llx", host, (long)getpid(),
                               (unsigned long long)chance));
}

err node_open(struct arena *a, struct store *s, int lease_ms)
{
    struct node *n = ARENA_NEW(a, struct node);

    if (n == NULL) {
        return err_no_memory;
    }
    atomic_init(&n->number, -1);
    n->lease_ms = lease_ms > 0 ? lease_ms : LEASE_MS;
    s->node = n;
    return NULL;
}

static void ready(struct node *n)
{
    pthread_condattr_t steady;

    pthread_mutex_init(&n->mutex, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&n->tick, &steady);
    pthread_condattr_destroy(&steady);
    n->is_ready = true;
}

err node_start(struct arena *a, struct store *s, struct db *db)
{
    struct node *n = s->node;

    ready(n);
    n->holder = holder_text(a);
    if (!store_is_shared(s)) {
        return take_next(a, s, db);
    }
    TRY(store_connect(a, s, s->address, DB_KIND_MAIN, DB_BESIDE, &n->db));
    TRY(take_free(a, s, n->db));
    if (pthread_create(&n->thread, NULL, node_main, s) != 0) {
        FAIL(a, ERR_BUSY, SAY("The program could not start a thread. Try again later."),
             STR(""), "pulse");
    }
    n->is_running = true;
    return NULL;
}

static void give_back(struct store *s)
{
    struct arena *a = arena_new(0);
    int64_t changed;
    err e = a == NULL || s->node->db == NULL
                ? NULL
                : db_change(a, s->node->db, &give_back_sql,
                            BIND(bind_int(atomic_load(&s->node->number)),
                                 bind_text(str_of(s->node->holder))),
                            &changed);

    if (e != NULL) { /* it is free again when its time is over */
        log_err(LOG_WARN_LEVEL, "node.kept", STR(""), e);
    }
    arena_free(a);
}

void node_stop(struct store *s)
{
    struct node *n = s->node;

    if (!n->is_ready) {
        return;
    }
    pthread_mutex_lock(&n->mutex);
    n->closing = true;
    pthread_cond_signal(&n->tick);
    pthread_mutex_unlock(&n->mutex);
    if (n->is_running) {
        pthread_join(n->thread, NULL);
        give_back(s);
    }
    db_close(n->db);
    n->db = NULL;
    pthread_cond_destroy(&n->tick);
    pthread_mutex_destroy(&n->mutex);
    n->is_ready = n->is_running = false;
}

/* ---- asking ---- */

bool node_is_held(const struct store *s)
{
    return clock_steady_ns() < atomic_load(&s->node->held_until_ns);
}

err node_check(struct arena *a, const struct store *s)
{
    if (node_is_held(s)) {
        return NULL;
    }
    return driver_failed(a, ERR_BUSY, STR("the node number may belong to somebody else"));
}

int store_node(const struct store *s)
{
    return atomic_load(&s->node->number);
}

err store_ids(struct arena *a, struct store *s, struct id_source *ids)
{
    int64_t greatest, last = atomic_load(&ids->last);

    TRY(store_greatest_id(a, s, &greatest));
    pthread_mutex_lock(&s->node->mutex);
    id_source_init(ids, atomic_load(&s->node->number), greatest > last ? greatest : last);
    s->node->ids = ids;
    pthread_mutex_unlock(&s->node->mutex);
    return NULL;
}

int64_t node_next_pulse(struct store *s)
{
    struct node *n = s->node;
    int64_t pulse;

    pthread_mutex_lock(&n->mutex);
    pulse = n->pulse + 1;
    n->is_wanted = true;
    pthread_cond_signal(&n->tick);
    pthread_mutex_unlock(&n->mutex);
    return pulse;
}

int64_t node_pulse_age_ms(struct store *s, int64_t number)
{
    struct node *n = s->node;
    int64_t age_ms = INT64_MAX;

    pthread_mutex_lock(&n->mutex);
    if (number <= n->pulse && number > n->pulse - NODE_PULSES && number >= 0) {
        age_ms = (clock_steady_ns() - n->sent_ns[number % NODE_PULSES]) / MS_NS;
    }
    pthread_mutex_unlock(&n->mutex);
    return age_ms;
}
