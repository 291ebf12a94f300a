/* What a password must be, and how a sign-in name is read.
 * SPDX-License-Identifier: MPL-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "host/seal/seal.h"
#include "kernel/session/password.h"

static const struct {
    const char *story, *password, *again, *field; /* field "": it is taken */
} rows[] = {
    { "three words are long enough", "blue river seven", "blue river seven", "" },
    { "twelve Han characters too", "春眠不覺曉處處聞啼鳥夜來", "春眠不覺曉處處聞啼鳥夜來", "" },
    { "eleven signs are too few", "abcdefghijk", "abcdefghijk", "password" },
    { "none at all", "", "", "password" },
    { "the sign-in name is no secret", "my lin.wenhua 1", "my lin.wenhua 1", "password" },
    { "nor in capitals", "my LIN.Wenhua 1", "my LIN.Wenhua 1", "password" },
    { "twice the same", "blue river seven", "blue river eight", "again" },
};

static void passwords_are_judged(void **state)
{
    struct arena *a = arena_new(0);

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mistakes m;
        struct password_wish w = { .sign_name = STR("lin.wenhua"),
                                   .password = str_of(rows[i].password),
                                   .again = str_of(rows[i].again) };
        str field;

        mistakes_init(&m, a);
        password_check(a, &w, &m);
        field = m.count > 0 ? m.first->field : STR("");
        if (!str_equal(field, str_of(rows[i].field))) {
            fail_msg("%s: \"%.*s\"", rows[i].story, STR_ARG(field));
        }
    }
    arena_free(a);
}

static void the_last_ones_do_not_come_back(void **state)
{
    struct arena *a = arena_new((size_t)256 << 20);
    struct mistakes m;
    str former[2];
    struct password_wish w = { .former = former, .former_count = 2 };

    assert_null(seal_start(a));
    assert_null(password_hash(a, STR("blue river seven"), &former[0]));
    assert_null(password_hash(a, STR("green river nine"), &former[1]));
    mistakes_init(&m, a);
    w.password = STR("yellow river one");
    password_check_former(&w, &m);
    assert_int_equal(m.count, 0);
    w.password = STR("green river nine");
    password_check_former(&w, &m);
    assert_int_equal(m.count, 1);
    arena_free(a);
}

static const struct {
    const char *story, *typed, *name, *office; /* name NULL: it is none */
} names[] = {
    { "name and office", "clerk@district", "clerk", "district" },
    { "no office", "clerk", NULL, NULL },
    { "an empty office", "clerk@", NULL, NULL },
    { "an empty name", "@district", NULL, NULL },
    { "two at signs", "a@b@c", NULL, NULL },
};

static void sign_in_names_are_split(void **state)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        str name, office;
        bool fine = sign_name_split(str_of(names[i].typed), &name, &office);

        if (fine != (names[i].name != NULL)) {
            fail_msg("%s", names[i].story);
        }
        if (fine) {
            assert_true(str_equal(name, str_of(names[i].name)));
            assert_true(str_equal(office, str_of(names[i].office)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passwords_are_judged),
        cmocka_unit_test(the_last_ones_do_not_come_back),
        cmocka_unit_test(sign_in_names_are_split),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
