/* serve — the server: opens the instance, listens, and ends in order when it is told to.
 * SPDX-License-Identifier: MPL-2.0 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "app/app.h"
#include "app/features.h"
#include "app/lists.h"
#include "base/arena.h"
#include "desk/desk.h"
#include "host/log/log.h"
#include "host/store/files.h"
#include "host/clock/clock.h"

#define FILES_KEPT_MS INT64_C(86400000)
#define SWEEP_SECONDS 3600

/* As many connections as the system lets us have. */
static void raise_limits(void)
{
    struct rlimit files;

    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &files) != 0) {
            return; /* We live with fewer. */
        }
    }
    /* Keys are in this memory: no core dump, no looking in. */
    (void)prctl(PR_SET_DUMPABLE, 0);
}

static void set_log_level(str level)
{
    static const struct {
        str name;
        enum log_level level;
    } levels[] = { { STR_INIT("debug"), LOG_DEBUG_LEVEL },
                   { STR_INIT("info"), LOG_INFO_LEVEL },
                   { STR_INIT("warn"), LOG_WARN_LEVEL },
                   { STR_INIT("error"), LOG_ERROR_LEVEL } };

    for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
        if (str_equal(level, levels[i].name)) {
            log_set_level(levels[i].level);
        }
    }
}

static void sweep_files(struct instance *x)
{
    struct arena *a = arena_new(0);
    int swept = 0;

    if (a == NULL) {
        return;
    }
    err e = file_sweep(a, x->store, clock_now_ms() - FILES_KEPT_MS, &swept);

    if (e != NULL) {
        log_err(LOG_WARN_LEVEL, "files.sweep", STR(""), e);
    } else if (swept > 0) {
        LOG(LOG_INFO_LEVEL, "files.sweep", LOG_NUMBER("swept", swept));
    }
    arena_free(a);
}

/* Until SIGTERM or SIGINT; once an hour files that belong to nothing are swept. */
static void wait_for_end(struct instance *x, const sigset_t *ends)
{
    const struct timespec hour = { .tv_sec = SWEEP_SECONDS };
    int signal_number;

    do {
        signal_number = sigtimedwait(ends, NULL, &hour);
        if (signal_number < 0) {
            sweep_files(x);
        }
    } while (signal_number < 0);
    LOG(LOG_INFO_LEVEL, "stopping", LOG_NUMBER("signal", signal_number));
}

static err open_all(struct line *l, struct instance *x, str listen, str metrics)
{
    struct desk_options o = {
        .features = app_features,
        .features_count = app_features_count,
        .kinds = app_kinds,
        .kinds_count = app_kinds_count,
        .metrics = metrics,
    };

    TRY(instance_open(l->arena, l->data, false, x));
    set_log_level(x->settings.log_level);
    o.listen = listen.len > 0 ? listen : x->settings.listen;
    o.listen = o.listen.len > 0 ? o.listen : STR("127.0.0.1:8080");
    o.public_url = x->settings.public_url;
    o.store = x->store;
    o.keyring = x->keyring;
    o.ids = &x->ids;
    TRY(desk_open(l->arena, &o, &x->desk));
    return desk_serve(l->arena, x->desk);
}

int command_serve(struct line *l)
{
    str listen = str_of(line_option(l, "--listen"));
    str metrics = str_of(line_option(l, "--metrics"));
    struct instance x = { 0 };
    struct control *control = NULL;
    sigset_t ends;

    if (!line_is(l, 0, "serve [--listen 127.0.0.1:8080] [--metrics ADDRESS]")) {
        return 2;
    }
    /* Every thread inherits this: the signals wait for the main thread. */
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_limits();
    err e = open_all(l, &x, listen, metrics);

    e = e != NULL ? e : control_open(l->arena, &x, &control);
    if (e == NULL) {
        printf("listening on http://%.*s\n", STR_ARG(desk_address(x.desk)));
        fflush(stdout);
        wait_for_end(&x, &ends);
    } else {
        log_err(LOG_ERROR_LEVEL, "start", STR(""), e);
        out_err(&out_terminal, l->arena, e);
    }
    control_close(control);
    desk_close(x.desk);
    instance_close(&x);
    return e == NULL ? 0 : 1;
}
