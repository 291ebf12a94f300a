/* A closure moves the dates of running cases, each with its event and its notice, in slices
 * between which people are served. BIANMIN_RECOMPUTE=100000 measures it with that many.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/calendar/calendar.h"
#include "host/clock/clock.h"
#include "host/job/job.h"
#include "kernel/calendar/closure.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/slice/case_slice.h"
#include "kernel/notice/notice.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define GROUP 50
#define CLOSURE 900
#define LOOKS_MOST 20000
#define NANOS_A_MS INT64_C(1000000)

struct city {
    struct bench b;
    struct case_wish wish;
    struct case_clock clocks[2];
    int64_t first, count;
};

static err offices_put(void *context, struct arena *a, struct tx *tx)
{
    const struct actor program = { .agency = AGENCY_CITY };
    struct agency city = { .id = AGENCY_CITY,
                           .key = STR("city"),
                           .case_prefix = STR("CT"),
                           .name = { { STR("雲川市"), STR(""), STR("") } } };
    struct agency office = { .id = OFFICE,
                             .key = STR("district"),
                             .case_prefix = STR("DA"),
                             .name = { { STR("安和區公所"), STR(""), STR("") } } };

    (void)context;
    TRY(agency_put(a, tx, &program, NOW, &city));
    return agency_put(a, tx, &program, NOW, &office);
}

/* Received on Monday 21 September 2026; three working days end on Thursday. */
static void clocks_make(struct city *c)
{
    c->clocks[0] = (struct case_clock){ .kind = CASE_CLOCK_STATUTORY,
                                        .started_ms = NOW,
                                        .rule = clock_rule_of(3, CLOCK_WORKING) };
    c->clocks[1] = (struct case_clock){ .kind = CASE_CLOCK_CONTROL,
                                        .started_ms = NOW,
                                        .rule = clock_rule_control(2) };
    for (int i = 0; i < 2; i++) {
        case_clock_reckon(calendar_official(), &c->clocks[i], NOW);
    }
    c->wish.clocks = c->clocks;
    c->wish.clocks_count = 2;
    c->wish.due = c->clocks[0].due;
}

struct group {
    struct city *c;
    int64_t first;
    int count;
};

static err receive_run(void *context, struct arena *a, struct tx *tx)
{
    struct group *g = context;

    for (int i = 0; i < g->count; i++) {
        struct case_wish w = g->c->wish;
        struct case_receipt made;

        w.id = g->first + i;
        TRY(casefile_receive(a, tx, g->c->b.k, &w, &made));
    }
    return NULL;
}

static void receive_all(struct city *c, int64_t count)
{
    for (int64_t done = 0; done < count; done += GROUP) {
        struct arena *a = arena_new(0);
        struct group g = { c, c->first + c->count,
                           (int)(count - done < GROUP ? count - done : GROUP) };

        assert_null(store_commit(c->b.s, a, OFFICE, receive_run, &g));
        c->count += g.count;
        arena_free(a);
    }
}

static void city_open(struct city *c, int64_t count)
{
    memset(c, 0, sizeof(*c));
    bench_open(&c->b);
    assert_null(store_commit(c->b.s, c->b.a, AGENCY_CITY, offices_put, NULL));
    c->wish = wish_of(&c->b, DAY_NONE, LEVEL_UNIT_HEAD);
    c->first = 100000;
    clocks_make(c);
    receive_all(c, count);
}

struct closing {
    enum closure_state to;
    int64_t now_ms;
};

static err close_run(void *context, struct arena *a, struct tx *tx)
{
    const struct closing *x = context;
    const struct actor head = { .agency = OFFICE, .staff = HEAD };
    struct closure typhoon = {
        .agency = OFFICE,
        .id = CLOSURE,
        .span = { .day = day_of(2026, 9, 23),
                  .until_minute = CLOSURE_WHOLE,
                  .reason = STR("颱風") },
    };

    return x->to == CLOSURE_HOLDS
               ? closure_add(a, tx, &head, x->now_ms, &typhoon)
               : closure_step(a, tx, &head, x->now_ms, OFFICE, CLOSURE, x->to);
}

