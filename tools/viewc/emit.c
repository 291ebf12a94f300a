/* emit — the C that a view becomes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <stdarg.h>
#include <string.h>

void view_put(struct view *v, char c)
{
    if (v->pending_len == sizeof v->pending) {
        view_flush(v);
    }
    v->pending[v->pending_len++] = c;
    v->space_last = false;
}

/* Between tags a run of blanks is one; a line break stays one, for who reads the source. */
void view_put_space(struct view *v, char c)
{
    if (v->space_last) {
        return;
    }
    view_put(v, c == '\n' ? '\n' : ' ');
    v->space_last = true;
}

static void view_quote_bytes(FILE *out, const char *at, size_t len)
{
    fputc('"', out);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)at[i];

        if (c == '"' || c == '\\') {
            fprintf(out, "\\%c", c);
        } else if (c < 0x20 || c == 0x7f || c == '?') {
            fprintf(out, "\\%03o", c); /* the question mark: no trigraphs */
        } else {
            fputc(c, out);
        }
    }
    fputc('"', out);
}

void view_quote(FILE *out, const char *text)
{
    view_quote_bytes(out, text, strlen(text));
}

void view_flush(struct view *v)
{
    if (v->pending_len == 0) {
        return;
    }
    fputs("    html_raw(o, ", v->body);
    view_quote_bytes(v->body, v->pending, v->pending_len);
    fprintf(v->body, ", %zu);\n", v->pending_len);
    v->pending_len = 0;
}

void view_code(struct view *v, size_t at, const char *format, ...)
{
    va_list list;

    view_flush(v);
    fprintf(v->body, "#line %d \"%s\"\n    ", view_line(v, at), v->path);
    va_start(list, format);
    vfprintf(v->body, format, list);
    va_end(list);
    fputc('\n', v->body);
}
