/* serve — the server: opens the instance, listens, and ends in order when it is told to.
 * SPDX-License-Identifier: MPL-2.0 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/app.h"
#include "app/errands.h"
#include "app/case_job.h"
#include "app/features.h"
#include "app/lists.h"
#include "app/outside.h"
#include "base/arena.h"
#include "desk/desk.h"
#include "feature/apply/apply.h"
#include "feature/calendar/calendar.h"
#include "feature/intake/intake.h"
#include "feature/sheets/sheets.h"
#include "host/http/http.h"
#include "host/job/job.h"
#include "host/log/log.h"
#include "host/paper/paper.h"
#include "host/sandbox/sandbox.h"
#include "host/store/store.h"
#include "kernel/envelope/carry.h"

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

struct server {
    struct instance instance;
    struct control *control;
    struct job_runner *jobs, *going_out;
    struct job_runner *carrying; /* envelopes, from agency to agency */
    struct desk_options desk;
    struct outside outside;
    struct errands errands;
};

/* Without it the office works, but takes no pictures. One that is late is asked again by
 * each who needs it. */
static void start_papers(struct line *l, struct server *s)
{
    err e = paper_start(l->arena, line_beside(l, "bianmin-papers"), &s->desk.paper);

    if (e != NULL) {
        s->desk.paper = NULL;
    } else {
        e = paper_hello(l->arena, s->desk.paper);
    }
    if (e != NULL) {
        log_err(LOG_WARN_LEVEL, "papers.start", STR(""), e);
    }
}

/* What must be open before the sandbox closes: databases, key, sockets. */
static err open_all(struct line *l, struct server *s, str listen, str metrics)
{
    struct instance *x = &s->instance;

    TRY(instance_open(l->arena, l->data, false, x));
    set_log_level(x->settings.log_level);
    listen = listen.len > 0 ? listen : x->settings.listen;
    TRY(http_listen(l->arena, listen.len > 0 ? listen : STR("127.0.0.1:8080"),
                    &s->desk.listener));
    if (metrics.len > 0) {
        TRY(http_listen(l->arena, metrics, &s->desk.metrics));
    }
    start_papers(l, s);
    TRY(outside_open(l->arena, l->data, &x->settings, line_beside(l, "bianmin-courier"),
                     &s->outside));
    if (store_is_read_only(
            x->store)) { /* No place for a socket either; pages still help. */
        LOG(LOG_WARN_LEVEL, "read.only", LOG_STR("folder", str_of(l->data)));
        return NULL;
    }
    return control_open(l->arena, x, &s->control);
}

static err close_sandbox(struct line *l, const struct store *store)
{
    struct store_reach r;
    struct sandbox_options options = { .kind = SANDBOX_PROGRAM, .folder = l->data };
    str done;

    TRY(store_reach(l->arena, store, &r));
    options.reach = (struct sandbox_reach){ .by_socket = r.by_socket,
                                            .by_network = r.by_network,
                                            .by_name = r.by_name,
                                            .ports = r.ports,
                                            .port_count = r.port_count };
    options.readable = r.readable;
    options.readable_count = r.readable_count;
    TRY(sandbox_close(l->arena, &options, &done));
    LOG(LOG_INFO_LEVEL, "sandbox", LOG_STR("done", done),
        LOG_STR("database", str_of(store_engine(store))));
    return NULL;
}

static err start_all(struct line *l, struct server *s)
{
    static const struct job *const jobs[] = { &file_sweep_job, &apply_sweep_job,
                                              &intake_sweep_job,
                                              &change_sweep_job,  &case_tell_job,
                                              &case_clocks_job, &calendar_recompute_job,
                                              &sheets_count_job };
    static const struct job *const carrying[] = { &envelope_carry_job };
    const struct job_list list = { jobs, sizeof(jobs) / sizeof(jobs[0]) };
    const struct job_list carry = { carrying, 1 };
    struct instance *x = &s->instance;

    TRY(log_gather(l->arena));
    TRY(instance_start(x));
    s->desk.public_url = x->settings.public_url;
    s->desk.trusted_proxies = x->settings.trusted_proxies;
    s->desk.store = x->store;
    s->desk.keyring = x->keyring;
    s->desk.ids = &x->ids;
    s->desk.pay = &s->outside.pay;
    s->desk.gateway = &s->outside.gateway;
    s->errands = (struct errands){ .outside = &s->outside, .paper = s->desk.paper,
                                   .keyring = x->keyring, .ids = &x->ids };
    TRY(desk_open(l->arena, &s->desk, &x->desk));
    TRY(job_start(l->arena, x->store, &list, 1, x->desk, &s->jobs));
    TRY(job_start(l->arena, x->store, &carry, 1, x->keyring, &s->carrying));
    TRY(job_start(l->arena, x->store, &errands_jobs, 1, &s->errands, &s->going_out));
    if (s->control != NULL) {
        TRY(control_start(l->arena, s->control));
    }
    return desk_serve(l->arena, x->desk);
}

/* The other way round: nobody new, all answers out, then the writer. */
static void close_all(struct server *s)
{
    control_close(s->control);
    desk_close(s->instance.desk);
    if (s->jobs != NULL) {
        job_stop(s->jobs);
    }
    if (s->carrying != NULL) {
        job_stop(s->carrying);
    }
    if (s->going_out != NULL) {
        job_stop(s->going_out);
    }
    outside_close(&s->outside);
    instance_close(&s->instance);
    if (s->desk.paper != NULL) {
        paper_stop(s->desk.paper);
    }
}

int command_serve(struct line *l)
{
    str listen = str_of(line_option(l, "--listen"));
    str metrics = str_of(line_option(l, "--metrics"));
    struct server s = { .desk = { .features = app_features,
                                  .features_count = app_features_count,
                                  .kinds = app_kinds,
                                  .kinds_count = app_kinds_count,
                                  .metrics = -1 } };
    sigset_t ends;
    int signal_number = 0;

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
    err e = open_all(l, &s, listen, metrics);

    e = e != NULL ? e : close_sandbox(l, s.instance.store);
    e = e != NULL ? e : start_all(l, &s);
    if (e == NULL) {
        printf("listening on http://%.*s\n", STR_ARG(desk_address(s.instance.desk)));
        fflush(stdout);
        sigwait(&ends, &signal_number);
        LOG(LOG_INFO_LEVEL, "stopping", LOG_NUMBER("signal", signal_number));
    } else {
        log_err(LOG_ERROR_LEVEL, "start", STR(""), e);
        out_err(&out_terminal, l->arena, e);
    }
    close_all(&s);
    log_gather_end();
    return e == NULL ? 0 : 1;
}
