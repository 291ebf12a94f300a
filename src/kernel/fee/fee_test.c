/* fee_test — rules of money without a database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/fee/cash.h"
#include "kernel/fee/pay.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "host/seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void sums_are_written_in_signs_that_nobody_alters(void **state)
{
    static const struct {
        int64_t dollars;
        const char *words;
    } rows[] = {
        { 0, "零元整" },
        { 5, "伍元整" },
        { 10, "壹拾元整" },
        { 15, "壹拾伍元整" },
        { 100, "壹佰元整" },
        { 105, "壹佰零伍元整" },
        { 120, "壹佰貳拾元整" },
        { 1001, "壹仟零壹元整" },
        { 1010, "壹仟零壹拾元整" },
        { 10000, "壹萬元整" },
        { 10001, "壹萬零壹元整" },
        { 12345, "壹萬貳仟參佰肆拾伍元整" },
        { 100000000, "壹億元整" },
        { 200030004, "貳億零參萬零肆元整" },
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str s = fee_in_words(a, rows[i].dollars);

        if (!str_equal(s, str_of(rows[i].words))) {
            fail_msg("%lld: %.*s", (long long)rows[i].dollars, STR_ARG(s));
        }
    }
    arena_free(a);
    (void)state;
}

static void what_is_paid_goes_to_what_is_due_in_order(void **state)
{
    struct fee_item items[] = {
        { .number = 1, .key = STR("base"), .dollars = 100, .times = 1 },
        { .number = 2, .key = STR("copies"), .dollars = 20, .times = 3, .waived = 20 },
        { .number = 3, .key = STR("late"), .kind = FEE_FINE, .dollars = 300, .times = 1 },
    };
    const struct fee_line paid_lines[] = { { STR("base"), FEE_FEE, { { STR("") } }, 100 },
                                           { STR("copies"), FEE_FEE, { { STR("") } }, 10 } };
    struct fee_receipt receipt = { .dollars = 110, .lines = paid_lines, .lines_count = 2 };
    static const struct {
        const char *story;
        bool paid;
        enum receipt_state state;
        int64_t dollars;
        size_t lines;
        int64_t first, last;
        const char *last_key;
    } rows[] = {
        { "all of it", false, RECEIPT_GIVEN, 440, 3, 100, 300, "late" },
        { "a part of the first", false, RECEIPT_GIVEN, 60, 1, 60, 60, "base" },
        { "what was paid is not paid again", true, RECEIPT_GIVEN, 330, 2, 30, 300, "late" },
        { "a void receipt paid nothing", true, RECEIPT_VOID, 100, 1, 100, 100, "base" },
        { "what is too much is told", true, RECEIPT_GIVEN, 350, 3, 30, 20, "over" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct fee_account x = { .items = items, .items_count = 3, .receipts = &receipt,
                                 .receipts_count = rows[i].paid ? 1 : 0 };
        struct fee_line lines[FEE_ITEMS_MOST];
        size_t n;

        receipt.state = rows[i].state;
        fee_account_sum(&x);
        n = fee_spread(&x, rows[i].dollars, lines, FEE_ITEMS_MOST);
        if (n != rows[i].lines || lines[0].dollars != rows[i].first ||
            lines[n - 1].dollars != rows[i].last ||
            !str_equal(lines[n - 1].key, str_of(rows[i].last_key))) {
            fail_msg("%s: %zu lines, %lld … %lld", rows[i].story, n,
                     (long long)lines[0].dollars, (long long)lines[n - 1].dollars);
        }
    }
    (void)state;
}

static void an_account_says_what_is_open(void **state)
{
    struct fee_item items[] = { { .key = STR("base"), .dollars = 100, .times = 2,
                                  .waived = 50 } };
    struct fee_receipt receipts[] = { { .dollars = 100 },
                                      { .dollars = 500, .state = RECEIPT_VOID } };
    struct fee_account x = { .items = items, .items_count = 1, .receipts = receipts,
                             .receipts_count = 2, .refunded = 20 };

    fee_account_sum(&x);
    assert_int_equal(x.due, 200);
    assert_int_equal(x.waived, 50);
    assert_int_equal(x.paid, 100);
    assert_int_equal(x.open, 70);
    receipts[1].state = RECEIPT_GIVEN;
    fee_account_sum(&x);
    assert_int_equal(x.open, 0); /* more than due is never a debt */
    (void)state;
}

