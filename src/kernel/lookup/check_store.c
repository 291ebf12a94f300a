/* check_store — for `bianmin check`: every look-up is as its events tell; what is sealed
 * opens and is what the events have the hash of.
 *
 * Events can only be appended and are chained, rows are not: who changes an answer, or
 * takes a question away, is found here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/lookup/inside.h"

#define PAGE_ROWS 200

static const struct query rows_sql = {
    "SELECT id, register_key, paper, purpose, question, subject, how, state, reference, "
    "answer FROM lookup WHERE agency_id = ?1 AND id > ?2 ORDER BY id LIMIT 200",
    "ii",
};
static const struct query told_sql = {
    "SELECT e.kind, e.body FROM event e WHERE e.agency_id = ?1 "
    "AND e.kind IN ('lookup.asked', 'lookup.answered', 'lookup.failed') "
    "AND e.subject_id IN (SELECT l.casefile_id FROM lookup l "
    "WHERE l.agency_id = ?1 AND l.id >= ?2 AND l.id <= ?3) ORDER BY e.seq",
    "iii",
};
static const struct query count_sql = {
    "SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind = 'lookup.asked'",
    "i",
};
static const struct query *const all_queries[] = { &rows_sql, &told_sql, &count_sql };
const struct query_list lookup_check_queries = {
    "lookup (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

/* What an event says of a look-up. */
struct told {
    str kind, id, reg, paper, purpose, question, how, state, reference, hash;
};
struct checking {
    struct arena *a;
    struct snap *snap;
    const struct keyring *k;
    int64_t agency, rows, faults;
    lookup_say *say;
    void *context;
    const struct told *told;
    size_t told_count;
};

static void fault(struct checking *c, str id, const char *what)
{
    c->faults++;
    c->say(c->context, false,
           str_format(c->a, "agency %lld, look-up %.*s: %s", (long long)c->agency,
                      STR_ARG(id), what));
}

static err told_load(struct checking *c, int64_t first, int64_t last)
{
    struct table t;
    struct told *list;

    TRY(snap_query(c->a, c->snap, &told_sql,
                   BIND(bind_int(c->agency), bind_int(first), bind_int(last)), &t));
    list = ARENA_ARRAY(c->a, t.rows + 1, struct told);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        const struct json *j;

        TRY(json_parse(c->a, cell_text(&t, i, 1), &j));
        list[i] = (struct told){
            .kind = cell_text(&t, i, 0), .id = json_text_of(j, STR("lookup")),
            .reg = json_text_of(j, STR("register")), .paper = json_text_of(j, STR("paper")),
            .purpose = json_text_of(j, STR("purpose")),
            .question = json_text_of(j, STR("question")),
            .how = json_text_of(j, STR("how")), .state = json_text_of(j, STR("state")),
            .reference = json_text_of(j, STR("reference")),
            .hash = json_text_of(j, STR("hash")),
        };
    }
    c->told = list;
    c->told_count = t.rows;
    return NULL;
}

/* The one event of this kind; NULL: none, or more than one. */
static const struct told *only(const struct checking *c, str id, str kind, size_t *ret_n)
{
    const struct told *found = NULL;

    *ret_n = 0;
    for (size_t i = 0; i < c->told_count; i++) {
        if (str_equal(c->told[i].id, id) && str_equal(c->told[i].kind, kind)) {
            found = &c->told[i];
            (*ret_n)++;
        }
    }
    return *ret_n == 1 ? found : NULL;
}

/* Does it open, and is it what the event has the hash of? */
static bool is_sealed_as_told(struct checking *c, int64_t id, const char *column,
                              str sealed, str hash)
{
    const struct seal_place place = { c->agency, id, "lookup", column };
    str salted;

    return c->k == NULL ||
           (seal_open(c->a, c->k, place, sealed, &salted) == NULL &&
            str_equal(str_hex(c->a, seal_sha256(c->a, salted)), hash));
}

static bool asks_the_same(const struct told *e, const struct table *t, size_t i)
{
    return str_equal(e->reg, cell_text(t, i, 1)) &&
           str_equal(e->paper, cell_text(t, i, 2)) &&
           str_equal(e->purpose, cell_text(t, i, 3)) &&
           str_equal(e->question, cell_text(t, i, 4)) &&
           str_equal(e->how, cell_text(t, i, 6));
}

static void check_end(struct checking *c, const struct table *t, size_t i, str id)
{
    str state = cell_text(t, i, 7);
    size_t answers, failures;
    const struct told *answer = only(c, id, STR("lookup.answered"), &answers);

    (void)only(c, id, STR("lookup.failed"), &failures);
    if (str_equal(state, lookup_state_key[LOOKUP_ASKED]) ||
        str_equal(state, lookup_state_key[LOOKUP_FAILED])) {
        bool failed = str_equal(state, lookup_state_key[LOOKUP_FAILED]);

        if (answers != 0 || failures != (failed ? 1 : 0)) {
            fault(c, id, "its events tell that it ended otherwise");
        }
        return;
    }
    if (answer == NULL || failures != 0 || !str_equal(answer->state, state) ||
        !str_equal(answer->reference, cell_text(t, i, 8))) {
        fault(c, id, "no event tells of this answer");
    } else if (!is_sealed_as_told(c, cell_int(t, i, 0), "answer", cell_bytes(t, i, 9),
                                  answer->hash)) {
        fault(c, id, "the answer is not the one that came");
    }
}

static void check_row(struct checking *c, const struct table *t, size_t i)
{
    int64_t row = cell_int(t, i, 0);
    str id = id_text(c->a, row);
    bool by_hand = str_equal(cell_text(t, i, 6), lookup_how_key[HOW_HAND]);
    size_t n;
    const struct told *asked = only(c, id, STR("lookup.asked"), &n);

    if (asked == NULL || !asks_the_same(asked, t, i)) {
        fault(c, id, "it is not as its event tells");
    } else if (by_hand) {
        if (!str_equal(asked->state, cell_text(t, i, 7)) ||
            !is_sealed_as_told(c, row, "answer", cell_bytes(t, i, 9), asked->hash)) {
            fault(c, id, "the answer is not the one that was written down");
        }
    } else if (!is_sealed_as_told(c, row, "subject", cell_bytes(t, i, 5), asked->hash)) {
        fault(c, id, "it is not about whom it was asked");
    } else {
        check_end(c, t, i, id);
    }
}

static err check_page(struct checking *c, int64_t *after, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(c->a, c->snap, &rows_sql, BIND(bind_int(c->agency), bind_int(*after)),
                   &t));
    *ret_count = t.rows;
    if (t.rows == 0) {
        return NULL;
    }
    TRY(told_load(c, cell_int(&t, 0, 0), cell_int(&t, t.rows - 1, 0)));
    for (size_t i = 0; i < t.rows; i++) {
        check_row(c, &t, i);
        c->rows++;
    }
    *after = cell_int(&t, t.rows - 1, 0);
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
    TRY(snap_one(c->a, c->snap, &count_sql, BIND(bind_int(c->agency)), &t));
    if (cell_int(&t, 0, 0) > c->rows) {
        fault(c, STR("?"), "it was asked, but its row is gone");
    }
    return NULL;
}

static void arena_free_v(void *arena)
{
    arena_free(arena);
}

err lookup_check(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
                 lookup_say *say, void *context)
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
        say(context, true, str_format(a, "agency %lld: %lld look-ups as their events tell",
                                      (long long)agency, (long long)c.rows));
    }
    return e;
}