static void close_day(struct city *c, enum closure_state to, int64_t now_ms)
{
    struct closing x = { to, now_ms };

    assert_null(store_commit(c->b.s, c->b.a, OFFICE, close_run, &x));
}

static bool is_at_it(struct store *s)
{
    struct arena *a = arena_new(0);
    struct calendar_change change;
    struct snap *snap;
    bool found;

    assert_null(snap_begin(a, s, &snap));
    assert_null(calendar_change_next(a, snap, OFFICE, &found, &change));
    arena_free(a);
    return found;
}

static void go_through(struct store *s, int64_t now_ms)
{
    do {
        struct arena *a = arena_new(0);

        assert_null(job_run_whole(a, s, &calendar_recompute_job, NULL, now_ms));
        arena_free(a);
    } while (is_at_it(s));
}

static void case_is(struct city *c, int64_t id, day due, day control, size_t moves)
{
    struct arena *a = arena_new(0);
    struct snap *snap;
    struct casefile file;
    struct case_event *events;
    struct case_clock *clocks;
    struct notice *notices;
    size_t count, moved = 0;

    assert_null(snap_begin(a, c->b.s, &snap));
    assert_null(casefile_load(a, snap, OFFICE, id, &file));
    assert_int_equal(file.due, due);
    assert_int_equal(file.control_due, control);
    assert_int_equal(file.changes, 1);
    assert_null(casefile_clocks(a, snap, OFFICE, id, &clocks, &count));
    assert_int_equal(case_clock_find(clocks, count, CASE_CLOCK_STATUTORY, 0)->due, due);
    assert_null(casefile_events(a, snap, OFFICE, id, &events, &count));
    for (size_t i = 0; i < count; i++) {
        moved += str_equal(events[i].kind, STR("case.due_moved")) ? 1 : 0;
    }
    assert_int_equal(moved, moves);
    assert_null(notice_list(a, snap, OFFICE, id, &notices, &count));
    assert_int_equal(count, moves);
    arena_free(a);
}

static void what_was_done_is(struct city *c, int64_t seen, int64_t moved)
{
    struct arena *a = arena_new(0);
    struct calendar_change *list;
    struct snap *snap;
    size_t count;

    assert_null(snap_begin(a, c->b.s, &snap));
    assert_null(calendar_change_list(a, snap, OFFICE, 5, &list, &count));
    assert_int_equal(count, 1);
    assert_true(list[0].done_ms != 0);
    assert_int_equal(list[0].seen, seen);
    assert_int_equal(list[0].moved, moved);
    arena_free(a);
}

static void running_cases_follow_the_calendar(void **state)
{
    day thursday = day_of(2026, 9, 24), tuesday = day_of(2026, 9, 29);
    day wednesday = day_of(2026, 9, 23);
    struct city c;

    (void)state;
    city_open(&c, 250);
    case_is(&c, c.first, thursday, wednesday, 0);
    close_day(&c, CLOSURE_HOLDS, NOW + HOUR);
    go_through(c.b.s, NOW + HOUR);
    /* Friday is the Moon Festival, Monday the day for Teachers' Day. */
    case_is(&c, c.first, tuesday, thursday, 1);
    case_is(&c, c.first + 249, tuesday, thursday, 1);
    what_was_done_is(&c, 250, 250);
    close_day(&c, CLOSURE_WITHDRAWN, NOW + 2 * HOUR);
    go_through(c.b.s, NOW + 2 * HOUR);
    case_is(&c, c.first + 100, thursday, wednesday, 2);
    what_was_done_is(&c, 250, 250);
    arena_free(c.b.a);
}

