/* store-bench — line 3 of the bench: durable submissions through the writer, against the
 * bare batch limit of the engine with the same rows, in alternating runs.
 *
 *   store-bench [--quick] [--database postgresql://…]
 *
 * A submission is one case (12 columns, 2 indexes), three events, a message that must go
 * out and a counter. The bare side puts 1,000 submissions into each transaction with
 * prepared statements (on PostgreSQL one after the other without waiting for answers) and
 * does nothing else; the writer's side keeps 512 commits waiting, each all or nothing by
 * itself, stamps the events into their chain, and is told after the fsync.
 * SQLite works in the current folder, which must be on the disk that is to be measured.
 * Prints name<TAB>value.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "host/seal/seal.h"
#include "host/store/core/inner.h"
#include "host/store/driver.h"
#include "host/store/migrate.h"
#include "store_bench.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAITING = 512, RUNS_MOST = 21 };

#define TABLES                                                                             \
    "TABLE submission (agency_id ID NOT NULL, id ID NOT NULL, number TEXT NOT NULL, "      \
    "service TEXT NOT NULL, unit_id ID NOT NULL, officer_id ID NOT NULL, state TEXT NOT "  \
    "NULL, received_ms INT NOT NULL, due_day INT NOT NULL, applicant TEXT NOT NULL, "      \
    "sealed BYTES NOT NULL, is_open INT NOT NULL, PRIMARY KEY (agency_id, id));\n"         \
    "INDEX submission_open ON submission (agency_id, unit_id, due_day) "                   \
    "WHERE is_open = 1;\n"                                                                 \
    "INDEX submission_number ON submission (agency_id, number);\n"                         \
    "TABLE outbox (agency_id ID NOT NULL, id ID NOT NULL, body TEXT NOT NULL, "            \
    "PRIMARY KEY (agency_id, id));\n"                                                      \
    "TABLE tally (agency_id ID NOT NULL, day INT NOT NULL, count INT NOT NULL, "           \
    "PRIMARY KEY (agency_id, day));\n"

const struct query submission_sql = {
    "INSERT INTO submission (agency_id, id, number, service, unit_id, officer_id, state, "
    "received_ms, due_day, applicant, sealed, is_open) "
    "VALUES (?1, ?2, ?3, 'permit', 12, 0, 'received', ?4, ?5, '王○明', ?6, 1)",
    "iitiib",
};
const struct query outbox_sql = {
    "INSERT INTO outbox (agency_id, id, body) VALUES (?1, ?2, ?3)",
    "iit",
};
const struct query tally_sql = {
    "INSERT INTO tally (agency_id, day, count) VALUES (?1, ?2, 1) "
    "ON CONFLICT (agency_id, day) DO UPDATE SET count = tally.count + 1",
    "ii",
};
const struct query bare_event_sql = {
    "INSERT INTO event (agency_id, seq, at_ms, actor_id, subject_id, kind, body, hash) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    "iiiiittb",
};

const char *const kinds[EVENTS] = { "case.received", "case.assigned",
                                           "notice.made" };
const char body[] =
    "{\"service\":\"permit\",\"version\":1,\"answers\":"
    "\"5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592\"}";
const char sealed[SEALED_BYTES];

static void die(err e)
{
    if (e != NULL) {
        fprintf(stderr, "store-bench: %.*s (%s)\n", STR_ARG(e->why), e->at);
        exit(1);
    }
}

int64_t id_of(int64_t n)
{
    return (INT64_C(900000) << 40) + n * 4096;
}

int64_t agency_of(int64_t n)
{
    return 2 + n % 4;
}

/* ---- the bare limit ---- */

