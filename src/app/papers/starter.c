/* starter — starts the papers process, again when it is gone.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/papers/starter.h"

#include "host/paper/spawn.h"

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

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

void starter_run(const char *program)
{
    pid_t child;
    char asked;

    signal(SIGCHLD, SIG_IGN); /* Who has ended is taken away by the system. */
    while (read(STDIN_FILENO, &asked, 1) == 1) {
        int ends[2] = { -1, -1 };
        bool started = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
                       spawn_with(program, NULL, ends[1], &child) == 0;
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
