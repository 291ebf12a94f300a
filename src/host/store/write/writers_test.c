/* Tests of several writers, on one node and on two: none lost, none twice, chains whole.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/sound_test.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { AGENCIES = 8, FIRST_AGENCY = 40, ROUNDS = 40, FINE = -1 };

static const struct query make_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, 'x', ?3)",
    "iii",
};
static const struct query read_sql = {
    "SELECT until_ms FROM node_lease WHERE agency_id = ?1 AND node = ?2",
    "ii",
};
static const struct query write_sql = {
    "UPDATE node_lease SET until_ms = ?3 WHERE agency_id = ?1 AND node = ?2",
    "iii",
};
static const struct query count_sql = {
    "SELECT COUNT(*) FROM node_lease WHERE agency_id = ?1",
    "i",
};
static const struct query events_sql = {
    "SELECT COUNT(*), COALESCE(MAX(seq), 0) FROM event WHERE agency_id = ?1",
    "i",
};

/* ---- counting up: reads, and writes what it has read and one more ---- */

static err count_up(void *context, struct arena *a, struct tx *tx)
{
    int64_t agency = *(const int64_t *)context;
    struct event e = { .agency = agency, .at_ms = 1, .kind = STR("counted"), .subject = 1 };
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &read_sql, BIND(bind_int(agency), bind_int(0)), &t));
    TRY(tx_change_one(
        a, tx, &write_sql,
        BIND(bind_int(agency), bind_int(0), bind_int(cell_int(&t, 0, 0) + 1))));
    TRY(tx_event(tx, &e));
    return tx_event(tx, &e);
}

static err counter_make(void *context, struct arena *a, struct tx *tx)
{
    int64_t agency = *(const int64_t *)context;

    return tx_run(a, tx, &make_sql, BIND(bind_int(agency), bind_int(0), bind_int(0)));
}

struct person {
    pthread_t thread;
    struct store *store;
    int64_t agency;
    int kept;
};

static void *person_main(void *of)
{
    struct person *p = of;

    for (int i = 0; i < ROUNDS; i++) {
        struct arena *a = arena_new(1 << 20);
        err e = store_commit(p->store, a, p->agency, count_up, &p->agency);

        if (e != NULL) {
            fprintf(stderr, "# %.*s\n", STR_ARG(e->why));
        }
        p->kept += e == NULL;
        arena_free(a);
    }
    return NULL;
}

static void all_count(struct store *const *nodes, int count)
{
    struct person people[AGENCIES * 4];

    for (int i = 0; i < AGENCIES * 4; i++) {
        people[i] = (struct person){ .store = nodes[i / AGENCIES % count],
                                     .agency = FIRST_AGENCY + i % AGENCIES };
        assert_int_equal(pthread_create(&people[i].thread, NULL, person_main, &people[i]),
                         0);
    }
    for (int i = 0; i < AGENCIES * 4; i++) {
        pthread_join(people[i].thread, NULL);
        assert_int_equal(people[i].kept, ROUNDS);
    }
}

/* Ends the connections of both nodes, again and again. */
struct disturber {
    pthread_t thread;
    struct store *store;
    _Atomic bool is_over;
};

static void *disturber_main(void *of)
{
    static const struct query end_sql = {
        "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE application_name = current_setting('application_name') "
        "AND datname = current_database() AND pid <> pg_backend_pid()",
        "",
    };
    struct disturber *d = of;

    while (!atomic_load(&d->is_over)) {
        struct arena *a = arena_new(0);
        struct snap *snap;
        struct table t;

        usleep(150000);
        if (snap_begin(a, d->store, &snap) == NULL) {
            assert_null(snap_query(a, snap, &end_sql, NO_VALUES, &t));
        }
        arena_free(a);
    }
    return NULL;
}

static void two_nodes_count(bool disturbed)
{
    struct arena *a = arena_new(0);
    struct disturber d = { .is_over = false };
    struct store *scratch, *nodes[2];
    int count = 1;

    assert_null(store_open_scratch(a, &scratch));
    nodes[0] = scratch;
    if (strcmp(store_engine(scratch), "sqlite") != 0) { /* these have all their patience */
        assert_null(store_open_beside(a, scratch, 0, &nodes[0]));
        assert_null(store_open_beside(a, scratch, 0, &nodes[1]));
        count = 2;
    }
    for (int64_t agency = FIRST_AGENCY; agency < FIRST_AGENCY + AGENCIES; agency++) {
        assert_null(store_commit(nodes[0], a, agency, counter_make, &agency));
    }
    if (disturbed && count == 2) {
        d.store = scratch;
        assert_int_equal(pthread_create(&d.thread, NULL, disturber_main, &d), 0);
    }
    all_count(nodes, count);
    if (disturbed && count == 2) {
        atomic_store(&d.is_over, true);
        pthread_join(d.thread, NULL);
        assert_true(store_figures(nodes[0]).lost > 0);
    }
    for (int64_t agency = FIRST_AGENCY; agency < FIRST_AGENCY + AGENCIES; agency++) {
        int64_t events[2]; /* how many, and the last one's number */

        find_numbers(nodes[0], &events_sql, BIND(bind_int(agency)), events, 2);
        assert_int_equal(events[0], 8 * ROUNDS);
        assert_int_equal(events[1], 8 * ROUNDS);
        assert_int_equal(
            find_number(nodes[0], &read_sql, BIND(bind_int(agency), bind_int(0))),
            4 * ROUNDS);
    }
    assert_sound(nodes[0]);
    arena_free(a);
}

static void what_two_nodes_count_together_is_right(void **state)
{
    two_nodes_count(false);
}

