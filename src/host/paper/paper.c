/* paper — the client of the papers process: one job at a time, started again when it is
 * gone.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/paper.h"

#include "host/clock/clock.h"
#include "host/paper/frame.h"
#include "host/paper/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define TYPE_BYTES ((size_t)1 << 20) /* what is looked at to tell the type */
#define TYPE_TEXT_MAX 200
#define TAKEN_AWAY_TRIES 20
#define STARTER_WAIT_NS INT64_C(5000000000)

struct paper {
    pthread_mutex_t lock;
    const char *program;
    int starter; /* socket of the process that may start others; -1: none */
    pid_t pid;   /* its */
    int socket;  /* of the papers process; -1: not running */
};

/* It ends by itself when its socket closes. */
static void paper_close(struct paper *p)
{
    if (p->socket >= 0) {
        close(p->socket);
        p->socket = -1;
    }
}

static void starter_close(struct paper *p)
{
    if (p->starter < 0) {
        return;
    }
    close(p->starter);
    p->starter = -1;
    for (int i = 0; i < TAKEN_AWAY_TRIES && waitpid(p->pid, NULL, WNOHANG) == 0; i++) {
        usleep(10000);
    }
}

static err starter_open(struct arena *a, struct paper *p)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "socketpair: %s", strerror(errno));
    }
    int rc = spawn_with(p->program, "start", ends[1], &p->pid);
    close(ends[1]);
    if (rc != 0) {
        close(ends[0]);
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "%s: %s", p->program, strerror(rc));
    }
    p->starter = ends[0];
    return NULL;
}

/* The starter's answer: a socket, or -1. */
static int end_take(int starter)
{
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    char word = 0;
    int end = -1;
    struct iovec piece = { &word, 1 };
    struct msghdr message = { .msg_iov = &piece, .msg_iovlen = 1,
                              .msg_control = control.space,
                              .msg_controllen = sizeof(control.space) };
    if (!frame_wait(starter, POLLIN, clock_steady_ns() + STARTER_WAIT_NS) ||
        recvmsg(starter, &message, MSG_CMSG_CLOEXEC) != 1 || word != 1) {
        return -1;
    }
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (head != NULL && head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
        head->cmsg_len == CMSG_LEN(sizeof(int))) {
        memcpy(&end, CMSG_DATA(head), sizeof(end));
    }
    return end;
}

static err paper_open(struct arena *a, struct paper *p)
{
    bool asked = p->starter >= 0 && send(p->starter, "p", 1, MSG_NOSIGNAL) == 1;
    int end = asked ? end_take(p->starter) : -1;
    if (end < 0) {
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "the starter of papers is gone or cannot start it");
    }
    fcntl(end, F_SETFL, O_NONBLOCK);
    p->socket = end;
    return NULL;
}

/* One job, with the lock held. */
static err paper_ask(struct arena *a, struct paper *p, enum paper_word word, str body,
                     enum paper_word *ret_word, str *ret_body)
{
    if (p->socket < 0) {
        TRY(paper_open(a, p));
    }
    int64_t ends_ns = clock_steady_ns() + PAPER_WAIT_NS;
    if (!frame_send(p->socket, word, body, ends_ns) ||
        !frame_receive(a, p->socket, PAPER_REPLY_BYTES_MAX, ends_ns, ret_word, ret_body)) {
        paper_close(p);
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "papers process gone or late");
    }
    return NULL;
}

static err paper_job(struct arena *a, struct paper *p, enum paper_word word, str body,
                     enum paper_word *ret_word, str *ret_body)
{
    if (body.len > PAPER_JOB_BYTES_MAX) {
        *ret_word = PAPER_TOO_LARGE;
        return NULL;
    }
    pthread_mutex_lock(&p->lock);
    bool was_running = p->socket >= 0;
    err e = paper_ask(a, p, word, body, ret_word, ret_body);
    if (e != NULL && was_running && !arena_failed(a)) {
        /* It may have died since the last job: this one gets a second try. */
        e = paper_ask(a, p, word, body, ret_word, ret_body);
    }
    pthread_mutex_unlock(&p->lock);
    if (e == NULL && *ret_word == PAPER_DIED) {
        FAIL(a, ERR_INPUT, SAY("This file cannot be read. Save it anew and send it again."),
             STR(""), "job died or took too long");
    }
    return e;
}

err paper_start(struct arena *a, const char *program, struct paper **ret)
{
    struct paper *p = ARENA_NEW(a, struct paper);
    const char *path = str_z(a, str_of(program));
    if (p == NULL || arena_failed(a)) {
        return err_no_memory;
    }
    *p = (struct paper){ .program = path, .starter = -1, .socket = -1 };
    pthread_mutex_init(&p->lock, NULL);
    TRY(starter_open(a, p));
    enum paper_word word;
    str body;
    err e = paper_job(a, p, PAPER_HELLO, STR(""), &word, &body);
    if (e != NULL) {
        paper_close(p);
        starter_close(p);
        return e;
    }
    *ret = p;
    return NULL;
}

void paper_stop(struct paper *p)
{
    if (p != NULL) {
        pthread_mutex_lock(&p->lock);
        paper_close(p);
        starter_close(p);
        pthread_mutex_unlock(&p->lock);
    }
}

err paper_media_type(struct arena *a, struct paper *p, str bytes, str *ret_type)
{
    enum paper_word word;
    str body = STR("");
    TRY(paper_job(a, p, PAPER_MEDIA_TYPE, str_slice(bytes, 0, TYPE_BYTES), &word, &body));
    bool known = word == PAPER_DONE && body.len > 0 && body.len < TYPE_TEXT_MAX &&
                 str_is_text(body);
    *ret_type = known ? body : STR("application/octet-stream");
    return NULL;
}

err paper_clean_picture(struct arena *a, struct paper *p, str bytes, str *ret_bytes,
                        str *ret_type)
{
    enum paper_word word;
    str body = STR("");
    TRY(paper_job(a, p, PAPER_CLEAN_PICTURE, bytes, &word, &body));
    if (word == PAPER_TOO_LARGE) {
        FAIL(a, ERR_INPUT,
             SAY("This picture is too large. Make it smaller and send it again."), STR(""),
             "picture too large");
    }
    if (word != PAPER_JPEG && word != PAPER_PNG) {
        FAIL(a, ERR_INPUT, SAY("This picture cannot be read. Send it as JPEG or PNG."),
             STR(""), "picture unreadable");
    }
    *ret_bytes = body;
    *ret_type = word == PAPER_JPEG ? STR("image/jpeg") : STR("image/png");
    return NULL;
}
