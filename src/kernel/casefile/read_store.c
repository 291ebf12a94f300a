/* read_store — what a case holds: answers, files, history.
 *
 * Personal values stay sealed until the caller says open; the reading is an event first.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

static const struct query answers_sql = {
    "SELECT question, plain, masked, sealed FROM case_answer "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY place", "ii",
};
static const struct query files_sql = {
    "SELECT file_id, question FROM case_file "
    "WHERE agency_id = ?1 AND casefile_id = ?2 "
    "UNION ALL SELECT file_id, question FROM case_file_too "
    "WHERE agency_id = ?1 AND casefile_id = ?2 ORDER BY 2, 1", "ii",
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
static const struct query others_sql = {
    "SELECT c.id, c.number FROM case_link l JOIN casefile c ON c.agency_id = l.agency_id "
    "AND c.id = l.other_id WHERE l.agency_id = ?1 AND l.casefile_id = ?2 "
    "UNION ALL "
    "SELECT c.id, c.number FROM case_link l JOIN casefile c ON c.agency_id = l.agency_id "
    "AND c.id = l.casefile_id WHERE l.agency_id = ?1 AND l.other_id = ?2", "ii",
};
static const struct query *const all_queries[] = {
    &answers_sql, &files_sql, &facts_sql, &names_sql, &notes_sql, &others_sql,
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

/* How the terms stand while one event after the other is told. */
struct terms {
    day due, control;
    struct clock_rule statutory, limit;
};

/* From when to when a term moved here, and what it was counted in. */
static err terms_move(struct arena *a, const struct case_fact *f, struct terms *t,
                      struct case_what *what)
{
    what->due_was = t->due;
    what->control_was = t->control;
    what->speed_was = t->limit.speed;
    what->unit_of_term = what->clock == CASE_CLOCK_CONTROL
                             ? t->limit.stages[0].limit.unit
                             : t->statutory.stages[0].limit.unit;
    t->due = f->changes == 1 && f->due != DAY_NONE ? f->due : t->due;
    for (size_t i = 0; i < f->clocks_count; i++) {
        const struct clock_fact *k = &f->clocks[i];
        bool control = k->kind == CASE_CLOCK_CONTROL;

        if (!control && k->kind != CASE_CLOCK_STATUTORY) {
            continue;
        }
        *(control ? &t->control : &t->due) = k->due;
        if (!str_is_empty(k->rule)) {
            TRY(clock_rule_read(a, k->rule, control ? &t->limit : &t->statutory));
        }
    }
    what->due = t->due;
    what->control = t->control;
    return NULL;
}

/* Of which other case it tells. */
static void other_of(const struct case_told *told, const struct table *others,
                     struct case_what *what)
{
    what->split_from = told->split_from != 0;
    what->other = what->split_from ? told->split_from : told->other;
    if (str_equal(told->fact.kind, STR("case.merged_in")) &&
        id_parse(what->reason, &what->other)) {
        what->reason = STR(""); /* there it stands for the case that came in */
    }
    for (size_t i = 0; what->other != 0 && i < others->rows; i++) {
        if (cell_int(others, i, 0) == what->other) {
            what->other_number = cell_text(others, i, 1);
        }
    }
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
        .what = told->what,
    };

    e.what.version = str_equal(f->kind, case_act_event[ACT_MOVE]) ? f->version : 0;
    if (f->unit != 0 && f->changes != 1 && e.what.units_count == 0) {
        e.what.units[e.what.units_count++] = f->unit;
    }
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
        STR_INIT("case.control_warned"), STR_INIT("case.overdue_told"),
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
    struct table names, notes, others;
    struct case_told *told;
    struct case_event *list;
    struct terms terms = { .due = DAY_NONE, .control = DAY_NONE };
    size_t count, kept = 0;
    enum level level = LEVEL_HEAD;

    TRY(case_facts(a, snap, agency, id, id, &told, &count));
    TRY(snap_query(a, snap, &names_sql, BIND(bind_int(agency)), &names));
    TRY(snap_query(a, snap, &notes_sql, BIND(bind_int(agency), bind_int(id)), &notes));
    TRY(snap_query(a, snap, &others_sql, BIND(bind_int(agency), bind_int(id)), &others));
    list = ARENA_ARRAY(a, count, struct case_event);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        /* The first event of a case is its receipt, which tells the level. */
        if (i == 0 || str_equal(told[i].fact.kind, case_act_event[ACT_MOVE])) {
            level = told[i].fact.level;
        }
        TRY(terms_move(a, &told[i].fact, &terms, &told[i].what));
        if (case_event_done(told[i].fact.kind) != NULL) {
            other_of(&told[i], &others, &told[i].what);
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
