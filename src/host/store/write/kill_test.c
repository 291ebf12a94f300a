/* Tests with a process that is killed in the middle: what it was told to be kept is there.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/sound_test.h"

#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WAITING = 64, ROUND_MS = 120 };

static const struct query keep_sql = {
    "INSERT INTO node_lease (agency_id, node, holder, until_ms) VALUES (?1, ?2, 'x', 0)",
    "ii",
};
static const struct query there_sql = {
    "SELECT COUNT(*) FROM node_lease WHERE agency_id = ?1 AND node = ?2",
    "ii",
};
static const struct query most_sql = { "SELECT COALESCE(MAX(agency_id), 2) FROM node_lease",
                                       "" };

/* ---- the child: 64 visitors, each with the next one behind it ---- */

struct visitor {
    struct commit commit;
    struct arena_mark *mark;
    struct store *store;
    _Atomic int *next;
    int32_t n;
    int agency, out;
};

static err visitor_run(void *context, struct arena *a, struct tx *tx)
{
    const struct visitor *v = context;

    TRY(tx_event(tx, &(struct event){ .agency = v->agency,
                                      .kind = STR("visit.done"),
                                      .subject = v->n }));
    return tx_run(a, tx, &keep_sql,
                  BIND(bind_int(v->agency + v->n / 1000), bind_int(v->n % 1000)));
}

static void visitor_submit(struct visitor *v)
{
    v->n = atomic_fetch_add(v->next, 1);
    arena_reset(v->commit.arena, v->mark);
    v->mark = arena_mark(v->commit.arena);
    if (store_submit(v->store, &v->commit) != NULL) {
        _exit(3);
    }
}

static void visitor_done(void *context, err result)
{
    struct visitor *v = context;

    if (result != NULL || write(v->out, &v->n, sizeof(v->n)) != sizeof(v->n)) {
        _exit(4);
    }
    visitor_submit(v);
}

static _Noreturn void child(const char *folder, int agency, int out)
{
    static struct visitor visitors[WAITING];
    static _Atomic int next;
    struct store_options o = { .folder = folder, .create = true, .no_reserve = true };
    struct arena *a = arena_new(0);
    struct store *s;
    int applied;

    if (store_open(a, &o, &s) != NULL || store_migrate(a, s, &applied) != NULL ||
        store_start(a, s) != NULL) {
        _exit(2);
    }
    for (int i = 0; i < WAITING; i++) {
        struct visitor *v = &visitors[i];

        *v = (struct visitor){ .store = s, .next = &next, .agency = agency, .out = out };
        v->commit = (struct commit){ .agency = agency,
                                     .arena = arena_new(1 << 20),
                                     .run = visitor_run,
                                     .done = visitor_done,
                                     .context = v };
        v->mark = arena_mark(v->commit.arena);
        visitor_submit(v);
    }
    for (;;) {
        pause();
    }
}

/* ---- the parent ---- */

/* What the child was told to be kept, in the order of telling. */
static size_t told_by(int in, int32_t *told, size_t most)
{
    size_t bytes = 0;

    for (ssize_t n = 1; n > 0 && bytes < most * sizeof(*told);) {
        n = read(in, (char *)told + bytes, most * sizeof(*told) - bytes);
        bytes += n > 0 ? (size_t)n : 0;
    }
    return bytes / sizeof(*told);
}

/* The first agency that is free for the next round. */
static int look(const char *folder, int agency, const int32_t *told, size_t count)
{
    struct store_options o = { .folder = folder, .no_reserve = true };
    struct arena *a = arena_new((size_t)64 << 20);
    int next;
    struct store *s;
    struct snap *snap;
    struct table t;

    assert_null(store_open(a, &o, &s));
    assert_null(store_start(a, s));
    assert_null(snap_begin(a, s, &snap));
    for (size_t i = 0; i < count; i++) {
        assert_null(snap_query(
            a, snap, &there_sql,
            BIND(bind_int(agency + told[i] / 1000), bind_int(told[i] % 1000)), &t));
        if (cell_int(&t, 0, 0) != 1) {
            fail_msg("visit %d was told to be kept and is not there", told[i]);
        }
    }
    assert_null(snap_query(a, snap, &most_sql, NO_VALUES, &t));
    next = (int)cell_int(&t, 0, 0) + 1;
    snap_end(snap);
    assert_sound(s);
    arena_free(a);
    return next;
}

static int remove_one(const char *path, const struct stat *facts, int type,
                      struct FTW *place)
{
    return remove(path);
}

static void a_killed_process_keeps_its_word(void **state)
{
    static int32_t told[1 << 18];
    int rounds = getenv("BIANMIN_WHOLE") != NULL ? 40 : 4, agency = 2;
    char folder[] = "/tmp/bianmin-kill-XXXXXX";

    assert_non_null(mkdtemp(folder));
    for (int round = 0; round < rounds; round++) {
        int tube[2];
        size_t count;
        pid_t pid;

        assert_int_equal(pipe(tube), 0);
        pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
            close(tube[0]);
            child(folder, agency, tube[1]);
        }
        close(tube[1]);
        /* From the first receipt on, so that a slow start does not empty the round. */
        poll(&(struct pollfd){ .fd = tube[0], .events = POLLIN }, 1, 20000);
        usleep((useconds_t)(ROUND_MS + 7 * round) * 1000 / 2);
        kill(pid, SIGKILL);
        count = told_by(tube[0], told, sizeof(told) / sizeof(told[0]));
        close(tube[0]);
        assert_int_equal(waitpid(pid, NULL, 0), pid);
        assert_true(count > 0);
        agency = look(folder, agency, told, count);
    }
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_killed_process_keeps_its_word) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
