/* catalog — inside of a generation; for the files of this room alone.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_PACK_CATALOG_H
#define BIANMIN_KERNEL_PACK_CATALOG_H

#include "kernel/pack/pack.h"

struct entry {
    const struct pack_kind *kind;
    str key, file;
    int version;
    int64_t published_ms;
    void *thing;
};

/* Never changed once built, but for the count of those who hold it. */
struct catalog {
    struct arena *arena;
    _Atomic int *holds;
    int64_t agency;
    const struct pack_kind *const *kinds;
    size_t kinds_count;
    struct entry *entries; /* by kind, key, version */
    size_t count;
    const struct entry **newest; /* of each kind and key, in the same order */
    size_t newest_count;
};

#endif
