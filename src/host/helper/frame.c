/* frame — sending and receiving with a deadline.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/helper/frame.h"

#include "host/clock/clock.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

struct head {
    uint32_t word;
    uint32_t bytes;
};

static int wait_ms(int64_t ends_ns)
{
    if (ends_ns == INT64_MAX) {
        return -1;
    }
    int64_t left = (ends_ns - clock_steady_ns()) / 1000000;
    return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left + 1;
}

bool frame_wait(int file, short events, int64_t ends_ns)
{
    for (;;) {
        struct pollfd p = { .fd = file, .events = events };
        int ready = poll(&p, 1, wait_ms(ends_ns));
        if (ready > 0) {
            return true;
        }
        if (ready == 0 || errno != EINTR) {
            return false;
        }
    }
}

static bool bytes_send(int socket, const char *at, size_t len, int64_t ends_ns)
{
    while (len > 0) {
        if (!frame_wait(socket, POLLOUT, ends_ns)) {
            return false;
        }
        ssize_t sent = send(socket, at, len, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR && errno != EAGAIN) {
            return false;
        }
        if (sent > 0) {
            at += sent;
            len -= (size_t)sent;
        }
    }
    return true;
}

static bool bytes_receive(int socket, char *at, size_t len, int64_t ends_ns)
{
    while (len > 0) {
        if (!frame_wait(socket, POLLIN, ends_ns)) {
            return false;
        }
        ssize_t got = recv(socket, at, len, 0);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) {
            return false;
        }
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
    return true;
}

bool frame_send(int socket, uint32_t word, str body, int64_t ends_ns)
{
    struct head head = { .word = word, .bytes = (uint32_t)body.len };
    return bytes_send(socket, (const char *)&head, sizeof head, ends_ns) &&
           bytes_send(socket, body.at, body.len, ends_ns);
}

bool frame_receive(struct arena *a, int socket, size_t max, int64_t ends_ns,
                   uint32_t *ret_word, str *ret_body)
{
    struct head head;
    if (!bytes_receive(socket, (char *)&head, sizeof head, ends_ns) || head.bytes > max) {
        return false;
    }
    char *at = arena_alloc(a, head.bytes);
    if (at == NULL || !bytes_receive(socket, at, head.bytes, ends_ns)) {
        return false;
    }
    *ret_word = head.word;
    *ret_body = (str){ at, head.bytes };
    return true;
}
