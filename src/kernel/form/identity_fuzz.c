/* Whatever is typed as a number of identity, telephone or e-mail: no crash, no number is of
 * both kinds, and what is accepted once is accepted again in its plain form.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

#include "base/arena.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)8 << 20);
    str s = { (const char *)data, size }, plain, again;

    if (national_id_is_valid(s) && resident_id_is_valid(s)) {
        abort();
    }
    if (mobile_read(a, s, &plain) &&
        (!mobile_read(a, plain, &again) || !str_equal(plain, again))) {
        abort();
    }
    if (telephone_read(a, s, &plain) == NULL &&
        (telephone_read(a, plain, &again) != NULL || !str_equal(plain, again))) {
        abort();
    }
    (void)email_is_valid(s);
    arena_free(a);
    return 0;
}
