/* A case from receipt to closure on a real store: receipts and acts.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/case_bench_test.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/receive/receive.h"

static void a_receipt_is_given_and_found_again(void **state)
{
    struct bench b;
    struct case_receipt r;
    struct casefile c;
    struct snap *snap;

    bench_open(&b);
    r = receive(&b, wish_of(&b, TODAY + 6, LEVEL_UNIT_HEAD));
    assert_false(r.again);
    snap = look(&b);
    assert_null(casefile_by_number(b.a, snap, OFFICE, r.number, &c));
    assert_int_equal(c.state, CASE_RECEIVED);
    assert_int_equal(c.due, TODAY + 6);
    assert_int_equal(c.service_version, 3);
    assert_null(casefile_by_code(b.a, snap, b.k, OFFICE, r.number, STR("abcd-efgh-jkmn"), &c));
    assert_int_equal(casefile_by_code(b.a, snap, b.k, OFFICE, r.number, STR("ABCDEFGHJKMP"), &c)
                         ->kind, ERR_MISSING);
    assert_int_equal(casefile_by_code(b.a, snap, b.k, 8, r.number, r.code, &c)->kind,
                     ERR_MISSING);
    assert_int_equal(casefile_by_number(b.a, snap, OFFICE, STR("DA-115-000001-0"), &c)->kind,
                     ERR_MISSING);
    arena_free(b.a);
}

static void numbers_count_up_by_office_and_year(void **state)
{
    struct bench b;
    struct case_wish w;
    str first, second;

    bench_open(&b);
    first = receive(&b, wish_of(&b, DAY_NONE, LEVEL_HEAD)).number;
    second = receive(&b, wish_of(&b, DAY_NONE, LEVEL_HEAD)).number;
    assert_true(str_starts(first, STR("DA-115-000001-")));
    assert_true(str_starts(second, STR("DA-115-000002-")));
    w = wish_of(&b, DAY_NONE, LEVEL_HEAD);
    w.now_ms = NOW + 366 * DAY_MS;
    assert_true(str_starts(receive(&b, w).number, STR("DA-116-000001-")));
    arena_free(b.a);
}

static void the_same_submission_gives_the_first_receipt(void **state)
{
    struct bench b;
    struct case_wish w;
    struct case_receipt first, second;

    bench_open(&b);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("one submission");
    first = receive(&b, w);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("one submission");
    w.code = STR("ZZZZZZZZZZZZ");
    second = receive(&b, w);
    assert_true(second.again);
    assert_int_equal(second.id, first.id);
    assert_true(str_equal(second.number, first.number));
    assert_true(str_equal(second.code, first.code));
    w.idempotency = STR("another submission");
    assert_false(receive(&b, w).again);
    arena_free(b.a);
}

static void a_key_that_is_guessed_gives_no_receipt(void **state)
{
    struct bench b;
    struct receiving guess;
    struct case_wish w;
    struct case_receipt first;

    bench_open(&b);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("key 1");
    w.idempotency_body = STR("key 1, hers");
    first = receive(&b, w);
    w = wish_of(&b, TODAY, LEVEL_HEAD);
    w.idempotency = STR("key 1");
    w.idempotency_body = STR("key 1, his");
    guess = (struct receiving){ .b = &b, .wish = w };
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_receive, &guess)->kind, ERR_CONFLICT);
    w.idempotency_body = STR("key 1, hers");
    assert_int_equal(receive(&b, w).id, first.id);
    arena_free(b.a);
}

static void a_life_from_receipt_to_closure(void **state)
{
    static const char *const steps[] = { "received", "in_work", "sent_back", "in_work",
                                         "decided", "issued", "closed" };
    struct bench b;
    struct act_wish issue;
    struct case_step *list;
    struct casefile c;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY + 6, LEVEL_UNIT_HEAD)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_SEND_BACK, "請補附土地登記謄本。"), -1);
    assert_int_equal(act(&b, id, ME, ACT_RESUME, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, "擬准予核發。"), -1);
    assert_int_equal(act(&b, id, CHIEF, ACT_RETURN, "請補註地段。"), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(act(&b, id, CHIEF, ACT_DECIDE, "如擬"), -1);
    issue = act_of(&b, id, ME, ACT_ISSUE);
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_number = STR("安區建字第1150000123號");
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_day = TODAY + 1;
    assert_int_equal(do_wish(&b, issue, ""), ERR_INPUT);
    issue.document_day = TODAY;
    assert_int_equal(do_wish(&b, issue, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_CLOSE, ""), -1);
    c = load(&b, id);
    assert_int_equal(c.state, CASE_CLOSED);
    assert_true(c.outcome_granted && !c.is_open && c.decided_ms > 0 && c.closed_ms > 0);
    assert_int_equal(c.document_day, TODAY);
    assert_null(casefile_steps(b.a, look(&b), &c, &list, &count));
    assert_int_equal(count, sizeof steps / sizeof steps[0]);
    for (size_t i = 0; i < count; i++) {
        assert_true(str_equal(case_state_key[list[i].state], str_of(steps[i])));
    }
    arena_free(b.a);
}

static void an_officer_decides_where_the_table_says_so(void **state)
{
    struct bench b;
    struct act_wish refuse;
    struct case_event *events;
    size_t count;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    assert_int_equal(act(&b, id, ME, ACT_PROPOSE, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_DECIDED);
    assert_null(casefile_events(b.a, look(&b), OFFICE, id, &events, &count));
    assert_true(events[2].decides && events[2].granted);
    assert_ptr_equal(events[2].done, case_act_done[ACT_DECIDE]);
    assert_int_equal(act(&b, id, ME, ACT_COLLECT, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_COLLECTED);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_OFFICER)).id;
    assert_int_equal(act(&b, id, ME, ACT_TAKE, ""), -1);
    refuse = act_of(&b, id, ME, ACT_PROPOSE);
    refuse.grant = false;
    assert_int_equal(do_wish(&b, refuse, ""), ERR_INPUT); /* a refusal needs its reason */
    assert_int_equal(do_wish(&b, refuse, "不符申請資格。"), -1);
    assert_int_equal(load(&b, id).state, CASE_REFUSED);
    arena_free(b.a);
}

