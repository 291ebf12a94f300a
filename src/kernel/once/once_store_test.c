/* One-time notices on a real store: issued with a number, found by it or by the code, taken
 * up, come back once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/once/once.h"
#include "kernel/proof/damage_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OFFICE 7
#define SESSION 9
#define NOW INT64_C(1790000000000)

struct bench {
    struct arena *a;
    struct store *s;
    struct keyring *k;
    struct id_source ids;
    struct actor who;
    struct once_wish wish;
    struct once_notice made;
    int64_t now_ms;
    enum once_way way;
};

static void bench_open(struct bench *b)
{
    memset(b, 0, sizeof *b);
    b->a = arena_new(0);
    id_source_init(&b->ids, 1, 0);
    assert_null(seal_start(b->a));
    assert_null(keyring_from_phrase(b->a, STR("once test"), &b->k));
    assert_null(store_open_scratch(b->a, &b->s));
    b->who = (struct actor){ .agency = OFFICE, .staff = 1, .unit = 70 };
    b->now_ms = NOW;
}

static err run_issue(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return once_issue(a, tx, &b->wish, &b->made);
}
static err run_take_up(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return once_take_up(a, tx, &b->who, SESSION, b->now_ms, b->wish.notice.id);
}
static err run_back(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return once_back(a, tx, &b->who, b->now_ms, b->wish.notice.id, b->way, 123);
}
static err run_forget(void *context, struct arena *a, struct tx *tx)
{
    struct bench *b = context;

    return once_forget(a, tx, b->now_ms);
}

/* A notice of the disability certificate: photographs and an answer are missing. */
static void issue(struct bench *b)
{
    b->wish = (struct once_wish){
        .notice = { .agency = OFFICE, .service = STR("disability"), .service_version = 2,
                    .law = STR("身心障礙者權益保障法 5"), .channel = CHANNEL_COUNTER,
                    .lang = LANG_JA, .unit = 70, .staff = 1, .at_ms = b->now_ms },
        .missing = { { ONCE_PAPER, STR("photos") }, { ONCE_QUESTION, STR("consent") } },
        .missing_count = 2, .prefix = STR("DA"),
    };
    assert_null(once_prepare(b->a, b->k, &b->ids, &b->wish));
    assert_null(store_commit(b->s, b->a, OFFICE, run_issue, b));
    b->made.number = str_copy(b->a, b->made.number);
}

static struct snap *look(struct bench *b)
{
    struct snap *snap;

    assert_null(snap_begin(b->a, b->s, &snap));
    return snap;
}

static void it_is_found_by_number_code_and_scan(void **state)
{
    struct bench b;
    struct once_notice n;
    struct once_missing *missing;
    size_t count;
    str code;

    bench_open(&b);
    issue(&b);
    assert_string_equal(str_z(b.a, str_slice(b.made.number, 0, 4)), "DAN-");
    const str ways[] = {
        b.made.number, str_lower(b.a, b.made.number), b.wish.code,
        str_format(b.a, "https://x.example/district/once?code=%.*s", STR_ARG(b.wish.code)),
    };
    struct snap *snap = look(&b);

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        assert_null(once_find(b.a, snap, b.k, OFFICE, ways[i], &n));
        assert_int_equal(n.id, b.wish.notice.id);
    }
    assert_int_equal(n.service_version, 2);
    assert_int_equal(n.lang, LANG_JA);
    assert_int_equal(n.way, ONCE_OUT);
    assert_int_equal(once_find(b.a, snap, b.k, 8, b.made.number, &n)->kind, ERR_MISSING);
    assert_int_equal(once_by_code(b.a, snap, b.k, OFFICE, STR(""), &n)->kind, ERR_MISSING);
    assert_null(once_missing_of(b.a, snap, &b.made, &missing, &count));
    assert_int_equal(count, 2);
    assert_int_equal(missing[1].kind, ONCE_QUESTION);
    assert_null(once_code(b.a, snap, b.k, &b.made, &code));
    assert_true(str_equal(code, b.wish.code));
    arena_free(b.a);
}

/* Numbers as people type them. */
static const struct {
    const char *story, *typed;
    bool want;
} numbers[] = {
    { "as it is printed", "DAN-115-000012-", true },
    { "without hyphens, small", "dan115000012", true },
    { "a case number is none", "DA-115-000012-", false },
    { "nothing", "", false },
    { "letters where digits belong", "DAN-11A-000012-", false },
};

static void a_slip_of_the_pen_is_found(void **state)
{
    struct arena *a = arena_new(0);
    str right = case_number(a, STR("DAN"), 115, 12), tidy;
    char last = right.at[right.len - 1];

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        str typed = str_format(a, "%s%c", numbers[i].typed, last);
        str slipped = str_format(a, "%s%c", numbers[i].typed, last == '9' ? '0' : last + 1);

        if (once_number_tidy(a, typed, &tidy) != numbers[i].want) {
            fail_msg("%s", numbers[i].story);
        }
        assert_false(once_number_tidy(a, slipped, &tidy));
    }
    arena_free(a);
}

