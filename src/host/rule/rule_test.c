/* A rule says yes or no, and can do nothing else.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/rule/rule.h"

#include "base/short_test.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define TODAY day_of(2026, 3, 2)

enum outcome { NO, YES, BROKEN };

static const struct {
    const char *story;
    const char *rule;
    enum outcome want;
} rows[] = {
    { "old enough and here long enough",
      "age(birth_date) >= 65 and years_since(registered_on) >= 2", YES },
    { "born a day too late", "age(birth_date) >= 67", NO },
    { "a truth", "married", YES },
    { "a number", "income < 30000", YES },
    { "a text", "name == '王小明'", YES },
    { "an unanswered question is nil", "phone == nil", YES },
    { "an unanswered number is not greater", "missing > 3", NO },
    { "nor less", "missing <= 3", NO },
    { "the age of nobody", "age(missing) < 18", NO },
    { "reckoning with nothing", "missing + 5 < 18", NO },
    { "one of several", "has(needs, 'wheelchair')", YES },
    { "not one of several", "has(needs, 'dog')", NO },
    { "of none at all", "has(missing, 'dog')", NO },
    { "a single choice", "has(kind, 'adult')", YES },
    { "filled", "filled(name) and not filled(missing) and filled(income)", YES },
    { "a length in characters", "length(name) == 3 and length(needs) == 2", YES },
    { "a beginning", "starts(name, '王')", YES },
    { "days compare", "registered_on < day('2026-01-18') and today() == day('115年3月2日')", YES },
    { "months", "months_since(registered_on) == 26", YES },
    { "days to go", "days_until(day('2026-03-05')) == 3", YES },
    { "a comment behind", "true -- because", YES },
    { "no boolean", "income", BROKEN },
    { "nil is no boolean", "missing", BROKEN },
    { "two values", "true, true", BROKEN },
    { "nothing", "", BROKEN },
    { "brackets that close ours", "1) or (true", BROKEN },
    { "a second statement", "true; while true do end", BROKEN },
    { "an assignment", "x = true", BROKEN },
    { "text and number", "name > 3", BROKEN },
    { "no io", "io.open('/etc/passwd') == nil", BROKEN },
    { "no os", "os.execute('true')", BROKEN },
    { "no load", "load('return true')()", BROKEN },
    { "no dofile", "dofile('/etc/passwd')", BROKEN },
    { "no require", "require('os')", BROKEN },
    { "no debug", "debug.getinfo(1) == nil", BROKEN },
    { "no getmetatable", "getmetatable('').__index == nil", BROKEN },
    { "no setmetatable", "setmetatable({}, {})", BROKEN },
    { "no pcall", "pcall(age, 1)", BROKEN },
    { "no string methods", "('x'):rep(9) == ''", BROKEN },
    { "no string library", "string.rep('x', 9) == ''", BROKEN },
    { "no coroutines", "coroutine.wrap(function() return true end)()", BROKEN },
    { "no end", "(function() while true do end end)()", BROKEN },
    { "no end by calls", "(function(f) return f(f) end)(function(f) return f(f) end)", BROKEN },
    { "no deep end", "(function(f) return 1 + f(f) end)(function(f) return 1 + f(f) end) > 0",
      BROKEN },
    { "no great memory",
      "(function() local s = 'x' while true do s = s .. s end end)()", BROKEN },
    { "no great table",
      "(function() local t = {} for i = 1, 1e9 do t[i] = i end end)()", BROKEN },
    { "a wrong day", "day('2026-02-30') > 3", BROKEN },
    { "a day that is none", "age(1e300) > 3", BROKEN },
    { "bytes of a compiled chunk", "\x1bLua", BROKEN },
    { "the environment holds only what is ours", "_ENV.io == nil and _G == nil", YES },
    { "what lies behind it is out of reach", "__index == nil and _ENV.__index == nil", YES },
    { "a value does not cover a word", "today() > 0 and age(birth_date) == 66", YES },
};

static const str needs[] = { STR_INIT("wheelchair"), STR_INIT("sign") };

static enum outcome outcome_of(const char *rule)
{
    struct arena *a = arena_new(0);
    const struct rule_value values[] = {
        { .name = STR("birth_date"), .kind = RULE_DAY, .number = day_of(1960, 3, 2) },
        { .name = STR("registered_on"), .kind = RULE_DAY, .number = day_of(2023, 12, 3) },
        { .name = STR("married"), .kind = RULE_BOOL, .number = 1 },
        { .name = STR("income"), .kind = RULE_NUMBER, .number = 28000 },
        { .name = STR("name"), .kind = RULE_TEXT, .text = STR("王小明") },
        { .name = STR("kind"), .kind = RULE_TEXT, .text = STR("adult") },
        { .name = STR("phone"), .kind = RULE_NIL },
        { .name = STR("needs"), .kind = RULE_LIST, .list = needs, .count = 2 },
        { .name = STR("today"), .kind = RULE_NUMBER, .number = 3 },
    };
    bool truth = false;
    err e = rule_truth(a, str_of(rule), values, sizeof values / sizeof values[0], TODAY, &truth);
    enum outcome o = e != NULL ? BROKEN : truth ? YES : NO;
    if (e != NULL) {
        assert_int_equal(e->kind, ERR_BROKEN);
    }
    arena_free(a);
    return o;
}

static void rules_say_yes_or_no(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (outcome_of(rows[i].rule) != rows[i].want) {
            fail_msg("%s: %s", rows[i].story, rows[i].rule);
        }
    }
}

static const struct {
    const char *story;
    const char *rule;
    enum outcome want;
} pass_rows[] = {
    { "a value", "income == 28000", YES },
    { "the same once more", "income == 28000", YES },
    { "one sets what others read", "(function() income = 1; age = 2; leak = 3 return true end)()",
      YES },
    { "no end", "(function() while true do end end)()", BROKEN },
    { "a new machine knows the values", "income == 28000 and leak == nil", YES },
    { "one sets it again", "(function() income = 1; age = 2; leak = 3 return true end)()",
      YES },
};

/* Two passes one after the other with one shelf: the second knows nothing of the first. */
static void passes_share_nothing_but_compiled_rules(void **state)
{
    struct arena *a = arena_new(0);
    struct rule_shelf *shelf = NULL;
    struct rule_pass *pass = NULL;
    struct rule_value v = { .name = STR("income"), .kind = RULE_NUMBER, .number = 28000 };
    bool truth = false;

    assert_null(rule_shelf_new(a, &shelf));
    assert_null(rule_pass_begin(a, shelf, &v, 1, TODAY, &pass));
    for (size_t i = 0; i < sizeof pass_rows / sizeof pass_rows[0]; i++) {
        err e = rule_pass_truth(a, pass, str_of(pass_rows[i].rule), &truth);
        if ((e != NULL ? BROKEN : truth ? YES : NO) != pass_rows[i].want) {
            fail_msg("%s", pass_rows[i].story);
        }
    }
    rule_pass_end(pass);
    struct rule_value other = { .name = STR("age"), .kind = RULE_NIL };
    assert_null(rule_pass_begin(a, shelf, &other, 1, TODAY + 1, &pass));
    assert_null(rule_pass_truth(a, pass, STR("income == nil and leak == nil"), &truth));
    assert_true(truth);
    assert_null(rule_pass_truth(a, pass, STR("age(today()) == 0"), &truth));
    assert_true(truth);
    assert_null(rule_pass_truth(a, pass, STR("income == 28000"), &truth));
    assert_false(truth);
    arena_free(a);
}

