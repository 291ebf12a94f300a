/* check — proves a database: the engine's own check, the schema, every chain of events.
 *
 * It reads one snapshot, a thousand events at a time, so it may run beside a server.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/core/inner.h"
#include "host/store/driver.h"
#include "host/store/migrate.h"
#include "host/store/write/chain.h"

enum { EVENTS_AT_ONCE = 1000 };

static const struct query agencies_sql = {
    "SELECT agency_id FROM agency_head UNION SELECT DISTINCT agency_id FROM event "
    "ORDER BY agency_id",
    "",
};
static const struct query head_sql = {
    "SELECT seq, hash FROM agency_head WHERE agency_id = ?1",
    "i",
};
static const struct query events_sql = {
    "SELECT seq, at_ms, actor_id, subject_id, kind, body, hash FROM event "
    "WHERE agency_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    "iii",
};
static const struct query *const queries[] = { &agencies_sql, &head_sql, &events_sql };
const struct query_list check_queries = { "host/store check", queries,
                                          sizeof(queries) / sizeof(queries[0]) };

struct checking {
    struct arena *arena;
    struct store *store;
    struct snap *snap;
    store_say *say;
    void *context;
};

static void say_line(const struct checking *c, bool sound, str line)
{
    c->say(c->context, sound, line);
}

/* ---- the engine and the schema ---- */

static err check_engine(const struct checking *c)
{
    struct table findings;

    TRY(db_integrity(c->arena, c->snap->db, &findings));
    for (size_t i = 0; i < findings.rows; i++) {
        say_line(
            c, false,
            str_format(c->arena, "database: %.*s", STR_ARG(cell_text(&findings, i, 0))));
    }
    if (findings.rows == 0) {
        say_line(c, true, STR("database: pages, indexes and links between tables"));
    }
    return NULL;
}

/* What all migrations give in an empty database. On a connection of its own, since it may
 * need a transaction that is undone again. */
static err schema_wanted(const struct checking *c, struct table *ret)
{
    struct store *s = c->store;
    struct db *db;
    str script;
    err e;

    TRY(db_open(c->arena, s->address, DB_KIND_MAIN, s->read_only ? DB_STATIC : DB_BESIDE,
                false, &db));
    e = migration_say_all(c->arena, db->driver->dialect, s->migrations,
                          s->migration_count, &script);
    if (e == NULL) {
        e = db_schema_after(c->arena, db, str_z(c->arena, script), ret);
    }
    db_close(db);
    return e;
}

static ptrdiff_t schema_find(const struct table *t, str type, str name)
{
    for (size_t i = 0; i < t->rows; i++) {
        if (str_equal(cell_text(t, i, 0), type) && str_equal(cell_text(t, i, 1), name)) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

static int schema_compare(const struct checking *c, const struct table *from,
                          const struct table *to, const char *missing)
{
    int faults = 0;

    for (size_t i = 0; i < from->rows; i++) {
        str type = cell_text(from, i, 0), name = cell_text(from, i, 1);
        ptrdiff_t at = schema_find(to, type, name);
        const char *fault = at < 0 ? missing
                            : str_equal(cell_text(from, i, 2), cell_text(to, (size_t)at, 2))
                                ? NULL
                                : "is not as it was made";

        if (fault != NULL) {
            say_line(c, false,
                     str_format(c->arena, "schema: %.*s %.*s %s", STR_ARG(type),
                                STR_ARG(name), fault));
            faults++;
        }
    }
    return faults;
}

static err check_schema(const struct checking *c)
{
    struct table wanted, found;

    TRY(schema_wanted(c, &wanted));
    TRY(db_schema(c->arena, c->snap->db, &found));
    if (schema_compare(c, &wanted, &found, "is missing") +
            schema_compare(c, &found, &wanted, "does not belong here") ==
        0) {
        say_line(c, true,
                 str_format(c->arena, "schema: %zu migrations, %zu tables and others",
                            c->store->migration_count, wanted.rows));
    }
    return NULL;
}

/* ---- chains ---- */

struct link {
    int64_t agency, seq;
    struct chain_hash hash;
};

static bool chain_fault(const struct checking *c, const struct link *l, int64_t seq,
                        const char *what)
{
    say_line(c, false,
             str_format(c->arena, "chain of agency %lld: event %lld %s",
                        (long long)l->agency, (long long)seq, what));
    return false;
}

static bool check_row(const struct checking *c, struct link *l, const struct table *t,
                      size_t i)
{
    struct event e = {
        .agency = l->agency,
        .at_ms = cell_int(t, i, 1),
        .actor = cell_int(t, i, 2),
        .subject = cell_int(t, i, 3),
        .kind = cell_text(t, i, 4),
        .body = cell_text(t, i, 5),
    };
    int64_t seq = cell_int(t, i, 0);

    if (seq != l->seq + 1) {
        return chain_fault(c, l, l->seq + 1, "is missing");
    }
    chain_next(&l->hash, &e, seq);
    if (!str_equal(chain_str(&l->hash), cell_bytes(t, i, 6))) {
        return chain_fault(c, l, seq, "is not what was written");
    }
    l->seq = seq;
    return true;
}

/* Follows the chain to its end or its first fault. */
static err check_events(const struct checking *c, struct link *l, bool *ret_whole)
{
    bool more = true, whole = true;

    while (more && whole) {
        struct arena_mark *mark = arena_mark(c->arena);
        struct table t;

        TRY(db_query(c->arena, c->snap->db, &events_sql,
                     BIND(bind_int(l->agency), bind_int(l->seq), bind_int(EVENTS_AT_ONCE)),
                     &t));
        for (size_t i = 0; i < t.rows && whole; i++) {
            whole = check_row(c, l, &t, i);
        }
        more = t.rows == EVENTS_AT_ONCE;
        if (arena_failed(c->arena)) {
            return err_no_memory;
        }
        arena_reset(c->arena, mark);
    }
    *ret_whole = whole;
    return NULL;
}

static err check_chain(const struct checking *c, int64_t agency)
{
    struct link l = { .agency = agency };
    struct table head;
    bool whole;

    TRY(check_events(c, &l, &whole));
    if (!whole) {
        return NULL;
    }
    TRY(db_query(c->arena, c->snap->db, &head_sql, BIND(bind_int(agency)), &head));
    if (head.rows == 0 || cell_int(&head, 0, 0) != l.seq ||
        !str_equal(cell_bytes(&head, 0, 1), chain_str(&l.hash))) {
        say_line(c, false,
                 str_format(c->arena,
                            "chain of agency %lld: it ends with event %lld, but its "
                            "head says %lld",
                            (long long)agency, (long long)l.seq,
                            (long long)cell_int(&head, 0, 0)));
        return NULL;
    }
    say_line(c, true,
             str_format(c->arena, "chain of agency %lld: %lld events", (long long)agency,
                        (long long)l.seq));
    return NULL;
}

static err check_all(const struct checking *c)
{
    struct table agencies;

    TRY(check_engine(c));
    TRY(check_schema(c));
    TRY(db_query(c->arena, c->snap->db, &agencies_sql, NO_VALUES, &agencies));
    for (size_t i = 0; i < agencies.rows; i++) {
        TRY(check_chain(c, cell_int(&agencies, i, 0)));
    }
    return NULL;
}

err store_check(struct arena *a, struct store *s, store_say *say, void *context)
{
    struct checking c = { .arena = a, .store = s, .say = say, .context = context };
    err e;

    TRY(snap_begin(a, s, &c.snap));
    e = check_all(&c);
    snap_end(c.snap);
    return e;
}
