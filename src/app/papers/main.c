/* papers — the process in which foreign bytes are parsed.
 *
 * It waits on its socket (standard input) and forks for each job: the child has no file, no
 * network, 512 MiB and 10 seconds, answers by a pipe and ends. So a file that crashes a
 * library costs one child, and nothing of one file is left when the next one comes. The
 * parent only carries bytes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "app/papers/dot.h"
#include "base/arena.h"
#include "base/sanitized.h"
#include "host/clock/clock.h"
#include "host/helper/starter.h"
#include "host/paper/frame.h"
#include "host/paper/work.h"
#include "host/sandbox/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define JOB_MEMORY ((size_t)512 << 20)
#define JOB_ARENA ((size_t)480 << 20)
#define ARENA_BYTES (PAPER_JOB_BYTES_MAX + 2 * PAPER_REPLY_BYTES_MAX + ((size_t)1 << 20))

struct job {
    enum paper_word word;
    str body;
};

static void limits_set(void)
{
    const struct rlimit seconds = { PAPER_JOB_SECONDS, PAPER_JOB_SECONDS };
    const struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_CORE, &none);
#ifndef SANITIZED /* the job's arena is the bound there */
    const struct rlimit memory = { JOB_MEMORY, JOB_MEMORY };
    setrlimit(RLIMIT_AS, &memory);
#endif
}

static bool all_written(int file, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t put = write(file, at, len);
        if (put <= 0) {
            return false;
        }
        at += put;
        len -= (size_t)put;
    }
    return true;
}

/* In the child. Never comes back. */
static void job_do(const struct job *job, struct magic_set *types, int answer)
{
    str done, body = STR("");
    uint32_t word = PAPER_UNREADABLE;
    close(STDIN_FILENO);
    limits_set();
    struct arena *a = arena_new(JOB_ARENA);
    bool draws = job->word == PAPER_PDF; /* our own document; it needs the fonts */
    const struct sandbox_options closed = { .kind = draws ? SANDBOX_PAPER_DRAW
                                                          : SANDBOX_PAPER_JOB };
    if (a == NULL || sandbox_close(a, &closed, &done) != NULL) {
        _exit(1);
    }
    switch (job->word) {
    case PAPER_HELLO:
        word = PAPER_DONE;
        break;
    case PAPER_MEDIA_TYPE:
        word = work_media_type(a, types, job->body, &body);
        break;
    case PAPER_CLEAN_PICTURE:
        word = work_clean_picture(a, job->body, &body);
        break;
    case PAPER_PDF:
        word = work_pdf(a, job->body, &body);
        break;
    case PAPER_ODT:
        word = work_odt(a, job->body, &body);
        break;
    case PAPER_FILL:
        word = work_fill(a, job->body, &body);
        break;
    case PAPER_NAMES:
        word = work_names(a, job->body, &body);
        break;
    case PAPER_FEED:
        word = work_feed(a, job->body, &body);
        break;
    default:
        break;
    }
    body = body.len > PAPER_REPLY_BYTES_MAX ? STR("") : body;
    bool told = all_written(answer, &word, sizeof word) &&
                all_written(answer, body.at, body.len);
    _exit(told ? 0 : 1);
}

/* What the child writes until it ends, into `space`; false when it is late or tells too
 * much. */
static bool answer_read(int answer, char *space, size_t size, size_t *ret_len)
{
    int64_t ends_ns = clock_steady_ns() + PAPER_JOB_NS;
    size_t len = 0;
    while (len < size && frame_wait(answer, POLLIN, ends_ns)) {
        ssize_t got = read(answer, space + len, size - len);
        if (got <= 0) {
            *ret_len = len;
            return got == 0;
        }
        len += (size_t)got;
    }
    return false;
}

/* In the parent: carries the answer of the child to the one who asked. */
static bool job_answer(struct arena *a, pid_t child, int answer)
{
    uint32_t word = PAPER_DIED;
    size_t size = sizeof word + PAPER_REPLY_BYTES_MAX + 1, len = 0;
    int status = 0;
    char *space = arena_alloc(a, size);
    bool whole = space != NULL && answer_read(answer, space, size, &len);
    close(answer);
    if (!whole) {
        kill(child, SIGKILL);
    }
    waitpid(child, &status, 0);
    whole = whole && WIFEXITED(status) && WEXITSTATUS(status) == 0 && len >= sizeof word;
    str body = STR("");
    if (whole) {
        memcpy(&word, space, sizeof word);
        body = (str){ space + sizeof word, len - sizeof word };
    }
    return frame_send(STDIN_FILENO, (enum paper_word)word, body,
                      clock_steady_ns() + PAPER_JOB_NS);
}

static bool job_run(struct arena *a, const struct job *job, struct magic_set *types)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        job_do(job, types, ends[1]);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return false;
    }
    return job_answer(a, child, ends[0]);
}

static bool next_job(struct magic_set *types)
{
    struct job job;
    uint32_t word = PAPER_HELLO;
    struct arena *a = arena_new(ARENA_BYTES);
    bool done = a != NULL && frame_receive(a, STDIN_FILENO, PAPER_JOB_BYTES_MAX, INT64_MAX,
                                           &word, &job.body);

    job.word = (enum paper_word)word;
    done = done && job_run(a, &job, types);
    arena_free(a);
    return done;
}

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "start") == 0) {
        const char *const work[] = { words[0], NULL };
        const char *const dot[] = { words[0], "dot", NULL };
        const struct starter_kind kinds[] = { { 'p', work }, { 'd', dot } };

        starter_run(words[0], kinds, 2);
        return 0;
    }
    if (count == 2 && strcmp(words[1], "dot") == 0) {
        return dot_become();
    }
    setenv("TZ", "UTC", 1);
    struct magic_set *types = work_types_load();
    if (types == NULL) {
        fputs("bianmin-papers: the table of file kinds (libmagic) is missing\n", stderr);
        return 1;
    }
    work_fonts_load();
    struct arena *a = arena_new(0);
    static const char *const fonts[] = { "/usr/share/fonts", "/usr/local/share/fonts",
                                         "/var/cache/fontconfig", "/etc/fonts",
                                         "/usr/share/fontconfig" };
    const struct sandbox_options closed = { .kind = SANDBOX_PAPERS,
                                            .readable = fonts,
                                            .readable_count = sizeof fonts /
                                                              sizeof fonts[0] };
    str done;
    err e = a == NULL ? err_no_memory : sandbox_close(a, &closed, &done);
    if (e != NULL) {
        fprintf(stderr, "bianmin-papers: %.*s\n", STR_ARG(e->why));
        return 1;
    }
    while (next_job(types)) {
    }
    _exit(0); /* who asked is gone */
}
