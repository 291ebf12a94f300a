/* Form bodies and query strings: no crash; what is accepted is text within its limits.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "host/http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct http_pair *list = NULL;
    size_t count = 0;

    if (a != NULL &&
        form_parse(a, (str){ (const char *)data, size }, HTTP_FIELDS_MAX, &list, &count)) {
        if (count > HTTP_FIELDS_MAX) {
            abort();
        }
        for (size_t i = 0; i < count; i++) {
            if (!str_is_text(list[i].name) || !str_is_text(list[i].value) ||
                list[i].name.len > 200) {
                abort();
            }
        }
    }
    arena_free(a);
    return 0;
}
