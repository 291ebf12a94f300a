/* line — the words of a command line, and what a command says.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/lang/lang.h"

static void take_out(struct line *l, int at, int count)
{
    for (int i = at; i + count < l->count; i++) {
        l->words[i] = l->words[i + count];
    }
    l->count -= count;
}

const char *line_option(struct line *l, const char *name)
{
    size_t len = strlen(name);

    for (int i = 0; i < l->count; i++) {
        const char *word = l->words[i];

        if (strncmp(word, name, len) != 0) {
            continue;
        }
        if (word[len] == '=') {
            take_out(l, i, 1);
            return word + len + 1;
        }
        if (word[len] == '\0' && i + 1 < l->count) {
            const char *value = l->words[i + 1];

            take_out(l, i, 2);
            return value;
        }
    }
    return NULL;
}

bool line_flag(struct line *l, const char *name)
{
    for (int i = 0; i < l->count; i++) {
        if (strcmp(l->words[i], name) == 0) {
            take_out(l, i, 1);
            return true;
        }
    }
    return false;
}

bool line_is(struct line *l, int count, const char *usage)
{
    bool fits = l->count == count;

    for (int i = 0; i < l->count; i++) {
        fits = fits && strncmp(l->words[i], "--", 2) != 0;
    }
    if (!fits) {
        fprintf(stderr, "Usage: bianmin %s\n", usage);
    }
    return fits;
}

static void terminal_line(void *context, str text)
{
    (void)context;
    printf("%.*s\n", STR_ARG(text));
    fflush(stdout);
}

const struct out out_terminal = { .line = terminal_line };

void out_line(const struct out *o, const char *format, ...)
{
    char text[4000];
    va_list values;

    va_start(values, format);
    int len = vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    if (len >= 0) {
        size_t most = sizeof(text) - 1;

        o->line(o->context, (str){ text, (size_t)len < most ? (size_t)len : most });
    }
}

void out_err(const struct out *o, struct arena *a, err e)
{
    str say = lang_say(a, LANG_EN, e->say);

    out_line(o, "%.*s%s%.*s%s", STR_ARG(say), e->kind == ERR_BROKEN ? " (" : "",
             e->kind == ERR_BROKEN ? (int)e->why.len : 0,
             e->why.at != NULL ? e->why.at : "", e->kind == ERR_BROKEN ? ")" : "");
}

void out_mistakes(const struct out *o, struct arena *a, const struct mistakes *m)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        str say = lang_say(a, LANG_EN, x->say);

        out_line(o, "%.*s%s%.*s", STR_ARG(x->place), x->place.len > 0 ? ": " : "",
                 STR_ARG(say));
    }
}

const char *line_beside(struct line *l, const char *name)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *slash = len > 0 ? memrchr(path, '/', (size_t)len) : NULL;
    str folder = { path, slash == NULL ? 0 : (size_t)(slash - path) };

    return str_z(l->arena, str_format(l->arena, "%.*s/%s", STR_ARG(folder), name));
}
