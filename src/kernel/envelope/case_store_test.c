/* What came in an envelope becomes a case once, and what comes back waits at the sender. On
 * both engines.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/envelope_bench_test.h"

static err run_case(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;
    const struct actor who = { .agency = HOUSEHOLD, .staff = CLERK, .unit = 80 };

    return envelope_becomes_case(a, tx, b->k, &b->to, &who, 5000, ID, 900,
                                 STR("HH-115-000001-2"));
}

static void what_came_becomes_a_case_once(void **state)
{
    struct bench b = bench_new();
    struct envelope_done *steps;
    struct envelope e;
    struct snap *snap;
    size_t count;

    b.kind = ENVELOPE_TRANSFER;
    send(&b);
    carry(&b);
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b));
    assert_int_equal(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b)->kind, ERR_CONFLICT);
    e = load(&b, HOUSEHOLD);
    assert_int_equal(e.state, ENVELOPE_RECEIVED);
    assert_int_equal(e.casefile, 900);
    assert_int_equal(e.unit, 80);
    carry(&b);
    e = load(&b, DISTRICT); /* the sender reads the number, signed */
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_steps(b.a, snap, b.k, &e, &steps, &count));
    snap_end(snap);
    assert_int_equal(count, 2);
    assert_true(steps[1].proved);
    assert_true(str_equal(steps[1].message.case_number, STR("HH-115-000001-2")));
    arena_free(b.a);
}

static void what_was_confirmed_before_becomes_a_case_too(void **state)
{
    struct bench b = bench_new();

    b.kind = ENVELOPE_TRANSFER;
    send(&b);
    carry(&b);
    step(&b, ENVELOPE_RECEIVED, NULL, 0);
    assert_null(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b));
    assert_int_equal(load(&b, HOUSEHOLD).casefile, 900);
    assert_int_equal(store_commit(b.s, b.a, HOUSEHOLD, run_case, &b)->kind, ERR_CONFLICT);
    arena_free(b.a);
}

static err run_noted(void *context, struct arena *a, struct tx *tx)
{
    const struct actor who = { .agency = DISTRICT, .staff = CLERK };

    (void)context;
    return envelope_noted(a, tx, &who, ID, 4000);
}

static struct envelope_wait waiting(struct bench *b, int64_t agency, int64_t unit, day today)
{
    const struct actor who = { .agency = agency, .unit = unit, .duties = DUTY(DUTY_OFFICER) };
    struct envelope_wait w;
    struct snap *snap;

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(envelope_waiting(b->a, snap, &who, today, &w));
    snap_end(snap);
    return w;
}

static void what_comes_back_waits_at_the_sender(void **state)
{
    const struct actor officer = { .agency = DISTRICT, .duties = DUTY(DUTY_OFFICER) };
    struct bench b = bench_new();
    struct envelope *list;
    struct snap *snap;
    size_t count;

    send(&b);
    carry(&b);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).in, 1);
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 0); /* on its way, no term */
    step(&b, ENVELOPE_REFUSED, NULL, 0);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).in, 0);
    carry(&b);
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 1);
    assert_int_equal(waiting(&b, HOUSEHOLD, 0, 100).back, 0);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(envelope_list_back(b.a, snap, &officer, 100, 0, 10, &list, &count));
    snap_end(snap);
    assert_int_equal(count, 1);
    assert_true(list[0].unread);
    assert_null(store_commit(b.s, b.a, DISTRICT, run_noted, NULL));
    assert_null(store_commit(b.s, b.a, DISTRICT, run_noted, NULL)); /* once */
    assert_int_equal(waiting(&b, DISTRICT, 0, 100).back, 0);
    assert_int_equal(events(&b, DISTRICT), 3); /* sent, refused, noted */
    arena_free(b.a);
}

static void an_answer_that_is_overdue_waits_too(void **state)
{
    struct bench b = bench_new();

    b.reply_by = 200;
    b.unit = 5;
    send(&b);
    assert_int_equal(waiting(&b, DISTRICT, 5, 200).back, 0); /* the day itself is in time */
    assert_int_equal(waiting(&b, DISTRICT, 5, 201).back, 1);
    assert_int_equal(waiting(&b, DISTRICT, 6, 201).back, 0); /* another unit's */
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_becomes_a_case_once),
        cmocka_unit_test(what_was_confirmed_before_becomes_a_case_too),
        cmocka_unit_test(what_comes_back_waits_at_the_sender),
        cmocka_unit_test(an_answer_that_is_overdue_waits_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
