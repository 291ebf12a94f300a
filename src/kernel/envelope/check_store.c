/* check_store — for `bianmin check`: the steps of every envelope follow each other, are
 * signed by who did them, stand in the chain, and are the same at the other agency of this
 * installation; what is sealed opens.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/envelope/inside.h"

#define PAGE_ROWS 200

static const struct query rows_sql = {
    "SELECT id FROM envelope WHERE agency_id = ?1 AND id > ?2 ORDER BY id LIMIT 200",
    "ii",
};
static const struct query told_sql = {
    "SELECT kind, body FROM event WHERE agency_id = ?1 AND subject_id = ?2 "
    "AND kind IN ('envelope.sent', 'envelope.received', 'envelope.refused', "
    "'envelope.answered') ORDER BY seq",
    "ii",
};
static const struct query other_sql = {
    "SELECT s.step, s.hash FROM envelope e JOIN envelope_step s "
    "ON s.agency_id = e.agency_id AND s.envelope_id = e.id "
    "WHERE e.agency_id = ?1 AND e.uid = ?2",
    "it",
};
static const struct query gone_sql = {
    "SELECT x.subject_id FROM event x WHERE x.agency_id = ?1 "
    "AND x.kind IN ('envelope.sent') AND NOT EXISTS (SELECT 1 FROM envelope e "
    "WHERE e.agency_id = x.agency_id AND e.id = x.subject_id) ORDER BY x.seq LIMIT 100",
    "i",
};
static const struct query *const all_queries[] = { &rows_sql, &told_sql, &other_sql,
                                                   &gone_sql };
const struct query_list envelope_check_queries = {
    "envelope (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

struct checking {
    struct arena *a;
    struct snap *snap;
    const struct keyring *k;
    int64_t agency, rows, faults;
    envelope_say *say;
    void *context;
};

static void fault(struct checking *c, int64_t id, const char *what)
{
    c->faults++;
    c->say(c->context, false,
           str_format(c->a, "agency %lld, envelope %.*s: %s", (long long)c->agency,
                      STR_ARG(id_text(c->a, id)), what));
}

static const struct envelope_done *step_of(const struct envelope_done *list, size_t count,
                                           enum envelope_step step)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].step == step) {
            return &list[i];
        }
    }
    return NULL;
}

/* The last step is the state; by file an answer may come before the receipt. */
static bool follow(const struct envelope *e, const struct envelope_done *list, size_t count)
{
    bool refused = step_of(list, count, ENVELOPE_REFUSED) != NULL;
    bool answered = step_of(list, count, ENVELOPE_ANSWERED) != NULL;
    bool received = step_of(list, count, ENVELOPE_RECEIVED) != NULL;
    enum envelope_step last = answered   ? ENVELOPE_ANSWERED
                              : refused  ? ENVELOPE_REFUSED
                              : received ? ENVELOPE_RECEIVED
                                         : ENVELOPE_SENT;

    return step_of(list, count, ENVELOPE_SENT) != NULL && !(refused && answered) &&
           (!answered || received || e->out) && e->state == last;
}

/* Each step is signed, says what the row says, and has its event with the same hash. */
static err check_steps(struct checking *c, const struct envelope *e,
                       const struct envelope_done *list, size_t count)
{
    struct table t;

    TRY(snap_query(c->a, c->snap, &told_sql, BIND(bind_int(c->agency), bind_int(e->id)),
                   &t));
    for (size_t i = 0; i < count; i++) {
        str kind = str_format(c->a, "envelope.%.*s",
                              STR_ARG(envelope_step_key[list[i].step]));
        size_t told = 0;

        for (size_t n = 0; n < t.rows; n++) {
            const struct json *j;

            TRY(json_parse(c->a, cell_text(&t, n, 1), &j));
            told += str_equal(kind, cell_text(&t, n, 0)) &&
                    str_equal(json_text_of(j, STR("words")), str_hex(c->a, list[i].hash));
        }
        if (!list[i].proved || !str_equal(list[i].message.uid, e->uid) ||
            list[i].message.step != list[i].step) {
            fault(c, e->id, "a step is not signed by who did it");
        } else if (!str_equal(seal_sha256(c->a, list[i].body), list[i].hash) || told != 1) {
            fault(c, e->id, "a step is not as its event tells");
        }
    }
    if (t.rows > count) {
        fault(c, e->id, "an event tells of a step that is not there");
    }
    return NULL;
}

