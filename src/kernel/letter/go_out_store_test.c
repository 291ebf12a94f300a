/* What goes out, and when: not before its decision, not unpaid; and what a notice knows as it
 * begins. On both engines.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/letter/letter_bench_test.h"

static void nothing_goes_out_before_its_decision(void **state)
{
    static const struct {
        const char *story, *form;
        enum case_outcome decided;
        int want;
    } rows[] = {
        { "no certificate before the decision", "certificate", OUTCOME_NONE, ERR_CONFLICT },
        { "a certificate once granted", "certificate", OUTCOME_GRANTED, -1 },
        { "none when refused", "certificate", OUTCOME_REFUSED, ERR_CONFLICT },
        { "a refusal is not told before it", "plain_refusal", OUTCOME_NONE, ERR_CONFLICT },
        { "nor to whom it was granted", "plain_refusal", OUTCOME_GRANTED, ERR_CONFLICT },
        { "a refusal once refused", "plain_refusal", OUTCOME_REFUSED, -1 },
        { "not admitted is not refused", "plain_not_admitted", OUTCOME_REFUSED,
          ERR_CONFLICT },
        { "a letter at any time", "plain_letter", OUTCOME_NONE, -1 },
        { "a notice to complete before it", "plain_supply", OUTCOME_NONE, -1 },
    };
    struct bench b;

    bench_open(&b);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct run r = drafted_of(&b, rows[i].form, rows[i].decided);

        r.issue.number = str_format(b.a, "青民字第%zu號", i + 1);
        if (done(&b, &r, do_issue) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
        assert_int_equal(now(&b, r.letter.id).state,
                         rows[i].want == -1 ? LETTER_ISSUED : LETTER_DRAFT);
    }
    arena_free(b.a);
}

static err is_not_paid(struct arena *a, struct tx *tx, const void *what)
{
    FAIL(a, ERR_CONFLICT, SAY("{amount} is still to be paid. Take the fee first, then issue.",
                              SAY_MONEY("amount", 30)), STR(""), "unpaid");
}

static err is_paid(struct arena *a, struct tx *tx, const void *what)
{
    return NULL;
}

static void no_certificate_goes_out_unpaid(void **state)
{
    static const struct {
        const char *story, *form;
        err (*holds)(struct arena *, struct tx *, const void *);
        int want;
    } rows[] = {
        { "unpaid it stays", "certificate", is_not_paid, ERR_CONFLICT },
        { "who has not looked issues nothing", "certificate", NULL, ERR_BROKEN },
        { "paid it goes", "certificate", is_paid, -1 },
        { "an ordinary letter asks for no money", "plain_letter", NULL, -1 },
    };
    struct service paid_first = offered;
    struct bench b;

    paid_first.flow.paid_before_issue = true;
    bench_open(&b);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct run r = drafted(&b, rows[i].form);

        r.issue.number = str_format(b.a, "青民字第%zu號", i + 1);
        r.issue.service = &paid_first;
        r.issue.paid.holds = rows[i].holds;
        if (done(&b, &r, do_issue) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
    }
    arena_free(b.a);
}

static void a_notice_begins_with_what_the_case_knows(void **state)
{
    static const str wanted[] = { STR_INIT("地籍圖謄本"), STR_INIT("委託書") };
    struct bench b;

    bench_open(&b);
    struct casefile c = load(&b, receive(&b, wish_of(&b, day_of(2026, 3, 9),
                                                     LEVEL_OFFICER)).id);
    struct letter l;
    struct letter_start f = {
        .agency = &office, .service = &offered, .casefile = &c,
        .form = letter_plain_key[PLAIN_SUPPLY], .name = STR("王小明"), .id = ++b.next,
        .staff = ME, .now_ms = NOW, .wanted = wanted, .wanted_count = 2,
        .wanted_until = day_of(2026, 3, 10), .note = STR("圖須為一個月內核發"),
    };

    assert_null(letter_begin(b.a, b.k, &f, &l));
    assert_true(str_find(l.content.text, STR("地籍圖謄本、委託書")) > 0);
    assert_true(str_find(l.content.text, STR("圖須為一個月內核發")) > 0);
    assert_true(str_find(l.content.text, STR("民國115年3月10日")) > 0);
    assert_int_equal(str_find(l.content.text, STR("____")), -1);
    f.note = STR("尚缺：地籍圖謄本（地政事務所）");
    assert_null(letter_begin(b.a, b.k, &f, &l));
    assert_int_equal(str_find(l.content.text, STR("、委託書")), -1); /* named once */
    f.form = letter_plain_key[PLAIN_EXTEND];
    f.note = STR("須會勘");
    f.is_extended = true;
    assert_null(letter_begin(b.a, b.k, &f, &l));
    assert_true(str_find(l.content.text, STR("須會勘")) > 0);
    assert_true(str_find(l.content.text, STR("民國115年3月9日")) > 0);
    arena_free(b.a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_goes_out_before_its_decision),
        cmocka_unit_test(no_certificate_goes_out_unpaid),
        cmocka_unit_test(a_notice_begins_with_what_the_case_knows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
