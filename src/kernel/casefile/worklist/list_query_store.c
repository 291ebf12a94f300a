/* list_query_store — the statements of worklists, and which of them a question needs.
 *
 * The conditions of the partial indexes stand in the queries word for word.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/worklist/list_query.h"

/* `due` is one of the two: what a list goes by. */
#define STATUTORY "c.due_ms"
#define CONTROL "c.control_ms"
#define NARROW(due)                                                         \
    "AND (?5 = '' OR c.service = ?5) "                                       \
    "AND (?7 = '' OR c.state = ?7) AND " due " < ?8 "                       \
    "AND (?8 > 4611686018427387904 OR (c.decided_ms = 0 AND c.is_open = 1)) "
#define AFTER(due) "AND (" due ", c.id) > (?3, ?4) "
/* One case, found by its number; whether it is on the list is asked then. */
#define NAMED "AND c.number = ?6 "
#define BY(due) "ORDER BY " due ", c.id LIMIT ?9"
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
    "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) AND c.due_ms >= ?3 " \
    "AND c.id < ?4 "
#define UNIT_ALL \
    "WHERE c.agency_id = ?1 AND c.unit_id = ?2 AND c.due_ms >= ?3 AND c.id < ?4 "
/* What has no decision and ends in a stretch of time; out of an index alone. */
#define ENDS(due)                                                              \
    "AND " due " > ?5 AND " due " <= ?3 AND c.state IN ('received', 'in_work', " \
    "'sent_back', 'consulted', 'proposed', 'submitted') "
#define COUNTED_FAST(where, types_)                                                \
    { "SELECT COUNT(*) FROM (SELECT 1 FROM casefile c " where "LIMIT ?4) AS found", types_ }
#define COUNTED(where, due, types_)                                              \
    { "SELECT COUNT(*) FROM (SELECT 1 FROM casefile c " where NARROW(due)        \
      "LIMIT ?9) AS found", types_ }
#define LISTED(where, due, types_) \
    { "SELECT " CASE_COLUMNS CASE_TABLES where NARROW(due) BY(due), types_ }
#define PLAIN_TYPES "iiiittti" "i"

#define CONSULTED                                                              \
    "WHERE c.agency_id = ?1 AND c.id IN (SELECT x.casefile_id FROM consult x " \
    "WHERE x.agency_id = ?1 AND x.unit_id = ?2 AND x.state = 'asked') "
