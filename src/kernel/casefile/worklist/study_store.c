/* study_store — hard cases before the law study group.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/day.h"
#include "host/store/store.h"
#include "kernel/casefile/worklist/study.h"

static const struct query questions_sql = {
    "SELECT s.casefile_id, c.unit_id, c.officer_id, s.asked_ms, s.instructed_ms, c.number, "
    "s.service, c.service_version, s.state FROM case_study s "
    "JOIN casefile c ON c.agency_id = s.agency_id AND c.id = s.casefile_id "
    "WHERE s.agency_id = ?1 AND s.state <> 'answered' ORDER BY s.asked_ms LIMIT ?2",
    "ii",
};
static const struct query count_sql = {
    "SELECT COUNT(*) FROM case_study WHERE agency_id = ?1 AND state <> 'answered' "
    "AND state = 'asked'",
    "i",
};
static const struct query times_sql = {
    "SELECT asked_ms, instructed_ms, answered_ms, state FROM case_study "
    "WHERE agency_id = ?1 AND asked_ms >= ?2 AND asked_ms < ?3 ORDER BY asked_ms",
    "iii",
};
static const struct query *const all_queries[] = { &questions_sql, &count_sql, &times_sql };
const struct query_list casefile_study_queries = {
    "casefile (law study group)",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

err casefile_questions(struct arena *a, struct snap *snap, int64_t agency, int most,
                       struct study_question **ret, size_t *ret_count)
{
    struct table t;
    struct study_question *list;

    TRY(snap_query(a, snap, &questions_sql, BIND(bind_int(agency), bind_int(most)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct study_question);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct study_question){
            .casefile = cell_int(&t, i, 0),
            .unit = cell_int(&t, i, 1),
            .officer = cell_int(&t, i, 2),
            .asked_ms = cell_int(&t, i, 3),
            .instructed_ms = cell_int(&t, i, 4),
            .number = cell_text(&t, i, 5),
            .service = cell_text(&t, i, 6),
            .service_version = (int)cell_int(&t, i, 7),
            .instructed = str_equal(cell_text(&t, i, 8), STR("instructed")),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err casefile_questions_count(struct arena *a, struct snap *snap, int64_t agency,
                             int64_t *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &count_sql, BIND(bind_int(agency)), &t));
    *ret = cell_int(&t, 0, 0);
    return NULL;
}

static bool same_day(int64_t asked_ms, int64_t ms)
{
    return ms != 0 && day_at(ms) == day_at(asked_ms);
}

err casefile_study_sums(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                        int64_t until_ms, struct study_sums *ret)
{
    struct study_sums s = { 0 };
    struct table t;

    TRY(snap_query(a, snap, &times_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(until_ms)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int64_t asked = cell_int(&t, i, 0), instructed = cell_int(&t, i, 1);
        bool answered = str_equal(cell_text(&t, i, 3), STR("answered"));

        s.asked++;
        s.answered += answered;
        s.open += !answered;
        s.answered_same_day += answered && same_day(asked, cell_int(&t, i, 2));
        s.instructed += instructed != 0 ||
                        str_equal(cell_text(&t, i, 3), STR("instructed"));
        s.instructed_same_day += same_day(asked, instructed) &&
                                 !(answered && same_day(asked, cell_int(&t, i, 2)));
    }
    *ret = s;
    return NULL;
}
