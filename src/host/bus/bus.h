/* bus — counters that tell what is kept whether it is still true, and who hears of it.
 *
 * In this process only: who writes publishes, also what other nodes have written. A topic
 * has a slot; two topics may share one, then something is made anew once more than needed,
 * never too seldom.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_BUS_H
#define BIANMIN_HOST_BUS_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

#define BUS_SLOTS (1 << 14)

struct arena;
struct bus;

/* One who hears: its owner's memory, until bus_leave. */
struct bus_ear {
    uint32_t slot;
    void (*heard)(void *context); /* on the publisher's thread: short, never waits */
    void *context;
    struct bus_ear *next; /* the bus's */
};

MUST_CHECK err bus_open(struct arena *a, struct bus **ret);
uint64_t bus_count(const struct bus *b, uint32_t slot);
void bus_publish(struct bus *b, const uint32_t *slots, size_t count);
/* Nobody knows what was missed: everything counts as changed. */
void bus_publish_all(struct bus *b);

void bus_hear(struct bus *b, struct bus_ear *ear);
/* After it returns the ear hears nothing more. */
void bus_leave(struct bus *b, struct bus_ear *ear);

#endif
