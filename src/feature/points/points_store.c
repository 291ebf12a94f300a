/* points_store — rows of the switch, of rates and objections; decided cases by officer and
 * day.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/points/points_store.h"

#include "base/arena.h"
#include "feature/points/points.h"
#include "host/seal/seal.h"
#include "host/store/store.h"

#define TAIPEI_MS "28800000"
#define OBJECTION                                                                       \
    "SELECT id, staff_id, unit_id, month, reason, at_ms, state, delta, answer, " \
    "answered_by, answered_ms FROM points_objection "

static const struct query switches_sql = {
    "SELECT since_day, is_on, staff_id, at_ms FROM points_switch WHERE agency_id = ?1 "
    "ORDER BY since_day", "i",
};
static const struct query switch_put_sql = {
    "INSERT INTO points_switch (agency_id, since_day, is_on, staff_id, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (agency_id, since_day) "
    "DO UPDATE SET is_on = excluded.is_on, staff_id = excluded.staff_id, "
    "at_ms = excluded.at_ms", "iiiii",
};
static const struct query rates_sql = {
    "SELECT id, service, points, hard_percent, since_day, state, proposed_by, proposed_ms, "
    "decided_by, decided_ms FROM points_rate WHERE agency_id = ?1 "
    "ORDER BY service, since_day DESC, id DESC", "i",
};
static const struct query rate_put_sql = {
    "INSERT INTO points_rate (agency_id, id, service, points, hard_percent, since_day, "
    "state, proposed_by, proposed_ms, decided_by, decided_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'proposed', ?7, ?8, 0, 0)", "iitiiiii",
};
static const struct query rate_decide_sql = {
    "UPDATE points_rate SET state = ?3, decided_by = ?4, decided_ms = ?5 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'proposed'", "iitii",
};
/* Days as the office counts them; hard: the law study group was asked, or it is special. */
static const struct query facts_sql = {
    "SELECT officer_id, service, on_day, hard, COUNT(*) FROM ("
    "SELECT c.officer_id AS officer_id, c.service AS service, "
    "(c.decided_ms + " TAIPEI_MS ") / 86400000 AS on_day, "
    "CASE WHEN c.special = 1 OR EXISTS (SELECT 1 FROM case_study s "
    "WHERE s.agency_id = c.agency_id AND s.casefile_id = c.id) THEN 1 ELSE 0 END AS hard "
    "FROM casefile c WHERE c.agency_id = ?1 AND c.decided_ms > 0 AND c.decided_ms >= ?2 "
    "AND c.decided_ms < ?3 AND c.officer_id <> 0 AND (?4 = 0 OR c.officer_id = ?4)) "
    "AS decided GROUP BY officer_id, service, on_day, hard "
    "ORDER BY officer_id, service, on_day, hard", "iiii",
};
static const struct query objections_sql = {
    OBJECTION "WHERE agency_id = ?1 AND month = ?2 ORDER BY id", "ii",
};
static const struct query open_sql = {
    OBJECTION "WHERE agency_id = ?1 AND state = 'open' ORDER BY id", "i",
};
static const struct query objection_put_sql = {
    "INSERT INTO points_objection (agency_id, id, staff_id, unit_id, month, reason, at_ms, "
    "state, delta, answer, answered_by, answered_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', 0, ?8, 0, 0)", "iiiiibib",
};
static const struct query answer_sql = {
    "UPDATE points_objection SET state = ?3, delta = ?4, answer = ?5, answered_by = ?6, "
    "answered_ms = ?7 WHERE agency_id = ?1 AND id = ?2 AND state = 'open'", "iitibii",
};
static const struct query *const all_queries[] = {
    &switches_sql,    &switch_put_sql, &rates_sql, &rate_put_sql,      &rate_decide_sql,
    &facts_sql,       &objections_sql, &open_sql,  &objection_put_sql, &answer_sql,
};
const struct query_list points_queries = {
    "points", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err points_switches(struct arena *a, struct snap *snap, int64_t agency,
                    struct points_switch **ret, size_t *ret_count)
{
    struct table t;
    struct points_switch *list;

    TRY(snap_query(a, snap, &switches_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct points_switch);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct points_switch){
            (day)cell_int(&t, i, 0), cell_int(&t, i, 1) == 1, cell_int(&t, i, 2),
            cell_int(&t, i, 3),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static int key_at(const str *keys, int count, str key)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            return i;
        }
    }
    return 0; /* the table's CHECK leaves no other */
}

err points_rates(struct arena *a, struct snap *snap, int64_t agency,
                 struct points_rate **ret, size_t *ret_count)
{
    struct table t;
    struct points_rate *list;

