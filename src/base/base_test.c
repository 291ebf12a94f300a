/* The ground holds: memory, text, errors and ids.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"
#include "base/str.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void note_end(void *thing)
{
    int *order = thing;
    order[0] = order[0] * 10 + order[1];
}

struct ending {
    int *log;
    int name;
};

static void ending_logs(void *thing)
{
    struct ending *e = thing;
    *e->log = *e->log * 10 + e->name;
}

static void an_arena_ends_things_last_in_first_out(void **state)
{
    int log = 0;
    struct ending one = { &log, 1 }, two = { &log, 2 }, three = { &log, 3 };
    struct arena *a = arena_new(0);
    assert_true(arena_defer(a, ending_logs, &one));
    struct arena_mark *mark = arena_mark(a);
    assert_true(arena_defer(a, ending_logs, &two));
    assert_true(arena_defer(a, ending_logs, &three));
    arena_reset(a, mark);
    assert_int_equal(log, 32);
    assert_true(arena_defer(a, ending_logs, &two));
    arena_reset(a, mark); /* a mark serves more than once */
    assert_int_equal(log, 322);
    arena_free(a);
    assert_int_equal(log, 3221);
    arena_free(NULL);
}

static void an_arena_gives_zeroed_memory_also_after_a_reset(void **state)
{
    struct arena *a = arena_new((size_t)1 << 20);
    struct arena_mark *mark = arena_mark(a);
    size_t used = arena_used(a);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            unsigned char *piece = arena_alloc(a, size);
            assert_non_null(piece);
            assert_int_equal((uintptr_t)piece % 16, 0);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(piece[i], 0);
                piece[i] = 0xAB;
            }
        }
        assert_non_null(arena_alloc(a, 200000));
        arena_reset(a, mark);
        assert_int_equal(arena_used(a), used);
    }
    arena_free(a);
}

static void count_v(void *count)
{
    ++*(int *)count;
}

static void a_cleared_arena_is_as_new(void **state)
{
    struct arena *a = arena_new(100000);
    int ended = 0;

    for (int round = 1; round <= 4; round++) {
        assert_true(arena_defer(a, count_v, &ended));
        for (size_t size = 1; size < 30000; size *= 3) {
            unsigned char *piece = arena_alloc(a, size);
            assert_non_null(piece);
            for (size_t i = 0; i < size; i++) {
                assert_int_equal(piece[i], 0);
                piece[i] = 0xAB;
            }
        }
        assert_null(arena_alloc(a, 100000));
        assert_true(arena_failed(a));
        arena_clear(a);
        assert_int_equal(ended, round);
        assert_false(arena_failed(a));
        assert_int_equal(arena_used(a), 0);
        assert_non_null(arena_alloc(a, round == 2 ? 90000 : 1)); /* too large to be kept */
        arena_clear(a);
    }
    arena_free(a);
}

static void a_mark_in_every_round_takes_nothing(void **state)
{
    struct arena *a = arena_new(0);
    struct arena_mark *first = arena_mark(a), *outer = NULL;
    for (int i = 0; i < 1000; i++) {
        struct arena_mark *mark = arena_mark(a);
        assert_ptr_equal(mark, first);
        assert_non_null(arena_alloc(a, 10));
        struct arena_mark *inner = arena_mark(a);
        assert_ptr_not_equal(inner, mark);
        assert_non_null(arena_alloc(a, 10));
        arena_reset(a, inner);
        assert_ptr_equal(arena_mark(a), inner);
        arena_reset(a, mark);
    }
    assert_non_null(arena_alloc(a, 0)); /* no bytes, yet another place */
    outer = arena_mark(a);
    assert_ptr_not_equal(outer, first);
    arena_reset(a, outer);
    arena_free(a);
}

