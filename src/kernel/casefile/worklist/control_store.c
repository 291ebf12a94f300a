/* control_store — cases under control (列管): past a term, special, or a question of law that
 * waits for its answer. Each comes out of an index of its own, the oldest first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/worklist/worklist.h"

#define UNDECIDED                                                                   \
    "AND c.state IN ('received', 'in_work', 'sent_back', 'consulted', 'proposed', " \
    "'submitted') "
#define OF_UNIT "AND (?4 = 0 OR c.unit_id = ?4) "

static const struct query late_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 AND c.is_open = 1 "
    "AND c.due_ms <= ?2 " UNDECIDED OF_UNIT "ORDER BY c.due_ms, c.id LIMIT ?3", "iiii",
};
static const struct query control_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 AND c.is_open = 1 "
    "AND c.control_ms <= ?2 " UNDECIDED OF_UNIT
    "ORDER BY c.control_ms, c.id LIMIT ?3", "iiii",
};
static const struct query special_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 AND c.special = 1 "
    UNDECIDED OF_UNIT "AND ?2 = ?2 ORDER BY c.id LIMIT ?3", "iiii",
};
static const struct query asked_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "JOIN case_study s ON s.agency_id = c.agency_id "
    "AND s.casefile_id = c.id WHERE c.agency_id = ?1 AND s.state <> 'answered' "
    "AND c.asked = 1 AND ?2 = ?2 " OF_UNIT "ORDER BY s.asked_ms LIMIT ?3", "iiii",
};
static const struct query *const all_queries[] = { &late_sql, &control_sql, &special_sql,
                                                   &asked_sql };
const struct query_list casefile_control_queries = {
    "casefile (under control)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static bool has(const struct casefile *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return true;
        }
    }
    return false;
}

err casefile_controlled(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                        int64_t now_ms, int most, struct casefile **ret, size_t *ret_count,
                        bool *ret_more)
{
    static const struct query *const in_order[] = { &late_sql, &asked_sql, &special_sql,
                                                    &control_sql };
    struct casefile *list = ARENA_ARRAY(a, (size_t)most, struct casefile);
    size_t count = 0;
    bool more = false;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t q = 0; q < sizeof in_order / sizeof in_order[0]; q++) {
        struct table t;

        TRY(snap_query(a, snap, in_order[q],
                       BIND(bind_int(agency), bind_int(now_ms), bind_int(most + 1),
                            bind_int(unit)), &t));
        for (size_t i = 0; i < t.rows; i++) {
            struct casefile c = case_at(&t, i, agency);

            if (has(list, count, c.id)) {
                continue;
            }
            if (count == (size_t)most) {
                more = true;
                break;
            }
            list[count++] = c;
        }
    }
    *ret = list;
    *ret_count = count;
    *ret_more = more;
    return NULL;
}
