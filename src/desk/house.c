/* house — the offices and their catalogs, held by every request that began with them.
 *
 * Topic counters tell when a generation is old: (agency, "catalog") for its catalog,
 * (city, "agency") for the list of offices. The next request then builds the next one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/inside.h"
#include "host/log/log.h"

#define HOUSE_BYTES ((size_t)64 << 20)

static uint64_t definition_count(const struct desk *d, int64_t agency)
{
    return topic_count(d->o.store, topic_slot(agency, "catalog", STR("")));
}

static uint64_t agency_count(const struct desk *d)
{
    return topic_count(d->o.store, topic_slot(AGENCY_CITY, "agency", STR("")));
}

static bool is_fresh(const struct desk *d, const struct house *h)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->counts[i] != definition_count(d, h->agencies[i].id)) {
            return false;
        }
    }
    return h->counts[h->count] == agency_count(d);
}

static err build_catalog(struct desk *d, struct house *h, struct snap *snap, size_t i)
{
    struct definition *list = NULL;
    size_t count = 0;
    struct mistakes mistakes;
    struct catalog *catalog = NULL;

    mistakes_init(&mistakes, h->arena);
    TRY(definition_list(h->arena, snap, h->agencies[i].id, &list, &count));
    TRY(catalog_build(d->o.kinds, d->o.kinds_count, h->agencies[i].id, list, count,
                      &mistakes, &catalog));
    h->catalogs[i] = catalog;
    if (mistakes.count > 0) {
        LOG(LOG_WARN_LEVEL, "definitions.mistakes", LOG_NUMBER("agency", h->agencies[i].id),
            LOG_NUMBER("count", (int64_t)mistakes.count));
    }
    return NULL;
}

static err build(struct desk *d, struct house *h)
{
    struct snap *snap = NULL;
    /* Counters first: what changes while we read makes this generation old at once. */
    uint64_t agencies = agency_count(d);

    TRY(snap_begin(h->arena, d->o.store, &snap));
    TRY(agency_list(h->arena, snap, &h->agencies, &h->count));
    snap_end(snap);
    h->catalogs = ARENA_ARRAY(h->arena, h->count + 1, const struct catalog *);
    h->counts = ARENA_ARRAY(h->arena, h->count + 1, uint64_t);
    if (h->catalogs == NULL || h->counts == NULL) {
        return err_no_memory;
    }
    h->counts[h->count] = agencies;
    for (size_t i = 0; i < h->count; i++) {
        h->counts[i] = definition_count(d, h->agencies[i].id);
    }
    TRY(snap_begin(h->arena, d->o.store, &snap));
    for (size_t i = 0; i < h->count; i++) {
        TRY(build_catalog(d, h, snap, i));
    }
    snap_end(snap);
    return arena_failed(h->arena) ? err_no_memory : NULL;
}

void house_release(struct house *h)
{
    if (h == NULL || atomic_fetch_sub(&h->references, 1) != 1) {
        return;
    }
    for (size_t i = 0; i < h->count; i++) {
        if (h->catalogs != NULL && h->catalogs[i] != NULL) {
            catalog_release(h->catalogs[i]);
        }
    }
    arena_free(h->arena);
}

static err next_generation(struct desk *d)
{
    struct arena *a = arena_new(HOUSE_BYTES);
    struct house *h = a == NULL ? NULL : ARENA_NEW(a, struct house);

    if (h == NULL) {
        arena_free(a);
        return err_no_memory;
    }
    h->arena = a;
    atomic_init(&h->references, 1);
    err e = build(d, h);

    if (e != NULL) {
        /* The old generation goes on where there is one. */
        log_err(LOG_ERROR_LEVEL, "house.build", STR(""), e);
        house_release(h);
        return d->house.now != NULL ? NULL : err_no_memory;
    }
    house_release(d->house.now);
    d->house.now = h;
    return NULL;
}

err house_hold(struct desk *d, struct house **ret)
{
    err e = NULL;

    pthread_mutex_lock(&d->house.lock);
    if (d->house.now == NULL || !is_fresh(d, d->house.now)) {
        e = next_generation(d);
    }
    if (e == NULL) {
        atomic_fetch_add(&d->house.now->references, 1);
        *ret = d->house.now;
    }
    pthread_mutex_unlock(&d->house.lock);
    return e;
}

const struct agency *house_agency(const struct house *h, str key)
{
    for (size_t i = 0; i < h->count; i++) {
        if (str_equal(h->agencies[i].key, key)) {
            return &h->agencies[i];
        }
    }
    return NULL;
}

const struct agency *house_agency_by_id(const struct house *h, int64_t id)
{
    for (size_t i = 0; i < h->count; i++) {
        if (h->agencies[i].id == id) {
            return &h->agencies[i];
        }
    }
    return NULL;
}

const struct catalog *house_catalog(const struct house *h, const struct agency *agency)
{
    return agency == NULL ? NULL : h->catalogs[agency - h->agencies];
}

const struct agency *house_only_office(const struct house *h)
{
    const struct agency *only = NULL;

    for (size_t i = 0; i < h->count; i++) {
        if (h->agencies[i].id == AGENCY_CITY) {
            continue;
        }
        if (only != NULL) {
            return NULL;
        }
        only = &h->agencies[i];
    }
    return only;
}