static void it_is_right_while_connections_are_ended(void **state)
{
    two_nodes_count(true);
}

/* ---- one who is slow ---- */

struct wait {
    struct commit commit;
    sem_t *hold, *held, *told; /* `hold` NULL: is not held */
    int result;
};

static err wait_run(void *context, struct arena *a, struct tx *tx)
{
    struct wait *w = context;

    if (w->hold != NULL) {
        sem_post(w->held);
        sem_wait(w->hold);
    }
    return NULL;
}

static void wait_done(void *context, err result)
{
    struct wait *w = context;

    w->result = result == NULL ? FINE : (int)result->kind;
    sem_post(w->told);
}

static void wait_fill(struct wait *w, int64_t agency, sem_t *told)
{
    *w = (struct wait){ .told = told, .result = -2 };
    w->commit = (struct commit){ .agency = agency,
                                 .arena = arena_new(1 << 20),
                                 .run = wait_run,
                                 .done = wait_done,
                                 .context = w };
}

static void a_slow_commit_holds_up_its_own_writer_only(void **state)
{
    struct arena *a = arena_new(0);
    struct wait first, others[32];
    sem_t hold, held, told;
    struct store *s;
    int meanwhile = 0;

    assert_null(store_open_scratch(a, &s));
    sem_init(&hold, 0, 0);
    sem_init(&held, 0, 0);
    sem_init(&told, 0, 0);
    wait_fill(&first, FIRST_AGENCY, &told);
    first.hold = &hold;
    first.held = &held;
    assert_null(store_submit(s, &first.commit));
    sem_wait(&held);
    for (int i = 0; i < 32; i++) {
        wait_fill(&others[i], FIRST_AGENCY + 1 + i, &told);
        assert_null(store_submit(s, &others[i].commit));
    }
    for (int ms = 0; ms < 3000 && store_figures(s).commits < 10 &&
                     strcmp(store_engine(s), "sqlite") != 0;
         ms += 10) {
        usleep(10000);
    }
    meanwhile = (int)store_figures(s).commits;
    assert_true(strcmp(store_engine(s), "sqlite") == 0 ? meanwhile == 0 : meanwhile >= 10);
    sem_post(&hold);
    for (int i = 0; i < 33; i++) {
        sem_wait(&told);
    }
    for (int i = 0; i < 32; i++) {
        assert_int_equal(others[i].result, FINE);
        arena_free(others[i].commit.arena);
    }
    arena_free(first.commit.arena);
    sem_destroy(&hold);
    sem_destroy(&held);
    sem_destroy(&told);
    arena_free(a);
}

/* ---- a place that is taken ---- */

struct place {
    struct commit commit;
    sem_t *told;
    int node, other; /* where it goes when `node` is taken; 0: it is refused then */
    int result;
};

static err place_run(void *context, struct arena *a, struct tx *tx)
{
    struct place *p = context;
    err e = tx_run(a, tx, &make_sql, BIND(bind_int(4), bind_int(p->node), bind_int(1)));

    if (e != NULL && e->kind == ERR_CONFLICT && p->other != 0) {
        e = tx_run(a, tx, &make_sql, BIND(bind_int(4), bind_int(p->other), bind_int(2)));
    }
    return e;
}

static void place_done(void *context, err result)
{
    struct place *p = context;

    p->result = result == NULL ? FINE : (int)result->kind;
    sem_post(p->told);
}

static void a_conflict_stays_with_the_one_who_met_it(void **state)
{
    struct arena *a = arena_new(0);
    struct place places[20];
    struct store *s;
    sem_t told;

    assert_null(store_open_scratch(a, &s));
    sem_init(&told, 0, 0);
    for (int i = 0; i < 20; i++) { /* 3 is taken by 13, which goes to 113; 7 by 17 */
        places[i] = (struct place){ .told = &told,
                                    .node = 1 + i % 10 + (i > 9 && i % 10 != 3 &&
                                                          i % 10 != 7) * 20,
                                    .other = i == 13 ? 113 : 0,
                                    .result = -2 };
        places[i].commit = (struct commit){ .agency = 4,
                                            .arena = arena_new(1 << 20),
                                            .run = place_run,
                                            .done = place_done,
                                            .context = &places[i] };
        assert_null(store_submit(s, &places[i].commit));
    }
    for (int i = 0; i < 20; i++) {
        sem_wait(&told);
    }
    for (int i = 0; i < 20; i++) {
        assert_int_equal(places[i].result, i == 17 ? (int)ERR_CONFLICT : FINE);
        arena_free(places[i].commit.arena);
    }
    assert_int_equal(find_number(s, &count_sql, BIND(bind_int(4))), 19);
    assert_sound(s);
    sem_destroy(&told);
    arena_free(a);
}

static void each_start_has_a_node_of_its_own(void **state)
{
    struct arena *a = arena_new(0);
    struct store *s, *second;
    int first_node, second_node;

    assert_null(store_open_scratch(a, &s));
    first_node = store_node(s);
    store_close(s);
    assert_null(store_open(a, &(struct store_options){ .folder = s->folder,
                                                       .database = s->database },
                           &second));
    assert_null(store_start(a, second));
    second_node = store_node(second);
    assert_int_not_equal(first_node, second_node);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_two_nodes_count_together_is_right),
        cmocka_unit_test(it_is_right_while_connections_are_ended),
        cmocka_unit_test(a_slow_commit_holds_up_its_own_writer_only),
        cmocka_unit_test(a_conflict_stays_with_the_one_who_met_it),
        cmocka_unit_test(each_start_has_a_node_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
