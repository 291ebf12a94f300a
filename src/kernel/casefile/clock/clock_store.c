/* clock_store — the clocks of cases in the database, with their pauses and extensions.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/clock/case_clock.h"

static const struct query clocks_sql = {
    "SELECT casefile_id, kind, number, rule, started_ms, due_day, due_ms, state, extended, "
    "ended_ms FROM case_clock "
    "WHERE agency_id = ?1 AND casefile_id >= ?2 AND casefile_id <= ?3 "
    "ORDER BY casefile_id, kind DESC, number", "iii",
};
static const struct query spans_sql = {
    "SELECT casefile_id, kind, number, type, what, value, from_ms, until_ms "
    "FROM case_clock_span "
    "WHERE agency_id = ?1 AND casefile_id >= ?2 AND casefile_id <= ?3 "
    "ORDER BY casefile_id, kind DESC, number, place", "iii",
};
/* The same of those that run, by their index. */
static const struct query running_clocks_sql = {
    "SELECT casefile_id, kind, number, rule, started_ms, due_day, due_ms, state, extended, "
    "ended_ms FROM case_clock "
    "WHERE agency_id = ?1 AND casefile_id >= ?2 AND casefile_id <= ?3 "
    "AND state <> 'ended' AND state = 'running' "
    "ORDER BY casefile_id, kind DESC, number", "iii",
};
static const struct query running_spans_sql = {
    "SELECT s.casefile_id, s.kind, s.number, s.type, s.what, s.value, s.from_ms, "
    "s.until_ms FROM case_clock k JOIN case_clock_span s ON s.agency_id = k.agency_id "
    "AND s.casefile_id = k.casefile_id AND s.kind = k.kind AND s.number = k.number "
    "WHERE k.agency_id = ?1 AND k.casefile_id >= ?2 AND k.casefile_id <= ?3 "
    "AND k.state <> 'ended' AND k.state = 'running' "
    "ORDER BY s.casefile_id, s.kind DESC, s.number, s.place", "iii",
};
static const struct query put_sql = {
    "INSERT INTO case_clock (agency_id, casefile_id, kind, number, rule, started_ms, "
    "due_day, due_ms, state, extended, ended_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0)", "iititiiiti",
};
static const struct query keep_sql = {
    "UPDATE case_clock SET due_day = ?5, due_ms = ?6, state = ?7, extended = ?8, "
    "ended_ms = ?9, started_ms = ?10 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND kind = ?3 AND number = ?4",
    "iitiiitiii",
};
/* Only its date: nothing that an index holds is written. */
static const struct query move_sql = {
    "UPDATE case_clock SET due_day = ?5, due_ms = ?6 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND kind = ?3 AND number = ?4", "iitiii",
};
static const struct query rule_sql = {
    "UPDATE case_clock SET rule = ?5, started_ms = ?6 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND kind = ?3 AND number = ?4", "iititi",
};
static const struct query span_sql = {
    "INSERT INTO case_clock_span (agency_id, casefile_id, kind, number, place, type, what, "
    "value, from_ms, until_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
    "iitiittii",
};
static const struct query pause_end_sql = {
    "UPDATE case_clock_span SET until_ms = ?5 WHERE agency_id = ?1 AND casefile_id = ?2 "
    "AND kind = ?3 AND number = ?4 AND type = 'pause' AND until_ms = 0", "iitii",
};
static const struct query spans_drop_sql = {
    "DELETE FROM case_clock_span WHERE agency_id = ?1 AND casefile_id = ?2 "
    "AND kind = ?3 AND number = ?4", "iiti",
};
static const struct query *const all_queries[] = {
    &clocks_sql, &spans_sql,     &put_sql,        &keep_sql,
    &span_sql,   &pause_end_sql, &spans_drop_sql, &running_clocks_sql, &move_sql,
    &running_spans_sql, &rule_sql,
};
const struct query_list casefile_clock_queries = {
    "casefile (clocks)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static enum clock_ground ground_of(str key)
{
    for (int g = 0; g < CLOCK_GROUNDS; g++) {
        if (str_equal(clock_ground_key[g], key)) {
            return (enum clock_ground)g;
        }
    }
    return CLOCK_PAUSE_OTHER;
}

static err clock_at(struct arena *a, const struct table *t, size_t i, struct case_clock *k)
{
    *k = (struct case_clock){
        .casefile = cell_int(t, i, 0), .number = (int)cell_int(t, i, 2),
        .started_ms = cell_int(t, i, 4), .due = due_of_cell(cell_int(t, i, 5)),
        .due_ms = cell_int(t, i, 6), .extended = (int)cell_int(t, i, 8),
        .ended_ms = cell_int(t, i, 9),
    };
    (void)case_clock_from_key(cell_text(t, i, 1), &k->kind);
    (void)case_clock_state_from_key(cell_text(t, i, 7), &k->state);
    return clock_rule_read(a, cell_text(t, i, 3), &k->rule);
}

/* Brings the spans to their clock; both lists are in the same order. */
static err spans_at(struct arena *a, const struct table *t, size_t *io_row,
                    struct case_clock *k)
{
    size_t first = *io_row, end = first, pauses = 0, extensions = 0;
    struct clock_pause *p;
    struct clock_extension *x;

    while (end < t->rows && cell_int(t, end, 0) == k->casefile &&
           str_equal(cell_text(t, end, 1), case_clock_key[k->kind]) &&
           cell_int(t, end, 2) == k->number) {
        end++;
    }
    if (end == first) {
        return NULL;
    }
    p = ARENA_ARRAY(a, end - first, struct clock_pause);
    x = ARENA_ARRAY(a, end - first, struct clock_extension);
    if (p == NULL || x == NULL) {
        return err_no_memory;
    }
    for (size_t i = first; i < end; i++) {
        int64_t from_ms = cell_int(t, i, 6);

        if (str_equal(cell_text(t, i, 3), STR("pause"))) {
            p[pauses++] = (struct clock_pause){ from_ms, cell_int(t, i, 7),
                                                ground_of(cell_text(t, i, 4)) };
            continue;
        }
        x[extensions].by.value = (int)cell_int(t, i, 5);
        (void)clock_unit_from_key(cell_text(t, i, 4), &x[extensions].by.unit);
        x[extensions++].at_ms = from_ms;
    }
    k->spans = (struct clock_spans){ p, pauses, x, extensions, k->ended_ms };
    *io_row = end;
    return NULL;
}

static err clocks_load(struct arena *a, struct snap *snap, const struct query *of_clocks,
                       const struct query *of_spans, int64_t agency, int64_t first,
                       int64_t last, struct case_clock **ret, size_t *ret_count)
{
    struct table clocks, spans;
    struct case_clock *list;
    size_t row = 0;

    TRY(snap_query(a, snap, of_clocks,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &clocks));
    TRY(snap_query(a, snap, of_spans,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &spans));
    list = ARENA_ARRAY(a, clocks.rows, struct case_clock);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < clocks.rows; i++) {
        TRY(clock_at(a, &clocks, i, &list[i]));
        list[i].spans.done_ms = list[i].ended_ms;
        TRY(spans_at(a, &spans, &row, &list[i]));
    }
    *ret = list;
    *ret_count = clocks.rows;
    return NULL;
}

