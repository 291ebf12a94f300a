/* figures — how the desk is doing, in the words of Prometheus. Routes by name, never an
 * address: an address may hold a case number.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/buf.h"
#include "desk/inside.h"

static const int64_t bucket_micros[WAIT_BUCKETS] = { 1000,   5000,   10000,   50000,
                                                     100000, 500000, 2000000, INT64_MAX };
static const char *const bucket_name[WAIT_BUCKETS] = { "0.001", "0.005", "0.01", "0.05",
                                                       "0.1",   "0.5",   "2",    "+Inf" };

static size_t index_of(const struct desk *d, const struct route *route)
{
    for (size_t i = 0; i < d->router.count; i++) {
        if (d->router.by_name[i] == route) {
            return i;
        }
    }
    return d->router.count;
}

void figures_count(struct desk *d, const struct route *route, int status, int64_t micros)
{
    struct route_figures *f = &d->figures[index_of(d, route)];
    int class = status / 100 < STATUS_CLASSES ? status / 100 : 5;

    atomic_fetch_add(&f->by_status[class], 1);
    atomic_fetch_add(&f->micros, (uint64_t)micros);
    for (int i = 0; i < WAIT_BUCKETS; i++) {
        if (micros <= bucket_micros[i]) {
            atomic_fetch_add(&f->within[i], 1);
            break;
        }
    }
}

static void put(struct buf *b, const char *name, uint64_t value)
{
    buf_format(b, "bianmin_%s %llu\n", name, (unsigned long long)value);
}

static void put_route(struct buf *b, const char *name, const struct route_figures *f)
{
    uint64_t sum = 0;

    for (int i = 0; i < STATUS_CLASSES; i++) {
        if (f->by_status[i] > 0) {
            buf_format(b, "bianmin_requests_total{route=\"%s\",status=\"%dxx\"} %llu\n",
                       name, i, (unsigned long long)f->by_status[i]);
        }
    }
    for (int i = 0; i < WAIT_BUCKETS; i++) {
        sum += f->within[i];
        buf_format(b, "bianmin_request_seconds_bucket{route=\"%s\",le=\"%s\"} %llu\n", name,
                   bucket_name[i], (unsigned long long)sum);
    }
    buf_format(b, "bianmin_request_seconds_sum{route=\"%s\"} %.6f\n", name,
               (double)f->micros / 1e6);
    buf_format(b, "bianmin_request_seconds_count{route=\"%s\"} %llu\n", name,
               (unsigned long long)sum);
}

str desk_figures(struct arena *a, const struct desk *d)
{
    struct buf b;
    struct cache_figures cache = cache_figures(d->cache);
    struct store_figures store = store_figures(d->o.store);

    buf_init(&b, a, (size_t)1 << 20);
    if (d->http != NULL) {
        struct http_figures http = http_figures(d->http);

        put(&b, "http_requests_total", http.requests);
        put(&b, "http_active", (uint64_t)http.active);
        put(&b, "http_parked", (uint64_t)http.parked);
    }
    put(&b, "cache_hits_total", cache.hits);
    put(&b, "cache_misses_total", cache.misses);
    put(&b, "cache_pages", cache.pages);
    put(&b, "cache_bytes", cache.bytes);
    put(&b, "store_commits_total", store.commits);
    put(&b, "store_groups_total", store.groups);
    put(&b, "store_refused_total", store.refused);
    put(&b, "store_group_largest", store.group_largest);
    put(&b, "store_queue", store.queue_now);
    put(&b, "store_checkpoints_total", store.checkpoints);
    put(&b, "store_retries_total", store.retries);
    put(&b, "store_lost_total", store.lost);
    put(&b, "store_reconnects_total", store.reconnects);
    put(&b, "store_standby_reads_total", store.standby_reads);
    for (size_t i = 0; i <= d->router.count; i++) {
        const char *name = i < d->router.count ? d->router.by_name[i]->name : "none";

        if (d->figures[i].within[0] + d->figures[i].micros > 0) {
            put_route(&b, name, &d->figures[i]);
        }
    }
    return buf_str(&b);
}
