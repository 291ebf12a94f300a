/* courier_test — a gateway in a thread that is good, dead, slow, huge, or elsewhere.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "host/courier/courier.h"
#include "host/courier/errand.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define FINE_ANSWER \
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Signature: abc\r\n" \
    "Content-Length: 2\r\n\r\n{}"

struct gateway {
    int listener;
    uint16_t port;
    pthread_t thread;
    char asked[4096]; /* the last request */
};

static void answer(struct gateway *g, int socket)
{
    static const char huge[] = "HTTP/1.1 200 OK\r\nContent-Length: 90000000\r\n\r\n";
    static const char endless[] = "HTTP/1.1 200 OK\r\n\r\n";
    static const char away[] =
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    static const char broken[] = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";
    static const char lie[] = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{";
    static const char block[65536] = { 'x' };
    ssize_t got = recv(socket, g->asked, sizeof g->asked - 1, 0);

    g->asked[got > 0 ? got : 0] = '\0';
    if (strstr(g->asked, "/fine") != NULL) {
        send(socket, FINE_ANSWER, sizeof FINE_ANSWER - 1, MSG_NOSIGNAL);
    } else if (strstr(g->asked, "/huge") != NULL) {
        send(socket, huge, sizeof huge - 1, MSG_NOSIGNAL);
    } else if (strstr(g->asked, "/endless") != NULL) {
        send(socket, endless, sizeof endless - 1, MSG_NOSIGNAL);
        while (send(socket, block, sizeof block, MSG_NOSIGNAL) > 0) {
        }
    } else if (strstr(g->asked, "/elsewhere") != NULL) {
        send(socket, away, sizeof away - 1, MSG_NOSIGNAL);
    } else if (strstr(g->asked, "/error") != NULL) {
        send(socket, broken, sizeof broken - 1, MSG_NOSIGNAL);
    } else if (strstr(g->asked, "/half") != NULL) {
        send(socket, lie, sizeof lie - 1, MSG_NOSIGNAL);
    } else if (strstr(g->asked, "/slow") != NULL) {
        char end;

        recv(socket, &end, 1, 0); /* until it is given up */
    }
    close(socket);
}

static void *serve(void *context)
{
    struct gateway *g = context;
    int socket;

    while ((socket = accept(g->listener, NULL, NULL)) >= 0) {
        answer(g, socket);
    }
    return NULL;
}

static void gateway_open(struct gateway *g)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof at;

    g->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(g->listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(g->listener, 8), 0);
    assert_int_equal(getsockname(g->listener, (struct sockaddr *)&at, &len), 0);
    g->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&g->thread, NULL, serve, g), 0);
}

struct world {
    struct arena *arena;
    struct gateway gateway;
    struct courier *courier;
    str origin;
};

static struct courier *courier_to(struct arena *a, const str *origins, size_t count)
{
    const struct courier_options o = { .program = getenv("BIANMIN_COURIER"),
                                       .origins = origins, .origins_count = count };
    struct courier *c;

    assert_non_null(o.program);
    assert_null(courier_start(a, &o, &c));
    return c;
}

static int begin(void **state)
{
    static struct world w;

    w = (struct world){ .arena = arena_new((size_t)64 << 20) };
    gateway_open(&w.gateway);
    w.origin = str_format(w.arena, "http://127.0.0.1:%u", (unsigned)w.gateway.port);
    w.courier = courier_to(w.arena, &w.origin, 1);
    *state = &w;
    return 0;
}

static int finish(void **state)
{
    struct world *w = *state;

    courier_stop(w->courier);
    shutdown(w->gateway.listener, SHUT_RDWR);
    close(w->gateway.listener);
    pthread_join(w->gateway.thread, NULL);
    arena_free(w->arena);
    return 0;
}

static enum courier_fault go(struct world *w, str url, str body, struct courier_answer *ret)
{
    const struct courier_errand e = { .url = url, .body = body,
                                      .media_type = STR("application/json"),
                                      .authorization = STR("Bearer one\r\nX-Evil: yes"),
                                      .signature = STR("0011"), .answer_max = 1000,
                                      .seconds = 1 };
    enum courier_fault f = COURIER_FAULTS;
    err x = courier_go(w->arena, w->courier, &e, ret, &f);

    assert_true((x == NULL) == (f == COURIER_FINE));
    assert_true(x == NULL || x->say.id != NULL);
    return f;
}

static void what_a_gateway_does_is_told_apart(void **state)
{
    static const struct {
        const char *story, *path;
        enum courier_fault want;
    } rows[] = {
        { "an answer comes back", "/fine", COURIER_FINE },
        { "an answer that says it is too large is not fetched", "/huge", COURIER_HUGE },
        { "one that never ends is cut off", "/endless", COURIER_HUGE },
        { "a redirect is not followed", "/elsewhere", COURIER_REFUSED },
        { "an error is no answer", "/error", COURIER_REFUSED },
        { "an answer that breaks off is none", "/half", COURIER_AWAY },
        { "one that hangs up is away", "/hang-up", COURIER_AWAY },
        { "who does not answer in time is slow", "/slow", COURIER_SLOW },
        { "after all that the next answer comes", "/fine?again", COURIER_FINE },
    };
    struct world *w = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct courier_answer x = { 0 };
        str url = str_format(w->arena, "%.*s%s", STR_ARG(w->origin), rows[i].path);
        enum courier_fault f = go(w, url, STR(""), &x);

        if (f != rows[i].want) {
            fail_msg("%s: %d", rows[i].story, (int)f);
        }
        if (f == COURIER_FINE) {
            assert_true(str_equal(x.body, STR("{}")));
            assert_true(str_equal(x.signature, STR("abc")));
            assert_int_equal(x.status, 200);
        }
    }
}

