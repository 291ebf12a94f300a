/* read — names, paths and places in a view's text.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <stdarg.h>
#include <string.h>

int view_line(const struct view *v, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at && i < v->len; i++) {
        line += v->text[i] == '\n';
    }
    return line;
}

static int view_column(const struct view *v, size_t at)
{
    int column = 1;

    while (at > 0 && at <= v->len && v->text[at - 1] != '\n') {
        /* Count characters, not bytes: people count what they see. */
        column += ((unsigned char)v->text[at - 1] & 0xc0) != 0x80;
        at--;
    }
    return column;
}

void view_fail(struct view *v, size_t at, const char *format, ...)
{
    va_list list;

    if (v->failed) {
        return;
    }
    v->failed = true;
    fprintf(v->errors, "%s:%d:%d: ", v->path, view_line(v, at), view_column(v, at));
    va_start(list, format);
    vfprintf(v->errors, format, list);
    va_end(list);
    fputc('\n', v->errors);
}

bool view_at(const struct view *v, const char *literal)
{
    size_t len = strlen(literal);

    return v->len - v->pos >= len && memcmp(v->text + v->pos, literal, len) == 0;
}

bool view_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void view_skip_spaces(struct view *v)
{
    while (v->pos < v->len && view_space(v->text[v->pos])) {
        v->pos++;
    }
}

static bool view_in_name(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || c == '_' || (!first && c >= '0' && c <= '9');
}

bool view_read_name(struct view *v, char *ret_name)
{
    size_t len = 0;

    while (v->pos < v->len && view_in_name(v->text[v->pos], len == 0)) {
        if (len + 1 >= VIEW_NAME) {
            view_fail(v, v->pos, "this name is too long");
            return false;
        }
        ret_name[len++] = v->text[v->pos++];
    }
    ret_name[len] = '\0';
    if (len == 0) {
        view_fail(v, v->pos, "a name of small letters is expected here");
    }
    return len > 0;
}

static bool view_knows(struct view *v, size_t at, const char *name)
{
    for (int i = 0; i < v->name_count; i++) {
        if (strcmp(v->names[i], name) == 0) {
            return true;
        }
    }
    view_fail(v, at, "there is no \"%s\" here; values begin with %s%s", name, v->names[0],
              v->name_count > 1 ? " or the name of a loop around" : "");
    return false;
}

bool view_read_path(struct view *v, char *ret_c, char *ret_last)
{
    size_t begins = v->pos;
    size_t len;

    if (!view_read_name(v, ret_last) || !view_knows(v, begins, ret_last)) {
        return false;
    }
    if (v->pos >= v->len || v->text[v->pos] != '.') {
        snprintf(ret_c, VIEW_PATH, "(*%s)", ret_last);
        return true;
    }
    len = (size_t)snprintf(ret_c, VIEW_PATH, "%s", ret_last);
    for (const char *joint = "->"; v->pos < v->len && v->text[v->pos] == '.'; joint = ".") {
        v->pos++;
        if (!view_read_name(v, ret_last)) {
            return false;
        }
        len += (size_t)snprintf(ret_c + len, VIEW_PATH - len, "%s%s", joint, ret_last);
        if (len >= VIEW_PATH) {
            view_fail(v, begins, "this path is too long");
            return false;
        }
    }
    return true;
}
