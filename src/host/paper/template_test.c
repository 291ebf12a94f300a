/* Templates are filled: texts, rows that repeat, pictures. What is no letter, or wants more
 * than to be filled in, is refused.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/paper.h"
#include "host/paper/work.h"
#include "host/paper/work_odt.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ARENA ((size_t)200 << 20)
#define MADE INT64_C(1790000000000)

struct bench {
    struct arena *a;
    struct paper *p;
};

static int bench_open(void **state)
{
    static struct bench b;
    err e;

    b.a = arena_new(ARENA);
    e = paper_start(b.a, getenv("BIANMIN_PAPERS"), &b.p);
    if (e != NULL) {
        fail_msg("%.*s", STR_ARG(e->why));
    }
    *state = &b;
    return 0;
}

static int bench_close(void **state)
{
    struct bench *b = *state;

    paper_stop(b->p);
    arena_free(b->a);
    return 0;
}

#define CONTENT(body)                                                                \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content " ODT_SPACES \
    "><office:body><office:text>" body "</office:text></office:body></office:document-content>"
#define STYLES                                                                      \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-styles " ODT_SPACES "/>"
#define FIELD(name) \
    "<text:placeholder text:placeholder-type=\"text\">&lt;" name "&gt;</text:placeholder>"

static str archive(struct bench *b, const char *content, const char *extra, str extra_bytes)
{
    const struct odt_part parts[] = {
        { STR("mimetype"), STR(ODT_TYPE) },
        { STR("content.xml"), str_of(content) },
        { STR("styles.xml"), STR(STYLES) },
        { STR("META-INF/manifest.xml"), STR("<x/>") },
        { str_of(extra), extra_bytes },
    };
    str odt;

    assert_true(odt_zip(b->a, parts, extra == NULL ? 4 : 5, MADE, &odt));
    return odt;
}

static void fields_and_rows_are_filled(void **state)
{
    static const struct paper_field texts[] = {
        { STR_INIT("name"), STR_INIT("王<小>明\n君") },
    };
    static const struct paper_field one[] = { { STR_INIT("label"), STR_INIT("地段") },
                                              { STR_INIT("text"), STR_INIT("青埔段") } };
    static const struct paper_field two[] = { { STR_INIT("label"), STR_INIT("地號") },
                                              { STR_INIT("text"), STR_INIT("123-4") } };
    static const struct paper_row rows[] = { { one, 2 }, { two, 2 } };
    static const struct paper_list lists[] = { { STR_INIT("fields"), rows, 2 } };
    const struct paper_filling f = { texts, 1, lists, 1, NULL, 0, MADE };
    struct bench *b = *state;
    str filled, again, *names, odt = archive(b, CONTENT(
        "<text:p>" FIELD("name") FIELD("nobody") "</text:p><table:table><table:table-row>"
        "<table:table-cell><text:p>" FIELD("fields.label") "</text:p></table:table-cell>"
        "<table:table-cell><text:p>" FIELD("fields.text") "</text:p></table:table-cell>"
        "</table:table-row></table:table>"), NULL, STR(""));
    size_t count;

    assert_null(paper_names(b->a, b->p, odt, &names, &count));
    assert_int_equal(count, 4);
    assert_true(str_equal(names[0], STR("name")));
    assert_null(paper_fill(b->a, b->p, odt, &f, &filled));
    assert_null(paper_fill(b->a, b->p, odt, &f, &again));
    assert_true(str_equal(filled, again));
    /* Filled in, nothing asks any more. */
    assert_null(paper_names(b->a, b->p, filled, &names, &count));
    assert_int_equal(count, 0);
}

#define LINK(tag, to) CONTENT("<text:p><" tag " xlink:href=\"" to "\"/></text:p>")

static const struct {
    const char *story, *content, *extra;
    str bytes;
    bool fine;
} rows[] = {
    { "a plain text", CONTENT("<text:p>x</text:p>"), NULL, STR_INIT(""), true },
    { "a link to read on", LINK("text:a", "https://law.moj.gov.tw/"), NULL, STR_INIT(""),
      true },
    { "a link to a program", LINK("text:a", "vnd.sun.star.script:x"), NULL, STR_INIT(""),
      false },
    { "a picture from elsewhere", LINK("draw:image", "http://evil.example/x.png"), NULL,
      STR_INIT(""), false },
    { "a picture of this machine", LINK("draw:image", "file:///etc/passwd"), NULL,
      STR_INIT(""), false },
    { "a picture above its folder", LINK("draw:image", "Pictures/../content.xml"), NULL,
      STR_INIT(""), false },
    { "an object", CONTENT("<text:p><draw:object/></text:p>"), NULL, STR_INIT(""), false },
    { "a macro that is run", CONTENT("<text:p><text:execute-macro/></text:p>"), NULL,
      STR_INIT(""), false },
    { "events", CONTENT("<office:event-listeners/>"), NULL, STR_INIT(""), false },
    { "another document", CONTENT("<text:section><text:section-source/></text:section>"),
      NULL, STR_INIT(""), false },
    { "an entity",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e \"x\">]>"
      "<office:document-content " ODT_SPACES ">&e;</office:document-content>",
      NULL, STR_INIT(""), false },
    { "a file of this machine as entity",
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
      "<office:document-content " ODT_SPACES ">&e;</office:document-content>",
      NULL, STR_INIT(""), false },
    { "no XML", "<<<", NULL, STR_INIT(""), false },
    { "a macro in the archive", CONTENT("<text:p/>"), "Basic/Standard/x.xml",
      STR_INIT("<x/>"), false },
    { "a name that climbs", CONTENT("<text:p/>"), "Pictures/../../x.png", STR_INIT("x"),
      false },
    { "a picture that is none", CONTENT("<text:p/>"), "Pictures/x.png", STR_INIT("MZ"),
      false },
    { "what an editor leaves", CONTENT("<text:p/>"), "Thumbnails/thumbnail.png",
      STR_INIT("x"), true },
};

static void what_has_no_place_in_a_letter_is_refused(void **state)
{
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str *names, odt = archive(b, rows[i].content, rows[i].extra, rows[i].bytes);
        size_t count;
        err e = paper_names(b->a, b->p, odt, &names, &count);

        if ((e == NULL) != rows[i].fine || (e != NULL && e->kind != ERR_INPUT)) {
            fail_msg("%s: %.*s", rows[i].story, e == NULL ? 2 : (int)e->why.len,
                     e == NULL ? "ok" : e->why.at);
        }
    }
}

static void bombs_are_refused(void **state)
{
    struct bench *b = *state;
    size_t large = (size_t)26 << 20;
    char *zeros = arena_alloc(b->a, large);
    str *names, odt = archive(b, CONTENT("<text:p/>"), "Pictures/x.png", (str){ zeros, large });
    size_t count;
    err e = paper_names(b->a, b->p, odt, &names, &count);

    assert_true(odt.len < ((size_t)1 << 20)); /* small as it comes */
    assert_non_null(e);
    assert_int_equal(e->kind, ERR_INPUT);
    e = paper_names(b->a, b->p, str_slice(odt, 0, odt.len / 2), &names, &count);
    assert_int_equal(e->kind, ERR_INPUT);
    e = paper_names(b->a, b->p, STR("a text"), &names, &count);
    assert_int_equal(e->kind, ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_rows_are_filled),
        cmocka_unit_test(what_has_no_place_in_a_letter_is_refused),
        cmocka_unit_test(bombs_are_refused),
    };

    return cmocka_run_group_tests(tests, bench_open, bench_close);
}
