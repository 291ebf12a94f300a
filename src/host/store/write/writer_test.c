/* Tests of the writer: many at once, refusals, failures of COMMIT, memory, order.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sound_test.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct query seat_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, ?3, ?4)",
    "iiti",
};
static const struct query take_sql = {
    "UPDATE node_lease SET until_ms = until_ms - 1 "
    "WHERE agency_id = ?1 AND node = ?2 AND until_ms > 0",
    "ii",
};
static const struct query count_sql = {
    "SELECT (SELECT COUNT(*) FROM node_lease WHERE agency_id = 4), "
    "(SELECT COUNT(*) FROM event), "
    "(SELECT COALESCE(MAX(seq), 0) FROM event)",
    "",
};

/* ---- a small office to work on ---- */

enum act { TAKE, MAKE, MAKE_AND_REFUSE, HOLD };

struct order {
    struct commit commit;
    enum act act;
    int node;
    int64_t id;   /* bound as a value */
    long fail_at; /* an allocation of this commit */
    int runs;
    sem_t *hold, *told; /* HOLD: waits; told: posted when done */
    int *place, *next_place;
    enum { WAITING = -2, FINE = -1 } result; /* or an err_kind */
};

static err order_run(void *context, struct arena *a, struct tx *tx)
{
    struct order *o = context;
    struct event e = {
        .agency = 5 - o->node % 2, .at_ms = 1, .kind = STR("seat.made"), .subject = o->node
    };

    o->runs++;
    if (o->act == HOLD) {
        sem_wait(o->hold);
        FAIL(a, ERR_INPUT, SAY("Choose another."), STR(""), "keeps nothing, so no COMMIT");
    }
    arena_fault_at(o->fail_at);
    if (o->act == TAKE) {
        return tx_change_one(a, tx, &take_sql, BIND(bind_int(4), bind_int(o->node)));
    }
    TRY(tx_run(a, tx, &seat_sql,
               BIND(bind_int(4), bind_int(o->node), bind_text(STR("x")), bind_int(o->id))));
    TRY(tx_event(tx, &e));
    e.kind = STR("seat.counted");
    TRY(tx_event(tx, &e));
    if (o->act == MAKE_AND_REFUSE) {
        FAIL(a, ERR_INPUT, SAY("Choose another."), STR("seat"), "refused");
    }
    return NULL;
}

static void order_done(void *context, err result)
{
    struct order *o = context;

    arena_fault_at(0);
    o->result = result == NULL ? FINE : (int)result->kind;
    if (o->place != NULL) {
        *o->place = (*o->next_place)++;
    }
    if (o->told != NULL) {
        sem_post(o->told);
    }
}

static void order_fill(struct order *o, enum act act, int node, sem_t *told)
{
    *o = (struct order){ .act = act, .node = node, .told = told, .result = WAITING };
    o->commit = (struct commit){ .agency = 4,
                                 .arena = arena_new(1 << 20),
                                 .run = order_run,
                                 .done = order_done,
                                 .context = o };
}

static int order_now(struct store *s, struct arena *a, struct order o)
{
    err e;

    o.result = WAITING;
    e = store_commit(s, a, 4, order_run, &o);
    arena_fault_at(0);
    return e == NULL ? FINE : (int)e->kind;
}

struct sums {
    int64_t seats, events, last_seq;
};

static struct sums sums_of(struct store *s)
{
    int64_t n[3];

    find_numbers(s, &count_sql, NO_VALUES, n, 3);
    return (struct sums){ n[0], n[1], n[2] };
}

/* The writer is held inside one commit while `count` orders line up behind it; then it goes
 * on, and everything is done when this returns. */
static void together(struct store *s, struct order *orders, int count)
{
    struct order first;
    sem_t hold, told;

    sem_init(&hold, 0, 0);
    sem_init(&told, 0, 0);
    order_fill(&first, HOLD, 0, &told);
    first.hold = &hold;
    assert_null(store_submit(s, &first.commit));
    while (store_figures(s).queue_now > 0) {
        usleep(1000);
    }
    for (int i = 0; i < count; i++) {
        orders[i].told = &told;
        assert_null(store_submit(s, &orders[i].commit));
    }
    sem_post(&hold);
    for (int i = 0; i <= count; i++) {
        sem_wait(&told);
    }
    arena_free(first.commit.arena);
    sem_destroy(&hold);
    sem_destroy(&told);
}

static void orders_free(struct order *orders, int count)
{
    for (int i = 0; i < count; i++) {
        arena_free(orders[i].commit.arena);
    }
}

/* ---- tests ---- */

struct clerk {
    pthread_t thread;
    struct store *store;
    int result;
};

static void *clerk_main(void *of)
{
    struct clerk *c = of;
    struct arena *a = arena_new(1 << 20);

    c->result = order_now(c->store, a, (struct order){ .act = TAKE, .node = 7 });
    arena_free(a);
    return NULL;
}

