/* The clocks of a case: they stop, go on, are extended and end with its acts, follow the
 * calendar, and are proved; who is late is told.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/check/check.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/head/head.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/slice/case_slice.h"
#include "base/id.h"
#include "kernel/notice/notice.h"

static const struct service timed = {
    .key = STR_INIT("zoning"), .version = 1, .unit = STR_INIT("works"),
    .limit = { 3, LIMIT_WORKING }, .pause = 7, .extend = { .times = 1 },
};

/* An application with both clocks, received at NOW. */
static int64_t received(struct bench *b)
{
    struct case_wish w = wish_of(b, DAY_NONE, LEVEL_UNIT_HEAD);
    struct case_clock *clocks = ARENA_ARRAY(b->a, 2, struct case_clock);

    assert_null(case_clock_rules(b->a, NULL, &timed, CHANNEL_ONLINE, NULL, NOW, clocks));
    for (size_t i = 0; i < 2; i++) {
        case_clock_reckon(calendar_official(), &clocks[i], NOW);
    }
    w.clocks = clocks;
    w.clocks_count = 2;
    w.due = clocks[0].due;
    return receive(b, w).id;
}

static struct act_wish timed_act(struct bench *b, int64_t id, int64_t staff,
                                 enum case_act what, int64_t at_ms)
{
    struct act_wish w = act_of(b, id, staff, what);

    w.calendar = calendar_official();
    w.wanted_until = DAY_NONE;
    w.now_ms = at_ms;
    return w;
}

struct slicing {
    const struct calendar *cal;
    int64_t now_ms;
    bool tell;
    struct case_slice done;
};
static err run_slice(void *context, struct arena *a, struct tx *tx)
{
    static const struct case_days always = { 0, 100000 };
    struct slicing *s = context;

    return s->tell ? casefile_tell_slice(a, tx, s->cal, OFFICE, 2, 50, s->now_ms,
                                         &s->done)
                   : casefile_recompute_slice(a, tx, s->cal, OFFICE, &always, 0, 50, s->now_ms,
                                              STR("颱風"), &s->done);
}

static struct case_slice slice(struct bench *b, bool tell, const struct calendar *cal,
                               int64_t now_ms)
{
    struct slicing s = { .cal = cal, .now_ms = now_ms, .tell = tell };

    assert_null(store_commit(b->s, b->a, OFFICE, run_slice, &s));
    return s.done;
}

static int faults;
static void say(void *context, bool sound, str line)
{
    faults += !sound;
    if (!sound) {
        print_message("# %.*s\n", STR_ARG(line));
    }
}

static void is_sound(struct bench *b)
{
    faults = 0;
    assert_null(casefile_check(b->a, b->s, OFFICE, say, NULL));
    assert_int_equal(faults, 0);
}

