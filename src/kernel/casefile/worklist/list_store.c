/* list_store — worklists: what waits for a person, by due date, page by page.
 *
 * The conditions of the partial indexes stand in the queries word for word. A list may have
 * several sources (a deputy's own work and that of the colleague who is away; the levels at
 * which a person decides): each is asked for one page, then they are brought together.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/worklist/typed.h"
#include "kernel/casefile/worklist/worklist.h"

#define MOST_SOURCES 32
#define MOST_ROWS 200

#define NARROW                                                              \
    "AND (?5 = '' OR c.service = ?5) "                                       \
    "AND (?7 = '' OR c.state = ?7) AND c.due_day < ?8 "                     \
    "AND (?8 > 2147483647 OR (c.decided_ms = 0 AND c.is_open = 1)) "
#define AFTER "AND (c.due_day, c.id) > (?3, ?4) "
/* One case, found by its number; whether it is on the list is asked then. */
#define NAMED "AND c.number = ?6 "
#define BY_DUE "ORDER BY c.due_day, c.id LIMIT ?9"
#define MINE "WHERE c.agency_id = ?1 AND c.officer_id = ?2 AND c.is_open = 1 "
#define UNIT_OPEN "WHERE c.agency_id = ?1 AND c.unit_id = ?2 AND c.is_open = 1 "
/* Open by its state; another condition would let another index be taken. */
#define UNIT_NEW \
    "WHERE c.agency_id = ?1 AND c.unit_id = ?2 AND c.state = 'received' "
#define TO_DECIDE                                                      \
    "WHERE c.agency_id = ?1 AND c.waits_level = ?10 "            \
    "AND c.waits_level <> '' "                                          \
    "AND (?2 = 0 OR c.unit_id = ?2) "
#define ALL_CASES                                                                \
    "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) AND c.due_day >= ?3 " \
    "AND c.id < ?4 "
#define UNIT_ALL \
    "WHERE c.agency_id = ?1 AND c.unit_id = ?2 AND c.due_day >= ?3 AND c.id < ?4 "
/* What has no decision and is over its day; out of an index alone. */
#define LATE                                                                       \
    "AND c.due_day < ?3 AND c.state IN ('received', 'in_work', 'sent_back', " \
    "'consulted', 'proposed', 'submitted') "
#define COUNTED_FAST(where, types_)                                                \
    { "SELECT COUNT(*) FROM (SELECT 1 FROM casefile c " where "LIMIT ?4) AS found", types_ }
#define COUNTED(where, types_)                                              \
    { "SELECT COUNT(*) FROM (SELECT 1 FROM casefile c " where NARROW        \
      "LIMIT ?9) AS found", types_ }
#define LISTED(where, types_) \
    { "SELECT " CASE_COLUMNS CASE_TABLES where NARROW BY_DUE, types_ }
#define PLAIN_TYPES "iiiittti" "i"

#define CONSULTED                                                              \
    "WHERE c.agency_id = ?1 AND c.id IN (SELECT x.casefile_id FROM consult x " \
    "WHERE x.agency_id = ?1 AND x.unit_id = ?2 AND x.state = 'asked') "
