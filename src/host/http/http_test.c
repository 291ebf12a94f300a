/* Parking: who waits is woken, or told to come again; who is late harms nobody.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/http/http.h"

#include <netinet/in.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"

#define MOST 600

/* A service that keeps what it parks, until the test wakes it. */
struct bench {
    struct arena *a;
    struct http *h;
    uint16_t port;
    pthread_mutex_t lock;
    struct http_request *kept[MOST];
    size_t kept_count;
    _Atomic int block_us; /* 0: 0.3 s */
    _Atomic bool is_held; /* a block waits until it is let go */
    _Atomic int in_lane, answered, expired, left, reading, ended;
};

enum { STREAM_BYTES = 200000 };

/* A database far away: each block takes its time. */
static int64_t slow_read(void *context, int64_t offset, char *to, size_t most)
{
    struct bench *b = context;
    size_t n = (size_t)(STREAM_BYTES - offset) < most ? (size_t)(STREAM_BYTES - offset)
                                                      : most;

    atomic_fetch_add(&b->reading, 1);
    do {
        usleep(b->block_us > 0 ? (useconds_t)b->block_us : 300000);
    } while (b->is_held);
    atomic_fetch_sub(&b->reading, 1);
    for (size_t i = 0; i < n; i++) {
        to[i] = (char)('a' + (offset + (int64_t)i) % 26);
    }
    return (int64_t)n;
}

static void slow_end(void *context)
{
    atomic_fetch_add(&((struct bench *)context)->ended, 1);
}

static void head(void *context, struct http_request *r)
{
    r->user = NULL;
}

static enum http_step answer(struct bench *b, struct http_request *r)
{
    atomic_fetch_add(&b->answered, 1);
    http_send(r, 200, http_answer_const(STR("woken")));
    return HTTP_ANSWERED;
}

static enum http_step step(void *context, struct http_request *r)
{
    struct bench *b = context;

    if (r->user != NULL) { /* Woken. */
        return answer(b, r);
    }
    if (str_equal(r->path, STR("/stream"))) {
        http_send(r, 200, http_answer_stream(STREAM_BYTES, slow_read, b, slow_end));
        return HTTP_ANSWERED;
    }
    if (str_equal(r->path, STR("/plain"))) {
        return answer(b, r);
    }
    if (str_equal(r->path, STR("/lane")) && !http_is_on_lane(r)) {
        if (http_to_lane(r, HTTP_LANE_SLOW)) {
            return HTTP_PARKED;
        }
        http_send(r, 503, http_answer_const(STR("full")));
        return HTTP_ANSWERED;
    }
    if (http_is_on_lane(r)) {
        atomic_fetch_add(&b->in_lane, 1);
        usleep(200000);
        return answer(b, r);
    }
    r->user = b;
    http_park(r);
    pthread_mutex_lock(&b->lock);
    b->kept[b->kept_count++] = r;
    pthread_mutex_unlock(&b->lock);
    return HTTP_PARKED;
}

static void over(void *context, struct http_request *r, int status, int64_t bytes)
{
    struct bench *b = context;

    atomic_fetch_add(status == 503 ? &b->expired : &b->left, status == 200 ? 0 : 1);
}

static void wake_all(struct bench *b)
{
    pthread_mutex_lock(&b->lock);
    while (b->kept_count > 0) {
        http_wake(b->kept[--b->kept_count]);
    }
    pthread_mutex_unlock(&b->lock);
}

static size_t kept(struct bench *b)
{
    pthread_mutex_lock(&b->lock);
    size_t count = b->kept_count;
    pthread_mutex_unlock(&b->lock);
    return count;
}

static struct bench *bench_with(struct http_options o)
{
    struct arena *a = arena_new(0);
    struct bench *b = ARENA_NEW(a, struct bench);
    const struct http_service service = { .context = b, .head = head, .step = step,
                                          .over = over };
    struct sockaddr_in at = { .sin_port = 0 };
    socklen_t len = sizeof(at);

