/* Whatever a gateway answers: no crash; a refusal has words; what was read is written as it
 * is read again.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "kernel/lookup/lookup.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)32 << 20);
    struct lookup_answer x, again;
    err e = lookup_answer_read(a, (str){ (const char *)data, size }, &x);

    if (e != NULL && e->say.id == NULL) {
        abort();
    }
    if (e == NULL) {
        str json = lookup_answer_json(a, &x);

        /* Written anew it may be longer than what is read. */
        if (lookup_answer_read(a, json, &again) == NULL &&
            !str_equal(json, lookup_answer_json(a, &again))) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
