/* courier — the process that goes out: it waits on its socket (standard input) for an
 * errand and brings back what it got.
 *
 * The addresses it may go to came as words of its command line, from settings.yaml, before
 * bianmin closed its sandbox; no errand can add one. The process has no file but what tells
 * names and certificates, and may connect to the ports of those addresses only. An alarm
 * ends it when an errand takes too long in spite of all; the next one finds a new courier.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/sanitized.h"
#include "host/clock/clock.h"
#include "host/courier/work.h"
#include "host/helper/frame.h"
#include "host/helper/starter.h"
#include "host/sandbox/sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define ERRAND_BYTES (COURIER_BODY_MAX + ((size_t)64 << 10))
#define ARENA_BYTES (ERRAND_BYTES + 4 * COURIER_ANSWER_MAX)
#define MEMORY ((rlim_t)512 << 20)
#define SECOND_NS INT64_C(1000000000)
#define DNS_PORT 53

struct reach {
    struct origin origins[COURIER_ORIGINS_MAX];
    uint16_t ports[COURIER_ORIGINS_MAX + 1];
    size_t count;
    const char *ca_file;
};

static bool reach_read(struct arena *a, char **words, int count, struct reach *ret)
{
    struct reach r = { .ca_file = words[0] };

    for (int i = 1; i < count; i++) {
        if (r.count >= COURIER_ORIGINS_MAX ||
            !origin_read(a, str_of(words[i]), &r.origins[r.count])) {
            return false;
        }
        r.ports[r.count] = r.origins[r.count].port;
        r.count++;
    }
    r.ports[r.count] = DNS_PORT;
    *ret = r;
    return true;
}

static bool may_go(struct arena *a, const struct reach *r, str url)
{
    struct origin wanted;
    bool found = false;

    if (!origin_read(a, url, &wanted)) {
        return false;
    }
    for (size_t i = 0; i < r->count && !found; i++) {
        found = origin_same(&wanted, &r->origins[i]);
    }
    return found;
}

static bool errand_do(struct arena *a, const struct reach *r, str packed)
{
    struct courier_errand e;
    struct courier_answer x = { 0 };
    enum courier_fault f = COURIER_FORBIDDEN;
    str why = STR("not on the list"), bytes;

    if (!errand_unpack(packed, &e)) {
        return false;
    }
    alarm((unsigned)e.seconds + 1);
    if (may_go(a, r, e.url)) {
        f = work_send(a, &e, r->ca_file, &x, &why);
    }
    alarm(0);
    if (!answer_pack(a, &x, why, &bytes)) {
        return false;
    }
    return frame_send(STDIN_FILENO, ERRAND_DONE + (uint32_t)f, bytes,
                      clock_steady_ns() + 5 * SECOND_NS);
}

static bool next_errand(const struct reach *r)
{
    struct arena *a = arena_new(ARENA_BYTES);
    uint32_t word = 0;
    str packed;
    bool done = a != NULL &&
                frame_receive(a, STDIN_FILENO, ERRAND_BYTES, INT64_MAX, &word, &packed) &&
                word == ERRAND_GO && errand_do(a, r, packed);

    arena_free(a);
    return done;
}

static err shut(struct arena *a, const struct reach *r)
{
    static const char *const usual[] = {
        "/etc/resolv.conf",
        "/run/systemd/resolve",
        "/etc/hosts",
        "/etc/nsswitch.conf",
        "/etc/gai.conf",
        "/etc/host.conf",
        "/etc/services",
        "/etc/ssl",
        "/usr/share/ca-certificates",
        "/usr/local/share/ca-certificates",
        "/etc/gnutls",
        "/lib",
        "/usr/lib",
        "/dev/urandom",
    };
    const char *readable[sizeof usual / sizeof usual[0] + 1];
    size_t count = sizeof usual / sizeof usual[0];
    const struct rlimit none = { 0, 0 };
    str done;

    memcpy(readable, usual, sizeof usual);
    if (r->ca_file[0] != '\0') {
        readable[count++] = r->ca_file;
    }
#ifndef SANITIZED
    const struct rlimit memory = { MEMORY, MEMORY };

    setrlimit(RLIMIT_AS, &memory);
#endif
    setrlimit(RLIMIT_CORE, &none);
    const struct sandbox_options closed = {
        .kind = SANDBOX_COURIER, .readable = readable, .readable_count = count,
        .reach = { .by_network = true, .by_name = true, .ports = r->ports,
                   .port_count = r->count + 1 },
    };

    return sandbox_close(a, &closed, &done);
}

/* bianmin-courier start CA ORIGIN… · bianmin-courier go CA ORIGIN… */
int main(int count, char **words)
{
    struct arena *a = arena_new(0);
    struct reach r;

    if (count < 3 || a == NULL || !reach_read(a, words + 2, count - 2, &r)) {
        fputs("bianmin-courier: bianmin starts this by itself\n", stderr);
        return 2;
    }
    if (strcmp(words[1], "start") == 0) {
        char go[] = "go";
        const struct starter_kind kind = { 'c', (const char *const *)words };

        words[1] = go;
        starter_run(words[0], &kind, 1);
        return 0;
    }
    setenv("TZ", "UTC", 1);
    signal(SIGPIPE, SIG_IGN);
    err e = work_curl_start() ? shut(a, &r) : err_no_memory;

    if (e != NULL) {
        fprintf(stderr, "bianmin-courier: %.*s\n", STR_ARG(e->why));
        return 1;
    }
    while (next_errand(&r)) {
    }
    _exit(0); /* who asked is gone */
}
