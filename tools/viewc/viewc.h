/* viewc — turns a page written as a .view into C.
 *
 *     view services_list(struct services_list p)
 *     use "services_view.h"
 *
 *     <h1>{t Services of {p.office}}</h1>
 *     {each s in p.services}<a href="{s.url}">{s.name}</a>{/each}
 *
 * It knows where every value stands (text, attribute, address) and refuses places where a
 * value could become code; it checks that tags are balanced, also across {if} and {each},
 * and that words for people stand in {t …}, so that each language has them. Types are the
 * C compiler's business: the generated code prints by _Generic (host/html/view.h), and
 * #line leads its complaints back to the .view.
 *
 * One pass: what is read is written at once; the first mistake ends it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_TOOLS_VIEWC_H
#define BIANMIN_TOOLS_VIEWC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define VIEW_NAME 64  /* bytes of a name, with its NUL */
#define VIEW_PATH 200 /* bytes of p.field.path as C */
#define VIEW_DEPTH 64 /* open tags, blocks, names */
#define VIEW_SENTENCE 1000
#define VIEW_VALUES 4 /* values in one sentence: WORDS_VALUES of base/words.h */

/* Where the next character stands. */
enum view_place { PLACE_TEXT, PLACE_TAG, PLACE_VALUE };
/* What an attribute may hold. */
enum view_attribute { ATTRIBUTE_PLAIN, ATTRIBUTE_URL, ATTRIBUTE_WORDS, ATTRIBUTE_REFUSED };

struct view_tag {
    char name[VIEW_NAME];
    bool keeps_space; /* pre, textarea */
    bool no_tags;     /* textarea, title: text only */
    bool any_words; /* code, kbd, lang="…", translate="no": words may stand untranslated */
    bool is_svg;    /* inside svg: <path/> closes itself */
};

/* An open {if} or {each}, and how things stood when it began. */
struct view_block {
    bool is_each, has_else;
    size_t begins;
    enum view_place place;
    int tags;
    int attributes;
    int names;
    bool space_last;
    bool value_begun;
    bool value_from_url;
};

struct view {
    const char *path;
    const char *text;
    size_t len, pos;
    bool extract; /* only the sentences are wanted */
    bool failed;
    FILE *errors, *words, *body;

    char name[VIEW_NAME], type[VIEW_NAME];
    char uses[16][VIEW_PATH];
    int use_count;
    char calls[32][VIEW_NAME];
    int call_count;

    enum view_place place;
    struct view_tag tags[VIEW_DEPTH];
    int tag_count;
    struct view_block blocks[VIEW_DEPTH];
    int block_count;
    char names[VIEW_DEPTH][VIEW_NAME]; /* p, then the loops' */
    int name_count;

    /* The tag that is being read. */
    struct view_tag tag;
    size_t tag_begins;
    struct {
        char name[VIEW_NAME];
        bool hidden;
    } attributes[VIEW_DEPTH];
    int attribute_count;
    enum view_attribute attribute;
    bool value_begun;    /* something stands in the attribute's value already */
    bool value_from_url; /* it began with a struct url */
    char value_first;    /* its first literal character */

    bool space_last;
    char pending[4096];
    size_t pending_len;
    size_t loops;
};

struct view_result {
    bool ok;
    char *code, *header; /* malloc; NULL unless ok and not only extracting */
};

/* Compiles `text`. Mistakes go to `errors` as file:line:column: message; with `words` not
 * NULL the sentences are written there as a .pot and no code is made. */
struct view_result view_compile(const char *path, const char *text, size_t len, FILE *words,
                                FILE *errors);

/* read.c: the pieces of a view. */
void view_fail(struct view *v, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int view_line(const struct view *v, size_t at);
bool view_at(const struct view *v, const char *literal);
bool view_space(char c);
void view_skip_spaces(struct view *v);
bool view_read_name(struct view *v, char *ret_name);
/* p.field.path as C ("p->field.path"), and the last part of it. */
bool view_read_path(struct view *v, char *ret_c, char *ret_last);

/* emit.c: what is written. */
void view_put(struct view *v, char c);
void view_put_space(struct view *v, char c);
void view_flush(struct view *v);
void view_code(struct view *v, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void view_quote(FILE *out, const char *text);

/* tag.c: the HTML around the values. */
void view_step_text(struct view *v);
void view_step_tag(struct view *v);
void view_step_value(struct view *v);

/* brace.c: what stands in braces; say.c: its sentences. */
void view_step_brace(struct view *v);
void view_sentence(struct view *v, size_t begins);
void view_counted(struct view *v, size_t begins);

#endif
