/* Tests of jobs: in time, in slices, by turns, again after a failure.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/job/job.h"

#include "host/seal/seal.h"
#include "host/store/files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

struct seen {
    _Atomic int count;
    char order[64];
};

static err note(struct job_call *call, char name)
{
    struct seen *s = call->context;
    int n = atomic_load(&s->count);

    if (n < (int)sizeof(s->order) - 1) {
        s->order[n] = name;
        atomic_store(&s->count, n + 1);
    }
    return NULL;
}

static err long_slice(struct job_call *call, bool *ret_more)
{
    *ret_more = atomic_load(&((struct seen *)call->context)->count) < 9;
    return note(call, 'l');
}

static err other_slice(struct job_call *call, bool *ret_more)
{
    *ret_more = atomic_load(&((struct seen *)call->context)->count) < 9;
    return note(call, 'o');
}

static err failing_slice(struct job_call *call, bool *ret_more)
{
    TRY(note(call, 'f'));
    FAIL(call->arena, ERR_BUSY, SAY("Choose another."), STR(""), "on purpose");
}

static const struct job long_job = { "test.long", 1, long_slice };
static const struct job other_job = { "test.other", 1, other_slice };
static const struct job failing_job = { "test.failing", 1, failing_slice };

static void wait_for(struct seen *seen, int count)
{
    for (int i = 0; i < 500 && atomic_load(&seen->count) < count; i++) {
        usleep(10000);
    }
    assert_true(atomic_load(&seen->count) >= count);
}

static void two_long_jobs_take_turns(void **state)
{
    static const struct job *const jobs[] = { &long_job, &other_job };
    const struct job_list list = { jobs, 2 };
    struct arena *a = arena_new(0);
    struct seen seen = { 0 };
    struct job_runner *r;
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(job_start(a, s, &list, 1, &seen, &r));
    wait_for(&seen, 8);
    job_stop(r);
    assert_memory_equal(seen.order, "lolololo", 8);
    arena_free(a);
}

static void a_failing_job_comes_again_and_stops_nobody(void **state)
{
    static const struct job *const jobs[] = { &failing_job };
    const struct job_list list = { jobs, 1 };
    struct arena *a = arena_new(0);
    struct seen seen = { 0 };
    struct job_runner *r;
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(job_start(a, s, &list, 1, &seen, &r));
    wait_for(&seen, 2);
    arena_free(a); /* stops the runner before the store */
}

static void no_jobs_need_no_thread(void **state)
{
    struct arena *a = arena_new(0);
    struct job_runner *r;
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(job_start(a, s, NULL, 0, NULL, &r));
    job_stop(r);
    arena_free(a);
}

static err stamp_run(void *context, struct arena *a, struct tx *tx)
{
    return tx_event(tx, &(struct event){ .agency = 1, .kind = STR("job.ran") });
}

static err commit_slice(struct job_call *call, bool *ret_more)
{
    return job_commit(call, 1, stamp_run, NULL);
}

static void a_slice_may_keep_something(void **state)
{
    static const struct job job = { "test.commit", 1, commit_slice };
    struct arena *a = arena_new(0);
    struct store *s;

    assert_null(store_open_scratch(a, &s));
    assert_null(job_run_whole(a, s, &job, NULL, 1));
    assert_int_equal(store_figures(s).commits, 1);
    arena_free(a);
}

static void forgotten_files_go_after_a_day(void **state)
{
    struct arena *a = arena_new(0);
    struct file_facts facts;
    struct file_writer *w;
    struct keyring *k;
    struct store *s;
    err e;

    assert_null(seal_start(a));
    assert_null(keyring_from_phrase(a, STR("job"), &k));
    assert_null(store_open_scratch(a, &s));
    for (int64_t id = 1; id <= 30; id++) {
        assert_null(file_begin(a, s, k, 2, id, id < 30 ? 1000 : 90000000, &w));
        assert_null(file_append(w, "letter", 6));
        assert_null(file_finish(w, &facts));
    }
    assert_null(job_run_whole(a, s, &file_sweep_job, NULL, 86400000 + 2000));
    e = file_facts_load(a, s, 2, 29, &facts);
    assert_int_equal(e->kind, ERR_MISSING);
    assert_null(file_facts_load(a, s, 2, 30, &facts));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_long_jobs_take_turns),
        cmocka_unit_test(a_failing_job_comes_again_and_stops_nobody),
        cmocka_unit_test(no_jobs_need_no_thread),
        cmocka_unit_test(a_slice_may_keep_something),
        cmocka_unit_test(forgotten_files_go_after_a_day),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
