/* wanted_store — what is wanted of the applicant, and whose term to supply it is over.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/paper/case_wanted.h"

static const struct query want_sql = {
    "INSERT INTO case_wanted (agency_id, casefile_id, changes, kind, key, until_day) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "iiitti",
};
static const struct query wanted_sql = {
    "SELECT kind, key, until_day FROM case_wanted "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND changes = (SELECT MAX(changes) "
    "FROM case_wanted WHERE agency_id = ?1 AND casefile_id = ?2) ORDER BY kind DESC, key",
    "ii",
};
/* Sent back, and the term to supply it is over: those of one officer, the longest first. */
static const struct query supply_over_sql = {
    "SELECT c.id, c.number, c.service, c.service_version, MAX(w.until_day) "
    "FROM casefile c JOIN case_wanted w ON w.agency_id = c.agency_id "
    "AND w.casefile_id = c.id WHERE c.agency_id = ?1 AND c.officer_id = ?2 "
    "AND c.is_open = 1 AND c.state = 'sent_back' AND w.changes = (SELECT MAX(l.changes) "
    "FROM case_wanted l WHERE l.agency_id = c.agency_id AND l.casefile_id = c.id) "
    "GROUP BY c.id, c.number, c.service, c.service_version "
    "HAVING MAX(w.until_day) < ?3 ORDER BY 5, c.id LIMIT ?4", "iiii",
};
static const struct query *const all_queries[] = {
    &want_sql, &wanted_sql, &supply_over_sql,
};
const struct query_list casefile_wanted_queries = {
    "casefile (wanted)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_wanted(struct arena *a, struct snap *snap, const struct casefile *c,
                    struct case_wanted_list *ret)
{
    struct table t;

    *ret = (struct case_wanted_list){ .until = DAY_NONE };
    if (c->state != CASE_SENT_BACK) {
        return NULL;
    }
    TRY(snap_query(a, snap, &wanted_sql, BIND(bind_int(c->agency), bind_int(c->id)), &t));
    for (size_t i = 0; i < t.rows && ret->count < CASE_WANTED_MOST; i++) {
        ret->list[ret->count++] = (struct case_wanted){
            str_equal(cell_text(&t, i, 0), STR("paper")), cell_text(&t, i, 1),
        };
        ret->until = due_of_cell(cell_int(&t, i, 2));
    }
    return NULL;
}

err casefile_supply_over(struct arena *a, struct snap *snap, int64_t agency,
                         int64_t officer, day today, int most,
                         struct case_supply_over **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &supply_over_sql,
                   BIND(bind_int(agency), bind_int(officer), bind_int(due_cell(today)),
                        bind_int(most)), &t));
    *ret = ARENA_ARRAY(a, t.rows, struct case_supply_over);
    if (*ret == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        (*ret)[i] = (struct case_supply_over){
            cell_int(&t, i, 0), cell_text(&t, i, 1), cell_text(&t, i, 2),
            (int)cell_int(&t, i, 3), due_of_cell(cell_int(&t, i, 4)),
        };
    }
    *ret_count = t.rows;
    return NULL;
}

err case_wanted_put(struct arena *a, struct tx *tx, const struct casefile *c,
                    int64_t changes, const struct case_wanted_list *wanted)
{
    for (size_t i = 0; i < wanted->count; i++) {
        const struct case_wanted *w = &wanted->list[i];

        TRY(tx_run(a, tx, &want_sql,
                   BIND(bind_int(c->agency), bind_int(c->id), bind_int(changes),
                        bind_text(w->is_paper ? STR("paper") : STR("question")),
                        bind_text(w->key), bind_int(due_cell(wanted->until)))));
    }
    return NULL;
}
