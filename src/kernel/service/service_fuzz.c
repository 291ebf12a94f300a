/* Whatever a definition holds: no crash, every mistake has words and a place; a service
 * without mistakes accepts its own example.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/service.h"

#include "base/arena.h"
#include "host/json/json.h"
#include "kernel/office/office.h"

#include <stdlib.h>

static const struct pack_kind *const kinds[] = { &office_kind, &authority_kind,
                                                 &service_kind };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct definition d = { .file = STR("f.yaml"),
                            .version = 1,
                            .source = { (const char *)data, size } };
    struct mistakes m;
    struct catalog *c = NULL;

    mistakes_init(&m, a);
    if (pack_check(kinds, 3, &d, 1, day_of(2026, 11, 22), &m) != NULL) {
        arena_free(a);
        return 0;
    }
    for (const struct mistake *x = m.first; x != NULL; x = x->next) {
        if (x->say.id == NULL || !str_starts(x->place, d.file)) {
            abort();
        }
    }
    mistakes_init(&m, a);
    if (catalog_build(kinds, 3, 7, &d, 1, &m, &c) == NULL) {
        const struct service **found = NULL;
        size_t count = 0;

        if (service_search(a, c, d.source, LANG_ZH, &found, &count) == NULL && count > 0) {
            const struct json *j = NULL;

            if (json_parse(a, service_example(a, found[0], day_of(2026, 11, 22)), &j) !=
                    NULL &&
                !arena_failed(a)) {
                abort();
            }
        }
        catalog_release(c);
    }
    arena_free(a);
    return 0;
}