static void an_arena_remembers_that_it_ran_out(void **state)
{
    struct arena *a = arena_new(1000);
    struct arena_mark *mark = arena_mark(a);
    assert_non_null(arena_alloc(a, 900));
    assert_false(arena_failed(a));
    assert_null(arena_alloc(a, 101));
    assert_true(arena_failed(a));
    assert_int_equal(str_copy(a, STR("short")).len, 5); /* what still fits is given */
    assert_int_equal(str_format(a, "%0200d", 1).len, 0);
    arena_reset(a, mark);
    assert_false(arena_failed(a));
    volatile size_t far_too_many = SIZE_MAX / 2;
    assert_null(arena_array(a, far_too_many, 3));
    assert_true(arena_failed(a));
    int log[2] = { 0, 7 };
    arena_reset(a, mark);
    assert_non_null(arena_alloc(a, 1000));
    assert_false(arena_defer(a, note_end, log));
    assert_int_equal(log[0], 7); /* ended at once */
    arena_free(a);
}

static void the_nth_allocation_can_be_made_to_fail(void **state)
{
#ifdef BIANMIN_TEST
    struct arena *a = arena_new(0);
    arena_fault_at(2);
    assert_non_null(arena_alloc(a, 1));
    assert_null(arena_alloc(a, 1));
    assert_non_null(arena_alloc(a, 1));
    arena_fault_at(1);
    err e = err_new(a, ERR_INPUT, SAY(""), STR(""), "no memory for it");
    assert_ptr_equal(e, err_no_memory);
    arena_fault_at(0);
    arena_free(a);
#else
    skip();
#endif
}

static void texts_are_taken_apart(void **state)
{
    str rest = STR("a,,b"), piece;
    assert_true(str_cut(&rest, ',', &piece) && str_equal(piece, STR("a")));
    assert_true(str_cut(&rest, ',', &piece) && str_is_empty(piece));
    assert_true(str_cut(&rest, ',', &piece) && str_equal(piece, STR("b")));
    assert_false(str_cut(&rest, ',', &piece));
    rest = STR("a,");
    assert_true(str_cut(&rest, ',', &piece) && str_cut(&rest, ',', &piece));
    assert_int_equal(piece.len, 0);
    assert_false(str_cut(&rest, ',', &piece));
    rest = STR("");
    assert_true(str_cut(&rest, ',', &piece));
    assert_false(str_cut(&rest, ',', &piece));
    assert_true(str_equal(str_trim(STR(" \t a b \r\n")), STR("a b")));
    assert_true(str_equal(str_slice(STR("abc"), 1, 9), STR("bc")));
    assert_true(str_is_empty(str_slice(STR("abc"), 3, 1)));
    assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
    assert_int_equal(str_find(STR("abc"), STR("d")), -1);
    assert_true(str_ends(STR("x.view"), STR(".view")) && !str_ends(STR("w"), STR(".view")));
    assert_true(str_compare(STR("a"), STR("ab")) < 0 && str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_equal((str){ NULL, 0 }, STR("")));
}

static const struct {
    const char *story;
    str text;
    bool fits;
    int64_t number;
} numbers[] = {
    { "a number", STR_INIT("42"), true, 42 },
    { "a negative one", STR_INIT("-42"), true, -42 },
    { "the greatest", STR_INIT("9223372036854775807"), true, INT64_MAX },
    { "the least", STR_INIT("-9223372036854775808"), true, INT64_MIN },
    { "one more is too many", STR_INIT("9223372036854775808"), false, 0 },
    { "nothing", STR_INIT(""), false, 0 },
    { "a sign alone", STR_INIT("-"), false, 0 },
    { "something behind", STR_INIT("4 "), false, 0 },
};

static void numbers_are_read_whole(void **state)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        int64_t n = 0;
        if (str_to_int(numbers[i].text, &n) != numbers[i].fits || n != numbers[i].number) {
            fail_msg("%s", numbers[i].story);
        }
    }
}

