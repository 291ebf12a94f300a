/* receipt_race_test — many at once at one pad: a clerk with several windows, and a provider
 * that tells of payments. Every receipt has a number of its own, without a gap, and who is
 * refused has taken none.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/money_bench_test.h"

#include <pthread.h>

#define THREADS 12
#define EACH 4

struct runner {
    struct deed d;
    struct arena *a;
    int refused; /* of EACH tries */
    int64_t numbers[EACH];
};

/* Own rows of a case of its own, or (shared) the same case as everybody. */
static void runner_make(struct runner *r, struct deed *first, bool shared, int at)
{
    *r = (struct runner){ .d = *first, .a = arena_new(0) };
    r->d.account.items = ARENA_ARRAY(first->b->a, 2, struct fee_item);
    memcpy(r->d.account.items, first->account.items, 2 * sizeof(struct fee_item));
    if (!shared) {
        r->d.account.casefile = receive(first->b, wish_of(first->b, TODAY, LEVEL_OFFICER)).id;
    }
    r->d.id = 100000 + at * 1000;
}

static void *take_all(void *context)
{
    struct runner *r = context;

    for (int i = 0; i < EACH; i++) {
        struct deed *d = &r->d;

        d->taking = (struct fee_taking){ .account = &d->account, .who = d->who,
                                         .id = ++d->id, .now_ms = NOW, .dollars = 35,
                                         .payer = STR("王小明"),
                                         .payer_masked = STR("王○明") };
        d->run = run_take;
        err e = fee_taking_prepare(r->a, d->b->k, &d->taking);

        e = e != NULL ? e : store_commit(d->b->s, r->a, OFFICE, run, d);
        r->refused += e != NULL;
        r->numbers[i] = e == NULL ? d->receipt.number : 0;
    }
    return NULL;
}

static void run_all(struct runner *runners)
{
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, take_all, &runners[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

/* How often each number up to `most` was given. */
static void each_once(struct runner *runners, int most)
{
    int given[THREADS * EACH + 1] = { 0 };

    for (size_t i = 0; i < THREADS; i++) {
        for (size_t n = 0; n < EACH; n++) {
            assert_true(runners[i].numbers[n] >= 0 && runners[i].numbers[n] <= THREADS * EACH);
            given[runners[i].numbers[n]]++;
        }
        arena_free(runners[i].a);
    }
    for (int n = 1; n <= most; n++) {
        assert_int_equal(given[n], 1);
    }
    for (int n = most + 1; n <= THREADS * EACH; n++) {
        assert_int_equal(given[n], 0);
    }
}

static void at_one_pad_every_receipt_has_its_own_number(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;
    struct deed d = begin(&b, 500);

    for (int i = 0; i < THREADS; i++) {
        runner_make(&runners[i], &d, false, i);
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(runners[i].refused, 0); /* 4 × 35 of 140 */
    }
    each_once(runners, THREADS * EACH);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void on_one_case_no_more_is_taken_than_is_due(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;
    struct deed d = begin(&b, 500);
    int refused = 0;

    for (int i = 0; i < THREADS; i++) {
        runner_make(&runners[i], &d, true, i);
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        refused += runners[i].refused;
    }
    assert_int_equal(refused, THREADS * EACH - 4);
    each_once(runners, 4);
    look_again(&d);
    assert_int_equal(d.account.paid, 140);
    assert_int_equal(d.account.open, 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void a_pad_that_is_used_up_gives_no_more(void **state)
{
    static struct runner runners[THREADS];
    struct bench b;
    struct deed d = begin(&b, 10);
    int refused = 0;

    for (int i = 0; i < THREADS; i++) {
        runner_make(&runners[i], &d, false, i);
    }
    run_all(runners);
    for (size_t i = 0; i < THREADS; i++) {
        refused += runners[i].refused;
    }
    assert_int_equal(refused, THREADS * EACH - 10);
    each_once(runners, 10);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_one_pad_every_receipt_has_its_own_number),
        cmocka_unit_test(on_one_case_no_more_is_taken_than_is_due),
        cmocka_unit_test(a_pad_that_is_used_up_gives_no_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
