/* envelope_store — rows, steps, what waits to be brought, readings.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/store/store.h"
#include "kernel/envelope/inside.h"
#include "kernel/session/session.h"

#define BODY_BYTES 2048
#define NO_DAY INT64_C(2147483647)

#define COLUMNS                                                                            \
    "SELECT id, uid, is_out, kind, state, other_agency, other_key, other_name, "           \
    "other_public, "                                                                       \
    "unit_id, casefile_id, subject, case_number, persons, reply_day, sent_ms, ended_ms, "  \
    "changes, unread FROM envelope "

/* A second time, the row is there already. */
static const struct query put_sql = {
    "INSERT INTO envelope (agency_id, id, uid, is_out, kind, state, other_agency, "
    "other_key, "
    "other_name, other_public, unit_id, casefile_id, subject, case_number, persons, "
    "reply_day, sent_ms, ended_ms, changes) VALUES (?1, ?2, ?3, ?4, ?5, 'sent', ?6, ?7, "
    "?8, "
    "?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 0, 1) ON CONFLICT (agency_id, uid) DO NOTHING",
    "iititittbiittiii",
};
static const struct query state_sql = {
    "UPDATE envelope SET state = ?4, ended_ms = ?5, unit_id = ?6, casefile_id = ?7, "
    "unread = ?8, changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = ?3", "iittiiii",
};
static const struct query noted_sql = {
    "UPDATE envelope SET unread = 0 WHERE agency_id = ?1 AND id = ?2 AND unread = 1", "ii",
};
static const struct query step_sql = {
    "INSERT INTO envelope_step (agency_id, envelope_id, step, is_own, at_ms, staff_id, "
    "body, "
    "signature, hash, carry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
    "ON CONFLICT (agency_id, envelope_id, step) DO NOTHING",
    "iitiiibbbi",
};
static const struct query one_sql = { COLUMNS "WHERE agency_id = ?1 AND id = ?2", "ii" };
static const struct query uid_sql = { COLUMNS "WHERE agency_id = ?1 AND uid = ?2", "it" };
static const struct query known_sql = {
    "SELECT COUNT(*) FROM envelope_step "
    "WHERE agency_id = ?1 AND envelope_id = ?2 AND step = ?3", "iit",
};
static const struct query list_sql = {
    COLUMNS "WHERE agency_id = ?1 AND is_out = ?2 AND id < ?3 "
    "AND (?4 = 0 OR state IN ('sent', 'received')) ORDER BY id DESC LIMIT ?5", "iiiii",
};
static const struct query case_sql = {
    COLUMNS "WHERE agency_id = ?1 AND casefile_id = ?2 AND casefile_id > 0 ORDER BY id",
    "ii",
};
static const struct query in_waiting_sql = {
    "SELECT COUNT(*) FROM (SELECT 1 FROM envelope WHERE agency_id = ?1 AND is_out = 0 "
    "AND state = 'sent' LIMIT 100) AS waiting", "i",
};
#define BACK_FOR \
    "is_out = 1 AND (?2 = 1 OR unit_id = 0 OR unit_id = ?3) " \
    "AND (unread = 1 OR (state IN ('sent', 'received') AND reply_day < ?4)) "