err case_clocks_between(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
                        int64_t last, struct case_clock **ret, size_t *ret_count)
{
    return clocks_load(a, snap, &clocks_sql, &spans_sql, agency, first, last, ret,
                       ret_count);
}

err case_clocks_running(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
                        int64_t last, struct case_clock **ret, size_t *ret_count)
{
    return clocks_load(a, snap, &running_clocks_sql, &running_spans_sql, agency, first,
                       last, ret, ret_count);
}

err casefile_clocks(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                    struct case_clock **ret, size_t *ret_count)
{
    return case_clocks_between(a, snap, agency, id, id, ret, ret_count);
}

struct case_clock *case_clock_find(struct case_clock *list, size_t count,
                                   enum case_clock_kind kind, int number)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].kind == kind && list[i].number == number) {
            return &list[i];
        }
    }
    return NULL;
}

err case_clock_put(struct arena *a, struct tx *tx, int64_t agency, int64_t casefile,
                   const struct case_clock *k)
{
    return tx_run(a, tx, &put_sql,
                  BIND(bind_int(agency), bind_int(casefile),
                       bind_text(case_clock_key[k->kind]), bind_int(k->number),
                       bind_text(clock_rule_json(a, &k->rule)), bind_int(k->started_ms),
                       bind_int(due_cell(k->due)), bind_int(k->due_ms),
                       bind_text(case_clock_state_key[k->state]), bind_int(k->extended)));
}

err case_clock_keep(struct arena *a, struct tx *tx, int64_t agency,
                    const struct case_clock *k)
{
    return tx_change_one(a, tx, &keep_sql,
                         BIND(bind_int(agency), bind_int(k->casefile),
                              bind_text(case_clock_key[k->kind]), bind_int(k->number),
                              bind_int(due_cell(k->due)), bind_int(k->due_ms),
                              bind_text(case_clock_state_key[k->state]),
                              bind_int(k->extended), bind_int(k->ended_ms),
                              bind_int(k->started_ms)));
}

