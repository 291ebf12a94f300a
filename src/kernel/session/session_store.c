/* session_store — sessions, one-time links and failures in the database.
 *
 * The whole instance shares the tokens, so their rows are the city's (agency 1); failures
 * belong to the office of the sign-in name.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/party/party.h"
#include "kernel/session/session.h"

#define SIGN_NAME_BYTES 100

static const struct query find_sql = {
    "SELECT id, office_id, staff_id, began_ms, seen_ms, form_token FROM session "
    "WHERE agency_id = 1 AND token_hash = ?1 AND began_ms > ?2 AND seen_ms > ?3", "bii",
};
static const struct query begin_sql = {
    "INSERT INTO session (agency_id, id, token_hash, office_id, staff_id, began_ms, "
    "seen_ms, form_token) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)", "ibiiiit",
};
static const struct query seen_sql = {
    "UPDATE session SET seen_ms = ?2 WHERE agency_id = 1 AND id = ?1 AND seen_ms < ?2",
    "ii",
};
static const struct query load_sql = {
    "SELECT office_id, staff_id, seen_ms FROM session WHERE agency_id = 1 AND id = ?1", "i",
};
static const struct query end_sql = {
    "DELETE FROM session WHERE agency_id = 1 AND id = ?1", "i",
};
static const struct query end_all_sql = {
    "DELETE FROM session WHERE agency_id = 1 AND office_id = ?1 AND staff_id = ?2", "ii",
};
static const struct query end_others_sql = {
    "DELETE FROM session "
    "WHERE agency_id = 1 AND office_id = ?1 AND staff_id = ?2 AND id <> ?3", "iii",
};
static const struct query of_staff_sql = {
    "SELECT id, began_ms, seen_ms "
    "FROM session "
    "WHERE agency_id = 1 AND office_id = ?1 AND staff_id = ?2 "
    "AND began_ms > ?3 AND seen_ms > ?4 "
    "ORDER BY began_ms DESC", "iiii",
};
static const struct query sweep_sessions_sql = {
    "DELETE FROM session WHERE agency_id = 1 AND (began_ms <= ?1 OR seen_ms <= ?2)", "ii",
};
static const struct query link_put_sql = {
    "INSERT INTO one_time_link (agency_id, token_hash, purpose, office_id, staff_id, "
    "until_ms, used_ms) VALUES (1, ?1, ?2, ?3, ?4, ?5, 0)", "btiii",
};
static const struct query link_find_sql = {
    "SELECT office_id, staff_id FROM one_time_link WHERE agency_id = 1 AND token_hash = ?1 "
    "AND purpose = ?2 AND until_ms > ?3 AND used_ms = 0", "bti",
};
static const struct query link_take_sql = {
    "UPDATE one_time_link SET used_ms = ?3 WHERE agency_id = 1 AND token_hash = ?1 "
    "AND purpose = ?2 AND until_ms > ?3 AND used_ms = 0", "bti",
};
static const struct query sweep_links_sql = {
    "DELETE FROM one_time_link WHERE agency_id = 1 AND (until_ms <= ?1 OR used_ms > 0)",
    "i",
};
static const struct query lock_load_sql = {
    "SELECT failures, last_ms, until_ms FROM signin_failure "
    "WHERE agency_id = ?1 AND sign_name = ?2", "it",
};
/* Several programs may count at the same time: each waits for the one before. */
static const struct query lock_hold_sql = {
    "SELECT failures, last_ms, until_ms FROM signin_failure "
    "WHERE agency_id = ?1 AND sign_name = ?2", "it",
    .postgres = "SELECT failures, last_ms, until_ms FROM signin_failure "
                "WHERE agency_id = ?1 AND sign_name = ?2 FOR UPDATE",
};
static const struct query lock_put_sql = {
    "INSERT INTO signin_failure (agency_id, sign_name, failures, last_ms, until_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (agency_id, sign_name) "
    "DO UPDATE SET failures = signin_failure.failures + 1, last_ms = ?4, until_ms = ?5",
    "itiii",
};
static const struct query lock_clear_sql = {
    "DELETE FROM signin_failure WHERE agency_id = ?1 AND sign_name = ?2", "it",
};
static const struct query sweep_locks_sql = {
    "DELETE FROM signin_failure WHERE agency_id = ?1 AND last_ms <= ?2", "ii",
};
static const struct query *const all_queries[] = {
    &find_sql,           &begin_sql,          &seen_sql,           &load_sql,
    &end_sql,            &end_all_sql,        &end_others_sql,     &of_staff_sql,
    &sweep_sessions_sql, &link_put_sql,       &link_find_sql,      &link_take_sql,
    &sweep_links_sql,    &lock_load_sql,      &lock_hold_sql,      &lock_put_sql,
    &lock_clear_sql,     &sweep_locks_sql,
};
const struct query_list session_queries = {
    "session", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err session_find(struct arena *a, struct snap *snap, const struct keyring *k, str token,
                 int64_t now_ms, struct session *ret)
{
    struct table t;
    str hash = seal_token_hash(a, k, "session", token);

    TRY(snap_one(a, snap, &find_sql,
                 BIND(bind_bytes(hash), bind_int(now_ms - SESSION_LIFE_MS),
                      bind_int(now_ms - SESSION_IDLE_MS)), &t));
    *ret = (struct session){
        .id = cell_int(&t, 0, 0),
        .agency = cell_int(&t, 0, 1),
        .staff = cell_int(&t, 0, 2),
        .began_ms = cell_int(&t, 0, 3),
        .seen_ms = cell_int(&t, 0, 4),
        .form_token = cell_text(&t, 0, 5),
    };
    return NULL;
}

static err session_event(struct tx *tx, int64_t agency, int64_t staff, int64_t at_ms,
                         const char *kind)
{
    struct event e = {
        .agency = agency, .at_ms = at_ms, .actor = staff, .kind = str_of(kind),
        .subject = staff, .body = STR("{}"),
    };

    return tx_event(tx, &e);
}

err session_begin(struct arena *a, struct tx *tx, const struct session *s, str token_hash)
{
    TRY(tx_run(a, tx, &begin_sql,
               BIND(bind_int(s->id), bind_bytes(token_hash), bind_int(s->agency),
                    bind_int(s->staff), bind_int(s->began_ms), bind_int(s->seen_ms),
                    bind_text(s->form_token))));
    if (s->staff == 0) {
        return NULL;
    }
    return session_event(tx, s->agency, s->staff, s->began_ms, "session.began");
}

err session_seen(struct arena *a, struct tx *tx, int64_t id, int64_t seen_ms)
{
    return tx_run(a, tx, &seen_sql, BIND(bind_int(id), bind_int(seen_ms)));
}

err session_end(struct arena *a, struct tx *tx, int64_t id)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &load_sql, BIND(bind_int(id)), &t));
    if (t.rows == 0) {
        return NULL;
    }
    TRY(tx_run(a, tx, &end_sql, BIND(bind_int(id))));
    if (cell_int(&t, 0, 1) == 0) {
        return NULL;
    }
    return session_event(tx, cell_int(&t, 0, 0), cell_int(&t, 0, 1), cell_int(&t, 0, 2),
                         "session.ended");
}

