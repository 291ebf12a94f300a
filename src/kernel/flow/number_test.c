/* Numbers of cases as people type them, and their check digit.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/flow/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(x) (sizeof(x) / sizeof((x)[0]))

static const struct {
    const char *story, *typed, *want;
} numbers[] = {
    { "as printed", "DA-115-000123-6", "DA-115-000123-6" },
    { "small letters, no hyphens", "da1150001236", "DA-115-000123-6" },
    { "blanks", " DA 115 000123 6 ", "DA-115-000123-6" },
    { "one digit wrong", "DA-115-000124-6", NULL },
    { "two digits swapped", "DA-115-000132-6", NULL },
    { "the year swapped", "DA-151-000123-6", NULL },
    { "another office's letters", "DB-115-000123-6", NULL },
    { "the check digit forgotten", "DA-115-000123", NULL },
    { "too long", "DA-115-000123-66", NULL },
    { "nothing", "", NULL },
    { "a letter among the digits", "DA-115-00O123-6", NULL },
};

static void numbers_as_people_type_them(void **state)
{
    struct arena *a = arena_new(0);
    str made = case_number(a, STR("DA"), 115, 123), tidy;

    assert_int_equal(made.len, strlen("DA-115-000123-6"));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        bool good = case_number_tidy(a, str_of(numbers[i].typed), &tidy);

        if (good != (numbers[i].want != NULL) ||
            (good && !str_equal(tidy, str_of(numbers[i].want)))) {
            fail_msg("%s (made: %s)", numbers[i].story, str_z(a, made));
        }
    }
    arena_free(a);
}

static void every_wrong_digit_is_found(void **state)
{
    struct arena *a = arena_new(0);

    for (int64_t serial = 0; serial < 2000; serial += 37) {
        str made = case_number(a, STR("HH"), 114, serial), tidy;
        char typed[32];

        for (size_t at = 3; at < made.len; at++) {
            if (made.at[at] == '-') {
                continue;
            }
            memcpy(typed, made.at, made.len);
            typed[at] = typed[at] == '9' ? '0' : (char)(typed[at] + 1);
            assert_false(case_number_tidy(a, (str){ typed, made.len }, &tidy));
        }
        assert_true(case_number_tidy(a, made, &tidy));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_as_people_type_them),
        cmocka_unit_test(every_wrong_digit_is_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