static const struct query back_waiting_sql = {
    "SELECT COUNT(*) FROM (SELECT 1 FROM envelope WHERE agency_id = ?1 AND " BACK_FOR
    "LIMIT 100) AS waiting", "iiii",
};
static const struct query back_sql = {
    COLUMNS "WHERE agency_id = ?1 AND " BACK_FOR "AND id < ?5 ORDER BY id DESC LIMIT ?6",
    "iiiiii",
};
static const struct query steps_sql = {
    "SELECT step, is_own, at_ms, staff_id, body, signature, hash, carry FROM envelope_step "
    "WHERE agency_id = ?1 AND envelope_id = ?2 ORDER BY at_ms, "
    "CASE step WHEN 'sent' THEN 0 WHEN 'received' THEN 1 ELSE 2 END", "ii",
};
static const struct query carry_sql = {
    "SELECT s.envelope_id, s.step, e.other_agency FROM envelope_step s JOIN envelope e "
    "ON e.agency_id = s.agency_id AND e.id = s.envelope_id "
    "WHERE s.agency_id = ?1 AND s.carry = 1 ORDER BY s.envelope_id, s.at_ms LIMIT ?2", "ii",
};
static const struct query carried_sql = {
    "UPDATE envelope_step SET carry = 0 "
    "WHERE agency_id = ?1 AND envelope_id = ?2 AND step = ?3 AND carry = 1", "iit",
};
static const struct query shown_put_sql = {
    "INSERT INTO envelope_shown (agency_id, session_id, envelope_id, until_ms) "
    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (agency_id, session_id, envelope_id) "
    "DO UPDATE SET until_ms = ?4", "iiii",
};
static const struct query shown_old_sql = {
    "DELETE FROM envelope_shown WHERE agency_id = ?1 AND until_ms <= ?2", "ii",
};
static const struct query shown_sql = {
    "SELECT COUNT(*) FROM envelope_shown WHERE agency_id = ?1 AND session_id = ?2 "
    "AND envelope_id = ?3 AND until_ms > ?4", "iiii",
};
static const struct query *const all_queries[] = {
    &put_sql, &state_sql, &step_sql, &one_sql, &uid_sql, &known_sql, &list_sql, &case_sql,
    &noted_sql, &in_waiting_sql, &back_waiting_sql, &back_sql, &steps_sql, &carry_sql,
    &carried_sql, &shown_put_sql, &shown_old_sql,
    &shown_sql,
};
const struct query_list envelope_queries = {
    "envelope", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static struct envelope envelope_at(struct arena *a, const struct table *t, size_t i,
                                   int64_t agency)
{
    int64_t reply = cell_int(t, i, 14);
    struct envelope e = {
        .agency = agency, .id = cell_int(t, i, 0), .uid = cell_text(t, i, 1),
        .out = cell_int(t, i, 2) == 1, .other_agency = cell_int(t, i, 5),
        .other = { .key = cell_text(t, i, 6), .public_key = cell_bytes(t, i, 8),
                   .name = envelope_name_read(a, cell_text(t, i, 7)) },
        .unit = cell_int(t, i, 9), .casefile = cell_int(t, i, 10),
        .subject = cell_text(t, i, 11), .case_number = cell_text(t, i, 12),
        .persons = cell_int(t, i, 13),
        .reply_by = reply == NO_DAY ? DAY_NONE : (day)reply, .sent_ms = cell_int(t, i, 15),
        .ended_ms = cell_int(t, i, 16), .changes = cell_int(t, i, 17),
        .unread = cell_int(t, i, 18) != 0,
    };

    (void)envelope_kind_from_key(cell_text(t, i, 3), &e.kind);
    (void)envelope_step_from_key(cell_text(t, i, 4), &e.state);
    return e;
}

static err read_all(struct arena *a, const struct table *t, int64_t agency,
                    struct envelope **ret, size_t *ret_count)
{
    struct envelope *list = ARENA_ARRAY(a, t->rows + 1, struct envelope);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = envelope_at(a, t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return arena_failed(a) ? err_no_memory : NULL;
}

err envelope_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                  struct envelope *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &one_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = envelope_at(a, &t, 0, agency);
    return NULL;
}

err envelope_by_uid(struct arena *a, struct snap *snap, int64_t agency, str uid,
                    enum envelope_step step, struct envelope *ret, bool *ret_found,
                    bool *ret_known)
{
    struct table t, known;

    TRY(snap_query(a, snap, &uid_sql, BIND(bind_int(agency), bind_text(uid)), &t));
    *ret_found = t.rows > 0;
    *ret_known = false;
    if (t.rows == 0) {
        return NULL;
    }
    *ret = envelope_at(a, &t, 0, agency);
    TRY(snap_one(a, snap, &known_sql,
                 BIND(bind_int(agency), bind_int(ret->id),
                      bind_text(envelope_step_key[step])), &known));
    *ret_known = cell_int(&known, 0, 0) > 0;
    return NULL;
}

err envelope_list(struct arena *a, struct snap *snap, int64_t agency, bool out,
                  bool open_only, int64_t after, int most, struct envelope **ret,
                  size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &list_sql,
                   BIND(bind_int(agency), bind_int(out ? 1 : 0),
                        bind_int(after == 0 ? INT64_MAX : after),
                        bind_int(open_only ? 1 : 0), bind_int(most)),
                   &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err envelope_of_case(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                     struct envelope **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &case_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    return read_all(a, &t, agency, ret, ret_count);
}

err envelope_waiting(struct arena *a, struct snap *snap, const struct actor *who, day today,
                     struct envelope_wait *ret)
{
    struct table in, back;

    TRY(snap_one(a, snap, &in_waiting_sql, BIND(bind_int(who->agency)), &in));
    TRY(snap_one(a, snap, &back_waiting_sql,
                 BIND(bind_int(who->agency), bind_int(envelope_sees_all(who) ? 1 : 0),
                      bind_int(who->unit), bind_int(today)), &back));
    *ret = (struct envelope_wait){ cell_int(&in, 0, 0), cell_int(&back, 0, 0) };
    return NULL;
}

err envelope_list_back(struct arena *a, struct snap *snap, const struct actor *who,
                       day today, int64_t after, int most, struct envelope **ret,
                       size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &back_sql,
                   BIND(bind_int(who->agency), bind_int(envelope_sees_all(who) ? 1 : 0),
                        bind_int(who->unit), bind_int(today),
                        bind_int(after == 0 ? INT64_MAX : after), bind_int(most)),
                   &t));
    return read_all(a, &t, who->agency, ret, ret_count);
}

