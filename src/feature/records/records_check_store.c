/* records_check_store — proves the looks of one office: each is as its event tells.
 *
 * Events can only be appended and are chained, rows are not: who changes what was found, or
 * takes it away, is found here.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/records/records.h"
#include "feature/records/records_store.h"
#include "host/json/json.h"
#include "host/store/store.h"

#include <stdlib.h>

enum { ROWS_AT_ONCE = 500 };

static const struct query count_sql = {
    "SELECT COUNT(*) FROM event WHERE agency_id = ?1 AND kind = 'reading.looked'",
    "i",
};
static const struct query told_sql = {
    "SELECT seq, actor_id, at_ms, body FROM event "
    "WHERE agency_id = ?1 AND kind = 'reading.looked' AND seq > ?2 ORDER BY seq LIMIT ?3",
    "iii",
};
static const struct query looks_sql = {
    "SELECT " LOOK_COLUMNS ", r.seq "
    "FROM reading_look l LEFT JOIN event r ON r.agency_id = l.agency_id "
    "AND r.seq = l.event_seq AND r.kind = 'case.read' "
    "WHERE l.agency_id = ?1 AND (l.event_seq, l.turn) > (?2, ?3) "
    "ORDER BY l.event_seq, l.turn LIMIT ?4",
    "iiii",
};
static const struct query *const all_queries[] = { &count_sql, &told_sql, &looks_sql };
const struct query_list records_check_queries = {
    "records (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

/* What an event says of a look. */
struct told {
    int64_t seq, turn, staff, at_ms;
    str outcome, note_hash;
};

struct checking {
    struct arena *a;
    struct snap *snap;
    const struct keyring *k;
    int64_t agency, looks, faults;
    records_say *say;
    void *context;
    struct told *told;
    size_t count, at; /* those before `at` have met their rows */
};

static void fault(struct checking *c, int64_t seq, int64_t turn, const char *what)
{
    c->faults++;
    c->say(c->context, false,
           str_format(c->a, "agency %lld, reading %lld, look %lld: %s",
                      (long long)c->agency, (long long)seq, (long long)turn, what));
}

/* ---- what the events tell ---- */

static int compare(int64_t seq, int64_t turn, const struct told *t)
{
    if (seq != t->seq) {
        return seq < t->seq ? -1 : 1;
    }
    return turn < t->turn ? -1 : turn > t->turn;
}

static int by_place(const void *one, const void *other)
{
    const struct told *t = one;

    return compare(t->seq, t->turn, other);
}

static err told_at(struct checking *c, const struct table *t, size_t row, struct told *ret)
{
    const struct json *body;

    TRY(json_parse(c->a, cell_text(t, row, 3), &body));
    *ret = (struct told){
        .seq = json_int_of(body, STR("reading"), 0),
        .turn = json_int_of(body, STR("turn"), 0),
        .staff = cell_int(t, row, 1),
        .at_ms = cell_int(t, row, 2),
        .outcome = json_text_of(body, STR("outcome")),
        .note_hash = json_text_of(body, STR("note")),
    };
    return NULL;
}

static err told_load(struct checking *c)
{
    struct table t;
    int64_t after = 0;
    size_t most;

    TRY(snap_one(c->a, c->snap, &count_sql, BIND(bind_int(c->agency)), &t));
    most = (size_t)cell_int(&t, 0, 0);
    c->told = ARENA_ARRAY(c->a, most + 1, struct told);
    if (c->told == NULL) {
        return err_no_memory;
    }
    while (c->count < most) {
        TRY(snap_query(c->a, c->snap, &told_sql,
                       BIND(bind_int(c->agency), bind_int(after), bind_int(ROWS_AT_ONCE)),
                       &t));
        for (size_t i = 0; i < t.rows && c->count < most; i++) {
            TRY(told_at(c, &t, i, &c->told[c->count++]));
        }
        if (t.rows == 0) {
            break;
        }
        after = cell_int(&t, t.rows - 1, 0);
    }
    qsort(c->told, c->count, sizeof(*c->told), by_place);
    return NULL;
}

/* ---- what the rows say ---- */

static bool is_as_told(const struct look *l, const struct told *t)
{
    return str_equal(look_outcome(l), t->outcome) && l->staff == t->staff &&
           l->at_ms == t->at_ms && str_equal(l->note_hash, t->note_hash);
}

/* The rows come in the order of `told`: what is passed over has lost its row. */
static void meet(struct checking *c, struct look *l)
{
    while (c->at < c->count && compare(l->seq, l->turn, &c->told[c->at]) > 0) {
        fault(c, c->told[c->at].seq, c->told[c->at].turn,
              "it was made, but its row is gone");
        c->at++;
    }
    if (c->at == c->count || compare(l->seq, l->turn, &c->told[c->at]) < 0) {
        fault(c, l->seq, l->turn, "it has no event");
        return;
    }
    if (look_open(c->a, c->k, l) != NULL) {
        fault(c, l->seq, l->turn, "its note does not open");
    } else if (!is_as_told(l, &c->told[c->at])) {
        fault(c, l->seq, l->turn, "the row is not what its event tells");
    }
    c->at++;
}

static err check_page(struct checking *c, int64_t *seq, int64_t *turn, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(
        c->a, c->snap, &looks_sql,
        BIND(bind_int(c->agency), bind_int(*seq), bind_int(*turn), bind_int(ROWS_AT_ONCE)),
        &t));
    for (size_t i = 0; i < t.rows; i++) {
        struct look l = look_at(&t, i, c->agency);

        if (cell_is_null(&t, i, 6)) {
            fault(c, l.seq, l.turn, "there is no such reading");
        }
        meet(c, &l);
        *seq = l.seq;
        *turn = l.turn;
        c->looks++;
    }
    *ret_count = t.rows;
    return NULL;
}

err records_check(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
                  records_say *say, void *context)
{
    struct checking c = {
        .a = a,
        .k = k,
        .agency = agency,
        .say = say,
        .context = context,
    };
    int64_t seq = 0, turn = 0;
    size_t count = ROWS_AT_ONCE;

    TRY(snap_begin(a, s, &c.snap));
    TRY(told_load(&c));
    while (count == ROWS_AT_ONCE) {
        TRY(check_page(&c, &seq, &turn, &count));
    }
    for (; c.at < c.count; c.at++) {
        fault(&c, c.told[c.at].seq, c.told[c.at].turn, "it was made, but its row is gone");
    }
    if (c.faults == 0) {
        say(context, true,
            str_format(a, "agency %lld: %lld looks at readings as their events tell",
                       (long long)agency, (long long)c.looks));
    }
    snap_end(c.snap);
    return NULL;
}
