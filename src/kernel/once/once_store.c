/* once_store — one-time notices in the database: issued, found, taken up, come back.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/once/once.h"

#define BODY_BYTES 8192
#define OPEN_MS INT64_C(600000)
#define SERIAL_MOST 999999
#define COLUMNS                                                                       \
    "SELECT n.id, n.number, n.service, n.service_version, n.law, n.channel, n.by_agent, " \
    "n.lang, n.unit_id, n.staff_id, n.at_ms, n.until_ms, b.way, "                          \
    "b.casefile_id, b.at_ms "                                                          \
    "FROM once_notice n "                                                              \
    "LEFT JOIN once_back b ON b.agency_id = n.agency_id AND b.notice_id = n.id "

static const struct counter serial = {
    .read = { "SELECT last_serial FROM once_serial WHERE agency_id = ?1 AND roc_year = ?2",
              "ii" },
    .write = { "INSERT INTO once_serial (agency_id, roc_year, last_serial) "
               "VALUES (?1, ?2, ?3) ON CONFLICT (agency_id, roc_year) "
               "DO UPDATE SET last_serial = excluded.last_serial", "iii" },
};
static const struct query put_sql = {
    "INSERT INTO once_notice (agency_id, id, number, code_hash, code_sealed, service, "
    "service_version, law, channel, by_agent, lang, unit_id, staff_id, at_ms, until_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    "iitbbtittitiiii",
};
static const struct query missing_sql = {
    "INSERT INTO once_missing (agency_id, notice_id, place, kind, key) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iiitt",
};
static const struct query load_sql = {
    COLUMNS "WHERE n.agency_id = ?1 AND n.id = ?2", "ii",
};
static const struct query by_number_sql = {
    COLUMNS "WHERE n.agency_id = ?1 AND n.number = ?2", "it",
};
static const struct query by_code_sql = {
    COLUMNS "WHERE n.agency_id = ?1 AND n.code_hash = ?2", "ib",
};
static const struct query list_sql = {
    COLUMNS "WHERE n.agency_id = ?1 AND (?2 = 0 OR n.unit_id = ?2) "
    "ORDER BY n.at_ms DESC, n.id DESC LIMIT ?3", "iii",
};
static const struct query missing_of_sql = {
    "SELECT kind, key FROM once_missing WHERE agency_id = ?1 AND notice_id = ?2 "
    "ORDER BY place", "ii",
};
static const struct query code_sql = {
    "SELECT code_sealed FROM once_notice WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct query reading_sql = {
    "INSERT INTO once_reading (agency_id, notice_id, session_id, until_ms) "
    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (agency_id, notice_id, session_id) "
    "DO UPDATE SET until_ms = excluded.until_ms", "iiii",
};
static const struct query is_open_sql = {
    "SELECT until_ms FROM once_reading "
    "WHERE agency_id = ?1 AND notice_id = ?2 AND session_id = ?3 AND until_ms > ?4", "iiii",
};
static const struct query back_sql = {
    "INSERT INTO once_back (agency_id, notice_id, way, casefile_id, staff_id, at_ms) "
    "SELECT agency_id, id, ?3, ?4, ?5, ?6 FROM once_notice "
    "WHERE agency_id = ?1 AND id = ?2 ON CONFLICT (agency_id, notice_id) DO NOTHING",
    "iitiii",
    "INSERT INTO once_back (agency_id, notice_id, way, casefile_id, staff_id, at_ms) "
    "SELECT agency_id, id, ?3::text, ?4::bigint, ?5::bigint, ?6::bigint FROM once_notice "
    "WHERE agency_id = ?1 AND id = ?2 ON CONFLICT (agency_id, notice_id) DO NOTHING",
};
static const struct query forget_sql = {
    "DELETE FROM once_reading WHERE until_ms <= ?1", "i",
};
static const struct query sums_sql = {
    "SELECT n.service, COUNT(*), "
    "CAST(SUM(CASE WHEN b.way = 'counter' THEN 1 ELSE 0 END) AS BIGINT), "
    "CAST(SUM(CASE WHEN b.way = 'online' THEN 1 ELSE 0 END) AS BIGINT) "
    "FROM once_notice n "
    "LEFT JOIN once_back b ON b.agency_id = n.agency_id AND b.notice_id = n.id "
    "WHERE n.agency_id = ?1 AND n.at_ms >= ?2 AND n.at_ms < ?3 "
    "GROUP BY n.service ORDER BY n.service", "iii",
};
static const struct query *const all_queries[] = {
    &serial.read, &serial.write, &put_sql,  &missing_sql,    &load_sql, &by_number_sql,
    &by_code_sql, &list_sql,     &code_sql, &missing_of_sql, &sums_sql, &reading_sql,
    &is_open_sql, &back_sql,     &forget_sql,
};
const struct query_list once_queries = {
    "once", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static const str way_key[] = { STR_INIT(""), STR_INIT("counter"), STR_INIT("online") };

static struct once_notice notice_at(const struct table *t, size_t row, int64_t agency)
{
    struct once_notice n = {
        .agency = agency,
        .id = cell_int(t, row, 0),
        .number = cell_text(t, row, 1),
        .service = cell_text(t, row, 2),
        .service_version = (int)cell_int(t, row, 3),
        .law = cell_text(t, row, 4),
        .by_agent = cell_int(t, row, 6) != 0,
        .unit = cell_int(t, row, 8),
        .staff = cell_int(t, row, 9),
        .at_ms = cell_int(t, row, 10),
        .until_ms = cell_int(t, row, 11),
        .casefile = cell_int(t, row, 13),
        .back_ms = cell_int(t, row, 14),
    };

    for (int i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], cell_text(t, row, 5))) {
            n.channel = (enum case_channel)i;
        }
    }
    (void)lang_from_key(cell_text(t, row, 7), &n.lang);
    for (int i = ONCE_OUT; i <= ONCE_BACK_ONLINE; i++) {
        if (str_equal(way_key[i], cell_text(t, row, 12))) {
            n.way = (enum once_way)i;
        }
    }
    return n;
}

/* ---- issuing ---- */