static const struct query consulted_sql = LISTED(CONSULTED AFTER, PLAIN_TYPES);
static const struct query consulted_named_sql = LISTED(CONSULTED AFTER NAMED, PLAIN_TYPES);
static const struct query consulted_count_sql = COUNTED(CONSULTED AFTER, PLAIN_TYPES);
static const struct query consulted_fast_sql = COUNTED_FAST(CONSULTED, "iiii");
static const struct query consulted_late_sql = COUNTED_FAST(CONSULTED LATE, "iiii");
static const struct query mine_sql = LISTED(MINE AFTER, PLAIN_TYPES);
static const struct query unit_open_sql = LISTED(UNIT_OPEN AFTER, PLAIN_TYPES);
static const struct query unit_new_sql = LISTED(UNIT_NEW AFTER, PLAIN_TYPES);
static const struct query to_decide_sql = LISTED(TO_DECIDE AFTER, PLAIN_TYPES "t");
static const struct query all_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES ALL_CASES NARROW "ORDER BY c.id DESC LIMIT ?9",
    PLAIN_TYPES,
};
static const struct query unit_all_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNIT_ALL NARROW "ORDER BY c.id DESC LIMIT ?9",
    PLAIN_TYPES,
};
static const struct query mine_named_sql = LISTED(MINE AFTER NAMED, PLAIN_TYPES);
static const struct query unit_open_named_sql = LISTED(UNIT_OPEN AFTER NAMED, PLAIN_TYPES);
static const struct query unit_new_named_sql = LISTED(UNIT_NEW AFTER NAMED, PLAIN_TYPES);
static const struct query to_decide_named_sql = LISTED(TO_DECIDE AFTER NAMED,
                                                       PLAIN_TYPES "t");
static const struct query all_named_sql = LISTED(ALL_CASES NAMED, PLAIN_TYPES);
static const struct query mine_count_sql = COUNTED(MINE AFTER, PLAIN_TYPES);
static const struct query unit_open_count_sql = COUNTED(UNIT_OPEN AFTER, PLAIN_TYPES);
static const struct query unit_new_count_sql = COUNTED(UNIT_NEW AFTER, PLAIN_TYPES);
static const struct query to_decide_count_sql = COUNTED(TO_DECIDE AFTER, PLAIN_TYPES "t");
static const struct query all_count_sql = COUNTED(ALL_CASES, PLAIN_TYPES);
static const struct query unit_all_count_sql = COUNTED(UNIT_ALL, PLAIN_TYPES);
/* Without a filter: agency, key, today, most, level. */
#define WHOLE "WHERE c.agency_id = ?1 AND ?2 = 0 "
#define DECIDE                                                           \
    "WHERE c.agency_id = ?1 AND c.waits_level = ?5 AND c.waits_level <> '' " \
    "AND (?2 = 0 OR c.unit_id = ?2) "
static const struct query mine_fast_sql = COUNTED_FAST(MINE, "iiii");
static const struct query unit_open_fast_sql = COUNTED_FAST(UNIT_OPEN, "iiii");
static const struct query unit_new_fast_sql = COUNTED_FAST(UNIT_NEW, "iiii");
static const struct query to_decide_fast_sql = COUNTED_FAST(DECIDE, "iiiit");
static const struct query all_fast_sql = COUNTED_FAST(WHOLE, "iiii");
static const struct query unit_all_fast_sql = COUNTED_FAST(
    "WHERE c.agency_id = ?1 AND c.unit_id = ?2 ", "iiii");
static const struct query mine_late_sql = COUNTED_FAST(MINE LATE, "iiii");
static const struct query unit_late_sql = COUNTED_FAST(UNIT_OPEN LATE, "iiii");
static const struct query unit_new_late_sql = COUNTED_FAST(UNIT_NEW LATE, "iiii");
static const struct query to_decide_late_sql = COUNTED_FAST(DECIDE LATE, "iiiit");
static const struct query all_late_sql = COUNTED_FAST(WHOLE "AND c.is_open = 1 " LATE,
                                                      "iiii");
