/* closure — the rows of closures, their steps, and what they change.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/calendar/inside.h"
#include "kernel/party/party.h"

#define COLUMNS                                                                      \
    "c.id, c.day, c.from_minute, c.until_minute, c.reason, c.source, c.source_key, " \
    "c.at_ms, s.state, s.staff_id, s.at_ms, COALESCE(p.name, ''), s.number "         \
    "FROM closure c "                                                                \
    "JOIN closure_step s ON s.agency_id = c.agency_id AND s.closure_id = c.id "      \
    "LEFT JOIN staff p ON p.agency_id = s.agency_id AND p.id = s.staff_id "
#define LAST_STEP                                                      \
    "AND NOT EXISTS (SELECT 1 FROM closure_step t "                    \
    "WHERE t.agency_id = s.agency_id AND t.closure_id = s.closure_id " \
    "AND t.number > s.number) "

static const struct query list_sql = {
    "SELECT " COLUMNS "WHERE c.agency_id = ?1 AND c.day >= ?2 " LAST_STEP
    "ORDER BY c.day DESC, c.id DESC",
    "ii",
};
static const struct query load_sql = {
    "SELECT " COLUMNS "WHERE c.agency_id = ?1 AND c.id = ?2 " LAST_STEP,
    "ii",
};
static const struct query same_sql = {
    "SELECT " COLUMNS "WHERE c.agency_id = ?1 AND c.day = ?2 AND c.from_minute = ?3 "
    "AND c.until_minute = ?4 AND s.state IN ('holds', 'doubted') " LAST_STEP,
    "iiii",
};
static const struct query of_feed_sql = {
    "SELECT id FROM closure WHERE agency_id = ?1 AND source_key = ?2 AND source = 'feed'",
    "it",
};
static const struct query add_sql = {
    "INSERT INTO closure (agency_id, id, day, from_minute, until_minute, reason, source, "
    "source_key, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    "iiiiittti",
};
static const struct query step_sql = {
    "INSERT INTO closure_step (agency_id, closure_id, number, state, staff_id, at_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    "iiitii",
};
static const struct query change_sql = {
    "INSERT INTO calendar_change (agency_id, id, first_day, last_day, reason, staff_id, "
    "at_ms, after_id, seen, moved, done_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0, 0, 0) "
    "ON CONFLICT (agency_id, id) DO UPDATE SET after_id = 0, seen = 0, moved = 0, "
    "done_ms = 0, at_ms = excluded.at_ms, staff_id = excluded.staff_id",
    "iiiitii",
};
#define CHANGE_COLUMNS                                                                 \
    "SELECT id, first_day, last_day, reason, staff_id, at_ms, after_id, seen, moved, " \
    "done_ms FROM calendar_change "
static const struct query next_sql = {
    CHANGE_COLUMNS "WHERE agency_id = ?1 AND done_ms = 0 ORDER BY id LIMIT 1",
    "i",
};
static const struct query changes_sql = {
    CHANGE_COLUMNS "WHERE agency_id = ?1 ORDER BY at_ms DESC, id DESC LIMIT ?2",
    "ii",
};
static const struct query went_sql = {
    "UPDATE calendar_change SET after_id = ?3, seen = ?4, moved = ?5, done_ms = ?6 "
    "WHERE agency_id = ?1 AND id = ?2 AND done_ms = 0 AND at_ms = ?7",
    "iiiiiii",
};
static const struct query *const all_queries[] = {
    &list_sql, &load_sql,   &same_sql, &of_feed_sql, &add_sql,
    &step_sql, &change_sql, &next_sql, &changes_sql, &went_sql,
};
const struct query_list closure_queries = {
    "closure",
    all_queries,
    sizeof(all_queries) / sizeof(all_queries[0]),
};

const str closure_state_key[CLOSURE_STATES] = {
    STR_INIT("proposed"),
    STR_INIT("holds"),
    STR_INIT("withdrawn"),
    STR_INIT("refused"),
    STR_INIT("doubted"),
};

static enum closure_state state_from(str key)
{
    for (size_t i = 0; i < CLOSURE_STATES; i++) {
        if (str_equal(closure_state_key[i], key)) {
            return (enum closure_state)i;
        }
    }
    return CLOSURE_WITHDRAWN;
}

static struct closure closure_at(const struct table *t, size_t i, int64_t agency)
{
    return (struct closure){
        .agency = agency,
        .id = cell_int(t, i, 0),
        .span = { .day = (day)cell_int(t, i, 1),
                  .from_minute = (int)cell_int(t, i, 2),
                  .until_minute = (int)cell_int(t, i, 3),
                  .reason = cell_text(t, i, 4),
                  .of_city = agency == AGENCY_CITY },
        .from_feed = str_equal(cell_text(t, i, 5), STR("feed")),
        .source_key = cell_text(t, i, 6),
        .at_ms = cell_int(t, i, 7),
        .state = state_from(cell_text(t, i, 8)),
        .staff = cell_int(t, i, 9),
        .state_ms = cell_int(t, i, 10),
        .staff_name = cell_text(t, i, 11),
    };
}

/* Two lists, each with the latest day first, become one. */
static void merge(const struct table *city, const struct table *own, int64_t agency,
                  struct closure *all)
{
    size_t k = 0, n = 0;

