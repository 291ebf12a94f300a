/* tag — the HTML around the values: where we are, what is open, what may stand there.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <string.h>

static bool any_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(name, *list) == 0) {
            return true;
        }
    }
    return false;
}

static const char *const void_tags[] = { "area",   "base",  "br",    "col",  "embed",
                                         "hr",     "img",   "input", "link", "meta",
                                         "source", "track", "wbr",   NULL };
static const char *const url_attributes[] = {
    "href", "src",    "action",   "formaction", "poster",     "cite",       "data",
    "ping", "srcset", "manifest", "longdesc",   "background", "xlink:href", NULL
};
static const char *const word_attributes[] = { "title",
                                               "aria-label",
                                               "alt",
                                               "placeholder",
                                               "aria-description",
                                               "aria-roledescription",
                                               "aria-valuetext",
                                               NULL };
static const char *const code_tags[] = { "code", "kbd", "samp", NULL };

static enum view_attribute attribute_of(const char *name)
{
    if (strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0 ||
        strcmp(name, "srcdoc") == 0) {
        return ATTRIBUTE_REFUSED;
    }
    if (any_of(name, url_attributes)) {
        return ATTRIBUTE_URL;
    }
    return any_of(name, word_attributes) ? ATTRIBUTE_WORDS : ATTRIBUTE_PLAIN;
}

static bool tag_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == ':' || c == '_';
}

static bool read_markup_name(struct view *v, char *ret_name)
{
    size_t len = 0;

    while (v->pos < v->len && tag_letter(v->text[v->pos]) && len + 1 < VIEW_NAME) {
        ret_name[len++] = v->text[v->pos++];
    }
    ret_name[len] = '\0';
    if (len == 0) {
        view_fail(v, v->pos, "the name of a tag or an attribute is expected here");
    }
    return len > 0;
}

static void put_all(struct view *v, const char *z)
{
    while (*z != '\0') {
        view_put(v, *z++);
    }
}

static void tag_close(struct view *v)
{
    char name[VIEW_NAME];
    size_t begins = v->pos;
    int floor = v->block_count > 0 ? v->blocks[v->block_count - 1].tags : 0;

    v->pos += 2;
    if (!read_markup_name(v, name)) {
        return;
    }
    if (v->tag_count == 0 || strcmp(v->tags[v->tag_count - 1].name, name) != 0) {
        view_fail(v, begins, "</%s> closes what is not open; open is %s%s", name,
                  v->tag_count > 0 ? "<" : "no tag",
                  v->tag_count > 0 ? v->tags[v->tag_count - 1].name : "");
        return;
    }
    if (v->tag_count <= floor) {
        view_fail(v, begins, "</%s> closes a tag that was opened outside of this block",
                  name);
        return;
    }
    view_skip_spaces(v);
    if (v->pos >= v->len || v->text[v->pos] != '>') {
        view_fail(v, v->pos, "\">\" is missing after </%s", name);
        return;
    }
    v->pos++;
    v->tag_count--;
    put_all(v, "</");
    put_all(v, name);
    view_put(v, '>');
}

static void tag_open(struct view *v)
{
    const struct view_tag *around = v->tag_count > 0 ? &v->tags[v->tag_count - 1] : NULL;

    v->tag_begins = v->pos++;
    v->tag = (struct view_tag){ .name = "" };
    if (!read_markup_name(v, v->tag.name)) {
        return;
    }
    if (strcmp(v->tag.name, "style") == 0) {
        view_fail(v, v->tag_begins, "<style> is refused by our own policy; use assets/css");
        return;
    }
    v->tag.no_tags = strcmp(v->tag.name, "textarea") == 0 ||
                     strcmp(v->tag.name, "title") == 0 ||
                     strcmp(v->tag.name, "script") == 0;
    v->tag.keeps_space = strcmp(v->tag.name, "pre") == 0 ||
                         strcmp(v->tag.name, "textarea") == 0 ||
                         (around && around->keeps_space);
    v->tag.any_words = any_of(v->tag.name, code_tags) || (around && around->any_words);
    v->tag.is_svg = strcmp(v->tag.name, "svg") == 0 || (around && around->is_svg);
    if (v->tag.is_svg && strcmp(v->tag.name, "title") == 0) {
        v->tag.no_tags = true;
    }
    v->attribute_count = 0;
    v->place = PLACE_TAG;
    view_put(v, '<');
    put_all(v, v->tag.name);
}

/* <!doctype html> stays; a comment is for us and goes. */
static void tag_declared(struct view *v)
{
    size_t begins = v->pos;

    if (view_at(v, "<!--")) {
        while (v->pos < v->len && !view_at(v, "-->")) {
            v->pos++;
        }
        if (v->pos >= v->len) {
            view_fail(v, begins, "this comment has no end");
            return;
        }
        v->pos += 3;
        return;
    }
    if (!view_at(v, "<!doctype html>")) {
        view_fail(v, begins, "only <!doctype html> and comments begin with <!");
        return;
    }
    put_all(v, "<!doctype html>");
    v->pos += strlen("<!doctype html>");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* &nbsp; and &#8230; are signs, not words. */
static bool put_entity(struct view *v)
{
    size_t end = v->pos + 1;

    while (end < v->len && end - v->pos < 12 &&
           (is_letter(v->text[end]) || v->text[end] == '#' ||
            (v->text[end] >= '0' && v->text[end] <= '9'))) {
        end++;
    }
    if (end >= v->len || v->text[end] != ';' || end == v->pos + 1) {
        view_fail(v, v->pos, "write &amp; for the sign itself");
        return false;
    }
    for (; v->pos <= end; v->pos++) {
        view_put(v, v->text[v->pos]);
    }
    return true;
}

/* Words outside of {t …} would stay English (or Chinese) in every language. Han characters
 * take three or four bytes in UTF-8, beginning with e3 or above, punctuation apart. */
static bool is_word(const struct view *v, size_t at)
{
    unsigned char c = (unsigned char)v->text[at];
    unsigned char next = at + 1 < v->len ? (unsigned char)v->text[at + 1] : 0;

    return is_letter((char)c) || (c == 0xe3 && next >= 0x81) || (c >= 0xe4 && c <= 0xe9);
}

void view_step_text(struct view *v)
{
    const struct view_tag *in = v->tag_count > 0 ? &v->tags[v->tag_count - 1] : NULL;
    char c = v->text[v->pos];

    if (c == '<') {
        if (v->pos + 1 < v->len && v->text[v->pos + 1] == '/') {
            tag_close(v);
        } else if (in && in->no_tags) {
            view_fail(v, v->pos, "<%s> holds text only", in->name);
        } else if (v->pos + 1 < v->len && v->text[v->pos + 1] == '!') {
            tag_declared(v);
        } else {
            tag_open(v);
        }
        return;
    }
    if (in && strcmp(in->name, "script") == 0) {
        view_fail(v, v->pos, "script stands in assets/js, never in a page");
        return;
    }
    if (c == '&') {
        put_entity(v);
        return;
    }
    if (is_word(v, v->pos) && !(in && in->any_words)) {
        view_fail(v, v->pos,
                  "words for people stand in {t …}, so that each language has them "
                  "(or mark the tag with lang=\"…\" or translate=\"no\")");
        return;
    }
    if (view_space(c) && !(in && in->keeps_space)) {
        size_t end = v->pos;
        bool broken = false;

        while (end < v->len && view_space(v->text[end])) {
            broken = broken || v->text[end] == '\n';
            end++;
        }
        v->pos = end;
        view_put_space(v, broken ? '\n' : ' ');
        return;
    }
    view_put(v, c);
    v->pos++;
}

static void tag_ends(struct view *v)
{
    bool is_void = any_of(v->tag.name, void_tags);
    bool closes_itself = view_at(v, "/>");

    if (closes_itself && !is_void && !v->tag.is_svg) {
        view_fail(v, v->pos, "<%s> needs its own </%s>", v->tag.name, v->tag.name);
        return;
    }
    if (v->block_count > 0 && v->blocks[v->block_count - 1].place != PLACE_TEXT) {
        view_fail(v, v->pos, "this tag was begun outside of the block in which it ends");
        return;
    }
    v->pos += closes_itself ? 2 : 1;
    put_all(v, closes_itself && !is_void ? "/>" : ">");
    v->place = PLACE_TEXT;
    if (is_void || closes_itself) {
        return;
    }
    if (v->tag_count == VIEW_DEPTH) {
        view_fail(v, v->tag_begins, "too many tags are open");
        return;
    }
    v->tags[v->tag_count++] = v->tag;
    if (strcmp(v->tag.name, "textarea") == 0) {
        /* A browser drops the first line break: give it one to drop. */
        view_put(v, '\n');
    }
}

static bool attribute_is_new(struct view *v, size_t at, const char *name)
{
    for (int i = 0; i < v->attribute_count; i++) {
        if (!v->attributes[i].hidden && strcmp(v->attributes[i].name, name) == 0) {
            view_fail(v, at, "%s stands twice in this tag", name);
            return false;
        }
    }
    if (v->attribute_count == VIEW_DEPTH) {
        view_fail(v, at, "too many attributes");
        return false;
    }
    v->attributes[v->attribute_count].hidden = false;
    strcpy(v->attributes[v->attribute_count++].name, name);
    return true;
}

static void attribute_begin(struct view *v)
{
    char name[VIEW_NAME];
    size_t begins = v->pos;

    if (!read_markup_name(v, name)) {
        return;
    }
    v->attribute = attribute_of(name);
    if (v->attribute == ATTRIBUTE_REFUSED) {
        view_fail(v, begins, "%s=\"…\" could run what a value says; our policy refuses it",
                  name);
        return;
    }
    if (!attribute_is_new(v, begins, name)) {
        return;
    }
    put_all(v, name);
    if (v->pos >= v->len || v->text[v->pos] != '=') {
        return;
    }
    v->pos++;
    if (v->pos >= v->len || v->text[v->pos] != '"') {
        view_fail(v, v->pos, "the value of %s must stand in \"double quotes\"", name);
        return;
    }
    v->pos++;
    put_all(v, "=\"");
    v->tag.any_words = v->tag.any_words || strcmp(name, "lang") == 0 ||
                       (strcmp(name, "translate") == 0 && view_at(v, "no\""));
    v->place = PLACE_VALUE;
    v->value_begun = false;
    v->value_from_url = false;
    v->value_first = '\0';
}

void view_step_tag(struct view *v)
{
    char c = v->text[v->pos];

    if (view_space(c)) {
        view_skip_spaces(v);
        if (v->pos < v->len && v->text[v->pos] != '>' && !view_at(v, "/>")) {
            view_put_space(v, ' ');
        }
    } else if (c == '>' || view_at(v, "/>")) {
        tag_ends(v);
    } else {
        attribute_begin(v);
    }
}

void view_step_value(struct view *v)
{
    char c = v->text[v->pos];

    if (c == '"') {
        if (v->block_count > 0 && v->blocks[v->block_count - 1].place == PLACE_VALUE) {
            view_fail(v, v->pos,
                      "this value was begun outside of the block in which it ends");
            return;
        }
        v->place = PLACE_TAG;
        view_put(v, c);
        v->pos++;
        return;
    }
    if (!v->value_begun && v->attribute == ATTRIBUTE_URL &&
        (view_at(v, "javascript:") || view_at(v, "data:") || view_at(v, "vbscript:"))) {
        view_fail(v, v->pos, "this kind of address is refused");
        return;
    }
    if (v->attribute == ATTRIBUTE_WORDS && !v->tag.any_words && is_word(v, v->pos)) {
        view_fail(v, v->pos,
                  "words for people stand in {t …}, so that each language has them");
        return;
    }
    if (!v->value_begun) {
        v->value_first = c;
    }
    v->value_begun = true;
    if (c == '&') {
        put_entity(v);
        return;
    }
    view_put(v, c);
    v->pos++;
}
