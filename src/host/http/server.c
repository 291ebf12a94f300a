/* server — the daemon of the library: opened over a socket, stopped in order.
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

/* "127.0.0.1:8080", "[::1]:8080", ":8080" */
static bool listen_split(struct arena *a, str listen, const char **ret_host,
                         const char **ret_port)
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

    int failed = EAI_NONAME;

    if (listen_split(a, listen_text, &host, &port)) {
        failed = getaddrinfo(host, port, &hints, &list);
    }
    if (failed != 0) {
        FAIL(a, ERR_INPUT, SAY("Write the address to listen on as 127.0.0.1:8080."),
             STR(""), "listen %.*s: %s", STR_ARG(listen_text), gai_strerror(failed));
    }
    int fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool bound = fd >= 0 &&
                 setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
                 bind(fd, list->ai_addr, list->ai_addrlen) == 0 && listen(fd, 4096) == 0;

    freeaddrinfo(list);
    if (!bound) {
        if (fd >= 0) {
            close(fd);
        }
        FAIL(
            a, ERR_CONFLICT,
            SAY("The address {address} is taken or not ours. Choose another with --listen.",
                SAY_TEXT("address", listen_text)),
            STR(""), "bind %.*s: %m", STR_ARG(listen_text));
    }
    *ret_listener = fd;
    return NULL;
}

static void address_write(struct http *h)
{
    struct sockaddr_storage s = { 0 };
    socklen_t len = sizeof(s);
    char host[64] = "?", port[8] = "?";

    getsockname(h->listen_socket, (struct sockaddr *)&s, &len);
    getnameinfo((struct sockaddr *)&s, len, host, sizeof(host), port, sizeof(port),
                NI_NUMERICHOST | NI_NUMERICSERV);
    snprintf(h->address, sizeof(h->address), s.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s",
             host, port);
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
    unsigned workers = o->workers > 0 ? (unsigned)o->workers
                       : cores > 1    ? (unsigned)cores
                                      : 2;
    unsigned connections = o->connections > 0 ? (unsigned)o->connections : 16384;

    h->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO, 0, NULL,
        NULL, call_on_access, h, MHD_OPTION_LISTEN_SOCKET, h->listen_socket,
        MHD_OPTION_THREAD_POOL_SIZE, workers, MHD_OPTION_CONNECTION_LIMIT, connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_MORE_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_SECONDS, MHD_OPTION_URI_LOG_CALLBACK,
        call_on_uri, h, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, call_on_over, h, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
    if (h->daemon == NULL) {
        FAIL(a, ERR_BROKEN, SAY("The server could not be started. See the log."), STR(""),
             "MHD_start_daemon: %m");
    }
    return NULL;
}

static err lanes_open(struct arena *a, struct http *h, const struct http_options *o)
{
    static const int usual_threads[HTTP_LANES] = { 2, 2, 0 };
    static const size_t usual_queue[HTTP_LANES] = { 256, 256, 4096 };

    for (int i = 0; i < HTTP_LANES; i++) {
        int threads = o->lane_threads[i] > 0 ? o->lane_threads[i] : usual_threads[i];
        size_t queue = o->lane_queue > 0 ? (size_t)o->lane_queue : usual_queue[i];

        if (threads > 0) {
            TRY(lane_open(a, threads, queue, &h->lanes[i]));
        }
    }
    return NULL;
}

err http_start(struct arena *a, const struct http_options *options,
               const struct http_service *service, struct http **ret)
{
    struct http *h = ARENA_NEW(a, struct http);

    if (h == NULL) {
        return err_no_memory;
    }
    h->service = *service;
    h->listen_socket = options->listener;
    h->parked_ms = options->parked_ms > 0 ? options->parked_ms : HTTP_PARKED_MS;
    address_write(h);
    spares_open(&h->spares);
    TRY(lanes_open(a, h, options));
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
    spares_close(&h->spares);
}

struct http_figures http_figures(const struct http *h)
{
    return (struct http_figures){ atomic_load(&h->requests), atomic_load(&h->active),
                                  atomic_load(&h->parked) };
}
