/* party_store — offices, units, staff, duties and passwords in the database.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/party/party.h"

#define BODY_BYTES 4096
#define DAY_OPEN_END INT64_C(2147483647)

#define AGENCY_COLUMNS                                                              \
    "id, key, name_zh, name_en, name_ja, short_zh, short_en, short_ja, city_zh, "   \
    "city_en, city_ja, address_zh, address_en, address_ja, hours_zh, hours_en, "    \
    "hours_ja, telephone, email, map_url, case_prefix "
#define STAFF_COLUMNS \
    "id, unit_id, deputy_id, sign_name, name, title, telephone, is_active "

static const struct query agency_list_sql = {
    "SELECT " AGENCY_COLUMNS "FROM agency WHERE agency_id = 1 ORDER BY id", "",
};
static const struct query agency_by_key_sql = {
    "SELECT " AGENCY_COLUMNS "FROM agency WHERE agency_id = 1 AND key = ?1", "t",
};
static const struct query agency_put_sql = {
    "INSERT INTO agency (agency_id, " AGENCY_COLUMNS ") "
    "VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
    "?17, ?18, ?19, ?20, ?21) "
    "ON CONFLICT (agency_id, id) DO UPDATE SET key = ?2, name_zh = ?3, name_en = ?4, "
    "name_ja = ?5, short_zh = ?6, short_en = ?7, short_ja = ?8, city_zh = ?9, "
    "city_en = ?10, city_ja = ?11, address_zh = ?12, address_en = ?13, "
    "address_ja = ?14, hours_zh = ?15, hours_en = ?16, hours_ja = ?17, "
    "telephone = ?18, email = ?19, map_url = ?20, case_prefix = ?21",
    "itttttttttttttttttttt",
};
static const struct query unit_list_sql = {
    "SELECT id, key, name_zh, name_en, name_ja, telephone "
    "FROM unit WHERE agency_id = ?1 ORDER BY id", "i",
};
static const struct query unit_put_sql = {
    "INSERT INTO unit (agency_id, id, key, name_zh, name_en, name_ja, telephone) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
    "ON CONFLICT (agency_id, id) DO UPDATE SET key = ?3, name_zh = ?4, name_en = ?5, "
    "name_ja = ?6, telephone = ?7", "iittttt",
};
static const struct query staff_list_sql = {
    "SELECT " STAFF_COLUMNS "FROM staff WHERE agency_id = ?1 ORDER BY unit_id, id", "i",
};
static const struct query staff_by_id_sql = {
    "SELECT " STAFF_COLUMNS "FROM staff WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query staff_by_name_sql = {
    "SELECT " STAFF_COLUMNS "FROM staff WHERE agency_id = ?1 AND sign_name = ?2", "it",
};
static const struct query staff_put_sql = {
    "INSERT INTO staff (agency_id, id, unit_id, deputy_id, sign_name, name, title, "
    "telephone, is_active) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
    "ON CONFLICT (agency_id, id) DO UPDATE SET unit_id = ?3, deputy_id = ?4, "
    "sign_name = ?5, name = ?6, title = ?7, telephone = ?8, is_active = ?9", "iiiitttti",
};
static const struct query duty_all_sql = {
    "SELECT staff_id, duty FROM staff_duty "
    "WHERE agency_id = ?1 AND since_day <= ?2 AND until_day >= ?2 "
    "ORDER BY staff_id", "ii",
};
static const struct query duty_of_sql = {
    "SELECT staff_id, duty FROM staff_duty "
    "WHERE agency_id = ?1 AND staff_id = ?3 AND since_day <= ?2 AND until_day >= ?2", "iii",
};
static const struct query duty_begin_sql = {
    "INSERT INTO staff_duty (agency_id, staff_id, duty, since_day, until_day) "
    "VALUES (?1, ?2, ?3, ?4, 2147483647)", "iiti",
};
static const struct query duty_end_sql = {
    "UPDATE staff_duty SET until_day = ?4 - 1 "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND duty = ?3 AND since_day < ?4 "
    "AND until_day >= ?4", "iiti",
};
static const struct query duty_never_sql = {
    "DELETE FROM staff_duty "
    "WHERE agency_id = ?1 AND staff_id = ?2 AND duty = ?3 AND since_day >= ?4", "iiti",
};
static const struct query absence_put_sql = {
    "INSERT INTO staff_absence (agency_id, staff_id, from_day, to_day) "
    "VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (agency_id, staff_id, from_day) DO UPDATE SET to_day = ?4", "iiii",
};
static const struct query absence_drop_sql = {
    "DELETE FROM staff_absence WHERE agency_id = ?1 AND staff_id = ?2 AND from_day = ?3",
    "iii",
};
static const struct query stands_for_sql = {
    "SELECT s.id, s.unit_id, s.name FROM staff s "
    "WHERE s.agency_id = ?1 AND s.deputy_id = ?2 AND s.deputy_id <> 0 AND s.is_active = 1 "
    "AND EXISTS (SELECT 1 FROM staff_absence b WHERE b.agency_id = s.agency_id "
    "AND b.staff_id = s.id AND b.from_day <= ?3 AND b.to_day >= ?3) "
    "ORDER BY s.id", "iii",
};
static const struct query password_put_sql = {
    "INSERT INTO staff_password (agency_id, staff_id, turn, stored, set_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iiiti",
};
static const struct query password_list_sql = {
    "SELECT stored, turn FROM staff_password WHERE agency_id = ?1 AND staff_id = ?2 "
    "ORDER BY turn DESC LIMIT 3", "ii",
};
static const struct query password_forget_sql = {
    "DELETE FROM staff_password WHERE agency_id = ?1 AND staff_id = ?2 AND turn <= ?3",
    "iii",
};

static const struct query *const all_queries[] = {
    &agency_list_sql, &agency_by_key_sql, &agency_put_sql, &unit_list_sql, &unit_put_sql,
    &staff_list_sql, &staff_by_id_sql, &staff_by_name_sql, &staff_put_sql, &duty_all_sql,
    &duty_of_sql, &duty_begin_sql, &duty_end_sql, &duty_never_sql, &absence_put_sql,
    &absence_drop_sql, &stands_for_sql, &password_put_sql, &password_list_sql,
    &password_forget_sql,
};
const struct query_list party_queries = {
    "party", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct label label_at(const struct table *t, size_t row, size_t column)
{
    struct label l;

    for (size_t i = 0; i < LANG_COUNT; i++) {
        l.in[i] = cell_text(t, row, column + i);
    }
    return l;
}

static struct agency agency_at(const struct table *t, size_t row)
{
    return (struct agency){
        .id = cell_int(t, row, 0),
        .key = cell_text(t, row, 1),
        .name = label_at(t, row, 2),
        .short_name = label_at(t, row, 5),
        .city = label_at(t, row, 8),
        .address = label_at(t, row, 11),
        .hours = label_at(t, row, 14),
        .telephone = cell_text(t, row, 17),
        .email = cell_text(t, row, 18),
        .map_url = cell_text(t, row, 19),
        .case_prefix = cell_text(t, row, 20),
    };
}

err agency_list(struct arena *a, struct snap *snap, struct agency **ret, size_t *ret_count)
{
    struct table t;
    struct agency *list;

    TRY(snap_query(a, snap, &agency_list_sql, NO_VALUES, &t));
    list = ARENA_ARRAY(a, t.rows, struct agency);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = agency_at(&t, i);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err agency_by_key(struct arena *a, struct snap *snap, str key, struct agency *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &agency_by_key_sql, BIND(bind_text(key)), &t));
    *ret = agency_at(&t, 0);
    return NULL;
}

err unit_list(struct arena *a, struct snap *snap, int64_t agency, struct unit **ret,
              size_t *ret_count)
{
    struct table t;
    struct unit *list;

    TRY(snap_query(a, snap, &unit_list_sql, BIND(bind_int(agency)), &t));
    list = ARENA_ARRAY(a, t.rows, struct unit);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct unit){
            .id = cell_int(&t, i, 0),
            .key = cell_text(&t, i, 1),
            .name = label_at(&t, i, 2),
            .telephone = cell_text(&t, i, 5),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static struct staff staff_at(const struct table *t, size_t row, int64_t agency)
{
    return (struct staff){
        .agency = agency,
        .id = cell_int(t, row, 0),
        .unit = cell_int(t, row, 1),
        .deputy = cell_int(t, row, 2),
        .sign_name = cell_text(t, row, 3),
        .name = cell_text(t, row, 4),
        .title = cell_text(t, row, 5),
        .telephone = cell_text(t, row, 6),
        .active = cell_int(t, row, 7) == 1,
    };
}

/* The duties of `staff` among the rows (staff_id, duty). */
static duty_set duties_in(const struct table *t, int64_t staff)
{
    duty_set set = 0;

    for (size_t i = 0; i < t->rows; i++) {
        enum duty d;

        if (cell_int(t, i, 0) == staff && duty_from_key(cell_text(t, i, 1), &d)) {
            set |= DUTY(d);
        }
    }
    return set;
}