err case_clock_move(struct arena *a, struct tx *tx, int64_t agency,
                    const struct case_clock *k)
{
    return tx_run(a, tx, &move_sql,
                  BIND(bind_int(agency), bind_int(k->casefile),
                       bind_text(case_clock_key[k->kind]), bind_int(k->number),
                       bind_int(due_cell(k->due)), bind_int(k->due_ms)));
}

static err span_put(struct arena *a, struct tx *tx, int64_t agency,
                    const struct case_clock *k, const char *type, str what, int value,
                    int64_t now_ms)
{
    size_t place = k->spans.pauses_count + k->spans.extensions_count;

    return tx_run(a, tx, &span_sql,
                  BIND(bind_int(agency), bind_int(k->casefile),
                       bind_text(case_clock_key[k->kind]), bind_int(k->number),
                       bind_int((int64_t)place), bind_text(str_of(type)), bind_text(what),
                       bind_int(value), bind_int(now_ms)));
}

err case_clock_pause(struct arena *a, struct tx *tx, int64_t agency, struct case_clock *k,
                     enum clock_ground ground, int64_t now_ms)
{
    struct clock_pause *p = ARENA_ARRAY(a, k->spans.pauses_count + 1, struct clock_pause);

    if (p == NULL) {
        return err_no_memory;
    }
    if (tx != NULL) {
        TRY(span_put(a, tx, agency, k, "pause", clock_ground_key[ground], 0, now_ms));
    }
    for (size_t i = 0; i < k->spans.pauses_count; i++) {
        p[i] = k->spans.pauses[i];
    }
    p[k->spans.pauses_count] = (struct clock_pause){ now_ms, 0, ground };
    k->spans.pauses = p;
    k->spans.pauses_count++;
    k->state = CLOCK_PAUSED;
    return NULL;
}

err case_clock_resume(struct arena *a, struct tx *tx, int64_t agency, struct case_clock *k,
                      int64_t now_ms)
{
    struct clock_pause *p = ARENA_ARRAY(a, k->spans.pauses_count, struct clock_pause);

    if (p == NULL) {
        return err_no_memory;
    }
    if (tx != NULL) {
        TRY(tx_run(a, tx, &pause_end_sql,
                   BIND(bind_int(agency), bind_int(k->casefile),
                        bind_text(case_clock_key[k->kind]), bind_int(k->number),
                        bind_int(now_ms))));
    }
    for (size_t i = 0; i < k->spans.pauses_count; i++) {
        p[i] = k->spans.pauses[i];
        p[i].until_ms = p[i].until_ms == 0 ? now_ms : p[i].until_ms;
    }
    k->spans.pauses = p;
    k->state = CLOCK_RUNNING;
    return NULL;
}

err case_clock_extend(struct arena *a, struct tx *tx, int64_t agency, struct case_clock *k,
                      struct clock_limit by, int64_t now_ms)
{
    struct clock_extension *x =
        ARENA_ARRAY(a, k->spans.extensions_count + 1, struct clock_extension);

    if (x == NULL) {
        return err_no_memory;
    }
    if (tx != NULL) {
        TRY(span_put(a, tx, agency, k, "extend", clock_unit_key[by.unit], by.value,
                     now_ms));
    }
    for (size_t i = 0; i < k->spans.extensions_count; i++) {
        x[i] = k->spans.extensions[i];
    }
    x[k->spans.extensions_count] = (struct clock_extension){ by, now_ms };
    k->spans.extensions = x;
    k->spans.extensions_count++;
    k->extended++;
    return NULL;
}

err case_clock_rule_change(struct arena *a, struct tx *tx, int64_t agency,
                           struct case_clock *k, const struct clock_rule *rule,
                           int64_t started_ms)
{
    k->rule = *rule;
    k->started_ms = started_ms;
    return tx_run(a, tx, &rule_sql,
                  BIND(bind_int(agency), bind_int(k->casefile),
                       bind_text(case_clock_key[k->kind]), bind_int(k->number),
                       bind_text(clock_rule_json(a, rule)), bind_int(started_ms)));
}

err case_clock_restart(struct arena *a, struct tx *tx, int64_t agency, struct case_clock *k,
                       int64_t now_ms)
{
    if (tx != NULL) {
        TRY(tx_run(a, tx, &spans_drop_sql,
                   BIND(bind_int(agency), bind_int(k->casefile),
                        bind_text(case_clock_key[k->kind]), bind_int(k->number))));
    }
    k->spans = (struct clock_spans){ 0 };
    k->started_ms = now_ms;
    k->extended = 0;
    k->ended_ms = 0;
    k->state = CLOCK_RUNNING;
    return NULL;
}
