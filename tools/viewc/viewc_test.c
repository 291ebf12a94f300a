/* viewc_test — what a view may say, and what is refused at which place.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "view x(struct page p)\n"

static char *compile(const char *text, bool *ret_ok, char **ret_errors)
{
    size_t size = 0;
    FILE *errors = open_memstream(ret_errors, &size);
    struct view_result made = view_compile("src/feature/a/x.view", text, strlen(text), NULL, errors);

    fclose(errors);
    free(made.header);
    *ret_ok = made.ok;
    return made.code;
}

static const struct { const char *story, *view, *want; } good[] = {
    { "text is copied", HEAD "<p>:::</p>", "html_raw(o, \"<p>:::</p>\", 10)" },
    { "a field is printed", HEAD "<p>{p.a.b}</p>", "HTML_PUT(o, p->a.b)" },
    { "a field in an attribute has its own writer", HEAD "<p id=\"{p.a}\"></p>", "HTML_PUT_ATTR(o, p->a)" },
    { "an address takes a url", HEAD "<a href=\"{p.to}\">1</a>", "html_url(o, p->to)" },
    { "a place in the page takes text behind its #", HEAD "<a href=\"#f-{p.key}\">1</a>", "HTML_PUT_ATTR(o, p->key)" },
    { "an attribute may depend", HEAD "<a{if p.on} aria-current=\"page\"{/if}>1</a>", "if (HTML_IF(p->on)) {" },
    { "both branches may give the same attribute", HEAD "<a{if p.on} id=\"a\"{else} id=\"b\"{/if}>1</a>", "} else {" },
    { "part of a value may depend", HEAD "<a class=\"a{if not p.on} b{/if}\">1</a>", "if (!HTML_IF(p->on)) {" },
    { "an address may be one of two", HEAD "<a href=\"{if p.a}{p.b}{else}{p.c}{/if}\">1</a>", "html_url(o, p->c)" },
    { "a list is walked", HEAD "{each s in p.list}{s.name}{/each}", "HTML_PUT(o, s->name)" },
    { "a list of texts is walked", HEAD "{each s in p.list}{s}{/each}", "HTML_PUT(o, (*s))" },
    { "another view is called with a field", HEAD "{call badge(p.badge)}", "badge_view(o, &p->badge)" },
    { "and its header is included", HEAD "{call badge(p.badge)}", "#include \"badge.view.h\"" },
    { "a sentence names its values", HEAD "{t Services of {p.a.office}, and more}",
      "\"Services of {office}, and more\", (const struct word[]){ HTML_WORD(o, \"office\", p->a.office), }, 1)" },
    { "blanks of a sentence are one", HEAD "{t  One\n   two }", "\"One two\", NULL, 0)" },
    { "a number chooses its sentence", HEAD "{n p.n | One | {p.n} of them}",
      "\"One\", \"{n} of them\", HTML_COUNT(p->n)" },
    { "doubled braces are signs", HEAD "<code>{{a}}</code>", "<code>{a}</code>" },
    { "blanks between tags are one", HEAD "<p>\n    <b>1</b>   <i>2</i></p>", "<p>\\012<b>1</b> <i>2</i></p>" },
    { "blanks in pre stay", HEAD "<pre>  1   2\n</pre>", "<pre>  1   2\\012</pre>" },
    { "a textarea begins with a break for the browser to drop", HEAD "<textarea>{p.a}</textarea>", "<textarea>\\012" },
    { "an empty tag needs no end", HEAD "<p><br><img src=\"{p.u}\" alt=\"\"></p>", "html_url(o, p->u)" },
    { "a shape closes itself", HEAD "<svg><path d=\"M0 0\"/></svg>", "<path d=\\\"M0 0\\\"/></svg>" },
    { "the name of a language stands in itself", HEAD "<a lang=\"en\" href=\"/en\">English</a>", "English" },
    { "a comment is ours alone", HEAD "<p><!-- hidden -->1</p>", "<p>1</p>" },
    { "a neighbour's header is found", HEAD "use \"x_view.h\"\n<p></p>", "x.view.h" },
};

static const struct { const char *story, *view, *want; } bad[] = {
    { "a view says its type", "<p></p>", "1:1: a view begins" },
    { "its file has its name", "view y(struct page p)\n", "stands in a file called y.view" },
    { "values begin with p", HEAD "{q.a}", "2:2: there is no \"q\"" },
    { "a loop's name ends with it", HEAD "{each s in p.l}{/each}{s.a}", "no \"s\"" },
    { "a name is taken once", HEAD "{each p in p.l}{/each}", "taken already" },
    { "no expressions", HEAD "{p.a + 1}", "only a path of fields" },
    { "a tag that is not closed", HEAD "<p><b></p>", "2:7: </p> closes what is not open; open is <b" },
    { "a tag left open", HEAD "<p>", "<p> is not closed" },
    { "a tag open in one branch only", HEAD "{if p.a}<p>{/if}</p>", "<p> is not closed at the end" },
    { "a tag closed in one branch only", HEAD "<p>{if p.a}</p>{/if}", "opened outside" },
    { "a block without end", HEAD "{if p.a}1", "2:1: this {if} has no end" },
    { "blocks that cross", HEAD "{if p.a}{each s in p.l}{/if}{/each}", "{/if} has no beginning here" },
    { "else twice", HEAD "{if p.a}{else}{else}{/if}", "has an {else} already" },
    { "a value that is not quoted", HEAD "<p id={p.a}></p>", "double quotes" },
    { "a value as the name of an attribute", HEAD "<p {p.a}></p>", "between tags or inside" },
    { "a script in an attribute", HEAD "<p onclick=\"{p.a}\"></p>", "refuses it" },
    { "style in an attribute", HEAD "<p style=\"color:red\"></p>", "refuses it" },
    { "a script in a page", HEAD "<script>1</script>", "assets/js" },
    { "a value in a script", HEAD "<script>{p.a}</script>", "assets/js" },
    { "a style in a page", HEAD "<style></style>", "assets/css" },
    { "an address that runs", HEAD "<a href=\"javascript:x\"></a>", "refused" },
    { "an address with a value behind words", HEAD "<a href=\"/a/{p.b}\"></a>", "one struct url" },
    { "an address with two values", HEAD "<a href=\"{p.a}{p.b}\"></a>", "one struct url" },
    { "an attribute twice", HEAD "<p id=\"a\" id=\"b\"></p>", "stands twice" },
    { "an attribute twice, once perhaps", HEAD "<p{if p.a} id=\"a\"{/if} id=\"b\"></p>", "stands twice" },
    { "words in one language only", HEAD "<p>Hello</p>", "{t …}" },
    { "Chinese words in every language", HEAD "<p>申請</p>", "{t …}" },
    { "a title in one language only", HEAD "<p title=\"Hello\"></p>", "{t …}" },
    { "tags in a sentence", HEAD "{t a <b>c</b>}", "no tags" },
    { "two values of one name", HEAD "{t {p.a.x} {p.b.x}}", "two values are called {x}" },
    { "five values in a sentence", HEAD "{t {p.a} {p.b} {p.c} {p.d} {p.e}}", "at most 4" },
    { "a number with one sentence", HEAD "{n p.n | one}", "for many, is missing" },
    { "a brace alone", HEAD "<p>}</p>", "}}" },
    { "a sign that should be an entity", HEAD "<p>1 & 2</p>", "&amp;" },
    { "a sentence as an address", HEAD "<a href=\"{t x}\"></a>", "that is read" },
    { "a tag that ends in a block", HEAD "<p {if p.a}id=\"a\">{/if}</p>", "outside of the block" },
    { "a value that ends in a block", HEAD "<p id=\"{if p.a}\"{/if}></p>", "outside of the block" },
    { "a tag without end", HEAD "<p", "no end" },
};

static void good_views_compile(void **state)
{
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        char *errors = NULL;
        bool ok;
        char *code = compile(good[i].view, &ok, &errors);

        if (!ok || strstr(code, good[i].want) == NULL) {
            print_error("%s: %s\n%s\n", good[i].story, errors, ok ? code : "");
            fail();
        }
        free(code);
        free(errors);
    }
}

static void bad_views_are_refused_at_their_place(void **state)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char *errors = NULL;
        bool ok;
        char *code = compile(bad[i].view, &ok, &errors);

        if (ok || strstr(errors, bad[i].want) == NULL ||
            strncmp(errors, "src/feature/a/x.view:", 21) != 0) {
            print_error("%s: %s\n", bad[i].story, ok ? "was taken" : errors);
            fail();
        }
        free(code);
        free(errors);
    }
}

static void sentences_are_extracted(void **state)
{
    static const char text[] = HEAD "<p>{t Say \"{p.a}\"}</p>\n{n p.n | One | {p.n} times}";
    char *words = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&words, &size);

    assert_true(view_compile("x.view", text, strlen(text), out, stderr).ok);
    fclose(out);
    assert_string_equal(words, "#: x.view:2\nmsgid \"Say \\\"{a}\\\"\"\nmsgstr \"\"\n\n"
                        "#: x.view:3\nmsgid \"One\"\nmsgid_plural \"{n} times\"\n"
                        "msgstr[0] \"\"\nmsgstr[1] \"\"\n\n");
    free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_views_compile),
        cmocka_unit_test(bad_views_are_refused_at_their_place),
        cmocka_unit_test(sentences_are_extracted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