static void what_is_sent_is_what_was_said(void **state)
{
    struct world *w = *state;
    struct courier_answer x;
    str url = str_format(w->arena, "%.*s/fine", STR_ARG(w->origin));

    assert_int_equal(go(w, url, STR("{\"a\":1}"), &x), COURIER_FINE);
    assert_non_null(strstr(w->gateway.asked, "POST /fine HTTP/1.1\r\n"));
    assert_non_null(strstr(w->gateway.asked, "X-Signature: 0011\r\n"));
    assert_non_null(strstr(w->gateway.asked, "\r\n\r\n{\"a\":1}"));
    /* A value that would begin a line of its own is not sent at all. */
    assert_null(strstr(w->gateway.asked, "X-Evil"));
}

static void only_addresses_of_the_settings_are_gone_to(void **state)
{
    static const struct {
        const char *story, *url;
    } rows[] = {
        { "another port", "http://127.0.0.1:9/fine" },
        { "another machine", "https://other.example/fine" },
        { "the same under another name", "http://localhost:%u/fine" },
        { "a user in front", "http://127.0.0.1:%u@other.example/fine" },
        { "a file", "file:///etc/passwd" },
        { "another machine without a certificate", "http://other.example/" },
        { "a line break in it", "http://127.0.0.1:%u/fine\r\nHost: x" },
        { "nothing", "" },
    };
    struct world *w = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct courier_answer x;
        char url[200];
        const char *place = strstr(rows[i].url, "%u");

        if (place == NULL) {
            snprintf(url, sizeof url, "%s", rows[i].url);
        } else {
            snprintf(url, sizeof url, "%.*s%u%s", (int)(place - rows[i].url), rows[i].url,
                     (unsigned)w->gateway.port, place + 2);
        }
        w->gateway.asked[0] = '\0';
        if (go(w, str_of(url), STR(""), &x) != COURIER_FORBIDDEN) {
            fail_msg("%s", rows[i].story);
        }
        assert_string_equal(w->gateway.asked, "");
    }
}

static void nobody_there_is_told_at_once(void **state)
{
    struct world *w = *state;
    const str origin = STR("http://127.0.0.1:1");
    struct courier *before = w->courier;
    int64_t began = clock_steady_ns();
    struct courier_answer x;

    w->courier = courier_to(w->arena, &origin, 1);
    assert_int_equal(go(w, STR("http://127.0.0.1:1/"), STR(""), &x), COURIER_AWAY);
    assert_true(clock_steady_ns() - began < INT64_C(3000000000));
    courier_stop(w->courier);
    w->courier = before;
}

static void origins_are_read_strictly(void **state)
{
    static const struct {
        const char *url, *origin; /* NULL: none */
    } rows[] = {
        { "https://Gate.Example/v1?x=1", "https://gate.example:443" },
        { "https://gate.example:8443", "https://gate.example:8443" },
        { "http://127.0.0.1:8099/a", "http://127.0.0.1:8099" },
        { "http://localhost/", "http://localhost:80" },
        { "http://gate.example/", NULL },
        { "https://gate.example:0/", NULL },
        { "https://gate.example:70000/", NULL },
        { "https://gate.example:+80/", NULL },
        { "https://user@gate.example/", NULL },
        { "https://gate.example/#x", NULL },
        { "https:///x", NULL },
        { "ftp://gate.example/", NULL },
        { "https://gate example/", NULL },
    };
    struct world *w = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        str origin = STR("");
        bool is_one = courier_origin(w->arena, str_of(rows[i].url), &origin);

        if (is_one != (rows[i].origin != NULL) ||
            (is_one && !str_equal(origin, str_of(rows[i].origin)))) {
            fail_msg("%s: %.*s", rows[i].url, STR_ARG(origin));
        }
    }
}

static void nonsense_is_not_unpacked(void **state)
{
    struct world *w = *state;
    const struct courier_errand e = { .url = STR("http://127.0.0.1/"), .seconds = 3 };
    struct courier_errand back;
    str packed;

    assert_true(errand_pack(w->arena, &e, &packed));
    assert_true(errand_unpack(packed, &back));
    assert_true(str_equal(back.url, e.url));
    assert_null(back.body.at);
    for (size_t i = 0; i < packed.len; i++) {
        assert_false(errand_unpack(str_slice(packed, 0, i), &back));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_gateway_does_is_told_apart),
        cmocka_unit_test(what_is_sent_is_what_was_said),
        cmocka_unit_test(only_addresses_of_the_settings_are_gone_to),
        cmocka_unit_test(nobody_there_is_told_at_once),
        cmocka_unit_test(origins_are_read_strictly),
        cmocka_unit_test(nonsense_is_not_unpacked),
    };

    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, begin, finish);
}