/* What was brought is there, word for word. */
static err check_other(struct checking *c, const struct envelope *e,
                       const struct envelope_done *list, size_t count)
{
    struct table t;

    if (e->other_agency == 0) {
        return NULL;
    }
    TRY(snap_query(c->a, c->snap, &other_sql,
                   BIND(bind_int(e->other_agency), bind_text(e->uid)), &t));
    for (size_t i = 0; i < count; i++) {
        bool same = false;

        for (size_t n = 0; n < t.rows; n++) {
            str step = cell_text(&t, n, 0);

            same = same || (str_equal(step, envelope_step_key[list[i].step]) &&
                            str_equal(cell_bytes(&t, n, 1), list[i].hash));
        }
        if (!same && (!list[i].own || list[i].carry == 0)) {
            fault(c, e->id, "the other agency has not got this step");
        }
    }
    return NULL;
}

static err check_lines(struct checking *c, const struct envelope *e)
{
    struct envelope_line *lines;
    size_t count;
    err x = envelope_lines(c->a, c->snap, c->k, e, true, 1, ENVELOPE_PERSONS_MOST + 1,
                           &lines, &count);

    if (x != NULL && x->kind != ERR_BROKEN && x->kind != ERR_INPUT) {
        return x;
    }
    if (x != NULL) {
        fault(c, e->id, "a line of its list does not open");
    } else if ((int64_t)count != e->persons) {
        fault(c, e->id, "its list has not as many lines as were sent");
    }
    return NULL;
}

static err check_one(struct checking *c, int64_t id)
{
    struct envelope e;
    struct envelope_done *list;
    size_t count;

    TRY(envelope_load(c->a, c->snap, c->agency, id, &e));
    err x = envelope_steps(c->a, c->snap, c->k, &e, &list, &count);

    if (x != NULL && x->kind != ERR_BROKEN && x->kind != ERR_INPUT) {
        return x;
    }
    if (x != NULL) {
        fault(c, id, "a step does not open");
        return NULL;
    }
    if (!follow(&e, list, count)) {
        fault(c, id, "its steps do not follow each other");
    }
    TRY(check_steps(c, &e, list, count));
    TRY(check_other(c, &e, list, count));
    return check_lines(c, &e);
}

static err check_page(struct checking *c, int64_t *after, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(c->a, c->snap, &rows_sql, BIND(bind_int(c->agency), bind_int(*after)),
                   &t));
    *ret_count = t.rows;
    for (size_t i = 0; i < t.rows; i++) {
        struct arena_mark *mark = arena_mark(c->a);

        *after = cell_int(&t, i, 0);
        TRY(check_one(c, *after));
        c->rows++;
        arena_reset(c->a, mark);
    }
    return NULL;
}

static err check_all(struct checking *c)
{
    struct table t;
    int64_t after = 0;
    size_t count = PAGE_ROWS;

    while (count == PAGE_ROWS) {
        struct arena_mark *mark = arena_mark(c->a);

        TRY(check_page(c, &after, &count));
        arena_reset(c->a, mark);
    }
    TRY(snap_query(c->a, c->snap, &gone_sql, BIND(bind_int(c->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        fault(c, cell_int(&t, i, 0), "it was sent, but its row is gone");
    }
    return NULL;
}

static void arena_free_v(void *arena)
{
    arena_free(arena);
}

err envelope_check(struct arena *a, struct store *s, const struct keyring *k,
                   int64_t agency, envelope_say *say, void *context)
{
    struct checking c = { .a = arena_new(0), .k = k, .agency = agency, .say = say,
                          .context = context };

    if (c.a == NULL || !arena_defer(a, arena_free_v, c.a)) {
        return err_no_memory;
    }
    TRY(snap_begin(c.a, s, &c.snap));
    err e = check_all(&c);

    snap_end(c.snap);
    if (e == NULL && c.faults == 0) {
        say(context, true, str_format(a, "agency %lld: %lld envelopes, each step signed",
                                      (long long)agency, (long long)c.rows));
    }
    return e;
}
