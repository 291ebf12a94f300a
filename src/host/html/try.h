/* try — for tests of views: draws one in every language and reads the result back.
 *
 * Checked: tags are closed in order, ids are there once, every input, select and textarea
 * has a label, every label and described-by leads somewhere, headings begin with one h1
 * where `whole` says so. Included by *_test.c only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTML_TRY_H
#define BIANMIN_HOST_HTML_TRY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "host/html/html.h"

#define TRY_DEPTH 64
#define TRY_NAMES 800

struct try_page {
    struct arena *arena;
    str text;
    str open[TRY_DEPTH];
    size_t depth;
    str ids[TRY_NAMES], labelled[TRY_NAMES], wanted[TRY_NAMES];
    size_t ids_count, labelled_count, wanted_count;
    int h1;
};

static inline bool try_is_void(str tag)
{
    static const char *const voids[] = {
        "input", "br", "hr", "img", "meta", "link", "wbr"
    };

    for (size_t i = 0; i < sizeof(voids) / sizeof(voids[0]); i++) {
        if (str_equal(tag, str_of(voids[i]))) {
            return true;
        }
    }
    return false;
}

static inline bool try_has(const str *list, size_t count, str s)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i], s)) {
            return true;
        }
    }
    return false;
}

/* The value of an attribute inside a tag; .at NULL when it is not there. */
static inline str try_attribute(struct arena *a, str tag, const char *name)
{
    str wanted = str_format(a, " %s=\"", name);
    ptrdiff_t at = str_find(tag, wanted);

    if (at < 0) {
        return (str){ NULL, 0 };
    }
    str rest = str_slice(tag, (size_t)at + wanted.len, tag.len);
    ptrdiff_t end = str_find(rest, STR("\""));

    return end < 0 ? (str){ NULL, 0 } : (str){ rest.at, (size_t)end };
}

static inline void try_add(str *list, size_t *count, str s)
{
    assert_true(*count < TRY_NAMES);
    list[(*count)++] = s;
}

static inline void try_input(struct try_page *p, str name, str tag)
{
    str type = try_attribute(p->arena, tag, "type");
    bool field = str_equal(name, STR("select")) || str_equal(name, STR("textarea")) ||
                 (str_equal(name, STR("input")) && !str_equal(type, STR("hidden")));

    if (!field || try_has(p->open, p->depth, STR("label"))) {
        return;
    }
    str id = try_attribute(p->arena, tag, "id");

    if (id.at == NULL) {
        fail_msg("a field without id and label: <%.*s>", STR_ARG(tag));
    }
    try_add(p->wanted, &p->wanted_count, id);
}

static inline void try_tag(struct try_page *p, str tag)
{
    str name = tag;
    size_t len = 0;

    if (tag.at[0] == '/') {
        str closed = str_slice(tag, 1, tag.len);

        if (p->depth == 0 || !str_equal(p->open[p->depth - 1], closed)) {
            fail_msg("</%.*s> closes <%.*s>", STR_ARG(closed),
                     STR_ARG(p->depth > 0 ? p->open[p->depth - 1] : STR("nothing")));
        }
        p->depth--;
        return;
    }
    while (len < tag.len && tag.at[len] != ' ' && tag.at[len] != '\n') {
        len++;
    }
    name.len = len;
    str id = try_attribute(p->arena, tag, "id");
    str target = try_attribute(p->arena, tag, "for");

    if (id.at != NULL) {
        if (try_has(p->ids, p->ids_count, id)) {
            fail_msg("id %.*s is there twice", STR_ARG(id));
        }
        try_add(p->ids, &p->ids_count, id);
    }
    if (target.at != NULL) {
        try_add(p->labelled, &p->labelled_count, target);
    }
    try_input(p, name, tag);
    p->h1 += str_equal(name, STR("h1"));
    /* Pictures may close themselves. */
    if (!try_is_void(name) && tag.at[tag.len - 1] != '/') {
        assert_true(p->depth < TRY_DEPTH);
        p->open[p->depth++] = name;
    }
}

static inline void try_read(struct try_page *p)
{
    str rest = p->text;
    ptrdiff_t at;

    while ((at = str_find(rest, STR("<"))) >= 0) {
        rest = str_slice(rest, (size_t)at + 1, rest.len);
        ptrdiff_t end = str_find(rest, STR(">"));

        assert_true(end > 0);
        try_tag(p, (str){ rest.at, (size_t)end });
        rest = str_slice(rest, (size_t)end + 1, rest.len);
    }
    if (p->depth > 0) {
        fail_msg("<%.*s> stays open", STR_ARG(p->open[p->depth - 1]));
    }
    for (size_t i = 0; i < p->wanted_count; i++) {
        if (!try_has(p->labelled, p->labelled_count, p->wanted[i])) {
            fail_msg("no label for %.*s", STR_ARG(p->wanted[i]));
        }
    }
    for (size_t i = 0; i < p->labelled_count; i++) {
        if (!try_has(p->ids, p->ids_count, p->labelled[i])) {
            fail_msg("a label leads to %.*s, which is not there", STR_ARG(p->labelled[i]));
        }
    }
}

/* Draws it; the text lives in `a`. */
static inline str try_draw(struct arena *a, enum lang lang,
                           void (*view)(struct html_out *, const void *), const void *data)
{
    struct buf b;
    struct html_out o = { .buf = &b, .arena = a, .lang = lang };

    buf_init(&b, a, (size_t)1 << 20);
    view(&o, data);
    assert_false(buf_failed(&b));
    return buf_str(&b);
}

/* In every language, a whole page (one h1) or a piece of one. */
static inline void try_view(void (*view)(struct html_out *, const void *), const void *data,
                            bool whole)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct arena *a = arena_new(0);
        struct try_page *p = ARENA_NEW(a, struct try_page);

        assert_non_null(p);
        p->arena = a;
        p->text = try_draw(a, (enum lang)lang, view, data);
        try_read(p);
        assert_int_equal(p->h1, whole ? 1 : 0);
        arena_free(a);
    }
}

/* What a person would notice on it. */
static inline void try_sees(void (*view)(struct html_out *, const void *), const void *data,
                            const char *text)
{
    struct arena *a = arena_new(0);
    str page = try_draw(a, LANG_EN, view, data);

    if (str_find(page, str_of(text)) < 0) {
        fail_msg("\"%s\" is not on the page:\n%.*s", text, STR_ARG(page));
    }
    arena_free(a);
}

#endif
