/* consult_store — questions to other units in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/consult/consult.h"

#define DUE_NONE INT64_C(2147483647)
#define COLUMNS                                                                       \
    "SELECT casefile_id, number, unit_id, asked_by, asked_ms, asked_changes, due_day, " \
    "state, agrees, answered_by, answered_ms, answered_changes FROM consult "

static const struct query next_sql = {
    "SELECT COALESCE(MAX(number), 0) + 1 FROM consult "
    "WHERE agency_id = ?1 AND casefile_id = ?2", "ii",
};
static const struct query ask_sql = {
    "INSERT INTO consult (agency_id, casefile_id, number, unit_id, asked_by, asked_ms, "
    "asked_changes, due_day, state, agrees, answered_by, answered_ms, answered_changes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'asked', 0, 0, 0, 0)", "iiiiiiii",
};
static const struct query end_sql = {
    "UPDATE consult SET state = ?4, agrees = ?5, answered_by = ?6, answered_ms = ?7, "
    "answered_changes = ?8 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND unit_id = ?3 AND state = 'asked'",
    "iiitiiii",
};
static const struct query drop_sql = {
    "UPDATE consult SET state = 'waived', answered_ms = ?3, answered_changes = ?4 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND state = 'asked'", "iiii",
};
static const struct query list_sql = {
    COLUMNS "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY number", "ii",
};
static const struct query waiting_sql = {
    COLUMNS "WHERE agency_id = ?1 AND unit_id = ?2 AND state = 'asked' "
    "ORDER BY due_day, casefile_id, number LIMIT ?3", "iii",
};
static const struct query move_sql = {
    "UPDATE consult SET due_day = ?4 "
    "WHERE agency_id = ?1 AND casefile_id = ?2 AND number = ?3", "iiii",
};
static const struct query *const all_queries[] = {
    &next_sql, &ask_sql, &end_sql, &drop_sql, &list_sql, &waiting_sql, &move_sql,
};
const struct query_list consult_queries = {
    "consult", all_queries, sizeof all_queries / sizeof all_queries[0],
};

const str consult_state_key[CONSULT_STATES] = {
    [CONSULT_ASKED] = STR_INIT("asked"),
    [CONSULT_ANSWERED] = STR_INIT("answered"),
    [CONSULT_WAIVED] = STR_INIT("waived"),
};
const char *const consult_state_name[CONSULT_STATES] = {
    [CONSULT_ASKED] = MSG("Asked"),
    [CONSULT_ANSWERED] = MSG("Answered"),
    [CONSULT_WAIVED] = MSG("Not waited for"),
};

err consult_ask(struct arena *a, struct tx *tx, const struct consult *c)
{
    struct table t;

    TRY(snap_one(a, tx_snap(tx), &next_sql,
                 BIND(bind_int(c->agency), bind_int(c->casefile)), &t));
    return tx_run(a, tx, &ask_sql,
                  BIND(bind_int(c->agency), bind_int(c->casefile),
                       bind_int(cell_int(&t, 0, 0)), bind_int(c->unit),
                       bind_int(c->asked_by), bind_int(c->asked_ms),
                       bind_int(c->asked_changes),
                       bind_int(c->due == DAY_NONE ? DUE_NONE : c->due)));
}

err consult_end(struct arena *a, struct tx *tx, const struct consult *c)
{
    return tx_change_one(a, tx, &end_sql,
                         BIND(bind_int(c->agency), bind_int(c->casefile),
                              bind_int(c->unit), bind_text(consult_state_key[c->state]),
                              bind_int(c->agrees ? 1 : 0), bind_int(c->answered_by),
                              bind_int(c->answered_ms), bind_int(c->answered_changes)));
}

err consult_drop(struct arena *a, struct tx *tx, int64_t agency, int64_t casefile,
                 int64_t now_ms, int64_t changes)
{
    return tx_run(a, tx, &drop_sql,
                  BIND(bind_int(agency), bind_int(casefile), bind_int(now_ms),
                       bind_int(changes)));
}

err consult_move(struct arena *a, struct tx *tx, int64_t agency, int64_t casefile,
                 int number, day due)
{
    return tx_run(a, tx, &move_sql,
                  BIND(bind_int(agency), bind_int(casefile), bind_int(number),
                       bind_int(due == DAY_NONE ? DUE_NONE : due)));
}

static struct consult consult_at(const struct table *t, size_t i, int64_t agency)
{
    int64_t due = cell_int(t, i, 6);
    struct consult c = {
        .agency = agency, .casefile = cell_int(t, i, 0), .number = (int)cell_int(t, i, 1),
        .unit = cell_int(t, i, 2), .asked_by = cell_int(t, i, 3),
        .asked_ms = cell_int(t, i, 4), .asked_changes = cell_int(t, i, 5),
        .due = due == DUE_NONE ? DAY_NONE : (day)due, .agrees = cell_int(t, i, 8) == 1,
        .answered_by = cell_int(t, i, 9), .answered_ms = cell_int(t, i, 10),
        .answered_changes = cell_int(t, i, 11),
    };

    for (int s = 0; s < CONSULT_STATES; s++) {
        if (str_equal(consult_state_key[s], cell_text(t, i, 7))) {
            c.state = (enum consult_state)s;
        }
    }
    return c;
}

static err read_all(struct arena *a, const struct table *t, int64_t agency,
                    struct consult **ret, size_t *ret_count)
{
    struct consult *list = ARENA_ARRAY(a, t->rows, struct consult);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = consult_at(t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err consult_list(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                 struct consult **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err consult_waiting(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                    int most, struct consult **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &waiting_sql,
                   BIND(bind_int(agency), bind_int(unit), bind_int(most)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}
