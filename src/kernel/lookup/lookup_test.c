/* lookup_test — what a gateway says, word for word: read, refused, proved; who may ask; what
 * is drawn for government ethics.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/lookup/lookup.h"

#include "base/arena.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1790000000000)

static const struct lookup_gateway gateway = {
    .by = LOOKUP_BY_GATEWAY, .url = STR_INIT("https://gateway.example/v1"),
    .secret = STR_INIT("0123456789abcdef"),
};

static void what_comes_back_is_read_or_refused(void **state)
{
    static const struct {
        const char *story, *json;
        int facts; /* -1: refused */
    } rows[] = {
        { "something is registered",
          "{\"found\":true,\"reference\":\"L-1\",\"as_of\":\"2026-11-22\","
          "\"items\":[{\"label\":{\"zh\":\"分區\",\"en\":\"Zone\"},\"value\":\"住宅區\"}]}", 1 },
        { "a label may be one text",
          "{\"found\":true,\"items\":[{\"label\":\"分區\",\"value\":\"\"}]}", 1 },
        { "nothing is registered", "{\"found\":false}", 0 },
        { "what nobody knows is left out", "{\"found\":true,\"items\":[],\"more\":{\"x\":1}}", 0 },
        { "nothing at all", "", -1 },
        { "a page", "<html></html>", -1 },
        { "a list", "[]", -1 },
        { "a text", "\"found\"", -1 },
        { "it does not say whether", "{\"items\":[]}", -1 },
        { "found as a text", "{\"found\":\"yes\"}", -1 },
        { "found as a number", "{\"found\":1}", -1 },
        { "items as an object", "{\"found\":true,\"items\":{}}", -1 },
        { "an item without a value", "{\"found\":true,\"items\":[{\"label\":\"a\"}]}", -1 },
        { "an item without a label", "{\"found\":true,\"items\":[{\"value\":\"a\"}]}", -1 },
        { "a label in English alone",
          "{\"found\":true,\"items\":[{\"label\":{\"en\":\"a\"},\"value\":\"b\"}]}", -1 },
        { "a value that is a number",
          "{\"found\":true,\"items\":[{\"label\":\"a\",\"value\":7}]}", -1 },
        { "an item that is a text", "{\"found\":true,\"items\":[\"a\"]}", -1 },
        { "a reference with a line break", "{\"found\":true,\"reference\":\"a\\u0000b\"}", -1 },
        { "broken off", "{\"found\":true,\"items\":[{\"label\":\"a\"", -1 },
        { "two answers", "{\"found\":true}{\"found\":false}", -1 },
    };
    struct arena *a = arena_new((size_t)16 << 20);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct lookup_answer x;
        err e = lookup_answer_read(a, str_of(rows[i].json), &x);

        if ((e == NULL) != (rows[i].facts >= 0) ||
            (e == NULL && x.facts_count != (size_t)rows[i].facts) ||
            (e != NULL && e->say.id == NULL)) {
            fail_msg("%s", rows[i].story);
        }
    }
    arena_free(a);
    (void)state;
}

static void an_answer_has_an_end(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct lookup_answer x;
    char *big = arena_alloc(a, 100000);
    str many = STR("{\"label\":\"a\",\"value\":\"b\"}");

    for (int i = 0; i < LOOKUP_FACTS_MOST; i++) {
        many = str_format(a, "%.*s,{\"label\":\"a\",\"value\":\"b\"}", STR_ARG(many));
    }
    assert_non_null(lookup_answer_read(
        a, str_format(a, "{\"found\":true,\"items\":[%.*s]}", STR_ARG(many)), &x));
    memset(big, 'x', 100000);
    assert_non_null(lookup_answer_read(
        a, str_format(a, "{\"found\":true,\"reference\":\"%.600s\"}", big), &x));
    assert_non_null(lookup_answer_read(
        a, str_format(a, "{\"found\":true,\"more\":\"%.99999s\"}", big), &x));
    arena_free(a);
    (void)state;
}

