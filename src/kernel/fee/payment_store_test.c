/* payment_store_test — payments online, as they are kept.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/money_bench_test.h"

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

static err run_later(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_payment_later(a, tx, d->receipt.at_ms, OFFICE, 600, d->approve);
}

static void who_cannot_be_asked_may_have_the_money(void **state)
{
    static const struct {
        const char *story;
        int64_t after_ms; /* the beginning */
        bool waits;       /* the provider said so */
        enum pay_state want;
    } rows[] = {
        { "it waits, in time", PAY_ONLINE_MS - 1, true, PAY_BEGUN },
        { "it cannot be asked, in time", PAY_ONLINE_MS - 1, false, PAY_BEGUN },
        { "it waits, and the time is over", PAY_ONLINE_MS, true, PAY_EXPIRED },
        { "it cannot be asked, and the time is over", PAY_ONLINE_MS, false, PAY_BEGUN },
        { "it could not be asked for a day", 24 * PAY_ONLINE_MS, false, PAY_BEGUN },
        { "it could not be asked for a month", PAY_ONLINE_MS + PAY_GIVE_UP_MS, false,
          PAY_EXPIRED },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct bench b;
        struct deed d = paying(&b);
        struct fee_payment p;

        d.receipt.at_ms = NOW + rows[i].after_ms;
        d.approve = rows[i].waits;
        assert_int_equal(commit(&d, run_later), -1);
        assert_null(fee_payment_load(b.a, look(&b), OFFICE, 600, &p));
        if (p.state != rows[i].want) {
            fail_msg("%s: %d", rows[i].story, (int)p.state);
        }
        assert_true(p.state != PAY_BEGUN || p.ask_ms > d.receipt.at_ms);
        /* Whatever was thought of it: money that came is booked. */
        assert_int_equal(say(&d, PAY_PAID, 140), -1);
        assert_int_equal(d.payment.state, PAY_PAID);
        assert_int_equal(faults(&b), 0);
        arena_free(b.a);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_is_taken_once_however_often_it_is_told),
        cmocka_unit_test(another_amount_is_no_payment),
        cmocka_unit_test(money_that_comes_late_or_twice_is_kept_all_the_same),
        cmocka_unit_test(who_cannot_be_asked_may_have_the_money),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
