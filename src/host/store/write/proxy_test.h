/* proxy_test — stands between a store and its PostgreSQL in tests, on Unix sockets.
 *
 * It forwards whole messages and knows which of them runs the COMMIT of a writer: it learns
 * the name under which a connection prepared it. Each mode but PROXY_AWAY does its harm
 * once.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_WRITE_PROXY_TEST_H
#define BIANMIN_HOST_STORE_WRITE_PROXY_TEST_H

#include "base/arena.h"
#include "base/str.h"
#include "host/clock/clock.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum proxy_mode {
    PROXY_PASS,
    PROXY_CUT_BEFORE,     /* both ends are closed when COMMIT comes */
    PROXY_CUT_AFTER,      /* … when it was answered; the answer is not passed on */
    PROXY_SWALLOW_BEFORE, /* COMMIT is not passed on; the server is left open for a while */
    PROXY_SWALLOW_AFTER,  /* it is, and its answer is not */
    PROXY_AWAY,           /* all ends are closed, and nobody is let in */
};

enum { PROXY_PAIRS = 24, PROXY_BYTES = 1 << 18, PROXY_LEFT_OPEN_MS = 6500 };

struct proxy_pair {
    int client, server; /* -1: closed */
    enum proxy_mode doing;
    int64_t until_ns; /* PROXY_SWALLOW_BEFORE */
    bool has_started, has_name, is_writer;
    char name[24]; /* of the statement that is COMMIT */
    char *bytes;
    size_t len;
};

struct proxy {
    char folder[100]; /* host= for the store */
    char server[108]; /* the socket of the server */
    str rest;         /* of the address, behind the host */
    _Atomic int mode;
    _Atomic bool is_closing;
    int listener;
    pthread_t thread;
    struct proxy_pair pair[PROXY_PAIRS];
};

static void proxy_put(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

        if (n <= 0) {
            return; /* the next poll tells */
        }
        bytes += n;
        len -= (size_t)n;
    }
}

static void proxy_drop_client(struct proxy_pair *p)
{
    if (p->client >= 0) {
        close(p->client);
        p->client = -1;
    }
}

static void proxy_drop(struct proxy_pair *p)
{
    proxy_drop_client(p);
    if (p->server >= 0) {
        close(p->server);
        p->server = -1;
    }
}

static int proxy_socket(const char *path, bool listens)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(at.sun_path, sizeof(at.sun_path), "%s", path);
    if (listens ? bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, 32) == 0
                : connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0) {
        return fd;
    }
    close(fd);
    return -1;
}

static void proxy_accept(struct proxy *x)
{
    int client = accept(x->listener, NULL, NULL);
    size_t i = 0;

    while (i < PROXY_PAIRS && x->pair[i].server >= 0) {
        i++;
    }
    if (client < 0 || i == PROXY_PAIRS || atomic_load(&x->mode) == PROXY_AWAY) {
        close(client);
        return;
    }
    x->pair[i] = (struct proxy_pair){ .client = client,
                                      .server = proxy_socket(x->server, false),
                                      .bytes = x->pair[i].bytes };
    if (x->pair[i].server < 0) {
        proxy_drop(&x->pair[i]);
    }
}

/* Whether this message of a client runs the COMMIT of a writer. */
static bool proxy_is_commit(struct proxy_pair *p, const char *message)
{
    const char *first = message + 5, *second = first + strlen(first) + 1;

    if (message[0] == 'P' && strstr(second, "writer_mark") != NULL) {
        p->is_writer = true;
    }
    if (message[0] == 'P' && strcmp(second, "COMMIT") == 0) {
        snprintf(p->name, sizeof(p->name), "%s", first);
        p->has_name = true;
    }
    return message[0] == 'B' && p->is_writer && p->has_name && strcmp(second, p->name) == 0;
}

static size_t proxy_message_bytes(const struct proxy_pair *p)
{
    size_t head = p->has_started ? 1 : 0;
    const unsigned char *at = (const unsigned char *)p->bytes + head;

    return p->len < head + 4 ? SIZE_MAX
                             : head + ((size_t)at[0] << 24 | (size_t)at[1] << 16 |
                                       (size_t)at[2] << 8 | at[3]);
}

static void proxy_meet_commit(struct proxy *x, struct proxy_pair *p)
{
    int mode = atomic_load(&x->mode);

    if (p->doing != PROXY_PASS || mode == PROXY_PASS || mode == PROXY_AWAY) {
        return;
    }
    atomic_store(&x->mode, PROXY_PASS);
    p->doing = (enum proxy_mode)mode;
    p->until_ns = clock_steady_ns() + PROXY_LEFT_OPEN_MS * INT64_C(1000000);
    if (mode == PROXY_CUT_BEFORE) {
        proxy_drop(p);
    }
}