static void a_value_that_changes_is_seen(void **state)
{
    struct arena *a = arena_new(0);
    struct rule_pass *pass = NULL;
    struct rule_value v = { .name = STR("income"), .kind = RULE_NUMBER, .number = 1 };
    bool truth = false;

    assert_null(rule_pass_begin(a, NULL, &v, 1, TODAY, &pass));
    assert_null(rule_pass_truth(a, pass, STR("income == 1"), &truth));
    assert_true(truth);
    v.kind = RULE_NIL;
    assert_null(rule_pass_change(a, pass, 0));
    assert_null(rule_pass_truth(a, pass, STR("filled(income)"), &truth));
    assert_false(truth);
    arena_free(a);
}

static void *passes_of_one_thread(void *shelf)
{
    for (int64_t i = 0; i < 200; i++) {
        struct arena *a = arena_new(0);
        struct rule_pass *pass = NULL;
        struct rule_value v = { .name = STR("n"), .kind = RULE_NUMBER, .number = i };
        bool truth = false;

        assert_null(rule_pass_begin(a, shelf, &v, 1, TODAY, &pass));
        assert_null(rule_pass_truth(a, pass, STR("n % 2 == 0"), &truth));
        assert_int_equal(truth, i % 2 == 0);
        assert_null(rule_pass_truth(a, pass, STR("n < 100"), &truth));
        assert_int_equal(truth, i < 100);
        arena_free(a);
    }
    return NULL;
}

