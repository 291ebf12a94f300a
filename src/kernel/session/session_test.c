/* Sessions end in time, links work once, failures lock; on a real store.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/session/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define OFFICE 7
#define NOW INT64_C(1790000000000)
#define MINUTE INT64_C(60000)

struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct snap *snap;
};
struct step {
    enum { BEGIN, SEEN, END, END_ALL, LINK, TAKE, FAILED, CLEAR, SWEEP } what;
    struct session session;
    str hash;
    int64_t now_ms;
};

static err run_step(void *context, struct arena *a, struct tx *tx)
{
    const struct step *s = context;

    switch (s->what) {
    case BEGIN:
        return session_begin(a, tx, &s->session, s->hash);
    case SEEN:
        return session_seen(a, tx, s->session.id, s->now_ms);
    case END:
        return session_end(a, tx, s->session.id);
    case END_ALL:
        return session_end_all(a, tx, OFFICE, 1);
    case LINK:
        return ticket_put(a, tx, TICKET_PASSWORD, s->hash, OFFICE, 1, s->now_ms);
    case TAKE:
        return ticket_take(a, tx, TICKET_PASSWORD, s->hash, s->now_ms);
    case FAILED:
        return lock_failed(a, tx, OFFICE, STR("clerk"), s->now_ms);
    case CLEAR:
        return lock_clear(a, tx, OFFICE, STR("clerk"));
    case SWEEP:
        return session_sweep(a, tx, 1, s->now_ms);
    }
    return NULL;
}

static err step(struct bench *b, struct step what)
{
    return store_commit(b->s, b->a, OFFICE, run_step, &what);
}

static void bench_open(struct bench *b)
{
    b->a = arena_new(0);
    assert_null(seal_start(b->a));
    assert_null(keyring_from_phrase(b->a, STR("session test"), &b->k));
    assert_null(store_open_scratch(b->a, &b->s));
}

static bool is_found(struct bench *b, str token, int64_t now_ms)
{
    struct session found;
    err e;

    assert_null(snap_begin(b->a, b->s, &b->snap));
    e = session_find(b->a, b->snap, b->k, token, now_ms, &found);
    snap_end(b->snap);
    if (e == NULL) {
        assert_int_equal(found.agency, OFFICE);
        assert_int_equal(found.staff, 1);
        assert_true(str_equal(found.form_token, STR("form")));
    } else {
        assert_int_equal(e->kind, ERR_MISSING);
    }
    return e == NULL;
}

static str begin(struct bench *b, int64_t id)
{
    struct step s = { .what = BEGIN, .session = { id, OFFICE, 1, NOW, NOW, STR("form") } };
    str token;

    assert_null(session_token(b->a, b->k, &token, &s.hash));
    assert_int_equal(token.len, 48);
    assert_null(step(b, s));
    return token;
}

static void a_session_ends_in_time(void **state)
{
    struct bench b;
    str token, other, unused;

    bench_open(&b);
    token = begin(&b, 11);
    assert_null(session_token(b.a, b.k, &other, &unused));
    assert_true(is_found(&b, token, NOW + 29 * MINUTE));
    assert_false(is_found(&b, other, NOW));
    assert_false(is_found(&b, token, NOW + 30 * MINUTE));
    assert_null(step(&b, (struct step){ .what = SEEN, .session = { .id = 11 },
                                        .now_ms = NOW + 25 * MINUTE }));
    assert_true(is_found(&b, token, NOW + 50 * MINUTE));
    for (int64_t m = 50; m <= 600; m += 25) {
        assert_null(step(&b, (struct step){ .what = SEEN, .session = { .id = 11 },
                                            .now_ms = NOW + m * MINUTE }));
    }
    assert_true(is_found(&b, token, NOW + 599 * MINUTE));
    assert_false(is_found(&b, token, NOW + 600 * MINUTE));
    arena_free(b.a);
}

static void signing_out_ends_it(void **state)
{
    struct bench b;
    str one, two, three;

    bench_open(&b);
    one = begin(&b, 11);
    two = begin(&b, 12);
    three = begin(&b, 13);
    assert_null(step(&b, (struct step){ .what = END, .session = { .id = 11 } }));
    assert_null(step(&b, (struct step){ .what = END, .session = { .id = 11 } }));
    assert_false(is_found(&b, one, NOW));
    assert_true(is_found(&b, two, NOW));
    assert_null(step(&b, (struct step){ .what = END_ALL }));
    assert_false(is_found(&b, two, NOW) || is_found(&b, three, NOW));
    arena_free(b.a);
}

static void a_link_works_once(void **state)
{
    struct bench b;
    str token, hash;
    int64_t agency, staff;

    bench_open(&b);
    assert_null(session_token(b.a, b.k, &token, &hash));
    assert_null(step(&b, (struct step){ .what = LINK, .hash = hash, .now_ms = NOW + MINUTE }));
    assert_null(snap_begin(b.a, b.s, &b.snap));
    assert_null(ticket_find(b.a, b.snap, b.k, TICKET_PASSWORD, token, NOW, &agency, &staff));
    assert_int_equal(agency, OFFICE);
    assert_int_equal(staff, 1);
    assert_non_null(ticket_find(b.a, b.snap, b.k, TICKET_SETUP, token, NOW, &agency, &staff));
    assert_non_null(ticket_find(b.a, b.snap, b.k, TICKET_PASSWORD, token, NOW + MINUTE,
                                &agency, &staff));
    snap_end(b.snap);
    assert_null(step(&b, (struct step){ .what = TAKE, .hash = hash, .now_ms = NOW }));
    assert_int_equal(step(&b, (struct step){ .what = TAKE, .hash = hash, .now_ms = NOW })->kind,
                     ERR_CONFLICT);
    arena_free(b.a);
}

/* Minutes after NOW at which a wrong password came, or a look at the lock. */
static const struct {
    const char *story;
    int64_t minute;
    bool fails; /* else only a look */
    int failures;
    bool locked;
} failures[] = {
    { "nothing yet", 0, false, 0, false },
    { "the first", 0, true, 1, false },
    { "the second waits a moment", 1, true, 2, true },
    { "the third waits longer", 2, true, 3, true },
    { "the fourth longer still", 3, true, 4, true },
    { "the fifth locks", 4, true, 5, true },
    { "still locked", 18, false, 5, true },
    { "after fifteen minutes it is free", 19, false, 0, false },
    { "and counts from one again", 20, true, 1, false },
    { "fifteen quiet minutes forget", 35, false, 0, false },
};

