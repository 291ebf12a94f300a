/* Routes: from an address to its function, and back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static const struct route routes[] = {
    { .method = GET, .pattern = "/", .name = "city" },
    { .method = GET, .pattern = "/{agency}", .name = "office" },
    { .method = GET, .pattern = "/{agency}/services", .name = "list" },
    { .method = GET, .pattern = "/{agency}/services/{key}", .name = "one" },
    { .method = POST, .pattern = "/{agency}/services/{key}", .name = "one_post" },
    { .method = GET, .pattern = "/staff", .name = "staff" },
    { .method = GET, .pattern = "/staff/cases/{id}/files/{file}", .name = "file" },
    { .method = GET, .pattern = "/api/v1/{agency}/services", .name = "api", .is_api = true },
};
static const struct feature feature = { "test", routes, sizeof(routes) / sizeof(routes[0]), NULL, 0 };
static const struct feature *const features[] = { &feature };

static const struct {
    const char *story, *path;
    enum method method;
    const char *name, *values; /* values joined by a blank */
} rows[] = {
    { "the root is the city", "/", GET, "city", "" },
    { "one piece is an office", "/district", GET, "office", "district" },
    { "a word wins over a value", "/staff", GET, "staff", "" },
    { "a word that leads nowhere gives way to a value", "/staff/services", GET, "list", "staff" },
    { "values keep their order", "/staff/cases/7/files/9", GET, "file", "7 9" },
    { "the method chooses", "/district/services/venue", POST, "one_post", "district venue" },
    { "a piece is decoded after it was cut off", "/district/services/a%2Fb", GET, "one",
      "district a/b" },
    { "too many pieces lead nowhere", "/a/b/c/d/e", GET, NULL, "" },
    { "a value is not empty", "//services", GET, NULL, "" },
};

static void addresses_lead_to_routes(void **state)
{
    struct arena *a = arena_new(0);
    struct router r;

    assert_null(router_build(a, features, 1, &r));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct router_match m;
        struct buf b;

        print_message("# %s\n", rows[i].story);
        assert_true(router_find(a, &r, rows[i].method, str_of(rows[i].path), &m));
        if (rows[i].name == NULL) {
            assert_null(m.route);
            continue;
        }
        assert_non_null(m.route);
        assert_string_equal(m.route->name, rows[i].name);
        buf_init(&b, a, 200);
        for (size_t k = 0; k < m.values_count; k++) {
            buf_put_z(&b, k > 0 ? " " : "");
            buf_put(&b, m.values[k].value);
        }
        assert_true(str_equal(buf_str(&b), str_of(rows[i].values)));
    }
    struct router_match m;

    assert_true(router_find(a, &r, POST, STR("/district"), &m));
    assert_null(m.route);
    assert_true(m.takes[GET] && !m.takes[POST]);
    assert_false(router_find(a, &r, GET, STR("/%ff"), &m));
    arena_free(a);
}

static void addresses_are_made_from_names(void **state)
{
    struct arena *a = arena_new(0);
    struct router r;
    const str key[] = { STR("空 間/1") };

    assert_null(router_build(a, features, 1, &r));
    const struct route *one = router_by_name(&r, "one");

    assert_true(str_equal(router_address(a, one, LANG_EN, STR("district"), key, 1),
                          STR("/en/district/services/%E7%A9%BA%20%E9%96%93%2F1")));
    assert_int_equal(router_address(a, one, LANG_ZH, STR("district"), NULL, 0).len, 0);
    assert_true(str_equal(router_address(a, router_by_name(&r, "city"), LANG_ZH, STR("x"), NULL, 0),
                          STR("/")));
    assert_true(str_equal(router_address(a, router_by_name(&r, "city"), LANG_JA, STR("x"), NULL, 0),
                          STR("/ja")));
    assert_true(str_equal(router_address(a, router_by_name(&r, "api"), LANG_EN, STR("health"), NULL, 0),
                          STR("/api/v1/health/services")));
    assert_null(router_by_name(&r, "nobody"));
    arena_free(a);
}

static void languages_stand_in_front(void **state)
{
    str path;

    assert_int_equal(router_language(STR("/en/district"), &path), LANG_EN);
    assert_true(str_equal(path, STR("/district")));
    assert_int_equal(router_language(STR("/ja"), &path), LANG_JA);
    assert_true(str_equal(path, STR("/")));
    assert_int_equal(router_language(STR("/english"), &path), LANG_ZH);
    assert_true(str_equal(path, STR("/english")));
}

static void reserved_words_are_no_offices(void **state)
{
    assert_true(router_is_agency_key(STR("district")));
    assert_true(router_is_agency_key(STR("city")));
    assert_false(router_is_agency_key(STR("staff")));
    assert_false(router_is_agency_key(STR("a")));
    assert_false(router_is_agency_key(STR("1st")));
    assert_false(router_is_agency_key(STR("District")));
    assert_false(router_is_agency_key(STR("abcdefghijklmnopqrstu")));
    assert_true(router_is_staff(STR("/staff")));
    assert_true(router_is_staff(STR("/staff/cases/7")));
    assert_false(router_is_staff(STR("/staffing/services")));
}

static void two_of_one_name_do_not_start(void **state)
{
    static const struct route twice[] = {
        { .method = GET, .pattern = "/a", .name = "same" },
        { .method = GET, .pattern = "/b", .name = "same" },
    };
    static const struct route address[] = {
        { .method = GET, .pattern = "/{agency}/a", .name = "x" },
        { .method = GET, .pattern = "/{key}/a", .name = "y" },
    };
    const struct feature f1 = { "f", twice, 2, NULL, 0 }, f2 = { "f", address, 2, NULL, 0 };
    const struct feature *const one[] = { &f1 }, *const two[] = { &f2 };
    struct arena *a = arena_new(0);
    struct router r;

    assert_int_equal(router_build(a, one, 1, &r)->kind, ERR_BROKEN);
    assert_int_equal(router_build(a, two, 1, &r)->kind, ERR_BROKEN);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_lead_to_routes),
        cmocka_unit_test(addresses_are_made_from_names),
        cmocka_unit_test(languages_stand_in_front),
        cmocka_unit_test(reserved_words_are_no_offices),
        cmocka_unit_test(two_of_one_name_do_not_start),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
