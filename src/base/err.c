/* err — why something did not go.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

const struct err err_no_memory_value = {
    .kind = ERR_BUSY,
    .say = { .id = MSG("We are very busy right now. Please try again in a few minutes.") },
    .why = STR_INIT("out of memory"),
    .at = "err.c",
};

err err_make(struct arena *a, enum err_kind kind, struct words say, str field,
             const char *at, const char *why_format, ...)
{
    char why[512];
    va_list list;
    va_start(list, why_format);
    int len = vsnprintf(why, sizeof why, why_format, list);
    va_end(list);

    struct err *e = ARENA_NEW(a, struct err);
    if (e == NULL) {
        return err_no_memory;
    }
    size_t kept = len < 0 ? 0 : (size_t)len < sizeof why ? (size_t)len : sizeof why - 1;
    *e = (struct err){
        .kind = kind,
        .say = say,
        .field = field,
        .why = str_copy(a, (str){ why, kept }),
        .at = at,
    };
    return e;
}

void mistakes_init(struct mistakes *m, struct arena *a)
{
    *m = (struct mistakes){ .arena = a };
}

void mistake_add(struct mistakes *m, str field, struct words say)
{
    mistake_add_at(m, field, say, STR(""));
}

void mistake_add_at(struct mistakes *m, str field, struct words say, str place)
{
    /* Counted also when there is no memory for it: a wrong form must not pass as right. */
    m->count++;
    struct mistake *one = ARENA_NEW(m->arena, struct mistake);
    if (one == NULL) {
        return;
    }
    *one = (struct mistake){ .field = field, .say = say, .place = place };
    if (m->last == NULL) {
        m->first = one;
    } else {
        m->last->next = one;
    }
    m->last = one;
}

const struct mistake *mistake_of(const struct mistakes *m, str field)
{
    for (const struct mistake *one = m->first; one != NULL; one = one->next) {
        if (str_equal(one->field, field)) {
            return one;
        }
    }
    return NULL;
}
