/* Whatever is written as Markdown: no crash, no tag and no address that we do not allow.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/mark/mark.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const bad[] = { "<script",     "<img",
                                       "<iframe",     "href=\"javascript",
                                       "href=\"data", "href=\"vbscript",
                                       "<!--" };
    struct arena *a = arena_new((size_t)256 << 20);
    str markup;
    if (mark_render(a, (str){ (const char *)data, size }, 2, &markup) == NULL) {
        str low = str_lower(a, markup);
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
            if (str_find(low, str_of(bad[i])) >= 0) {
                abort();
            }
        }
    }
    arena_free(a);
    return 0;
}
