/* The draw: the same again for everybody, another one for another seed, nobody twice; and
 * what months, shares and sums come to.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/records/records_draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "host/seal/seal.h"

#define MANY 20000

static const struct {
    const char *story;
    const struct lot_share *share;
    size_t readings, want;
} shares[] = {
    { "nothing read, nothing drawn", &draw_outside, 0, 0 },
    { "few are all drawn", &draw_outside, 7, 7 },
    { "at least ten outside own work", &draw_outside, 60, 10 },
    { "ten in a hundred, rounded up", &draw_outside, 201, 21 },
    { "at most forty", &draw_outside, 20000, 40 },
    { "of own work three at least", &draw_own, 100, 3 },
    { "and one in a hundred", &draw_own, 450, 5 },
    { "and at most ten", &draw_own, 20000, 10 },
};

static void shares_grow_with_the_readings(void **state)
{
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        size_t got = lot_quota(shares[i].share, shares[i].readings);

        if (got != shares[i].want) {
            fail_msg("%s: %zu", shares[i].story, got);
        }
    }
}

/* Every fourth is outside own work. */
static struct case_reading *readings(struct arena *a, size_t count)
{
    struct case_reading *list = ARENA_ARRAY(a, count, struct case_reading);

    for (size_t i = 0; i < count; i++) {
        list[i] = (struct case_reading){ .seq = 100 + 3 * (int64_t)i, .staff = 7, .cases = 1,
                                         .others = i % 4 == 0,
                                         .reason = i % 4 == 0 ? READ_ENQUIRY : READ_REASONS };
    }
    return list;
}

static str seed(struct arena *a, const char *hash)
{
    return draw_seed(a, STR("district"), STR("2026-02"), str_of(hash));
}

static void the_same_month_gives_the_same_draw(void **state)
{
    struct arena *a = arena_new(0);
    struct case_reading *list = readings(a, MANY), *turned = readings(a, MANY);
    size_t *one, *two, count, again;

    for (size_t i = 0; i < MANY; i++) {
        turned[i] = list[MANY - 1 - i];
    }
    assert_null(draw_make(a, seed(a, "hash"), list, MANY, &one, &count));
    assert_null(draw_make(a, seed(a, "hash"), turned, MANY, &two, &again));
    assert_int_equal(count, 50);
    assert_int_equal(again, 50);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[one[i]].seq, turned[two[i]].seq);
        assert_int_equal(draw_is_outside(&list[one[i]]), i < 40);
    }
    arena_free(a);
}

static void nobody_is_drawn_twice(void **state)
{
    struct arena *a = arena_new(0);
    struct case_reading *list = readings(a, 300);
    size_t *places, count;

    assert_null(draw_make(a, seed(a, "hash"), list, 300, &places, &count));
    assert_int_equal(count, 10 + 3);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            assert_int_not_equal(places[i], places[k]);
        }
    }
    arena_free(a);
}

static void another_end_of_the_chain_draws_others(void **state)
{
    struct arena *a = arena_new(0);
    struct case_reading *list = readings(a, 2000);
    size_t *one, *two, count, again, same = 0;

    assert_null(draw_make(a, seed(a, "hash"), list, 2000, &one, &count));
    assert_null(draw_make(a, seed(a, "hasi"), list, 2000, &two, &again));
    for (size_t i = 0; i < count; i++) {
        same += one[i] == two[i];
    }
    assert_int_equal(count, again);
    assert_true(same < 5);
    arena_free(a);
}

/* As sha256sum finds it: the drawn ones have the smallest lots of their part. */
static void anybody_can_recompute_it(void **state)
{
    struct arena *a = arena_new(0);
    struct case_reading *list = readings(a, 80);
    str s = seed(a, "\x5f\x01"), lots[20], last = STR("");
    size_t *places, count, smaller = 0;

    assert_true(str_equal(s, STR("bianmin-draw-1 district 2026-02 5f01")));
    assert_null(draw_make(a, s, list, 80, &places, &count));
    for (size_t i = 0; i < 20; i++) {
        lots[i] = str_hex(a, seal_sha256(a, str_format(a, "%.*s %lld", STR_ARG(s),
                                                       (long long)list[i * 4].seq)));
    }
    for (size_t i = 0; i < 10; i++) {
        str lot = lots[places[i] / 4];

        assert_true(memcmp(last.at, lot.at, last.len) < 0 || last.len == 0);
        last = lot;
    }
    for (size_t i = 0; i < 20; i++) {
        smaller += memcmp(lots[i].at, last.at, last.len) <= 0;
    }
    assert_int_equal(smaller, 10);
    arena_free(a);
}

static const struct {
    const char *story;
    int year, month, date, back;
    const char *key, *zh, *en;
} months[] = {
    { "the last full month", 2026, 3, 2, 1, "2026-02", "民國115年2月", "February 2026" },
    { "in January it is December", 2026, 1, 31, 1, "2025-12", "民國114年12月", "December 2025" },
    { "this one", 2026, 12, 1, 0, "2026-12", "民國115年12月", "December 2026" },
    { "two years back", 2026, 3, 31, 24, "2024-03", "民國113年3月", "March 2024" },
};

static void months_are_those_of_the_calendar(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        day today = day_of(months[i].year, months[i].month, months[i].date);
        struct draw_month m = draw_month_back(today, months[i].back);
        day last = day_at(m.until_ms - 1);

        if (!str_equal(draw_month_key(a, &m), str_of(months[i].key)) ||
            !str_equal(draw_month_text(a, &m, LANG_ZH), str_of(months[i].zh)) ||
            !str_equal(draw_month_text(a, &m, LANG_EN), str_of(months[i].en))) {
            fail_msg("%s: %.*s", months[i].story,
                     STR_ARG(draw_month_text(a, &m, LANG_ZH)));
        }
        assert_int_equal(day_civil(day_at(m.from_ms)).date, 1);
        assert_int_equal(day_civil(last).month, m.month);
        assert_int_equal(day_civil(last + 1).date, 1);
    }
    arena_free(a);
}

static void sums_tell_own_work_from_others(void **state)
{
    const struct case_reading list[] = {
        { .cases = 1, .reason = READ_REASONS },
        { .cases = 1, .reason = READ_ENQUIRY }, /* a reason that was not needed */
        { .cases = 1, .others = 1, .reason = READ_ENQUIRY },
        { .cases = 12, .names_only = true, .reason = READ_REASONS },
        { .cases = 9, .others = 4, .names_only = true, .reason = READ_DEPUTY },
    };
    struct draw_sums s = draw_sum(list, sizeof list / sizeof list[0]);

    assert_int_equal(s.own, 3);
    assert_int_equal(s.outside, 2);
    assert_int_equal(s.row[READ_REASONS].cases, 2);
    assert_int_equal(s.row[READ_REASONS].lists, 1);
    assert_int_equal(s.row[READ_REASONS].names, 12);
    assert_int_equal(s.row[READ_ENQUIRY].cases, 1);
    assert_int_equal(s.row[READ_DEPUTY].names, 9);
}

static int start(void **state)
{
    struct arena *a = arena_new(0);

    assert_null(seal_start(a));
    arena_free(a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_grow_with_the_readings),
        cmocka_unit_test(the_same_month_gives_the_same_draw),
        cmocka_unit_test(nobody_is_drawn_twice),
        cmocka_unit_test(another_end_of_the_chain_draws_others),
        cmocka_unit_test(anybody_can_recompute_it),
        cmocka_unit_test(months_are_those_of_the_calendar),
        cmocka_unit_test(sums_tell_own_work_from_others),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
