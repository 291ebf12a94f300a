/* assign_store — who takes up a new case, out of the unit's table and the loads of its
 * officers.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/casefile/assign/assign.h"

#define LINE_COLUMNS \
    "SELECT kind, key, since_day, staff_id, by_id, at_ms FROM case_assign_line "

static const struct query list_sql = {
    LINE_COLUMNS "WHERE agency_id = ?1 AND unit_id = ?2 "
    "ORDER BY kind, key, since_day", "ii",
};
static const struct query put_sql = {
    "INSERT INTO case_assign_line (agency_id, unit_id, kind, key, since_day, staff_id, "
    "by_id, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
    "ON CONFLICT (agency_id, unit_id, kind, key, since_day) "
    "DO UPDATE SET staff_id = excluded.staff_id, by_id = excluded.by_id, "
    "at_ms = excluded.at_ms", "iittiiii",
};
static const struct query drop_sql = {
    "DELETE FROM case_assign_line WHERE agency_id = ?1 AND unit_id = ?2 AND kind = ?3 "
    "AND key = ?4 AND since_day = ?5", "iitti",
};
static const struct query one_sql = {
    "SELECT staff_id FROM case_assign_line WHERE agency_id = ?1 AND unit_id = ?2 "
    "AND kind = ?3 AND key = ?4 AND since_day <= ?5 ORDER BY since_day DESC LIMIT 1",
    "iitti",
};
static const struct query away_sql = {
    "SELECT staff_id FROM staff_absence WHERE agency_id = ?1 AND from_day <= ?2 "
    "AND to_day >= ?2", "ii",
};
static const struct query loads_sql = {
    "SELECT officer_id, COUNT(*) FROM casefile "
    "WHERE agency_id = ?1 AND unit_id = ?2 AND is_open = 1 AND officer_id <> 0 "
    "GROUP BY officer_id ORDER BY officer_id", "ii",
};
static const struct query *const all_queries[] = {
    &loads_sql,
    &list_sql, &put_sql, &drop_sql, &one_sql, &away_sql,
};
const struct query_list casefile_assign_queries = {
    "casefile (assignment)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

#define BODY_BYTES 1024

err assign_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                struct assign_line **ret, size_t *ret_count)
{
    struct table t;
    struct assign_line *list;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(unit)), &t));
    list = ARENA_ARRAY(a, t.rows, struct assign_line);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        bool roster = str_equal(cell_text(&t, i, 0), assign_kind_key[ASSIGN_LINE_ROSTER]);

        list[i] = (struct assign_line){
            .kind = roster ? ASSIGN_LINE_ROSTER : ASSIGN_LINE_VILLAGE,
            .key = cell_text(&t, i, 1), .since = (day)cell_int(&t, i, 2),
            .staff = cell_int(&t, i, 3), .by = cell_int(&t, i, 4),
            .at_ms = cell_int(&t, i, 5),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

/* What was changed: villages and days are nobody's personal data. */
static err line_event(struct arena *a, struct tx *tx, const struct actor *who,
                      int64_t now_ms, int64_t unit, const struct assign_line *line,
                      bool taken_back)
{
    struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
        .kind = STR("unit.assignment"), .subject = unit,
    };
    struct buf b;
    struct json_writer w;

    buf_init(&b, a, BODY_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("kind"), assign_kind_key[line->kind]);
    json_put_text(&w, STR("key"), line->key);
    json_put_text(&w, STR("since"), day_iso(a, line->since));
    json_put_text(&w, STR("staff"), line->staff == 0 ? STR("") : id_text(a, line->staff));
    if (taken_back) {
        json_put_bool(&w, STR("taken_back"), true);
    }
    json_end_object(&w);
    e.body = buf_str(&b);
    tx_topic(tx, who->agency, "people", STR(""));
    return buf_failed(&b) ? err_no_memory : tx_event(tx, &e);
}

static err may_not(struct arena *a)
{
    FAIL(a, ERR_DENIED,
         SAY("The head of the unit or its dispatcher changes this table."), STR(""),
         "not his table");
}

static err check_line(struct arena *a, const struct actor *who, int64_t unit,
                      const struct staff *people, size_t count,
                      const struct assign_line *line)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == line->staff && assign_may_get(&people[i], who->agency, unit)) {
            return NULL;
        }
    }
    if (line->staff == 0) {
        return NULL;
    }
    FAIL(a, ERR_INPUT, SAY("Choose an officer of this unit, or a village officer."),
         STR("to"), "staff %lld", (long long)line->staff);
}

err assign_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
               int64_t unit, const struct assign_line *list, size_t count)
{
    struct staff *people;
    size_t people_count;

    if (!assign_may_edit(who, unit)) {
        return may_not(a);
    }
    TRY(staff_list(a, tx_snap(tx), who->agency, day_at(now_ms), &people, &people_count));
    for (size_t i = 0; i < count; i++) {
        const struct assign_line *line = &list[i];

        TRY(check_line(a, who, unit, people, people_count, line));
        TRY(tx_run(a, tx, &put_sql,
                   BIND(bind_int(who->agency), bind_int(unit),
                        bind_text(assign_kind_key[line->kind]), bind_text(line->key),
                        bind_int(line->since), bind_int(line->staff), bind_int(who->staff),
                        bind_int(now_ms))));
        TRY(line_event(a, tx, who, now_ms, unit, line, false));
    }
    return NULL;
}