static void the_slower_of_two_is_told(void **state)
{
    struct bench b;
    struct act_wish mine, hers;
    struct acting late = { .after = { .id = 0 } };
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    mine = act_of(&b, id, ME, ACT_TAKE);
    hers = act_of(&b, id, MATE, ACT_TAKE);
    late.wish = hers;
    assert_int_equal(do_wish(&b, mine, ""), -1);
    assert_int_equal(do_wish(&b, hers, ""), ERR_CONFLICT);
    assert_int_equal(store_commit(b.s, b.a, OFFICE, run_act, &late)->kind, ERR_CONFLICT);
    assert_int_equal(load(&b, id).officer, ME);
    arena_free(b.a);
}

static void who_may_not_is_refused(void **state)
{
    struct bench b;
    struct act_wish w;
    int64_t id;

    bench_open(&b);
    id = receive(&b, wish_of(&b, TODAY, LEVEL_HEAD)).id;
    assert_int_equal(act(&b, id, STRANGER, ACT_TAKE, ""), ERR_MISSING);
    assert_int_equal(act(&b, id, CHIEF, ACT_DECIDE, ""), ERR_DENIED);
    w = act_of(&b, id, CHIEF, ACT_ASSIGN);
    assert_int_equal(do_wish(&b, w, ""), ERR_INPUT);
    w.to = STRANGER;
    assert_int_equal(do_wish(&b, w, ""), ERR_INPUT);
    w.to = MATE;
    assert_int_equal(do_wish(&b, w, ""), -1);
    assert_int_equal(load(&b, id).officer, MATE);
    assert_int_equal(act(&b, id, 0, ACT_WITHDRAW, ""), -1);
    assert_int_equal(load(&b, id).state, CASE_WITHDRAWN);
    assert_false(load(&b, id).is_open);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_receipt_is_given_and_found_again),
        cmocka_unit_test(numbers_count_up_by_office_and_year),
        cmocka_unit_test(the_same_submission_gives_the_first_receipt),
        cmocka_unit_test(a_key_that_is_guessed_gives_no_receipt),
        cmocka_unit_test(a_life_from_receipt_to_closure),
        cmocka_unit_test(an_officer_decides_where_the_table_says_so),
        cmocka_unit_test(the_slower_of_two_is_told),
        cmocka_unit_test(who_may_not_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