err envelope_noted(struct arena *a, struct tx *tx, const struct actor *who, int64_t id,
                   int64_t now_ms)
{
    const struct event e = { .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
                             .kind = STR("envelope.noted"), .subject = id,
                             .body = STR("{}") };
    int64_t changed;

    TRY(tx_change(a, tx, &noted_sql, BIND(bind_int(who->agency), bind_int(id)), &changed));
    return changed == 0 ? NULL : tx_event(tx, &e);
}

/* ---- a step ---- */

static str event_body(struct arena *a, const struct envelope_post *p)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("uid"), p->envelope.uid);
    json_put_text(&j, STR("kind"), envelope_kind_key[p->envelope.kind]);
    json_put_text(&j, STR("other"), p->envelope.other.key);
    json_put_bool(&j, STR("own"), p->own);
    json_put_text(&j, STR("words"), str_hex(a, p->hash));
    if (p->envelope.casefile != 0) {
        json_put_text(&j, STR("case"), id_text(a, p->envelope.casefile));
    }
    json_end_object(&j);
    return buf_str(&b);
}

static err sent_put(struct arena *a, struct tx *tx, const struct envelope_post *p,
                    bool *ret_new)
{
    const struct envelope *e = &p->envelope;
    int64_t changed;

    TRY(tx_change(a, tx, &put_sql,
                  BIND(bind_int(e->agency), bind_int(e->id), bind_text(e->uid),
                       bind_int(e->out ? 1 : 0), bind_text(envelope_kind_key[e->kind]),
                       bind_int(e->other_agency), bind_text(e->other.key),
                       bind_text(envelope_name_json(a, &e->other.name)),
                       bind_bytes(e->other.public_key), bind_int(e->unit),
                       bind_int(e->casefile), bind_text(e->subject),
                       bind_text(e->case_number), bind_int(e->persons),
                       bind_int(e->reply_by == DAY_NONE ? NO_DAY : e->reply_by),
                       bind_int(e->sent_ms)),
                  &changed));
    *ret_new = changed == 1;
    return NULL;
}

/* The row goes on from the state that it has now; a receipt that came behind the answer
 * changes nothing. */
static err state_put(struct arena *a, struct tx *tx, const struct envelope_post *p)
{
    struct envelope e;
    enum envelope_step step = p->message.step;
    bool ends = step == ENVELOPE_REFUSED || step == ENVELOPE_ANSWERED;
    int64_t changed;

    TRY(envelope_load(a, tx_snap(tx), p->envelope.agency, p->envelope.id, &e));
    if (!envelope_may_step(&e, step, !p->own)) {
        FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
             STR(""), "%.*s", STR_ARG(envelope_step_key[e.state]));
    }
    if (e.state == ENVELOPE_ANSWERED) {
        return NULL;
    }
    TRY(tx_change(a, tx, &state_sql,
                  BIND(bind_int(e.agency), bind_int(e.id),
                       bind_text(envelope_step_key[e.state]),
                       bind_text(envelope_step_key[step]), bind_int(ends ? p->at_ms : 0),
                       bind_int(p->unit != 0 ? p->unit : e.unit),
                       bind_int(p->casefile != 0 ? p->casefile : e.casefile),
                       bind_int(ends && !p->own ? 1 : 0)),
                  &changed));
    return changed == 1 ? NULL : err_no_memory;
}

static err step_put(struct arena *a, struct tx *tx, const struct envelope_post *p,
                    bool *ret_new)
{
    int64_t changed;

    TRY(tx_change(a, tx, &step_sql,
                  BIND(bind_int(p->envelope.agency), bind_int(p->envelope.id),
                       bind_text(envelope_step_key[p->message.step]),
                       bind_int(p->own ? 1 : 0), bind_int(p->at_ms), bind_int(p->staff),
                       bind_bytes(p->body_sealed), bind_bytes(p->signature),
                       bind_bytes(p->hash), bind_int(p->own ? p->carry : 0)), &changed));
    *ret_new = changed == 1;
    return NULL;
}