static void what_was_read_is_written_as_it_is_read_again(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    const struct lookup_fact fact = { { .in = { STR("分區"), STR("Zone"), STR("") } },
                                      STR("\"<b>\\\n") };
    const struct lookup_answer x = { .found = true, .reference = STR("L"),
                                     .as_of = STR("2026-11-22"), .facts = &fact,
                                     .facts_count = 1 };
    struct lookup_answer back;

    assert_null(lookup_answer_read(a, lookup_answer_json(a, &x), &back));
    assert_true(back.found);
    assert_int_equal(back.facts_count, 1);
    assert_true(str_equal(back.facts[0].value, fact.value));
    assert_true(str_equal(lookup_answer_json(a, &back), lookup_answer_json(a, &x)));
    arena_free(a);
    (void)state;
}

static struct lookup question_of(int64_t id)
{
    return (struct lookup){ .agency = 7, .id = id, .casefile = 9, .staff = 1, .at_ms = NOW,
                            .register_key = STR("household"), .paper = STR("household"),
                            .purpose = STR("instead"), .case_number = STR("DA-1") };
}

static void the_gateway_is_asked_about_one_person_and_must_sign(void **state)
{
    static const struct {
        const char *story;
        int64_t id;
        bool signs;
        const char *secret;
        int want; /* -1: taken */
    } rows[] = {
        { "its answer", 4711, true, "0123456789abcdef", -1 },
        { "not signed", 4711, false, "", ERR_DENIED },
        { "signed with another secret", 4711, true, "another secret of ours", ERR_DENIED },
        { "an answer to another question", 4712, true, "0123456789abcdef", ERR_INPUT },
    };
    struct arena *a = arena_new((size_t)16 << 20);
    const struct lookup_adapter *by = lookup_adapter_of(HOW_GATEWAY);
    struct lookup l = question_of(4711);
    const struct json *j;
    str url, body;

    assert_null(seal_start(a));
    assert_null(by->question(a, &gateway, STR("district"), &l, STR("A123456789"), &url, &body));
    assert_true(str_equal(url, STR("https://gateway.example/v1/lookups")));
    assert_null(json_parse(a, body, &j));
    assert_true(str_equal(json_text_of(j, STR("purpose")), STR("instead")));
    assert_true(str_equal(json_text_of(json_get(j, STR("subject")), STR("value")),
                          STR("A123456789")));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct lookup_gateway other = { .secret = str_of(rows[i].secret) };
        str said = str_format(a, "{\"id\":\"%.*s\",\"found\":true}",
                              STR_ARG(id_text(a, rows[i].id)));
        struct lookup_answer x;
        err e = by->answer(a, &gateway, &l, STR("A123456789"), said,
                           rows[i].signs ? lookup_signature(a, &other, said) : STR(""), &x);

        if ((e == NULL ? -1 : (int)e->kind) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
    }
    arena_free(a);
    (void)state;
}

static void the_simulator_says_the_same_again_and_asks_nobody(void **state)
{
    struct arena *a = arena_new((size_t)16 << 20);
    const struct lookup_adapter *by = lookup_adapter_of(HOW_SIMULATOR);
    int nothing = 0;

    assert_null(seal_start(a));
    assert_null(by->question);
    assert_null(lookup_adapter_of(HOW_HAND));
    for (size_t r = 0; r < lookup_registers_count; r++) {
        for (int i = 0; i < 20; i++) {
            str subject = str_format(a, "A12345%04d", i);
            struct lookup l = question_of(100 + i);
            struct lookup_answer x, again;

            l.register_key = lookup_registers[r].key;
            assert_null(by->answer(a, NULL, &l, subject, STR(""), STR(""), &x));
            assert_null(by->answer(a, NULL, &l, subject, STR(""), STR(""), &again));
            assert_int_equal(x.found, again.found);
            assert_true(x.facts_count == (x.found ? 3U : 0U));
            assert_true(str_starts(x.reference, STR("SIM-")));
            nothing += x.found ? 0 : 1;
        }
    }
    assert_true(nothing > 0);
    arena_free(a);
    (void)state;
}