static const struct query consulted_sql =
    LISTED(CONSULTED AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query consulted_named_sql =
    LISTED(CONSULTED AFTER(STATUTORY) NAMED, STATUTORY, PLAIN_TYPES);
static const struct query consulted_count_sql =
    COUNTED(CONSULTED AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query consulted_fast_sql = COUNTED_FAST(CONSULTED, "iiii");
static const struct query consulted_late_sql =
    COUNTED_FAST(CONSULTED ENDS(STATUTORY), "iiiii");
static const struct query mine_sql = LISTED(MINE AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query unit_open_sql =
    LISTED(UNIT_OPEN AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query unit_new_sql =
    LISTED(UNIT_NEW AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query to_decide_sql =
    LISTED(TO_DECIDE AFTER(STATUTORY), STATUTORY, PLAIN_TYPES "t");
static const struct query all_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES ALL_CASES NARROW(STATUTORY)
    "ORDER BY c.id DESC LIMIT ?9",
    PLAIN_TYPES,
};
static const struct query unit_all_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES UNIT_ALL NARROW(STATUTORY)
    "ORDER BY c.id DESC LIMIT ?9",
    PLAIN_TYPES,
};
static const struct query mine_named_sql =
    LISTED(MINE AFTER(STATUTORY) NAMED, STATUTORY, PLAIN_TYPES);
static const struct query unit_open_named_sql =
    LISTED(UNIT_OPEN AFTER(STATUTORY) NAMED, STATUTORY, PLAIN_TYPES);
static const struct query unit_new_named_sql =
    LISTED(UNIT_NEW AFTER(STATUTORY) NAMED, STATUTORY, PLAIN_TYPES);
static const struct query to_decide_named_sql = LISTED(
    TO_DECIDE AFTER(STATUTORY) NAMED, STATUTORY, PLAIN_TYPES "t");
static const struct query all_named_sql = LISTED(ALL_CASES NAMED, STATUTORY, PLAIN_TYPES);
static const struct query mine_count_sql =
    COUNTED(MINE AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query unit_open_count_sql =
    COUNTED(UNIT_OPEN AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query unit_new_count_sql =
    COUNTED(UNIT_NEW AFTER(STATUTORY), STATUTORY, PLAIN_TYPES);
static const struct query to_decide_count_sql =
    COUNTED(TO_DECIDE AFTER(STATUTORY), STATUTORY, PLAIN_TYPES "t");
static const struct query all_count_sql = COUNTED(ALL_CASES, STATUTORY, PLAIN_TYPES);
static const struct query unit_all_count_sql = COUNTED(UNIT_ALL, STATUTORY, PLAIN_TYPES);
/* Without a filter: agency, key, today, most, level. */
#define WHOLE "WHERE c.agency_id = ?1 AND ?2 = 0 "
#define DECIDE                                                           \
    "WHERE c.agency_id = ?1 AND c.waits_level = ?5 AND c.waits_level <> '' " \
    "AND (?2 = 0 OR c.unit_id = ?2) "
/* With the stretch: agency, key, until, most, from, level. */
#define DECIDE_ENDS                                                           \
    "WHERE c.agency_id = ?1 AND c.waits_level = ?6 AND c.waits_level <> '' " \
    "AND (?2 = 0 OR c.unit_id = ?2) "
static const struct query mine_fast_sql = COUNTED_FAST(MINE, "iiii");
static const struct query unit_open_fast_sql = COUNTED_FAST(UNIT_OPEN, "iiii");
static const struct query unit_new_fast_sql = COUNTED_FAST(UNIT_NEW, "iiii");
static const struct query to_decide_fast_sql = COUNTED_FAST(DECIDE, "iiiit");
static const struct query all_fast_sql = COUNTED_FAST(WHOLE, "iiii");
static const struct query unit_all_fast_sql = COUNTED_FAST(
    "WHERE c.agency_id = ?1 AND c.unit_id = ?2 ", "iiii");
static const struct query mine_late_sql = COUNTED_FAST(MINE ENDS(STATUTORY), "iiiii");
static const struct query unit_late_sql = COUNTED_FAST(UNIT_OPEN ENDS(STATUTORY), "iiiii");
static const struct query unit_new_late_sql =
    COUNTED_FAST(UNIT_NEW ENDS(STATUTORY), "iiiii");
static const struct query to_decide_late_sql = COUNTED_FAST(DECIDE_ENDS ENDS(STATUTORY),
                                                            "iiiiit");
static const struct query all_late_sql = COUNTED_FAST(
    WHOLE "AND c.is_open = 1 " ENDS(STATUTORY), "iiiii");
/* Few are late among all that ever came: found among the open ones, then put in order. */
static const struct query all_late_list_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES
    "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) AND c.is_open = 1 "
    "AND c.due_ms >= ?3 AND c.id + 0 < ?4 " NARROW(STATUTORY)
    "ORDER BY c.id + 0 DESC LIMIT ?9",
    PLAIN_TYPES,
};
/* By the control limit. */
static const struct query mine_control_sql = LISTED(MINE AFTER(CONTROL), CONTROL,
                                                    PLAIN_TYPES);
static const struct query unit_control_sql = LISTED(UNIT_OPEN AFTER(CONTROL), CONTROL,
                                                    PLAIN_TYPES);
static const struct query unit_new_control_sql = LISTED(UNIT_NEW AFTER(CONTROL), CONTROL,
                                                        PLAIN_TYPES);
static const struct query to_decide_control_sql = LISTED(TO_DECIDE AFTER(CONTROL), CONTROL,
                                                         PLAIN_TYPES "t");
static const struct query consulted_control_sql = LISTED(CONSULTED AFTER(CONTROL), CONTROL,
                                                         PLAIN_TYPES);
/* Of all that ever came, the open ones only. */
static const struct query all_control_sql = LISTED(
    "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) AND c.is_open = 1 "
    AFTER(CONTROL), CONTROL, PLAIN_TYPES);
static const struct query mine_control_ends_sql = COUNTED_FAST(MINE ENDS(CONTROL), "iiiii");
static const struct query unit_control_ends_sql = COUNTED_FAST(UNIT_OPEN ENDS(CONTROL),
                                                               "iiiii");
static const struct query all_control_ends_sql = COUNTED_FAST(
    WHOLE "AND c.is_open = 1 " ENDS(CONTROL), "iiiii");
const struct query case_due_sql = {
    "SELECT due_ms, control_ms FROM casefile WHERE agency_id = ?1 AND id = ?2", "ii",
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
    &case_due_sql,
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
    &mine_control_sql,
    &unit_control_sql,
    &unit_new_control_sql,
    &to_decide_control_sql,
    &consulted_control_sql,
    &all_control_sql,
    &mine_control_ends_sql,
    &unit_control_ends_sql,
    &all_control_ends_sql,
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

/* By the control limit; where nothing counts so, it is not asked. */
static const struct {
    const struct query *list, *ends;
} control_queries[] = {
    [LIST_MINE] = { &mine_control_sql, &mine_control_ends_sql },
    [LIST_UNIT_NEW] = { &unit_new_control_sql, NULL },
    [LIST_TO_DECIDE] = { &to_decide_control_sql, NULL },
    [LIST_UNIT_OPEN] = { &unit_control_sql, &unit_control_ends_sql },
    [LIST_CONSULTED] = { &consulted_control_sql, NULL },
    [LIST_ALL] = { &all_control_sql, &all_control_ends_sql },
};

/* Where a source of LIST_ALL is one unit, its own index serves. */
const struct query *case_list_query(const struct case_query *q, int64_t key)
{
    if (!str_is_empty(q->number)) {
        return list_queries[q->list].named;
    }
    if (q->by_control) {
        return q->list == LIST_ALL && key != 0 ? &unit_control_sql
                                               : control_queries[q->list].list;
    }
    if (q->list == LIST_ALL && q->when != WHEN_ALL) {
        return &all_late_list_sql;
    }
    return q->list == LIST_ALL && key != 0 ? unit_all.list : list_queries[q->list].list;
}

bool case_list_is_filtered(const struct case_query *q)
{
    return !str_is_empty(q->service) || q->state >= 0;
}

const struct query *case_count_query(const struct case_query *q, int64_t key)
{
    bool one_unit = q->list == LIST_ALL && key != 0;

    if (q->by_control && case_list_is_filtered(q)) {
        return NULL;
    }
    if (case_list_is_filtered(q)) {
        return one_unit ? unit_all.filtered : list_queries[q->list].filtered;
    }
    if (q->when != WHEN_ALL && q->by_control) {
        return one_unit ? &unit_control_ends_sql : control_queries[q->list].ends;
    }
    if (q->when != WHEN_ALL) {
        return one_unit ? unit_all.late : list_queries[q->list].late;
    }
    return one_unit ? unit_all.fast : list_queries[q->list].fast;
}
