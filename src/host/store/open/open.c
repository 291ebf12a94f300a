/* open — opening and closing an instance's database; its figures.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"

#include "host/bus/bus.h"
#include "host/clock/clock.h"
#include "host/log/log.h"
#include "host/store/driver.h"
#include "host/store/files/files_db.h"
#include "host/store/migrate.h"
#include "host/store/node/node.h"
#include "host/store/node/relay.h"
#include "host/store/node/standby.h"
#include "host/store/write/writer.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- opening and closing ---- */

static void store_close_v(void *s)
{
    store_close(s);
}

static err open_once(struct arena *a, struct store *s, bool create)
{
    return db_open(a, s->address, DB_KIND_MAIN, s->read_only ? DB_STATIC : DB_WRITE,
                   create && !s->read_only, &s->writer[0].db);
}

/* The signals that end the program wait for the main thread, which is here. */
static bool is_told_to_end(void)
{
    sigset_t waiting;

    return sigpending(&waiting) == 0 &&
           (sigismember(&waiting, SIGTERM) == 1 || sigismember(&waiting, SIGINT) == 1);
}

/* A server that is away is waited for, and that is said once. A file is not away: its disk
 * fails, and whoever starts the program is told at once. */
static err open_patiently(struct arena *a, struct store *s, const struct store_options *o)
{
    const struct timespec pause = { .tv_nsec = 250000000 };
    int wait_seconds = s->driver->retry_seconds > 0 ? o->wait_seconds : 0;
    int64_t until_ns = clock_steady_ns() + wait_seconds * INT64_C(1000000000);
    err e = open_once(a, s, o->create);
    struct arena_mark *mark;

    if (e != NULL && e->kind == ERR_BUSY && wait_seconds > 0) {
        log_err(LOG_WARN_LEVEL, "database.away", STR(""), e);
    }
    mark = arena_mark(a);
    while (e != NULL && e->kind == ERR_BUSY && clock_steady_ns() < until_ns &&
           !is_told_to_end() && mark != NULL) {
        nanosleep(&pause, NULL);
        arena_reset(a, mark);
        mark = arena_mark(a);
        e = open_once(a, s, o->create);
    }
    return e;
}

/* An instance is made in an empty database only. */
static err must_be_new(struct arena *a, struct store *s)
{
    bool there;

    TRY(db_has_table(a, s->writer[0].db, STR("migration"), &there));
    if (there && s->driver->empty != NULL) {
        FAIL(a, ERR_CONFLICT,
             SAY("There is an instance in this database already. Nothing was changed. Name "
                 "an empty database."),
             STR("database"), "has migrations");
    }
    return NULL;
}

static err store_open_db(struct arena *a, struct store *s, const struct store_options *o)
{
    int missing;

    TRY(open_patiently(a, s, o));
    if (o->create) {
        TRY(must_be_new(a, s));
    }
    TRY(files_open(a, s, o->create));
    return store_missing(a, s, &missing);
}

err store_empty(struct arena *a, const char *database)
{
    struct db *db;
    err e;

    TRY(db_open(a, database, DB_KIND_MAIN, DB_WRITE, true, &db));
    e = db_driver(db)->empty == NULL ? NULL : db_driver(db)->empty(a, db);
    db_close(db);
    return e;
}

/* Where things lie, by the engine. */
static err store_place(struct arena *a, struct store *s, const struct store_options *o)
{
    size_t count = store_migration_count;
    struct migration *list;

    s->database = o->database != NULL ? str_z(a, str_of(o->database)) : NULL;
    s->address = s->database != NULL ? s->database
                                     : str_z(a, str_format(a, "%s/bianmin.db", s->folder));
    s->files_address = str_z(a, str_format(a, "%s/files.db", s->folder));
    s->driver = driver_of(s->address);
    s->migrations = store_migrations;
    s->migration_count = count;
    if (s->driver->keeps_files) {
        list = ARENA_ARRAY(a, count + 1, struct migration);
        if (list == NULL) {
            return err_no_memory;
        }
        memcpy(list, store_migrations, count * sizeof(*list));
        list[count] = files_migration;
        s->migrations = list;
        s->migration_count = count + 1;
        s->files_address = s->address;
    }
    return NULL;
}