/* A single day of the roster that is past stays, as what has been in force. */
static bool has_begun(const struct assign_line *line, day today)
{
    day on;

    if (line->kind == ASSIGN_LINE_ROSTER && day_from_iso(line->key, &on)) {
        return on < today;
    }
    return line->since <= today;
}

err assign_take_back(struct arena *a, struct tx *tx, const struct actor *who,
                     int64_t now_ms, int64_t unit, const struct assign_line *line)
{
    int64_t changed = 0;

    if (!assign_may_edit(who, unit)) {
        return may_not(a);
    }
    if (!has_begun(line, day_at(now_ms))) {
        TRY(tx_change(a, tx, &drop_sql,
                      BIND(bind_int(who->agency), bind_int(unit),
                           bind_text(assign_kind_key[line->kind]), bind_text(line->key),
                           bind_int(line->since)), &changed));
    }
    if (changed == 0) {
        FAIL(a, ERR_CONFLICT, SAY("This line is in force already, or a colleague has taken "
             "it back. Look at the table as it is now."), STR(""), "begun or gone");
    }
    return line_event(a, tx, who, now_ms, unit, line, true);
}

/* Those who may get it today. */
struct candidates {
    const struct staff *people;
    size_t count;
    struct table away;
    int64_t agency, unit;
};

static bool is_away(const struct candidates *k, int64_t staff)
{
    for (size_t i = 0; i < k->away.rows; i++) {
        if (cell_int(&k->away, i, 0) == staff) {
            return true;
        }
    }
    return false;
}

static bool is_free(const struct candidates *k, const struct staff *s)
{
    return !is_away(k, s->id) && assign_may_get(s, k->agency, k->unit);
}

static const struct staff *person(const struct candidates *k, int64_t id)
{
    for (size_t i = 0; i < k->count; i++) {
        if (k->people[i].id == id) {
            return &k->people[i];
        }
    }
    return NULL;
}

/* Himself; while he is away his deputy, where that one works in the unit too. */
static int64_t free_of(const struct candidates *k, int64_t staff)
{
    const struct staff *s = person(k, staff);
    const struct staff *deputy;

    if (s == NULL || is_free(k, s)) {
        return s == NULL ? 0 : s->id;
    }
    deputy = is_away(k, s->id) ? person(k, s->deputy) : NULL;
    return deputy != NULL && is_free(k, deputy) ? deputy->id : 0;
}

static err named(struct arena *a, struct tx *tx, const struct assign_ask *w,
                 enum assign_kind kind, str key, const struct candidates *k, int64_t *ret)
{
    struct table t;

    if (*ret != 0 || str_is_empty(key)) {
        return NULL;
    }
    TRY(snap_query(a, tx_snap(tx), &one_sql,
                   BIND(bind_int(w->agency), bind_int(w->unit),
                        bind_text(assign_kind_key[kind]), bind_text(key),
                        bind_int(day_at(w->now_ms))), &t));
    if (t.rows > 0) {
        *ret = free_of(k, cell_int(&t, 0, 0));
    }
    return NULL;
}

err casefile_loads(struct arena *a, struct snap *snap, int64_t agency, int64_t unit,
                   struct desk_load **ret, size_t *ret_count)
{
    struct table t;
    struct desk_load *list;

    TRY(snap_query(a, snap, &loads_sql, BIND(bind_int(agency), bind_int(unit)), &t));
    list = ARENA_ARRAY(a, t.rows, struct desk_load);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct desk_load){ cell_int(&t, i, 0), cell_int(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err least_loaded(struct arena *a, struct tx *tx, const struct assign_ask *w,
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
        if (k->people[i].unit == k->unit && is_free(k, &k->people[i]) && open < least) {
            least = open;
            *ret = k->people[i].id;
        }
    }
    return NULL;
}

err casefile_assign(struct arena *a, struct tx *tx, const struct assign_ask *w,
                    int64_t *ret_officer)
{
    struct candidates k = { .agency = w->agency, .unit = w->unit };
    struct staff *people;
    day today = day_at(w->now_ms);
    int64_t officer = 0;

    *ret_officer = 0;
    if (w->by == ASSIGN_HAND) {
        return NULL;
    }
    TRY(staff_list(a, tx_snap(tx), w->agency, today, &people, &k.count));
    k.people = people;
    TRY(snap_query(a, tx_snap(tx), &away_sql, BIND(bind_int(w->agency), bind_int(today)),
                   &k.away));
    if (w->by == ASSIGN_VILLAGE) {
        TRY(named(a, tx, w, ASSIGN_LINE_VILLAGE, w->village, &k, &officer));
    }
    if (w->by == ASSIGN_ROSTER) {
        str weekday = str_format(a, "%d", assign_weekday(today));

        TRY(named(a, tx, w, ASSIGN_LINE_ROSTER, day_iso(a, today), &k, &officer));
        TRY(named(a, tx, w, ASSIGN_LINE_ROSTER, weekday, &k, &officer));
    }
    if (officer == 0) {
        TRY(least_loaded(a, tx, w, &k, &officer));
    }
    *ret_officer = officer;
    return NULL;
}
