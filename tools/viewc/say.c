/* say — sentences of a view: {t Services of {p.office}} and {n p.count | one | many}.
 *
 * The place {p.office} is called {office} in the message id, so that translators see a
 * name and not a path.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <string.h>

struct sentence {
    char text[VIEW_SENTENCE];
    size_t len;
};

struct places {
    char path[VIEW_VALUES][VIEW_PATH];
    char name[VIEW_VALUES][VIEW_NAME];
    int count;
};

static void add(struct view *v, struct sentence *s, const char *piece, size_t len)
{
    if (s->len + len >= sizeof s->text) {
        view_fail(v, v->pos, "this sentence is too long");
        return;
    }
    memcpy(s->text + s->len, piece, len);
    s->len += len;
    s->text[s->len] = '\0';
}

static void add_place(struct view *v, struct sentence *s, struct places *places)
{
    char path[VIEW_PATH], last[VIEW_NAME];
    size_t begins = v->pos++;
    int i = 0;

    if (!view_read_path(v, path, last)) {
        return;
    }
    if (v->pos >= v->len || v->text[v->pos] != '}') {
        view_fail(v, v->pos, "only a path of fields may stand in braces");
        return;
    }
    v->pos++;
    while (i < places->count && strcmp(places->name[i], last) != 0) {
        i++;
    }
    if (i < places->count && strcmp(places->path[i], path) != 0) {
        view_fail(v, begins, "two values are called {%s} in this sentence", last);
        return;
    }
    if (i == VIEW_VALUES) {
        view_fail(v, begins, "a sentence holds at most %d values", VIEW_VALUES);
        return;
    }
    if (i == places->count) {
        strcpy(places->path[i], path);
        strcpy(places->name[i], last);
        places->count++;
    }
    add(v, s, "{", 1);
    add(v, s, last, strlen(last));
    add(v, s, "}", 1);
}

/* Reads to `}` or, if `parts`, to `|`; blanks become one, none at the ends. */
static void read_sentence(struct view *v, struct sentence *s, struct places *places,
                          bool parts)
{
    *s = (struct sentence){ .len = 0 };
    view_skip_spaces(v);
    while (!v->failed && v->pos < v->len && v->text[v->pos] != '}' &&
           !(parts && v->text[v->pos] == '|')) {
        char c = v->text[v->pos];

        if (c == '{') {
            add_place(v, s, places);
        } else if (c == '<' || c == '&') {
            view_fail(v, v->pos,
                      "a sentence holds no tags and no entities; write the sign itself");
        } else if (view_space(c)) {
            view_skip_spaces(v);
            add(v, s, " ", 1);
        } else {
            add(v, s, &c, 1);
            v->pos++;
        }
    }
    if (s->len > 0 && s->text[s->len - 1] == ' ') {
        s->text[--s->len] = '\0';
    }
    if (s->len == 0) {
        view_fail(v, v->pos, "the sentence is empty");
    }
}

static bool place_fits(struct view *v, size_t begins)
{
    if (v->place == PLACE_TAG ||
        (v->place == PLACE_VALUE && v->attribute == ATTRIBUTE_URL)) {
        view_fail(v, begins,
                  "a sentence stands between tags or in an attribute that is read");
    }
    return !v->failed;
}

static void write_values(struct view *v, const struct places *places)
{
    if (places->count == 0) {
        fputs("NULL, 0);\n", v->body);
        return;
    }
    fputs("(const struct word[]){ ", v->body);
    for (int i = 0; i < places->count; i++) {
        fprintf(v->body, "HTML_WORD(o, \"%s\", %s), ", places->name[i], places->path[i]);
    }
    fprintf(v->body, "}, %d);\n", places->count);
}

static void write_entry(struct view *v, size_t at, const char *id, const char *plural)
{
    if (v->words == NULL) {
        return;
    }
    fprintf(v->words, "#: %s:%d\nmsgid ", v->path, view_line(v, at));
    view_quote(v->words, id);
    if (plural != NULL) {
        fputs("\nmsgid_plural ", v->words);
        view_quote(v->words, plural);
        fputs("\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n\n", v->words);
        return;
    }
    fputs("\nmsgstr \"\"\n\n", v->words);
}

void view_sentence(struct view *v, size_t begins)
{
    struct sentence s;
    struct places places = { .count = 0 };

    if (!place_fits(v, begins)) {
        return;
    }
    read_sentence(v, &s, &places, false);
    if (v->failed || v->pos >= v->len) {
        view_fail(v, begins, "this sentence has no end");
        return;
    }
    v->pos++;
    view_code(v, begins, "html_say(o,");
    fputs("    ", v->body);
    view_quote(v->body, s.text);
    fputs(", ", v->body);
    write_values(v, &places);
    write_entry(v, begins, s.text, NULL);
    v->space_last = false;
    v->value_begun = true;
}

void view_counted(struct view *v, size_t begins)
{
    struct sentence one, many;
    struct places places = { .count = 0 };
    char path[VIEW_PATH], last[VIEW_NAME];

    if (!place_fits(v, begins) || !view_read_path(v, path, last)) {
        return;
    }
    view_skip_spaces(v);
    if (v->pos >= v->len || v->text[v->pos] != '|') {
        view_fail(v, v->pos, "{n p.count | one | many} is the form");
        return;
    }
    v->pos++;
    read_sentence(v, &one, &places, true);
    if (!v->failed && (v->pos >= v->len || v->text[v->pos] != '|')) {
        view_fail(v, v->pos, "the second sentence, for many, is missing");
    }
    if (v->failed) {
        return;
    }
    v->pos++;
    read_sentence(v, &many, &places, true);
    if (v->failed || v->pos >= v->len || v->text[v->pos] != '}') {
        view_fail(v, begins, "this sentence has no end, or too many parts");
        return;
    }
    v->pos++;
    view_code(v, begins, "html_say_plural(o,");
    fputs("    ", v->body);
    view_quote(v->body, one.text);
    fputs(", ", v->body);
    view_quote(v->body, many.text);
    fprintf(v->body, ", HTML_COUNT(%s), ", path);
    write_values(v, &places);
    write_entry(v, begins, one.text, many.text);
    v->space_last = false;
    v->value_begun = true;
}
