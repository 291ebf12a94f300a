/* call — one request, and the access handler of the library as a small machine.
 *
 * The library calls the handler when the headers are in, for each piece of the body, when
 * the body is in, and again after each resume; `phase` says where we are.
 * SPDX-License-Identifier: MPL-2.0 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/http/inside.h"

#define BODY_SECONDS 120 /* a form; with files five times as long */
#define URI_BYTES 4096
#define HANG_UP_SECONDS 2u

/* ---- what a request is ------------------------------------------------------------- */

static enum http_method method_of(const char *method)
{
    return strcmp(method, "GET") == 0    ? HTTP_GET
           : strcmp(method, "HEAD") == 0 ? HTTP_HEAD
           : strcmp(method, "POST") == 0 ? HTTP_POST
                                         : HTTP_OTHER;
}

str http_header(const struct http_request *r, const char *name)
{
    struct call *c = call_of((struct http_request *)(uintptr_t)r);

    return str_of(MHD_lookup_connection_value(c->connection, MHD_HEADER_KIND, name));
}

struct joining {
    struct arena *a;
    const char *name;
    str all;
};

static enum MHD_Result header_join(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct joining *j = context;

    (void)kind;
    if (value != NULL && strcasecmp(name, j->name) == 0) {
        j->all = j->all.len == 0 ? str_of(value)
                                 : str_format(j->a, "%.*s,%s", STR_ARG(j->all), value);
    }
    return MHD_YES;
}

str http_headers(const struct http_request *r, const char *name)
{
    struct call *c = call_of((struct http_request *)(uintptr_t)r);
    struct joining j = { .a = r->arena, .name = name, .all = STR("") };

    MHD_get_connection_values(c->connection, MHD_HEADER_KIND, header_join, &j);
    return j.all;
}

str http_peer(const struct http_request *r)
{
    struct call *c = call_of((struct http_request *)(uintptr_t)r);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char host[64] = "";

    if (info == NULL || info->client_addr == NULL ||
        getnameinfo(info->client_addr, info->client_addr->sa_family == AF_INET6
                                           ? sizeof(struct sockaddr_in6)
                                           : sizeof(struct sockaddr_in),
                    host, sizeof(host), NULL, 0, NI_NUMERICHOST) != 0) {
        return STR("");
    }
    return str_copy(r->arena, str_of(host));
}

struct lengths {
    int content_length, transfer_encoding, host;
};

static enum MHD_Result count_length(void *context, enum MHD_ValueKind kind,
                                    const char *name, const char *value)
{
    struct lengths *l = context;

    (void)kind;
    (void)value;
    l->content_length += strcasecmp(name, "Content-Length") == 0 ? 1 : 0;
    l->transfer_encoding += strcasecmp(name, "Transfer-Encoding") == 0 ? 1 : 0;
    l->host += strcasecmp(name, "Host") == 0 ? 1 : 0;
    return MHD_YES;
}

/* Two ways to say where a body ends are how requests are smuggled past a proxy. */
static bool head_is_plain(struct call *c)
{
    struct lengths l = { 0 };

    MHD_get_connection_values(c->connection, MHD_HEADER_KIND, count_length, &l);
    return l.content_length + l.transfer_encoding <= 1 && l.host <= 1;
}

/* Called with the request line as it came, before the library takes it to pieces. */
void *call_on_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct http *h = context;
    struct arena *a = spare_take(&h->spares);
    struct call *c = a == NULL ? NULL : ARENA_NEW(a, struct call);

    if (c == NULL) {
        arena_free(a);
        return NULL;
    }
    c->http = h;
    c->connection = connection;
    atomic_init(&c->references, 1);
    c->request.arena = a;
    c->request.began_ns = clock_steady_ns();
    str whole = str_copy(a, str_of(uri));

    c->request.path = whole;
    ptrdiff_t mark = str_find(whole, STR("?"));
    if (mark >= 0) {
        c->request.path = str_slice(whole, 0, (size_t)mark);
        c->request.query = str_slice(whole, (size_t)mark + 1, whole.len);
    }
    atomic_fetch_add(&h->requests, 1);
    atomic_fetch_add(&h->active, 1);
    return c;
}

/* ---- answering ---------------------------------------------------------------------- */

void http_send(struct http_request *r, int status, struct http_answer *x)
{
    struct call *c = call_of(r);

    http_answer_drop(c->answer);
    stream_belongs_to(x, c);
    c->answer = x;
    c->status = status;
    c->phase = CALL_SENDING;
}

