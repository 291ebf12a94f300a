/* store_bench_postgres — the bare side of line 3 on PostgreSQL: libpq in pipeline mode,
 * prepared statements, binary values, 1,000 submissions a transaction. What is sent and
 * what is answered overlap: the answers of a stretch are read when the next one was sent.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "store_bench.h"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 8, STRETCH = 100, OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17 };

struct pipe {
    PGconn *conn;
    long sent, answered;
};

static void stop(const struct pipe *p, const char *what)
{
    fprintf(stderr, "store-bench: %s: %s\n", what, PQerrorMessage(p->conn));
    exit(1);
}

static void prepare(struct pipe *p, const char *name, const struct query *q)
{
    char *sql = strdup(q->sql);
    Oid types[MOST_VALUES];
    int count = (int)strlen(q->types);
    PGresult *r;

    for (char *at = sql; at != NULL && (at = strchr(at, '?')) != NULL;) {
        *at = '$';
    }
    for (int i = 0; i < count; i++) {
        types[i] = q->types[i] == 'i'   ? OID_INT8
                   : q->types[i] == 't' ? OID_TEXT
                                        : OID_BYTEA;
    }
    r = PQprepare(p->conn, name, sql, count, types);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) {
        stop(p, name);
    }
    PQclear(r);
    free(sql);
}

static void wait_for(struct pipe *p, short events)
{
    struct pollfd fd = { .fd = PQsocket(p->conn), .events = events };

    if (poll(&fd, 1, -1) < 0 || PQconsumeInput(p->conn) == 0) {
        stop(p, "connection");
    }
}

static void flush(struct pipe *p)
{
    int left;

    while ((left = PQflush(p->conn)) == 1) {
        wait_for(p, POLLIN | POLLOUT);
    }
    if (left < 0) {
        stop(p, "flush");
    }
}

static void answers(struct pipe *p, long until)
{
    for (; p->answered < until; p->answered++) {
        PGresult *r;

        while (PQisBusy(p->conn) != 0) {
            wait_for(p, POLLIN);
        }
        r = PQgetResult(p->conn);
        if (PQresultStatus(r) != PGRES_COMMAND_OK) {
            stop(p, "statement");
        }
        PQclear(r);
        (void)PQgetResult(p->conn); /* the NULL behind each */
    }
}

static void send(struct pipe *p, const char *name, const struct value *values, int count)
{
    const char *at[MOST_VALUES];
    uint64_t number[MOST_VALUES];
    int lengths[MOST_VALUES], formats[MOST_VALUES];

    for (int i = 0; i < count; i++) {
        number[i] = htobe64((uint64_t)values[i].number);
        formats[i] = 1;
        lengths[i] = values[i].type == 'i' ? 8 : (int)values[i].text.len;
        at[i] = values[i].type == 'i' ? (const char *)&number[i] : values[i].text.at;
    }
    if (PQsendQueryPrepared(p->conn, name, count, at, lengths, formats, 1) == 0) {
        stop(p, name);
    }
    p->sent++;
}

#define SEND(p, name, ...)                                       \
    send((p), (name), (const struct value[]){ __VA_ARGS__ },     \
         (int)(sizeof((const struct value[]){ __VA_ARGS__ }) / sizeof(struct value)))

static void command(struct pipe *p, const char *sql)
{
    if (PQsendQueryParams(p->conn, sql, 0, NULL, NULL, NULL, NULL, 1) == 0) {
        stop(p, sql);
    }
    p->sent++;
}

static void submission(struct pipe *p, int64_t *seq, int64_t n)
{
    static const char hash[32];
    int64_t agency = agency_of(n);
    char number[32];

    snprintf(number, sizeof(number), "D115%06lld", (long long)n);
    SEND(p, "submission", bind_int(agency), bind_int(id_of(n)), bind_text(str_of(number)),
         bind_int(n), bind_int(20000 + n % 30), bind_bytes((str){ sealed, SEALED_BYTES }));
    for (int i = 0; i < EVENTS; i++) {
        SEND(p, "event", bind_int(agency), bind_int(++seq[agency]), bind_int(n),
             bind_int(7), bind_int(id_of(n)), bind_text(str_of(kinds[i])),
             bind_text(str_of(body)), bind_bytes((str){ hash, sizeof(hash) }));
    }
    SEND(p, "outbox", bind_int(agency), bind_int(id_of(n) + 1), bind_text(str_of(body)));
    SEND(p, "tally", bind_int(agency), bind_int(n % 30));
}

static void run(struct pipe *p, int64_t count)
{
    int64_t seq[8] = { 0 };
    long before = 0;

    for (int64_t n = 0; n < count; n++) {
        if (n % BATCH == 0) {
            command(p, "BEGIN");
        }
        submission(p, seq, n);
        if (n % BATCH == BATCH - 1 || n + 1 == count) {
            command(p, "COMMIT");
        }
        if (n % STRETCH == STRETCH - 1 || n + 1 == count) {
            if (PQsendFlushRequest(p->conn) == 0) {
                stop(p, "flush");
            }
            flush(p);
            answers(p, before);
            before = p->sent;
        }
    }
    answers(p, p->sent);
}

double bare_postgres(const char *address, int64_t count)
{
    struct pipe p = { .conn = PQconnectdb(address) };
    int64_t began;

    if (PQstatus(p.conn) != CONNECTION_OK) {
        stop(&p, "connection");
    }
    prepare(&p, "submission", &submission_sql);
    prepare(&p, "event", &bare_event_sql);
    prepare(&p, "outbox", &outbox_sql);
    prepare(&p, "tally", &tally_sql);
    if (PQsetnonblocking(p.conn, 1) != 0 || PQenterPipelineMode(p.conn) == 0) {
        stop(&p, "pipeline");
    }
    began = clock_steady_ns();
    run(&p, count);
    began = clock_steady_ns() - began;
    PQfinish(p.conn);
    return (double)count * 1e9 / (double)began;
}
