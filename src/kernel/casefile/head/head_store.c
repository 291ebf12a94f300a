/* head_store — figures for the head of an office or a unit, out of indexes alone.
 * SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "host/store/store.h"
#include "kernel/casefile/head/head.h"

#define OPEN "WHERE agency_id = ?1 AND is_open = 1 "
#define UNDECIDED                                                             \
    "AND state IN ('received', 'in_work', 'sent_back', 'consulted', 'proposed', " \
    "'submitted') "

#define OF_UNIT "AND unit_id = ?2 "
#define PAUSED "AND due_ms = 4611686018427387903 "
#define COUNTED(where) \
    { "SELECT COUNT(*) FROM (SELECT 1 FROM casefile " where "LIMIT ?3) AS found", "iii" }
/* Of the office and of a unit: each has its own index. */
static const struct query open_sql = COUNTED(OPEN "AND ?2 = 0 ");
static const struct query unit_open_sql = COUNTED(OPEN OF_UNIT);
static const struct query paused_sql = COUNTED(OPEN PAUSED "AND ?2 = 0 ");
static const struct query unit_paused_sql = COUNTED(OPEN OF_UNIT PAUSED);
static const struct query special_sql = COUNTED(
    "WHERE agency_id = ?1 AND special = 1 AND (?2 = 0 OR unit_id = ?2) ");
static const struct query waits_sql = {
    "SELECT waits_level, COUNT(*) FROM (SELECT waits_level FROM casefile "
    "WHERE agency_id = ?1 AND waits_level <> '' AND (?2 = 0 OR unit_id = ?2) LIMIT ?3) "
    "AS found GROUP BY waits_level",
    "iii",
};
static const struct query decided_sql = {
    "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN decided_ms >= due_ms "
    "THEN 1 ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN decided_ms >= ?3 "
    "THEN 1 ELSE 0 END), 0) AS BIGINT) "
    "FROM casefile WHERE agency_id = ?1 AND decided_ms > 0 AND decided_ms >= ?2 "
    "AND (?4 = 0 OR unit_id = ?4)", "iiii",
};
static const struct query late_sql = {
    "SELECT state, COUNT(*) FROM (SELECT state FROM casefile "
    "WHERE agency_id = ?1 AND unit_id = ?2 AND is_open = 1 AND due_ms <= ?3 " UNDECIDED
    "LIMIT ?4) AS found GROUP BY state", "iiii",
};
static const struct query control_sql = {
    "SELECT unit_id, COUNT(*) FROM (SELECT unit_id FROM casefile " OPEN
    "AND control_ms <= ?2 " UNDECIDED "LIMIT ?3) AS found GROUP BY unit_id", "iii",
};
static const struct query seals_sql = {
    "SELECT service, service_version, COUNT(*), CAST(SUM(seals) AS BIGINT), MAX(seals) "
    "FROM (SELECT service, "
    "service_version, seals FROM casefile WHERE agency_id = ?1 AND decided_ms > 0 "
    "AND decided_ms >= ?3 AND decided_ms < ?4 "
    "ORDER BY decided_ms DESC LIMIT ?2) AS latest GROUP BY service, service_version "
    "ORDER BY service, service_version DESC",
    "iiii",
};
/* By day, which is few rows; months are made of them here. A second case has the extensions
 * of the first: those before it was split off are the first one's alone. */
static const struct query extended_sql = {
    "SELECT (from_ms + 28800000) / 86400000, kind, COUNT(*) FROM case_clock_span s "
    "WHERE agency_id = ?1 AND type = 'extend' AND from_ms >= ?2 AND from_ms < ?3 "
    "AND NOT EXISTS (SELECT 1 FROM case_link l WHERE l.agency_id = ?1 "
    "AND l.other_id = s.casefile_id AND l.kind = 'split' AND l.at_ms >= s.from_ms) "
    "GROUP BY 1, 2",
    "iii",
};
static const struct query *const all_queries[] = {
    &open_sql, &unit_open_sql, &paused_sql, &unit_paused_sql, &special_sql, &waits_sql,
    &decided_sql, &late_sql, &control_sql, &seals_sql,
    &extended_sql,
};
const struct query_list casefile_head_queries = {
    "casefile (head)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static err count(struct arena *a, struct snap *snap, const struct query *q, int64_t agency,
                 int64_t unit, struct head_figures *f, int64_t *ret)
{
    struct table t;

    TRY(snap_query(a, snap, q,
                   BIND(bind_int(agency), bind_int(unit), bind_int(HEAD_COUNTED)), &t));
    *ret = cell_int(&t, 0, 0);
    f->more = f->more || *ret == HEAD_COUNTED;
    return NULL;
}

