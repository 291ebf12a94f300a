/* Strokes and months' numbers on a real store: what counts, what is taken back, by whom and
 * how long.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/tally/tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OFFICE 7
#define UNIT 70
#define NOW INT64_C(1790000000000)

struct bench {
    struct arena *a;
    struct store *s;
    struct id_source ids;
    struct tally t;
    struct actor who;
    int64_t now_ms, id, as, before;
};

static void bench_open(struct bench *b)
{
    memset(b, 0, sizeof *b);
    b->a = arena_new(0);
    id_source_init(&b->ids, 1, 0);
    assert_null(store_open_scratch(b->a, &b->s));
    b->who = (struct actor){ .agency = OFFICE, .staff = 1, .unit = UNIT };
    b->now_ms = NOW;
}

static struct tally stroke_of(struct bench *b, const char *service)
{
    return (struct tally){ .agency = OFFICE, .id = id_next(&b->ids, b->now_ms),
                           .service = str_of(service), .service_version = 2, .told = true,
                           .channel = CHANNEL_COUNTER, .unit = UNIT, .staff = b->who.staff,
                           .month = tally_month_of(day_at(b->now_ms)), .at_ms = b->now_ms };
}

static err run_stroke(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return tally_stroke(a, tx, &b->t);
}
static err run_undo(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return tally_undo(a, tx, &b->who, b->now_ms, b->id, b->as);
}
static err run_bring(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return tally_bring(a, tx, &b->t, b->as, &b->before);
}

static int64_t stroke(struct bench *b, const char *service)
{
    b->t = stroke_of(b, service);
    assert_null(store_commit(b->s, b->a, OFFICE, run_stroke, b));
    return b->t.id;
}

static int64_t sum(struct bench *b, const char *service)
{
    struct tally_sum *list;
    size_t count;
    int64_t all = 0;
    struct snap *snap;
    int month = tally_month_of(day_at(NOW));

    assert_null(snap_begin(b->a, b->s, &snap));
    assert_null(tally_sums(b->a, snap, OFFICE, month, month, &list, &count));
    for (size_t i = 0; i < count; i++) {
        all += str_equal(list[i].service, str_of(service)) ? list[i].amount : 0;
    }
    snap_end(snap);
    return all;
}

/* Taking back. */
static const struct {
    const char *story;
    int64_t after_ms, staff;
    int want; /* -1: fine */
} undos[] = {
    { "within the minute it is taken back", 59000, 1, -1 },
    { "a minute to the millisecond still goes", 60000, 1, -1 },
    { "after the minute it stays", 60001, 1, ERR_CONFLICT },
    { "nobody takes back what a colleague has counted", 1000, 2, ERR_MISSING },
};

static void a_stroke_is_taken_back_within_a_minute(void **state)
{
    for (size_t i = 0; i < sizeof undos / sizeof undos[0]; i++) {
        struct bench b;
        err e;

        bench_open(&b);
        b.id = stroke(&b, "nhi");
        assert_int_equal(sum(&b, "nhi"), 1);
        b.now_ms = NOW + undos[i].after_ms;
        b.who.staff = undos[i].staff;
        b.as = id_next(&b.ids, b.now_ms);
        e = store_commit(b.s, b.a, OFFICE, run_undo, &b);
        if ((e == NULL ? -1 : (int)e->kind) != undos[i].want) {
            fail_msg("%s: %d", undos[i].story, e == NULL ? -1 : (int)e->kind);
        }
        assert_int_equal(sum(&b, "nhi"), e == NULL ? 0 : 1);
        arena_free(b.a);
    }
}

static void nothing_is_taken_back_twice(void **state)
{
    struct bench b;
    struct tally last;
    struct snap *snap;

    bench_open(&b);
    stroke(&b, "senior_card");
    b.now_ms = NOW + 10;
    b.id = stroke(&b, "nhi");
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(tally_last(b.a, snap, OFFICE, 1, NOW - 60000, &last));
    assert_int_equal(last.id, b.id);
    snap_end(snap);
    b.as = id_next(&b.ids, b.now_ms);
    assert_null(store_commit(b.s, b.a, OFFICE, run_undo, &b));
    b.as = id_next(&b.ids, b.now_ms);
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_undo, &b)->kind, ERR_CONFLICT);
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(tally_last(b.a, snap, OFFICE, 1, NOW - 60000, &last));
    assert_string_equal(str_z(b.a, last.service), "senior_card");
    assert_int_equal(tally_last(b.a, snap, OFFICE, 2, NOW - 60000, &last)->kind, ERR_MISSING);
    snap_end(snap);
    arena_free(b.a);
}

/* Months' numbers of one source, one after the other. */
static const struct {
    const char *story;
    int64_t amount;
    const char *source;
    int64_t want_before; /* -2: refused */
    int64_t want_sum;
} brought[] = {
    { "the first number counts", 412, "NHI system", -1, 412 },
    { "the same again changes nothing", 412, "NHI system", 412, 412 },
    { "a corrected one takes its place", 415, "NHI system", 412, 415 },
    { "another system is added", 30, "City platform", -1, 445 },
    { "nothing is a number too", 0, "City platform", 30, 415 },
    { "a negative one is refused", -1, "NHI system", -2, 415 },
    { "without its source it is refused", 9, " ", -2, 415 },
};

static void a_months_number_replaces_the_one_before(void **state)
{
    struct bench b;

    bench_open(&b);
    for (size_t i = 0; i < sizeof brought / sizeof brought[0]; i++) {
        err e;

        b.now_ms += 1000;
        b.as = id_next(&b.ids, b.now_ms);
        b.t = stroke_of(&b, "nhi");
        b.t.channel = CHANNEL_ONLINE;
        b.t.month = tally_month_of(day_at(NOW));
        b.t.amount = brought[i].amount;
        b.t.source = str_of(brought[i].source);
        b.before = -2;
        e = store_commit(b.s, b.a, OFFICE, run_bring, &b);
        if ((e == NULL ? b.before : -2) != brought[i].want_before ||
            sum(&b, "nhi") != brought[i].want_sum) {
            fail_msg("%s: before %lld, sum %lld", brought[i].story, (long long)b.before,
                     (long long)sum(&b, "nhi"));
        }
    }
    arena_free(b.a);
}

static void the_most_used_come_first(void **state)
{
    struct bench b;
    struct tally_use *list;
    struct snap *snap;
    size_t count;
    int month = tally_month_of(day_at(NOW));

    bench_open(&b);
    stroke(&b, "nhi");
    stroke(&b, "senior_card");
    stroke(&b, "senior_card");
    assert_null(snap_begin(b.a, b.s, &snap));
    assert_null(tally_used(b.a, snap, OFFICE, UNIT, month, month, &list, &count));
    assert_int_equal(count, 2);
    assert_string_equal(str_z(b.a, list[0].service), "senior_card");
    assert_null(tally_used(b.a, snap, OFFICE, UNIT + 1, month, month, &list, &count));
    assert_int_equal(count, 0);
    snap_end(snap);
    arena_free(b.a);
}

static void months_are_numbers(void **state)
{
    assert_int_equal(tally_month_of(day_of(2026, 1, 31)), 2026 * 12);
    assert_int_equal(tally_month_of(day_of(2026, 12, 1)), 2026 * 12 + 11);
    assert_int_equal(tally_month_first(2026 * 12 + 11), day_of(2026, 12, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stroke_is_taken_back_within_a_minute),
        cmocka_unit_test(nothing_is_taken_back_twice),
        cmocka_unit_test(a_months_number_replaces_the_one_before),
        cmocka_unit_test(the_most_used_come_first),
        cmocka_unit_test(months_are_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
