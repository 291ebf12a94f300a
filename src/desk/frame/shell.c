/* shell — the list of mistakes for a page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/frame/shell.h"

#include "base/arena.h"
#include "desk/ask.h"

struct shell_mistakes shell_mistakes(const struct ask *q)
{
    struct shell_mistakes s = { .count = (int64_t)q->mistakes.count };
    struct shell_mistake *list =
        ARENA_ARRAY(q->arena, q->mistakes.count, struct shell_mistake);

    for (const struct mistake *m = q->mistakes.first; list != NULL && m != NULL;
         m = m->next) {
        list[s.list_count].say = m->say;
        if (m->field.len > 0) {
            list[s.list_count].anchor.address =
                str_join(q->arena, STR("#f-"), url_encode(q->arena, m->field));
        }
        s.list_count++;
    }
    s.list = list;
    s.any = s.list_count > 0;
    if (q->refusal != NULL && q->refusal->kind == ERR_DENIED) {
        s.too_old = q->refusal->say;
    }
    return s;
}

struct words shell_mistake_of(const struct ask *q, const char *field)
{
    static const struct words none = { 0 };
    const struct mistake *m = mistake_of(&q->mistakes, str_of(field));

    return m != NULL ? m->say : none;
}
