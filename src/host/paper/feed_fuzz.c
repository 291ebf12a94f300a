/* Whatever comes as an alert feed: no crash, and lines of six texts.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/work.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    str lines = STR("");

    if (work_feed(a, (str){ (const char *)data, size }, &lines) == PAPER_DONE) {
        int tabs = 0;

        for (size_t i = 0; i < lines.len; i++) {
            tabs += lines.at[i] == '\t' ? 1 : 0;
            if (lines.at[i] == '\n') {
                if (tabs != 5) {
                    abort();
                }
                tabs = 0;
            }
        }
    }
    arena_free(a);
    return 0;
}
