/* office_store — the cases behind the figures of the head's page, page by page.
 *
 * Each has an index to begin from; what a unit has among them is looked at row by row, for
 * a page that a person turns.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/worklist/worklist.h"

#define MOST_ROWS 200

/* agency, unit, key and id of the last row seen, from, until, state or level, most. */
#define TYPES "iiiiiiti"
#define OF "WHERE c.agency_id = ?1 AND (?2 = 0 OR c.unit_id = ?2) "
#define OPEN OF "AND c.is_open = 1 "
#define UNDECIDED                                                                    \
    "AND c.state IN ('received', 'in_work', 'sent_back', 'consulted', 'proposed', " \
    "'submitted') AND (?7 = '' OR c.state = ?7 OR (?7 = 'proposed' AND "            \
    "c.state = 'submitted')) "
#define LISTED(where, key)                                                            \
    { "SELECT " CASE_COLUMNS CASE_TABLES where "AND (" key ", c.id) > (?3, ?4) "      \
      "ORDER BY " key ", c.id LIMIT ?8", TYPES }
#define ENDS(key) OPEN "AND " key " > ?5 AND " key " <= ?6 " UNDECIDED
/* Nothing else is asked of these. */
#define PLAIN "AND ?5 = ?5 AND ?6 = ?6 "
#define NO_STATE "AND ?7 = ?7 "

static const struct query open_sql = LISTED(OPEN PLAIN NO_STATE, "c.due_ms");
static const struct query due_sql = LISTED(ENDS("c.due_ms"), "c.due_ms");
static const struct query control_sql = LISTED(ENDS("c.control_ms"), "c.control_ms");
static const struct query paused_sql = LISTED(
    OPEN "AND c.due_ms = 4611686018427387903 " PLAIN NO_STATE, "c.due_ms");
static const struct query special_sql = LISTED(OF "AND c.special = 1 " PLAIN NO_STATE,
                                               "c.due_ms");
static const struct query waits_sql = LISTED(
    OF "AND c.waits_level = ?7 AND c.waits_level <> '' " PLAIN, "c.due_ms");
#define DECIDED(where)                                                                \
    { "SELECT " CASE_COLUMNS CASE_TABLES OF "AND c.decided_ms > 0 "                   \
      "AND c.decided_ms >= ?5 AND ?6 = ?6 AND ?7 = ?7 " where                         \
      "AND (?4 = 0 OR (c.decided_ms, c.id) < (?3, ?4)) "                              \
      "ORDER BY c.decided_ms DESC, c.id DESC LIMIT ?8", TYPES }
static const struct query decided_sql = DECIDED("");
static const struct query decided_late_sql = DECIDED("AND c.decided_ms >= c.due_ms ");
static const struct query key_sql = {
    "SELECT due_ms, control_ms, decided_ms FROM casefile WHERE agency_id = ?1 AND id = ?2",
    "ii",
};
static const struct query *const all_queries[] = {
    &open_sql,    &due_sql,   &control_sql, &paused_sql,
    &special_sql, &waits_sql, &decided_sql, &decided_late_sql, &key_sql,
};
const struct query_list casefile_office_queries = {
    "casefile (of the office)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

const str office_what_key[OFFICE_WHATS] = {
    [OFFICE_OPEN] = STR_INIT("open"),
    [OFFICE_LATE] = STR_INIT("late"),
    [OFFICE_SOON] = STR_INIT("soon"),
    [OFFICE_CONTROL_LATE] = STR_INIT("control_late"),
    [OFFICE_CONTROL_SOON] = STR_INIT("control_soon"),
    [OFFICE_PAUSED] = STR_INIT("paused"),
    [OFFICE_SPECIAL] = STR_INIT("special"),
    [OFFICE_WAITS] = STR_INIT("waits"),
    [OFFICE_DECIDED] = STR_INIT("decided"),
    [OFFICE_DECIDED_LATE] = STR_INIT("decided_late"),
};

bool office_what_from_key(str key, enum office_what *ret)
{
    for (int i = 0; i < OFFICE_WHATS; i++) {
        if (str_equal(office_what_key[i], key)) {
            *ret = (enum office_what)i;
            return true;
        }
    }
    return false;
}

/* Its statement, which column of key_sql it goes by, and the stretch of time. */
struct asking {
    const struct query *sql;
    size_t key;
    int64_t from_ms, until_ms;
};
static struct asking asking_of(const struct office_query *q)
{
    switch (q->what) {
    case OFFICE_LATE:
        return (struct asking){ &due_sql, 0, -1, q->now_ms };
    case OFFICE_SOON:
        return (struct asking){ &due_sql, 0, q->now_ms, q->soon_ms };
    case OFFICE_CONTROL_LATE:
        return (struct asking){ &control_sql, 1, -1, q->now_ms };
    case OFFICE_CONTROL_SOON:
        return (struct asking){ &control_sql, 1, q->now_ms, q->soon_ms };
    case OFFICE_PAUSED:
        return (struct asking){ &paused_sql, 0, 0, 0 };
    case OFFICE_SPECIAL:
        return (struct asking){ &special_sql, 0, 0, 0 };
    case OFFICE_WAITS:
        return (struct asking){ &waits_sql, 0, 0, 0 };
    case OFFICE_DECIDED:
        return (struct asking){ &decided_sql, 2, q->since_ms, 0 };
    case OFFICE_DECIDED_LATE:
        return (struct asking){ &decided_late_sql, 2, q->since_ms, 0 };
    case OFFICE_OPEN:
    case OFFICE_WHATS:
        break;
    }
    return (struct asking){ &open_sql, 0, 0, 0 };
}

static str word_of(const struct office_query *q)
{
    if (q->what == OFFICE_WAITS) {
        return level_key[q->level];
    }
    return q->state < 0 ? STR("") : case_state_key[q->state];
}

err casefile_of_office(struct arena *a, struct snap *snap, int64_t agency,
                       const struct office_query *q, struct casefile **ret,
                       size_t *ret_count)
{
    struct asking x = asking_of(q);
    int64_t key = -1;
    struct table t;

    if (q->after != 0) {
        TRY(snap_one(a, snap, &key_sql, BIND(bind_int(agency), bind_int(q->after)), &t));
        key = cell_int(&t, 0, x.key);
    }
    TRY(snap_query(a, snap, x.sql,
                   BIND(bind_int(agency), bind_int(q->unit), bind_int(key),
                        bind_int(q->after), bind_int(x.from_ms), bind_int(x.until_ms),
                        bind_text(word_of(q)),
                        bind_int(q->most < 1 || q->most > MOST_ROWS ? MOST_ROWS : q->most)),
                   &t));
    *ret = ARENA_ARRAY(a, t.rows + 1, struct casefile);
    if (*ret == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        (*ret)[i] = case_at(&t, i, agency);
    }
    *ret_count = t.rows;
    return NULL;
}