static int writers_wanted(const struct store *s, int asked)
{
    int most = s->driver->writers == 1 ? 1 : STORE_WRITERS;

    return asked <= 0 ? s->driver->writers : asked < most ? asked : most;
}

/* What the rooms keep of a store; nothing is connected yet. */
static err open_parts(struct arena *a, struct store *s, const struct store_options *o)
{
    TRY(node_open(a, s, o->lease_ms));
    TRY(relay_open(a, s));
    if (o->read_database != NULL && store_is_shared(s)) {
        TRY(standby_open(a, s, o->read_database, o->readers, o->read_lag_ms));
    }
    return writers_open(a, s, writers_wanted(s, o->writers), o->queue_length);
}

err store_open(struct arena *a, const struct store_options *options, struct store **ret)
{
    struct store *s = ARENA_NEW(a, struct store);
    str folder = str_copy(a, str_of(options->folder));

    if (s == NULL) {
        return err_no_memory;
    }
    s->folder = str_z(a, folder);
    TRY(store_place(a, s, options));
    s->reserve_path = str_z(a, str_format(a, "%s/reserve", s->folder));
    s->read_only = options->read_only;
    s->lock = -1;
    TRY(bus_open(a, &s->bus));
    s->retry_seconds = options->retry_seconds != 0 ? options->retry_seconds
                                                   : s->driver->retry_seconds;
    pool_init(s, &s->pool, options->readers, s->address, DB_READ);
    TRY(open_parts(a, s, options));
    if (!arena_defer(a, store_close_v, s) || arena_failed(a)) {
        return err_no_memory;
    }
    if (options->create) {
        mkdir(s->folder,
              0700); /* that it is there already is fine; else the lock says why */
    }
    TRY(folder_lock(a, s));
    TRY(store_open_db(a, s, options));
    s->has_reserve = !options->no_reserve && !s->read_only && options->database == NULL;
    reserve_make(s);
    *ret = s;
    return NULL;
}

err store_migrate(struct arena *a, struct store *s, int *ret_applied)
{
    int files = 0;

    if (s->read_only) {
        FAIL(a, ERR_BUSY,
             SAY("This system can only be read just now. Please try again later."), STR(""),
             "read-only");
    }
    TRY(files_migrate(a, s, &files));
    TRY(migrate_all(a, s->writer[0].db, s->migrations, s->migration_count, clock_now_ms(),
                    ret_applied));
    *ret_applied += files;
    return NULL;
}

err store_missing(struct arena *a, struct store *s, int *ret_missing)
{
    int files;

    TRY(migrate_compare(a, s->writer[0].db, s->migrations, s->migration_count,
                        ret_missing));
    TRY(files_missing_of(a, s, &files));
    *ret_missing += files;
    return NULL;
}

err store_must_be_migrated(struct arena *a, struct store *s)
{
    int missing;

    TRY(store_missing(a, s, &missing));
    if (missing > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("The database is older than the program. Run migrate first; make a backup "
                 "before."),
             STR(""), "%d migrations missing", missing);
    }
    return NULL;
}

err store_must_be_alone(struct arena *a, struct store *s)
{
    int64_t others;
    bool there;

    if (!store_is_shared(s)) {
        return NULL; /* the lock on the folder says so */
    }
    TRY(db_has_table(a, s->writer[0].db, STR("node_lease"), &there));
    if (!there) {
        return NULL;
    }
    TRY(node_count(a, s->writer[0].db, &others));
    if (others > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("Other programs are working on this database. Stop them first; one that "
                 "was killed is forgotten within half a minute."),
             STR(""), "%lld leases", (long long)others);
    }
    return NULL;
}

