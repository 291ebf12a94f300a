/* read_store — what a case holds: answers, files, history; and who has opened it.
 *
 * Personal values stay sealed until the caller says open; the reading is an event first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"
#include "kernel/session/session.h"

#define BODY_BYTES 65536

static const struct query answers_sql = {
    "SELECT question, plain, masked, sealed FROM case_answer "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY place", "ii",
};
static const struct query files_sql = {
    "SELECT file_id, question FROM case_file "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY question, file_id", "ii",
};
static const struct query facts_sql = {
    "SELECT subject_id, seq, at_ms, actor_id, kind, body FROM event "
    "WHERE agency_id = ?1 AND subject_id >= ?2 AND subject_id <= ?3 "
    "ORDER BY subject_id, seq", "iii",
};
static const struct query names_sql = {
    "SELECT id, name FROM staff WHERE agency_id = ?1", "i",
};
static const struct query notes_sql = {
    "SELECT changes, sealed FROM case_note WHERE agency_id = ?1 AND casefile_id = ?2 "
    "ORDER BY changes", "ii",
};
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
    &answers_sql, &files_sql, &facts_sql, &names_sql, &notes_sql,
    &shown_put_sql, &shown_name_sql, &shown_list_sql, &shown_one_sql, &shown_old_sql,
};
const struct query_list casefile_read_queries = {
    "casefile (reading)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

err casefile_applicant(struct arena *a, const struct keyring *k, const struct casefile *c,
                       str *ret_name)
{
    struct seal_place place = { c->agency, c->id, "case_answer",
                                str_z(a, c->applicant_question) };
    const struct json *j;
    str plain;

    if (str_is_empty(c->applicant_sealed)) {
        *ret_name = c->applicant_masked;
        return NULL;
    }
    TRY(seal_open(a, k, place, c->applicant_sealed, &plain));
    TRY(json_parse(a, plain, &j));
    *ret_name = j->text;
    return NULL;
}

err casefile_answers(struct arena *a, struct snap *snap, const struct keyring *k,
                     const struct casefile *c, bool open, struct sealed_answer **ret,
                     size_t *ret_count)
{
    struct table t;
    struct sealed_answer *list;

    TRY(snap_query(a, snap, &answers_sql, BIND(bind_int(c->agency), bind_int(c->id)), &t));
    list = ARENA_ARRAY(a, t.rows, struct sealed_answer);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        struct seal_place place = { c->agency, c->id, "case_answer",
                                    str_z(a, cell_text(&t, i, 0)) };

        list[i] = (struct sealed_answer){
            .question = cell_text(&t, i, 0), .plain = cell_text(&t, i, 1),
            .masked = cell_text(&t, i, 2), .sealed = cell_bytes(&t, i, 3),
            .blind_kind = "",
        };
        if (open && !str_is_empty(list[i].sealed)) {
            TRY(seal_open(a, k, place, list[i].sealed, &list[i].plain));
        }
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

err casefile_files(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                   struct case_file **ret, size_t *ret_count)
{
    struct table t;
    struct case_file *list;

    TRY(snap_query(a, snap, &files_sql, BIND(bind_int(agency), bind_int(id)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_file);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        list[i] = (struct case_file){ cell_int(&t, i, 0), cell_text(&t, i, 1) };
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static err told_at(struct arena *a, const struct table *t, size_t row,
                   struct case_told *ret)
{
    TRY(case_body_read(a, cell_text(t, row, 5), ret));
    ret->id = cell_int(t, row, 0);
    ret->seq = cell_int(t, row, 1);
    ret->fact.kind = cell_text(t, row, 4);
    ret->fact.at_ms = cell_int(t, row, 2);
    ret->fact.actor = cell_int(t, row, 3);
    return NULL;
}

err case_facts(struct arena *a, struct snap *snap, int64_t agency, int64_t first,
               int64_t last, struct case_told **ret, size_t *ret_count)
{
    struct table t;
    struct case_told *list;

    TRY(snap_query(a, snap, &facts_sql,
                   BIND(bind_int(agency), bind_int(first), bind_int(last)), &t));
    list = ARENA_ARRAY(a, t.rows, struct case_told);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t.rows; i++) {
        TRY(told_at(a, &t, i, &list[i]));
    }
    *ret = list;
    *ret_count = t.rows;
    return NULL;
}

static str name_in(const struct table *names, int64_t staff)
{
    for (size_t i = 0; i < names->rows; i++) {
        if (cell_int(names, i, 0) == staff) {
            return cell_text(names, i, 1);
        }
    }
    return STR("");
}

static struct case_event event_of(const struct case_told *told, enum level level,
                                  const struct table *names, const struct table *notes)
{
    const struct case_fact *f = &told->fact;
    struct case_event e = {
        .seq = told->seq, .at_ms = f->at_ms, .actor = f->actor, .kind = f->kind,
        .actor_name = name_in(names, f->actor), .done = case_event_done(f->kind),
        .as_deputy = told->as_deputy, .granted = f->granted, .officer = f->officer,
        .outcome = f->outcome, .changes = f->changes,
        .officer_name = name_in(names, f->officer), .note_hash = told->note_hash,
        .questions = told->questions, .questions_count = told->questions_count,
    };

    if (str_starts(f->kind, STR("letter."))) {
        e.number = told->number;
        e.how = told->how;
    }
    /* Where the officer decides himself, his proposal is the decision. */
    if (level == LEVEL_OFFICER && e.done == case_act_done[ACT_PROPOSE]) {
        e.done = case_act_done[ACT_DECIDE];
        e.decides = true;
    }
    e.decides = e.decides || e.done == case_act_done[ACT_DECIDE];
    for (size_t i = 0; i < notes->rows; i++) {
        if (cell_int(notes, i, 0) == f->changes) {
            e.has_note = true;
            e.note_sealed = cell_bytes(notes, i, 1);
        }
    }
    return e;
}

