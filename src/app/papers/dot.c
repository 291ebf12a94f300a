/* dot — limits, sandbox, then the other program.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/papers/dot.h"

#include "base/arena.h"
#include "host/paper/frame.h"
#include "host/sandbox/sandbox.h"

#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#define MEMORY ((rlim_t)512 << 20)

static void limits_set(void)
{
    const struct rlimit seconds = { PAPER_JOB_SECONDS, PAPER_JOB_SECONDS };
    const struct rlimit memory = { MEMORY, MEMORY }, none = { 0, 0 };

    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_CORE, &none);
#ifndef SANITIZED
    setrlimit(RLIMIT_AS, &memory);
#else
    (void)memory;
#endif
}

int dot_become(void)
{
    static const char *const readable[] = {
        "/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/fonts"
    };
    const struct sandbox_options closed = { .kind = SANDBOX_DOT,
                                            .readable = readable,
                                            .readable_count = sizeof readable /
                                                              sizeof readable[0] };
    char *const words[] = { (char *)(uintptr_t) "dot", (char *)(uintptr_t) "-Tplain",
                            NULL };
    char *const nothing[] = { (char *)(uintptr_t) "LC_ALL=C.UTF-8", NULL };
    struct arena *a = arena_new(0);
    str done;

    if (dup2(STDIN_FILENO, STDOUT_FILENO) < 0 || a == NULL ||
        sandbox_close(a, &closed, &done) != NULL) {
        return 1;
    }
    limits_set();
    execve("/usr/bin/dot", words, nothing);
    return 1;
}