    b->a = a;
    pthread_mutex_init(&b->lock, NULL);
    assert_null(http_listen(a, STR("127.0.0.1:0"), &o.listener));
    assert_int_equal(getsockname(o.listener, (struct sockaddr *)&at, &len), 0);
    b->port = ntohs(at.sin_port);
    assert_null(http_start(a, &o, &service, &b->h));
    return b;
}

static struct bench *bench_open(int parked_ms, int lane_queue)
{
    return bench_with((struct http_options){ .workers = 2, .parked_ms = parked_ms,
                                             .lane_queue = lane_queue,
                                             .lane_threads = { 1, 1 } });
}

static int ask(const struct bench *b, const char *path)
{
    const struct timeval patience = { .tv_sec = 20 };
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(b->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct arena *a = arena_new(0);
    str text = str_format(a, "GET %s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", path);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(send(fd, text.at, text.len, MSG_NOSIGNAL), (ssize_t)text.len);
    arena_free(a);
    return fd;
}

/* The status of the answer; 0 when the connection just ended. */
static int status_of(int fd)
{
    char text[2000];
    size_t len = 0;
    ssize_t n;

    while (len < sizeof(text) - 1 && (n = recv(fd, text + len, sizeof(text) - 1 - len, 0)) > 0) {
        len += (size_t)n;
    }
    close(fd);
    text[len] = '\0';
    return len < 12 ? 0 : (text[9] - '0') * 100 + (text[10] - '0') * 10 + (text[11] - '0');
}

/* The whole stream came, each byte at its place. */
static bool is_whole(int fd)
{
    static char text[STREAM_BYTES + 4000];
    size_t len = 0, head;
    ssize_t n;

    while (len < sizeof(text) - 1 && (n = recv(fd, text + len, sizeof(text) - 1 - len, 0)) > 0) {
        len += (size_t)n;
    }
    close(fd);
    text[len] = '\0';
    const char *end = strstr(text, "\r\n\r\n");

    head = end == NULL ? len : (size_t)(end - text) + 4;
    for (size_t i = head; i < len; i++) {
        if (text[i] != (char)('a' + (i - head) % 26)) {
            return false;
        }
    }
    return len - head == STREAM_BYTES;
}

static void wait_for(struct bench *b, size_t count)
{
    for (int i = 0; i < 2000 && kept(b) < count; i++) {
        usleep(5000);
    }
    assert_int_equal(kept(b), count);
}

static void who_is_woken_is_answered(void **state)
{
    struct bench *b = bench_open(0, 0);
    int fd = ask(b, "/park");

    wait_for(b, 1);
    assert_int_equal(http_figures(b->h).parked, 1);
    wake_all(b);
    assert_int_equal(status_of(fd), 200);
    http_stop(b->h, 5000);
    arena_free(b->a);
}

static void who_is_not_woken_is_told_to_come_again(void **state)
{
    struct bench *b = bench_open(200, 0);
    int fd = ask(b, "/park");

    wait_for(b, 1);
    assert_int_equal(status_of(fd), 503);
    assert_int_equal(b->answered, 0);
    wake_all(b); /* Late: nothing happens but that the memory goes. */
    http_stop(b->h, 5000);
    assert_int_equal(b->answered, 0);
    assert_int_equal(b->expired, 1);
    arena_free(b->a);
}

static void who_leaves_while_parked_harms_nobody(void **state)
{
    struct bench *b = bench_open(0, 0);
    int fd = ask(b, "/park");

    wait_for(b, 1);
    close(fd);
    usleep(50000);
    wake_all(b);
    http_stop(b->h, 5000);
    assert_int_equal(http_figures(b->h).active, 0);
    arena_free(b->a);
}

static void stopping_answers_everybody_who_is_parked(void **state)
{
    struct bench *b = bench_open(0, 0);
    static int fds[500];
    int told = 0;

    for (size_t i = 0; i < 500; i++) {
        fds[i] = ask(b, "/park");
    }
    wait_for(b, 500);
    http_stop(b->h, 100); /* Nobody wakes them in time. */
    for (size_t i = 0; i < 500; i++) {
        told += status_of(fds[i]) == 503 ? 1 : 0;
    }
    assert_int_equal(told, 500);
    wake_all(b);
    arena_free(b->a);
}

static void a_full_lane_refuses_at_once(void **state)
{
    struct bench *b = bench_open(0, 2);
    int fds[12], fine = 0, full = 0;

    for (size_t i = 0; i < 12; i++) {
        fds[i] = ask(b, "/lane");
    }
    for (size_t i = 0; i < 12; i++) {
        int status = status_of(fds[i]);

        fine += status == 200 ? 1 : 0;
        full += status == 503 ? 1 : 0;
    }
    assert_int_equal(fine + full, 12);
    assert_true(fine >= 2 && full >= 1);
    assert_int_equal(b->in_lane, fine);
    http_stop(b->h, 5000);
    arena_free(b->a);
}

/* Four slow readers of long answers, one worker: who wants a word does not wait for them. */
static void a_long_answer_is_read_on_the_lane(void **state)
{
    struct bench *b = bench_with((struct http_options){ .workers = 1,
                                                        .lane_threads = { 1, 1, 4 } });
    int fds[4];

    b->block_us = 10000;
    b->is_held = true;
    for (size_t i = 0; i < 4; i++) {
        fds[i] = ask(b, "/stream");
    }
    for (int i = 0; i < 2000 && b->reading < 4; i++) {
        usleep(1000);
    }
    assert_int_equal(b->reading, 4); /* all at once */
    assert_int_equal(status_of(ask(b, "/plain")), 200);
    assert_int_equal(b->reading, 4); /* and still the first block */
    b->is_held = false;
    for (size_t i = 0; i < 4; i++) {
        assert_true(is_whole(fds[i]));
    }
    http_stop(b->h, 5000);
    assert_int_equal(b->ended, 4);
    arena_free(b->a);
}

static void without_that_lane_it_is_read_at_once(void **state)
{
    struct bench *b = bench_open(0, 0);

    assert_true(is_whole(ask(b, "/stream")));
    http_stop(b->h, 5000);
    assert_int_equal(b->ended, 1);
    arena_free(b->a);
}

/* Who leaves, is too late, or is there when the server stops: the bytes are let go of. */
static void a_long_answer_that_breaks_off_harms_nobody(void **state)
{
    static const int parked_ms[] = { 0, 100, 0 };

    for (int i = 0; i < 3; i++) {
        struct bench *b = bench_with((struct http_options){
            .workers = 1, .parked_ms = parked_ms[i], .lane_threads = { 1, 1, 1 } });
        int fd;

        b->block_us = i == 1 ? 2500000 : 0; /* the watcher looks once a second */
        fd = ask(b, "/stream");
        for (int n = 0; n < 2000 && b->reading < 1; n++) {
            usleep(1000);
        }
        if (i == 0) {
            close(fd);
        } else if (i == 1) {
            assert_false(is_whole(fd));
        }
        http_stop(b->h, i == 2 ? 50 : 5000);
        if (i == 2) {
            close(fd);
        }
        assert_int_equal(b->ended, 1);
        assert_int_equal(http_figures(b->h).active, 0);
        arena_free(b->a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_woken_is_answered),
        cmocka_unit_test(who_is_not_woken_is_told_to_come_again),
        cmocka_unit_test(who_leaves_while_parked_harms_nobody),
        cmocka_unit_test(stopping_answers_everybody_who_is_parked),
        cmocka_unit_test(a_full_lane_refuses_at_once),
        cmocka_unit_test(a_long_answer_is_read_on_the_lane),
        cmocka_unit_test(without_that_lane_it_is_read_at_once),
        cmocka_unit_test(a_long_answer_that_breaks_off_harms_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
