/* bus — the counters, and the list of those who hear.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/bus/bus.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdatomic.h>

struct bus {
    _Atomic uint64_t count[BUS_SLOTS];
    pthread_mutex_t mutex; /* of the ears */
    struct bus_ear *ears;
};

static void end(void *bus)
{
    pthread_mutex_destroy(&((struct bus *)bus)->mutex);
}

err bus_open(struct arena *a, struct bus **ret)
{
    struct bus *b = ARENA_NEW(a, struct bus);

    if (b == NULL) {
        return err_no_memory;
    }
    pthread_mutex_init(&b->mutex, NULL);
    *ret = b;
    return arena_defer(a, end, b) ? NULL : err_no_memory;
}

uint64_t bus_count(const struct bus *b, uint32_t slot)
{
    return atomic_load_explicit(&b->count[slot % BUS_SLOTS], memory_order_acquire);
}

static void raise_count(struct bus *b, uint32_t slot)
{
    atomic_fetch_add_explicit(&b->count[slot % BUS_SLOTS], 1, memory_order_release);
}

void bus_publish(struct bus *b, const uint32_t *slots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        raise_count(b, slots[i]);
    }
    pthread_mutex_lock(&b->mutex);
    for (struct bus_ear *ear = b->ears; ear != NULL; ear = ear->next) {
        bool is_meant = false;

        for (size_t i = 0; i < count && !is_meant; i++) {
            is_meant = slots[i] % BUS_SLOTS == ear->slot % BUS_SLOTS;
        }
        if (is_meant) {
            ear->heard(ear->context);
        }
    }
    pthread_mutex_unlock(&b->mutex);
}

void bus_publish_all(struct bus *b)
{
    for (uint32_t i = 0; i < BUS_SLOTS; i++) {
        raise_count(b, i);
    }
    pthread_mutex_lock(&b->mutex);
    for (struct bus_ear *ear = b->ears; ear != NULL; ear = ear->next) {
        ear->heard(ear->context);
    }
    pthread_mutex_unlock(&b->mutex);
}

void bus_hear(struct bus *b, struct bus_ear *ear)
{
    pthread_mutex_lock(&b->mutex);
    ear->next = b->ears;
    b->ears = ear;
    pthread_mutex_unlock(&b->mutex);
}

void bus_leave(struct bus *b, struct bus_ear *ear)
{
    pthread_mutex_lock(&b->mutex);
    for (struct bus_ear **at = &b->ears; *at != NULL; at = &(*at)->next) {
        if (*at == ear) {
            *at = ear->next;
            break;
        }
    }
    pthread_mutex_unlock(&b->mutex);
}
