/* starter — starts the papers process, again when it is gone.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/papers/starter.h"

#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;

static bool worker_spawn(const char *program, int its_end)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    pid_t child;
    char *const argv[] = { (char *)(uintptr_t)program, NULL };

    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, its_end, STDIN_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int rc = posix_spawn(&child, program, &actions, &attributes, argv, environ);

    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return rc == 0;
}

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
    char asked;

    signal(SIGCHLD, SIG_IGN); /* Who has ended is taken away by the system. */
    while (read(STDIN_FILENO, &asked, 1) == 1) {
        int ends[2] = { -1, -1 };
        bool started = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
                       worker_spawn(program, ends[1]);
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
