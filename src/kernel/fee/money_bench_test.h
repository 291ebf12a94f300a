/* money_bench_test — one case with something to pay, a series of receipts and a pad, for the
 * tests of this room.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_FEE_MONEY_BENCH_TEST_H
#define BIANMIN_KERNEL_FEE_MONEY_BENCH_TEST_H

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

BENCH err run(void *context, struct arena *a, struct tx *tx)
{
    struct deed *d = context;

    return d->run(d, a, tx);
}

/* The kind of refusal, or -1. */
BENCH int commit(struct deed *d, err (*what)(struct deed *, struct arena *, struct tx *))
{
    d->run = what;

    err e = store_commit(d->b->s, d->b->a, OFFICE, run, d);

    return e == NULL ? -1 : (int)e->kind;
}

/* A series of `count` numbers with a pad for ME and one for the program. */
BENCH err open_series(struct deed *d, struct arena *a, struct tx *tx)
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

BENCH struct deed begin(struct bench *b, int64_t count)
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

BENCH struct casefile the_case(struct deed *d)
{
    return load(d->b, d->account.casefile);
}

/* As the page does: looks, prepares. */
BENCH void look_again(struct deed *d)
{
    struct casefile c = the_case(d);
    struct fee_account x;

    assert_null(fee_account_load(d->b->a, look(d->b), d->b->k, NULL, &c, &x));
    if (x.is_kept) {
        d->account = x;
    }
}

BENCH err run_take(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_take(a, tx, &d->taking, &d->receipt);
}

BENCH int take(struct deed *d, int64_t dollars)
{
    static int64_t next = 5000;

    d->taking = (struct fee_taking){ .account = &d->account, .who = d->who, .id = ++next,
                                     .now_ms = NOW, .dollars = dollars,
                                     .payer = STR("王小明"), .payer_masked = STR("王○明") };
    err e = fee_taking_prepare(d->b->a, d->b->k, &d->taking);

    return e != NULL ? (int)e->kind : commit(d, run_take);
}

BENCH err run_void(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_void(a, tx, &d->who, NOW, d->id, STR("misprint"));
}

BENCH void tell(void *context, bool sound, str line)
{
    if (!sound) {
        print_error("# %.*s\n", STR_ARG(line));
    }
    *(int *)context += sound ? 0 : 1;
}

BENCH int faults(struct bench *b)
{
    int n = 0;

    assert_null(fee_check(b->a, b->s, b->k, OFFICE, tell, &n));
    return n;
}

#endif
