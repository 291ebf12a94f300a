/* entry — one labelled input of a plain form.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/entry.h"

#include "desk/ask.h"
#include "desk/shell.h"

static bool was_posted(const struct ask *q, const char *name)
{
    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, str_of(name))) {
            return true;
        }
    }
    return false;
}

struct entry entry_of(const struct ask *q, const char *name, struct words label,
                      struct words hint, str known)
{
    struct entry x = {
        .name = str_of(name),
        .value = was_posted(q, name) ? ask_field(q, name) : known,
        .label = label,
        .hint = hint,
        .has_hint = hint.id != NULL,
        .error = shell_mistake_of(q, name),
        .type = STR("text"),
        .autocomplete = STR("off"),
    };

    x.bad = x.error.id != NULL;
    x.is_described = x.has_hint || x.bad;
    x.described = str_format(q->arena, "%s%s%s%s%s%s%s", x.has_hint ? "f-" : "",
                             x.has_hint ? name : "", x.has_hint ? "-h" : "",
                             x.has_hint && x.bad ? " " : "", x.bad ? "f-" : "",
                             x.bad ? name : "", x.bad ? "-e" : "");
    return x;
}
