/* Tests of what a writer does when its server fails it: the connection is cut before and
 * after COMMIT, the server is away, is asked to end us, refuses, or warns. PostgreSQL only
 * (store_open_scratch in a server of the tests' own).
 *
 * Between the store and its server stands a proxy that knows a COMMIT when it sees one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/driver.h"
#include "host/store/sound_test.h"
#include "host/store/write/proxy_test.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FINE = -1, WAITING = -2 };

static const struct query seat_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, 'x', 0)",
    "ii",
};
static const struct query move_sql = {
    "UPDATE node_lease SET until_ms = until_ms + 1 WHERE agency_id = 4 AND node = ?1",
    "i",
};
static const struct query count_sql = {
    "SELECT (SELECT COUNT(*) FROM node_lease WHERE agency_id BETWEEN 2 AND 99), "
    "(SELECT COUNT(*) FROM event)",
    "",
};
static const struct query end_sql = {
    "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE application_name = ?1",
    "t",
};

/* ---- a server, and a store that reaches it through the proxy ---- */

struct place {
    struct arena *arena;
    struct store *direct, *s; /* `s` goes through the proxy */
    struct proxy proxy;
    char name[40];            /* what the connections of `s` are called */
};

static void place_open(struct place *p, int retry_seconds, int queue_length)
{
    struct arena *a = arena_new(0);
    static int number;
    str address, before;
    ptrdiff_t at;
    char *folder;

    *p = (struct place){ .arena = a };
    snprintf(p->name, sizeof(p->name), "outage-%d-%d", (int)getpid(), ++number);
    assert_null(store_open_scratch(a, &p->direct));
    address = str_of(p->direct->address);
    at = str_find(address, STR("host=/"));
    assert_true(at > 0);
    before = str_slice(address, 0, (size_t)at + 5);
    assert_true(proxy_open(&p->proxy, a, str_slice(address, (size_t)at + 5, address.len)));
    folder = (char *)str_z(a, str_format(a, "%s/own", p->proxy.folder));
    assert_null(store_open(
        a,
        &(struct store_options){
            .folder = folder,
            .create = false,
            .no_reserve = true,
            .retry_seconds = retry_seconds,
            .queue_length = queue_length,
            .database = str_z(a, str_format(a, "%.*s%s%.*s&application_name=%s",
                                            STR_ARG(before), p->proxy.folder,
                                            STR_ARG(p->proxy.rest), p->name)),
        },
        &p->s));
    assert_null(store_start(a, p->s));
}

static void place_close(struct place *p)
{
    store_close(p->s);
    proxy_close(&p->proxy);
    arena_free(p->arena);
}

static int64_t seats(const struct place *p)
{
    int64_t n[2];

    find_numbers(p->direct, &count_sql, NO_VALUES, n, 2);
    assert_int_equal(n[0], n[1]); /* an event for each */
    return n[0];
}

static void script(const struct place *p, const char *sql)
{
    struct arena *a = arena_new(0);
    struct db *db;

    assert_null(db_open(a, p->direct->address, DB_KIND_MAIN, DB_WRITE, false, &db));
    assert_null(db_script(a, db, sql));
    db_close(db);
    arena_free(a);
}

/* All connections of the store under test. */
static void end_all(const struct place *p)
{
    struct arena *a = arena_new(0);
    struct snap *snap;
    struct table t;

    assert_null(snap_begin(a, p->direct, &snap));
    assert_null(snap_query(a, snap, &end_sql, BIND(bind_text(str_of(p->name))), &t));
    arena_free(a);
}

/* ---- who wants a seat ---- */

struct order {
    struct commit commit;
    struct place *place;
    const struct query *trouble; /* on its first run */
    bool ends_all;               /* the same */
    int64_t agency;
    int node, runs, result;
    sem_t *told;
};

static err order_run(void *context, struct arena *a, struct tx *tx)
{
    struct order *o = context;
    struct event e = { .agency = o->agency, .at_ms = 1, .kind = STR("seat.made"),
                       .subject = o->node };

    if (o->runs++ == 0 && o->trouble != NULL) {
        TRY(tx_run(a, tx, o->trouble, NO_VALUES));
    }
    TRY(tx_event(tx, &e));
    TRY(tx_run(a, tx, &seat_sql, BIND(bind_int(o->agency), bind_int(o->node))));
    if (o->runs == 1 && o->ends_all) {
        struct table t;

        TRY(snap_query(a, tx_snap(tx), &count_sql, NO_VALUES, &t)); /* it has begun */
        end_all(o->place);
    }
    return NULL;
}

static void order_done(void *context, err result)
{
    struct order *o = context;

    if (result != NULL) {
        fprintf(stderr, "# %.*s\n", STR_ARG(result->why));
    }
    o->result = result == NULL ? FINE : (int)result->kind;
    sem_post(o->told);
}

static void order_fill(struct order *o, struct place *p, int node, sem_t *told)
{
    *o = (struct order){ .place = p, .agency = 4, .node = node, .told = told,
                         .result = WAITING };
    o->commit = (struct commit){ .agency = 4,
                                 .arena = arena_new(1 << 20),
                                 .run = order_run,
                                 .done = order_done,
                                 .context = o };
}