static void threads_share_a_shelf(void **state)
{
    struct arena *a = arena_new(0);
    struct rule_shelf *shelf = NULL;
    pthread_t threads[6];

    assert_null(rule_shelf_new(a, &shelf));
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, passes_of_one_thread, shelf), 0);
    }
    for (size_t i = 0; i < 6; i++) {
        pthread_join(threads[i], NULL);
    }
    arena_free(a);
}

static const str names[] = { STR_INIT("birth_date"), STR_INIT("income"), STR_INIT("needs") };

static const struct {
    const char *story;
    const char *rule;
    const char *name; /* the word that is told; NULL: fine; "": another mistake */
    const char *near;
} checks[] = {
    { "all known", "age(birth_date) >= 65 and has(needs, 'x')", NULL, NULL },
    { "a name in a text", "needs == \"inc\\\"ome2\" or needs == 'a' or needs == [[b]]", NULL,
      NULL },
    { "a name in a comment", "income > 3 --[[ incme ]] -- and incme", NULL, NULL },
    { "a slip", "age(birth_day) >= 65", "birth_day", "birth_date" },
    { "a slip in a function", "agee(birth_date) >= 65", "agee", "age" },
    { "a slip behind an or", "income > 3 or incme > 4", "incme", "income" },
    { "nothing near", "xyzzy_plugh > 4", "xyzzy_plugh", "" },
    { "no library", "os.time() > 3", "os", "" },
    { "a function of its own", "(function() return true end)()", "", "" },
    { "no Lua", "income >", "", "" },
    { "brackets that close ours", "1) or (true", "", "" },
    { "a hex number is no name", "income > 0xff and income > 1e9", NULL, NULL },
};

static void unknown_names_are_told(void **state)
{
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
        struct arena *a = arena_new(0);
        err e = rule_check(a, str_of(checks[i].rule), names, 3);
        if ((e == NULL) != (checks[i].name == NULL)) {
            fail_msg("%s", checks[i].story);
        }
        if (e != NULL && checks[i].name[0] != '\0' &&
            (!str_equal(e->say.value[0].text, str_of(checks[i].name)) ||
             !str_equal(e->say.value[1].text, str_of(checks[i].near)))) {
            fail_msg("%s: told %.*s, %.*s", checks[i].story, STR_ARG(e->say.value[0].text),
                     STR_ARG(e->say.value[1].text));
        }
        arena_free(a);
    }
}

static void a_long_rule_is_refused(void **state)
{
    struct arena *a = arena_new(0);
    char rule[5000];
    memset(rule, ' ', sizeof rule);
    memcpy(rule, "true", 4);
    assert_non_null(rule_check(a, (str){ rule, sizeof rule }, NULL, 0));
    assert_null(rule_check(a, (str){ rule, 3000 }, NULL, 0));
    memset(rule, '(', sizeof rule);
    assert_non_null(rule_check(a, (str){ rule, 3000 }, NULL, 0));
    arena_free(a);
}

static err check_one(struct arena *a)
{
    return rule_check(a, STR("age(birth_date) >= 65"), names, 3);
}

static void without_memory_it_says_so(void **state)
{
    assert_says_when_short(check_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_say_yes_or_no),
        cmocka_unit_test(passes_share_nothing_but_compiled_rules),
        cmocka_unit_test(a_value_that_changes_is_seen),
        cmocka_unit_test(threads_share_a_shelf),
        cmocka_unit_test(unknown_names_are_told),
        cmocka_unit_test(a_long_rule_is_refused),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
