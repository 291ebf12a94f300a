/* control — how a command asks the server that owns the instance: one line of JSON there,
 * lines back, the last one with the exit status. Same user or root only.
 * SPDX-License-Identifier: MPL-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "host/log/log.h"

#define REQUEST_BYTES ((size_t)16 << 20)
#define ACT_BYTES ((size_t)256 << 20)

struct control {
    struct instance *instance;
    int listener, stop[2];
    char path[108];
    pthread_t thread;
    bool runs;
};

static bool address_of(const char *folder, struct sockaddr_un *ret)
{
    *ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
    int len = snprintf(ret->sun_path, sizeof(ret->sun_path), "%s/control.sock", folder);

    return len > 0 && (size_t)len < sizeof(ret->sun_path);
}

static bool write_all(int fd, str text)
{
    while (text.len > 0) {
        ssize_t n = send(fd, text.at, text.len, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        text = str_slice(text, (size_t)n, text.len);
    }
    return true;
}

/* One line without its end; false when the other side left or it is too long. */
static bool read_line(int fd, struct buf *rest, str *ret_line)
{
    for (;;) {
        ptrdiff_t end = str_find(buf_str(rest), STR("\n"));
        char piece[16384];

        if (end >= 0) {
            *ret_line = str_copy(rest->arena, str_slice(buf_str(rest), 0, (size_t)end));
            str after = str_copy(rest->arena,
                                 str_slice(buf_str(rest), (size_t)end + 1, rest->len));
            buf_clear(rest);
            buf_put(rest, after);
            return true;
        }
        ssize_t n = read(fd, piece, sizeof(piece));

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0 || buf_failed(rest)) {
            return false;
        }
        buf_put(rest, (str){ piece, (size_t)n });
    }
}

struct answer {
    struct arena *arena;
    int fd;
};

static void answer_json(struct answer *x, str key, str text, int64_t number)
{
    struct arena *a = arena_new(0);
    struct buf b;
    struct json_writer w;

    if (a == NULL) {
        return;
    }
    buf_init(&b, a, (size_t)1 << 20);
    json_open(&w, &b);
    json_object(&w, STR(""));
    if (str_equal(key, STR("exit"))) {
        json_put_int(&w, key, number);
    } else {
        json_put_text(&w, key, text);
    }
    json_end_object(&w);
    buf_put_char(&b, '\n');
    (void)write_all(x->fd, buf_str(&b));
    arena_free(a);
}

static void answer_line(void *context, str text)
{
    answer_json(context, STR("out"), text, 0);
}

static bool may_ask(int fd)
{
    struct ucred who;
    socklen_t len = sizeof(who);

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len) == 0 &&
           (who.uid == geteuid() || who.uid == 0);
}

static void serve_one(struct control *c, int fd)
{
    struct arena *a = arena_new(ACT_BYTES);
    struct answer x = { a, fd };
    const struct out o = { answer_line, &x };
    const struct json *request = NULL;
    struct buf rest;
    str text;
    int status = 1;

    if (a == NULL || !may_ask(fd)) {
        arena_free(a);
        return;
    }
    buf_init(&rest, a, REQUEST_BYTES);
    if (read_line(fd, &rest, &text)) {
        err e = json_parse(a, text, &request);

        if (e != NULL) {
            out_err(&o, a, e);
        } else {
            status = act_run(c->instance, a, str_z(a, json_text_of(request, STR("act"))),
                             json_get(request, STR("request")), &o);
        }
        answer_json(&x, STR("exit"), STR(""), status);
    }
    arena_free(a);
}

static void *run(void *context)
{
    struct control *c = context;

    for (;;) {
        struct pollfd wait[2] = { { .fd = c->listener, .events = POLLIN },
                                  { .fd = c->stop[0], .events = POLLIN } };

        if (poll(wait, 2, -1) < 0 && errno != EINTR) {
            return NULL;
        }
        if (wait[1].revents != 0) {
            return NULL;
        }
        if ((wait[0].revents & POLLIN) == 0) {
            continue;
        }
        int fd = accept4(c->listener, NULL, NULL, SOCK_CLOEXEC);

        if (fd >= 0) {
            const struct timeval patience = { .tv_sec = 30 };

            (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
            serve_one(c, fd);
            close(fd);
        }
    }
}

err control_open(struct arena *a, struct instance *x, struct control **ret)
{
    struct control *c = ARENA_NEW(a, struct control);
    struct sockaddr_un address;

    if (c == NULL) {
        return err_no_memory;
    }
    c->instance = x;
    if (!address_of(x->folder, &address)) {
        FAIL(a, ERR_INPUT, SAY("The path of the instance is too long. Move it."), STR(""),
             "control.sock");
    }
    memcpy(c->path, address.sun_path, sizeof(c->path));
    unlink(c->path);
    c->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mode_t before = umask(0177);
    bool bound = c->listener >= 0 &&
                 bind(c->listener, (struct sockaddr *)&address, sizeof(address)) == 0 &&
                 listen(c->listener, 16) == 0 && pipe2(c->stop, O_CLOEXEC) == 0;

    umask(before);
    if (!bound) {
        FAIL(a, ERR_BUSY, SAY("control.sock cannot be made in the folder of the instance."),
             STR(""), "bind: %m");
    }
    *ret = c;
    return NULL;
}

err control_start(struct arena *a, struct control *c)
{
    if (pthread_create(&c->thread, NULL, run, c) != 0) {
        return err_no_memory;
    }
    c->runs = true;
    return NULL;
}

void control_close(struct control *c)
{
    if (c == NULL) {
        return;
    }
    if (c->runs) {
        (void)!write(c->stop[1], "x", 1);
        pthread_join(c->thread, NULL);
    }
    close(c->listener);
    unlink(c->path);
}

static int copy_answer(struct arena *a, int fd, const struct out *o)
{
    struct buf rest;
    str text;

    buf_init(&rest, a, REQUEST_BYTES);
    while (read_line(fd, &rest, &text)) {
        const struct json *line = NULL;

        if (json_parse(a, text, &line) != NULL) {
            break;
        }
        if (json_get(line, STR("exit")) != NULL) {
            return (int)json_int_of(line, STR("exit"), 1);
        }
        out_line(o, "%.*s", STR_ARG(json_text_of(line, STR("out"))));
    }
    out_line(o, "The server left before it had answered.");
    return 1;
}

bool control_ask(struct arena *a, const char *folder, const char *name, str request,
                 const struct out *o, int *ret_status)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct buf b;
    struct json_writer w;

    if (fd < 0 || !address_of(folder, &address) ||
        connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    buf_init(&b, a, REQUEST_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("act"), str_of(name));
    json_put_raw(&w, STR("request"), request);
    json_end_object(&w);
    buf_put_char(&b, '\n');
    *ret_status = write_all(fd, buf_str(&b)) ? copy_answer(a, fd, o) : 1;
    close(fd);
    return true;
}
