/* http — the listener: bytes of the network become whole requests, answers become bytes
 * (libmicrohttpd, epoll, one thread per core).
 *
 * The life of a request, as its service sees it:
 *
 *   head   headers are in: say which body is welcome, or refuse at once
 *   file_… each file of a multipart body, in pieces of up to 256 KiB, on a lane
 *   step   the body is in: answer, or park and give the request to somebody else; called
 *          again after each http_wake, until it has answered
 *   over   the answer has left, or the client has
 *
 * Parking: http_park first, then hand over; after the hand-over the step returns
 * HTTP_PARKED and touches the request no more. Whoever has it calls http_wake once. Who is
 * not woken within 30 s is answered 503 by `late`; the memory stays until the late
 * http_wake, and what was handed over may still be done.
 *
 * Lanes are threads that may wait: http_to_lane parks the request and runs its step there.
 *
 * Limits: request line and headers 16 KiB, 200 fields, names 200 bytes; a body that does
 * not fit is refused while it arrives: `refused` then says the status and step is called at
 * once. Names and values of fields are decoded and proved to be UTF-8 text.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTTP_H
#define BIANMIN_HOST_HTTP_H

#include "base/err.h"
#include "base/str.h"

struct http;
struct http_answer;

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };
enum http_body { HTTP_BODY_NONE, HTTP_BODY_FORM, HTTP_BODY_RAW };
enum http_lane {
    HTTP_LANE_SLOW,  /* passwords, other processes */
    HTTP_LANE_FILES, /* bytes of files */
    HTTP_LANE_READ,  /* a database over a network */
    HTTP_LANES
};
enum http_step { HTTP_ANSWERED, HTTP_PARKED };

#define HTTP_FIELDS_MAX 500
#define HTTP_FILES_MAX 20
#define HTTP_FILE_BYTES ((int64_t)10 << 20) /* one file */
#define HTTP_PARKED_MS 30000

struct http_pair {
    str name, value;
};
struct http_file {
    str field, name, media_type; /* as the sender says; name without folders */
    int64_t size_bytes;
    void *user; /* the service's */
    bool began, ended;
    struct http_file *next;
};

struct http_request {
    struct arena *arena;
    enum http_method method;
    str path, query;  /* as sent, still percent-encoded; the query without "?" */
    int64_t began_ns; /* clock_steady_ns */
    void *user;       /* the service's, set in head */

    /* Set by the service in head; HTTP_BODY_NONE unless said. */
    enum http_body body_kind;
    size_t body_max; /* bytes, without files */
    bool takes_files;

    /* Before step. */
    int refused; /* 0, or 400 408 413 415 503: why the body was no good */
    const struct http_pair *form;
    size_t form_count;
    struct http_file *files; /* in order */
    size_t files_count;
    str body; /* HTTP_BODY_RAW */
};

struct http_service {
    void *context;
    void (*head)(void *context, struct http_request *r);
    enum http_step (*step)(void *context, struct http_request *r);
    /* On the file lane. An err refuses the request (with `refused` if the service set it,
     * else 503, or 400 for ERR_INPUT). `file_end`
     * with `whole` false: what came is to be thrown away. */
    err (*file_begin)(void *context, struct http_request *r, struct http_file *f);
    err (*file_bytes)(void *context, struct http_request *r, struct http_file *f,
                      str bytes);
    err (*file_end)(void *context, struct http_request *r, struct http_file *f, bool whole);
    /* `status` 0: the client left before an answer. On a worker; `bytes` of the body. */
    void (*over)(void *context, struct http_request *r, int status, int64_t bytes);
    /* What is told with 503 where `step` cannot be asked any more, because somebody else
     * still has the request: of it only method, path and query may be read. NULL: some
     * plain words of ours. */
    struct http_answer *(*late)(void *context, const struct http_request *r);
};

struct http_options {
    int listener;    /* of http_listen */
    int workers;     /* 0: one per core */
    int connections; /* 0: 16384 */
    int lane_threads[HTTP_LANES]; /* 0: 2, but none for reading */
    int lane_queue;  /* waiting in a lane before it is full; 0: 256, to read 4096 */
    int parked_ms;   /* 0: HTTP_PARKED_MS; tests have no half a minute */
};
/* A listening socket for "127.0.0.1:8080" or "[::1]:0"; before the sandbox closes.
 * Fails: ERR_INPUT (no address), ERR_CONFLICT (taken). */
MUST_CHECK err http_listen(struct arena *a, str address, int *ret_listener);
/* Fails: ERR_BROKEN. */
MUST_CHECK err http_start(struct arena *a, const struct http_options *options,
                          const struct http_service *service, struct http **ret);
/* Where it listens now: "127.0.0.1:8080". */
str http_address(const struct http *h);
/* Accepts nobody new, lets requests end (at most `patience_ms`), wakes who is still parked
 * with 503, stops. The writer must still run. NULL is fine. */
void http_stop(struct http *h, int64_t patience_ms);
struct http_figures {
    uint64_t requests;
    int64_t active, parked;
};
struct http_figures http_figures(const struct http *h);

/* The first header of this name; "" when missing. Only in head: copy what is needed
 * later. */
str http_header(const struct http_request *r, const char *name);

/* All headers of this name as one, by comma; in the arena. Only in head. */
str http_headers(const struct http_request *r, const char *name);

/* The address of the other end, "127.0.0.1"; in the arena. Only in head. */
str http_peer(const struct http_request *r);

/* Answers are shared: made with one reference, and http_send takes one over. NULL when
 * memory ran out; then http_send closes the connection. */
struct http_answer *http_answer_copy(str body);
struct http_answer *http_answer_const(str body); /* lives as long as the program */
/* `read` fills at most `most` bytes from `offset` on: how many, 0 at the end, -1 broken. It
 * runs on the lane for reading where there is one. For one request alone. */
struct http_answer *http_answer_stream(int64_t size,
                                       int64_t (*read)(void *context, int64_t offset,
                                                       char *to, size_t most),
                                       void *context, void (*end)(void *context));
/* False: no memory, or a value that cannot stand in a header (CR, LF). */
bool http_answer_header(struct http_answer *x, const char *name, str value);
struct http_answer *http_answer_hold(struct http_answer *x);
void http_answer_drop(struct http_answer *x);
void http_send(struct http_request *r, int status, struct http_answer *x);
/* Already answered (in head or step). */
bool http_is_sent(const struct http_request *r);

void http_park(struct http_request *r);
void http_wake(struct http_request *r);
/* False when the lane is full; then nothing was parked. */
bool http_to_lane(struct http_request *r, enum http_lane lane);
bool http_is_on_lane(const struct http_request *r);

#endif
