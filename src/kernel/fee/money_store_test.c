/* money_store_test — receipts, sheets, refunds and payments as they are kept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/money_bench_test.h"

static void receipts_follow_each_other_and_void_ones_stay(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 4);

    assert_int_equal(take(&d, 141), ERR_INPUT);
    assert_int_equal(take(&d, 100), -1);
    assert_int_equal(d.receipt.number, 1);
    d.id = d.receipt.id;
    assert_int_equal(take(&d, 140), ERR_CONFLICT); /* seen before the first was taken */
    look_again(&d);
    assert_int_equal(d.account.open, 40);
    assert_int_equal(take(&d, 40), -1);
    assert_int_equal(d.receipt.number, 2); /* the refused one took no number */
    assert_int_equal(commit(&d, run_void), -1);
    assert_int_equal(commit(&d, run_void), ERR_CONFLICT);
    look_again(&d);
    assert_int_equal(d.account.open, 100);
    assert_int_equal(d.account.receipts_count, 2);
    assert_int_equal(take(&d, 60), -1);
    look_again(&d);
    assert_int_equal(take(&d, 40), -1);
    assert_int_equal(d.receipt.number, 4);
    look_again(&d);
    assert_int_equal(d.account.open, 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void what_ended_undecided_asks_for_no_fee(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);

    assert_int_equal(take(&d, 40), -1);
    look_again(&d);
    assert_int_equal(d.account.open, 100);
    /* While the page was open the applicant withdrew: the counter takes nothing. */
    assert_int_equal(act(&b, d.account.casefile, 0, ACT_WITHDRAW, ""), -1);
    assert_int_equal(take(&d, 100), ERR_CONFLICT);
    look_again(&d);
    assert_true(d.account.lapsed);
    assert_int_equal(d.account.open, 0);
    assert_int_equal(d.account.fees_open, 100);
    assert_int_equal(d.account.paid, 40); /* goes back as a refund, if it does */
    assert_int_equal(take(&d, 10), ERR_INPUT);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static err run_return(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_pad_return(a, tx, &d->who, NOW, d->id);
}

static err run_issue(struct deed *d, struct arena *a, struct tx *tx)
{
    struct fee_pad pad;

    TRY(fee_pad_issue(a, tx, &d->who, NOW, d->id, 1, d->count, ME, &pad));
    d->number = pad.first;
    d->count = pad.last;
    return NULL;
}

static void a_returned_pad_goes_on_with_the_next_holder(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);

    assert_int_equal(take(&d, 10), -1);
    look_again(&d);
    assert_int_equal(take(&d, 10), -1);
    d.id = 10;
    assert_int_equal(commit(&d, run_return), -1);
    assert_int_equal(commit(&d, run_return), ERR_CONFLICT);
    look_again(&d);
    assert_int_equal(take(&d, 10), ERR_CONFLICT); /* no pad */
    d.id = 20;
    d.count = 3;
    assert_int_equal(commit(&d, run_issue), -1);
    assert_int_equal(d.number, 3);
    assert_int_equal(d.count, 5);
    assert_int_equal(take(&d, 10), -1);
    assert_int_equal(d.receipt.number, 3);
    d.id = 21;
    d.count = 99;
    assert_int_equal(commit(&d, run_issue), -1);
    assert_int_equal(d.number, 6);
    assert_int_equal(d.count, 9);
    d.id = 22;
    assert_int_equal(commit(&d, run_issue), ERR_CONFLICT); /* the series is used up */
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static err run_close(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_closing_commit(a, tx, &d->closing);
}

static int close_sheet(struct deed *d, int64_t counted, const char *why)
{
    d->closing = (struct fee_closing){ .who = d->who, .now_ms = NOW };
    assert_null(
        fee_sheet_open(d->b->a, look(d->b), OFFICE, ME, TODAY, &d->closing.sheet));
    d->closing.sheet.id = ++d->b->next;
    d->closing.sheet.cash_counted = counted;
    d->closing.sheet.difference_why = str_of(why);
    err e = fee_closing_prepare(d->b->a, d->b->k, &d->closing);

    return e != NULL ? (int)e->kind : commit(d, run_close);
}

static err run_slip(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_slip(a, tx, &d->who, NOW, d->closing.sheet.id, STR("S-1"), TODAY);
}

static void who_takes_the_money_does_not_book_it(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);
    struct civil today = day_civil(TODAY);
    struct fee_month month;
    str copy;

    assert_int_equal(close_sheet(&d, 0, ""), ERR_INPUT); /* nothing to close */
    assert_int_equal(take(&d, 100), -1);
    look_again(&d);
    assert_int_equal(take(&d, 40), -1);
    d.id = d.receipt.id;
    assert_int_equal(commit(&d, run_void), -1);
    assert_int_equal(close_sheet(&d, 90, ""), ERR_INPUT);
    assert_int_equal(close_sheet(&d, 100, ""), -1);
    assert_null(fee_sheet_copy(b.a, look(&b), b.k, OFFICE, d.closing.sheet.id, &copy));
    assert_true(str_find(copy, STR("115A-00002")) > 0);
    d.id = d.account.receipts[0].id;
    assert_int_equal(commit(&d, run_void), ERR_CONFLICT); /* it is on a sheet */
    assert_int_equal(commit(&d, run_slip), ERR_DENIED);
    d.who = person(&b, MATE);
    assert_int_equal(commit(&d, run_slip), -1);
    assert_int_equal(commit(&d, run_slip), ERR_CONFLICT);
    assert_null(fee_month_load(b.a, look(&b), OFFICE, today.year, today.month, &month));
    assert_int_equal(month.dollars, 100);
    assert_int_equal(month.voids, 1);
    assert_int_equal(month.not_paid_in, 0);
    assert_true(str_find(fee_month_csv(b.a, &month, LANG_ZH), STR("\"S-1\"")) > 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void a_receipt_that_came_since_is_not_closed_unseen(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);
    struct fee_closing seen;

    assert_int_equal(take(&d, 100), -1);
    assert_null(fee_sheet_open(b.a, look(&b), OFFICE, ME, TODAY, &d.closing.sheet));
    d.closing.who = d.who;
    d.closing.sheet.id = 77;
    d.closing.sheet.cash_counted = 100;
    assert_null(fee_closing_prepare(b.a, b.k, &d.closing));
    seen = d.closing;
    look_again(&d);
    assert_int_equal(take(&d, 40), -1);
    d.closing = seen;
    assert_int_equal(commit(&d, run_close), ERR_CONFLICT);
    arena_free(b.a);
    (void)state;
}

static err run_ask(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_refund_ask(a, tx, &d->who, NOW, &d->refund);
}

static err run_decide(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_refund_decide(a, tx, &d->who, NOW, d->refund.id, d->approve, STR(""));
}

static err run_pay_out(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_refund_pay(a, tx, &d->who, NOW, d->refund.id, STR("T-1"));
}

static void a_refund_has_three_people(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);

    assert_int_equal(take(&d, 140), -1);
    d.refund = (struct fee_refund){ .id = 500, .receipt = d.receipt.id, .dollars = 141,
                                    .casefile = d.account.casefile,
                                    .reason = STR("twice"), .level = LEVEL_UNIT_HEAD };
    assert_int_equal(commit(&d, run_ask), ERR_CONFLICT);
    d.refund.dollars = 40;
    assert_int_equal(commit(&d, run_ask), -1);
    d.refund.id = 501;
    d.refund.dollars = 101;
    assert_int_equal(commit(&d, run_ask), ERR_CONFLICT); /* with the other one: too much */
    d.refund.id = 500;
    d.approve = true;
    assert_int_equal(commit(&d, run_decide), ERR_DENIED);
    d.who = person(&b, CHIEF);
    assert_int_equal(commit(&d, run_pay_out), ERR_CONFLICT);
    assert_int_equal(commit(&d, run_decide), -1);
    assert_int_equal(commit(&d, run_decide), ERR_CONFLICT);
    d.who.duties |= DUTY(DUTY_CASHIER);
    assert_int_equal(commit(&d, run_pay_out), ERR_DENIED); /* he approved it */
    d.who = person(&b, MATE);
    d.who.duties |= DUTY(DUTY_CASHIER);
    assert_int_equal(commit(&d, run_pay_out), -1);
    assert_int_equal(commit(&d, run_pay_out), ERR_CONFLICT);
    look_again(&d);
    assert_int_equal(d.account.refunded, 40);
    assert_int_equal(d.account.open, 40);
    arena_free(b.a);
    (void)state;
}