bool http_is_sent(const struct http_request *r)
{
    const struct call *c = call_of((struct http_request *)(uintptr_t)r);

    return c->phase >= CALL_SENDING;
}

bool http_is_on_lane(const struct http_request *r)
{
    return call_of((struct http_request *)(uintptr_t)r)->on_lane;
}

static enum MHD_Result queue_answer(struct call *c)
{
    enum MHD_Result queued;

    if (c->answer == NULL) {
        return MHD_NO;
    }
    queued = MHD_queue_response(c->connection, (unsigned)c->status, c->answer->response);
    c->sent_bytes = c->request.method == HTTP_HEAD ? 0 : c->answer->bytes;
    c->phase = CALL_SENT;
    return queued;
}

static struct http_answer *late_words(void)
{
    static const char body[] =
        "503 The office is busy. Please try again in a moment.\n"
        "503 \xe7\xb3\xbb\xe7\xb5\xb1\xe5\xbf\x99\xe7\xa2\x8c\xef\xbc\x8c"
        "\xe8\xab\x8b\xe7\xa8\x8d\xe5\xbe\x8c\xe5\x86\x8d\xe8\xa9\xa6"
        "\xe3\x80\x82\n";
    struct http_answer *x = http_answer_const(str_of(body));

    http_answer_header(x, "Content-Type", STR("text/plain; charset=utf-8"));
    return x;
}

/* The answer where the service cannot be asked any more: it still has the request. */
static enum MHD_Result queue_late(struct call *c)
{
    const struct http_service *s = &c->http->service;
    struct http_answer *x = s->late != NULL ? s->late(s->context, &c->request)
                                            : late_words();
    enum MHD_Result queued = MHD_NO;

    http_answer_header(x, "Retry-After", STR("30"));
    http_answer_header(x, "Cache-Control", STR("no-store"));
    if (x != NULL) {
        queued = MHD_queue_response(c->connection, 503, x->response);
    }
    http_answer_drop(x);
    c->was_expired = true;
    return queued;
}

/* ---- the machine -------------------------------------------------------------------- */

static void lane_step(void *context)
{
    struct call *c = context;
    const struct http_service *s = &c->http->service;

    if (s->step(s->context, &c->request) == HTTP_ANSWERED) {
        http_wake(&c->request);
    }
}

static void lane_flush(void *context)
{
    struct call *c = context;

    body_flush(c);
    http_wake(&c->request);
}

bool http_to_lane(struct http_request *r, enum http_lane lane)
{
    struct call *c = call_of(r);

    if (c->http->lanes[lane] == NULL || !lane_reserve(c->http->lanes[lane])) {
        return false;
    }
    park_call(c);
    c->on_lane = true;
    lane_push(c->http->lanes[lane], lane_step, c);
    return true;
}

static enum MHD_Result run_step(struct call *c)
{
    const struct http_service *s = &c->http->service;

    c->phase = CALL_STEP;
    c->on_lane = false;
    if (s->step(s->context, &c->request) == HTTP_PARKED) {
        return MHD_YES; /* Somebody else has it: not one more look. */
    }
    return queue_answer(c);
}

static bool has_body(const struct http_request *r)
{
    str length = http_header(r, "Content-Length");

    return http_header(r, "Transfer-Encoding").len > 0 ||
           (length.len > 0 && !str_equal(length, STR("0")));
}

static enum MHD_Result head_in(struct call *c, const char *method)
{
    const struct http_service *s = &c->http->service;
    struct http_request *r = &c->request;

    r->method = method_of(method);
    if (r->path.len + r->query.len > URI_BYTES || !head_is_plain(c)) {
        r->refused = r->path.len + r->query.len > URI_BYTES ? 414 : 400;
    }
    s->head(s->context, r);
    if (c->phase == CALL_SENDING) {
        /* An answer in the library's first call ends the connection; the next call is at
         * once. */
        return has_body(r) ? queue_answer(c) : MHD_YES;
    }
    int64_t length = 0;

    if (r->body_kind != HTTP_BODY_NONE) {
        body_begins(c);
    }
    c->length_known = str_to_int(http_header(r, "Content-Length"), &length) && length > 0;
    if (c->length_known) {
        int64_t files = r->takes_files ? HTTP_FILE_BYTES * 5 : 0;

        if (length > (int64_t)r->body_max + files && r->body_kind != HTTP_BODY_NONE) {
            r->refused = r->refused != 0 ? r->refused : 413;
        }
    }
    c->phase = CALL_BODY;
    return r->refused != 0 && has_body(r) ? run_step(c) : MHD_YES;
}

