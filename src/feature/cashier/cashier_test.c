/* How a payer is masked, which means of payment there are; the pages of money in every language,
 * with what was typed escaped.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/try.h"

#include "base/arena.h"
#include "cashier_case.view.h"
#include "cashier_counter.view.h"
#include "cashier_progress.view.h"
#include "feature/cashier/cashier_view.h"
#include "feature/cashier/cashier_web.h"

#define TO(path) { STR_INIT(path) }
#define ENTRY(name_, id_) { .name = STR_INIT(name_), .label = { .id = id_ }, .type = STR_INIT("text") }

static const struct {
    const char *story, *name, *want;
} names[] = {
    { "two signs", "林小青", "林○" },
    { "one sign", "林", "林○" },
    { "nobody", "", "○" },
    { "in Latin letters", "Smith", "S○" },
    { "with an accent first", "Élise", "É○" },
    { "a rare sign of four bytes", "𠮷田", "𠮷○" },
};

static void a_payer_is_masked_by_whole_signs(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        str got = cashier_masked(a, str_of(names[i].name));

        if (!str_equal(got, str_of(names[i].want)) || !str_is_text(got)) {
            fail_msg("%s: %.*s", names[i].story, STR_ARG(got));
        }
    }
    arena_free(a);
}

static void only_means_that_there_are(void **state)
{
    enum fee_means m;

    assert_true(cashier_means_read(STR("cash"), &m));
    assert_int_equal(m, MEANS_CASH);
    assert_false(cashier_means_read(STR("gold"), &m));
    assert_false(cashier_means_read(STR(""), &m));
}

static const struct cashier_option options[] = {
    { STR_INIT("poor"), STR_INIT("低收入戶"), true },
};
static const struct cashier_item items[] = {
    { .number = STR_INIT("1"), .what = STR_INIT("每件"), .law = STR_INIT("規費法"),
      .each = STR_INIT("100"), .times = STR_INIT("1"), .waived = STR_INIT("0"),
      .open = STR_INIT("100"), .kind = { .id = "Fee" }, .may_change = true, .to = TO("/c"),
      .waivers = options, .waivers_count = 1 },
    { .number = STR_INIT("2"), .what = STR_INIT("逾期"), .kind = { .id = "Fine" },
      .note = STR_INIT("<逾期>"), .has_note = true, .is_waived = true, .waiver = STR_INIT("低收入戶") },
};
static const struct cashier_receipt_row receipts[] = {
    { .number = STR_INIT("115A-00001"), .at = STR_INIT("115.03.02"), .dollars = STR_INIT("100"),
      .payer = STR_INIT("林○"), .staff = STR_INIT("王"), .means = { .id = "Cash" },
      .state = { .id = "Void" }, .is_void = true, .link = TO("/r") },
};
static const struct cashier_payment_row payments[] = {
    { .at = STR_INIT("115.03.02"), .dollars = STR_INIT("100"), .account = STR_INIT("9000123"),
      .until = STR_INIT("115.03.09"), .state = { .id = "Failed" }, .is_transfer = true,
      .is_open = true, .simulated = true, .link = TO("/p") },
};

static struct cashier_money money_of(void)
{
    return (struct cashier_money){
        .is_open = true, .due = STR("100"), .waived = STR("0"), .paid = STR("0"),
        .refunded = STR("0"), .open = STR("100"), .items = items, .items_count = 2,
        .receipts = receipts, .receipts_count = 1, .payments = payments, .payments_count = 1,
    };
}

static void the_counter_and_a_case(void **state)
{
    struct cashier_counter counter = {
        .here = TO("/h"), .day = TO("/d"), .take = TO("/t"), .typed = STR("<DA-1>"),
        .number = STR("DA-1"), .service = STR("證明"), .applicant = STR("林○青"),
        .pad = STR("115A-00002"), .left = STR("48"), .found = true, .has_pad = true,
        .may_take = true, .money = money_of(), .dollars = ENTRY("dollars", "Amount"),
        .reference = ENTRY("reference", "Reference"), .payer = ENTRY("payer", "Payer"),
        .means = options, .means_count = 1,
    };
    struct cashier_case one = {
        .number = STR("DA-1"), .service = STR("證明"), .applicant = STR("林○青"),
        .casefile = TO("/c"), .counter = TO("/k"), .money = money_of(), .may_change = true,
        .may_take = true, .may_see = true, .shown = true, .has_fines = true, .fine_to = TO("/f"),
        .fine_dollars = ENTRY("fine_dollars", "Amount"), .fine_note = ENTRY("fine_note", "Ground"),
        .fines = options, .fines_count = 1,
    };

    try_view(cashier_counter_view_v, &counter, true);
    try_sees(cashier_counter_view_v, &counter, "&lt;DA-1&gt;");
    counter.found = false;
    counter.missing = true;
    counter.has_pad = false;
    try_view(cashier_counter_view_v, &counter, true);
    try_view(cashier_case_view_v, &one, true);
    try_sees(cashier_case_view_v, &one, "&lt;逾期&gt;");
}

static void what_the_applicant_sees(void **state)
{
    struct cashier_progress p = { .money = money_of(), .online = TO("/o"), .transfer = TO("/t"),
                                  .may_pay = true, .may_transfer = true, .simulated = true };

    try_view(cashier_progress_view_v, &p, false);
    p.money.is_open = false;
    p.money.is_settled = true;
    p.may_pay = p.may_transfer = false;
    try_view(cashier_progress_view_v, &p, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payer_is_masked_by_whole_signs),
        cmocka_unit_test(only_means_that_there_are),
        cmocka_unit_test(the_counter_and_a_case),
        cmocka_unit_test(what_the_applicant_sees),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
