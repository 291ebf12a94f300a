/* Values of headers: cookies, what is accepted, tags, origins, file names.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "host/http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    str text = { (const char *)data, size };

    if (a == NULL) {
        return 0;
    }
    str cookie = cookie_value(text, STR("look"));

    if (cookie.len > size || encoding_accepted(text) >= HTTP_ENCODINGS ||
        language_accepted(text, LANG_ZH) >= LANG_COUNT || origin_host(text).len > size) {
        abort();
    }
    (void)tag_matches(text, STR("\"a\""));
    str name = file_name_clean(a, text);

    if (name.len == 0 || !str_is_text(name) || str_find(name, STR("/")) >= 0 ||
        str_find(name, STR("\n")) >= 0) {
        abort();
    }
    arena_free(a);
    return 0;
}