static void fees_lapse_and_fines_stay(void **state)
{
    struct fee_line paid[] = { { .key = STR("late"), .kind = FEE_FINE, .dollars = 100 } };
    struct fee_item items[] = { { .key = STR("base"), .dollars = 50, .times = 1 },
                                { .key = STR("late"), .kind = FEE_FINE, .dollars = 300,
                                  .times = 1 } };
    struct fee_receipt receipts[] = { { .dollars = 100, .lines = paid, .lines_count = 1 } };
    struct fee_account x = { .items = items, .items_count = 2, .receipts = receipts,
                             .receipts_count = 1 };

    fee_account_sum(&x);
    assert_int_equal(x.open, 250);
    x.lapsed = true;
    fee_account_sum(&x);
    assert_int_equal(x.open, 200);
    assert_int_equal(x.fees_open, 50);
    (void)state;
}

static void no_field_of_a_table_becomes_a_formula(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        { "規費", "\"規費\"" },
        { "=1+1", "\"'=1+1\"" },
        { "  @SUM(A1)", "\"'  @SUM(A1)\"" },
        { "-5", "\"'-5\"" },
        { "＝1", "\"'＝1\"" },
        { "\t=1", "\"'\t=1\"" },
        { "say \"so\"", "\"say \"\"so\"\"\"" },
        { "a,b\nc", "\"a,b\nc\"" },
        { "", "\"\"" },
    };
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str s = fee_csv_field(a, str_of(rows[i].in));

        if (!str_equal(s, str_of(rows[i].out))) {
            fail_msg("%s: %.*s", rows[i].in, STR_ARG(s));
        }
    }
    arena_free(a);
    (void)state;
}

static void a_sheet_is_reckoned_from_its_receipts(void **state)
{
    struct arena *a = arena_new(0);
    const struct fee_line line = { STR("base"), FEE_FEE, { { STR("規費"), STR(""), STR("") } },
                                   100 };
    struct fee_receipt r[] = {
        { .id = 3, .series = 1, .pad = 9, .number = 13, .text = STR("A-00013"),
          .dollars = 100, .means = MEANS_CARD, .lines = &line, .lines_count = 1 },
        { .id = 1, .series = 1, .pad = 9, .number = 11, .text = STR("A-00011"),
          .dollars = 100, .lines = &line, .lines_count = 1 },
        { .id = 2, .series = 1, .pad = 9, .number = 12, .text = STR("A-00012"),
          .dollars = 100, .state = RECEIPT_VOID, .lines = &line, .lines_count = 1 },
        { .id = 4, .series = 1, .pad = 10, .number = 51, .text = STR("A-00051"),
          .dollars = 100, .lines = &line, .lines_count = 1 },
    };
    struct fee_sheet s = { .receipts = r, .receipts_count = 4 };

    fee_sheet_reckon(a, &s);
    assert_int_equal(s.cash_sum, 200);
    assert_int_equal(s.other_sum, 100);
    assert_int_equal(s.voids, 1);
    assert_int_equal(s.runs_count, 2);
    assert_true(str_equal(s.runs[0].first, STR("A-00011")));
    assert_true(str_equal(s.runs[0].last, STR("A-00013")));
    assert_int_equal(s.runs[0].voids, 1);
    assert_int_equal(s.sums_count, 1);
    assert_int_equal(s.sums[0].count, 3);
    assert_int_equal(s.sums[0].dollars, 300);
    arena_free(a);
    (void)state;
}

