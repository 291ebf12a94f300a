/* sandbox — gives up what the process will not need any more: Landlock for files and
 * ports, a list of allowed system calls by libseccomp.
 *
 * Call it when everything is open (database, listening socket, key file, papers process)
 * and BEFORE the first thread starts: Landlock holds for the calling thread and the
 * threads it makes. Afterwards other files, new sockets, execve, fork and ptrace are
 * refused; threads, accept4, epoll, what is open, and the folder go on working. There is
 * no way back. A kernel without Landlock gets the list of calls alone.
 *
 * Sanitizer builds allow what the sanitizers themselves need.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_SANDBOX_H
#define BIANMIN_HOST_SANDBOX_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum sandbox_kind {
    SANDBOX_PROGRAM,    /* bianmin: files in its folder, its sockets, threads */
    SANDBOX_PAPERS,     /* bianmin-papers: waits for jobs, forks, no file at all */
    SANDBOX_PAPER_JOB,  /* one job of it: what is open, memory, nothing else */
    SANDBOX_PAPER_DRAW, /* one that draws: also reads fonts, as far as its parent may */
    SANDBOX_COURIER, /* bianmin-courier: `reach`, and what tells names and certificates */
    SANDBOX_DOT,     /* about to become dot: starts it, reads `readable`, nothing else */
};

/* Where new connections may go: nowhere, unless the database is elsewhere. The list of
 * calls cannot see an address; ports are Landlock's (from its fourth version on). */
struct sandbox_reach {
    bool by_socket;  /* Unix sockets */
    bool by_network; /* TCP */
    bool by_name;    /* names are looked up, by UDP */
    const uint16_t *ports;
    size_t port_count;
};

struct sandbox_options {
    enum sandbox_kind kind;
    struct sandbox_reach reach;
    const char *folder;           /* read and written, with all below; NULL: none */
    const char *const *readable;  /* files or folders that may be read besides */
    size_t readable_count;
};

/* `*ret_done`, for the log: "landlock 4, seccomp". Fails: ERR_BROKEN (the kernel refuses
 * the list of calls, or threads are running already); then do not serve. */
MUST_CHECK err sandbox_close(struct arena *a, const struct sandbox_options *options,
                             str *ret_done);

#endif