/* What the page shows before is what happens. */
static void the_list_before_is_what_moves(void **state)
{
    struct closure_span typhoon = { .day = day_of(2026, 9, 23),
                                    .until_minute = CLOSURE_WHOLE,
                                    .reason = STR("颱風") };
    struct case_days days = { typhoon.day, typhoon.day };
    const struct calendar *closed;
    struct case_move_line *lines;
    struct case_slice slice;
    struct snap *snap;
    struct city c;
    size_t count;

    (void)state;
    city_open(&c, 30);
    snap = look(&c.b);
    assert_null(calendar_load_with(c.b.a, snap, OFFICE, &typhoon, 0, &closed));
    assert_null(casefile_recompute_look(c.b.a, snap, closed, OFFICE, &days, 0, 1000, NOW,
                                        &lines, &count, &slice));
    assert_int_equal(count, 30);
    assert_int_equal(lines[29].id, c.first + 29);
    assert_int_equal(lines[0].was, day_of(2026, 9, 24));
    assert_int_equal(lines[0].will, day_of(2026, 9, 29));
    /* A change behind their ends touches none. */
    days.first = days.last = day_of(2026, 10, 20);
    assert_null(casefile_recompute_look(c.b.a, snap, closed, OFFICE, &days, 0, 1000, NOW,
                                        &lines, &count, &slice));
    assert_int_equal(slice.seen, 0);
    arena_free(c.b.a);
}

/* ---- while people come to the counter ---- */

struct window {
    struct city *c;
    _Atomic bool stops;
    int64_t nanos[LOOKS_MOST];
    size_t count;
};

static void *serve(void *context)
{
    struct window *x = context;
    int64_t id = x->c->first + x->c->count + 1000000;

    while (!x->stops && x->count < LOOKS_MOST) {
        struct timespec pause = { .tv_nsec = 2 * NANOS_A_MS };
        struct arena *a = arena_new(0);
        struct group g = { x->c, id++, 1 };
        int64_t since = clock_steady_ns();

        if (store_commit(x->c->b.s, a, OFFICE, receive_run, &g) != NULL) {
            abort();
        }
        x->nanos[x->count++] = clock_steady_ns() - since;
        arena_free(a);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static int by_size(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return a < b ? -1 : a > b;
}

static double p99_ms(struct window *x)
{
    qsort(x->nanos, x->count, sizeof(x->nanos[0]), by_size);
    return x->count == 0 ? 0 : (double)x->nanos[x->count * 99 / 100] / (double)NANOS_A_MS;
}

static double window_alone(struct city *c, int64_t for_ns)
{
    struct window *x = arena_alloc(c->b.a, sizeof(*x));
    int64_t until = clock_steady_ns() + for_ns;
    pthread_t thread;

    x->c = c;
    assert_int_equal(pthread_create(&thread, NULL, serve, x), 0);
    while (clock_steady_ns() < until) {
        struct timespec pause = { .tv_nsec = 10 * NANOS_A_MS };

        nanosleep(&pause, NULL);
    }
    x->stops = true;
    pthread_join(thread, NULL);
    c->first += 2000000;
    return p99_ms(x);
}

static void people_are_served_meanwhile(void **state)
{
    const char *wish = getenv("BIANMIN_RECOMPUTE");
    int64_t many = wish != NULL ? strtol(wish, NULL, 10) : 1000;
    struct city c;
    struct window *x;
    pthread_t thread;
    double alone;

    (void)state;
    city_open(&c, many);
    alone = window_alone(&c, wish != NULL ? 5 * 1000 * NANOS_A_MS : 200 * NANOS_A_MS);
    x = arena_alloc(c.b.a, sizeof(*x));
    x->c = &c;
    assert_int_equal(pthread_create(&thread, NULL, serve, x), 0);
    close_day(&c, CLOSURE_HOLDS, NOW + HOUR);
    clock_t cpu = clock();
    int64_t since = clock_steady_ns();
    go_through(c.b.s, NOW + HOUR);
    double seconds = (double)(clock_steady_ns() - since) / 1e9;
    double cpu_seconds = (double)(clock() - cpu) / CLOCKS_PER_SEC;
    x->stops = true;
    pthread_join(thread, NULL);
    assert_true(x->count > 0);
    print_message(
        "# %lld cases in %.2f s (%.2f s of processor); the counter's p99 %.1f ms, alone "
        "%.1f ms\n",
        (long long)many, seconds, cpu_seconds, p99_ms(x), alone);
    arena_free(c.b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(running_cases_follow_the_calendar),
        cmocka_unit_test(the_list_before_is_what_moves),
        cmocka_unit_test(people_are_served_meanwhile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