static err run_change(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_change(a, tx, &d->change);
}

static int change(struct deed *d, int number, int64_t waived, const char *ground)
{
    d->change = (struct fee_change){ .account = &d->account, .who = d->who, .now_ms = NOW,
                                     .number = number, .why = STR("waived") };
    if (number > 0) {
        d->change.item = d->account.items[number - 1];
        d->change.item.waived = waived;
        d->change.item.waiver = STR("low_income");
        d->change.item.waived_by = ME;
    } else {
        d->change.item = (struct fee_item){ .key = STR("late"), .kind = FEE_FINE,
                                            .dollars = 300, .times = 1 };
    }
    err e = fee_change_prepare(d->b->a, d->b->k, &d->change, str_of(ground));

    return e != NULL ? (int)e->kind : commit(d, run_change);
}

static void what_is_waived_or_fined_has_a_ground(void **state)
{
    struct bench b;
    struct deed d = begin(&b, 9);
    str ground;

    assert_int_equal(change(&d, 1, 100, ""), ERR_INPUT);
    assert_int_equal(change(&d, 1, 100, "低收入戶證明已核對"), -1);
    assert_int_equal(change(&d, 1, 50, "又"), ERR_CONFLICT); /* seen before it was changed */
    look_again(&d);
    assert_true(d.account.is_kept);
    assert_int_equal(d.account.open, 40);
    assert_null(fee_note_open(b.a, b.k, OFFICE, d.account.casefile, &d.account.items[0],
                              &ground));
    assert_true(str_equal(ground, STR("低收入戶證明已核對")));
    assert_int_equal(change(&d, 0, 0, "逾期三個月"), -1);
    look_again(&d);
    assert_int_equal(d.account.items_count, 3);
    assert_int_equal(d.account.open, 340);
    assert_int_equal(take(&d, 340), -1);
    look_again(&d);
    assert_int_equal(change(&d, 2, 40, "遲來的減免"), ERR_CONFLICT); /* paid: a refund */
    arena_free(b.a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(receipts_follow_each_other_and_void_ones_stay),
        cmocka_unit_test(what_ended_undecided_asks_for_no_fee),
        cmocka_unit_test(a_returned_pad_goes_on_with_the_next_holder),
        cmocka_unit_test(who_takes_the_money_does_not_book_it),
        cmocka_unit_test(a_receipt_that_came_since_is_not_closed_unseen),
        cmocka_unit_test(a_refund_has_three_people),
        cmocka_unit_test(what_is_waived_or_fined_has_a_ground),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