static err duties_load(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                       day today, duty_set *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &duty_of_sql,
                   BIND(bind_int(agency), bind_int(today), bind_int(staff)), &t));
    *ret = duties_in(&t, staff);
    return NULL;
}

err staff_list(struct arena *a, struct snap *snap, int64_t agency, day today,
               struct staff **ret, size_t *ret_count)
{
    struct table t, duties;
    struct staff *list;

    TRY(snap_query(a, snap, &staff_list_sql, BIND(bind_int(agency)), &t));
    TRY(snap_query(a, snap, &duty_all_sql, BIND(bind_int(agency), bind_int(today)),
                   &duties));
    list = ARENA_ARRAY(a, t.rows, struct staff);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = staff_at(&t, i, agency);
        list[i].duties = duties_in(&duties, list[i].id);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err staff_by_id(struct arena *a, struct snap *snap, int64_t agency, int64_t id, day today,
                struct staff *ret)
{
    struct table t;
    struct staff s;

    TRY(snap_one(a, snap, &staff_by_id_sql, BIND(bind_int(agency), bind_int(id)), &t));
    s = staff_at(&t, 0, agency);
    TRY(duties_load(a, snap, agency, s.id, today, &s.duties));
    *ret = s;
    return NULL;
}

err staff_by_sign_name(struct arena *a, struct snap *snap, int64_t agency, str sign_name,
                       day today, struct staff *ret)
{
    struct table t;
    struct staff s;

    TRY(snap_one(a, snap, &staff_by_name_sql, BIND(bind_int(agency), bind_text(sign_name)),
                 &t));
    s = staff_at(&t, 0, agency);
    TRY(duties_load(a, snap, agency, s.id, today, &s.duties));
    *ret = s;
    return NULL;
}

static err stands_load(struct arena *a, struct snap *snap, const struct staff *s, day today,
                       struct actor *ret)
{
    struct table t;
    struct stand_in *list;

