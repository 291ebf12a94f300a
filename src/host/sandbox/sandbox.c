/* sandbox — files first, then calls: the second shuts the door through which the first
 * went.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/sandbox/sandbox.h"

#include "host/sandbox/parts.h"

#include <dirent.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* The thread sanitizer keeps a thread of its own; it touches no file of ours. */
#ifdef THREAD_SANITIZED
#define THREADS_MOST 2
#else
#define THREADS_MOST 1
#endif

static int threads_running(void)
{
    int threads = 0;
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) {
        return 1; /* nobody can tell; the caller promised */
    }
    for (struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) {
        threads += entry->d_name[0] != '.' ? 1 : 0;
    }
    closedir(tasks);
    return threads;
}

/* Keys are in memory: nobody of the same user may look into it, and no core file holds
 * it. */
static void memory_guard(void)
{
#ifndef SANITIZED
    const struct rlimit none = { 0, 0 };
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    setrlimit(RLIMIT_CORE, &none);
#endif
}

err sandbox_close(struct arena *a, const struct sandbox_options *options, str *ret_done)
{
    int landlock = 0;
    if (options->kind != SANDBOX_PAPER_JOB && options->kind != SANDBOX_PAPER_DRAW) {
        int threads = threads_running();
        if (threads > THREADS_MOST) {
            FAIL(a, ERR_BROKEN, SAY("The sandbox cannot be closed."), STR(""),
                 "%d threads are running already", threads);
        }
        memory_guard();
        TRY(landlock_close(a, options, &landlock));
    }
    TRY(calls_close(a, options));
    *ret_done = landlock > 0 ? str_format(a, "landlock %d, seccomp", landlock)
                             : STR("seccomp, no landlock in this kernel");
    return NULL;
}
