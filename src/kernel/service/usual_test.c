/* Terms that an office sets for itself: what a service says comes before the office, the
 * office before what is usual.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/err.h"
#include "kernel/service/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct pack_kind *const kinds[] = { &terms_kind };

static struct catalog *catalog_of(struct arena *a, const char *source, size_t *ret_mistakes)
{
    struct definition d = { .file = STR("terms.yaml"), .version = 1,
                            .source = str_of(source) };
    struct catalog *c;
    struct mistakes m;

    mistakes_init(&m, a);
    pack_head(a, &d);
    assert_null(catalog_build(kinds, 1, 2, &d, 1, &m, &c));
    *ret_mistakes = m.count;
    return c;
}

static void what_nobody_says_is_usual(void **state)
{
    struct usual_terms t = usual_terms_of(NULL, NULL);

    (void)state;
    assert_int_equal(t.speed[CLOCK_MOST_URGENT], 1);
    assert_int_equal(t.speed[CLOCK_URGENT], 3);
    assert_int_equal(t.speed[CLOCK_ORDINARY], 6);
    assert_int_equal(usual_consult_days(&t, CLOCK_SPEED_NONE), 2);
    assert_int_equal(usual_consult_days(&t, CLOCK_URGENT), 1);
    assert_int_equal(t.supply, 7);
    assert_int_equal(t.warn, 2);
    assert_int_equal(t.remedy.days, 30);
}

static void the_office_says_and_a_service_differs(void **state)
{
    struct arena *a = arena_new(0);
    struct service s = { .terms = { .supply = 21, .remedy = { .days = 20 } } };
    struct usual_terms t;
    size_t mistakes;
    struct catalog *c = catalog_of(a,
                                   "format: 1\nkind: terms\nkey: terms\nsupply: 10\n"
                                   "warn: 4\nconsult: { ordinary: 3 }\n"
                                   "remedy: { name: 申訴, days: 60, law: 某法第 1 條 }\n",
                                   &mistakes);

    (void)state;
    assert_int_equal(mistakes, 0);
    t = usual_terms_of(c, NULL);
    assert_int_equal(t.supply, 10);
    assert_int_equal(t.warn, 4);
    assert_int_equal(usual_consult_days(&t, CLOCK_ORDINARY), 3);
    assert_int_equal(usual_consult_days(&t, CLOCK_URGENT), 1);
    assert_int_equal(t.remedy.days, 60);
    assert_true(str_equal(t.remedy.name.in[LANG_ZH], STR("申訴")));
    t = usual_terms_of(c, &s);
    assert_int_equal(t.supply, 21);
    assert_int_equal(t.warn, 4);
    assert_int_equal(t.remedy.days, 20);
    assert_true(str_equal(t.remedy.name.in[LANG_ZH], STR("申訴")));
    catalog_release(c);
    arena_free(a);
}

static void a_term_that_is_none_is_a_mistake(void **state)
{
    static const char *const wrong[] = {
        "format: 1\nkind: terms\nkey: terms\nsupply: 0\n",
        "format: 1\nkind: terms\nkey: terms\nconsult: { slow: 9 }\n",
        "format: 1\nkind: terms\nkey: terms\nremedy: { days: 30 }\n",
        "format: 1\nkind: terms\nkey: terms\nspeeds: 3\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct arena *a = arena_new(0);
        size_t mistakes;
        struct catalog *c = catalog_of(a, wrong[i], &mistakes);

        if (mistakes == 0) {
            fail_msg("no mistake: %s", wrong[i]);
        }
        catalog_release(c);
        arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_says_is_usual),
        cmocka_unit_test(the_office_says_and_a_service_differs),
        cmocka_unit_test(a_term_that_is_none_is_a_mistake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