/* Few are late among all that ever came: found among the open ones, then put in order. */
static const struct query all_late_list_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) AND c.is_open = 1 "
    "AND c.due_day >= ?3 AND c.id + 0 < ?4 " NARROW "ORDER BY c.id + 0 DESC LIMIT ?9",
    PLAIN_TYPES,
};
static const struct query due_sql = {
    "SELECT due_day FROM casefile WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query *const all_queries[] = {
    &mine_sql,
    &unit_open_sql,
    &unit_new_sql,
    &to_decide_sql,
    &all_sql,
    &mine_count_sql,
    &unit_open_count_sql,
    &unit_new_count_sql,
    &to_decide_count_sql,
    &all_count_sql,
    &due_sql,
    &unit_all_sql,
    &unit_all_count_sql,
    &mine_fast_sql,
    &unit_open_fast_sql,
    &unit_new_fast_sql,
    &to_decide_fast_sql,
    &all_fast_sql,
    &unit_all_fast_sql,
    &mine_late_sql,
    &unit_late_sql,
    &unit_new_late_sql,
    &to_decide_late_sql,
    &all_late_sql,
    &all_late_list_sql,
    &mine_named_sql,
    &unit_open_named_sql,
    &unit_new_named_sql,
    &to_decide_named_sql,
    &all_named_sql,
    &consulted_sql,
    &consulted_named_sql,
    &consulted_count_sql,
    &consulted_fast_sql,
    &consulted_late_sql,
};
const struct query_list casefile_list_queries = {
    "casefile (worklists)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* `filtered`, else `fast` and `late`, count; where a number was typed, `named` does
 * both. */
static const struct {
    const struct query *list, *filtered, *fast, *late, *named;
} list_queries[] = {
    [LIST_MINE] = { &mine_sql, &mine_count_sql, &mine_fast_sql, &mine_late_sql,
                    &mine_named_sql },
    [LIST_UNIT_NEW] = { &unit_new_sql, &unit_new_count_sql, &unit_new_fast_sql,
                        &unit_new_late_sql, &unit_new_named_sql },
    [LIST_TO_DECIDE] = { &to_decide_sql, &to_decide_count_sql, &to_decide_fast_sql,
                         &to_decide_late_sql, &to_decide_named_sql },
    [LIST_UNIT_OPEN] = { &unit_open_sql, &unit_open_count_sql, &unit_open_fast_sql,
                         &unit_late_sql, &unit_open_named_sql },
    [LIST_CONSULTED] = { &consulted_sql, &consulted_count_sql, &consulted_fast_sql,
                         &consulted_late_sql, &consulted_named_sql },
    [LIST_ALL] = { &all_sql, &all_count_sql, &all_fast_sql, &all_late_sql,
                   &all_named_sql },
}, unit_all = { &unit_all_sql, &unit_all_count_sql, &unit_all_fast_sql, &unit_late_sql,
                &all_named_sql };

/* Where a source of LIST_ALL is one unit, its own index serves. */
static const struct query *list_query(const struct case_query *q, int64_t key)
{
    if (!str_is_empty(q->number)) {
        return list_queries[q->list].named;
    }
    if (q->list == LIST_ALL && q->late_only) {
        return &all_late_list_sql;
    }
    return q->list == LIST_ALL && key != 0 ? unit_all.list : list_queries[q->list].list;
}

static bool is_filtered(const struct case_query *q)
{
    return !str_is_empty(q->service) || q->state >= 0;
}

static const struct query *count_query(const struct case_query *q, int64_t key)
{
    bool one_unit = q->list == LIST_ALL && key != 0;

    if (is_filtered(q)) {
        return one_unit ? unit_all.filtered : list_queries[q->list].filtered;
    }
    if (q->late_only) {
        return one_unit ? unit_all.late : list_queries[q->list].late;
    }
    return one_unit ? unit_all.fast : list_queries[q->list].fast;
}

/* What one query is asked for: an officer, a unit, or 0; and for decisions the level. */
struct source {
    int64_t key;
    enum level level;
};
struct sources {
    struct source at[MOST_SOURCES];
    size_t count;
};

static void source_add(struct sources *s, int64_t key, enum level level)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->at[i].key == key && s->at[i].level == level) {
            return;
        }
    }
    if (s->count < MOST_SOURCES) {
        s->at[s->count++] = (struct source){ key, level };
    }
}

#define UNIT_DUTIES                                                            \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_DISPATCHER) |       \
     DUTY(DUTY_VILLAGE))