static int order_now(struct place *p, struct order o)
{
    sem_t told;

    sem_init(&told, 0, 0);
    o.told = &told;
    o.commit.context = &o;
    assert_null(store_submit(p->s, &o.commit));
    sem_wait(&told);
    arena_free(o.commit.arena);
    sem_destroy(&told);
    return o.result;
}

static int one(struct place *p, int node)
{
    struct order o;

    order_fill(&o, p, node, NULL);
    return order_now(p, o);
}

/* ---- the network ---- */

static const struct {
    const char *story;
    enum proxy_mode mode;
    int runs;
} cuts[] = {
    { "cut before COMMIT has come there: it runs again", PROXY_CUT_BEFORE, 2 },
    { "cut after COMMIT: it is in, and is not run again", PROXY_CUT_AFTER, 1 },
    { "COMMIT never comes there and nobody says so: given up, runs again",
      PROXY_SWALLOW_BEFORE, 2 },
    { "COMMIT is done and nobody says so: given up, it is in", PROXY_SWALLOW_AFTER, 1 },
};

static void a_commit_of_unknown_outcome_is_kept_once(void **state)
{
    for (size_t row = 0; row < sizeof(cuts) / sizeof(cuts[0]); row++) {
        struct order orders[3];
        struct place p;
        sem_t told;

        place_open(&p, 30, 0);
        sem_init(&told, 0, 0);
        assert_int_equal(one(&p, 1), FINE);
        proxy_set(&p.proxy, cuts[row].mode);
        for (int i = 0; i < 3; i++) {
            order_fill(&orders[i], &p, 2 + i, &told);
            assert_null(store_submit(p.s, &orders[i].commit));
        }
        for (int i = 0; i < 3; i++) {
            sem_wait(&told);
        }
        for (int i = 0; i < 3; i++) {
            if (orders[i].result != FINE) {
                fail_msg("%s: result %d", cuts[row].story, orders[i].result);
            }
            arena_free(orders[i].commit.arena);
        }
        if (orders[0].runs != cuts[row].runs) {
            fail_msg("%s: %d runs", cuts[row].story, orders[0].runs);
        }
        assert_int_equal(seats(&p), 4);
        assert_int_equal(store_figures(p.s).lost, 1);
        assert_int_equal(store_figures(p.s).reconnects, 1);
        assert_int_equal(store_figures(p.s).retries, cuts[row].runs - 1);
        assert_sound(p.direct);
        sem_destroy(&told);
        place_close(&p);
    }
}

static void a_server_that_comes_back_finds_who_waits(void **state)
{
    struct order orders[12];
    struct place p;
    sem_t told;
    int full = 0;

    place_open(&p, 30, 8);
    sem_init(&told, 0, 0);
    assert_int_equal(one(&p, 1), FINE);
    proxy_set(&p.proxy, PROXY_AWAY);
    order_fill(&orders[0], &p, 10, &told);
    assert_null(store_submit(p.s, &orders[0].commit));
    while (store_figures(p.s).queue_now > 0) {
        usleep(1000);
    }
    for (int i = 1; i < 12; i++) {
        err e;

        order_fill(&orders[i], &p, 10 + i, &told);
        e = store_submit(p.s, &orders[i].commit);
        full += e != NULL && e->kind == ERR_BUSY;
    }
    assert_int_equal(full, 3);
    usleep(1000000);
    proxy_set(&p.proxy, PROXY_PASS);
    for (int i = 0; i < 9; i++) {
        sem_wait(&told);
    }
    for (int i = 0; i < 12; i++) {
        assert_int_equal(orders[i].result, i < 9 ? FINE : WAITING);
        arena_free(orders[i].commit.arena);
    }
    assert_int_equal(seats(&p), 10);
    assert_sound(p.direct);
    sem_destroy(&told);
    place_close(&p);
}

static void a_server_that_stays_away_gets_no_promise(void **state)
{
    struct place p;

    place_open(&p, 2, 0);
    assert_int_equal(one(&p, 1), FINE);
    proxy_set(&p.proxy, PROXY_AWAY);
    assert_int_equal(one(&p, 2), ERR_BUSY);
    assert_int_equal(one(&p, 3), ERR_BUSY); /* at once */
    assert_int_equal(seats(&p), 1);
    proxy_set(&p.proxy, PROXY_PASS);
    assert_int_equal(one(&p, 4), FINE);
    assert_int_equal(seats(&p), 2);
    assert_sound(p.direct);
    place_close(&p);
}

/* ---- what the server says ---- */