static void thirty_two_clerks_take_the_last_seat(void **state)
{
    struct arena *a = arena_new(0);
    struct clerk clerks[32];
    struct store *s;
    int taken = 0, refused = 0;

    assert_null(store_open_scratch(a, &s));
    assert_int_equal(order_now(s, a, (struct order){ .act = MAKE, .node = 7, .id = 1 }),
                     FINE);
    for (int i = 0; i < 32; i++) {
        clerks[i].store = s;
        assert_int_equal(pthread_create(&clerks[i].thread, NULL, clerk_main, &clerks[i]),
                         0);
    }
    for (int i = 0; i < 32; i++) {
        pthread_join(clerks[i].thread, NULL);
        taken += clerks[i].result == FINE;
        refused += clerks[i].result == ERR_CONFLICT;
    }
    assert_int_equal(taken, 1);
    assert_int_equal(refused, 31);
    assert_sound(s);
    arena_free(a);
}

static void what_waits_is_kept_in_one_group(void **state)
{
    struct arena *a = arena_new(0);
    static struct order orders[300];
    struct store_figures f;
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    for (int i = 0; i < 300; i++) {
        order_fill(&orders[i], i % 10 == 3 ? MAKE_AND_REFUSE : MAKE, i + 1, NULL);
    }
    together(s, orders, 300);
    for (int i = 0; i < 300; i++) {
        assert_int_equal(orders[i].result, i % 10 == 3 ? (int)ERR_INPUT : FINE);
    }
    f = store_figures(s);
    assert_int_equal(f.group_largest, 256);
    assert_int_equal(f.refused, 31); /* with the one that held the writer */
    assert_int_equal(sums_of(s).seats, 270);
    assert_int_equal(sums_of(s).events, 540);
    assert_sound(s);
    orders_free(orders, 300);
    arena_free(a);
}

static const struct {
    const char *story;
    enum store_fault kind;
    long n;
    int want;      /* of each member */
    int64_t seats; /* afterwards, out of 5 */
    int runs;
    int want_of_server; /* where a server may be asked again what became of it; 0: the same */
} failures[] = {
    { "COMMIT fails once: the group runs again and is kept", FAULT_COMMIT, 1, FINE, 5, 2 },
    { "COMMIT fails twice: nobody is told that it was kept", FAULT_COMMIT, -1, ERR_BUSY, 0,
      2 },
    { "the rows are in but the disk did not say so: no receipt, no second row",
      FAULT_COMMIT_KEPT, 1, ERR_BUSY, 5, 1, FINE },
    { "the transaction does not begin once", FAULT_BEGIN, 2, FINE, 5, 1 },
    { "the transaction never begins", FAULT_BEGIN, -1, ERR_BUSY, 0, 0 },
};

static void a_failing_commit_promises_nothing(void **state)
{
    for (size_t row = 0; row < sizeof(failures) / sizeof(failures[0]); row++) {
        struct arena *a = arena_new(0);
        struct order orders[5];
        struct store *s;

        assert_null(store_open_scratch(a, &s));
        for (int i = 0; i < 5; i++) {
            order_fill(&orders[i], MAKE, i + 1, NULL);
        }
        store_fault_at(s, failures[row].kind, failures[row].n);
        together(s, orders, 5);
        for (int i = 0; i < 5; i++) {
            bool patient = store_reads_block(s);
            int want = patient && failures[row].want_of_server != 0
                           ? failures[row].want_of_server
                           : failures[row].want;

            if ((int)orders[i].result != want ||
                (patient ? orders[i].runs < failures[row].runs
                         : orders[i].runs != failures[row].runs)) {
                fail_msg("%s: result %d after %d runs", failures[row].story,
                         orders[i].result, orders[i].runs);
            }
        }
        store_fault_at(s, failures[row].kind, 0);
        if (sums_of(s).seats != failures[row].seats) {
            fail_msg("%s: %d seats", failures[row].story, (int)sums_of(s).seats);
        }
        assert_int_equal(order_now(s, a, (struct order){ .act = MAKE, .node = 50 }), FINE);
        assert_sound(s);
        orders_free(orders, 5);
        arena_free(a);
    }
}

static err spoil_run(void *context, struct arena *a, struct tx *tx)
{
    static const struct query spoil_sql = {
        "INSERT INTO event (agency_id, seq, at_ms, actor_id, subject_id, kind, body, hash) "
        "VALUES (5, 1, 0, 0, 0, 'x', '{}', ?1)",
        "b",
    };

    return tx_run(a, tx, &spoil_sql, BIND(bind_bytes(STR("x"))));
}

static void a_spoilt_chain_stops_its_own_agency_only(void **state)
{
    struct arena *a = arena_new(0);
    struct order orders[10];
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(store_commit(s, a, 5, spoil_run, NULL));
    for (int i = 0; i < 10; i++) {
        order_fill(&orders[i], MAKE, i + 1, NULL); /* odd: agency 4, even: agency 5 */
    }
    together(s, orders, 10);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(orders[i].result, i % 2 == 0 ? FINE : (int)ERR_BUSY);
    }
    assert_int_equal(sums_of(s).seats, 5);
    orders_free(orders, 10);
    arena_free(a);
}

