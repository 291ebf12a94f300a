/* catalog — looking things up in a generation, and letting it go when nobody holds it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/catalog.h"

#include "base/arena.h"

#include <stdatomic.h>

void catalog_hold(const struct catalog *c)
{
    (void)atomic_fetch_add(c->holds, 1);
}

void catalog_release(const struct catalog *c)
{
    if (c != NULL && atomic_fetch_sub(c->holds, 1) == 1) {
        arena_free(c->arena);
    }
}

static bool is_of(const struct entry *e, const char *kind)
{
    return str_equal(str_of(e->kind->name), str_of(kind));
}

const void *catalog_get(const struct catalog *c, const char *kind, str key)
{
    for (size_t i = 0; i < c->newest_count; i++) {
        if (str_equal(c->newest[i]->key, key) && is_of(c->newest[i], kind)) {
            return c->newest[i]->thing;
        }
    }
    return NULL;
}

const void *catalog_get_version(const struct catalog *c, const char *kind, str key,
                                int version)
{
    for (size_t i = 0; i < c->count; i++) {
        const struct entry *e = &c->entries[i];

        if (e->version == version && str_equal(e->key, key) && is_of(e, kind)) {
            return e->thing;
        }
    }
    return NULL;
}

size_t catalog_count(const struct catalog *c, const char *kind)
{
    size_t count = 0;

    for (size_t i = 0; i < c->newest_count; i++) {
        count += is_of(c->newest[i], kind) ? 1 : 0;
    }
    return count;
}

const void *catalog_at(const struct catalog *c, const char *kind, size_t index)
{
    for (size_t i = 0; i < c->newest_count; i++) {
        if (is_of(c->newest[i], kind) && index-- == 0) {
            return c->newest[i]->thing;
        }
    }
    return NULL;
}

int64_t catalog_agency(const struct catalog *c)
{
    return c->agency;
}
