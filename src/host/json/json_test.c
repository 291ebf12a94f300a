/* JSON is read strictly and written so that it can be read.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"

#include "base/short_test.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *story;
    str text;
    bool fine;
} rows[] = {
    { "an object", STR_INIT("{\"a\":[1,2.5,\"x\",true,null]}"), true },
    { "a number alone", STR_INIT("3"), true },
    { "nothing", STR_INIT(""), false },
    { "a key twice", STR_INIT("{\"a\":1,\"a\":2}"), false },
    { "a comma too many", STR_INIT("[1,]"), false },
    { "a comment", STR_INIT("[1] // no"), false },
    { "something behind", STR_INIT("{} {}"), false },
    { "a NUL in a text", STR_INIT("\"a\\u0000b\""), false },
    { "broken UTF-8", STR_INIT("\"\xE7\x8E\""), false },
    { "a number too large", STR_INIT("99999999999999999999"), false },
    { "single quotes", STR_INIT("{'a':1}"), false },
};

static void json_is_read_strictly(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        const struct json *j = NULL;
        err e = json_parse(a, rows[i].text, &j);
        if ((e == NULL) != rows[i].fine || (e != NULL && e->kind != ERR_INPUT)) {
            fail_msg("%s", rows[i].story);
        }
        arena_free(a);
    }
}

static void depth_has_an_end(void **state)
{
    struct arena *a = arena_new(0);
    const struct json *j = NULL;
    char deep[80];
    for (int depth = 30; depth <= 40; depth++) {
        memset(deep, '[', (size_t)depth);
        memset(deep + depth, ']', (size_t)depth);
        err e = json_parse(a, (str){ deep, (size_t)depth * 2 }, &j);
        assert_true((e == NULL) == (depth <= 32));
    }
    arena_free(a);
}

static void values_are_found_in_the_order_written(void **state)
{
    struct arena *a = arena_new(0);
    const struct json *j = NULL;
    assert_null(json_parse(a, STR("{\"z\":\"王\",\"a\":-7,\"m\":{\"x\":[]}}"), &j));
    assert_true(str_equal(j->first->key, STR("z")) && j->count == 3);
    assert_true(str_equal(json_text_of(j, STR("z")), STR("王")));
    assert_int_equal(json_int_of(j, STR("a"), 0), -7);
    assert_int_equal(json_int_of(j, STR("z"), 5), 5);
    assert_int_equal(json_get(json_get(j, STR("m")), STR("x"))->kind, JSON_LIST);
    assert_null(json_get(json_get(j, STR("a")), STR("x")));
    arena_free(a);
}

static void what_is_written_can_be_read(void **state)
{
    struct arena *a = arena_new(0);
    struct buf b;
    struct json_writer w;
    const struct json *j = NULL;
    str strange = STR("\"\\ \n\t\x01 </script> 王😀");
    buf_init(&b, a, 10000);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("s"), strange);
    json_list(&w, STR("l"));
    json_put_int(&w, STR(""), INT64_MIN);
    json_put_bool(&w, STR(""), true);
    json_put_null(&w, STR(""));
    json_object(&w, STR(""));
    json_end_object(&w);
    json_end_list(&w);
    json_put_raw(&w, STR("raw"), STR("[1]"));
    json_end_object(&w);
    assert_null(json_parse(a, buf_str(&b), &j));
    assert_true(str_equal(json_text_of(j, STR("s")), strange));
    assert_int_equal(json_get(j, STR("l"))->count, 4);
    assert_int_equal(json_get(j, STR("l"))->first->number, INT64_MIN);
    assert_int_equal(str_find(buf_str(&b), STR("</script")), -1);
    arena_free(a);
}

static err parse_one(struct arena *a)
{
    const struct json *j = NULL;
    err e = json_parse(a, STR("{\"a\":[1,\"x\",{\"b\":null}],\"c\":\"y\"}"), &j);

    assert_true((e == NULL) == (j != NULL));
    return e;
}

static void without_memory_it_says_so(void **state)
{
    assert_says_when_short(parse_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_read_strictly),
        cmocka_unit_test(depth_has_an_end),
        cmocka_unit_test(values_are_found_in_the_order_written),
        cmocka_unit_test(what_is_written_can_be_read),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