    for (size_t i = 0; i < city->rows; i++) {
        while (k < own->rows && cell_int(own, k, 1) > cell_int(city, i, 1)) {
            all[n++] = closure_at(own, k++, agency);
        }
        all[n++] = closure_at(city, i, AGENCY_CITY);
    }
    while (k < own->rows) {
        all[n++] = closure_at(own, k++, agency);
    }
}

err closure_list(struct arena *a, struct snap *snap, int64_t agency, day from,
                 struct closure **ret, size_t *ret_count)
{
    struct table city, own = { 0 };
    struct closure *all;

    TRY(snap_query(a, snap, &list_sql, BIND(bind_int(AGENCY_CITY), bind_int(from)), &city));
    if (agency != AGENCY_CITY) {
        TRY(snap_query(a, snap, &list_sql, BIND(bind_int(agency), bind_int(from)), &own));
    }
    all = ARENA_ARRAY(a, city.rows + own.rows + 1, struct closure);
    if (all == NULL) {
        return err_no_memory;
    }
    merge(&city, &own, agency, all);
    *ret = all;
    *ret_count = city.rows + own.rows;
    return NULL;
}

static err load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                struct closure *ret, int64_t *ret_number)
{
    struct table t;

    TRY(snap_query(a, snap, &load_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is no such closure."), STR(""), "closure");
    }
    *ret = closure_at(&t, 0, agency);
    *ret_number = cell_int(&t, 0, 12);
    return NULL;
}

err closure_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                 struct closure *ret)
{
    int64_t number;

    return load(a, snap, agency, id, ret, &number);
}

static str closure_body(struct arena *a, const struct closure *c)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, 4096);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("day"), day_iso(a, c->span.day));
    json_put_int(&w, STR("from"), c->span.from_minute);
    json_put_int(&w, STR("until"), c->span.until_minute);
    json_put_text(&w, STR("reason"), c->span.reason);
    if (c->from_feed) {
        json_put_text(&w, STR("feed"), c->source_key);
    }
    json_end_object(&w);
    return buf_str(&b);
}

static str kind_of(enum closure_state to)
{
    switch (to) {
    case CLOSURE_PROPOSED:
        return STR("closure.proposed");
    case CLOSURE_HOLDS:
        return STR("closure.holds");
    case CLOSURE_REFUSED:
        return STR("closure.refused");
    case CLOSURE_DOUBTED:
        return STR("closure.doubted");
    default:
        return STR("closure.withdrawn");
    }
}