static void check(int code, sqlite3 *db)
{
    if (code != SQLITE_OK && code != SQLITE_DONE) {
        fprintf(stderr, "store-bench: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
}

struct bare {
    sqlite3 *db;
    sqlite3_stmt *submission, *event, *outbox, *tally;
    int64_t seq[8];
};

static void bare_step(struct bare *b, sqlite3_stmt *st)
{
    check(sqlite3_step(st), b->db);
    sqlite3_reset(st);
}

static void bare_text(sqlite3_stmt *st, int at, const char *text)
{
    sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

static void bare_event(struct bare *b, int64_t n, int i)
{
    static const char hash[32];
    const int64_t number[] = { agency_of(n), ++b->seq[agency_of(n)], n, 7, id_of(n) };

    for (int k = 0; k < 5; k++) {
        sqlite3_bind_int64(b->event, k + 1, number[k]);
    }
    bare_text(b->event, 6, kinds[i]);
    bare_text(b->event, 7, body);
    sqlite3_bind_blob(b->event, 8, hash, sizeof(hash), SQLITE_STATIC);
    bare_step(b, b->event);
}

static void bare_one(struct bare *b, int64_t n)
{
    char number[32];

    snprintf(number, sizeof(number), "D115%06lld", (long long)n);
    sqlite3_bind_int64(b->submission, 1, agency_of(n));
    sqlite3_bind_int64(b->submission, 2, id_of(n));
    bare_text(b->submission, 3, number);
    sqlite3_bind_int64(b->submission, 4, n);
    sqlite3_bind_int64(b->submission, 5, 20000 + n % 30);
    sqlite3_bind_blob(b->submission, 6, sealed, sizeof(sealed), SQLITE_STATIC);
    bare_step(b, b->submission);
    for (int i = 0; i < EVENTS; i++) {
        bare_event(b, n, i);
    }
    sqlite3_bind_int64(b->outbox, 1, agency_of(n));
    sqlite3_bind_int64(b->outbox, 2, id_of(n) + 1);
    bare_text(b->outbox, 3, body);
    bare_step(b, b->outbox);
    sqlite3_bind_int64(b->tally, 1, agency_of(n));
    sqlite3_bind_int64(b->tally, 2, n % 30);
    bare_step(b, b->tally);
}

static void bare_prepare(struct bare *b, const struct query *q, sqlite3_stmt **ret)
{
    check(sqlite3_prepare_v3(b->db, q->sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL),
          b->db);
}

static void bare_do(struct bare *b, const char *sql)
{
    check(sqlite3_exec(b->db, sql, NULL, NULL, NULL), b->db);
}

static double bare_run(struct bare *b, int64_t count)
{
    int64_t began;

    bare_prepare(b, &submission_sql, &b->submission);
    bare_prepare(b, &bare_event_sql, &b->event);
    bare_prepare(b, &outbox_sql, &b->outbox);
    bare_prepare(b, &tally_sql, &b->tally);
    began = clock_steady_ns();
    for (int64_t n = 0; n < count; n++) {
        if (n % BATCH == 0) {
            bare_do(b, n == 0 ? "BEGIN IMMEDIATE" : "COMMIT; BEGIN IMMEDIATE");
        }
        bare_one(b, n);
    }
    bare_do(b, "COMMIT");
    began = clock_steady_ns() - began;
    sqlite3_finalize(b->submission);
    sqlite3_finalize(b->event);
    sqlite3_finalize(b->outbox);
    sqlite3_finalize(b->tally);
    return (double)count * 1e9 / (double)began;
}

/* ---- the writer ---- */

struct load {
    struct store *store;
    _Atomic int64_t next, done;
    int64_t count;
    pthread_mutex_t mutex;
    pthread_cond_t over;
    int64_t *took; /* ns, by number */
};

struct client {
    struct commit commit;
    struct arena_mark *mark;
    struct load *load;
    int64_t n, began;
};

static err client_run(void *context, struct arena *a, struct tx *tx)
{
    const struct client *c = context;
    int64_t n = c->n, agency = agency_of(n);

    TRY(tx_run(a, tx, &submission_sql,
               BIND(bind_int(agency), bind_int(id_of(n)),
                    bind_text(str_format(a, "D115%06lld", (long long)n)), bind_int(n),
                    bind_int(20000 + n % 30),
                    bind_bytes((str){ sealed, sizeof(sealed) }))));
    for (int i = 0; i < EVENTS; i++) {
        TRY(tx_event(tx, &(struct event){ .agency = agency,
                                          .at_ms = n,
                                          .actor = 7,
                                          .kind = str_of(kinds[i]),
                                          .subject = id_of(n),
                                          .body = str_of(body) }));
    }
    tx_topic(tx, agency, "case", STR(""));
    TRY(tx_run(a, tx, &outbox_sql,
               BIND(bind_int(agency), bind_int(id_of(n) + 1), bind_text(str_of(body)))));
    return tx_run(a, tx, &tally_sql, BIND(bind_int(agency), bind_int(n % 30)));
}

static void client_submit(struct client *c)
{
    c->n = c->load->next++;
    if (c->n < c->load->count) {
        arena_reset(c->commit.arena, c->mark);
        c->mark = arena_mark(c->commit.arena);
        c->began = clock_steady_ns();
        c->commit.agency = agency_of(c->n);
        die(store_submit(c->load->store, &c->commit));
    }
}

static void client_done(void *context, err result)
{
    struct client *c = context;
    struct load *l = c->load;

    die(result);
    l->took[c->n] = clock_steady_ns() - c->began;
    if (++l->done == l->count) {
        pthread_mutex_lock(&l->mutex);
        pthread_cond_signal(&l->over);
        pthread_mutex_unlock(&l->mutex);
    }
    client_submit(c);
}

static double writer_run(struct load *l)
{
    static struct client clients[WAITING];
    int64_t began = clock_steady_ns();

    for (int i = 0; i < WAITING; i++) {
        struct arena *a = arena_new(1 << 20);

        clients[i] = (struct client){ .load = l, .mark = arena_mark(a) };
        clients[i].commit = (struct commit){ .arena = a,
                                             .run = client_run,
                                             .done = client_done,
                                             .context = &clients[i] };
        client_submit(&clients[i]);
    }
    pthread_mutex_lock(&l->mutex);
    while (l->done < l->count) {
        pthread_cond_wait(&l->over, &l->mutex);
    }
    pthread_mutex_unlock(&l->mutex);
    return (double)l->count * 1e9 / (double)(clock_steady_ns() - began);
}

/* ---- runs ---- */

static int remove_one(const char *path, const struct stat *facts, int type,
                      struct FTW *place)
{
    return remove(path);
}

/* A database with the tables of the store and ours in it, for one run. */
struct place {
    char folder[24];
    const char *database; /* NULL: SQLite in the folder */
};

static void place_make(struct arena *a, const char *server, struct place *p)
{
    struct store_options o = { .create = true, .no_reserve = true, .folder = p->folder };
    const char *address;
    struct store *s;
    struct db *db;
    int applied;
    str sql;

    memcpy(p->folder, "store-bench-XXXXXX", sizeof("store-bench-XXXXXX"));
    if (mkdtemp(p->folder) == NULL) {
        perror(p->folder);
        exit(1);
    }
    if (server != NULL) {
        die(postgres_scratch(a, server, &p->database));
    }
    o.database = p->database;
    die(store_open(a, &o, &s));
    die(store_migrate(a, s, &applied));
    address = s->address;
    store_close(s);
    die(db_open(a, address, DB_KIND_MAIN, DB_WRITE, false, &db));
    die(migration_say(a, db->driver->dialect, STR(TABLES), &sql));
    die(db_script(a, db, str_z(a, sql)));
    db_close(db);
}

static void place_remove(const struct place *p)
{
    nftw(p->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Processor time of the whole process: says how much work it was, whoever else ran. */
static double cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static double bare_sqlite(const struct place *p, int64_t count)
{
    struct bare b = { 0 };
    char path[64];
    double rate;

    snprintf(path, sizeof(path), "%s/bianmin.db", p->folder);
    check(sqlite3_open(path, &b.db), b.db);
    bare_do(&b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = "
                "-16384; PRAGMA foreign_keys = ON");
    rate = bare_run(&b, count);
    sqlite3_close(b.db);
    return rate;
}

static double bare_once(const char *server, int64_t count)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct place p = { .database = NULL };
    double rate;

    place_make(a, server, &p);
    rate = p.database == NULL ? bare_sqlite(&p, count) : bare_postgres(p.database, count);
    arena_free(a);
    place_remove(&p);
    return rate;
}

/* Bytes of the log: that it begins anew under steady load. */
static int64_t log_size(const char *folder)
{
    char path[64];
    struct stat log;

    snprintf(path, sizeof(path), "%s/bianmin.db-wal", folder);
    return stat(path, &log) == 0 ? log.st_size : 0;
}

static double writer_once(const char *server, int64_t count, int64_t *took,
                          struct store_figures *ret, int64_t *ret_log)
{
    struct arena *a = arena_new((size_t)64 << 20);
    struct place p = { .database = NULL };
    struct store_options o = { .no_reserve = true, .folder = p.folder };
    struct load l = { .count = count, .took = took };
    double rate;

    place_make(a, server, &p);
    o.database = p.database;
    die(store_open(a, &o, &l.store));
    pthread_mutex_init(&l.mutex, NULL);
    pthread_cond_init(&l.over, NULL);
    die(store_start(a, l.store));
    rate = writer_run(&l);
    *ret = store_figures(l.store);
    *ret_log = log_size(p.folder);
    arena_free(a);
    place_remove(&p);
    return rate;
}

static int by_size(const void *left, const void *right)
{
    double l = *(const double *)left, r = *(const double *)right;

    return (l > r) - (l < r);
}

static int by_number(const void *left, const void *right)
{
    int64_t l = *(const int64_t *)left, r = *(const int64_t *)right;

    return (l > r) - (l < r);
}

static double print_runs(const char *name, double *rates, int count)
{
    printf("%s_runs\t", name);
    for (int i = 0; i < count; i++) {
        printf("%s%.0f", i == 0 ? "" : " ", rates[i]);
    }
    qsort(rates, (size_t)count, sizeof(*rates), by_size);
    printf("\n%s_per_second\t%.0f\n", name, rates[count / 2]);
    return rates[count / 2];
}

static const char *option(int argc, char **argv, const char *name)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) {
            return i + 1 < argc ? argv[i + 1] : "";
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    bool quick = option(argc, argv, "--quick") != NULL;
    const char *server = option(argc, argv, "--database");
    int64_t count = (quick ? 20000 : 60000) / (server == NULL ? 1 : 2);
    int runs = quick ? 3 : 7;
    double bare[RUNS_MOST], writer[RUNS_MOST], ratio, bare_cpu = 0, writer_cpu = 0;
    struct store_figures f = { 0 };
    int64_t log = 0, *took = calloc((size_t)count, sizeof(*took));

    if (took == NULL) {
        return 1;
    }
    for (int i = 0; i < runs; i++) {
        double began = cpu_us(), between;

        bare[i] = bare_once(server, count);
        between = cpu_us();
        bare_cpu += between - began;
        writer[i] = writer_once(server, count, took, &f, &log);
        writer_cpu += cpu_us() - between;
    }
    ratio = print_runs("writer", writer, runs) / print_runs("bare", bare, runs);
    printf("ratio\t%.3f\n", ratio);
    qsort(took, (size_t)count, sizeof(*took), by_number);
    printf("waiting\t%d\n", WAITING);
    printf("commit_p50_us\t%lld\n", (long long)took[count / 2] / 1000);
    printf("commit_p99_us\t%lld\n", (long long)took[count * 99 / 100] / 1000);
    printf("group_mean\t%.0f\n", (double)f.commits / (double)f.groups);
    printf("checkpoints\t%llu\n", (unsigned long long)f.checkpoints);
    printf("bare_cpu_us\t%.1f\n", bare_cpu / (double)(count * runs));
    printf("writer_cpu_us\t%.1f\n", writer_cpu / (double)(count * runs));
    printf("log_bytes\t%lld\n", (long long)log);
    free(took);
    return 0;
}
