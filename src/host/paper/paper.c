/* paper — the client of the papers process: one job at a time, started again when it is
 * gone.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/paper/paper.h"

#include "host/clock/clock.h"
#include "host/helper/starter.h"
#include "host/paper/paper_job.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define TYPE_BYTES ((size_t)1 << 20) /* what is looked at to tell the type */
#define TYPE_TEXT_MAX 200

struct paper {
    pthread_mutex_t lock;
    const char *program;
    struct starter starter;
    int socket; /* of the papers process; -1: not running */
};

/* It ends by itself when its socket closes. */
static void paper_close(struct paper *p)
{
    if (p->socket >= 0) {
        close(p->socket);
        p->socket = -1;
    }
}

static err starter_begin(struct arena *a, struct paper *p)
{
    const char *const words[] = { p->program, "start", NULL };
    int rc = starter_open(&p->starter, p->program, words);

    if (rc != 0) {
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "%s: %s", p->program, strerror(rc));
    }
    return NULL;
}

static err paper_open(struct arena *a, struct paper *p)
{
    int end = starter_ask(&p->starter, 'p');
    if (end < 0) {
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "the starter of papers is gone or cannot start it");
    }
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
    uint32_t answer = PAPER_DIED;
    if (!frame_send(p->socket, word, body, ends_ns) ||
        !frame_receive(a, p->socket, PAPER_REPLY_BYTES_MAX, ends_ns, &answer, ret_body) ||
        answer > PAPER_DIED) {
        paper_close(p);
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "papers process gone or late");
    }
    *ret_word = (enum paper_word)answer;
    return NULL;
}

int paper_dot(struct paper *p)
{
    pthread_mutex_lock(&p->lock);
    int end = starter_ask(&p->starter, 'd');
    pthread_mutex_unlock(&p->lock);
    return end;
}

err paper_job(struct arena *a, struct paper *p, enum paper_word word, str body,
              enum paper_word *ret_word, str *ret_body)
{
    if (p == NULL) {
        FAIL(a, ERR_BUSY,
             SAY("Files cannot be looked at right now. Please try again later."), STR(""),
             "there is no papers process");
    }
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
    *p = (struct paper){ .program = path, .starter.socket = -1, .socket = -1 };
    pthread_mutex_init(&p->lock, NULL);
    TRY(starter_begin(a, p));
    *ret = p;
    return NULL;
}

err paper_hello(struct arena *a, struct paper *p)
{
    enum paper_word word;
    str body;

    return paper_job(a, p, PAPER_HELLO, STR(""), &word, &body);
}

void paper_stop(struct paper *p)
{
    if (p != NULL) {
        pthread_mutex_lock(&p->lock);
        paper_close(p);
        starter_close(&p->starter);
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
