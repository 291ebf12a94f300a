/* wait — the driver for PostgreSQL: answers, deadlines, failures.
 *
 * Deadlines are our own. What does not answer in time is given up with its connection,
 * never cancelled: a cancelled COMMIT is reported as success.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/clock/clock.h"
#include "host/store/postgres/postgres.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

/* ---- failures ---- */

/* By class of SQLSTATE, longest first: what is told, and whether trying again may help. */
static enum err_kind kind_of(const char *state)
{
    static const struct {
        const char *begins;
        enum err_kind kind;
    } kinds[] = {
        { "23505", ERR_CONFLICT }, /* unique */
        { "23503", ERR_CONFLICT }, /* foreign key */
        { "40", ERR_BUSY },        /* serialisation, deadlock */
        { "57P", ERR_BUSY },       /* shut down, crashed, starting */
        { "57014", ERR_BUSY },     /* cancelled */
        { "08", ERR_BUSY },        /* connection */
        { "25006", ERR_BUSY },     /* on a standby */
        { "25P03", ERR_BUSY },     /* idle in a transaction too long */
        { "53", ERR_BUSY },        /* disk full, memory, connections */
        { "55P03", ERR_BUSY },     /* a lock did not come in time */
        { "58", ERR_BUSY },        /* its disk */
        { "22021", ERR_INPUT },    /* not UTF-8 */
        { "22P05", ERR_INPUT },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strncmp(state, kinds[i].begins, strlen(kinds[i].begins)) == 0) {
            return kinds[i].kind;
        }
    }
    return ERR_BROKEN;
}

