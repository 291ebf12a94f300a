/* check_store — for `bianmin check`: the numbers of a series have no gap and none is there
 * twice, what was issued stands in the register of seals, and what is written opens.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/letter/letter.h"

#define PAGE_ROWS 200
#define DIGITS 5 /* at least so many, with zeros in front */

static const struct query series_sql = {
    "SELECT series, roc_year, last_number FROM letter_series WHERE agency_id = ?1 "
    "ORDER BY series, roc_year",
    "i",
};
static const struct query numbers_sql = {
    "SELECT document_number FROM letter WHERE agency_id = ?1 AND series = ?2 "
    "AND document_day >= ?3 AND document_day < ?4 AND state IN ('issued', 'withdrawn')",
    "itii",
};
static const struct query twice_sql = {
    "SELECT MIN(id) FROM letter WHERE agency_id = ?1 AND document_number <> '' "
    "GROUP BY document_number HAVING COUNT(*) > 1",
    "i",
};
static const struct query unsealed_sql = {
    "SELECT l.id FROM letter l WHERE l.agency_id = ?1 "
    "AND l.state IN ('issued', 'withdrawn') "
    "AND NOT EXISTS (SELECT 1 FROM seal_use u WHERE u.agency_id = l.agency_id "
    "AND u.letter_id = l.id AND u.document_number = l.document_number) ORDER BY l.id "
    "LIMIT 100",
    "i",
};
static const struct query rows_sql = {
    "SELECT id FROM letter WHERE agency_id = ?1 AND id > ?2 ORDER BY id LIMIT 200",
    "ii",
};
static const struct query *const all_queries[] = { &series_sql, &numbers_sql, &twice_sql,
                                                   &unsealed_sql, &rows_sql };
const struct query_list letter_check_queries = {
    "letter (check)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

struct checking {
    struct arena *a;
    struct snap *snap;
    const struct keyring *k;
    int64_t agency, rows, faults;
    letter_say *say;
    void *context;
};

static void fault(struct checking *c, str which, const char *what)
{
    c->faults++;
    c->say(c->context, false,
           str_format(c->a, "agency %lld, %.*s: %s", (long long)c->agency, STR_ARG(which),
                      what));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int64_t number_of(str digits)
{
    int64_t n = 0;

    for (size_t i = 0; i < digits.len && digits.len < 10; i++) {
        n = n * 10 + (digits.at[i] - '0');
    }
    return n;
}

/* The number of the series in "青經字第11500012號": behind the year where both stand
 * together. 0: none. */
static int64_t serial_of(str text, int year, struct arena *a)
{
    str before = str_format(a, "%d", year);
    int64_t found = 0;

    for (size_t i = 0; i < text.len; i++) {
        size_t from = i;

        while (i < text.len && is_digit(text.at[i])) {
            i++;
        }
        str run = str_slice(text, from, i - from);

        if (run.len >= before.len + DIGITS && str_starts(run, before)) {
            run = str_slice(run, before.len, run.len - before.len);
        }
        found = run.len >= DIGITS ? number_of(run) : found;
    }
    return found;
}

static err check_series(struct checking *c, str series, int year, int64_t last)
{
    struct table t;
    str which = str_format(c->a, "letters %.*s of %d", STR_ARG(series), year);
    bool *there = last < 0 || last > INT64_C(10000000)
                      ? NULL
                      : ARENA_ARRAY(c->a, (size_t)last + 1, bool);
    int64_t missing = 0;

    if (there == NULL) {
        return err_no_memory;
    }
    TRY(snap_query(c->a, c->snap, &numbers_sql,
                   BIND(bind_int(c->agency), bind_text(series),
                        bind_int(day_of(year + 1911, 1, 1)),
                        bind_int(day_of(year + 1912, 1, 1))),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t n = serial_of(cell_text(&t, i, 0), year, c->a);

        if (n >= 1 && n <= last) {
            there[n] = true;
        }
    }
    for (int64_t n = 1; n <= last; n++) {
        missing += there[n] ? 0 : 1;
    }
    if (missing > 0) {
        fault(c, which, "a number of the series is on no letter");
    }
    return NULL;
}

static err check_numbers(struct checking *c)
{
    struct table t;

    TRY(snap_query(c->a, c->snap, &series_sql, BIND(bind_int(c->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        TRY(check_series(c, cell_text(&t, i, 0), (int)cell_int(&t, i, 1),
                         cell_int(&t, i, 2)));
    }
    TRY(snap_query(c->a, c->snap, &twice_sql, BIND(bind_int(c->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        fault(c, id_text(c->a, cell_int(&t, i, 0)), "another letter has the same number");
    }
    TRY(snap_query(c->a, c->snap, &unsealed_sql, BIND(bind_int(c->agency)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        fault(c, id_text(c->a, cell_int(&t, i, 0)),
              "it was issued, but is not in the register of seals");
    }
    return NULL;
}

static err check_page(struct checking *c, int64_t *after, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(c->a, c->snap, &rows_sql, BIND(bind_int(c->agency), bind_int(*after)),
                   &t));
    *ret_count = t.rows;
    for (size_t i = 0; i < t.rows; i++) {
        struct arena_mark *mark = arena_mark(c->a);
        struct letter l;

        *after = cell_int(&t, i, 0);
        TRY(letter_load(c->a, c->snap, c->agency, *after, &l));
        if (c->k != NULL && letter_open(c->a, c->k, &l) != NULL) {
            fault(c, id_text(c->a, l.id), "what is written in it does not open");
        }
        c->rows++;
        arena_reset(c->a, mark);
    }
    return NULL;
}

static err check_all(struct checking *c)
{
    int64_t after = 0;
    size_t count = PAGE_ROWS;

    TRY(check_numbers(c));
    while (count == PAGE_ROWS) {
        struct arena_mark *mark = arena_mark(c->a);

        TRY(check_page(c, &after, &count));
        arena_reset(c->a, mark);
    }
    return NULL;
}

static void arena_free_v(void *arena)
{
    arena_free(arena);
}

err letter_check(struct arena *a, struct store *s, const struct keyring *k, int64_t agency,
                 letter_say *say, void *context)
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
        say(context, true, str_format(a, "agency %lld: %lld letters, numbers without a gap",
                                      (long long)agency, (long long)c.rows));
    }
    return e;
}
