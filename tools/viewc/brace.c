/* brace — what stands in braces: values, {if}, {each}, {call}, {t}, {n}.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <string.h>

static bool brace_ends(struct view *v)
{
    view_skip_spaces(v);
    if (v->failed || v->pos >= v->len || v->text[v->pos] != '}') {
        view_fail(v, v->pos,
                  "\"}\" is expected here; only a path of fields may stand in braces");
        return false;
    }
    v->pos++;
    return true;
}

static bool keyword(struct view *v, const char *word)
{
    size_t len = strlen(word);

    if (!view_at(v, word) || v->pos + len >= v->len || !view_space(v->text[v->pos + len])) {
        return false;
    }
    v->pos += len;
    view_skip_spaces(v);
    return true;
}

static struct view_block *block_open(struct view *v, size_t begins)
{
    struct view_block *b = &v->blocks[v->block_count];

    if (v->block_count == VIEW_DEPTH) {
        view_fail(v, begins, "too many blocks are open");
        return NULL;
    }
    v->block_count++;
    *b = (struct view_block){ .begins = begins,
                              .place = v->place,
                              .tags = v->tag_count,
                              .attributes = v->attribute_count,
                              .names = v->name_count,
                              .space_last = v->space_last,
                              .value_begun = v->value_begun,
                              .value_from_url = v->value_from_url };
    return b;
}

static void if_open(struct view *v, size_t begins)
{
    char path[VIEW_PATH], last[VIEW_NAME];
    bool not = keyword(v, "not");

    if (!view_read_path(v, path, last) || !brace_ends(v)) {
        return;
    }
    view_code(v, begins, "if (%sHTML_IF(%s)) {", not ? "!" : "", path);
    block_open(v, begins);
}

/* Every way through a block must leave the HTML as it found it. */
static bool block_is_even(struct view *v, size_t at, const struct view_block *b)
{
    if (v->place != b->place) {
        view_fail(v, at, "a tag or a value is still open at the end of this block");
    } else if (v->place == PLACE_TEXT && v->tag_count != b->tags) {
        view_fail(v, at, "<%s> is not closed at the end of this block",
                  v->tags[v->tag_count - 1].name);
    }
    return !v->failed;
}

static struct view_block *block_here(struct view *v, size_t at, bool is_each,
                                     const char *what)
{
    struct view_block *b = v->block_count > 0 ? &v->blocks[v->block_count - 1] : NULL;

    if (b == NULL || b->is_each != is_each) {
        view_fail(v, at, "%s has no beginning here", what);
        return NULL;
    }
    return block_is_even(v, at, b) ? b : NULL;
}

static void if_else(struct view *v, size_t begins)
{
    struct view_block *b = block_here(v, begins, false, "{else}");

    if (b == NULL) {
        return;
    }
    if (b->has_else) {
        view_fail(v, begins, "this {if} has an {else} already");
        return;
    }
    b->has_else = true;
    view_code(v, begins, "} else {");
    /* What the first branch has said does not hold in the second. */
    for (int i = b->attributes; i < v->attribute_count; i++) {
        v->attributes[i].hidden = true;
    }
    v->space_last = b->space_last;
    v->value_begun = b->value_begun;
    v->value_from_url = b->value_from_url;
}

static void if_close(struct view *v, size_t begins)
{
    struct view_block *b = block_here(v, begins, false, "{/if}");

    if (b == NULL) {
        return;
    }
    view_code(v, begins, "}");
    for (int i = b->attributes; i < v->attribute_count; i++) {
        v->attributes[i].hidden = false;
    }
    v->block_count--;
    v->space_last = false;
    v->value_begun = true;
}

static void each_open(struct view *v, size_t begins)
{
    char name[VIEW_NAME], path[VIEW_PATH], last[VIEW_NAME];
    struct view_block *b;

    if (!view_read_name(v, name)) {
        return;
    }
    view_skip_spaces(v);
    if (!keyword(v, "in")) {
        view_fail(v, v->pos, "{each %s in p.list} is the form", name);
        return;
    }
    for (int i = 0; i < v->name_count; i++) {
        if (strcmp(v->names[i], name) == 0 || strcmp(name, "o") == 0) {
            view_fail(v, begins, "\"%s\" is taken already", name);
            return;
        }
    }
    if (v->place != PLACE_TEXT && v->place != PLACE_VALUE) {
        view_fail(v, begins, "{each} may stand in text and in values");
        return;
    }
    if (!view_read_path(v, path, last) || !brace_ends(v)) {
        return;
    }
    b = block_open(v, begins);
    if (b == NULL || v->name_count == VIEW_DEPTH) {
        view_fail(v, begins, "too many loops");
        return;
    }
    b->is_each = true;
    strcpy(v->names[v->name_count++], name);
    view_code(v, begins,
              "for (size_t at_%zu_ = 0; at_%zu_ < (size_t)%s_count; at_%zu_++) { "
              "const __typeof__(*%s) *%s = &%s[at_%zu_]; (void)%s;",
              v->loops, v->loops, path, v->loops, path, name, path, v->loops, name);
    v->loops++;
}