    TRY(snap_query(a, snap, &stands_for_sql,
                   BIND(bind_int(s->agency), bind_int(s->id), bind_int(today)), &t));
    list = ARENA_ARRAY(a, t.rows, struct stand_in);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct stand_in){
            .staff = cell_int(&t, i, 0),
            .unit = cell_int(&t, i, 1),
            .name = cell_text(&t, i, 2),
        };
        TRY(duties_load(a, snap, s->agency, list[i].staff, today, &list[i].duties));
    }
    ret->stands_for = list;
    ret->stands_for_count = t.rows;
    return NULL;
}

err actor_load(struct arena *a, struct snap *snap, int64_t agency, int64_t staff, day today,
               struct actor *ret)
{
    struct staff s;
    struct actor who;

    TRY(staff_by_id(a, snap, agency, staff, today, &s));
    if (!s.active) {
        FAIL(a, ERR_MISSING, SAY("This account is no longer in use. Ask your system "
             "administrator."), STR(""), "staff %lld", (long long)staff);
    }
    who = (struct actor){
        .agency = agency,
        .staff = staff,
        .unit = s.unit,
        .duties = s.duties,
        .name = s.name,
    };
    TRY(stands_load(a, snap, &s, today, &who));
    *ret = who;
    return NULL;
}

/* What was changed, by id alone: bodies hold nothing personal. */
static err party_event(struct tx *tx, const struct actor *who, int64_t agency,
                       int64_t now_ms, const char *kind, int64_t subject, str body)
{
    struct event e = {
        .agency = agency, .at_ms = now_ms, .actor = who == NULL ? 0 : who->staff,
        .kind = str_of(kind), .subject = subject, .body = body,
    };

    tx_topic(tx, agency, "people", STR("")); /* who handles what, on public pages */
    return tx_event(tx, &e);
}

#define LABEL(l) \
    bind_text((l).in[LANG_ZH]), bind_text((l).in[LANG_EN]), bind_text((l).in[LANG_JA])

err agency_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
               const struct agency *g)
{
    TRY(tx_run(a, tx, &agency_put_sql,
               BIND(bind_int(g->id), bind_text(g->key), LABEL(g->name),
                    LABEL(g->short_name), LABEL(g->city), LABEL(g->address),
                    LABEL(g->hours), bind_text(g->telephone), bind_text(g->email),
                    bind_text(g->map_url), bind_text(g->case_prefix))));
    tx_topic(tx, g->id, "agency", STR(""));
    tx_topic(tx, AGENCY_CITY, "agency", STR(""));
    return party_event(tx, who, g->id, now_ms, "agency.changed", g->id,
                       str_format(a, "{\"key\":\"%.*s\"}", STR_ARG(g->key)));
}

err unit_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
             int64_t agency, const struct unit *u)
{
    TRY(tx_run(a, tx, &unit_put_sql,
               BIND(bind_int(agency), bind_int(u->id), bind_text(u->key), LABEL(u->name),
                    bind_text(u->telephone))));
    tx_topic(tx, agency, "agency", STR(""));
    return party_event(tx, who, agency, now_ms, "unit.changed", u->id,
                       str_format(a, "{\"key\":\"%.*s\"}", STR_ARG(u->key)));
}

