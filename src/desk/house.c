/* house — the offices and their catalogs, held by every request that began with them.
 *
 * Topic counters tell when a generation is old: (agency, "catalog") for its catalog,
 * (agency, "agency") for its units, of the city for the list of offices too. The next
 * request then builds the next one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/inside.h"
#include "host/log/log.h"

#define HOUSE_BYTES ((size_t)64 << 20)

static bool is_fresh(const struct desk *d, const struct house *h)
{
    for (size_t i = 0; i < h->topics_count; i++) {
        if (h->counts[i] != topic_count(d->o.store, h->topics[i])) {
            return false;
        }
    }
    return true;
}

static void watch(struct desk *d, struct house *h, int64_t agency, const char *kind)
{
    uint32_t topic = topic_slot(agency, kind, STR(""));

    h->topics[h->topics_count] = topic;
    h->counts[h->topics_count++] = topic_count(d->o.store, topic);
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

/* Counters first: what changes while we read makes this generation old at once. */
static err watch_all(struct desk *d, struct house *h, uint64_t agencies)
{
    size_t most = 2 * h->count + 1;

    h->topics = ARENA_ARRAY(h->arena, most, uint32_t);
    h->counts = ARENA_ARRAY(h->arena, most, uint64_t);
    if (h->topics == NULL || h->counts == NULL) {
        return err_no_memory;
    }
    watch(d, h, AGENCY_CITY, "agency");
    h->counts[0] = agencies;
    for (size_t i = 0; i < h->count; i++) {
        watch(d, h, h->agencies[i].id, "catalog");
        watch(d, h, h->agencies[i].id, "agency");
    }
    return NULL;
}

static err build_offices(struct desk *d, struct house *h)
{
    struct snap *snap = NULL;

    h->catalogs = ARENA_ARRAY(h->arena, h->count + 1, const struct catalog *);
    h->units = ARENA_ARRAY(h->arena, h->count + 1, struct house_units);
    if (h->catalogs == NULL || h->units == NULL) {
        return err_no_memory;
    }
    TRY(snap_begin(h->arena, d->o.store, &snap));
    for (size_t i = 0; i < h->count; i++) {
        TRY(build_catalog(d, h, snap, i));
        TRY(unit_list(h->arena, snap, h->agencies[i].id, &h->units[i].list,
                      &h->units[i].count));
    }
    snap_end(snap);
    return arena_failed(h->arena) ? err_no_memory : NULL;
}

static err build(struct desk *d, struct house *h)
{
    struct snap *snap = NULL;
    uint64_t agencies =
        topic_count(d->o.store, topic_slot(AGENCY_CITY, "agency", STR("")));

    TRY(snap_begin(h->arena, d->o.store, &snap));
    TRY(agency_list(h->arena, snap, &h->agencies, &h->count));
    snap_end(snap);
    TRY(watch_all(d, h, agencies));
    return build_offices(d, h);
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

const struct house_units *house_units(const struct house *h, const struct agency *agency)
{
    return &h->units[agency - h->agencies];
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