static str issued_body(struct arena *a, const struct once_wish *w, str number)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("number"), number);
    json_put_text(&j, STR("service"), w->notice.service);
    json_put_int(&j, STR("version"), w->notice.service_version);
    json_list(&j, STR("missing"));
    for (size_t i = 0; i < w->missing_count; i++) {
        json_put_text(&j, STR(""), w->missing[i].key);
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

static err number_take(struct arena *a, struct tx *tx, const struct once_wish *w, str *ret)
{
    int year = day_roc_year(day_at(w->notice.at_ms));
    int64_t number;

    TRY(tx_next(tx, &serial, w->notice.agency, year, &number));
    if (number > SERIAL_MOST) {
        FAIL(a, ERR_BROKEN, SAY("The office has run out of numbers for this year. Please "
             "tell the administrator."), STR(""), "serial %lld", (long long)number);
    }
    *ret = case_number(a, str_join(a, w->prefix, STR(ONCE_LETTER)), year, number);
    return NULL;
}

err once_issue(struct arena *a, struct tx *tx, const struct once_wish *w,
               struct once_notice *ret)
{
    struct once_notice n = w->notice;
    struct event e = { .agency = n.agency, .at_ms = n.at_ms, .actor = n.staff,
                       .kind = STR("once.issued"), .subject = n.id };
    err first = once_load(a, tx_snap(tx), n.agency, n.id, ret);

    if (first == NULL || first->kind != ERR_MISSING) {
        ret->again = first == NULL;
        return first;
    }
    TRY(number_take(a, tx, w, &n.number));
    TRY(tx_run(a, tx, &put_sql,
               BIND(bind_int(n.agency), bind_int(n.id), bind_text(n.number),
                    bind_bytes(w->code_hash), bind_bytes(w->code_sealed),
                    bind_text(n.service), bind_int(n.service_version), bind_text(n.law),
                    bind_text(case_channel_key[n.channel]), bind_int(n.by_agent ? 1 : 0),
                    bind_text(lang_key[n.lang]), bind_int(n.unit), bind_int(n.staff),
                    bind_int(n.at_ms), bind_int(n.until_ms))));
    for (size_t i = 0; i < w->missing_count; i++) {
        TRY(tx_run(a, tx, &missing_sql,
                   BIND(bind_int(n.agency), bind_int(n.id), bind_int((int64_t)i),
                        bind_text(once_kind_key[w->missing[i].kind]),
                        bind_text(w->missing[i].key))));
    }
    e.body = issued_body(a, w, n.number);
    TRY(tx_event(tx, &e));
    *ret = n;
    return arena_failed(a) ? err_no_memory : NULL;
}

/* ---- finding ---- */

static err one_of(struct arena *a, struct snap *snap, const struct query *query,
                  int64_t agency, struct value key, struct once_notice *ret)
{
    struct table t;

    TRY(snap_query(a, snap, query, BIND(bind_int(agency), key), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING,
             SAY("There is no one-time notice with this number. Look at the "
                 "paper and type it again."),
             STR("number"), "no notice");
    }
    *ret = notice_at(&t, 0, agency);
    return NULL;
}

err once_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
              struct once_notice *ret)
{
    return one_of(a, snap, &load_sql, agency, bind_int(id), ret);
}

