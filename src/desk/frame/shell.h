/* shell — shared pieces of pages: fields, summary of mistakes, pager, state badge.
 *
 * Views call them by {call field(f)}: a widget is itself a compiled view over these shapes.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_SHELL_H
#define BIANMIN_DESK_SHELL_H

#include "base/err.h"
#include "base/words.h"
#include "host/html/html.h"

struct ask;
struct form;
struct answers;

/* One line of a summary of mistakes: text and the field it leads to. */
struct shell_mistake {
    struct words say;
    struct url anchor; /* "#f-idno" */
};
struct shell_mistakes {
    bool any;
    int64_t count;
    const struct shell_mistake *list;
    size_t list_count;
    struct words too_old; /* the form is right, but of another session: press again */
};
struct shell_mistakes shell_mistakes(const struct ask *q);

/* The words of the mistake about one field, empty id when there is none. */
struct words shell_mistake_of(const struct ask *q, const char *field);

#endif
