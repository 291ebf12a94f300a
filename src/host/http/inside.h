/* inside — what the files of this room share: the server, and one call (a request with its
 * connection).
 *
 * Memory of a call is its arena. It has one reference of the connection (until the library
 * says that the request is over) and one while it is parked; the last one frees it.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTTP_INSIDE_H
#define BIANMIN_HOST_HTTP_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "host/http/http.h"
#include "host/http/lane.h"

/* Arenas of requests that are over, for those that come. */
#define SPARES_MOST 64
struct spares {
    pthread_mutex_t lock;
    struct arena *list[SPARES_MOST];
    size_t count;
    bool closed;
};

struct http {
    struct http_service service;
    struct MHD_Daemon *daemon;
    int listen_socket;
    int64_t parked_ms;
    char address[80];
    struct lane *lanes[HTTP_LANES];
    struct spares spares;
    _Atomic uint64_t requests;
    _Atomic int64_t active, parked;
    atomic_bool stopping;
    /* The parked, oldest first, and the thread that watches their deadlines. */
    pthread_mutex_t lock;
    pthread_cond_t tick;
    struct call *first, *last;
    pthread_t watcher;
    bool watches, watcher_ends;
};

/* What the access handler does when it is called next. */
enum call_phase { CALL_HEAD, CALL_BODY, CALL_STEP, CALL_SENDING, CALL_SENT };
enum park_state { PARK_NONE, PARK_PARKED, PARK_EXPIRED };

/* Bytes of a file that wait for the lane. */
struct piece {
    struct http_file *file;
    str bytes;
    bool last;
    struct piece *next;
};

struct call {
    struct http_request request; /* first: a call is found from its request */
    struct http *http;
    struct MHD_Connection *connection;
    _Atomic int references;
    enum call_phase phase;
    bool on_lane, was_expired, hung_up, length_known;
    int status;
    struct http_answer *answer;
    int64_t sent_bytes;

    /* Parking; written under http->lock. */
    _Atomic int park; /* enum park_state; read without the lock by the worker */
    int64_t parked_until_ns;
    struct call *parked_before, *parked_after;

    /* The body while it arrives. */
    struct MHD_PostProcessor *parts;
    struct buf body;
    struct buf value; /* of the field that is arriving */
    str value_name;
    bool part_is_bare; /* a part has begun, none of its bytes have come */
    size_t text_bytes, fields_space, discarded;
    struct http_pair *fields;
    struct http_file *file, *file_last; /* file: the one that is arriving */
    char *pool;
    size_t pool_used;
    struct piece *piece_first, *piece_last;
};

struct http_answer {
    struct MHD_Response *response;
    _Atomic int references;
    int64_t bytes;
    struct stream *stream; /* stream.c; NULL: the bytes are there */
};

static inline struct call *call_of(struct http_request *r)
{
    return (struct call *)r;
}

/* body.c. body_arrives takes what came; true when the pieces must go to the file lane now.
 * body_ends: the same after the last byte. */
void body_begins(struct call *c);
bool body_arrives(struct call *c, const char *bytes, size_t len);
bool body_ends(struct call *c);
/* On the file lane: hands the pieces to the service. */
void body_flush(struct call *c);
/* Tells the service to throw away what has no end; frees the library's parser. */
void body_abandon(struct call *c);
/* How many bytes past the maximum are read to answer politely; then we hang up. */
#define BODY_DISCARD_BYTES ((size_t)1 << 20)

/* call.c: what the library calls. */
void *call_on_uri(void *context, const char *uri, struct MHD_Connection *connection);
enum MHD_Result call_on_access(void *context, struct MHD_Connection *connection,
                               const char *url, const char *method, const char *version,
                               const char *upload, size_t *upload_len, void **call);
void call_on_over(void *context, struct MHD_Connection *connection, void **call,
                  enum MHD_RequestTerminationCode why);

/* answer.c: NULL as well when there is no response. */
struct http_answer *answer_around(struct MHD_Response *response, int64_t bytes);
/* stream.c: an answer that is read while it leaves is one request's. */
void stream_belongs_to(struct http_answer *x, struct call *c);

/* spare.c */
void spares_open(struct spares *s);
struct arena *spare_take(struct spares *s); /* NULL: no memory */
void spare_give(struct spares *s, struct arena *a);
void spares_close(struct spares *s);

/* park.c */
void park_call(struct call *c);
void call_release(struct call *c);
err park_watch(struct arena *a, struct http *h);
void park_watch_end(struct http *h);
/* Every parked one is expired now. */
void park_expire_all(struct http *h);

#endif