bool case_event_by_program(const struct case_event *e)
{
    static const str kinds[] = {
        STR_INIT("case.clocked"), STR_INIT("case.due_moved"), STR_INIT("case.warned"),
        STR_INIT("case.overdue_told"),
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (e->actor == 0 && str_equal(e->kind, kinds[i])) {
            return true;
        }
    }
    return false;
}

err casefile_events(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                    struct case_event **ret, size_t *ret_count)
{
    struct table names, notes;
    struct case_told *told;
    struct case_event *list;
    size_t count, kept = 0;
    enum level level = LEVEL_HEAD;

    TRY(case_facts(a, snap, agency, id, id, &told, &count));
    TRY(snap_query(a, snap, &names_sql, BIND(bind_int(agency)), &names));
    TRY(snap_query(a, snap, &notes_sql, BIND(bind_int(agency), bind_int(id)), &notes));
    list = ARENA_ARRAY(a, count, struct case_event);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        /* The first event of a case is its receipt, which tells the level. */
        if (i == 0 || str_equal(told[i].fact.kind, case_act_event[ACT_MOVE])) {
            level = told[i].fact.level;
        }
        if (case_event_done(told[i].fact.kind) != NULL) {
            list[kept++] = event_of(&told[i], level, &names, &notes);
        }
    }
    *ret = list;
    *ret_count = kept;
    return NULL;
}

err case_event_open(struct arena *a, const struct keyring *k, int64_t agency, int64_t id,
                    struct case_event *e)
{
    struct seal_place place = { agency, id, "case_note", "note" };
    str salted;

    if (!e->has_note) {
        return NULL;
    }
    TRY(seal_open(a, k, place, e->note_sealed, &salted));
    if (!str_equal(str_hex(a, seal_sha256(a, salted)), e->note_hash)) {
        FAIL(a, ERR_BROKEN,
             SAY("This note was changed outside the program. Tell your system "
                 "administrator."),
             STR(""), "note of seq %lld", (long long)e->seq);
    }
    e->note = str_slice(salted, NOTE_SALT_BYTES, salted.len);
    return NULL;
}

err casefile_steps(struct arena *a, struct snap *snap, const struct casefile *c,
                   struct case_step **ret, size_t *ret_count)
{
    struct case_told *told;
    struct case_step *list;
    struct casefile now = { .agency = c->agency, .id = c->id };
    size_t count, steps = 0;

    TRY(case_facts(a, snap, c->agency, c->id, c->id, &told, &count));
    list = ARENA_ARRAY(a, count, struct case_step);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        enum case_state outside;

        if (!flow_fold(&now, &told[i].fact)) {
            break;
        }
        outside = case_state_outside(now.state);
        if (steps == 0 || list[steps - 1].state != outside) {
            list[steps++] = (struct case_step){
                outside, case_state_public_name[outside], told[i].fact.at_ms,
            };
        }
    }
    *ret = list;
    *ret_count = steps;
    return NULL;
}

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
