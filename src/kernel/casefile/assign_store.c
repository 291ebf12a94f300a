/* assign_store — who takes up a new case, out of the unit's table and the loads of its
 * officers.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/store/store.h"
#include "kernel/casefile/assign.h"
#include "kernel/casefile/head.h"

static const struct query list_sql = {
    "SELECT kind, key, staff_id FROM case_assign WHERE agency_id = ?1 AND unit_id = ?2 "
    "ORDER BY kind, key", "ii",
};
static const struct query drop_sql = {
    "DELETE FROM case_assign WHERE agency_id = ?1 AND unit_id = ?2", "ii",
};
static const struct query put_sql = {
    "INSERT INTO case_assign (agency_id, unit_id, kind, key, staff_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iitti",
};
static const struct query one_sql = {
    "SELECT staff_id FROM case_assign WHERE agency_id = ?1 AND unit_id = ?2 "
    "AND kind = ?3 AND key = ?4", "iitt",
};
static const struct query away_sql = {
    "SELECT staff_id FROM staff_absence WHERE agency_id = ?1 AND from_day <= ?2 "
    "AND to_day >= ?2", "ii",
};
static const struct query *const all_queries[] = {
    &list_sql, &drop_sql, &put_sql, &one_sql, &away_sql,
};
const struct query_list casefile_assign_queries = {
    "casefile (assignment)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static str kind_of(bool is_roster)
{
    return is_roster ? STR("roster") : STR("village");
}

err assign_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                struct assign_rule **ret, size_t *ret_count)
{
    struct table t;
    struct assign_rule *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(unit)), &t));
    list = ARENA_ARRAY(a, t.rows, struct assign_rule);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct assign_rule){ str_equal(cell_text(&t, i, 0), STR("roster")),
                                        cell_text(&t, i, 1), cell_int(&t, i, 2) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err assign_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
               int64_t unit, const struct assign_rule *list, size_t count)
{
    struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
        .kind = STR("unit.assignment"), .subject = unit, .body = STR("{}"),
    };

    TRY(tx_run(a, tx, &drop_sql, BIND(bind_int(who->agency), bind_int(unit))));
    for (size_t i = 0; i < count; i++) {
        TRY(tx_run(a, tx, &put_sql,
                   BIND(bind_int(who->agency), bind_int(unit),
                        bind_text(kind_of(list[i].is_roster)), bind_text(list[i].key),
                        bind_int(list[i].staff))));
    }
    return tx_event(tx, &e);
}

/* Those who may get it today. */
struct candidates {
    const struct staff *people;
    size_t count;
    struct table away;
    struct casefile c;
};

static bool is_free(const struct candidates *k, const struct staff *s)
{
    for (size_t i = 0; i < k->away.rows; i++) {
        if (cell_int(&k->away, i, 0) == s->id) {
            return false;
        }
    }
    return casefile_may_work(s, &k->c) &&
           (s->duties & (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE))) != 0;
}

static bool has(const struct candidates *k, int64_t staff)
{
    for (size_t i = 0; i < k->count; i++) {
        if (k->people[i].id == staff) {
            return is_free(k, &k->people[i]);
        }
    }
    return false;
}

static err named(struct arena *a, struct tx *tx, const struct case_wish *w, bool is_roster,
                 str key, const struct candidates *k, int64_t *ret)
{
    struct table t;

    if (*ret != 0 || str_is_empty(key)) {
        return NULL;
    }
    TRY(snap_query(a, tx_snap(tx), &one_sql,
                   BIND(bind_int(w->agency), bind_int(w->unit),
                        bind_text(kind_of(is_roster)), bind_text(key)), &t));
    if (t.rows > 0 && has(k, cell_int(&t, 0, 0))) {
        *ret = cell_int(&t, 0, 0);
    }
    return NULL;
}

static err least_loaded(struct arena *a, struct tx *tx, const struct case_wish *w,
                        const struct candidates *k, int64_t *ret)
{
    struct desk_load *loads;
    size_t count;
    int64_t least = INT64_MAX;

    TRY(casefile_loads(a, tx_snap(tx), w->agency, w->unit, &loads, &count));
    for (size_t i = 0; i < k->count; i++) {
        int64_t open = 0;

        for (size_t n = 0; n < count; n++) {
            open = loads[n].officer == k->people[i].id ? loads[n].open : open;
        }
        if (is_free(k, &k->people[i]) && open < least) {
            least = open;
            *ret = k->people[i].id;
        }
    }
    return NULL;
}

err casefile_assign(struct arena *a, struct tx *tx, const struct case_wish *w,
                    int64_t *ret_officer)
{
    struct candidates k = { .c = { .agency = w->agency, .unit = w->unit } };
    struct staff *people;
    day today = day_at(w->now_ms);
    int64_t officer = 0;

    *ret_officer = w->officer;
    if (!w->assigns || w->officer != 0 || w->service->flow.assign == ASSIGN_HAND) {
        return NULL;
    }
    TRY(staff_list(a, tx_snap(tx), w->agency, today, &people, &k.count));
    k.people = people;
    TRY(snap_query(a, tx_snap(tx), &away_sql, BIND(bind_int(w->agency), bind_int(today)),
                   &k.away));
    if (w->service->flow.assign == ASSIGN_VILLAGE) {
        TRY(named(a, tx, w, false, w->village, &k, &officer));
    }
    if (w->service->flow.assign == ASSIGN_ROSTER) {
        TRY(named(a, tx, w, true, day_iso(a, today), &k, &officer));
        TRY(named(a, tx, w, true, str_format(a, "%d", day_weekday(today)), &k, &officer));
    }
    if (officer == 0) {
        TRY(least_loaded(a, tx, w, &k, &officer));
    }
    *ret_officer = officer;
    return NULL;
}
