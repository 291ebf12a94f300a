/* money_store_test — receipts, sheets, refunds and payments as they are kept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/casefile/case_bench_test.h"
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"

static const struct pay_provider provider = {
    .by = PAY_PROVIDER, .shop = STR_INIT("0001"), .secret = STR_INIT("0123456789abcdef"),
};

struct deed {
    struct bench *b;
    err (*run)(struct deed *d, struct arena *a, struct tx *tx);
    struct actor who;
    struct fee_account account;
    struct fee_taking taking;
    struct fee_receipt receipt;
    struct fee_closing closing;
    struct fee_refund refund;
    struct fee_payment payment;
    struct pay_word word;
    struct fee_change change;
    int64_t id, number, count;
    bool is_new, approve, keep_taking;
    str text;
};

static err run(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;

    return d->run(d, a, tx);
}

/* The kind of refusal, or -1. */
static int commit(struct deed *d, err (*what)(struct deed *, struct arena *, struct tx *))
{
    d->run = what;

    err e = store_commit(d->b->s, d->b->a, OFFICE, run, d);

    return e == NULL ? -1 : (int)e->kind;
}

/* A series of `count` numbers with a pad for ME and one for the program. */
static err open_series(struct deed *d, struct arena *a, struct tx *tx)
{
    struct fee_series people = { .id = 1, .code = STR("115A"), .first = 1, .last = d->count };
    struct fee_series program = { .id = 2, .code = STR("115E"), .first = 1, .last = 100,
                                  .for_program = true };
    struct fee_pad pad;

    TRY(fee_series_put(a, tx, &d->who, NOW, &people));
    TRY(fee_series_put(a, tx, &d->who, NOW, &program));
    TRY(fee_pad_issue(a, tx, &d->who, NOW, 10, 1, d->count, ME, &pad));
    return fee_pad_issue(a, tx, &d->who, NOW, 11, 2, 50, 0, &pad);
}

static struct fee_item items[2];

static struct deed begin(struct bench *b, int64_t count)
{
    struct deed d = { .b = b };

    bench_open(b);
    items[0] = (struct fee_item){ .number = 1, .key = STR("base"), .dollars = 100,
                                  .times = 1 };
    items[1] = (struct fee_item){ .number = 2, .key = STR("copies"), .dollars = 20,
                                  .times = 2 };
    d.who = person(b, ME);
    d.count = count;
    d.account = (struct fee_account){ .agency = OFFICE, .items = items, .items_count = 2 };
    d.account.casefile = receive(b, wish_of(b, TODAY, LEVEL_OFFICER)).id;
    fee_account_sum(&d.account);
    assert_int_equal(commit(&d, open_series), -1);
    return d;
}

static struct casefile the_case(struct deed *d)
{
    return load(d->b, d->account.casefile);
}

/* As the page does: looks, prepares. */
static void look_again(struct deed *d)
{
    struct casefile c = the_case(d);
    struct fee_account x;

    assert_null(fee_account_load(d->b->a, look(d->b), d->b->k, NULL, &c, &x));
    if (x.is_kept) {
        d->account = x;
    }
}

static err run_take(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_take(a, tx, &d->taking, &d->receipt);
}

static int take(struct deed *d, int64_t dollars)
{
    static int64_t next = 5000;

    d->taking = (struct fee_taking){ .account = &d->account, .who = d->who, .id = ++next,
                                     .now_ms = NOW, .dollars = dollars,
                                     .payer = STR("王小明"), .payer_masked = STR("王○明") };
    err e = fee_taking_prepare(d->b->a, d->b->k, &d->taking);

    return e != NULL ? (int)e->kind : commit(d, run_take);
}

static err run_void(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_void(a, tx, &d->who, NOW, d->id, STR("misprint"));
}

static void tell(void *context, bool sound, str line)
{
    if (!sound) {
        print_error("# %.*s\n", STR_ARG(line));
    }
    *(int *)context += sound ? 0 : 1;
}

static int faults(struct bench *b)
{
    int n = 0;

    assert_null(fee_check(b->a, b->s, b->k, OFFICE, tell, &n));
    return n;
}

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