err session_end_all(struct arena *a, struct tx *tx, int64_t agency, int64_t staff)
{
    return tx_run(a, tx, &end_all_sql, BIND(bind_int(agency), bind_int(staff)));
}

err session_end_others(struct arena *a, struct tx *tx, int64_t agency, int64_t staff,
                       int64_t keep)
{
    return tx_run(a, tx, &end_others_sql,
                  BIND(bind_int(agency), bind_int(staff), bind_int(keep)));
}

err session_list(struct arena *a, struct snap *snap, int64_t agency, int64_t staff,
                 int64_t now_ms, struct session **ret, size_t *ret_count)
{
    struct table t;
    struct session *list;

    TRY(snap_query(a, snap, &of_staff_sql,
                   BIND(bind_int(agency), bind_int(staff),
                        bind_int(now_ms - SESSION_LIFE_MS),
                        bind_int(now_ms - SESSION_IDLE_MS)),
                   &t));
    list = ARENA_ARRAY(a, t.rows, struct session);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct session){
            .id = cell_int(&t, i, 0), .agency = agency, .staff = staff,
            .began_ms = cell_int(&t, i, 1), .seen_ms = cell_int(&t, i, 2),
        };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static str purpose_of(enum ticket_use use)
{
    return use == TICKET_SETUP ? STR("setup") : STR("password");
}

err ticket_put(struct arena *a, struct tx *tx, enum ticket_use use, str token_hash,
               int64_t agency, int64_t staff, int64_t until_ms)
{
    return tx_run(a, tx, &link_put_sql,
                  BIND(bind_bytes(token_hash), bind_text(purpose_of(use)), bind_int(agency),
                       bind_int(staff), bind_int(until_ms)));
}

