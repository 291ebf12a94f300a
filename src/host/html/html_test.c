/* html_test — what people write never becomes markup.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/html.h"

#include "base/arena.h"
#include "host/html/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct page {
    struct arena *arena;
    struct buf text;
    struct html_out out;
};

static int page_begin(void **state)
{
    static struct page page;

    page.arena = arena_new(0);
    buf_init(&page.text, page.arena, 100000);
    page.out = (struct html_out){ &page.text, page.arena, LANG_EN };
    *state = &page;
    return 0;
}

static int page_end(void **state)
{
    arena_free(((struct page *)*state)->arena);
    return 0;
}

static void assert_page(struct page *p, const char *want)
{
    if (!str_equal(buf_str(&p->text), str_of(want))) {
        print_error("got %.*s\n", STR_ARG(buf_str(&p->text)));
        fail();
    }
    buf_clear(&p->text);
}

static void signs_are_escaped_in_text_and_attributes(void **state)
{
    struct page *p = *state;

    html_text(&p->out, STR("<b>\"王\" & 'x'</b>"));
    assert_page(p, "&lt;b&gt;&quot;王&quot; &amp; &#39;x&#39;&lt;/b&gt;");
    HTML_PUT_ATTR(&p->out, STR("\" onclick=\"x"));
    assert_page(p, "&quot; onclick=&quot;x");
}

static void each_type_prints_itself(void **state)
{
    struct page *p = *state;
    const struct label name = { .in = { STR_INIT("區公所"), STR_INIT("District <Office>") } };
    const size_t size = 3;

    HTML_PUT(&p->out, 12);
    HTML_PUT(&p->out, (int64_t)-5);
    HTML_PUT(&p->out, size);
    assert_page(p, "12-53");
    HTML_PUT(&p->out, name);
    assert_page(p, "District &lt;Office&gt;");
    HTML_PUT(&p->out, ((struct html){ STR("<svg></svg>") }));
    assert_page(p, "<svg></svg>");
    html_words(&p->out, SAY("At most {max} of {name}.", SAY_NUMBER("max", 1200),
                            SAY_TEXT("name", STR("<i>"))));
    assert_page(p, "At most 1,200 of &lt;i&gt;.");
}

static void there_is_something(void **state)
{
    assert_true(HTML_IF(true) && HTML_IF(1) && HTML_IF(STR("x")) && HTML_IF("x"));
    assert_true(HTML_IF(URL_PATH("/x")) && HTML_IF(SAY("Yes")));
    assert_false(HTML_IF(false) || HTML_IF(0) || HTML_IF(STR("")) || HTML_IF(URL_PATH("")));
    assert_false(HTML_IF((struct label){ .in = { STR("") } }) || HTML_IF(words_of(NULL)));
}

static void sentences_escape_their_values(void **state)
{
    struct page *p = *state;

    html_say(&p->out, "Nothing was found for \"{query}\" of a test.",
             (const struct word[]){ HTML_WORD(&p->out, "query", STR("<x>")) }, 1);
    assert_page(p, "Nothing was found for &quot;&lt;x&gt;&quot; of a test.");
    html_say_plural(&p->out, "One thing of a test", "{n} things of a test", 2,
                    (const struct word[]){ HTML_WORD(&p->out, "n", 2) }, 1);
    assert_page(p, "2 things of a test");
}

static const struct { const char *telephone, *want; } telephones[] = {
    { "03-000-0000", "tel:030000000" },
    { "(03) 000-0000 #231", "tel:030000000,231" },
    { "+886 3 000 0000", "tel:+88630000000" },
    { "ask at the desk", "" },
    { "", "" },
};

static const struct { const char *story, *address, *want; } addresses[] = {
    { "a page of ours", "/en/district/services?q=a", "/en/district/services?q=a" },
    { "another's page", "https://example.org/a", "https://example.org/a" },
    { "a mail address", "mailto:a@example.org", "mailto:a@example.org" },
    { "capitals are the same", "HTTPS://example.org", "HTTPS://example.org" },
    { "blanks around do not count", " https://example.org ", "https://example.org" },
    { "a script is none", "javascript:alert(1)", "" },
    { "nor in capitals", "JaVaScRiPt:alert(1)", "" },
    { "nor with a break inside", "java\nscript:alert(1)", "" },
    { "nor data", "data:text/html,x", "" },
    { "another host without its scheme", "//evil.example", "" },
    { "the same written backwards", "/\\evil.example", "" },
    { "a quote", "https://example.org/\"x", "" },
    { "nothing", "", "" },
    { "a word", "services", "" },
};

static void only_known_addresses_pass(void **state)
{
    struct page *p = *state;

    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        struct url u = url_checked(p->arena, str_of(addresses[i].address));

        if (!str_equal(u.address, str_of(addresses[i].want))) {
            print_error("%s: %.*s\n", addresses[i].story, STR_ARG(u.address));
            fail();
        }
    }
    for (size_t i = 0; i < sizeof telephones / sizeof telephones[0]; i++) {
        struct url u = url_phone(p->arena, str_of(telephones[i].telephone));

        assert_true(str_equal(u.address, str_of(telephones[i].want)));
    }
    assert_true(str_equal(url_encode(p->arena, STR("a/王 b")), STR("a%2F%E7%8E%8B%20b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(signs_are_escaped_in_text_and_attributes, page_begin, page_end),
        cmocka_unit_test_setup_teardown(each_type_prints_itself, page_begin, page_end),
        cmocka_unit_test(there_is_something),
        cmocka_unit_test_setup_teardown(sentences_escape_their_values, page_begin, page_end),
        cmocka_unit_test_setup_teardown(only_known_addresses_pass, page_begin, page_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
