/* hand_over_store — the desk of one officer as a whole goes to another (移交).
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"

static const struct query desk_sql = {
    "SELECT id FROM casefile WHERE agency_id = ?1 AND officer_id = ?2 AND is_open = 1 "
    "AND unit_id = ?4 ORDER BY due_ms, id LIMIT ?3", "iiii",
};
static const struct query desks_sql = {
    "SELECT officer_id, COUNT(*) FROM casefile "
    "WHERE agency_id = ?1 AND unit_id = ?2 AND is_open = 1 AND officer_id <> 0 "
    "GROUP BY officer_id ORDER BY officer_id", "ii",
};
static const struct query *const all_queries[] = { &desk_sql, &desks_sql };
const struct query_list casefile_hand_over_queries = {
    "casefile (handing over)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_hand_over(struct arena *a, struct tx *tx, const struct actor *who,
                       int64_t from, int64_t to, int64_t now_ms, int most,
                       int64_t *ret_count, int64_t *ret_left)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &desk_sql,
                   BIND(bind_int(who->agency), bind_int(from), bind_int(most + 1),
                        bind_int(who->unit)), &t));
    *ret_count = 0;
    for (size_t i = 0; i < t.rows && i < (size_t)most; i++) {
        struct act_wish w = {
            .act = ACT_HAND_OVER, .agency = who->agency, .id = cell_int(&t, i, 0),
            .now_ms = now_ms, .who = *who, .to = to, .document_day = DAY_NONE,
            .wanted_until = DAY_NONE,
        };
        struct casefile c;

        TRY(casefile_load(a, tx_snap(tx), w.agency, w.id, &c));
        w.changes = c.changes;
        w.act = c.state == CASE_RECEIVED ? ACT_ASSIGN : ACT_HAND_OVER;
        TRY(casefile_act(a, tx, &w, &c));
        (*ret_count)++;
    }
    *ret_left = (int64_t)t.rows - *ret_count;
    return NULL;
}

err casefile_desks(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                   struct case_desk **ret, size_t *ret_count)
{
    struct table t;
    struct case_desk *list;

    TRY(snap_query(a, snap, &desks_sql, BIND(bind_int(agency), bind_int(unit)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct case_desk);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct case_desk){ cell_int(&t, i, 0), cell_int(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