static bool body_is_late(const struct call *c)
{
    int64_t seconds = (clock_steady_ns() - c->request.began_ns) / INT64_C(1000000000);

    return seconds > (c->request.takes_files ? BODY_SECONDS * 5 : BODY_SECONDS);
}

/* The pieces to the file lane. Full: the request is refused, and what came is dropped. */
static bool flush_parked(struct call *c)
{
    if (!lane_reserve(c->http->lanes[HTTP_LANE_FILES])) {
        c->request.refused = 503;
        c->piece_first = c->piece_last = NULL;
        c->pool_used = 0;
        return false;
    }
    park_call(c);
    lane_push(c->http->lanes[HTTP_LANE_FILES], lane_flush, c);
    return true;
}

/* A body that said no length and is too long: the library takes no answer before its end,
 * so the line goes out by our own hand; then we listen on a little, and hang up. */
static void hang_up(struct call *c)
{
    static const char line[] = "HTTP/1.1 413 Content Too Large\r\n"
                               "Content-Type: text/plain; charset=utf-8\r\n"
                               "Content-Length: 19\r\nConnection: close\r\n\r\n"
                               "That is too large.\n";
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (info != NULL) {
        (void)!send(info->connect_fd, line, sizeof(line) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        (void)shutdown(info->connect_fd, SHUT_WR);
    }
    (void)MHD_set_connection_option(c->connection, MHD_CONNECTION_OPTION_TIMEOUT,
                                    HANG_UP_SECONDS);
    c->status = 413;
    c->hung_up = true;
}

static enum MHD_Result body_piece(struct call *c, const char *bytes, size_t *len)
{
    size_t came = *len;

    *len = 0;
    if (body_is_late(c)) {
        return MHD_NO;
    }
    bool full = body_arrives(c, bytes, came);

    if (c->request.refused != 0 && !c->length_known && !c->hung_up) {
        hang_up(c);
    }
    if (c->discarded > BODY_DISCARD_BYTES && !c->length_known) {
        return MHD_NO;
    }
    if (full) {
        (void)flush_parked(c);
    }
    return MHD_YES;
}

static enum MHD_Result body_in(struct call *c)
{
    if (c->hung_up) {
        return MHD_NO;
    }
    c->phase = CALL_STEP;
    if (c->request.body_kind != HTTP_BODY_NONE && body_ends(c) && flush_parked(c)) {
        return MHD_YES;
    }
    return run_step(c);
}

enum MHD_Result call_on_access(void *context, struct MHD_Connection *connection,
                               const char *url, const char *method, const char *version,
                               const char *upload, size_t *upload_len, void **call)
{
    struct call *c = *call;

    (void)context;
    (void)url;
    (void)version;
    if (c == NULL) {
        return MHD_NO;
    }
    if (atomic_load(&c->park) == PARK_EXPIRED) {
        *upload_len = 0;
        return queue_late(c);
    }
    c->connection = connection;
    switch (c->phase) {
    case CALL_HEAD:
        /* http_stop waits for those who are counted as active; who comes after it has begun
         * must not be parked any more: the library aborts when it stops with one. */
        return atomic_load(&c->http->stopping) ? queue_late(c) : head_in(c, method);
    case CALL_BODY:
        return *upload_len > 0 ? body_piece(c, upload, upload_len) : body_in(c);
    case CALL_STEP:
        return run_step(c);
    case CALL_SENDING:
        return queue_answer(c);
    default:
        return MHD_NO;
    }
}

void call_on_over(void *context, struct MHD_Connection *connection, void **call,
                  enum MHD_RequestTerminationCode why)
{
    struct http *h = context;
    struct call *c = *call;

    (void)connection;
    if (c == NULL) {
        return;
    }
    if (!c->was_expired) { /* Else somebody may still be at work in it. */
        body_abandon(c);
    }
    bool told = c->was_expired || c->hung_up ||
                (c->phase == CALL_SENT && why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    int status = !told ? 0 : c->was_expired ? 503 : c->status;

    h->service.over(h->service.context, &c->request, status, c->sent_bytes);
    *call = NULL;
    atomic_fetch_sub(&h->active, 1);
    call_release(c);
}