#define WHOLE_DUTIES                                                           \
    (DUTY(DUTY_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_COORDINATOR) |         \
     DUTY(DUTY_AUDITOR))

/* The same answer as casefile_may_see and casefile_decides give, as sources of a list. */
static void sources_of(struct sources *s, enum case_list list, int64_t staff, int64_t unit,
                       duty_set duties)
{
    if (list == LIST_MINE) {
        source_add(s, staff, LEVEL_OFFICER);
        return;
    }
    if (list == LIST_TO_DECIDE) {
        for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
            if ((duties & DUTY(level_duty((enum level)l))) != 0) {
                source_add(s, l == LEVEL_UNIT_HEAD ? unit : 0, (enum level)l);
            }
        }
        return;
    }
    if (list == LIST_ALL && (duties & WHOLE_DUTIES) != 0) {
        source_add(s, 0, LEVEL_OFFICER);
        return;
    }
    if ((duties & UNIT_DUTIES) != 0) {
        source_add(s, unit, LEVEL_OFFICER);
    }
}

static void sources_fill(struct sources *s, const struct actor *who, enum case_list list)
{
    s->count = 0;
    if (who->staff == 0) {
        return;
    }
    sources_of(s, list, who->staff, who->unit, who->duties);
    for (size_t i = 0; i < who->stands_for_count; i++) {
        const struct stand_in *in = &who->stands_for[i];

        sources_of(s, list, in->staff, in->unit, in->duties);
    }
    /* Whoever sees the whole office has no use for its parts beside it. */
    for (size_t i = 0; list == LIST_ALL && i < s->count; i++) {
        if (s->at[i].key == 0) {
            s->at[0] = s->at[i];
            s->count = 1;
        }
    }
}

/* Where the page begins: behind the last row seen. */
struct begin {
    int64_t due, id;
};
static err begin_of(struct arena *a, struct snap *snap, int64_t agency,
                    const struct case_query *q, struct begin *ret)
{
    struct table t;

    if (q->list == LIST_ALL) {
        *ret = (struct begin){ 0, q->after == 0 ? INT64_MAX : q->after };
        return NULL;
    }
    *ret = (struct begin){ INT32_MIN, 0 };
    if (q->after == 0) {
        return NULL;
    }
    TRY(snap_query(a, snap, &due_sql, BIND(bind_int(agency), bind_int(q->after)), &t));
    if (t.rows > 0) {
        *ret = (struct begin){ cell_int(&t, 0, 0), q->after };
    }
    return NULL;
}

static err source_ask(struct arena *a, struct snap *snap, int64_t agency,
                      const struct query *sql, const struct case_query *q,
                      const struct source *s, const struct begin *begin, str number,
                      int most, struct table *ret)
{
    struct value v[] = {
        bind_int(agency), bind_int(s->key), bind_int(begin->due), bind_int(begin->id),
        bind_text(q->service), bind_text(number),
        bind_text(q->state < 0 ? STR("") : case_state_key[q->state]),
        bind_int(q->late_only ? q->today : DUE_NONE + 1), bind_int(most),
        bind_text(level_key[s->level]),
    };

    return snap_query(a, snap, sql, v, q->list == LIST_TO_DECIDE ? 10 : 9, ret);
}

