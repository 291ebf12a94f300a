/* Tests of limit: who guesses waits, others do not.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/guard/limit.h"

#include "base/arena.h"
#include "host/seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000)

static void guessing_has_an_end(void **state)
{
    struct arena *a = arena_new(0);
    struct limit *l;
    int64_t now = 1000 * MINUTE;

    (void)state;
    assert_null(seal_start(a));
    assert_null(limit_open(a, NULL, &l));
    for (int i = 0; i < 5; i++) {
        assert_int_equal(limit_wait_ms(l, STR("1.2.3.4 DA-1"), 5, now), 0);
        limit_note(l, STR("1.2.3.4 DA-1"), 15 * MINUTE, now);
    }
    /* The fifth mistake closes the door for the rest of the quarter of an hour ... */
    assert_int_equal(limit_wait_ms(l, STR("1.2.3.4 DA-1"), 5, now + MINUTE), 14 * MINUTE);
    /* ... for this reader and this case alone ... */
    assert_int_equal(limit_wait_ms(l, STR("1.2.3.5 DA-1"), 5, now + MINUTE), 0);
    assert_int_equal(limit_wait_ms(l, STR("1.2.3.4 DA-2"), 5, now + MINUTE), 0);
    /* ... and opens again. */
    assert_int_equal(limit_wait_ms(l, STR("1.2.3.4 DA-1"), 5, now + 15 * MINUTE), 0);
    limit_note(l, STR("1.2.3.4 DA-1"), 15 * MINUTE, now + 16 * MINUTE);
    assert_int_equal(limit_wait_ms(l, STR("1.2.3.4 DA-1"), 5, now + 16 * MINUTE), 0);
    arena_free(a);
}

static void a_pause_forgives(void **state)
{
    struct arena *a = arena_new(0);
    struct limit *l;
    int64_t now = 1000 * MINUTE, last;

    assert_null(seal_start(a));
    assert_null(limit_open(a, NULL, &l));
    for (int i = 0; i < 3; i++) {
        assert_int_equal(limit_failures(l, STR("x"), now + i * 10 * MINUTE, &last), i);
        limit_note_last(l, STR("x"), 15 * MINUTE, now + i * 10 * MINUTE);
    }
    assert_int_equal(limit_failures(l, STR("x"), now + 34 * MINUTE, &last), 3);
    assert_int_equal(last, now + 20 * MINUTE);
    assert_int_equal(limit_failures(l, STR("y"), now + 34 * MINUTE, &last), 0);
    assert_int_equal(limit_failures(l, STR("x"), now + 35 * MINUTE, &last), 0);
    arena_free(a);
}

static void what_is_weighed_has_an_end_too(void **state)
{
    struct arena *a = arena_new(0);
    struct limit *l;
    int64_t most = INT64_C(200) << 20, now = 1000 * MINUTE;

    (void)state;
    assert_null(seal_start(a));
    assert_null(limit_open(a, NULL, &l));
    limit_add(l, STR("files"), most - 1, 60 * MINUTE, now);
    assert_int_equal(limit_wait_ms(l, STR("files"), most, now), 0);
    limit_add(l, STR("files"), INT64_C(5) << 30, 60 * MINUTE, now); /* more than an int */
    assert_int_equal(limit_wait_ms(l, STR("files"), most, now), 60 * MINUTE);
    assert_int_equal(limit_wait_ms(l, STR("files"), most, now + 60 * MINUTE), 0);
    arena_free(a);
}

/* As by share_store.c, without a database. */
static void tell(struct limit *from, struct limit *to, int64_t now)
{
    struct limit_row rows[8];
    size_t count = limit_take(from, rows, 8);

    for (size_t i = 0; i < count; i++) {
        limit_put_others(to, &rows[i], now);
    }
}

static void who_goes_from_one_program_to_the_other_is_counted_once(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *k;
    struct limit *here, *there;
    int64_t now = 1000 * MINUTE;

    (void)state;
    assert_null(seal_start(a));
    assert_null(keyring_from_phrase(a, STR("limit"), &k));
    assert_null(limit_open(a, k, &here));
    assert_null(limit_open(a, k, &there));
    for (int i = 0; i < 5; i++) {
        assert_int_equal(limit_wait_ms(i % 2 == 0 ? here : there, STR("who"), 5, now), 0);
        limit_note(i % 2 == 0 ? here : there, STR("who"), 15 * MINUTE, now);
        tell(here, there, now);
        tell(there, here, now);
    }
    assert_int_equal(limit_wait_ms(here, STR("who"), 5, now), 15 * MINUTE);
    assert_int_equal(limit_wait_ms(there, STR("who"), 5, now), 15 * MINUTE);
    assert_int_equal(limit_wait_ms(there, STR("other"), 5, now), 0);
    assert_int_equal(limit_wait_ms(there, STR("who"), 5, now + 15 * MINUTE), 0);
    arena_free(a);
}

static void what_could_not_be_told_is_told_again(void **state)
{
    struct arena *a = arena_new(0);
    struct limit_row rows[8];
    struct limit *l;

    (void)state;
    assert_null(seal_start(a));
    assert_null(limit_open(a, NULL, &l));
    limit_note(l, STR("who"), MINUTE, MINUTE);
    assert_int_equal(limit_take(l, rows, 8), 1);
    assert_int_equal(limit_take(l, rows + 1, 7), 0);
    limit_untake(l, rows, 1);
    assert_int_equal(limit_take(l, rows, 8), 1);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guessing_has_an_end),
        cmocka_unit_test(a_pause_forgives),
        cmocka_unit_test(what_is_weighed_has_an_end_too),
        cmocka_unit_test(who_goes_from_one_program_to_the_other_is_counted_once),
        cmocka_unit_test(what_could_not_be_told_is_told_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