static void five_failures_lock_for_a_quarter_of_an_hour(void **state)
{
    struct bench b;

    bench_open(&b);
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        int64_t now_ms = NOW + failures[i].minute * MINUTE, until_ms;
        int count;

        if (failures[i].fails) {
            assert_null(step(&b, (struct step){ .what = FAILED, .now_ms = now_ms }));
        }
        assert_null(snap_begin(b.a, b.s, &b.snap));
        assert_null(lock_state(b.a, b.snap, OFFICE, STR("clerk"), now_ms, &count, &until_ms));
        snap_end(b.snap);
        if (count != failures[i].failures || (until_ms > 0) != failures[i].locked) {
            fail_msg("%s: %d, until %lld", failures[i].story, count, (long long)until_ms);
        }
    }
    arena_free(b.a);
}

static void the_right_password_forgets_failures(void **state)
{
    struct bench b;
    int count;
    int64_t until_ms;

    bench_open(&b);
    assert_null(step(&b, (struct step){ .what = FAILED, .now_ms = NOW }));
    assert_null(step(&b, (struct step){ .what = CLEAR }));
    assert_null(snap_begin(b.a, b.s, &b.snap));
    assert_null(lock_state(b.a, b.snap, OFFICE, STR("clerk"), NOW, &count, &until_ms));
    assert_int_equal(count, 0);
    arena_free(b.a);
}

/* Two programs see their failures in another order than they came. */
static void who_asked_a_moment_before_the_first_failure_does_not_wait(void **state)
{
    struct bench b;
    int count;
    int64_t until_ms;

    bench_open(&b);
    assert_null(step(&b, (struct step){ .what = FAILED, .now_ms = NOW }));
    assert_null(snap_begin(b.a, b.s, &b.snap));
    assert_null(lock_state(b.a, b.snap, OFFICE, STR("clerk"), NOW - 5, &count, &until_ms));
    snap_end(b.snap);
    assert_int_equal(count, 1);
    assert_int_equal(until_ms, 0);
    arena_free(b.a);
}

static void each_answer_comes_later(void **state)
{
    assert_int_equal(lock_delay_ms(0), 0);
    assert_int_equal(lock_delay_ms(1), 0);
    for (int n = 2; n <= 5; n++) {
        assert_true(lock_delay_ms(n) > lock_delay_ms(n - 1));
    }
    assert_int_equal(lock_delay_ms(500), 8000);
}

static void the_sweep_takes_what_has_ended(void **state)
{
    struct bench b;
    str token;

    bench_open(&b);
    token = begin(&b, 11);
    assert_null(step(&b, (struct step){ .what = SWEEP, .now_ms = NOW + MINUTE }));
    assert_true(is_found(&b, token, NOW + MINUTE));
    assert_null(step(&b, (struct step){ .what = SWEEP, .now_ms = NOW + 31 * MINUTE }));
    assert_false(is_found(&b, token, NOW + MINUTE));
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_session_ends_in_time),
        cmocka_unit_test(signing_out_ends_it),
        cmocka_unit_test(a_link_works_once),
        cmocka_unit_test(five_failures_lock_for_a_quarter_of_an_hour),
        cmocka_unit_test(the_right_password_forgets_failures),
        cmocka_unit_test(who_asked_a_moment_before_the_first_failure_does_not_wait),
        cmocka_unit_test(each_answer_comes_later),
        cmocka_unit_test(the_sweep_takes_what_has_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
