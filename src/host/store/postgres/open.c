/* open — the driver for PostgreSQL: connecting, host by host.
 *
 * libpq would go through several hosts by itself, but it tells neither the SQLSTATE of a
 * refusal nor keeps a deadline of ours in its non-blocking form. What the address says
 * wins over what stands here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "host/store/postgres/postgres.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS = 64, HOST_SECONDS = 2 };

/* ---- what is asked of the server ---- */

/* Who writes is never idle in a transaction: one that is has lost its machine, and must not
 * hold what others wait for. */
#define WRITES \
    " -c default_transaction_read_only=off -c synchronous_commit=on" \
    " -c idle_in_transaction_session_timeout=10000"

static const char *const settings[] = {
    [DB_WRITE] = WRITES,
    [DB_BESIDE] = WRITES,
    [DB_READ] = " -c default_transaction_read_only=on"
                " -c idle_in_transaction_session_timeout=300000"
                " -c statement_timeout=30000",
    [DB_STATIC] = " -c default_transaction_read_only=on",
};
static const char common[] =
    "-c search_path=public -c TimeZone=UTC -c jit=off -c statement_timeout=0"
    " -c lock_timeout=4000 -c client_min_messages=warning";

static const struct {
    const char *name, *value;
} defaults[] = {
    { "application_name", "bianmin" },
    { "client_encoding", "UTF8" },
    { "tcp_user_timeout", "4000" },
    { "keepalives_idle", "2" },
    { "keepalives_interval", "1" },
    { "keepalives_count", "3" },
};

struct wish {
    const char *name[OPTIONS + 1], *value[OPTIONS + 1];
    size_t count;
    const char *hosts, *addresses, *ports, *target; /* as given, with commas */
    int seconds;
};

static void put(struct wish *w, const char *name, const char *value)
{
    if (w->count < OPTIONS) {
        w->name[w->count] = name;
        w->value[w->count++] = value;
    }
}

