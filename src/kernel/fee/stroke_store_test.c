/* stroke_store_test — money of what is done in two keys: receipts of the same pads, sheets and
 * checks as those of cases; what is paid is not taken back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "kernel/fee/money_bench_test.h"
#include "kernel/fee/stroke.h"

/* Ids are in order of time. */
static int64_t stroke_id(void)
{
    struct id_source ids;

    id_source_init(&ids, 1, 0);
    return id_next(&ids, NOW);
}
#define STROKE stroke_id()

static err run_stroke(struct deed *d, struct arena *a, struct tx *tx)
{
    const struct tally t = { .agency = OFFICE, .id = d->id, .service = STR("id_lost"),
                             .service_version = 1, .channel = CHANNEL_COUNTER,
                             .unit = d->who.unit, .staff = d->who.staff, .at_ms = NOW,
                             .month = tally_month_of(TODAY) };

    return tally_stroke(a, tx, &t);
}

static err run_undo(struct deed *d, struct arena *a, struct tx *tx)
{
    TRY(fee_stroke_is_free(a, tx, OFFICE, STROKE));
    return tally_undo(a, tx, &d->who, NOW, STROKE, STROKE + 1);
}

static err run_take_stroke(struct deed *d, struct arena *a, struct tx *tx)
{
    return fee_stroke_take(a, tx, &d->taking, &d->receipt);
}

static struct deed stroked(struct bench *b)
{
    struct deed d = begin(b, 3);

    d.account = (struct fee_account){ .agency = OFFICE, .stroke = STROKE, .items = items,
                                      .items_count = 2 };
    fee_account_sum(&d.account);
    d.id = STROKE;
    assert_int_equal(commit(&d, run_stroke), -1);
    return d;
}

static int take_stroke(struct deed *d, int64_t id)
{
    d->taking = (struct fee_taking){ .account = &d->account, .who = d->who, .id = id,
                                     .now_ms = NOW, .dollars = d->account.open };
    if (d->account.open > 0) {
        assert_null(fee_taking_prepare(d->b->a, d->b->k, &d->taking));
    }
    return commit(d, run_take_stroke);
}

static struct fee_stroke seen(struct deed *d)
{
    struct fee_stroke x;

    assert_null(fee_stroke_load(d->b->a, look(d->b), NULL, OFFICE, STROKE, TODAY, &x));
    return x;
}

static size_t waiting(struct deed *d)
{
    struct tally *list;
    size_t count;

    assert_null(fee_stroke_waiting(d->b->a, look(d->b), OFFICE, NOW - 1000, 20, &list,
                                   &count));
    return count;
}

static void a_third_key_takes_the_money_once(void **state)
{
    struct bench b;
    struct deed d = stroked(&b);
    struct fee_sheet sheet;

    assert_int_equal(waiting(&d), 1);
    assert_int_equal(take_stroke(&d, 9001), -1);
    assert_int_equal(d.receipt.number, 1);
    assert_int_equal(take_stroke(&d, 9002), ERR_CONFLICT); /* pressed twice */
    assert_int_equal(waiting(&d), 0);
    assert_int_equal(seen(&d).account.open, 0);
    assert_int_equal(seen(&d).account.paid, 140);
    assert_int_equal(commit(&d, run_undo), ERR_CONFLICT);
    assert_null(fee_sheet_open(b.a, look(&b), OFFICE, ME, TODAY, &sheet));
    assert_int_equal(sheet.cash_sum, 140);
    assert_int_equal(sheet.receipts[0].stroke, STROKE);
    assert_int_equal(sheet.receipts[0].casefile, 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void a_void_receipt_is_followed_by_another(void **state)
{
    struct bench b;
    struct deed d = stroked(&b);

    assert_int_equal(take_stroke(&d, 9001), -1);
    d.id = 9001;
    assert_int_equal(commit(&d, run_void), -1);
    assert_int_equal(waiting(&d), 1);
    assert_int_equal(take_stroke(&d, 9002), -1);
    assert_int_equal(d.receipt.number, 2);
    d.id = 9002;
    assert_int_equal(commit(&d, run_void), -1);
    assert_int_equal(commit(&d, run_undo), -1);
    assert_true(seen(&d).taken_back);
    assert_int_equal(take_stroke(&d, 9003), ERR_CONFLICT); /* it is not there any more */
    assert_int_equal(waiting(&d), 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

static void what_is_waived_takes_no_number(void **state)
{
    struct bench b;
    struct deed d = stroked(&b);

    for (int i = 0; i < 2; i++) {
        items[i].waived = items[i].dollars * items[i].times;
        items[i].waiver = STR("low_income");
    }
    fee_account_sum(&d.account);
    assert_int_equal(take_stroke(&d, 9001), -1);
    assert_int_equal(d.receipt.id, 0);
    assert_int_equal(seen(&d).account.waived, 140);
    assert_int_equal(seen(&d).account.items[0].waived_by, ME);
    assert_int_equal(waiting(&d), 0);
    assert_int_equal(faults(&b), 0);
    arena_free(b.a);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_third_key_takes_the_money_once),
        cmocka_unit_test(a_void_receipt_is_followed_by_another),
        cmocka_unit_test(what_is_waived_takes_no_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