static void it_is_open_to_who_took_it_up(void **state)
{
    struct bench b;
    struct snap *snap;
    bool open;

    bench_open(&b);
    issue(&b);
    snap = look(&b);
    assert_null(once_is_open(b.a, snap, SESSION, NOW, &b.made, &open));
    assert_false(open);
    snap_end(snap);
    assert_null(store_commit(b.s, b.a, OFFICE, run_take_up, &b));
    snap = look(&b);
    assert_null(once_is_open(b.a, snap, SESSION, NOW + 599999, &b.made, &open));
    assert_true(open);
    assert_null(once_is_open(b.a, snap, SESSION, NOW + 600000, &b.made, &open));
    assert_false(open);
    assert_null(once_is_open(b.a, snap, SESSION + 1, NOW, &b.made, &open));
    assert_false(open);
    snap_end(snap);
    b.now_ms = NOW + 600000;
    assert_null(store_commit(b.s, b.a, OFFICE, run_forget, &b));
    arena_free(b.a);
}

static void it_comes_back_once(void **state)
{
    struct bench b;
    struct once_notice n;
    struct once_sum *sums;
    size_t count;

    bench_open(&b);
    issue(&b);
    b.way = ONCE_BACK_ONLINE;
    b.now_ms = NOW + 86400000;
    assert_null(store_commit(b.s, b.a, OFFICE, run_back, &b));
    b.way = ONCE_BACK_COUNTER;
    assert_null(store_commit(b.s, b.a, OFFICE, run_back, &b));
    struct snap *snap = look(&b);

    assert_null(once_load(b.a, snap, OFFICE, b.wish.notice.id, &n));
    assert_int_equal(n.way, ONCE_BACK_ONLINE);
    assert_int_equal(n.casefile, 123);
    assert_null(once_sums(b.a, snap, OFFICE, NOW, NOW + 1, &sums, &count));
    assert_int_equal(count, 1);
    assert_int_equal(sums[0].issued, 1);
    assert_int_equal(sums[0].online, 1);
    assert_int_equal(sums[0].counter, 0);
    arena_free(b.a);
}

/* The same form sent twice gives one notice; the id of something else is no notice. */
static void twice_is_once(void **state)
{
    struct bench b;
    struct once_notice *list;
    struct snap *snap;
    size_t count;

    bench_open(&b);
    issue(&b);
    assert_false(b.made.again);
    assert_null(store_commit(b.s, b.a, OFFICE, run_issue, &b));
    assert_true(b.made.again);
    b.wish.notice.id++;
    b.way = ONCE_BACK_ONLINE;
    assert_null(store_commit(b.s, b.a, OFFICE, run_back, &b));
    snap = look(&b);
    assert_null(once_list(b.a, snap, OFFICE, 0, 10, &list, &count));
    assert_int_equal(count, 1);
    assert_int_equal(list[0].way, ONCE_OUT);
    assert_null(once_list(b.a, snap, OFFICE, 71, 10, &list, &count));
    assert_int_equal(count, 0);
    arena_free(b.a);
}

static const struct damage damages[] = {
    { "what was missing is more now",
      NULL,
      { "INSERT INTO once_missing (agency_id, notice_id, place, kind, key) "
        "VALUES (?1, ?2, 9, 'paper', 'x')",
        "ii" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "another service",
      "once_notice",
      { "UPDATE once_notice SET service = 'zoning' WHERE agency_id = ?1 AND id = ?2",
        "ii" },
      NULL,
      NULL,
      "it is not as its event tells" },
    { "another number",
      "once_notice",
      { "UPDATE once_notice SET number = 'DAN-115-1' WHERE agency_id = ?1 AND id = ?2",
        "ii" },
      NULL,
      NULL,
      "they have a gap" },
    { "another code",
      "once_notice",
      { "UPDATE once_notice SET code_hash = code_sealed WHERE agency_id = ?1 AND id = ?2",
        "ii" },
      NULL,
      NULL,
      "its code does not open" },
    { "it came back, says nobody",
      NULL,
      { "INSERT INTO once_back (agency_id, notice_id, way, casefile_id, staff_id, at_ms) "
        "VALUES (?1, ?2, 'online', 4, 0, 5)",
        "ii" },
      NULL,
      NULL,
      "that it came back is not as its event tells" },
    { "a number was given to nobody",
      NULL,
      { "UPDATE once_serial SET last_serial = last_serial + 1 "
        "WHERE agency_id = ?1 AND ?2 > 0",
        "ii" },
      NULL,
      NULL,
      "they have a gap" },
    { "a notice is gone",
      NULL,
      { NULL, NULL },
      "once.issued",
      "{}",
      "it was issued, but its row is gone" },
};

static struct findings check(struct bench *b)
{
    struct findings f = { 0 };

    assert_null(once_check(b->a, b->s, b->k, OFFICE, damage_note, &f));
    return f;
}

static void the_check_finds_what_is_not_as_it_was(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct bench b;

        bench_open(&b);
        issue(&b);
        b.way = ONCE_BACK_ONLINE;
        b.now_ms = NOW + 86400000;
        assert_null(store_commit(b.s, b.a, OFFICE, run_back, &b));
        issue(&b);
        assert_int_equal(check(&b).faults, 0);
        struct damaging d = { &damages[i], OFFICE,
                              b.wish.notice.id + (damages[i].event != NULL ? 1 : 0) };

        assert_null(store_commit(b.s, b.a, OFFICE, damage_run, &d));
        struct findings f = check(&b);

        damage_is_found(d.damage, &f, 0);
        arena_free(b.a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_found_by_number_code_and_scan),
        cmocka_unit_test(a_slip_of_the_pen_is_found),
        cmocka_unit_test(it_is_open_to_who_took_it_up),
        cmocka_unit_test(it_comes_back_once),
        cmocka_unit_test(twice_is_once),
        cmocka_unit_test(the_check_finds_what_is_not_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