static const struct {
    const char *story;
    str bytes;
    bool is_text;
} texts[] = {
    { "Chinese", STR_INIT("王小明"), true },
    { "a face", STR_INIT("😀"), true },
    { "lines and tabs", STR_INIT("a\tb\r\nc"), true },
    { "a NUL", STR_INIT("a\0b"), false },
    { "an escape", STR_INIT("a\x1b[0m"), false },
    { "a C1 control", STR_INIT("a\xC2\x85"), false },
    { "an overlong slash", STR_INIT("\xC0\xAF"), false },
    { "an overlong in three", STR_INIT("\xE0\x80\xAF"), false },
    { "half a surrogate", STR_INIT("\xED\xA0\x80"), false },
    { "beyond Unicode", STR_INIT("\xF4\x90\x80\x80"), false },
    { "cut short", STR_INIT("\xE7\x8E"), false },
    { "a continuation alone", STR_INIT("\x80"), false },
};

static void only_text_is_text(void **state)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_is_text(texts[i].bytes) != texts[i].is_text) {
            fail_msg("%s", texts[i].story);
        }
    }
    assert_int_equal(str_points(STR("王小明a")), 4);
}

static void bytes_go_to_hex_and_back(void **state)
{
    struct arena *a = arena_new(0);
    str back;
    assert_string_equal(str_hex(a, STR("\x00\xff\x1a")).at, "00ff1a");
    assert_true(str_unhex(a, STR("00FF1a"), &back) && str_equal(back, STR("\x00\xff\x1a")));
    assert_false(str_unhex(a, STR("00f"), &back));
    assert_false(str_unhex(a, STR("0g"), &back));
    assert_string_equal(str_upper(a, STR("a123z王")).at, "A123Z王");
    assert_string_equal(str_lower(a, STR("A123Z")).at, "a123z");
    assert_string_equal(str_join(a, STR("ab"), STR("cd")).at, "abcd");
    arena_free(a);
}

static void a_buf_stops_at_its_maximum(void **state)
{
    struct arena *a = arena_new(0);
    struct buf b;
    buf_init(&b, a, 1000);
    for (int i = 0; i < 100; i++) {
        buf_put(&b, STR("123456789"));
    }
    buf_put_int(&b, INT64_MIN);
    buf_format(&b, "%s-%d", "x", 7);
    buf_put_char(&b, '!');
    assert_false(buf_failed(&b));
    assert_int_equal(buf_str(&b).len, 924);
    assert_true(str_ends(buf_str(&b), STR("9-9223372036854775808x-7!")));
    buf_format(&b, "%0100d", 1);
    assert_true(buf_failed(&b));
    buf_put_char(&b, '!');
    assert_int_equal(buf_str(&b).len, 924);
    buf_clear(&b);
    buf_put_z(&b, "again");
    assert_true(str_equal(buf_str(&b), STR("again")) && !buf_failed(&b));
    arena_free(a);
}

static err refuse(struct arena *a, int n)
{
    if (n > 1) {
        FAIL(a, ERR_CONFLICT, SAY("", SAY_NUMBER("max", 1)), STR("seats"), "n=%d", n);
    }
    return NULL;
}

static err refuse_above(struct arena *a, int n)
{
    TRY(refuse(a, n));
    return NULL;
}

static void errors_say_where_and_why(void **state)
{
    struct arena *a = arena_new(0);
    assert_null(refuse_above(a, 1));
    err e = refuse_above(a, 2);
    assert_int_equal(e->kind, ERR_CONFLICT);
    assert_true(str_equal(e->why, STR("n=2")) && str_equal(e->field, STR("seats")));
    assert_non_null(strstr(e->at, "base_test.c:"));
    assert_int_equal(e->say.value[0].number, 1);

    struct mistakes m;
    mistakes_init(&m, a);
    mistake_add(&m, STR("name"), SAY(""));
    mistake_add_at(&m, STR("birth"), SAY(""), STR("f:1:2"));
    assert_int_equal(m.count, 2);
    assert_true(str_equal(mistake_of(&m, STR("birth"))->place, STR("f:1:2")));
    assert_null(mistake_of(&m, STR("other")));
    arena_free(a);
}