int64_t head_month_ms(int64_t now_ms)
{
    struct civil c = day_civil(day_at(now_ms));

    return day_begins_ms(day_of(c.year, c.month, 1));
}

err casefile_head(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                  int64_t now_ms, struct head_figures *ret)
{
    const struct query *open = unit == 0 ? &open_sql : &unit_open_sql;
    const struct query *paused = unit == 0 ? &paused_sql : &unit_paused_sql;
    struct head_figures f = { 0 };
    struct table t;

    TRY(count(a, snap, open, agency, unit, &f, &f.open));
    TRY(count(a, snap, paused, agency, unit, &f, &f.paused));
    TRY(count(a, snap, &special_sql, agency, unit, &f, &f.special));
    TRY(snap_query(a, snap, &waits_sql,
                   BIND(bind_int(agency), bind_int(unit), bind_int(HEAD_COUNTED)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        enum level l;

        if (level_from_key(cell_text(&t, i, 0), &l)) {
            f.waits[l] = cell_int(&t, i, 1);
        }
    }
    TRY(snap_query(a, snap, &decided_sql,
                   BIND(bind_int(agency),
                        bind_int(head_month_ms(now_ms)),
                        bind_int(day_begins_ms(day_at(now_ms))), bind_int(unit)),
                   &t));
    f.decided = cell_int(&t, 0, 0);
    f.decided_late = cell_int(&t, 0, 1);
    f.decided_today = cell_int(&t, 0, 2);
    *ret = f;
    return NULL;
}

static err unit_late(struct arena *a, struct snap *snap, int64_t agency, int64_t now_ms,
                     struct head_unit *u)
{
    struct table t;

    TRY(snap_query(a, snap, &late_sql,
                   BIND(bind_int(agency), bind_int(u->unit), bind_int(now_ms),
                        bind_int(HEAD_COUNTED)), &t));
    for (size_t i = 0; i < t.rows; i++) {
        enum case_state s;

        if (case_state_from_key(cell_text(&t, i, 0), &s)) {
            u->late[s] = cell_int(&t, i, 1);
            u->late_all += u->late[s];
        }
    }
    return NULL;
}

err casefile_head_units(struct arena *a, struct snap *snap, int64_t agency,
                        const struct unit *units, size_t units_count, int64_t now_ms,
                        struct head_unit **ret)
{
    struct head_unit *list = ARENA_ARRAY(a, units_count + 1, struct head_unit);
    struct table t;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(snap_query(a, snap, &control_sql,
                   BIND(bind_int(agency), bind_int(now_ms), bind_int(HEAD_COUNTED)), &t));
    for (size_t i = 0; i < units_count; i++) {
        list[i].unit = units[i].id;
        TRY(unit_late(a, snap, agency, now_ms, &list[i]));
        for (size_t row = 0; row < t.rows; row++) {
            if (cell_int(&t, row, 0) == units[i].id) {
                list[i].control_late = cell_int(&t, row, 1);
            }
        }
    }
    *ret = list;
    return NULL;
}

err casefile_extensions(struct arena *a, struct snap *snap, int64_t agency, int year,
                        struct extension_figure ret[HEAD_MONTHS])
{
    struct table t;

    memset(ret, 0, HEAD_MONTHS * sizeof ret[0]);
    TRY(snap_query(a, snap, &extended_sql,
                   BIND(bind_int(agency), bind_int(day_begins_ms(day_of(year, 1, 1))),
                        bind_int(day_begins_ms(day_of(year + 1, 1, 1)))), &t));
    for (size_t i = 0; i < t.rows; i++) {
        int month = day_civil((day)cell_int(&t, i, 0)).month - 1;

        if (str_equal(cell_text(&t, i, 1), case_clock_key[CASE_CLOCK_STATUTORY])) {
            ret[month].statutory += cell_int(&t, i, 2);
        } else if (str_equal(cell_text(&t, i, 1), case_clock_key[CASE_CLOCK_CONTROL])) {
            ret[month].control += cell_int(&t, i, 2);
        }
    }
    return NULL;
}

err casefile_seals(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
                   int64_t until_ms, struct seal_figure **ret, size_t *ret_count)
{
    struct table t;
    struct seal_figure *list;

    TRY(snap_query(a, snap, &seals_sql,
                   BIND(bind_int(agency), bind_int(HEAD_COUNTED), bind_int(from_ms),
                        bind_int(until_ms)),
                   &t));
    list = ARENA_ARRAY(a, t.rows, struct seal_figure);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct seal_figure){
            .service = cell_text(&t, i, 0), .version = (int)cell_int(&t, i, 1),
            .cases = cell_int(&t, i, 2), .seals = cell_int(&t, i, 3),
            .most = cell_int(&t, i, 4),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