static err run_begin(struct deed *d, struct arena *a, struct tx *tx)
{
    struct fee_payment ret;

    TRY(fee_payment_begin(a, tx, NOW, &d->account, &d->payment, &ret));
    d->id = ret.id;
    return NULL;
}

static err run_word(struct deed *d, struct arena *a, struct tx *tx)
{
    struct fee_payment ret;

    TRY(fee_payment_word(a, tx, NOW, OFFICE, &d->word, d->keep_taking ? &d->taking : NULL,
                         &ret, &d->is_new));
    d->payment = ret;
    return NULL;
}

static int say(struct deed *d, enum pay_state what, int64_t dollars)
{
    static int64_t receipt = 9000;
    const struct pay_word w = { .shop = provider.shop, .office = STR("x"), .order = d->id,
                                .state = what, .dollars = dollars, .reference = STR("P1") };
    str body = pay_word_write(d->b->a, &provider, &w);

    assert_null(pay_word_read(d->b->a, &provider, body, &d->word));
    assert_null(fee_payment_taking(d->b->a, look(d->b), d->b->k, OFFICE, &d->word, ++receipt,
                                   NOW, &d->account, &d->taking, &d->keep_taking));
    return commit(d, run_word);
}

static struct deed paying(struct bench *b)
{
    struct deed d = begin(b, 9);

    d.payment = (struct fee_payment){ .agency = OFFICE, .id = 600, .dollars = 140,
                                      .casefile = d.account.casefile,
                                      .provider = STR("pay.example"),
                                      .until_ms = NOW + PAY_ONLINE_MS };
    assert_int_equal(commit(&d, run_begin), -1);
    assert_int_equal(d.id, 600);
    return d;
}

static void a_payment_is_taken_once_however_often_it_is_told(void **state)
{
    struct bench b;
    struct deed d = paying(&b);

    d.payment.id = 601; /* pressed twice: the same payment goes on */
    assert_int_equal(commit(&d, run_begin), -1);
    assert_int_equal(d.id, 600);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(say(&d, PAY_PAID, 140), -1);
        assert_int_equal(d.is_new, i == 0);
    }
    assert_int_equal(say(&d, PAY_FAILED, 140), -1); /* what was paid stays paid */
    assert_int_equal(d.payment.state, PAY_PAID);
    look_again(&d);
    assert_int_equal(d.account.paid, 140);
    assert_int_equal(d.account.open, 0);
    assert_int_equal(d.account.receipts_count, 1);
    assert_true(str_equal(d.account.receipts[0].text, STR("115E-00001")));
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void another_amount_is_no_payment(void **state)
{
    struct bench b;
    struct deed d = paying(&b);

    assert_int_equal(say(&d, PAY_PAID, 1), -1);
    assert_int_equal(d.payment.state, PAY_WRONG);
    look_again(&d);
    assert_int_equal(d.account.paid, 0);
    arena_free(b.a);
    (void)state;
}

static void money_that_comes_late_or_twice_is_kept_all_the_same(void **state)
{
    struct bench b;
    struct deed d = paying(&b);

    assert_int_equal(say(&d, PAY_EXPIRED, 140), -1);
    assert_int_equal(d.payment.state, PAY_EXPIRED);
    look_again(&d);
    assert_int_equal(take(&d, 140), -1); /* at the counter meanwhile */
    assert_int_equal(say(&d, PAY_PAID, 140), -1);
    assert_int_equal(d.payment.state, PAY_PAID);
    look_again(&d);
    assert_int_equal(d.account.paid, 280);
    assert_int_equal(d.account.open, 0);
    assert_true(str_equal(d.account.receipts[1].lines[0].key, STR("over")));
    assert_int_equal(faults(&b), 0);
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
        cmocka_unit_test(a_returned_pad_goes_on_with_the_next_holder),
        cmocka_unit_test(who_takes_the_money_does_not_book_it),
        cmocka_unit_test(a_receipt_that_came_since_is_not_closed_unseen),
        cmocka_unit_test(a_refund_has_three_people),
        cmocka_unit_test(a_payment_is_taken_once_however_often_it_is_told),
        cmocka_unit_test(another_amount_is_no_payment),
        cmocka_unit_test(money_that_comes_late_or_twice_is_kept_all_the_same),
        cmocka_unit_test(what_is_waived_or_fined_has_a_ground),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