#define ID_NOW INT64_C(1772416800000)
#define ID_EACH 20000

static void *ids_taken(void *thing)
{
    struct id_source *s = thing;
    int64_t *taken = calloc(ID_EACH, sizeof *taken);
    for (int i = 0; i < ID_EACH; i++) {
        taken[i] = id_next(s, ID_NOW + i / 1000);
    }
    return taken;
}

static int by_number(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static void ids_never_come_twice(void **state)
{
    struct id_source s;
    pthread_t thread[4];
    int64_t *all = calloc((size_t)ID_EACH * 4, sizeof *all);
    id_source_init(&s, 5, 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, ids_taken, &s), 0);
    }
    for (int i = 0; i < 4; i++) {
        void *taken;
        pthread_join(thread[i], &taken);
        memcpy(all + (size_t)i * ID_EACH, taken, ID_EACH * sizeof *all);
        free(taken);
    }
    qsort(all, (size_t)ID_EACH * 4, sizeof *all, by_number);
    for (int i = 1; i < ID_EACH * 4; i++) {
        assert_true(all[i] > all[i - 1]);
        assert_int_equal((all[i] >> 12) & 1023, 5);
    }
    free(all);
}

static void ids_stay_ordered_when_the_clock_goes_back(void **state)
{
    struct arena *a = arena_new(0);
    struct id_source s, other;
    id_source_init(&s, 9, 0);
    int64_t first = id_next(&s, ID_NOW);
    assert_int_equal(id_ms(first), ID_NOW);
    assert_true(id_next(&s, ID_NOW - 60000) > first);
    /* Another node takes over and has seen an id of the first. */
    id_source_init(&other, 3, first);
    int64_t next = id_next(&other, ID_NOW - 60000);
    assert_true(next > first);
    assert_int_equal((next >> 12) & 1023, 3);

    int64_t back;
    str text = id_text(a, next);
    assert_int_equal(text.len, ID_TEXT_LEN);
    assert_true(id_parse(text, &back) && back == next);
    assert_true(id_parse(str_lower(a, text), &back) && back == next);
    assert_true(id_parse(STR("7ZZZZZZZZZZZZ"), &back) && back == INT64_MAX);
    assert_true(id_parse(STR("000000000OiL1"), &back) && back == 1 * 1024 + 1 * 32 + 1);
    assert_false(id_parse(STR("8000000000000"), &back));
    assert_false(id_parse(STR("000000000000U"), &back));
    assert_false(id_parse(STR("00000000000"), &back));

    str tidy;
    assert_true(crockford_tidy(a, STR(" 7k2-oil "), &tidy) && str_equal(tidy, STR("7K2011")));
    assert_false(crockford_tidy(a, STR("7K?"), &tidy));
    assert_string_equal(crockford_text(a, (const unsigned char *)"\x00\x1f\x2a", 3).at, "0ZA");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_ends_things_last_in_first_out),
        cmocka_unit_test(an_arena_gives_zeroed_memory_also_after_a_reset),
        cmocka_unit_test(a_cleared_arena_is_as_new),
        cmocka_unit_test(a_mark_in_every_round_takes_nothing),
        cmocka_unit_test(an_arena_remembers_that_it_ran_out),
        cmocka_unit_test(the_nth_allocation_can_be_made_to_fail),
        cmocka_unit_test(texts_are_taken_apart),
        cmocka_unit_test(numbers_are_read_whole),
        cmocka_unit_test(only_text_is_text),
        cmocka_unit_test(bytes_go_to_hex_and_back),
        cmocka_unit_test(a_buf_stops_at_its_maximum),
        cmocka_unit_test(errors_say_where_and_why),
        cmocka_unit_test(ids_never_come_twice),
        cmocka_unit_test(ids_stay_ordered_when_the_clock_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
