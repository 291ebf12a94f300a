/* walk — writing and reading numbers, texts and lists.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/walk.h"

#include <string.h>

void walk_number(struct walk *w, int64_t *n)
{
    if (w->out != NULL) {
        buf_put(w->out, (str){ (const char *)n, sizeof *n });
    } else if (w->rest.len < sizeof *n) {
        w->broken = true;
        *n = 0;
    } else {
        memcpy(n, w->rest.at, sizeof *n);
        w->rest = str_slice(w->rest, sizeof *n, w->rest.len);
    }
}

void walk_text(struct walk *w, str *s)
{
    int64_t len = (int64_t)s->len;

    walk_number(w, &len);
    if (w->out != NULL) {
        buf_put(w->out, *s);
    } else if (len < 0 || (size_t)len > w->rest.len) {
        w->broken = true;
        *s = STR("");
    } else {
        *s = str_slice(w->rest, 0, (size_t)len);
        w->rest = str_slice(w->rest, (size_t)len, w->rest.len);
    }
}

/* How many follow; each of them takes a byte at least, so no more than bytes are left. The
 * place for them is made when reading. */
void *walk_list(struct walk *w, const void *list, size_t *count, size_t size)
{
    int64_t n = (int64_t)*count;

    walk_number(w, &n);
    if (w->out != NULL) {
        return (void *)(uintptr_t)list;
    }
    if (n < 0 || (size_t)n > w->rest.len) {
        w->broken = true;
        n = 0;
    }
    void *made = arena_array(w->arena, (size_t)n + 1, size);

    w->broken = w->broken || made == NULL;
    *count = made == NULL ? 0 : (size_t)n;
    return made;
}