static err step_put(struct arena *a, struct tx *tx, const struct closure *c,
                    int64_t number, enum closure_state to, int64_t staff, int64_t now_ms)
{
    const struct event e = { .agency = c->agency,
                             .at_ms = now_ms,
                             .actor = staff,
                             .kind = kind_of(to),
                             .subject = c->id,
                             .body = closure_body(a, c) };

    TRY(tx_run(a, tx, &step_sql,
               BIND(bind_int(c->agency), bind_int(c->id), bind_int(number),
                    bind_text(closure_state_key[to]), bind_int(staff),
                    bind_int(now_ms))));
    return tx_event(tx, &e);
}

static err put(struct arena *a, struct tx *tx, const struct closure *c,
               enum closure_state state, int64_t staff, int64_t now_ms)
{
    TRY(tx_run(a, tx, &add_sql,
               BIND(bind_int(c->agency), bind_int(c->id), bind_int(c->span.day),
                    bind_int(c->span.from_minute), bind_int(c->span.until_minute),
                    bind_text(c->span.reason),
                    bind_text(c->from_feed ? STR("feed") : STR("hand")),
                    bind_text(c->source_key), bind_int(now_ms))));
    return step_put(a, tx, c, 1, state, staff, now_ms);
}

err closure_add(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                const struct closure *c)
{
    struct table same;

    TRY(snap_query(a, tx_snap(tx), &same_sql,
                   BIND(bind_int(c->agency), bind_int(c->span.day),
                        bind_int(c->span.from_minute), bind_int(c->span.until_minute)),
                   &same));
    if (same.rows > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("These hours of {day} are closed already.", SAY_DAY("day", c->span.day)),
             STR("day"), "closed already");
    }
    TRY(put(a, tx, c, CLOSURE_HOLDS, who->staff, now_ms));
    return calendar_changed(a, tx, who, now_ms, c->agency, c->id, c->span.day, c->span.day,
                            c->span.reason);
}

err closure_propose(struct arena *a, struct tx *tx, int64_t now_ms, const struct closure *c,
                    bool *ret_new)
{
    struct closure proposed = *c;
    struct table known;

    proposed.from_feed = true;
    TRY(snap_query(a, tx_snap(tx), &of_feed_sql,
                   BIND(bind_int(c->agency), bind_text(c->source_key)), &known));
    if (known.rows == 0) {
        TRY(put(a, tx, &proposed, CLOSURE_PROPOSED, 0, now_ms));
        tx_topic(tx, c->agency, CALENDAR_TOPIC, STR(""));
    }
    *ret_new = known.rows == 0;
    return NULL;
}

static bool same_hours(const struct closure_span *x, const struct closure_span *y)
{
    return x->day == y->day && x->from_minute == y->from_minute &&
           x->until_minute == y->until_minute;
}

err closure_taken_back(struct arena *a, struct tx *tx, int64_t now_ms, int64_t agency,
                       const struct closure_span *s, bool *ret_new)
{
    struct table t;

    *ret_new = false;
    TRY(snap_query(a, tx_snap(tx), &list_sql, BIND(bind_int(agency), bind_int(s->day)),
                   &t));
    for (size_t i = 0; i < t.rows; i++) {
        struct closure c = closure_at(&t, i, agency);
        bool waits = c.state == CLOSURE_PROPOSED;

        if (c.from_feed && same_hours(&c.span, s) && (waits || c.state == CLOSURE_HOLDS) &&
            !str_starts(c.source_key, STR("office:"))) {
            TRY(step_put(a, tx, &c, cell_int(&t, i, 12) + 1,
                         waits ? CLOSURE_WITHDRAWN : CLOSURE_DOUBTED, 0, now_ms));
            tx_topic(tx, agency, CALENDAR_TOPIC, STR(""));
            *ret_new = true;
        }
    }
    return NULL;
}

static bool may_follow(enum closure_state from, enum closure_state to)
{
    switch (from) {
    case CLOSURE_PROPOSED:
        return to == CLOSURE_HOLDS || to == CLOSURE_REFUSED;
    case CLOSURE_DOUBTED:
        return to == CLOSURE_HOLDS || to == CLOSURE_WITHDRAWN;
    default:
        return from == CLOSURE_HOLDS && to == CLOSURE_WITHDRAWN;
    }
}