static int by_due(const void *x, const void *y)
{
    const struct casefile *a = x, *b = y;
    int64_t due_a = a->due == DAY_NONE ? DUE_NONE : a->due;
    int64_t due_b = b->due == DAY_NONE ? DUE_NONE : b->due;

    if (due_a != due_b) {
        return due_a < due_b ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

static int newest_first(const void *x, const void *y)
{
    const struct casefile *a = x, *b = y;

    return a->id > b->id ? -1 : a->id < b->id;
}

static int most_of(const struct case_query *q)
{
    return q->most < 1 || q->most > MOST_ROWS ? MOST_ROWS : q->most;
}

/* What was typed, as numbers; where nothing was, one that asks for no number. */
static err numbers_of(struct arena *a, struct snap *snap, int64_t agency,
                      const struct case_query *q, struct case_typed *ret)
{
    if (!str_is_empty(q->number)) {
        return case_typed_read(a, snap, agency, q->number, ret);
    }
    ret->number[0] = STR("");
    ret->count = 1;
    return NULL;
}

struct rows {
    struct casefile *at;
    size_t count, space;
};

static void rows_add(struct rows *r, const struct table *t, int64_t agency)
{
    for (size_t row = 0; row < t->rows && r->count < r->space; row++) {
        r->at[r->count++] = case_at(t, row, agency);
    }
}

err casefile_list(struct arena *a, struct snap *snap, const struct actor *who,
                  const struct case_query *q, struct casefile **ret, size_t *ret_count)
{
    size_t most = (size_t)most_of(q);
    struct rows rows = { 0 };
    struct sources sources;
    struct case_typed numbers;
    struct begin begin;

    sources_fill(&sources, who, q->list);
    TRY(begin_of(a, snap, who->agency, q, &begin));
    TRY(numbers_of(a, snap, who->agency, q, &numbers));
    rows.space = (sources.count + 1) * (most > TYPED_MOST ? most : TYPED_MOST);
    rows.at = ARENA_ARRAY(a, rows.space, struct casefile);
    if (rows.at == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < sources.count * numbers.count; i++) {
        const struct source *s = &sources.at[i / numbers.count];
        struct table t;

        TRY(source_ask(a, snap, who->agency, list_query(q, s->key), q, s, &begin,
                       numbers.number[i % numbers.count], (int)most, &t));
        rows_add(&rows, &t, who->agency);
    }
    if (sources.count * numbers.count > 1) {
        qsort(rows.at, rows.count, sizeof rows.at[0],
              q->list == LIST_ALL ? newest_first : by_due);
    }
    *ret = rows.at;
    *ret_count = rows.count > most ? most : rows.count;
    return NULL;
}

static err source_count(struct arena *a, struct snap *snap, int64_t agency,
                        const struct case_query *q, const struct source *s,
                        struct table *ret)
{
    const struct query *sql = count_query(q, s->key);
    struct value v[] = {
        bind_int(agency), bind_int(s->key), bind_int(q->today), bind_int(CASES_COUNTED + 1),
        bind_text(level_key[s->level]),
    };

    return snap_query(a, snap, sql, v, q->list == LIST_TO_DECIDE ? 5 : 4, ret);
}

/* A number finds so few that they are counted one by one. */
static err count_named(struct arena *a, struct snap *snap, const struct actor *who,
                       const struct case_query *q, size_t *ret_count)
{
    struct case_query from_start = *q;
    struct casefile *list;

    from_start.after = 0;
    from_start.most = MOST_ROWS;
    return casefile_list(a, snap, who, &from_start, &list, ret_count);
}

err casefile_count(struct arena *a, struct snap *snap, const struct actor *who,
                   const struct case_query *q, size_t *ret_count)
{
    struct sources sources;
    struct case_query from_start = *q;
    struct begin begin;
    size_t count = 0;

    if (!str_is_empty(q->number)) {
        return count_named(a, snap, who, q, ret_count);
    }
    from_start.after = 0;
    sources_fill(&sources, who, q->list);
    TRY(begin_of(a, snap, who->agency, &from_start, &begin));
    for (size_t i = 0; i < sources.count; i++) {
        const struct source *s = &sources.at[i];
        struct table t;

        TRY(is_filtered(q) ? source_ask(a, snap, who->agency, count_query(q, s->key), q, s,
                                        &begin, STR(""), CASES_COUNTED + 1, &t)
                           : source_count(a, snap, who->agency, q, s, &t));
        count += (size_t)cell_int(&t, 0, 0);
    }
    *ret_count = count > CASES_COUNTED ? CASES_COUNTED + 1 : count;
    return NULL;
}