static void only_the_provider_speaks_about_payments(void **state)
{
    static const struct {
        const char *story, *from, *to; /* what is changed on the way */
        int want;                      /* -1: taken */
    } rows[] = {
        { "as it was signed", "", "", -1 },
        { "another amount", "\"amount\":100", "\"amount\":1", ERR_DENIED },
        { "another state", "\"state\":\"failed\"", "\"state\":\"paid\"", ERR_DENIED },
        { "another office", "\"office\":\"district\"", "\"office\":\"health\"", ERR_DENIED },
        { "another shop", "\"shop\":\"0001\"", "\"shop\":\"0002\"", ERR_INPUT },
        { "no amount", "\"amount\":100", "\"sum\":100", ERR_INPUT },
        { "no state we know", "\"state\":\"failed\"", "\"state\":\"maybe\"", ERR_INPUT },
        { "no JSON", "{", "[", ERR_INPUT },
    };
    const struct pay_provider p = { .by = PAY_PROVIDER, .shop = STR("0001"),
                                    .secret = STR("0123456789abcdef") };
    const struct pay_provider none = { .by = PAY_NONE };
    const struct pay_word w = { .shop = p.shop, .order = 77, .office = STR("district"),
                                .state = PAY_FAILED, .dollars = 100,
                                .reference = STR("R1"), .at_ms = 5 };
    struct arena *a = arena_new(0);
    struct pay_word back;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str body = pay_word_write(a, &p, &w), from = str_of(rows[i].from);
        ptrdiff_t at = from.len == 0 ? 0 : str_find(body, from);
        err e;

        assert_true(at >= 0);
        body = str_format(a, "%.*s%s%.*s", (int)at, body.at, rows[i].to,
                          STR_ARG(str_slice(body, (size_t)at + from.len, body.len)));
        e = pay_word_read(a, &p, body, &back);
        if ((e == NULL ? -1 : (int)e->kind) != rows[i].want) {
            fail_msg("%s: %d", rows[i].story, e == NULL ? -1 : (int)e->kind);
        }
        assert_non_null(pay_word_read(a, &none, body, &back));
    }
    assert_null(pay_word_read(a, &p, pay_word_write(a, &p, &w), &back));
    assert_int_equal(back.order, 77);
    assert_int_equal(back.dollars, 100);
    arena_free(a);
    (void)state;
}

static void account_numbers_prove_themselves(void **state)
{
    struct arena *a = arena_new(0);

    for (int64_t id = 1; id < 200; id++) {
        str n = pay_account(a, STR("95001"), id * INT64_C(4194304) + id);
        char wrong[32];

        assert_int_equal(n.len, 15);
        assert_true(pay_account_is_valid(n));
        for (size_t i = 0; i < n.len; i++) {
            for (size_t k = 0; k < n.len; k++) {
                wrong[k] = n.at[k];
            }
            wrong[i] = (char)('0' + (n.at[i] - '0' + 1) % 10);
            assert_false(pay_account_is_valid((str){ wrong, n.len }));
        }
    }
    assert_false(pay_account_is_valid(STR("95001a")));
    arena_free(a);
    (void)state;
}

static void a_silent_provider_is_asked_less_and_less_often(void **state)
{
    int64_t before = 0;

    for (int n = 0; n < 20; n++) {
        int64_t wait = pay_ask_after_ms(n);

        assert_true(wait >= before && wait <= INT64_C(3600000));
        before = wait;
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_written_in_signs_that_nobody_alters),
        cmocka_unit_test(what_is_paid_goes_to_what_is_due_in_order),
        cmocka_unit_test(an_account_says_what_is_open),
        cmocka_unit_test(fees_lapse_and_fines_stay),
        cmocka_unit_test(no_field_of_a_table_becomes_a_formula),
        cmocka_unit_test(a_sheet_is_reckoned_from_its_receipts),
        cmocka_unit_test(only_the_provider_speaks_about_payments),
        cmocka_unit_test(account_numbers_prove_themselves),
        cmocka_unit_test(a_silent_provider_is_asked_less_and_less_often),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