err ticket_find(struct arena *a, struct snap *snap, const struct keyring *k,
                enum ticket_use use, str token, int64_t now_ms, int64_t *ret_agency,
                int64_t *ret_staff)
{
    struct table t;
    str hash = ticket_hash(a, k, token);

    TRY(snap_one(a, snap, &link_find_sql,
                 BIND(bind_bytes(hash), bind_text(purpose_of(use)), bind_int(now_ms)), &t));
    *ret_agency = cell_int(&t, 0, 0);
    *ret_staff = cell_int(&t, 0, 1);
    return NULL;
}

err ticket_take(struct arena *a, struct tx *tx, enum ticket_use use, str token_hash,
                int64_t now_ms)
{
    int64_t changed;

    TRY(tx_change(
        a, tx, &link_take_sql,
        BIND(bind_bytes(token_hash), bind_text(purpose_of(use)), bind_int(now_ms)),
        &changed));
    if (changed != 1) {
        FAIL(a, ERR_CONFLICT, SAY("This link has been used or is too old. Ask your system "
             "administrator for a new one."), STR(""), "one-time link");
    }
    return NULL;
}

/* Nobody fills the table with long names. */
static str tidy_name(str sign_name)
{
    return str_slice(sign_name, 0, SIGN_NAME_BYTES);
}

static err lock_read(struct arena *a, struct snap *snap, const struct query *q,
                     int64_t agency, str sign_name, int64_t now_ms, int *ret_failures,
                     int64_t *ret_until_ms)
{
    struct table t;
    bool old;

    TRY(snap_query(a, snap, q, BIND(bind_int(agency), bind_text(tidy_name(sign_name))),
                   &t));
    old = t.rows == 0 || cell_int(&t, 0, 1) + SESSION_LOCK_MS <= now_ms;
    *ret_failures = old ? 0 : (int)cell_int(&t, 0, 0);
    *ret_until_ms = old || cell_int(&t, 0, 2) <= now_ms ? 0 : cell_int(&t, 0, 2);
    return NULL;
}

err lock_state(struct arena *a, struct snap *snap, int64_t agency, str sign_name,
               int64_t now_ms, int *ret_failures, int64_t *ret_until_ms)
{
    return lock_read(a, snap, &lock_load_sql, agency, sign_name, now_ms, ret_failures,
                     ret_until_ms);
}

err lock_failed(struct arena *a, struct tx *tx, int64_t agency, str sign_name,
                int64_t now_ms)
{
    int failures;
    int64_t until_ms;
    struct event e = { .agency = agency, .at_ms = now_ms, .kind = STR("signin.locked") };

    TRY(lock_read(a, tx_snap(tx), &lock_hold_sql, agency, sign_name, now_ms, &failures,
                  &until_ms));
    failures++;
    until_ms = lock_until_ms(failures, now_ms);
    TRY(tx_run(a, tx, &sweep_locks_sql,
               BIND(bind_int(agency), bind_int(now_ms - SESSION_LOCK_MS))));
    TRY(tx_run(a, tx, &lock_put_sql,
               BIND(bind_int(agency), bind_text(tidy_name(sign_name)), bind_int(failures),
                    bind_int(now_ms), bind_int(until_ms))));
    if (failures != SESSION_FAILURES) {
        return NULL;
    }
    e.body = str_format(a, "{\"failures\":%d}", failures);
    return tx_event(tx, &e);
}

err lock_clear(struct arena *a, struct tx *tx, int64_t agency, str sign_name)
{
    return tx_run(a, tx, &lock_clear_sql,
                  BIND(bind_int(agency), bind_text(tidy_name(sign_name))));
}

err session_sweep(struct arena *a, struct tx *tx, int64_t agency, int64_t now_ms)
{
    TRY(tx_run(a, tx, &sweep_locks_sql,
               BIND(bind_int(agency), bind_int(now_ms - SESSION_LOCK_MS))));
    if (agency != AGENCY_CITY) {
        return NULL;
    }
    TRY(tx_run(
        a, tx, &sweep_sessions_sql,
        BIND(bind_int(now_ms - SESSION_LIFE_MS), bind_int(now_ms - SESSION_IDLE_MS))));
    return tx_run(a, tx, &sweep_links_sql, BIND(bind_int(now_ms)));
}
