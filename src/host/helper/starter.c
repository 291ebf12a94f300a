/* starter — both sides: who may start programs, and who asks for one.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/helper/starter.h"

#include "host/clock/clock.h"
#include "host/helper/frame.h"
#include "host/helper/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TAKEN_AWAY_TRIES 20
#define STARTER_WAIT_NS INT64_C(5000000000)

/* One byte, and with it the end of the socket; the byte 0 alone when there is none. */
static bool end_give(int end)
{
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = { .space = { 0 } };
    char word = end >= 0 ? 1 : 0;
    struct iovec piece = { &word, 1 };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1 };

    if (end >= 0) {
        message.msg_control = control.space;
        message.msg_controllen = sizeof(control.space);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);

        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &end, sizeof(end));
    }
    return sendmsg(STDIN_FILENO, &message, MSG_NOSIGNAL) == 1;
}

static const char *const *words_of(const struct starter_kind *kinds, size_t count,
                                   char asked)
{
    for (size_t i = 0; i < count; i++) {
        if (kinds[i].asked == asked) {
            return kinds[i].words;
        }
    }
    return NULL;
}

void starter_run(const char *program, const struct starter_kind *kinds, size_t count)
{
    pid_t child;
    char asked;

    signal(SIGCHLD, SIG_IGN); /* Who has ended is taken away by the system. */
    while (read(STDIN_FILENO, &asked, 1) == 1) {
        const char *const *words = words_of(kinds, count, asked);
        int ends[2] = { -1, -1 };
        bool started = words != NULL &&
                       socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
                       spawn_with(program, words, ends[1], &child) == 0;
        bool told = end_give(started ? ends[0] : -1);

        if (ends[0] >= 0) {
            close(ends[0]);
            close(ends[1]);
        }
        if (!told) {
            return;
        }
    }
}

int starter_open(struct starter *s, const char *program, const char *const *words)
{
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return errno;
    }
    int rc = spawn_with(program, words, ends[1], &s->pid);

    close(ends[1]);
    if (rc != 0) {
        close(ends[0]);
        return rc;
    }
    s->socket = ends[0];
    s->owed = 0;
    return 0;
}

/* Its answer: a socket, or -1. False: it has not said anything in time. */
static bool end_take(int starter, int64_t ends_ns, int *ret_end)
{
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    char word = 0;
    struct iovec piece = { &word, 1 };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1,
                              .msg_control = control.space,
                              .msg_controllen = sizeof(control.space) };

    *ret_end = -1;
    if (!frame_wait(starter, POLLIN, ends_ns)) {
        return false;
    }
    if (recvmsg(starter, &message, MSG_CMSG_CLOEXEC) != 1 || word != 1) {
        return true;
    }
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);

    if (head != NULL && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
        head->cmsg_len == CMSG_LEN(sizeof(int))) {
        memcpy(ret_end, CMSG_DATA(head), sizeof(*ret_end));
    }
    return true;
}

/* Answers come in the order of the questions: those of earlier ones are passed over. */
static int own_answer(struct starter *s)
{
    int64_t ends_ns = clock_steady_ns() + STARTER_WAIT_NS;
    int end = -1;

    for (s->owed++; s->owed > 0; s->owed--) {
        if (end >= 0) {
            close(end);
        }
        if (!end_take(s->socket, ends_ns, &end)) {
            return -1;
        }
    }
    return end;
}

int starter_ask(struct starter *s, char what)
{
    bool asked = s->socket >= 0 && send(s->socket, &what, 1, MSG_NOSIGNAL) == 1;
    int end = asked ? own_answer(s) : -1;

    if (end >= 0) {
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
    return end;
}

void starter_close(struct starter *s)
{
    if (s->socket < 0) {
        return;
    }
    close(s->socket);
    s->socket = -1;
    for (int i = 0; i < TAKEN_AWAY_TRIES && waitpid(s->pid, NULL, WNOHANG) == 0; i++) {
        usleep(10000);
    }
}