err closure_step(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
                 int64_t agency, int64_t id, enum closure_state to)
{
    struct closure c;
    int64_t number;

    TRY(load(a, tx_snap(tx), agency, id, &c, &number));
    if (!may_follow(c.state, to)) {
        FAIL(a, ERR_CONFLICT, SAY("Somebody was faster. Look at the list again."), STR(""),
             "state %d to %d", (int)c.state, (int)to);
    }
    TRY(step_put(a, tx, &c, number + 1, to, who->staff, now_ms));
    if (to == CLOSURE_REFUSED || c.state == CLOSURE_DOUBTED) {
        tx_topic(tx, agency, CALENDAR_TOPIC, STR(""));
    }
    if (to == CLOSURE_REFUSED || (c.state == CLOSURE_DOUBTED && to == CLOSURE_HOLDS)) {
        return NULL; /* no date moves */
    }
    return calendar_changed(a, tx, who, now_ms, agency, id, c.span.day, c.span.day,
                            c.span.reason);
}

static err change_put(struct arena *a, struct tx *tx, const struct actor *who,
                      int64_t now_ms, const struct calendar_change *c)
{
    tx_topic(tx, c->agency, CALENDAR_TOPIC, STR(""));
    return tx_run(a, tx, &change_sql,
                  BIND(bind_int(c->agency), bind_int(c->id), bind_int(c->first),
                       bind_int(c->last), bind_text(c->reason), bind_int(who->staff),
                       bind_int(now_ms)));
}

err calendar_changed(struct arena *a, struct tx *tx, const struct actor *who,
                     int64_t now_ms, int64_t agency, int64_t id, day first, day last,
                     str reason)
{
    struct calendar_change c = {
        .agency = agency, .id = id, .first = first, .last = last, .reason = reason
    };
    struct agency *all = NULL;
    size_t count = 0;

    if (agency != AGENCY_CITY) {
        return change_put(a, tx, who, now_ms, &c);
    }
    TRY(agency_list(a, tx_snap(tx), &all, &count));
    for (size_t i = 0; i < count; i++) {
        c.agency = all[i].id;
        TRY(change_put(a, tx, who, now_ms, &c));
    }
    return NULL;
}

static struct calendar_change change_at(const struct table *t, size_t i, int64_t agency)
{
    return (struct calendar_change){
        .agency = agency,
        .id = cell_int(t, i, 0),
        .first = (day)cell_int(t, i, 1),
        .last = (day)cell_int(t, i, 2),
        .reason = cell_text(t, i, 3),
        .staff = cell_int(t, i, 4),
        .at_ms = cell_int(t, i, 5),
        .after_id = cell_int(t, i, 6),
        .seen = cell_int(t, i, 7),
        .moved = cell_int(t, i, 8),
        .done_ms = cell_int(t, i, 9),
    };
}

err calendar_change_next(struct arena *a, struct snap *snap, int64_t agency,
                         bool *ret_found, struct calendar_change *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &next_sql, BIND(bind_int(agency)), &t));
    *ret_found = t.rows > 0;
    if (t.rows > 0) {
        *ret = change_at(&t, 0, agency);
    }
    return NULL;
}

err calendar_change_list(struct arena *a, struct snap *snap, int64_t agency, int most,
                         struct calendar_change **ret, size_t *ret_count)
{
    struct table t;
    struct calendar_change *list;

    TRY(snap_query(a, snap, &changes_sql, BIND(bind_int(agency), bind_int(most)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct calendar_change);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = change_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err calendar_change_went(struct arena *a, struct tx *tx, int64_t now_ms,
                         const struct calendar_change *c, bool done)
{
    return tx_change_one(a, tx, &went_sql,
                         BIND(bind_int(c->agency), bind_int(c->id), bind_int(c->after_id),
                              bind_int(c->seen), bind_int(c->moved),
                              bind_int(done ? now_ms : 0), bind_int(c->at_ms)));
}