static const struct query serialisation_sql = {
    "DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '40001'; END $$",
    "",
};
static const struct query starting_sql = {
    "DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '57P03'; END $$",
    "",
};
static const struct query connection_sql = {
    "DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '08006'; END $$",
    "",
};
static const struct query read_only_sql = { "SET TRANSACTION READ ONLY", "" };
static const struct {
    const char *story;
    const struct query *trouble; /* NULL: its connections are ended */
    bool is_lost;
} refusals[] = {
    { "40001", &serialisation_sql, false },
    { "25006: it may only be read", &read_only_sql, true },
    { "57P03: it is starting", &starting_sql, true },
    { "08006", &connection_sql, true },
    { "57P01: an administrator ends the connection", NULL, true },
};

static void what_may_help_is_tried_again(void **state)
{
    struct place p;
    int64_t n = 0;

    place_open(&p, 10, 0);
    for (size_t row = 0; row < sizeof(refusals) / sizeof(refusals[0]); row++) {
        uint64_t lost = store_figures(p.s).lost;
        struct order o;

        order_fill(&o, &p, (int)row + 1, NULL);
        o.trouble = refusals[row].trouble;
        o.ends_all = o.trouble == NULL;
        if (order_now(&p, o) != FINE || seats(&p) != ++n) {
            fail_msg("%s: %d seats", refusals[row].story, (int)seats(&p));
        }
        if ((store_figures(p.s).lost > lost) != refusals[row].is_lost) {
            fail_msg("%s: %d lost", refusals[row].story, (int)store_figures(p.s).lost);
        }
    }
    assert_sound(p.direct);
    place_close(&p);
}

/* ---- two that lock in opposite order ---- */

struct crossing {
    pthread_t thread;
    struct place *place;
    pthread_barrier_t *both;
    int64_t agency;
    int first, second, runs, result;
};

static err crossing_run(void *context, struct arena *a, struct tx *tx)
{
    struct crossing *c = context;
    int64_t changed;

    TRY(tx_change(a, tx, &move_sql, BIND(bind_int(c->first)), &changed));
    if (c->runs++ == 0) {
        pthread_barrier_wait(c->both);
    }
    return tx_change(a, tx, &move_sql, BIND(bind_int(c->second)), &changed);
}

static void *crossing_main(void *of)
{
    struct crossing *c = of;
    struct arena *a = arena_new(1 << 20);
    err e = store_commit(c->place->s, a, c->agency, crossing_run, c);

    c->result = e == NULL ? FINE : (int)e->kind;
    arena_free(a);
    return NULL;
}

static void a_deadlock_is_nobodys_fault(void **state)
{
    struct crossing c[2];
    pthread_barrier_t both;
    struct place p;

    place_open(&p, 10, 0);
    assert_int_equal(one(&p, 1), FINE);
    assert_int_equal(one(&p, 2), FINE);
    pthread_barrier_init(&both, NULL, 2);
    for (int i = 0; i < 2; i++) {
        c[i] = (struct crossing){ .place = &p, .both = &both, .agency = 50 + i,
                                  .first = 1 + i, .second = 2 - i };
        assert_int_equal(pthread_create(&c[i].thread, NULL, crossing_main, &c[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(c[i].thread, NULL);
        assert_int_equal(c[i].result, FINE);
    }
    assert_true(c[0].runs + c[1].runs >= 3);
    assert_int_equal(store_figures(p.s).lost, 0);
    pthread_barrier_destroy(&both);
    place_close(&p);
}

/* ---- a COMMIT that is only half one ---- */

static void make_warning(const struct place *p, const char *table)
{
    char sql[900];

    snprintf(sql, sizeof(sql),
             "CREATE FUNCTION warn_half() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
             "RAISE WARNING 'canceling wait for synchronous replication' "
             "USING DETAIL = 'The transaction has already committed locally, but might not "
             "have been replicated to the standby.'; RETURN NULL; END $$; "
             "CREATE CONSTRAINT TRIGGER half AFTER INSERT OR UPDATE ON %s "
             "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn_half();",
             table);
    script(p, sql);
}

static void a_warning_is_no_receipt(void **state)
{
    struct place p;

    place_open(&p, 3, 0);
    assert_int_equal(one(&p, 1), FINE);
    make_warning(&p, "node_lease");
    assert_int_equal(one(&p, 2), FINE); /* a further COMMIT came without one */
    assert_int_equal(store_figures(p.s).lost, 1);
    assert_int_equal(store_figures(p.s).retries, 0);
    script(&p, "DROP FUNCTION warn_half CASCADE");
    make_warning(&p, "writer_mark");
    assert_int_equal(one(&p, 3), ERR_BUSY); /* none ever does */
    assert_true(store_figures(p.s).lost > 2);
    script(&p, "DROP FUNCTION warn_half CASCADE");
    assert_int_equal(seats(&p), 3); /* in, and never acknowledged */
    assert_int_equal(one(&p, 4), FINE);
    assert_sound(p.direct);
    place_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_of_unknown_outcome_is_kept_once),
        cmocka_unit_test(a_server_that_comes_back_finds_who_waits),
        cmocka_unit_test(a_server_that_stays_away_gets_no_promise),
        cmocka_unit_test(what_may_help_is_tried_again),
        cmocka_unit_test(a_deadlock_is_nobodys_fault),
        cmocka_unit_test(a_warning_is_no_receipt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
