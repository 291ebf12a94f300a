/* desk — the front desk as the building sees it: made of the features' routes, opened over
 * a store, closed in order. Features need ask.h, reply.h, route.h, feature.h and
 * frame/shell.h only.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_DESK_H
#define BIANMIN_DESK_DESK_H

#include "base/err.h"
#include "desk/feature.h"
#include "kernel/pack/pack.h"

struct desk;
struct store;
struct keyring;
struct id_source;
struct paper;
struct pay_provider;
struct lookup_gateway;

struct desk_options {
    struct store *store; /* started */
    const struct keyring *keyring;
    struct id_source *ids;
    struct paper *paper; /* NULL: none; pictures are refused then */
    const struct pay_provider *pay;       /* NULL: no payments through a provider */
    const struct lookup_gateway *gateway; /* NULL: registers are looked up by hand */
    const struct feature *const *features;
    size_t features_count;
    const struct pack_kind *const *kinds;
    size_t kinds_count;
    int listener, metrics; /* of http_listen; metrics -1: none */
    str trusted_proxies;   /* addresses, by comma, whose X-Forwarded-For counts; "": none */
    str public_url;      /* "https://bianmin.example"; "": as asked */
    int workers;         /* 0: one per core */
    int parked_ms;       /* 0: half a minute; then who waits for the writer is told so */
    /* Bytes of files within an hour, from one address and from all; 0: 200 MB and 4 GB. */
    int64_t file_bytes_one, file_bytes_all;
};
/* Routes and links are proved here: a wrong name does not wait for its reader. */
MUST_CHECK err desk_open(struct arena *a, const struct desk_options *o, struct desk **ret);
/* Listens from here on. */
MUST_CHECK err desk_serve(struct arena *a, struct desk *d);
str desk_address(const struct desk *d);
/* Accepts nobody new, lets all answers go out. Before store_close. NULL is fine. */
void desk_close(struct desk *d);
/* Prometheus text. */
str desk_figures(struct arena *a, const struct desk *d);
/* The desk's own statements. */
struct query_list;
extern const struct query_list share_queries;
/* Every route, for the matrix of routes and duties (tests) and the site map. */
const struct route *desk_route(const struct desk *d, size_t index); /* NULL past the end */

#endif
