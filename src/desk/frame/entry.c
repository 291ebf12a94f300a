/* entry — one labelled input of a plain form.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/frame/entry.h"

#include "desk/ask.h"
#include "desk/frame/shell.h"

static bool was_posted(const struct ask *q, const char *name)
{
    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, str_of(name))) {
            return true;
        }
    }
    return false;
}

struct entry entry_of(const struct ask *q, const char *name, const struct words *label,
                      const struct words *hint, str known)
{
    struct entry x = { 0 };

    x.name = str_of(name);
    x.value = was_posted(q, name) ? ask_field(q, name) : known;
    x.label = *label;
    if (hint != NULL) {
        x.hint = *hint;
        x.has_hint = true;
    }
    x.error = shell_mistake_of(q, name);
    x.bad = x.error.id != NULL;
    x.type = STR("text");
    x.autocomplete = STR("off");
    x.is_described = x.has_hint || x.bad;
    x.described = str_format(q->arena, "%s%s%s%s%s%s%s", x.has_hint ? "f-" : "",
                             x.has_hint ? name : "", x.has_hint ? "-h" : "",
                             x.has_hint && x.bad ? " " : "", x.bad ? "f-" : "",
                             x.bad ? name : "", x.bad ? "-e" : "");
    return x;
}