static void who_works_on_an_open_case_may_ask(void **state)
{
    enum { ME = 1, OTHER = 2, UNIT = 70 };
    static const struct {
        const char *story;
        int64_t staff, unit, officer;
        duty_set duties;
        enum case_state at;
        bool is_open, want;
    } rows[] = {
        { "the officer", ME, UNIT, ME, DUTY(DUTY_OFFICER), CASE_IN_WORK, true, true },
        { "a colleague", OTHER, UNIT, ME, DUTY(DUTY_OFFICER), CASE_IN_WORK, true, false },
        { "the head of its unit", OTHER, UNIT, ME, DUTY(DUTY_UNIT_HEAD), CASE_IN_WORK, true,
          true },
        { "the head of another unit", OTHER, UNIT + 1, ME, DUTY(DUTY_UNIT_HEAD), CASE_IN_WORK,
          true, false },
        { "nobody, on a case of nobody", 0, UNIT + 1, 0, 0, CASE_RECEIVED, true, false },
        { "the officer, decided", ME, UNIT, ME, DUTY(DUTY_OFFICER), CASE_DECIDED, true, false },
        { "the officer, closed", ME, UNIT, ME, DUTY(DUTY_OFFICER), CASE_IN_WORK, false, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct actor who = { .agency = 7, .staff = rows[i].staff, .unit = rows[i].unit,
                                   .duties = rows[i].duties };
        const struct casefile file = { .officer = rows[i].officer, .unit = UNIT,
                                       .is_open = rows[i].is_open, .state = rows[i].at };

        if (lookup_may(&who, &file) != rows[i].want) {
            fail_msg("%s", rows[i].story);
        }
    }
    (void)state;
}

static void the_draw_can_be_done_again(void **state)
{
    static const struct {
        size_t count, want;
    } rows[] = { { 0, 0 }, { 1, 1 }, { 5, 5 }, { 50, 5 }, { 51, 6 }, { 300, 30 }, { 900, 30 } };
    struct arena *a = arena_new((size_t)64 << 20);
    struct lookup *list = ARENA_ARRAY(a, 900, struct lookup);

    assert_null(seal_start(a));
    for (int i = 0; i < 900; i++) {
        list[i] = question_of(1000 + i);
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t *places, *again, *other, n, m, k, same = 0;

        assert_null(lookup_draw(a, STR("seed"), list, rows[i].count, &places, &n));
        assert_null(lookup_draw(a, STR("seed"), list, rows[i].count, &again, &m));
        assert_null(lookup_draw(a, STR("another"), list, rows[i].count, &other, &k));
        assert_int_equal(n, rows[i].want);
        assert_int_equal(m, n);
        for (size_t p = 0; p < n; p++) {
            assert_true(places[p] < rows[i].count);
            assert_int_equal(places[p], again[p]);
            same += places[p] == other[p];
        }
        assert_true(n < 10 || same < n);
    }
    arena_free(a);
    (void)state;
}

static void every_fault_has_its_sentence(void **state)
{
    for (int i = LOOKUP_FINE + 1; i < LOOKUP_FAULTS; i++) {
        assert_non_null(lookup_fault_name[i]);
        assert_true(lookup_fault_key[i].len > 0);
        assert_int_equal(lookup_fault_name[i][strlen(lookup_fault_name[i]) - 1], '.');
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_back_is_read_or_refused),
        cmocka_unit_test(an_answer_has_an_end),
        cmocka_unit_test(what_was_read_is_written_as_it_is_read_again),
        cmocka_unit_test(the_gateway_is_asked_about_one_person_and_must_sign),
        cmocka_unit_test(the_simulator_says_the_same_again_and_asks_nobody),
        cmocka_unit_test(who_works_on_an_open_case_may_ask),
        cmocka_unit_test(the_draw_can_be_done_again),
        cmocka_unit_test(every_fault_has_its_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