err envelope_step_put(struct arena *a, struct tx *tx, const struct envelope_post *p)
{
    static const char *const kinds[ENVELOPE_STEPS] = { "envelope.sent", "envelope.received",
                                                       "envelope.refused",
                                                       "envelope.answered" };
    struct event e = {
        .agency = p->envelope.agency, .at_ms = p->at_ms, .actor = p->staff,
        .kind = str_of(kinds[p->message.step]), .subject = p->envelope.id,
        .body = event_body(a, p),
    };
    bool fresh = true;

    if (p->message.step == ENVELOPE_SENT) {
        TRY(sent_put(a, tx, p, &fresh));
    }
    if (fresh) {
        TRY(step_put(a, tx, p, &fresh));
    }
    if (!fresh) {
        if (p->own) {
            FAIL(a, ERR_CONFLICT, SAY("A colleague was faster. This is the newest state."),
                 STR(""), "there is such a step");
        }
        return NULL; /* brought before */
    }
    if (p->message.step != ENVELOPE_SENT) {
        TRY(state_put(a, tx, p));
    }
    TRY(envelope_lines_put(a, tx, p));
    return tx_event(tx, &e);
}

/* ---- steps, and bringing them ---- */

static err done_at(struct arena *a, const struct keyring *k, const struct envelope *e,
                   const struct table *t, size_t i, struct envelope_done *ret)
{
    struct envelope_done d = {
        .own = cell_int(t, i, 1) == 1, .at_ms = cell_int(t, i, 2),
        .staff = cell_int(t, i, 3), .signature = cell_bytes(t, i, 5),
        .hash = cell_bytes(t, i, 6), .carry = (int)cell_int(t, i, 7),
    };
    str key;

    (void)envelope_step_from_key(cell_text(t, i, 0), &d.step);
    TRY(seal_open(a, k, envelope_body_place(e->agency, e->id, d.step), cell_bytes(t, i, 4),
                  &d.body));
    key = d.own ? seal_public_key(a, k, e->agency) : e->other.public_key;
    d.proved = seal_signed_by(key, d.body, d.signature);
    TRY(message_read(a, d.body, &d.message));
    *ret = d;
    return NULL;
}

err envelope_steps(struct arena *a, struct snap *snap, const struct keyring *k,
                   const struct envelope *e, struct envelope_done **ret, size_t *ret_count)
{
    struct table t;
    struct envelope_done *list;

    TRY(snap_query(a, snap, &steps_sql, BIND(bind_int(e->agency), bind_int(e->id)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct envelope_done);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        TRY(done_at(a, k, e, &t, i, &list[i]));
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err envelope_carry_list(struct arena *a, struct snap *snap, int64_t agency, int most,
                        struct envelope_carry **ret, size_t *ret_count)
{
    struct table t;
    struct envelope_carry *list;

    TRY(snap_query(a, snap, &carry_sql, BIND(bind_int(agency), bind_int(most)), &t));
    list = ARENA_ARRAY(a, t.rows + 1, struct envelope_carry);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct envelope_carry){ .agency = agency, .id = cell_int(&t, i, 0),
                                           .other_agency = cell_int(&t, i, 2) };
        (void)envelope_step_from_key(cell_text(&t, i, 1), &list[i].step);
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err envelope_carried(struct arena *a, struct tx *tx, const struct envelope_carry *c)
{
    return tx_run(a, tx, &carried_sql,
                  BIND(bind_int(c->agency), bind_int(c->id),
                       bind_text(envelope_step_key[c->step])));
}

/* ---- reading ---- */

err envelope_reading(struct arena *a, struct tx *tx, const struct actor *who, int64_t id,
                     str reason, int64_t session, int64_t now_ms)
{
    const struct event e = {
        .agency = who->agency, .at_ms = now_ms, .actor = who->staff,
        .kind = STR("envelope.read"), .subject = id,
        .body = str_format(a, "{\"reason\":\"%.*s\"}", STR_ARG(reason)),
    };

    TRY(tx_run(a, tx, &shown_old_sql, BIND(bind_int(who->agency), bind_int(now_ms))));
    TRY(tx_run(a, tx, &shown_put_sql,
               BIND(bind_int(who->agency), bind_int(session), bind_int(id),
                    bind_int(now_ms + SESSION_SHOWN_MS))));
    return tx_event(tx, &e);
}

err envelope_is_shown(struct arena *a, struct snap *snap, int64_t agency, int64_t session,
                      int64_t id, int64_t now_ms, bool *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &shown_sql,
                 BIND(bind_int(agency), bind_int(session), bind_int(id), bind_int(now_ms)),
                 &t));
    *ret = cell_int(&t, 0, 0) > 0;
    return NULL;
}
