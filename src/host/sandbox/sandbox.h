/* sandbox — gives up what the process will not need any more: Landlock for files and ports,
 * a list of allowed system calls by libseccomp.
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

enum sandbox_kind {
    SANDBOX_PROGRAM,   /* bianmin: files in its folder, its sockets, threads */
    SANDBOX_PAPERS,    /* bianmin-papers: waits for jobs, forks, no file at all */
    SANDBOX_PAPER_JOB, /* one job of it: what is open, memory, nothing else */
};

struct sandbox_options {
    enum sandbox_kind kind;
    const char *folder;           /* read and written, with all below; NULL: none */
    const char *const *readable;  /* files or folders that may be read besides */
    size_t readable_count;
};

/* `*ret_done`, for the log: "landlock 4, seccomp". Fails: ERR_BROKEN (the kernel refuses
 * the list of calls, or threads are running already); then do not serve. */
MUST_CHECK err sandbox_close(struct arena *a, const struct sandbox_options *options,
                             str *ret_done);

#endif