static bool has(const struct wish *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++) {
        if (strcmp(w->name[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void put_given(struct arena *a, struct wish *w, const PQconninfoOption *o,
                      enum db_use use)
{
    const char *value = str_z(a, str_of(o->val));

    if (strcmp(o->keyword, "host") == 0) {
        w->hosts = value;
    } else if (strcmp(o->keyword, "hostaddr") == 0) {
        w->addresses = value;
    } else if (strcmp(o->keyword, "port") == 0) {
        w->ports = value;
    } else if (strcmp(o->keyword, "target_session_attrs") == 0) {
        w->target = value;
    } else if (strcmp(o->keyword, "connect_timeout") == 0) {
        w->seconds = (int)strtol(value, NULL, 10);
    } else if (strcmp(o->keyword, "options") == 0) {
        put(w, "options",
            str_z(a, str_format(a, "%s%s %s", common, settings[use], value)));
    } else {
        put(w, o->keyword, value);
    }
}

static void put_defaults(struct arena *a, struct wish *w, enum db_use use)
{
    for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
        if (!has(w, defaults[i].name)) {
            put(w, defaults[i].name, defaults[i].value);
        }
    }
    if (!has(w, "options")) {
        put(w, "options", str_z(a, str_format(a, "%s%s", common, settings[use])));
    }
    w->seconds = w->seconds > 0 ? w->seconds : HOST_SECONDS;
    if (w->target == NULL) {
        w->target = use == DB_STATIC ? "any" : use == DB_READ ? "primary" : "read-write";
    }
    /* Who only reads has said so to the server (settings), which would take it at its word
     * and find no session that writes. */
    if ((use == DB_STATIC || use == DB_READ) && strcmp(w->target, "read-write") == 0) {
        w->target = "primary";
    }
}

static err wish_read(struct arena *a, const struct postgres_db *p, struct wish *ret)
{
    struct wish w = { .hosts = "", .addresses = "", .ports = "" };
    char *why = NULL;
    PQconninfoOption *given = PQconninfoParse(p->address, &why);

    if (given == NULL) {
        str copy = str_trim(str_copy(a, str_of(why == NULL ? "" : why)));

        PQfreemem(why);
        FAIL(a, ERR_INPUT,
             SAY("The address of the database cannot be read. Write it as "
                 "postgresql://user@host/name."),
             STR("database"), "%zu bytes of reason", copy.len);
    }
    for (const PQconninfoOption *o = given; o->keyword != NULL; o++) {
        if (o->val != NULL && o->val[0] != '\0') {
            put_given(a, &w, o, p->use);
        }
    }
    PQconninfoFree(given);
    put_defaults(a, &w, p->use);
    *ret = w;
    return arena_failed(a) ? err_no_memory : NULL;
}

/* ---- one host ---- */

/* The n-th of a list with commas; a list of one is for all. False: past the end. */
static bool nth(struct arena *a, const char *list, size_t n, const char **ret)
{
    str rest = str_of(list);

    for (size_t i = 0; i < n; i++) {
        ptrdiff_t comma = str_find(rest, STR(","));

        if (comma < 0) {
            *ret = str_z(a, rest);
            return false;
        }
        rest = str_slice(rest, (size_t)comma + 1, rest.len);
    }
    ptrdiff_t comma = str_find(rest, STR(","));

    *ret = str_z(a, comma < 0 ? rest : str_slice(rest, 0, (size_t)comma));
    return true;
}

/* False: not within the time. */
static bool connect_wait(PGconn *conn, int seconds)
{
    int64_t until_ns = clock_steady_ns() + (int64_t)seconds * 1000000000;
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    while (step != PGRES_POLLING_OK && step != PGRES_POLLING_FAILED) {
        int64_t left_ms = (until_ns - clock_steady_ns()) / 1000000;
        struct pollfd fd = { .fd = PQsocket(conn) };

        fd.events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        if (left_ms <= 0 || fd.fd < 0) {
            return false;
        }
        if (poll(&fd, 1, (int)left_ms) > 0) {
            step = PQconnectPoll(conn);
        }
    }
    return step == PGRES_POLLING_OK;
}

static void pass_over(void *unused, const PGresult *result)
{
}

static PGconn *connect_host(const struct wish *w, const char *host, const char *address,
                            const char *port, const char *target)
{
    const char *name[OPTIONS + 6], *value[OPTIONS + 6];
    const char *const own[][2] = {
        { "host", host },
        { "hostaddr", address },
        { "port", port },
        { "target_session_attrs", target },
    };
    size_t n = w->count;
    PGconn *conn;

    memcpy(name, w->name, n * sizeof(*name));
    memcpy(value, w->value, n * sizeof(*value));
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        if (own[i][1][0] != '\0') {
            name[n] = own[i][0];
            value[n++] = own[i][1];
        }
    }
    name[n] = NULL;
    value[n] = NULL;
    conn = PQconnectStartParams(name, value, 0);
    if (conn != NULL) {
        PQsetErrorVerbosity(conn, PQERRORS_VERBOSE); /* it tells the SQLSTATE */
        PQsetNoticeReceiver(conn, pass_over, NULL);  /* libpq's own prints */
    }
    return conn;
}

/* ---- all hosts ---- */

static void take_notice(void *of, const PGresult *result)
{
    struct postgres_db *p = of;
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    p->is_warned = p->is_warned || severity == NULL || strcmp(severity, "WARNING") == 0;
}

/* The first host that takes us as we want to be taken; NULL: none. */
static PGconn *connect_any(struct arena *a, const struct wish *w, const char *target,
                           struct postgres_refusal *ret)
{
    bool more = true;

    for (size_t n = 0; more; n++) {
        const char *host, *address, *port;
        bool has_host = nth(a, w->hosts, n, &host);
        bool has_address = nth(a, w->addresses, n, &address);
        PGconn *conn;

        (void)nth(a, w->ports, n, &port);
        more = n == 0 || (w->hosts[0] != '\0' && has_host) ||
               (w->addresses[0] != '\0' && has_address);
        if (!more) {
            break;
        }
        conn = connect_host(w, host, address, port, target);
        if (conn == NULL) {
            break;
        }
        if (connect_wait(conn, w->seconds)) {
            return conn;
        }
        postgres_refusal_note(a, conn, ret);
        PQfinish(conn);
    }
    return NULL;
}

static void forget(struct postgres_db *p)
{
    PQfinish(p->conn);
    p->conn = NULL;
    memset(p->kept, 0, sizeof(p->kept));
    p->kept_count = 0;
    p->first = 0;
    p->waiting = 0;
    p->failure.is_there = false;
    p->is_open = p->is_spoilt = p->is_ended = p->is_seen = p->is_warned = false;
    p->is_lost = true;
}

err postgres_connect(struct arena *a, struct postgres_db *p)
{
    struct postgres_refusal why = { .place = STR(""), .why = STR("") };
    bool prefers;
    struct wish w;

    forget(p);
    TRY(wish_read(a, p, &w));
    prefers = strcmp(w.target, "prefer-standby") == 0;
    p->conn = connect_any(a, &w, prefers ? "standby" : w.target, &why);
    if (p->conn == NULL && prefers) {
        p->conn = connect_any(a, &w, "any", &why);
    }
    if (p->conn == NULL) {
        return postgres_refused(a, &why);
    }
    p->is_lost = false;
    PQsetErrorVerbosity(p->conn, PQERRORS_DEFAULT);
    PQsetNoticeReceiver(p->conn, take_notice, p);
    if (PQsetnonblocking(p->conn, 1) != 0 || PQenterPipelineMode(p->conn) != 1) {
        postgres_lose(p, PQerrorMessage(p->conn));
        return postgres_failed(a, p, "connect");
    }
    return NULL;
}

err postgres_connect_again(struct arena *a, struct postgres_db *p)
{
    bool wanted = p->is_wanted;
    err e = postgres_connect(a, p);

    p->is_wanted = wanted;
    if (e == NULL) {
        return NULL;
    }
    postgres_lose(p, str_z(a, e->why));
    return postgres_failed(a, p, "connect");
}

/* ---- whether it is ours ---- */

static err check_ours(struct arena *a, struct postgres_db *p, bool create)
{
    static const struct query any_sql = {
        "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "AND relkind IN ('r', 'p', 'v', 'm', 'f')",
        "",
    };
    static const struct query ours_sql = {
        "SELECT COUNT(*) FROM pg_attribute WHERE attrelid = to_regclass('migration') "
        "AND attname IN ('agency_id', 'number', 'name', 'hash', 'applied_ms')",
        "",
    };
    str name = str_copy(a, str_of(PQdb(p->conn)));
    struct table any, ours;

    TRY(postgres_query(a, &p->db, &any_sql, NO_VALUES, &any));
    TRY(postgres_query(a, &p->db, &ours_sql, NO_VALUES, &ours));
    if (cell_int(&ours, 0, 0) == 5) {
        return NULL;
    }
    if (cell_int(&any, 0, 0) > 0) {
        FAIL(a, ERR_BROKEN,
             SAY("The database {name} belongs to another program. Name one that is empty.",
                 SAY_TEXT("name", name)),
             STR("database"), "%lld tables, no migration",
             (long long)cell_int(&any, 0, 0));
    }
    if (!create) {
        FAIL(a, ERR_MISSING,
             SAY("There is nothing in the database {name} yet. Make an instance with init.",
                 SAY_TEXT("name", name)),
             STR("database"), "empty");
    }
    return NULL;
}

err postgres_open(struct arena *a, const char *address, int kind, enum db_use use,
                  bool create, struct db **ret)
{
    struct arena *own = arena_new(sizeof(struct postgres_db) * 8);
    struct postgres_db *p = own == NULL ? NULL : ARENA_NEW(own, struct postgres_db);
    err e;

    if (p == NULL) {
        arena_free(own);
        return err_no_memory;
    }
    p->db = (struct db){ .driver = &postgres_driver, .arena = own };
    p->address = str_z(own, str_of(address));
    p->use = use;
    e = arena_failed(own) ? err_no_memory : postgres_connect(a, p);
    if (e == NULL && use != DB_READ && use != DB_BESIDE) {
        e = check_ours(a, p, create);
    }
    if (e != NULL) {
        postgres_close(&p->db);
        return e;
    }
    *ret = &p->db;
    return NULL;
}

void postgres_close(struct db *db)
{
    PQfinish(postgres_of(db)->conn);
    arena_free(db->arena);
}