err once_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                 int64_t agency, str code, struct once_notice *ret)
{
    str plain;

    if (!crockford_tidy(a, once_code_in(code), &plain)) {
        plain = STR("");
    }
    return one_of(a, snap, &by_code_sql, agency,
                  bind_bytes(seal_token_hash(a, k, "once_code", plain)), ret);
}

err once_find(struct arena *a, struct snap *snap, const struct keyring *k, int64_t agency,
              str typed, struct once_notice *ret)
{
    str number;

    if (once_number_tidy(a, typed, &number)) {
        return one_of(a, snap, &by_number_sql, agency, bind_text(number), ret);
    }
    return once_by_code(a, snap, k, agency, typed, ret);
}

err once_missing_of(struct arena *a, struct snap *snap, const struct once_notice *n,
                    struct once_missing **ret, size_t *ret_count)
{
    struct table t;
    struct once_missing *list;

    TRY(snap_query(a, snap, &missing_of_sql, BIND(bind_int(n->agency), bind_int(n->id)),
                   &t));
    list = ARENA_ARRAY(a, t.rows, struct once_missing);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i].key = cell_text(&t, i, 1);
        for (int kind = 0; kind < ONCE_KINDS; kind++) {
            if (str_equal(once_kind_key[kind], cell_text(&t, i, 0))) {
                list[i].kind = (enum once_kind)kind;
            }
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err once_code(struct arena *a, struct snap *snap, const struct keyring *k,
              const struct once_notice *n, str *ret_code)
{
    struct seal_place place = { n->agency, n->id, "once_notice", "code" };
    struct table t;

    TRY(snap_one(a, snap, &code_sql, BIND(bind_int(n->agency), bind_int(n->id)), &t));
    return seal_open(a, k, place, cell_bytes(&t, 0, 0), ret_code);
}

err once_list(struct arena *a, struct snap *snap, int64_t agency, int64_t unit, int most,
              struct once_notice **ret, size_t *ret_count)
{
    struct table t;
    struct once_notice *list;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(agency), bind_int(unit), bind_int(most)), &t));
    list = ARENA_ARRAY(a, t.rows, struct once_notice);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = notice_at(&t, i, agency);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

/* ---- taking up, coming back ---- */

err once_take_up(struct arena *a, struct tx *tx, const struct actor *who, int64_t session,
                 int64_t now_ms, int64_t id)
{
    struct event e = { .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
                       .kind = STR("once.taken_up"), .subject = id, .body = STR("{}") };

    TRY(tx_run(a, tx, &reading_sql,
               BIND(bind_int(who->agency), bind_int(id), bind_int(session),
                    bind_int(now_ms + OPEN_MS))));
    return tx_event(tx, &e);
}

err once_is_open(struct arena *a, struct snap *snap, int64_t session, int64_t now_ms,
                 const struct once_notice *n, bool *ret_open)
{
    struct table t;

    TRY(snap_query(a, snap, &is_open_sql,
                   BIND(bind_int(n->agency), bind_int(n->id), bind_int(session),
                        bind_int(now_ms)), &t));
    *ret_open = t.rows > 0;
    return NULL;
}

err once_back(struct arena *a, struct tx *tx, const struct actor *who, int64_t now_ms,
              int64_t id, enum once_way way, int64_t casefile)
{
    struct event e = { .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
                       .kind = STR("once.back"), .subject = id };
    int64_t changed;

    TRY(tx_change(a, tx, &back_sql,
                  BIND(bind_int(who->agency), bind_int(id), bind_text(way_key[way]),
                       bind_int(casefile), bind_int(who->staff), bind_int(now_ms)),
                  &changed));
    if (changed == 0) {
        return NULL;
    }
    e.body = str_format(a, "{\"way\":\"%.*s\",\"case\":\"%.*s\"}", STR_ARG(way_key[way]),
                        STR_ARG(id_text(a, casefile)));
    return tx_event(tx, &e);
}

err once_forget(struct arena *a, struct tx *tx, int64_t now_ms)
{
    return tx_run(a, tx, &forget_sql, BIND(bind_int(now_ms)));
}

err once_sums(struct arena *a, struct snap *snap, int64_t agency, int64_t from_ms,
              int64_t to_ms, struct once_sum **ret, size_t *ret_count)
{
    struct table t;
    struct once_sum *list;

    TRY(snap_query(a, snap, &sums_sql,
                   BIND(bind_int(agency), bind_int(from_ms), bind_int(to_ms)), &t));
    list = ARENA_ARRAY(a, t.rows, struct once_sum);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct once_sum){ cell_text(&t, i, 0), cell_int(&t, i, 1),
                                     cell_int(&t, i, 2), cell_int(&t, i, 3) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}
