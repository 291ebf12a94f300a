/* desk — opening and closing the front desk.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/desk.h"

#include "base/arena.h"
#include "desk/inside.h"

/* Reads under way at once, where they wait for a network. */
enum { READ_THREADS = 16 };

/* The desk's own routes come with those of the features. */
static err with_own(struct arena *a, const struct desk_options *o, struct desk_options *ret)
{
    const struct feature **list =
        ARENA_ARRAY(a, o->features_count + 1, const struct feature *);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < o->features_count; i++) {
        list[i] = o->features[i];
    }
    list[o->features_count] = &desk_feature;
    *ret = *o;
    ret->features = list;
    ret->features_count = o->features_count + 1;
    return NULL;
}

err desk_open(struct arena *a, const struct desk_options *o, struct desk **ret)
{
    struct desk *d = ARENA_NEW(a, struct desk);
    struct house *h = NULL;

    if (d == NULL) {
        return err_no_memory;
    }
    d->arena = a;
    TRY(with_own(a, o, &d->o));
    d->secure = str_starts(o->public_url, STR("https://"));
    d->session_cookie = d->secure ? "__Host-bianmin" : "bianmin";
    pthread_mutex_init(&d->house.lock, NULL);
    TRY(router_build(a, d->o.features, d->o.features_count, &d->router));
    d->figures = ARENA_ARRAY(a, d->router.count + 1, struct route_figures);
    if (d->figures == NULL) {
        return err_no_memory;
    }
    TRY(limit_open(a, o->keyring, &d->limit));
    TRY(share_open(a, d, &d->share));
    TRY(cache_open(a, o->store, &d->cache));
    TRY(seen_open(a, d, &d->seen));
    TRY(counted_open(a, &d->counted));
    TRY(house_hold(d, &h));
    house_release(h);
    *ret = d;
    return NULL;
}

/* The figures have a door of their own: not for the public. */
static void metrics_head(void *context, struct http_request *r)
{
    (void)context;
    r->user = r;
}

static enum http_step metrics_step(void *context, struct http_request *r)
{
    struct desk *d = context;
    bool found = r->method == HTTP_GET && str_equal(r->path, STR("/metrics"));
    struct http_answer *x = http_answer_copy(found ? desk_figures(r->arena, d)
                                                   : STR("The figures: /metrics\n"));

    (void)http_answer_header(x, "Content-Type",
                             STR("text/plain; version=0.0.4; charset=utf-8"));
    (void)http_answer_header(x, "X-Content-Type-Options", STR("nosniff"));
    http_send(r, found ? 200 : 404, x);
    return HTTP_ANSWERED;
}

static void metrics_over(void *context, struct http_request *r, int status, int64_t bytes)
{
}

err desk_serve(struct arena *a, struct desk *d)
{
    const struct http_service service = {
        .context = d,
        .head = turn_head,
        .step = turn_step,
        .file_begin = turn_file_begin,
        .file_bytes = turn_file_bytes,
        .file_end = turn_file_end,
        .over = turn_over,
        .late = turn_late,
    };
    int readers = store_reads_block(d->o.store) ? READ_THREADS : 0;
    const struct http_service metrics = {
        .context = d, .head = metrics_head, .step = metrics_step, .over = metrics_over
    };

    TRY(http_start(a,
                   &(struct http_options){ .listener = d->o.listener,
                                           .workers = d->o.workers,
                                           .lane_threads = { [HTTP_LANE_READ] = readers },
                                           .parked_ms = d->o.parked_ms },
                   &service, &d->http));
    if (d->o.metrics >= 0) {
        TRY(http_start(a, &(struct http_options){ .listener = d->o.metrics, .workers = 2,
                                                  .connections = 64,
                                                  .lane_threads = { 1, 1 } },
                       &metrics, &d->metrics));
    }
    return NULL;
}

str desk_address(const struct desk *d)
{
    return http_address(d->http);
}

void desk_close(struct desk *d)
{
    if (d == NULL) {
        return;
    }
    http_stop(d->http, 20000);
    http_stop(d->metrics, 1000);
    share_close(d->share);
    seen_close(d->seen);
    cache_close(d->cache);
    house_release(d->house.now);
    d->house.now = NULL;
    d->seen = NULL;
    d->cache = NULL;
}

const struct route *desk_route(const struct desk *d, size_t index)
{
    return index < d->router.count ? d->router.by_name[index] : NULL;
}
