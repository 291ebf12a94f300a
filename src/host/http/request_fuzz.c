/* Whole requests over a real listener: multipart, forms, JSON, heads. No crash; what
 * reaches the service is text within its limits; every file that began has ended.
 * SPDX-License-Identifier: MPL-2.0 */
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/arena.h"
#include "host/http/http.h"

/* A request may still be on its way out when an input is over: that is no leak. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "detect_leaks=0";
}

static void head(void *context, struct http_request *r)
{
    r->body_kind = http_header(r, "X-Raw").len > 0 ? HTTP_BODY_RAW : HTTP_BODY_FORM;
    r->body_max = 2000;
    r->takes_files = true;
}

static err file_begin(void *context, struct http_request *r, struct http_file *f)
{
    if (f->began || !str_is_text(f->name) || f->name.len == 0) {
        abort();
    }
    return NULL;
}

static err file_bytes(void *context, struct http_request *r, struct http_file *f, str bytes)
{
    if (f->ended) {
        abort();
    }
    return NULL;
}

static err file_end(void *context, struct http_request *r, struct http_file *f, bool whole)
{
    return NULL;
}

static enum http_step step(void *context, struct http_request *r)
{
    if (r->refused == 0 && r->form_count > HTTP_FIELDS_MAX) {
        abort();
    }
    for (size_t i = 0; r->refused == 0 && i < r->form_count; i++) {
        if (!str_is_text(r->form[i].name) || !str_is_text(r->form[i].value)) {
            abort();
        }
    }
    if (r->body.len > r->body_max) {
        abort();
    }
    http_send(r, r->refused != 0 ? r->refused : 200, http_answer_const(STR("x")));
    return HTTP_ANSWERED;
}

static void over(void *context, struct http_request *r, int status, int64_t bytes)
{
    for (const struct http_file *f = r->files; f != NULL; f = f->next) {
        if (f->began && !f->ended) {
            abort();
        }
    }
}

/* One server for all inputs: starting one costs more than a thousand requests. */
static int server_port(void)
{
    static _Atomic int port;
    static const struct http_service service = {
        .head = head, .step = step, .file_begin = file_begin, .file_bytes = file_bytes,
        .file_end = file_end, .over = over,
    };
    struct http_options o = { .workers = 2 };
    struct http *h = NULL;
    struct sockaddr_in at;
    socklen_t len = sizeof(at);

    if (port == 0) {
        struct arena *a = arena_new(0);

        if (http_listen(a, STR("127.0.0.1:0"), &o.listener) != NULL ||
            http_start(a, &o, &service, &h) != NULL ||
            getsockname(o.listener, (struct sockaddr *)&at, &len) != 0) {
            abort();
        }
        port = ntohs(at.sin_port);
    }
    return port;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct timeval patience = { .tv_usec = 50000 };
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)server_port()),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char answer[4096];

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0 &&
        send(fd, data, size, MSG_NOSIGNAL) >= 0) {
        shutdown(fd, SHUT_WR);
        while (recv(fd, answer, sizeof(answer), 0) > 0) {
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    return 0;
}
