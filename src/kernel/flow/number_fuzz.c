/* Case numbers as people type them: whatever is taken is tidy, and its own tidy form.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "kernel/flow/flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    str tidy, again;

    if (a != NULL && case_number_tidy(a, (str){ (const char *)data, size }, &tidy)) {
        if (!case_number_tidy(a, tidy, &again) || !str_equal(tidy, again)) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