err store_start(struct arena *a, struct store *s)
{
    TRY(store_must_be_migrated(a, s));
    if (s->read_only) {
        return NULL;
    }
    if (s->driver->checkpoint != NULL) {
        TRY(checkpointer_start(a, s));
    }
    TRY(node_start(a, s, s->writer[0].db));
    TRY(relay_start(a, s));
    for (int i = 0; i < s->writers; i++) {
        TRY(writer_start(a, &s->writer[i]));
    }
    s->started = true;
    return standby_start(a, s);
}

void store_close(struct store *s)
{
    if (s == NULL || s->closed) {
        return;
    }
    s->closed = true;
    for (int i = 0; i < s->writers; i++) {
        queue_close(&s->writer[i].queue); /* all at once; they drain side by side */
    }
    for (int i = 0; i < s->writers; i++) {
        writer_stop(&s->writer[i]);
    }
    relay_stop(s);
    node_stop(s);
    checkpointer_stop(s);
    pool_close(&s->pool);
    standby_close(s);
    files_close(s);
    for (int i = 0; i < s->writers; i++) {
        writer_close(&s->writer[i]);
    }
    folder_unlock(s);
}

err store_reach(struct arena *a, const struct store *s, struct store_reach *ret)
{
    *ret = (struct store_reach){ 0 };
    if (s->driver->reach == NULL) {
        return NULL;
    }
    TRY(s->driver->reach(a, s->address, ret));
    return s->standby == NULL ? NULL
                              : s->driver->reach(a, s->standby->pool.address, ret);
}

bool store_reads_block(const struct store *s)
{
    return s->driver->reads_block;
}

bool store_is_shared(const struct store *s)
{
    return s->driver->hear != NULL;
}

const char *store_engine(const struct store *s)
{
    return s->driver->name;
}

bool store_is_read_only(const struct store *s)
{
    return s->read_only;
}

/* ---- figures ---- */

err store_greatest_id(struct arena *a, struct store *s, int64_t *ret_id)
{
    static const struct query greatest_sql = {
        "SELECT MAX(greatest_id) FROM (SELECT greatest_id FROM store_mark "
        "WHERE agency_id = 1 UNION ALL SELECT greatest_id FROM writer_mark "
        "WHERE agency_id = 1) AS both_marks",
        "",
    };
    static const struct query file_sql = { "SELECT MAX(id) FROM file", "" };
    struct table t, files;
    struct snap *snap;

    TRY(snap_begin(a, s, &snap));
    TRY(snap_one(a, snap, &greatest_sql, NO_VALUES, &t));
    snap_end(snap);
    /* A file that nothing belongs to yet has its id from the same source. */
    TRY(files_read(a, s, &file_sql, NO_VALUES, &files));
    *ret_id = cell_int(&t, 0, 0) > cell_int(&files, 0, 0) ? cell_int(&t, 0, 0)
                                                          : cell_int(&files, 0, 0);
    return NULL;
}

struct store_figures store_figures(const struct store *s)
{
    const struct counters *c = &s->counters;
    uint64_t waiting = 0;

    for (int i = 0; i < s->writers; i++) {
        waiting += (uint64_t)queue_length((struct queue *)(uintptr_t)&s->writer[i].queue);
    }
    return (struct store_figures){
        .commits = atomic_load(&c->commits),
        .groups = atomic_load(&c->groups),
        .refused = atomic_load(&c->refused),
        .group_largest = atomic_load(&c->group_largest),
        .queue_now = waiting,
        .checkpoints = atomic_load(&c->checkpoints),
        .retries = atomic_load(&c->retries),
        .lost = atomic_load(&c->lost),
        .reconnects = atomic_load(&c->reconnects),
        .standby_reads = atomic_load(&c->standby_reads),
    };
}