static size_t notices(struct bench *b, int64_t id, const char *kind)
{
    struct notice *list;
    struct snap *snap = look(b);
    size_t count, n = 0;

    assert_null(notice_list(b->a, snap, OFFICE, id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        n += str_equal(list[i].kind, str_of(kind));
    }
    snap_end(snap);
    return n;
}

#define DAY_ (24 * HOUR)

static void the_clock_stands_while_the_applicant_is_asked(void **state)
{
    struct bench b;
    int64_t id;
    struct act_wish w;
    day due;

    bench_open(&b);
    id = received(&b);
    due = load(&b, id).due;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    w = timed_act(&b, id, ME, ACT_SEND_BACK, NOW + HOUR);
    w.wanted[0] = (struct case_wanted){ false, STR("copies") };
    w.wanted_count = 1;
    assert_int_equal(do_wish(&b, w, "請補"), -1);
    assert_true(load(&b, id).paused);
    is_sound(&b);
    assert_int_equal(do_wish(&b, timed_act(&b, id, ME, ACT_RESUME, NOW + 14 * DAY_), ""), -1);
    assert_false(load(&b, id).paused);
    assert_true(load(&b, id).due >= due + 14);
    assert_int_equal(notices(&b, id, "send_back"), 1);
    is_sound(&b);
    arena_free(b.a);
}

/* The second case has the first one's rules, pauses and extensions. */
static void a_second_case_has_the_time_of_the_first(void **state)
{
    struct id_source ids;
    struct case_wish second;
    struct casefile first;
    struct act_wish w;
    struct bench b;
    int64_t id;

    bench_open(&b);
    id_source_init(&ids, 3, 0);
    id = received(&b);
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    w = timed_act(&b, id, ME, ACT_SEND_BACK, NOW + HOUR);
    w.wanted[0] = (struct case_wanted){ false, STR("copies") };
    w.wanted_count = 1;
    assert_int_equal(do_wish(&b, w, "請補"), -1);
    assert_int_equal(do_wish(&b, timed_act(&b, id, ME, ACT_RESUME, NOW + 14 * DAY_), ""), -1);
    first = load(&b, id);
    w = timed_act(&b, id, ME, ACT_SPLIT, NOW + 15 * DAY_);
    assert_null(casefile_split_prepare(b.a, look(&b), b.k, &ids, &timed, calendar_official(),
                                       STR("DA"), &first, NOW + 15 * DAY_, &second));
    w.split = &second;
    assert_int_equal(do_wish(&b, w, "另案"), -1);
    assert_int_equal(load(&b, second.id).due, first.due);
    slice(&b, false, calendar_official(), NOW + 15 * DAY_);
    assert_int_equal(load(&b, second.id).due, first.due);
    is_sound(&b);
    arena_free(b.a);
}

static void the_statutory_term_is_extended_once(void **state)
{
    struct extension_figure months[HEAD_MONTHS];
    struct bench b;
    int64_t id;
    struct act_wish w;
    day due;

    bench_open(&b);
    id = received(&b);
    due = load(&b, id).due;
    w = timed_act(&b, id, CHIEF, ACT_EXTEND, NOW + HOUR);
    w.extend_by = 4;
    assert_int_equal(do_wish(&b, w, "勘查"), ERR_INPUT);
    w.extend_by = 3;
    assert_int_equal(do_wish(&b, w, "勘查"), -1);
    assert_true(load(&b, id).due > due);
    w = timed_act(&b, id, CHIEF, ACT_EXTEND, NOW + HOUR);
    w.extend_by = 1;
    assert_int_equal(do_wish(&b, w, "再延"), ERR_CONFLICT);
    w.clock = CASE_CLOCK_CONTROL;
    assert_int_equal(do_wish(&b, w, "會簽"), -1);
    assert_int_equal(notices(&b, id, "extend"), 1);
    assert_null(casefile_extensions(b.a, look(&b), OFFICE, 2026, months));
    assert_int_equal(months[8].statutory, 1);
    assert_int_equal(months[8].control, 1);
    assert_int_equal(months[7].statutory + months[9].statutory, 0);
    assert_null(casefile_extensions(b.a, look(&b), OFFICE, 2025, months));
    assert_int_equal(months[8].statutory, 0);
    is_sound(&b);
    arena_free(b.a);
}

static void a_closure_moves_what_runs_and_tells_why(void **state)
{
    struct bench b;
    const struct calendar *shut;
    struct closure_span closures[1];
    struct case_slice done;
    int64_t id, ended;
    day due;

    bench_open(&b);
    id = received(&b);
    ended = received(&b);
    assert_int_equal(do_wish(&b, timed_act(&b, ended, 0, ACT_WITHDRAW, NOW + HOUR), ""), -1);
    due = load(&b, id).due;
    closures[0] = (struct closure_span){ due, 0, CLOSURE_WHOLE, STR("颱風"), true };
    assert_null(calendar_make(b.a, NULL, 0, closures, 1, &shut));
    done = slice(&b, false, shut, NOW + HOUR);
    assert_int_equal(done.changed, 1);
    assert_true(load(&b, id).due > due);
    assert_int_equal(load(&b, id).changes, 1);
    assert_int_equal(load(&b, ended).due, due);
    assert_int_equal(notices(&b, id, "due_moved"), 1);
    assert_int_equal(slice(&b, false, shut, NOW + HOUR).changed, 0);
    is_sound(&b);
    arena_free(b.a);
}

static void who_waits_too_long_is_told_once(void **state)
{
    struct bench b;
    int64_t id;

    bench_open(&b);
    id = received(&b);
    assert_int_equal(slice(&b, true, calendar_official(), NOW + 40 * DAY_).changed, 1);
    assert_int_equal(slice(&b, true, calendar_official(), NOW + 40 * DAY_).changed, 0);
    assert_int_equal(notices(&b, id, "overdue"), 1);
    is_sound(&b);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_clock_stands_while_the_applicant_is_asked),
        cmocka_unit_test(a_second_case_has_the_time_of_the_first),
        cmocka_unit_test(the_statutory_term_is_extended_once),
        cmocka_unit_test(a_closure_moves_what_runs_and_tells_why),
        cmocka_unit_test(who_waits_too_long_is_told_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
