/* Whatever is typed as a name: no crash; what came out is text, and cleaning it again
 * changes nothing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/text.h"

#include <stdlib.h>

static void settles(struct arena *a, err change(struct arena *, str, str *), str typed)
{
    str once, twice;
    if (change(a, typed, &once) != NULL) {
        return;
    }
    if (!str_is_text(once) || change(a, once, &twice) != NULL || !str_equal(once, twice)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)256 << 20);
    str typed = { (const char *)data, size };
    settles(a, text_clean, typed);
    settles(a, text_narrow, typed);
    settles(a, text_fold, typed);
    str clean, key;
    if (text_clean(a, typed, &clean) == NULL) {
        str mask = text_mask_name(a, clean);
        if (!str_is_text(mask) || text_length(mask) > clean.len) {
            abort();
        }
        if (text_sort_key(a, clean, LANG_ZH, &key) != NULL) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