    TRY(snap_query(a, snap, &rates_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct points_rate);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct points_rate){
            .id = cell_int(&t, i, 0), .service = cell_text(&t, i, 1),
            .points = (int)cell_int(&t, i, 2), .hard_percent = (int)cell_int(&t, i, 3),
            .since = (day)cell_int(&t, i, 4),
            .state = (enum points_state)key_at(points_state_key, POINTS_STATES,
                                               cell_text(&t, i, 5)),
            .proposed_by = cell_int(&t, i, 6), .proposed_ms = cell_int(&t, i, 7),
            .decided_by = cell_int(&t, i, 8), .decided_ms = cell_int(&t, i, 9),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err points_facts(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                 day from, day until, struct points_fact **ret, size_t *ret_count)
{
    struct table t;
    struct points_fact *list;

    TRY(snap_query(a, snap, &facts_sql,
                   BIND(bind_int(agency), bind_int(day_begins_ms(from)),
                        bind_int(day_begins_ms(until)), bind_int(staff)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct points_fact);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct points_fact){
            cell_int(&t, i, 0), cell_text(&t, i, 1), (day)cell_int(&t, i, 2),
            cell_int(&t, i, 3) == 1, cell_int(&t, i, 4),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static struct seal_place reason_place(int64_t agency, int64_t id)
{
    return (struct seal_place){ agency, id, "points_objection", "reason" };
}

static struct seal_place answer_place(int64_t agency, int64_t id)
{
    return (struct seal_place){ agency, id, "points_objection", "answer" };
}

err points_objections(struct arena *a, struct snap *snap, const struct keyring *k,
                      int64_t agency, int month, struct points_objection **ret,
                      size_t *ret_count)
{
    struct table t;
    struct points_objection *list;

    TRY(month == 0 ? snap_query(a, snap, &open_sql, BIND(bind_int(agency)), &t)
                   : snap_query(a, snap, &objections_sql,
                                BIND(bind_int(agency), bind_int(month)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct points_objection);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        struct points_objection *o = &list[i];

        *o = (struct points_objection){
            .id = cell_int(&t, i, 0), .staff = cell_int(&t, i, 1),
            .unit = cell_int(&t, i, 2), .month = (int)cell_int(&t, i, 3),
            .at_ms = cell_int(&t, i, 5),
            .state = (enum points_answer)key_at(points_answer_key, POINTS_ANSWERS,
                                                cell_text(&t, i, 6)),
            .delta = (int)cell_int(&t, i, 7), .answered_by = cell_int(&t, i, 9),
            .answered_ms = cell_int(&t, i, 10),
        };
        TRY(seal_open(a, k, reason_place(agency, o->id), cell_bytes(&t, i, 4), &o->reason));
        if (cell_bytes(&t, i, 8).len > 0) {
            TRY(seal_open(a, k, answer_place(agency, o->id), cell_bytes(&t, i, 8),
                          &o->answer));
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err tell(struct tx *tx, const struct actor *who, int64_t now_ms, const char *kind,
                int64_t subject, str body)
{
    const struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff, .kind = str_of(kind),
        .subject = subject, .body = body,
    };

    return tx_event(tx, &e);
}

err points_switch_put(struct arena *a, struct tx *tx, const struct actor *who,
                      const struct points_switch *s)
{
    TRY(tx_run(a, tx, &switch_put_sql,
               BIND(bind_int(who->agency), bind_int(s->since), bind_int(s->on ? 1 : 0),
                    bind_int(who->staff), bind_int(s->at_ms))));
    return tell(tx, who, s->at_ms, "points.switched", who->agency,
                str_format(a, "{\"on\":%s,\"since\":\"%.*s\"}", s->on ? "true" : "false",
                           STR_ARG(day_iso(a, s->since))));
}

err points_rate_put(struct arena *a, struct tx *tx, const struct actor *who,
                    const struct points_rate *r)
{
    TRY(tx_run(a, tx, &rate_put_sql,
               BIND(bind_int(who->agency), bind_int(r->id), bind_text(r->service),
                    bind_int(r->points), bind_int(r->hard_percent), bind_int(r->since),
                    bind_int(who->staff), bind_int(r->proposed_ms))));
    return tell(tx, who, r->proposed_ms, "points.proposed", r->id,
                str_format(a, "{\"service\":\"%.*s\",\"points\":%d,\"hard\":%d,"
                           "\"since\":\"%.*s\"}", STR_ARG(r->service), r->points,
                           r->hard_percent, STR_ARG(day_iso(a, r->since))));
}

err points_rate_decide(struct arena *a, struct tx *tx, const struct actor *who, int64_t id,
                       bool approve, int64_t now_ms)
{
    enum points_state to = approve ? POINTS_APPROVED : POINTS_REFUSED;
    int64_t changed;

    TRY(tx_change(a, tx, &rate_decide_sql,
                  BIND(bind_int(who->agency), bind_int(id),
                       bind_text(points_state_key[to]), bind_int(who->staff),
                       bind_int(now_ms)), &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
             STR(""), "decided already");
    }
    return tell(tx, who, now_ms, approve ? "points.approved" : "points.refused", id,
                STR("{}"));
}

err points_objection_seal(struct arena *a, const struct keyring *k, int64_t agency,
                          struct points_objection *o)
{
    if (!str_is_empty(o->reason)) {
        TRY(seal_close(a, k, reason_place(agency, o->id), o->reason, &o->reason));
    }
    if (!str_is_empty(o->answer)) {
        TRY(seal_close(a, k, answer_place(agency, o->id), o->answer, &o->answer));
    }
    return NULL;
}

err points_objection_put(struct arena *a, struct tx *tx, const struct actor *who,
                         const struct points_objection *o)
{
    TRY(tx_run(a, tx, &objection_put_sql,
               BIND(bind_int(who->agency), bind_int(o->id), bind_int(who->staff),
                    bind_int(o->unit), bind_int(o->month), bind_bytes(o->reason),
                    bind_int(o->at_ms), bind_bytes(STR("")))));
    return tell(tx, who, o->at_ms, "points.objected", o->id, STR("{}"));
}

err points_objection_answer(struct arena *a, struct tx *tx, const struct actor *who,
                            const struct points_objection *o)
{
    int64_t changed;

    TRY(tx_change(a, tx, &answer_sql,
                  BIND(bind_int(who->agency), bind_int(o->id),
                       bind_text(points_answer_key[o->state]), bind_int(o->delta),
                       bind_bytes(o->answer), bind_int(who->staff),
                       bind_int(o->answered_ms)), &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
             STR(""), "answered already");
    }
    return tell(tx, who, o->answered_ms, "points.answered", o->id,
                str_format(a, "{\"delta\":%d}", o->delta));
}