static void any_allocation_may_fail(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s;
    int kept = 0;

    assert_null(store_open_scratch(a, &s));
    for (int n = 1; n <= 60; n++) {
        struct order o;
        sem_t told;

        sem_init(&told, 0, 0);
        order_fill(&o, MAKE, n, &told);
        o.fail_at = n;
        assert_null(store_submit(s, &o.commit));
        sem_wait(&told);
        if (o.result != FINE && o.result != (int)ERR_BUSY) {
            fail_msg("allocation %d: kind %d", n, o.result);
        }
        kept += o.result == FINE;
        assert_int_equal(sums_of(s).seats, kept);
        arena_free(o.commit.arena);
        sem_destroy(&told);
    }
    assert_true(kept > 0);
    assert_sound(s);
    arena_free(a);
}

static void any_statement_may_fail(void **state)
{
    struct arena *a = arena_new(0);
    struct order orders[20];
    struct store *s;
    int kept = 0;

    assert_null(store_open_scratch(a, &s));
    for (int n = 1; n <= 20; n++) {
        for (int i = 0; i < 20; i++) {
            order_fill(&orders[i], MAKE, n * 20 + i, NULL);
        }
        store_fault_at(s, FAULT_STATEMENT, n);
        together(s, orders, 20);
        for (int i = 0; i < 20; i++) {
            assert_int_equal(orders[i].result, i == n - 1 ? (int)ERR_BUSY : FINE);
            kept += orders[i].result == FINE;
        }
        orders_free(orders, 20);
        assert_int_equal(sums_of(s).seats, kept);
    }
    assert_sound(s);
    arena_free(a);
}

static void people_go_before_slices(void **state)
{
    struct arena *a = arena_new(0);
    struct order orders[20];
    struct store *s;
    int place[20], next = 0;

    assert_null(store_open_scratch(a, &s));
    for (int i = 0; i < 20; i++) {
        order_fill(&orders[i], MAKE, i + 1, NULL);
        orders[i].commit.queue = i < 5 ? COMMIT_SLICE : COMMIT_PERSON;
        orders[i].place = &place[i];
        orders[i].next_place = &next;
    }
    together(s, orders, 20);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(place[i], 15 + i);
    }
    orders_free(orders, 20);
    arena_free(a);
}

static void a_full_queue_says_so_and_closing_keeps_what_waits(void **state)
{
    struct arena *a = arena_new(0), *inner = arena_new(0);
    static struct order orders[4200];
    struct order first;
    struct store *s;
    sem_t hold;
    int waiting = 0, refused = 0;

    assert_null(store_open_scratch(a, &s));
    sem_init(&hold, 0, 0);
    order_fill(&first, HOLD, 0, NULL);
    first.hold = &hold;
    assert_null(store_submit(s, &first.commit));
    while (store_figures(s).queue_now > 0) {
        usleep(1000);
    }
    for (int i = 0; i < 4200; i++) {
        err e;

        order_fill(&orders[i], TAKE, 1, NULL);
        e = store_submit(s, &orders[i].commit);
        waiting += e == NULL;
        refused += e != NULL && e->kind == ERR_BUSY;
    }
    assert_int_equal(waiting, 4096);
    assert_int_equal(refused, 104);
    sem_post(&hold);
    store_close(s);
    for (int i = 0; i < 4096; i++) {
        assert_int_equal(orders[i].result, ERR_CONFLICT); /* run and told, not lost */
    }
    assert_int_equal(orders[4100].result, WAITING);
    orders_free(orders, 4200);
    arena_free(first.commit.arena);
    sem_destroy(&hold);
    arena_free(inner);
    arena_free(a);
}

static void the_greatest_id_is_remembered(void **state)
{
    struct arena *a = arena_new(0);
    int64_t id = INT64_C(900000000000000000), greatest;
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_int_equal(order_now(s, a, (struct order){ .act = MAKE, .node = 1, .id = id }),
                     FINE);
    assert_int_equal(
        order_now(s, a, (struct order){ .act = MAKE, .node = 2, .id = id - 9 }), FINE);
    /* A time in milliseconds is no id, and what was refused was never given out. */
    assert_int_equal(
        order_now(s, a,
                  (struct order){ .act = MAKE, .node = 3, .id = INT64_C(1800000000000) }),
        FINE);
    assert_int_equal(
        order_now(s, a, (struct order){ .act = MAKE_AND_REFUSE, .node = 4, .id = id + 9 }),
        ERR_INPUT);
    assert_null(store_greatest_id(a, s, &greatest));
    assert_true(greatest == id);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thirty_two_clerks_take_the_last_seat),
        cmocka_unit_test(what_waits_is_kept_in_one_group),
        cmocka_unit_test(a_failing_commit_promises_nothing),
        cmocka_unit_test(a_spoilt_chain_stops_its_own_agency_only),
        cmocka_unit_test(any_allocation_may_fail),
        cmocka_unit_test(any_statement_may_fail),
        cmocka_unit_test(people_go_before_slices),
        cmocka_unit_test(a_full_queue_says_so_and_closing_keeps_what_waits),
        cmocka_unit_test(the_greatest_id_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
