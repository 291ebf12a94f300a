/* Many at once: one submission sent many times is one case; one case is taken by one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"

#include <pthread.h>

#define THREADS 24

/* One thread with a memory of its own; its receipt is copied out. */
struct runner {
    struct bench *b;
    struct receiving receiving;
    struct acting acting;
    bool takes;
    int refused; /* kind, or -1 */
    char number[32], code[32];
    bool again;
};

static void keep_text(char *to, size_t space, str s)
{
    snprintf(to, space, "%.*s", STR_ARG(s));
}

static void *run_one(void *context)
{
    struct runner *r = context;
    struct arena *a = arena_new(0);
    err e = r->takes ? store_commit(r->b->s, a, OFFICE, run_act, &r->acting)
                     : store_commit(r->b->s, a, OFFICE, run_receive, &r->receiving);

    r->refused = e == NULL ? -1 : (int)e->kind;
    if (e == NULL && !r->takes) {
        keep_text(r->number, sizeof r->number, r->receiving.receipt.number);
        keep_text(r->code, sizeof r->code, r->receiving.receipt.code);
        r->again = r->receiving.receipt.again;
    }
    arena_free(a);
    return NULL;
}

static void run_all(struct runner *runners)
{
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, run_one, &runners[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void one_submission_sent_many_times_is_one_case(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;
    size_t first = 0;

    bench_open(&b);
    for (size_t i = 0; i < THREADS; i++) {
        runners[i] = (struct runner){ .b = &b,
                                      .receiving = { .b = &b,
                                                     .wish = wish_of(&b, TODAY, LEVEL_HEAD) } };
        runners[i].receiving.wish.idempotency = STR("the same");
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(runners[i].refused, -1);
        assert_string_equal(runners[i].number, runners[0].number);
        assert_string_equal(runners[i].code, runners[0].code);
        first += runners[i].again ? 0 : 1;
    }
    assert_int_equal(first, 1);
    arena_free(b.a);
}

static void many_submissions_have_a_number_each(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;

    bench_open(&b);
    for (size_t i = 0; i < THREADS; i++) {
        runners[i] = (struct runner){ .b = &b,
                                      .receiving = { .b = &b,
                                                     .wish = wish_of(&b, TODAY, LEVEL_HEAD) } };
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(runners[i].refused, -1);
        for (size_t n = 0; n < i; n++) {
            assert_string_not_equal(runners[i].number, runners[n].number);
        }
    }
    arena_free(b.a);
}

static void one_case_is_taken_by_one(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;
    int64_t id;
    int taken = 0;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    for (size_t i = 0; i < THREADS; i++) {
        runners[i] = (struct runner){
            .b = &b, .takes = true,
            .acting = { .wish = act_of(&b, id, i % 2 == 0 ? ME : MATE, ACT_TAKE) },
        };
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        taken += runners[i].refused == -1 ? 1 : 0;
        assert_true(runners[i].refused == -1 || runners[i].refused == ERR_CONFLICT);
    }
    assert_int_equal(taken, 1);
    assert_int_equal(load(&b, id).changes, 2);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_submission_sent_many_times_is_one_case),
        cmocka_unit_test(many_submissions_have_a_number_each),
        cmocka_unit_test(one_case_is_taken_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