static void each_close(struct view *v, size_t begins)
{
    struct view_block *b = block_here(v, begins, true, "{/each}");

    if (b == NULL) {
        return;
    }
    view_code(v, begins, "}");
    v->name_count = b->names;
    v->block_count--;
    v->space_last = false;
    v->value_begun = true;
}

static void call(struct view *v, size_t begins)
{
    char name[VIEW_NAME], path[VIEW_PATH], last[VIEW_NAME];
    bool known = false;

    if (v->place != PLACE_TEXT) {
        view_fail(v, begins, "{call} may stand between tags only");
        return;
    }
    if (!view_read_name(v, name)) {
        return;
    }
    if (v->pos >= v->len || v->text[v->pos] != '(') {
        view_fail(v, v->pos, "{call %s(p.field)} is the form", name);
        return;
    }
    v->pos++;
    if (!view_read_path(v, path, last)) {
        return;
    }
    if (v->pos >= v->len || v->text[v->pos] != ')') {
        view_fail(v, v->pos, "\")\" is missing");
        return;
    }
    v->pos++;
    if (!brace_ends(v)) {
        return;
    }
    for (int i = 0; i < v->call_count; i++) {
        known = known || strcmp(v->calls[i], name) == 0;
    }
    if (!known && v->call_count < (int)(sizeof v->calls / sizeof v->calls[0])) {
        strcpy(v->calls[v->call_count++], name);
    } else if (!known) {
        view_fail(v, begins, "this view calls too many others");
        return;
    }
    view_code(v, begins, "%s_view(o, &%s);", name, path);
    v->space_last = false;
}

static void value(struct view *v, size_t begins)
{
    char path[VIEW_PATH], last[VIEW_NAME];

    if (v->place == PLACE_TAG) {
        view_fail(v, begins, "a value stands between tags or inside of \"…\"");
        return;
    }
    if (!view_read_path(v, path, last) || !brace_ends(v)) {
        return;
    }
    if (v->place == PLACE_TEXT) {
        view_code(v, begins, "%s(o, %s);",
                  v->tag_count > 0 && v->tags[v->tag_count - 1].no_tags ? "HTML_PUT_ATTR"
                                                                        : "HTML_PUT",
                  path);
    } else if (v->attribute != ATTRIBUTE_URL || (v->value_begun && v->value_first == '#')) {
        view_code(v, begins, "HTML_PUT_ATTR(o, %s);", path);
    } else if (!v->value_begun) {
        view_code(v, begins, "html_url(o, %s);", path);
        v->value_from_url = true;
    } else {
        view_fail(v, begins, "an address is one struct url, or begins with #");
    }
    v->value_begun = true;
    v->space_last = false;
}

void view_step_brace(struct view *v)
{
    static const struct {
        const char *text;
        void (*step)(struct view *, size_t);
    } fixed[] = {
        { "{else}", if_else },
        { "{/if}", if_close },
        { "{/each}", each_close },
    };
    static const struct {
        const char *word;
        void (*step)(struct view *, size_t);
    } words[] = {
        { "if", if_open },      { "each", each_open }, { "call", call },
        { "t", view_sentence }, { "n", view_counted },
    };
    size_t begins = v->pos;

    if (v->place == PLACE_TEXT && v->tag_count > 0 &&
        strcmp(v->tags[v->tag_count - 1].name, "script") == 0) {
        view_fail(v, begins, "script stands in assets/js, never in a page");
        return;
    }
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        if (view_at(v, fixed[i].text)) {
            v->pos += strlen(fixed[i].text);
            fixed[i].step(v, begins);
            return;
        }
    }
    v->pos++;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (keyword(v, words[i].word)) {
            words[i].step(v, begins);
            return;
        }
    }
    value(v, begins);
}
