/* Guidance written as Markdown reaches the page as markup that cannot harm.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/mark/mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *story, *markdown, *markup;
} rows[] = {
    { "a paragraph", "請帶**身分證**。", "<p>請帶<strong>身分證</strong>。</p>\n" },
    { "headings begin where the page says", "# 一\n\n## 二", "<h3>一</h3>\n<h4>二</h4>\n" },
    { "and end at six", "##### 五", "<h6>五</h6>\n" },
    { "a link", "[法規](https://law.moj.gov.tw/?a=1&b=2)",
      "<p><a href=\"https://law.moj.gov.tw/?a=1&amp;b=2\">法規</a></p>\n" },
    { "a path of ours", "[申辦](/district/services)",
      "<p><a href=\"/district/services\">申辦</a></p>\n" },
    { "a telephone", "[07-3368333](tel:073368333)",
      "<p><a href=\"tel:073368333\">07-3368333</a></p>\n" },
    { "a script in a link", "[按我](javascript:alert(1))", "<p>按我</p>\n" },
    { "hidden in capitals", "[按我](JaVaScRiPt:alert(1))", "<p>按我</p>\n" },
    { "data in a link", "[按我](data:text/html,x)", "<p>按我</p>\n" },
    { "another house without scheme", "[按我](//evil.example)", "<p>按我</p>\n" },
    { "a script", "<script>alert(1)</script>",
      "<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n" },
    { "a tag in a line", "a <b onclick=\"x\">b</b>",
      "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n" },
    { "a picture becomes its text", "![地圖](https://evil.example/x.png)", "<p>地圖</p>\n" },
    { "a quote in an address", "[a](https://x.example/\"onx=1)",
      "<p><a href=\"https://x.example/%22onx=1\">a</a></p>\n" },
    { "nothing", "", "" },
};

static void markdown_becomes_harmless_markup(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new(0);
        int first = strncmp(rows[i].story, "headings", 8) == 0 ? 3 : 2;
        str markup;
        assert_null(mark_render(a, str_of(rows[i].markdown), first, &markup));
        if (!str_equal(markup, str_of(rows[i].markup))) {
            fail_msg("%s: %.*s", rows[i].story, STR_ARG(markup));
        }
        arena_free(a);
    }
}

static void tables_are_tables(void **state)
{
    struct arena *a = arena_new(0);
    str markup;
    assert_null(mark_render(a, STR("|件數|費用|\n|---|---:|\n|1|20|\n"), 2, &markup));
    assert_true(str_find(markup, STR("<table>")) == 0);
    assert_true(str_find(markup, STR("style=")) < 0);
    arena_free(a);
}

static void too_long_a_text_is_refused(void **state)
{
    struct arena *a = arena_new(0);
    char *text = calloc(1, 300000);
    str markup;
    memset(text, '>', 300000);
    assert_non_null(mark_render(a, (str){ text, 300000 }, 2, &markup));
    assert_null(mark_render(a, (str){ text, 2000 }, 2, &markup));
    free(text);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_becomes_harmless_markup),
        cmocka_unit_test(tables_are_tables),
        cmocka_unit_test(too_long_a_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