static void proxy_from_client(struct proxy *x, struct proxy_pair *p)
{
    ssize_t n = recv(p->client, p->bytes + p->len, PROXY_BYTES - p->len, 0);
    size_t whole;

    if (n <= 0) {
        proxy_drop_client(p);
        if (p->doing != PROXY_SWALLOW_BEFORE) {
            proxy_drop(p);
        }
        return;
    }
    p->len += (size_t)n;
    for (whole = proxy_message_bytes(p); whole <= p->len; whole = proxy_message_bytes(p)) {
        if (p->has_started && proxy_is_commit(p, p->bytes)) {
            proxy_meet_commit(x, p);
        }
        if (p->server < 0) {
            return;
        }
        if (p->doing != PROXY_SWALLOW_BEFORE) {
            proxy_put(p->server, p->bytes, whole);
        }
        p->has_started = true;
        p->len -= whole;
        memmove(p->bytes, p->bytes + whole, p->len);
    }
}

static void proxy_from_server(struct proxy_pair *p)
{
    char bytes[8192];
    ssize_t n = recv(p->server, bytes, sizeof(bytes), 0);

    if (n <= 0) {
        proxy_drop(p);
    } else if (p->doing == PROXY_PASS) {
        proxy_put(p->client, bytes, (size_t)n);
    } else if (p->doing == PROXY_CUT_AFTER &&
               memmem(bytes, (size_t)n, "COMMIT", sizeof("COMMIT")) != NULL) {
        proxy_drop(p);
    }
}

static void proxy_round(struct proxy *x)
{
    struct pollfd fds[1 + 2 * PROXY_PAIRS] = { { .fd = x->listener, .events = POLLIN } };

    for (size_t i = 0; i < PROXY_PAIRS; i++) {
        fds[1 + 2 * i] = (struct pollfd){ .fd = x->pair[i].client, .events = POLLIN };
        fds[2 + 2 * i] = (struct pollfd){ .fd = x->pair[i].server, .events = POLLIN };
    }
    (void)poll(fds, sizeof(fds) / sizeof(fds[0]), 10);
    for (size_t i = 0; i < PROXY_PAIRS; i++) {
        struct proxy_pair *p = &x->pair[i];

        if (fds[1 + 2 * i].revents != 0 && p->client >= 0) {
            proxy_from_client(x, p);
        }
        if (fds[2 + 2 * i].revents != 0 && p->server >= 0) {
            proxy_from_server(p);
        }
        if (atomic_load(&x->mode) == PROXY_AWAY ||
            (p->doing == PROXY_SWALLOW_BEFORE && clock_steady_ns() > p->until_ns)) {
            proxy_drop(p);
        }
    }
    if (fds[0].revents != 0) {
        proxy_accept(x);
    }
}

static void *proxy_main(void *of)
{
    struct proxy *x = of;

    while (!atomic_load(&x->is_closing)) {
        proxy_round(x);
    }
    for (size_t i = 0; i < PROXY_PAIRS; i++) {
        proxy_drop(&x->pair[i]);
    }
    return NULL;
}

static void proxy_set(struct proxy *x, enum proxy_mode mode)
{
    atomic_store(&x->mode, (int)mode);
    if (mode == PROXY_AWAY) {
        usleep(50000); /* until all ends are closed */
    }
}

/* `host`: the address from behind "host=". */
static bool proxy_open(struct proxy *x, struct arena *a, str host)
{
    ptrdiff_t end = str_find(host, STR("&"));
    str server = end < 0 ? host : str_slice(host, 0, (size_t)end);
    char path[130];

    *x = (struct proxy){ .rest = STR("") };
    if (end >= 0) {
        x->rest = str_slice(host, (size_t)end, host.len);
    }
    snprintf(x->folder, sizeof(x->folder), "/tmp/bianmin-proxy-XXXXXX");
    snprintf(x->server, sizeof(x->server), "%.*s/.s.PGSQL.5432", STR_ARG(server));
    if (mkdtemp(x->folder) == NULL) {
        return false;
    }
    snprintf(path, sizeof(path), "%s/own", x->folder);
    mkdir(path, 0700);
    snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", x->folder);
    x->listener = proxy_socket(path, true);
    for (size_t i = 0; i < PROXY_PAIRS; i++) {
        x->pair[i].client = -1;
        x->pair[i].server = -1;
        x->pair[i].bytes = arena_alloc(a, PROXY_BYTES);
        if (x->pair[i].bytes == NULL) {
            return false;
        }
    }
    return x->listener >= 0 && pthread_create(&x->thread, NULL, proxy_main, x) == 0;
}

static void proxy_close(struct proxy *x)
{
    char path[130];

    atomic_store(&x->is_closing, true);
    pthread_join(x->thread, NULL);
    close(x->listener);
    snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", x->folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/own/lock", x->folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/own", x->folder);
    rmdir(path);
    rmdir(x->folder);
}

#endif