/* Begins the duties that are new and ends those that are no longer in the set. */
static err duties_put(struct arena *a, struct tx *tx, const struct staff *s, day since)
{
    duty_set now;

    TRY(duties_load(a, tx_snap(tx), s->agency, s->id, since, &now));
    for (int d = 0; d < DUTY_COUNT; d++) {
        bool has = (now & DUTY(d)) != 0;
        bool shall = (s->duties & DUTY(d)) != 0;

        if (has == shall) {
            continue;
        }
        TRY(tx_run(a, tx, &duty_never_sql,
                   BIND(bind_int(s->agency), bind_int(s->id), bind_text(duty_key[d]),
                        bind_int(since))));
        TRY(tx_run(a, tx, shall ? &duty_begin_sql : &duty_end_sql,
                   BIND(bind_int(s->agency), bind_int(s->id), bind_text(duty_key[d]),
                        bind_int(since))));
    }
    return NULL;
}

static str staff_body(struct arena *a, const struct staff *s, day since)
{
    struct buf b;
    struct json_writer w;

    buf_init(&b, a, BODY_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("unit"), id_text(a, s->unit));
    json_put_text(&w, STR("deputy"), s->deputy == 0 ? STR("") : id_text(a, s->deputy));
    json_put_bool(&w, STR("active"), s->active);
    json_put_text(&w, STR("since"), day_iso(a, since));
    json_list(&w, STR("duties"));
    for (int d = 0; d < DUTY_COUNT; d++) {
        if ((s->duties & DUTY(d)) != 0) {
            json_put_text(&w, STR(""), duty_key[d]);
        }
    }
    json_end_list(&w);
    json_end_object(&w);
    return buf_str(&b);
}

err staff_put(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
              const struct staff *s, day since)
{
    TRY(tx_run(a, tx, &staff_put_sql,
               BIND(bind_int(s->agency), bind_int(s->id), bind_int(s->unit),
                    bind_int(s->deputy), bind_text(s->sign_name), bind_text(s->name),
                    bind_text(s->title), bind_text(s->telephone),
                    bind_int(s->active ? 1 : 0))));
    TRY(duties_put(a, tx, s, since));
    return party_event(tx, who, s->agency, now_ms, "staff.changed", s->id,
                       staff_body(a, s, since));
}

err staff_away(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
               int64_t agency, int64_t staff, day from, day to)
{
    if (to < from) {
        TRY(tx_run(a, tx, &absence_drop_sql,
                   BIND(bind_int(agency), bind_int(staff), bind_int(from))));
    } else {
        TRY(tx_run(a, tx, &absence_put_sql,
                   BIND(bind_int(agency), bind_int(staff), bind_int(from), bind_int(to))));
    }
    return party_event(tx, who, agency, now_ms, "staff.away", staff,
                       str_format(a, "{\"from\":\"%.*s\",\"to\":\"%.*s\"}",
                                  STR_ARG(day_iso(a, from)), STR_ARG(day_iso(a, to))));
}

err staff_set_password(struct arena *a, struct tx *tx, const struct actor *who,
                       int64_t now_ms, int64_t agency, int64_t staff, str stored)
{
    struct table t;
    int64_t turn;

    TRY(snap_query(a, tx_snap(tx), &password_list_sql,
                   BIND(bind_int(agency), bind_int(staff)), &t));
    turn = t.rows == 0 ? 1 : cell_int(&t, 0, 1) + 1;
    TRY(tx_run(a, tx, &password_put_sql,
               BIND(bind_int(agency), bind_int(staff), bind_int(turn), bind_text(stored),
                    bind_int(now_ms))));
    TRY(tx_run(a, tx, &password_forget_sql,
               BIND(bind_int(agency), bind_int(staff),
                    bind_int(turn - PASSWORDS_REMEMBERED))));
    return party_event(tx, who, agency, now_ms, "staff.password", staff, STR("{}"));
}

err staff_passwords(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                    str **ret_stored, size_t *ret_count)
{
    struct table t;
    str *list;

    TRY(snap_query(a, snap, &password_list_sql, BIND(bind_int(agency), bind_int(staff)),
                   &t));
    list = ARENA_ARRAY(a, t.rows, str);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = cell_text(&t, i, 0);
    }
    *ret_stored = list;
    *ret_count = t.rows;
    return NULL;
}

err staff_password(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                   str *ret_stored)
{
    struct table t;

    TRY(snap_one(a, snap, &password_list_sql, BIND(bind_int(agency), bind_int(staff)), &t));
    *ret_stored = cell_text(&t, 0, 0);
    return NULL;
}
