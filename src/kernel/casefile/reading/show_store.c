/* show_store — personal data are opened: first the event, then for ten minutes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/session/session.h"

#define BODY_BYTES 65536

static const struct query shown_put_sql = {
    "INSERT INTO case_shown (agency_id, session_id, casefile_id, until_ms, names_until_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?4) ON CONFLICT (agency_id, session_id, casefile_id) "
    "DO UPDATE SET until_ms = ?4, names_until_ms = ?4", "iiii",
};
/* A case that is open stays open as long as it was. */
static const struct query shown_name_sql = {
    "INSERT INTO case_shown (agency_id, session_id, casefile_id, until_ms, names_until_ms) "
    "VALUES (?1, ?2, ?3, 0, ?4) ON CONFLICT (agency_id, session_id, casefile_id) "
    "DO UPDATE SET names_until_ms = ?4", "iiii",
};
static const struct query shown_list_sql = {
    "SELECT casefile_id FROM case_shown "
    "WHERE agency_id = ?1 AND session_id = ?2 AND (until_ms > ?3 OR names_until_ms > ?3) "
    "ORDER BY casefile_id", "iii",
};
static const struct query shown_one_sql = {
    "SELECT casefile_id FROM case_shown WHERE agency_id = ?1 AND session_id = ?2 "
    "AND casefile_id = ?3 AND until_ms > ?4", "iiii",
};
static const struct query shown_old_sql = {
    "DELETE FROM case_shown "
    "WHERE agency_id = ?1 AND until_ms <= ?2 AND names_until_ms <= ?2",
    "ii",
};
static const struct query *const all_queries[] = {
    &shown_put_sql, &shown_name_sql, &shown_list_sql, &shown_one_sql, &shown_old_sql,
};
const struct query_list casefile_show_queries = {
    "casefile (shown)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static bool reason_is_known(str reason)
{
    for (size_t i = 0; i < READ_REASONS; i++) {
        if (str_equal(reading_reason_key[i], reason)) {
            return true;
        }
    }
    return false;
}

/* His own case needs no reason: the assignment is the reason. Counts those of others. */
static err reading_check(struct arena *a, struct snap *snap, const struct actor *who,
                         int64_t id, str reason, int64_t *io_others)
{
    struct casefile c;

    TRY(casefile_load(a, snap, who->agency, id, &c));
    if (who->staff == 0) {
        return NULL;
    }
    if (!casefile_may_see(who, &c)) {
        FAIL(a, ERR_MISSING, SAY("This case was not found in your office."), STR(""),
             "case %lld", (long long)id);
    }
    if (c.officer != who->staff && !reason_is_known(reason)) {
        FAIL(a, ERR_INPUT, SAY("Choose why you need to see the personal data."),
             STR("reason"), "reason '%.*s'", STR_ARG(reason));
    }
    *io_others += c.officer != who->staff ? 1 : 0;
    return NULL;
}

static str reading_body(struct arena *a, const int64_t *ids, size_t count, str reason,
                        int64_t session, int64_t others, bool names_only)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("reason"), reason);
    json_put_text(&j, STR("session"), id_text(a, session));
    if (names_only) {
        json_put_text(&j, STR("scope"), STR("names"));
    }
    json_put_int(&j, STR("others"), others);
    json_list(&j, STR("cases"));
    for (size_t i = 0; i < count; i++) {
        json_put_text(&j, STR(""), id_text(a, ids[i]));
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

/* What is open in a session; what was open for long enough, in any, goes. */
static err shown_put(struct arena *a, struct tx *tx, int64_t agency, int64_t now_ms,
                     const int64_t *ids, size_t count, int64_t session, bool names_only)
{
    const struct query *put = names_only ? &shown_name_sql : &shown_put_sql;

    TRY(tx_run(a, tx, &shown_old_sql, BIND(bind_int(agency), bind_int(now_ms))));
    for (size_t i = 0; i < count; i++) {
        TRY(tx_run(a, tx, put,
                   BIND(bind_int(agency), bind_int(session), bind_int(ids[i]),
                        bind_int(now_ms + SESSION_SHOWN_MS))));
    }
    return NULL;
}

static err read_now(struct arena *a, struct tx *tx, const struct actor *who,
                    int64_t now_ms, const int64_t *ids, size_t count, str reason,
                    int64_t session, bool names_only)
{
    struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
        .kind = STR("case.read"), .subject = count == 1 ? ids[0] : 0,
    };
    int64_t others = 0;

    if (count == 0) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(reading_check(a, tx_snap(tx), who, ids[i], reason, &others));
    }
    if (who->staff != 0) {
        TRY(shown_put(a, tx, who->agency, now_ms, ids, count, session, names_only));
    }
    /* Only keys stand in events: what else was typed could be anything about anybody. */
    e.body = reading_body(a, ids, count, reason_is_known(reason) ? reason : STR(""),
                          session, others, names_only);
    return tx_event(tx, &e);
}

err casefile_reading(struct arena *a, struct tx *tx, const struct actor *who,
                     int64_t now_ms, const int64_t *ids, size_t count, str reason,
                     int64_t session)
{
    return read_now(a, tx, who, now_ms, ids, count, reason, session, false);
}

err casefile_reading_names(struct arena *a, struct tx *tx, const struct actor *who,
                           int64_t now_ms, const int64_t *ids, size_t count, str reason,
                           int64_t session)
{
    return read_now(a, tx, who, now_ms, ids, count, reason, session, true);
}

err casefile_is_shown(struct arena *a, struct snap *snap, int64_t session, int64_t agency,
                      int64_t id, int64_t now_ms, bool *ret_shown)
{
    struct table t;

    TRY(snap_query(
        a, snap, &shown_one_sql,
        BIND(bind_int(agency), bind_int(session), bind_int(id), bind_int(now_ms)), &t));
    *ret_shown = t.rows > 0;
    return NULL;
}

err casefile_shown(struct arena *a, struct snap *snap, int64_t session, int64_t agency,
                   int64_t now_ms, int64_t **ret_ids, size_t *ret_count)
{
    struct table t;
    int64_t *list;

    TRY(snap_query(a, snap, &shown_list_sql,
                   BIND(bind_int(agency), bind_int(session), bind_int(now_ms)), &t));
    list = ARENA_ARRAY(a, t.rows, int64_t);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = cell_int(&t, i, 0);
    }
    *ret_ids = list;
    *ret_count = t.rows;
    return NULL;
}
