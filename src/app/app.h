/* app — what the commands share: the words of a command line, an instance, and acts that
 * run in whoever owns the instance.
 *
 * One process owns an instance. A command makes a request (JSON) of what it wants; if a
 * server owns the instance the request travels over control.sock and is the server's act,
 * else the command opens the instance and acts itself. Either way the same function runs.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_APP_APP_H
#define BIANMIN_APP_APP_H

#include "base/err.h"
#include "base/id.h"
#include "base/str.h"
#include "host/json/json.h"

struct store;
struct keyring;
struct desk;

/* "user add a@b --duty officer --data DIR": options are taken out, words remain. */
struct line {
    struct arena *arena;
    int count;
    const char **words;
    const char *data; /* the folder of the instance */
};
/* The value behind `name`, taken out of the line; NULL when it is not there. Repeated:
 * call again. */
const char *line_option(struct line *l, const char *name);
bool line_flag(struct line *l, const char *name);
/* A program that lies beside this one. */
const char *line_beside(struct line *l, const char *name);
/* True when `count` words remain and nothing that begins with "--". Else says `usage`. */
bool line_is(struct line *l, int count, const char *usage);

struct settings {
    str listen, public_url, log_level;
    str trusted_proxies; /* addresses, by comma */
    str database;        /* postgresql://…; "": SQLite in the folder */
    int database_wait_seconds, database_writers; /* writers 0: as the engine likes */
    str database_read; /* postgresql://… of a standby for public pages; "": none */
    int database_read_lag_seconds;
    /* Others, to whom the courier may go; "" none, "simulator" the built-in one. */
    str alert_feed;       /* address of the feed of closures */
    int alert_seconds;    /* how often it is asked */
    str register_gateway, register_secret_file;
    str payment_provider, payment_secret_file, payment_shop, payment_account_prefix;
    str courier_ca_file;  /* who signs their certificates; "" as the system says */
};
MUST_CHECK err instance_settings(struct arena *a, const char *folder, struct settings *ret);
/* `database` NULL: SQLite. `simulate`: registers and payments by the built-in
 * simulators. */
MUST_CHECK err instance_settings_make(struct arena *a, const char *folder, str listen,
                                      const char *database, bool simulate);

struct instance {
    struct arena *arena;
    const char *folder;
    struct settings settings;
    struct store *store;
    struct keyring *keyring;
    struct id_source ids;
    struct desk *desk; /* in a server */
    bool is_made;      /* the database was empty and has been filled by this program */
};
/* Makes folder, key and settings; ERR_CONFLICT when there is an instance. */
MUST_CHECK err instance_make(struct arena *a, const char *folder, str listen,
                             const char *database, bool simulate);
/* Closes it and takes back what instance_make and instance_open made, after a first run
 * that failed. */
void instance_unmake(struct arena *a, const char *folder, struct instance *x);
/* For `migrate` alone: a database of an older version is fine, and the key is not asked. */
MUST_CHECK err instance_open_old(struct arena *a, const char *folder, struct instance *ret);
/* `create`: the databases are made; else ERR_CONFLICT when they are of an older version. */
MUST_CHECK err instance_open(struct arena *a, const char *folder, bool create,
                             struct instance *ret);
/* The writer's thread: after the sandbox has closed, where there is one. */
MUST_CHECK err instance_start(struct instance *x);
void instance_close(struct instance *x);

/* Where an act writes for the person; lines without line end. */
struct out {
    void (*line)(void *context, str text);
    void *context;
};
void out_line(const struct out *o, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Standard output. */
extern const struct out out_terminal;
/* The words of an err or of mistakes, in English (commands speak English). */
void out_err(const struct out *o, struct arena *a, err e);
void out_mistakes(const struct out *o, struct arena *a, const struct mistakes *m);

/* Runs the act `name` with its request; the exit status. In acts.c. */
int act_run(struct instance *x, struct arena *a, const char *name,
            const struct json *request, const struct out *o);
/* The same from a command: in the server that owns the instance, or here. */
int act_ask(struct line *l, const char *name, str request);

/* control.c: the server's side, and the client's (false: nobody listens). */
struct control;
MUST_CHECK err control_open(struct arena *a, struct instance *x, struct control **ret);
MUST_CHECK err control_start(struct arena *a, struct control *c); /* its thread */
void control_close(struct control *c);
bool control_ask(struct arena *a, const char *folder, const char *name, str request,
                 const struct out *o, int *ret_status);

/* One file a command. */
int command_init(struct line *l);
int command_serve(struct line *l);
int command_check(struct line *l);
int command_user(struct line *l);
int command_unit(struct line *l);
int command_pack(struct line *l);
int command_calendar(struct line *l);
int command_migrate(struct line *l);
int command_figures(struct line *l);

#endif
