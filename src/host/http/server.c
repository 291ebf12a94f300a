/* server — the daemon of the library, and its access handler as a small machine.
 *
 * The library calls the handler when the headers are in, for each piece of the body, when
 * the body is in, and again after each resume; `phase` says where we are.
 * SPDX-License-Identifier: MPL-2.0 */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "host/clock/clock.h"
#include "host/http/inside.h"

#define CONNECTION_BYTES ((size_t)16 << 10)
#define CONNECTION_MORE_BYTES ((size_t)2 << 10)
#define CONNECTION_SECONDS 30u
#define BODY_SECONDS 120 /* a form; with files five times as long */
#define URI_BYTES 4096

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

static enum MHD_Result count_length(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
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
static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
    struct http *h = context;
    struct arena *a = arena_new(0);
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

/* The answer where the service cannot be asked any more: it still has the request. */
static enum MHD_Result queue_late(struct call *c)
{
    static const char body[] = "503 The office is busy. Please try again in a moment.\n"
                               "503 \xe7\xb3\xbb\xe7\xb5\xb1\xe5\xbf\x99\xe7\xa2\x8c\xef\xbc\x8c"
                               "\xe8\xab\x8b\xe7\xa8\x8d\xe5\xbe\x8c\xe5\x86\x8d\xe8\xa9\xa6"
                               "\xe3\x80\x82\n";
    struct http_answer *x = http_answer_const(str_of(body));
    enum MHD_Result queued = MHD_NO;

    http_answer_header(x, "Content-Type", STR("text/plain; charset=utf-8"));
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

    if (!lane_reserve(c->http->lanes[lane])) {
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
        /* An answer in the library's first call ends the connection; the next call is at once. */
        return has_body(r) ? queue_answer(c) : MHD_YES;
    }
    int64_t length = 0;

    if (r->body_kind != HTTP_BODY_NONE) {
        body_begins(c);
    }
    if (str_to_int(http_header(r, "Content-Length"), &length) && length > 0) {
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

static enum MHD_Result body_piece(struct call *c, const char *bytes, size_t *len)
{
    size_t came = *len;

    *len = 0;
    if (body_is_late(c)) {
        return MHD_NO;
    }
    bool full = body_arrives(c, bytes, came);

    if (c->discarded > BODY_DISCARD_BYTES) {
        return MHD_NO;
    }
    if (full) {
        (void)flush_parked(c);
    }
    return MHD_YES;
}

static enum MHD_Result body_in(struct call *c)
{
    c->phase = CALL_STEP;
    if (c->request.body_kind != HTTP_BODY_NONE && body_ends(c) && flush_parked(c)) {
        return MHD_YES;
    }
    return run_step(c);
}

static enum MHD_Result on_access(void *context, struct MHD_Connection *connection,
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
        return head_in(c, method);
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

static void on_over(void *context, struct MHD_Connection *connection, void **call,
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
    int status = c->was_expired ? 503 : c->phase == CALL_SENT ? c->status : 0;

    h->service.over(h->service.context, &c->request,
                    why == MHD_REQUEST_TERMINATED_COMPLETED_OK || status == 503 ? status : 0,
                    c->sent_bytes);
    *call = NULL;
    atomic_fetch_sub(&h->active, 1);
    call_release(c);
}

/* ---- opening and stopping ------------------------------------------------------------ */

/* "127.0.0.1:8080", "[::1]:8080", ":8080" */
static bool listen_split(struct arena *a, str listen, const char **ret_host, const char **ret_port)
{
    ptrdiff_t colon = -1;

    for (size_t i = 0; i < listen.len; i++) {
        colon = listen.at[i] == ':' ? (ptrdiff_t)i : colon;
    }
    if (colon < 0 || (size_t)colon + 1 >= listen.len) {
        return false;
    }
    str host = str_slice(listen, 0, (size_t)colon);

    if (host.len >= 2 && host.at[0] == '[' && host.at[host.len - 1] == ']') {
        host = str_slice(host, 1, host.len - 2);
    }
    *ret_host = host.len > 0 ? str_z(a, host) : NULL;
    *ret_port = str_z(a, str_slice(listen, (size_t)colon + 1, listen.len));
    return true;
}

err http_listen(struct arena *a, str listen_text, int *ret_listener)
{
    const char *host = NULL, *port = NULL;
    struct addrinfo *list = NULL;
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                              .ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV };
    int on = 1;

    int failed = listen_split(a, listen_text, &host, &port) ? getaddrinfo(host, port, &hints, &list)
                                                            : EAI_NONAME;
    if (failed != 0) {
        FAIL(a, ERR_INPUT, SAY("Write the address to listen on as 127.0.0.1:8080."), STR(""),
             "listen %.*s: %s", STR_ARG(listen_text), gai_strerror(failed));
    }
    int fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool bound = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
                 bind(fd, list->ai_addr, list->ai_addrlen) == 0 && listen(fd, 4096) == 0;

    freeaddrinfo(list);
    if (!bound) {
        if (fd >= 0) {
            close(fd);
        }
        FAIL(a, ERR_CONFLICT,
             SAY("The address {address} is taken or not ours. Choose another with --listen.",
                 SAY_TEXT("address", listen_text)),
             STR(""), "bind %.*s: %m", STR_ARG(listen_text));
    }
    *ret_listener = fd;
    return NULL;
}

static void address_write(struct http *h)
{
    struct sockaddr_storage s;
    socklen_t len = sizeof(s);
    char host[64] = "?", port[8] = "?";

    getsockname(h->listen_socket, (struct sockaddr *)&s, &len);
    getnameinfo((struct sockaddr *)&s, len, host, sizeof(host), port, sizeof(port),
                NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(h->address, sizeof(h->address), s.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host,
             port);
}

/* Paths stay encoded: the desk decodes piece by piece. */
static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static err daemon_start(struct arena *a, struct http *h, const struct http_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned workers = o->workers > 0 ? (unsigned)o->workers : cores > 1 ? (unsigned)cores : 2;
    unsigned connections = o->connections > 0 ? (unsigned)o->connections : 8192;

    h->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL, NULL,
        on_access, h, MHD_OPTION_LISTEN_SOCKET, h->listen_socket, MHD_OPTION_THREAD_POOL_SIZE,
        workers, MHD_OPTION_CONNECTION_LIMIT, connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        CONNECTION_BYTES, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_MORE_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_SECONDS, MHD_OPTION_URI_LOG_CALLBACK, on_uri, h,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL, MHD_OPTION_NOTIFY_COMPLETED, on_over, h,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (h->daemon == NULL) {
        FAIL(a, ERR_BROKEN, SAY("The server could not be started. See the log."), STR(""),
             "MHD_start_daemon: %m");
    }
    return NULL;
}

err http_start(struct arena *a, const struct http_options *options,
               const struct http_service *service, struct http **ret)
{
    struct http *h = ARENA_NEW(a, struct http);
    size_t queue = options->lane_queue > 0 ? (size_t)options->lane_queue : 256;

    if (h == NULL) {
        return err_no_memory;
    }
    h->service = *service;
    h->listen_socket = options->listener;
    address_write(h);
    for (int i = 0; i < HTTP_LANES; i++) {
        int threads = options->lane_threads[i] > 0 ? options->lane_threads[i] : 2;

        TRY(lane_open(a, threads, queue, &h->lanes[i]));
    }
    TRY(park_watch(a, h));
    TRY(daemon_start(a, h, options));
    *ret = h;
    return NULL;
}

str http_address(const struct http *h)
{
    return str_of(h->address);
}

static void wait_ms(int64_t ms)
{
    usleep((useconds_t)(ms * 1000));
}

void http_stop(struct http *h, int64_t patience_ms)
{
    if (h == NULL || h->daemon == NULL) {
        return;
    }
    atomic_store(&h->stopping, true);
    int socket = MHD_quiesce_daemon(h->daemon);
    int64_t until = clock_steady_ns() + patience_ms * INT64_C(1000000);

    while (atomic_load(&h->active) > 0 && clock_steady_ns() < until) {
        wait_ms(5);
    }
    /* Stopping with a suspended connection would abort the process. */
    for (int i = 0; i < 1000 && atomic_load(&h->parked) > 0; i++) {
        park_expire_all(h);
        wait_ms(5);
        pthread_mutex_lock(&h->lock);
        bool none = h->first == NULL;
        pthread_mutex_unlock(&h->lock);
        if (none && i > 20) {
            break;
        }
    }
    MHD_stop_daemon(h->daemon);
    h->daemon = NULL;
    if (socket != MHD_INVALID_SOCKET) {
        close(socket);
    }
    park_watch_end(h);
    for (int i = 0; i < HTTP_LANES; i++) {
        lane_close(h->lanes[i]);
    }
}

struct http_figures http_figures(const struct http *h)
{
    return (struct http_figures){ atomic_load(&h->requests), atomic_load(&h->active),
                                  atomic_load(&h->parked) };
}
