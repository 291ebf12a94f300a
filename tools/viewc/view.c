/* view — one view from its first line to its last, and the two files it becomes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <stdlib.h>
#include <string.h>

/* The folder of the view as an include path: what stands behind the last "src/". */
static void folder_of(const char *path, char *ret_folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *from = path;

    for (const char *at = path; (at = strstr(at, "src/")) != NULL; at++) {
        if (at == path || at[-1] == '/') {
            from = at + 4;
        }
    }
    if (slash == NULL || slash < from) {
        ret_folder[0] = '\0';
        return;
    }
    snprintf(ret_folder, size, "%.*s/", (int)(slash - from), from);
}

static void read_use(struct view *v)
{
    char folder[VIEW_PATH - 101];
    const char *from, *end;
    size_t begins = v->pos;

    v->pos += strlen("use");
    view_skip_spaces(v);
    from = v->text + v->pos + 1;
    end = v->pos + 1 < v->len ? memchr(from, '"', v->len - v->pos - 1) : NULL;
    if (v->pos >= v->len || v->text[v->pos] != '"' || end == NULL ||
        memchr(from, '\n', (size_t)(end - from)) != NULL ||
        memchr(from, '\\', (size_t)(end - from))) {
        view_fail(v, begins, "use \"header.h\" is the form");
        return;
    }
    if (v->use_count == (int)(sizeof v->uses / sizeof v->uses[0]) || end - from > 100) {
        view_fail(v, begins, "this view uses too much");
        return;
    }
    /* A plain name is a neighbour; others are written from src/. */
    folder_of(v->path, folder, sizeof folder);
    snprintf(v->uses[v->use_count++], VIEW_PATH, "%s%.*s",
             memchr(from, '/', (size_t)(end - from)) ? "" : folder, (int)(end - from) & 127,
             from);
    v->pos = (size_t)(end - v->text) + 1;
    view_skip_spaces(v);
}

static bool expect(struct view *v, const char *literal)
{
    view_skip_spaces(v);
    if (!view_at(v, literal)) {
        view_fail(v, v->pos, "a view begins: view NAME(struct TYPE p)");
        return false;
    }
    v->pos += strlen(literal);
    view_skip_spaces(v);
    return true;
}

static void name_is_files(struct view *v)
{
    const char *slash = strrchr(v->path, '/');
    const char *base = slash != NULL ? slash + 1 : v->path;
    size_t len = strlen(v->name);

    if (strncmp(base, v->name, len) != 0 || strcmp(base + len, ".view") != 0) {
        view_fail(v, 0, "view \"%s\" stands in a file called %s.view", v->name, v->name);
    }
}

static void read_head(struct view *v)
{
    /* A comment may stand before: what the page is for. */
    view_skip_spaces(v);
    while (view_at(v, "<!--")) {
        while (v->pos < v->len && !view_at(v, "-->")) {
            v->pos++;
        }
        v->pos += v->pos < v->len ? 3 : 0;
        view_skip_spaces(v);
    }
    if (!expect(v, "view") || !view_read_name(v, v->name) || !expect(v, "(") ||
        !expect(v, "struct") || !view_read_name(v, v->type)) {
        return;
    }
    view_skip_spaces(v);
    if (!view_read_name(v, v->names[0]) || !expect(v, ")")) {
        return;
    }
    v->name_count = 1;
    if (strcmp(v->names[0], "o") == 0) {
        view_fail(v, 0, "\"o\" is taken; call it p");
    }
    name_is_files(v);
    while (!v->failed && view_at(v, "use ")) {
        read_use(v);
    }
}

static void read_body(struct view *v)
{
    v->space_last = true; /* no blanks before the first tag */
    while (!v->failed && v->pos < v->len) {
        char c = v->text[v->pos];
        bool doubled = v->pos + 1 < v->len && v->text[v->pos + 1] == c;

        if (c == '\0') {
            view_fail(v, v->pos, "a NUL stands here");
        } else if (doubled && (c == '{' || c == '}')) {
            view_put(v, c);
            v->pos += 2;
        } else if (c == '}') {
            view_fail(v, v->pos, "\"}\" has no beginning; the sign itself is written }}");
        } else if (c == '{') {
            view_step_brace(v);
        } else if (v->place == PLACE_TEXT) {
            view_step_text(v);
        } else if (v->place == PLACE_TAG) {
            view_step_tag(v);
        } else {
            view_step_value(v);
        }
    }
    if (v->block_count > 0) {
        const struct view_block *b = &v->blocks[v->block_count - 1];

        view_fail(v, b->begins, "this {%s} has no end", b->is_each ? "each" : "if");
    } else if (v->place != PLACE_TEXT) {
        view_fail(v, v->tag_begins, "this tag has no end");
    } else if (v->tag_count > 0) {
        view_fail(v, v->len, "<%s> is not closed", v->tags[v->tag_count - 1].name);
    }
    view_flush(v);
}

static char *write_code(const struct view *v, const char *body)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL) {
        return NULL;
    }
    fprintf(out,
            "/* Made from %s by viewc; edit that. */\n#include \"%s.view.h\"\n\n"
            "#include \"host/html/view.h\"\n",
            v->path, v->name);
    for (int i = 0; i < v->call_count; i++) {
        fprintf(out, "#include \"%s.view.h\"\n", v->calls[i]);
    }
    fprintf(
        out,
        "\nvoid %s_view(struct html_out *o, const struct %s *%s)\n{\n    (void)%s;\n%s}\n\n"
        "void %s_view_v(struct html_out *o, const void *p)\n{\n    %s_view(o, p);\n}\n",
        v->name, v->type, v->names[0], v->names[0], body, v->name, v->name);
    fclose(out);
    return text;
}

static char *write_header(const struct view *v)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL) {
        return NULL;
    }
    fprintf(
        out,
        "/* Made from %s by viewc; edit that. */\n#ifndef VIEW_%s_H\n#define VIEW_%s_H\n\n",
        v->path, v->name, v->name);
    for (int i = 0; i < v->use_count; i++) {
        fprintf(out, "#include \"%s\"\n", v->uses[i]);
    }
    fprintf(
        out,
        "\nstruct html_out;\nstruct %s;\n\nvoid %s_view(struct html_out *o, const struct "
        "%s *%s);\nvoid %s_view_v(struct html_out *o, const void *p);\n\n#endif\n",
        v->type, v->name, v->type, v->names[0], v->name);
    fclose(out);
    return text;
}

struct view_result view_compile(const char *path, const char *text, size_t len, FILE *words,
                                FILE *errors)
{
    struct view_result result = { .ok = false };
    struct view *v = calloc(1, sizeof *v);
    char *body = NULL;
    size_t size = 0;

    if (v == NULL) {
        return result;
    }
    v->path = path;
    v->text = text;
    v->len = len;
    v->words = words;
    v->errors = errors;
    v->body = open_memstream(&body, &size);
    if (v->body != NULL) {
        read_head(v);
        if (!v->failed) {
            read_body(v);
        }
        fclose(v->body);
        result.ok = !v->failed;
        if (result.ok && words == NULL) {
            result.code = write_code(v, body);
            result.header = write_header(v);
            result.ok = result.code != NULL && result.header != NULL;
        }
    }
    free(body);
    free(v);
    return result;
}
