/* list_store — worklists: what waits for a person, by the end of its term, page by page.
 *
 * A list may have several sources (a deputy's own work and that of the colleague who is
 * away; the levels at which a person decides): each is asked for one page, then they are
 * brought together.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/worklist/list_query.h"
#include "kernel/casefile/worklist/typed.h"
#include "kernel/casefile/worklist/worklist.h"

#define MOST_SOURCES 32
#define MOST_ROWS 200

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

static bool is_newest_first(const struct case_query *q)
{
    return q->list == LIST_ALL && !q->by_control;
}

/* The stretch in which a term must end: after `from_of`, at the latest `until_of`. */
static int64_t from_of(const struct case_query *q)
{
    return q->when == WHEN_SOON ? q->now_ms : -1;
}

static int64_t until_of(const struct case_query *q)
{
    return q->when == WHEN_SOON ? q->soon_ms : q->when == WHEN_LATE ? q->now_ms
                                                                    : DUE_MS_NONE;
}

/* Where the page begins: behind the last row seen. */
struct begin {
    int64_t due, id;
};
static err begin_of(struct arena *a, struct snap *snap, int64_t agency,
                    const struct case_query *q, struct begin *ret)
{
    struct table t;

    if (is_newest_first(q)) {
        *ret = (struct begin){ from_of(q) + 1, q->after == 0 ? INT64_MAX : q->after };
        return NULL;
    }
    *ret = (struct begin){ from_of(q), q->when == WHEN_SOON ? INT64_MAX : 0 };
    if (q->after == 0) {
        return NULL;
    }
    TRY(snap_query(a, snap, &case_due_sql, BIND(bind_int(agency), bind_int(q->after)), &t));
    if (t.rows > 0) {
        *ret = (struct begin){ cell_int(&t, 0, q->by_control ? 1 : 0), q->after };
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
        bind_int(until_of(q) + 1), bind_int(most),
        bind_text(level_key[s->level]),
    };

    return snap_query(a, snap, sql, v, q->list == LIST_TO_DECIDE ? 10 : 9, ret);
}

static int by_due(const void *x, const void *y)
{
    const struct casefile *a = x, *b = y;
    int64_t due_a = due_ms_cell(a->due, a->due_ms, a->paused);
    int64_t due_b = due_ms_cell(b->due, b->due_ms, b->paused);

    if (due_a != due_b) {
        return due_a < due_b ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

static int by_control(const void *x, const void *y)
{
    const struct casefile *a = x, *b = y;
    int64_t due_a = due_ms_cell(a->control_due, a->control_due_ms, a->control_paused);
    int64_t due_b = due_ms_cell(b->control_due, b->control_due_ms, b->control_paused);

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

        TRY(source_ask(a, snap, who->agency, case_list_query(q, s->key), q, s, &begin,
                       numbers.number[i % numbers.count], (int)most, &t));
        rows_add(&rows, &t, who->agency);
    }
    if (sources.count * numbers.count > 1) {
        qsort(rows.at, rows.count, sizeof rows.at[0],
              is_newest_first(q) ? newest_first : q->by_control ? by_control : by_due);
    }
    *ret = rows.at;
    *ret_count = rows.count > most ? most : rows.count;
    return NULL;
}

static err source_count(struct arena *a, struct snap *snap, int64_t agency,
                        const struct case_query *q, const struct source *s,
                        struct table *ret)
{
    const struct query *sql = case_count_query(q, s->key);
    struct value v[6] = { bind_int(agency), bind_int(s->key), bind_int(until_of(q)),
                          bind_int(CASES_COUNTED + 1) };
    size_t n = 4;

    if (q->when != WHEN_ALL) {
        v[n++] = bind_int(from_of(q));
    }
    if (q->list == LIST_TO_DECIDE) {
        v[n++] = bind_text(level_key[s->level]);
    }
    return snap_query(a, snap, sql, v, n, ret);
}

/* A number finds so few that they are counted one by one; so are others that are asked for
 * rarely. */
static err count_listed(struct arena *a, struct snap *snap, const struct actor *who,
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

    if (!str_is_empty(q->number) || case_count_query(q, 0) == NULL) {
        return count_listed(a, snap, who, q, ret_count);
    }
    from_start.after = 0;
    sources_fill(&sources, who, q->list);
    TRY(begin_of(a, snap, who->agency, &from_start, &begin));
    for (size_t i = 0; i < sources.count; i++) {
        const struct source *s = &sources.at[i];
        struct table t;

        TRY(case_list_is_filtered(q)
                ? source_ask(a, snap, who->agency, case_count_query(q, s->key), q, s,
                             &begin, STR(""), CASES_COUNTED + 1, &t)
                : source_count(a, snap, who->agency, q, s, &t));
        count += (size_t)cell_int(&t, 0, 0);
    }
    *ret_count = count > CASES_COUNTED ? CASES_COUNTED + 1 : count;
    return NULL;
}