/* After these the connection is of no use to us, whether or not it still stands. */
static bool is_of_the_connection(const char *state)
{
    static const char *const begins[] = { "57P", "08", "25006", "25P03" };

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (strncmp(state, begins[i], strlen(begins[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void note(struct postgres_db *p, const char *state, const char *why)
{
    struct postgres_failure *f = &p->failure;

    if (f->is_there) {
        return;
    }
    f->is_there = true;
    f->kind = kind_of(state);
    snprintf(f->state, sizeof(f->state), "%s", state);
    snprintf(f->why, sizeof(f->why), "%s", why);
}

void postgres_lose(struct postgres_db *p, const char *why)
{
    note(p, "08006", why);
    p->is_lost = true;
    p->waiting = 0;
}

/* Another node has migrated meanwhile: a new connection makes its plans anew. */
static bool is_stale_plan(const PGresult *result)
{
    const char *where = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

    return where != NULL && strcmp(where, "RevalidateCachedQuery") == 0;
}

/* The server's sentence names tables and constraints; only in class 22 (and in details,
 * which are not taken) it holds values. */
void postgres_note(struct postgres_db *p, const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *why = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (state == NULL) { /* libpq's own: the connection */
        postgres_lose(p, PQresultErrorMessage(result));
        return;
    }
    if (is_stale_plan(result)) {
        postgres_lose(p, "a kept plan is of an older schema");
        return;
    }
    note(p, state, why == NULL || strncmp(state, "22", 2) == 0 ? "" : why);
    p->is_lost = p->is_lost || is_of_the_connection(state);
    p->is_spoilt = p->is_open;
    p->is_ended = p->is_ended || (p->is_open && kind_of(state) == ERR_BUSY);
}

err postgres_failed(struct arena *a, struct postgres_db *p, const char *what)
{
    struct postgres_failure f = p->failure;

    p->failure.is_there = false;
    if (!f.is_there) { /* it was told before */
        f = (struct postgres_failure){ .kind = p->is_lost ? ERR_BUSY : ERR_BROKEN,
                                       .state = "25P02" };
    }
    if (f.kind == ERR_INPUT) {
        FAIL(a, ERR_INPUT,
             SAY("This text has characters that cannot be kept. Take them out, please."),
             STR(""), "%s: %.200s", f.state, what);
    }
    if (f.kind == ERR_BUSY && postgres_is_reader(p)) {
        FAIL(a, ERR_BUSY,
             SAY("This cannot be shown just now. Please try again in a few minutes."),
             STR(""), "%s %s: %.200s", f.state, f.why, what);
    }
    return driver_failed(a, f.kind,
                         str_format(a, "%s %s: %.200s", f.state, f.why, what));
}

/* ---- answers ---- */

bool postgres_wait(struct postgres_db *p, int64_t until_ns)
{
    for (;;) {
        int left = PQflush(p->conn);
        int64_t wait_ms = (until_ns - clock_steady_ns()) / 1000000;
        struct pollfd fd = { .fd = PQsocket(p->conn), .events = POLLIN };

        if (left < 0 || fd.fd < 0) {
            /* What the server said before it went away may still be there to be read. */
            (void)PQconsumeInput(p->conn);
            return true;
        }
        if (!PQisBusy(p->conn)) {
            return true;
        }
        fd.events = (short)(left > 0 ? POLLIN | POLLOUT : POLLIN);
        if (wait_ms <= 0 || poll(&fd, 1, wait_ms > 60000 ? 60000 : (int)wait_ms) < 0) {
            if (wait_ms <= 0) {
                return false;
            }
            continue; /* a signal */
        }
        if ((fd.revents & (POLLIN | POLLERR | POLLHUP)) != 0 &&
            PQconsumeInput(p->conn) != 1) {
            return true; /* the next result says what became of it */
        }
    }
}

void postgres_expect(struct postgres_db *p, enum postgres_what what, const char *sql,
                     int64_t expected)
{
    size_t at = (p->first + p->waiting) % POSTGRES_QUEUE;

    p->queue[at] = (struct postgres_answer){ what, sql, expected };
    p->waiting++;
}

static void unprepare(struct postgres_db *p, const char *sql)
{
    for (size_t i = 0; i < POSTGRES_KEPT; i++) {
        if (p->kept[i].sql == sql) {
            p->kept[i].is_ready = false;
        }
    }
}

/* Rows changed; DB_ANY as expected means that nobody minds. */
static void note_changed(struct postgres_db *p, const struct postgres_answer *answer,
                         const PGresult *r)
{
    const char *count = PQcmdTuples((PGresult *)(uintptr_t)r);

    p->changed = 0;
    for (; *count >= '0' && *count <= '9'; count++) {
        p->changed = p->changed * 10 + (*count - '0');
    }
    if (answer->expected != DB_ANY && answer->expected != p->changed) {
        char why[64];

        snprintf(why, sizeof(why), "%lld rows changed: ", (long long)p->changed);
        note(p, "23505", why);
        p->is_spoilt = p->how != DB_BEGIN_CAREFUL;
    }
}

static err take(struct arena *a, struct postgres_db *p,
                const struct postgres_answer *answer, const PGresult *r, struct table *ret)
{
    switch (PQresultStatus(r)) {
    case PGRES_COMMAND_OK:
        if (answer->what == ANSWER_CHANGE) {
            note_changed(p, answer, r);
        } else if (answer->what == ANSWER_DONE && strcmp(answer->sql, "COMMIT") == 0 &&
                   strcmp(PQcmdStatus((PGresult *)(uintptr_t)r), "COMMIT") != 0) {
            note(p, "40000", "COMMIT was a rollback");
        }
        return NULL;
    case PGRES_TUPLES_OK:
        if (answer->what == ANSWER_CHANGE) {
            note_changed(p, answer, r);
        }
        return answer->what == ANSWER_ROWS && ret != NULL ? postgres_rows(a, r, ret) : NULL;
    case PGRES_PIPELINE_SYNC:
        return NULL;
    case PGRES_PIPELINE_ABORTED:
        if (answer->what == ANSWER_PREPARED) {
            unprepare(p, answer->sql);
        }
        return NULL;
    default:
        if (answer->what == ANSWER_PREPARED) {
            unprepare(p, answer->sql);
        }
        postgres_note(p, r);
        return NULL;
    }
}

/* One answer: its result, and the NULL behind it that all have but a sync. */
static err collect_one(struct arena *a, struct postgres_db *p, int64_t until_ns,
                       struct table *ret)
{
    struct postgres_answer answer = p->queue[p->first];
    PGresult *r;
    err e = NULL;

    do {
        if (!postgres_wait(p, until_ns)) {
            postgres_lose(p, "no answer in time");
            return NULL;
        }
        r = PQgetResult(p->conn);
        if (r != NULL) {
            err failed = take(a, p, &answer, r, ret);

            e = e != NULL ? e : failed;
        } else if (PQstatus(p->conn) != CONNECTION_OK) {
            postgres_lose(p, PQerrorMessage(p->conn));
        }
        PQclear(r);
    } while (r != NULL && answer.what != ANSWER_SYNC && !p->is_lost);
    if (p->waiting > 0) {
        p->first = (p->first + 1) % POSTGRES_QUEUE;
        p->waiting--;
    }
    return e;
}

err postgres_collect(struct arena *a, struct postgres_db *p, int wait_ms, const char *what,
                     struct table *ret)
{
    int64_t until_ns = clock_steady_ns() + (int64_t)wait_ms * 1000000;
    err first = NULL;

    while (p->waiting > 0 && !p->is_lost) {
        err e = collect_one(a, p, until_ns, ret);

        first = first != NULL ? first : e;
    }
    if (p->failure.is_there || p->is_lost) {
        return postgres_failed(a, p, what);
    }
    p->is_seen = true;
    return first;
}

PGresult *postgres_result(struct postgres_db *p, int wait_ms)
{
    int64_t until_ns = clock_steady_ns() + (int64_t)wait_ms * 1000000;

    if (p->is_lost || !postgres_wait(p, until_ns)) {
        postgres_lose(p, "no answer in time");
        return NULL;
    }
    return PQgetResult(p->conn);
}
