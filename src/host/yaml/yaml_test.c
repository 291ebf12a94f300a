/* A definition is read with the place of everything in it, and refused with the place of
 * what is wrong.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "host/yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NAME STR("pack/marriage.yaml")

static void every_node_knows_its_place(void **state)
{
    static const char text[] = "format: 1\n"
                               "key: marriage\n"
                               "名稱:\n"
                               "  zh: 結婚登記\n"
                               "  en: \"yes\"\n"
                               "bring:\n"
                               "  - 身分證\n"
                               "  - { what: 照片, count: 2 }\n"
                               "note: |\n"
                               "  one\n"
                               "  two\n"
                               "online: yes\n";
    struct arena *a = arena_new(0);
    struct mistakes m;
    const struct yaml *y = NULL;
    mistakes_init(&m, a);
    assert_null(yaml_parse(a, NAME, str_of(text), &m, &y));
    assert_int_equal(m.count, 0);
    assert_int_equal(y->count, 6);
    assert_true(str_equal(yaml_get(y, STR("key"))->text, STR("marriage")));
    const struct yaml *zh = yaml_get(yaml_get(y, STR("名稱")), STR("zh"));
    assert_true(str_equal(yaml_place(a, NAME, zh), STR("pack/marriage.yaml:4:7")));
    assert_int_equal(zh->key_line, 4);
    assert_int_equal(zh->key_column, 3);
    assert_true(yaml_get(yaml_get(y, STR("名稱")), STR("en"))->quoted);
    assert_false(yaml_get(y, STR("online"))->quoted);
    const struct yaml *list = yaml_get(y, STR("bring"));
    assert_int_equal(list->kind, YAML_LIST);
    assert_true(str_equal(yaml_get(list->first->next, STR("count"))->text, STR("2")));
    assert_true(str_equal(yaml_get(y, STR("note"))->text, STR("one\ntwo\n")));
    assert_null(yaml_get(y, STR("nothing")));
    assert_null(yaml_get(list, STR("key")));
    arena_free(a);
}

static const struct {
    const char *story;
    str text;
    const char *place; /* of the last mistake */
    size_t count;
} refused[] = {
    { "an empty file", STR_INIT(""), "pack/marriage.yaml:1:1", 1 },
    { "only a comment", STR_INIT("# later\n"), "pack/marriage.yaml:2:1", 1 },
    { "a quote left open", STR_INIT("a: \"b\nc: d\n"), "pack/marriage.yaml:3:1", 1 },
    { "a tab for an indent", STR_INIT("a:\n\tb: 1\n"), "pack/marriage.yaml:2:1", 1 },
    { "a key twice", STR_INIT("a: 1\nb: 2\na: 3\n"), "pack/marriage.yaml:3:1", 1 },
    { "two keys twice are told at once", STR_INIT("a: 1\na: 2\nb: 2\nb: 3\n"),
      "pack/marriage.yaml:4:1", 2 },
    { "an anchor", STR_INIT("a: &x 1\n"), "pack/marriage.yaml:1:4", 1 },
    { "a reference", STR_INIT("a: &x 1\nb: *x\n"), "pack/marriage.yaml:2:4", 2 },
    { "a tag", STR_INIT("a: !!str 1\n"), "pack/marriage.yaml:1:4", 1 },
    { "two documents", STR_INIT("a: 1\n---\nb: 2\n"), "pack/marriage.yaml:2:1", 1 },
    { "a list as key", STR_INIT("[a]: 1\n"), "pack/marriage.yaml:1:1", 1 },
    { "no UTF-8", STR_INIT("a: \xB0\xA1\n"), "pack/marriage.yaml:1:1", 1 },
};

static void mistakes_have_their_place(void **state)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct arena *a = arena_new(0);
        struct mistakes m;
        const struct yaml *y = NULL;
        mistakes_init(&m, a);
        err e = yaml_parse(a, NAME, refused[i].text, &m, &y);
        if (e == NULL || e->kind != ERR_INPUT || m.count != refused[i].count ||
            !str_equal(m.last->place, str_of(refused[i].place))) {
            fail_msg("%s: %zu mistakes, last at %.*s", refused[i].story, m.count,
                     STR_ARG(m.last == NULL ? STR("nowhere") : m.last->place));
        }
        arena_free(a);
    }
}

static err parse(struct arena *a, const char *text)
{
    struct mistakes m;
    const struct yaml *y = NULL;
    mistakes_init(&m, a);
    return yaml_parse(a, NAME, str_of(text), &m, &y);
}

static void size_and_depth_have_an_end(void **state)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct buf b;
    buf_init(&b, a, (size_t)4 << 20);
    for (int i = 0; i < 24; i++) {
        buf_put_char(&b, '[');
    }
    for (int i = 0; i < 24; i++) {
        buf_put_char(&b, ']');
    }
    assert_null(parse(a, str_z(a, buf_str(&b))));
    assert_non_null(parse(a, str_z(a, str_format(a, "[%.*s]", STR_ARG(buf_str(&b))))));
    buf_clear(&b);
    for (int i = 0; i < 21000; i++) {
        buf_put(&b, STR("- a\n"));
    }
    assert_non_null(parse(a, str_z(a, buf_str(&b))));
    for (int i = 0; i < 300000; i++) {
        buf_put(&b, STR("# a\n"));
    }
    assert_non_null(parse(a, str_z(a, buf_str(&b))));
    arena_free(a);
}

static void without_memory_it_says_so(void **state)
{
#ifdef BIANMIN_TEST
    bool fine = false;
    for (long n = 1; !fine && n < 1000; n++) {
        struct arena *a = arena_new(0);
        struct mistakes m;
        const struct yaml *y = NULL;
        mistakes_init(&m, a);
        arena_fault_at(n);
        err e = yaml_parse(a, NAME, STR("a: [1, {b: 2}]\nc: x\n"), &m, &y);
        fine = !arena_failed(a);
        arena_fault_at(0);
        /* Either an error, or the edge sees that the arena failed. */
        assert_true(!fine || (e == NULL && y != NULL));
        arena_free(a);
    }
    assert_true(fine);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_its_place),
        cmocka_unit_test(mistakes_have_their_place),
        cmocka_unit_test(size_and_depth_have_an_end),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
