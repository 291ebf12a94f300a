/* topic — counters that tell a kept page whether it is still true.
 *
 * A topic has a slot among 16,384; two topics may share one, then a page is made anew once
 * more than needed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/bus/bus.h"
#include "host/store/core/inner.h"

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ at[i]) * 0x100000001B3u; /* FNV-1a */
    }
    return hash;
}

uint32_t topic_slot(int64_t agency, const char *kind, str key)
{
    uint64_t hash = mix(0xCBF29CE484222325u, &agency, sizeof(agency));
    str name = str_of(kind);

    hash = mix(hash, name.at, name.len + 1);
    hash = mix(hash, key.at, key.len);
    return (uint32_t)((hash ^ hash >> 32) % STORE_TOPICS);
}

uint64_t topic_count(const struct store *s, uint32_t slot)
{
    return bus_count(s->bus, slot);
}

struct bus *store_bus(const struct store *s)
{
    return s->bus;
}
