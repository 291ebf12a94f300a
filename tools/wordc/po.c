/* po — a line-by-line reader of .po files.
 * SPDX-License-Identifier: MPL-2.0 */
#include "po.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct po *po;
    struct po_entry entry;
    char **target; /* what continues on the next line */
    int line;
    bool begun, ok;
};

static void po_fail(struct reader *r, const char *message)
{
    fprintf(stderr, "%s:%d: %s\n", r->po->path, r->line, message);
    r->ok = false;
}

static char *po_join(char *first, const char *second)
{
    size_t len = first != NULL ? strlen(first) : 0;
    char *joined = realloc(first, len + strlen(second) + 1);

    if (joined == NULL) {
        abort();
    }
    strcpy(joined + len, second);
    return joined;
}

static char po_escape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return c;
    }
}

/* The text in quotes, in place. */
static char *po_unquote(struct reader *r, char *at)
{
    char *from = strchr(at, '"');
    char *to = from;

    if (from == NULL) {
        po_fail(r, "a text in \"quotes\" is expected");
        return NULL;
    }
    for (at = from + 1; *at != '\0' && *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0') {
            *to++ = po_escape(*++at);
        } else {
            *to++ = *at;
        }
    }
    if (*at != '"') {
        po_fail(r, "the closing quote is missing");
        return NULL;
    }
    *to = '\0';
    return from;
}

static void po_entry_end(struct reader *r)
{
    struct po *po = r->po;

    if (r->entry.id != NULL && r->entry.id[0] != '\0') {
        po->entries = realloc(po->entries, (po->count + 1) * sizeof *po->entries);
        if (po->entries == NULL) {
            abort();
        }
        po->entries[po->count++] = r->entry;
    }
    r->entry = (struct po_entry){ .id = NULL };
    r->target = NULL;
    r->begun = false;
}

static void po_text(struct reader *r, char **target, char *line)
{
    char *text = po_unquote(r, line);

    if (text != NULL) {
        r->target = target;
        *target = po_join(*target, text);
    }
}

/* What stands before msgid belongs to the entry that follows. */
static void po_comment(struct reader *r, const char *line)
{
    if (r->begun) {
        po_entry_end(r);
    }
    if (strncmp(line, "#:", 2) == 0) {
        r->entry.places = po_join(r->entry.places, line + 2);
    }
    if (strncmp(line, "#,", 2) == 0 && strstr(line, "fuzzy") != NULL) {
        r->entry.fuzzy = true;
    }
}

static void po_line(struct reader *r, char *line)
{
    static const char *const words[] = { "msgid_plural", "msgid", "msgstr[0]", "msgstr[1]",
                                         "msgstr" };
    char **targets[] = { &r->entry.plural, &r->entry.id, &r->entry.text[0],
                         &r->entry.text[1], &r->entry.text[0] };

    if (line[0] == '"') {
        if (r->target == NULL) {
            po_fail(r, "a text without msgid or msgstr before it");
        } else {
            po_text(r, r->target, line);
        }
        return;
    }
    if (strncmp(line, "msgid ", 6) == 0 && r->begun) {
        po_entry_end(r);
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);

        if (strncmp(line, words[i], len) == 0 && (line[len] == ' ' || line[len] == '"')) {
            r->entry.line = i == 1 ? r->line : r->entry.line;
            r->begun = true;
            po_text(r, targets[i], line + len);
            return;
        }
    }
    po_fail(r, line[0] == '<' || line[0] == '=' || line[0] == '>'
                   ? "a conflict of two hands is left here: keep both sides"
                   : "this line is not understood");
}

static bool po_same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static void po_duplicates(struct reader *r)
{
    for (size_t i = 0; i < r->po->count; i++) {
        const struct po_entry *first = po_find(r->po, r->po->entries[i].id);

        if (first != &r->po->entries[i]) {
            bool same = po_same(first->text[0], r->po->entries[i].text[0]);

            fprintf(stderr,
                    "%s:%d: \"%s\" stands at line %d already%s: remove one of the two\n",
                    r->po->path, r->po->entries[i].line, first->id, first->line,
                    same ? "" : " and differs");
            r->po->twice += same;
            r->ok = r->ok && same;
        }
    }
}

bool po_read(struct po *po, const char *path)
{
    struct reader r = { .po = po, .ok = true };
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t space = 0;
    ssize_t len;

    *po = (struct po){ .path = path };
    if (in == NULL) {
        fprintf(stderr, "%s:1: this file cannot be read\n", path);
        return false;
    }
    while ((len = getline(&line, &space, in)) >= 0) {
        r.line++;
        while (len > 0 &&
               (line[len - 1] == '\n' || line[len - 1] == ' ' || line[len - 1] == '\r')) {
            line[--len] = '\0';
        }
        if (len == 0) {
            po_entry_end(&r);
        } else if (strncmp(line, "#~", 2) == 0) {
            continue;
        } else if (line[0] == '#') {
            po_comment(&r, line);
        } else {
            po_line(&r, line);
        }
    }
    po_entry_end(&r);
    free(line);
    fclose(in);
    po_duplicates(&r);
    return r.ok;
}

const struct po_entry *po_find(const struct po *po, const char *id)
{
    for (size_t i = 0; i < po->count; i++) {
        if (strcmp(po->entries[i].id, id) == 0) {
            return &po->entries[i];
        }
    }
    return NULL;
}

bool po_is_said(const struct po_entry *e)
{
    return e != NULL && !e->fuzzy && e->text[0] != NULL && e->text[0][0] != '\0';
}
