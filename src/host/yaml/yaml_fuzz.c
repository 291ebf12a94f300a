/* Whatever a pack file holds: no crash, and a refusal has words and a place.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/yaml/yaml.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct mistakes m;
    const struct yaml *y = NULL;
    mistakes_init(&m, a);
    err e = yaml_parse(a, STR("f"), (str){ (const char *)data, size }, &m, &y);
    if ((e == NULL && (y == NULL || m.count > 0)) ||
        (e != NULL && (e->say.id == NULL || (e->kind == ERR_INPUT && m.count == 0)))) {
        abort();
    }
    arena_free(a);
    return 0;
}
