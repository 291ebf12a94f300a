/* viewc_fuzz — any bytes are a view or have a mistake with a place; none crash.
 * SPDX-License-Identifier: MPL-2.0 */
#include "viewc.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *errors = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&errors, &len);
    struct view_result made = view_compile("x.view", (const char *)data, size, NULL, out);

    fclose(out);
    if (made.ok != (made.code != NULL) || made.ok != (len == 0)) {
        abort();
    }
    free(made.code);
    free(made.header);
    free(errors);
    return 0;
}
