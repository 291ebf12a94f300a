/* receive_store — a case is received: number, row, answers, files, event, idempotency in
 * one commit.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/receive/receive.h"

#define BODY_BYTES 16384
#define SERIAL_MOST 999999

static const struct counter serial = {
    .read = { "SELECT last_serial FROM case_serial WHERE agency_id = ?1 AND roc_year = ?2",
              "ii" },
    .write = { "INSERT INTO case_serial (agency_id, roc_year, last_serial) "
               "VALUES (?1, ?2, ?3) ON CONFLICT (agency_id, roc_year) "
               "DO UPDATE SET last_serial = excluded.last_serial", "iii" },
};
static const struct query insert_sql = {
    "INSERT INTO casefile (agency_id, id, number, service, service_version, state, "
    "channel, unit_id, officer_id, received_ms, due_ms, decided_ms, closed_ms, level, "
    "is_granted, document_number, document_day, applicant_masked, applicant_question, "
    "salt, code_hash, code_sealed, changes, is_open, due_shown, control_ms, "
    "control_shown, proposes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?17, ?6, ?7, ?18, ?8, ?9, 0, 0, ?10, 0, '', ?11, "
    "?12, ?13, ?14, ?15, ?16, 1, 1, ?21, ?19, ?22, ?20)",
    "iittitiiitittbbbtiitii",
};
#define ANSWER_INTO                                                                  \
    "INSERT INTO case_answer (agency_id, casefile_id, question, place, plain, masked, " \
    "sealed) VALUES "
static const struct query answer_sql = {
    ANSWER_INTO "(?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iitittb",
};
/* A statement costs as much as a row: several rows at once halve what the answers cost. */
static const struct query answers_four_sql = {
    ANSWER_INTO "(?1, ?2, ?3, ?4, ?5, ?6, ?7), (?1, ?2, ?8, ?9, ?10, ?11, ?12), "
                "(?1, ?2, ?13, ?14, ?15, ?16, ?17), (?1, ?2, ?18, ?19, ?20, ?21, ?22)",
    "iitittbtittbtittbtittb",
};
#define ANSWERS_AT_ONCE 12
static const struct query answers_twelve_sql = {
    ANSWER_INTO "(?1, ?2, ?3, ?4, ?5, ?6, ?7), (?1, ?2, ?8, ?9, ?10, ?11, ?12), "
                "(?1, ?2, ?13, ?14, ?15, ?16, ?17), (?1, ?2, ?18, ?19, ?20, ?21, ?22), "
                "(?1, ?2, ?23, ?24, ?25, ?26, ?27), (?1, ?2, ?28, ?29, ?30, ?31, ?32), "
                "(?1, ?2, ?33, ?34, ?35, ?36, ?37), (?1, ?2, ?38, ?39, ?40, ?41, ?42), "
                "(?1, ?2, ?43, ?44, ?45, ?46, ?47), (?1, ?2, ?48, ?49, ?50, ?51, ?52), "
                "(?1, ?2, ?53, ?54, ?55, ?56, ?57), (?1, ?2, ?58, ?59, ?60, ?61, ?62)",
    "ii" "tittb" "tittb" "tittb" "tittb" "tittb" "tittb"
         "tittb" "tittb" "tittb" "tittb" "tittb" "tittb",
};
static const struct {
    size_t count;
    const struct query *query;
} answer_steps[] = {
    { ANSWERS_AT_ONCE, &answers_twelve_sql },
    { 4, &answers_four_sql },
    { 1, &answer_sql },
};
static const struct query find_sql = {
    "INSERT INTO case_find (agency_id, casefile_id, kind, blind, question) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iitbt",
};
#define FINDS_AT_ONCE 4
static const struct query finds_sql = {
    "INSERT INTO case_find (agency_id, casefile_id, kind, blind, question) "
    "VALUES (?1, ?2, ?3, ?4, ?5), (?1, ?2, ?6, ?7, ?8), (?1, ?2, ?9, ?10, ?11), "
    "(?1, ?2, ?12, ?13, ?14)", "iitbttbttbttbt",
};
static const struct query file_sql = {
    "INSERT INTO case_file (agency_id, file_id, casefile_id, question) "
    "VALUES (?1, ?2, ?3, ?4)", "iiit",
};
/* Of a case that is split off: the same files, which stay with the first. */
static const struct query file_too_sql = {
    "INSERT INTO case_file_too (agency_id, file_id, casefile_id, question, from_id) "
    "VALUES (?1, ?2, ?3, ?4, ?5)", "iiiti",
};
static const struct query came_before_sql = {
    "SELECT casefile_id FROM case_submission WHERE agency_id = ?1 AND token = ?2", "ib",
};
static const struct query submission_sql = {
    "INSERT INTO case_submission (agency_id, token, casefile_id, at_ms) "
    "VALUES (?1, ?2, ?3, ?4)", "ibii",
};
static const struct query submission_two_sql = {
    "INSERT INTO case_submission (agency_id, token, casefile_id, at_ms) "
    "VALUES (?1, ?2, ?3, ?4), (?1, ?5, ?3, ?4)", "ibiib",
};
static const struct query *const all_queries[] = {
    &serial.read,      &serial.write,       &insert_sql, &answer_sql,
    &answers_four_sql, &answers_twelve_sql, &find_sql,   &finds_sql,
    &file_sql,         &file_too_sql,       &came_before_sql,
    &submission_sql,   &submission_two_sql,
};
const struct query_list casefile_receive_queries = {
    "casefile (receiving)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

/* The next number of the office in this ROC year. */
static err number_take(struct arena *a, struct tx *tx, const struct case_wish *w, str *ret)
{
    int year = day_roc_year(day_at(w->now_ms));
    int64_t number;

    TRY(tx_next(tx, &serial, w->agency, year, &number));
    if (number > SERIAL_MOST) {
        FAIL(a, ERR_BROKEN,
             SAY("The office has run out of case numbers for this year. Please "
                 "call the office."),
             STR(""), "serial %lld", (long long)number);
    }
    *ret = case_number(a, w->number_prefix, year, number);
    return NULL;
}

#define ANSWER_VALUES 5

/* The answers from `first` on: as many as the query takes. */
static err answers_some(struct arena *a, struct tx *tx, const struct case_wish *w,
                        const struct query *query, size_t first, size_t count)
{
    struct value values[2 + ANSWERS_AT_ONCE * ANSWER_VALUES] = { bind_int(w->agency),
                                                                 bind_int(w->id) };
    struct value *v = values + 2;

    for (size_t i = first; i < first + count; i++) {
        const struct sealed_answer *x = &w->answers[i];

        *v++ = bind_text(x->question);
        *v++ = bind_int((int64_t)i);
        *v++ = bind_text(x->plain);
        *v++ = bind_text(x->masked);
        *v++ = bind_bytes(x->sealed);
    }
    return tx_run(a, tx, query, values, 2 + count * ANSWER_VALUES);
}

static err answers_insert(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    size_t at = 0;

    for (size_t i = 0; i < sizeof answer_steps / sizeof answer_steps[0]; i++) {
        size_t count = answer_steps[i].count;

        for (; w->answers_count - at >= count; at += count) {
            TRY(answers_some(a, tx, w, answer_steps[i].query, at, count));
        }
    }
    return NULL;
}

static err finds_some(struct arena *a, struct tx *tx, const struct case_wish *w,
                      const struct sealed_answer *const *list, size_t count)
{
    struct value values[2 + FINDS_AT_ONCE * 3] = { bind_int(w->agency), bind_int(w->id) };
    struct value *v = values + 2;

    for (size_t i = 0; i < count; i++) {
        *v++ = bind_text(str_of(list[i]->blind_kind));
        *v++ = bind_bytes(list[i]->blind);
        *v++ = bind_text(list[i]->question);
    }
    return tx_run(a, tx, count == 1 ? &find_sql : &finds_sql, values, 2 + count * 3);
}

static err finds_insert(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    const struct sealed_answer *list[FINDS_AT_ONCE];
    size_t count = 0;

    for (size_t i = 0; i < w->answers_count; i++) {
        if (str_is_empty(w->answers[i].blind)) {
            continue;
        }
        list[count++] = &w->answers[i];
        if (count == FINDS_AT_ONCE) {
            TRY(finds_some(a, tx, w, list, count));
            count = 0;
        }
    }
    for (size_t i = 0; i < count; i++) {
        TRY(finds_some(a, tx, w, &list[i], 1));
    }
    for (size_t i = 0; i < w->finds_count; i++) {
        const struct sealed_answer *one = &w->finds[i];

        TRY(finds_some(a, tx, w, &one, 1));
    }
    return NULL;
}

static err files_insert(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    for (size_t i = 0; i < w->files_count; i++) {
        const struct case_file *f = &w->files[i];

        if (w->split_from != 0) {
            TRY(tx_run(a, tx, &file_too_sql,
                       BIND(bind_int(w->agency), bind_int(f->file), bind_int(w->id),
                            bind_text(f->question), bind_int(w->split_from))));
        } else {
            TRY(tx_run(a, tx, &file_sql,
                       BIND(bind_int(w->agency), bind_int(f->file), bind_int(w->id),
                            bind_text(f->question))));
        }
    }
    return NULL;
}

/* When it ends, as rows have it: the day, and the first instant that is too late. */
struct ends {
    day day;
    int64_t ms;
};
static struct ends ends_of(const struct case_wish *w, size_t clock)
{
    struct ends e = { clock == 0 ? w->due : DAY_NONE, 0 };

    if (clock < w->clocks_count) {
        e = (struct ends){ w->clocks[clock].due, w->clocks[clock].due_ms };
    }
    e.ms = due_ms_cell(e.day, e.ms, false);
    return e;
}

static err clocks_insert(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    for (size_t i = 0; i < w->clocks_count; i++) {
        TRY(case_clock_put(a, tx, w->agency, w->id, &w->clocks[i]));
    }
    return NULL;
}

static err case_insert(struct arena *a, struct tx *tx, const struct case_wish *w,
                       str number)
{
    struct ends due = ends_of(w, 0), control = ends_of(w, 1);

    return tx_run(a, tx, &insert_sql,
                  BIND(bind_int(w->agency), bind_int(w->id), bind_text(number),
                       bind_text(w->service->key), bind_int(w->service->version),
                       bind_text(case_channel_key[w->channel]), bind_int(w->unit),
                       bind_int(w->now_ms), bind_int(due.ms),
                       bind_text(level_key[w->level]),
                       bind_int(DAY_NONE), bind_text(w->applicant_masked),
                       bind_text(w->applicant_question), bind_bytes(w->salt),
                       bind_bytes(w->code_hash), bind_bytes(w->code_sealed),
                       bind_text(case_state_key[w->officer != 0 ? CASE_IN_WORK
                                                                : CASE_RECEIVED]),
                       bind_int(w->officer), bind_int(control.ms),
                       bind_text(level_key[w->proposes]), bind_int(due_cell(due.day)),
                       bind_int(due_cell(control.day))));
}

/* The receipt that was given the first time; the code from its sealed copy. */
static err receipt_again(struct arena *a, struct tx *tx, const struct keyring *k,
                         int64_t agency, int64_t id, struct case_receipt *ret)
{
    struct casefile c;
    str code;

    TRY(casefile_load(a, tx_snap(tx), agency, id, &c));
    TRY(casefile_code(a, tx_snap(tx), k, &c, &code));
    *ret = (struct case_receipt){
        .agency = agency, .id = id, .number = c.number, .code = code, .service = c.service,
        .due = c.due, .received_ms = c.received_ms, .again = true,
    };
    return NULL;
}

static err submission_find(struct arena *a, struct snap *snap, int64_t agency, str token,
                           int64_t *ret_id)
{
    struct table t;

    TRY(snap_query(a, snap, &came_before_sql,
                   BIND(bind_int(agency), bind_bytes(token)), &t));
    *ret_id = t.rows > 0 ? cell_int(&t, 0, 0) : 0;
    return NULL;
}

static err submission_put(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    if (str_is_empty(w->idempotency_body)) {
        return tx_run(a, tx, &submission_sql,
                      BIND(bind_int(w->agency), bind_bytes(w->idempotency),
                           bind_int(w->id), bind_int(w->now_ms)));
    }
    return tx_run(a, tx, &submission_two_sql,
                  BIND(bind_int(w->agency), bind_bytes(w->idempotency), bind_int(w->id),
                       bind_int(w->now_ms), bind_bytes(w->idempotency_body)));
}

/* A key that a program has chosen may be "1": the receipt is given again only to who sends
 * the same once more. */
static err must_be_the_same(struct arena *a, struct tx *tx, const struct case_wish *w,
                            int64_t first)
{
    int64_t same;

    if (str_is_empty(w->idempotency_body)) {
        return NULL;
    }
    TRY(submission_find(a, tx_snap(tx), w->agency, w->idempotency_body, &same));
    if (same != first) {
        FAIL(a, ERR_CONFLICT,
             SAY("This Idempotency-Key came before with other answers. Use a "
                 "new key for a new application."),
             STR(""), "key of another submission");
    }
    return NULL;
}

/* `*ret_id`: the case of the same submission, 0 when this is the first. Where check saw
 * none it is put without asking again; the same at the same moment is a conflict then. */
static err came_before(struct arena *a, struct tx *tx, const struct case_wish *w,
                       int64_t *ret_id)
{
    *ret_id = 0;
    if (str_is_empty(w->idempotency)) {
        return NULL;
    }
    if (!w->came_before) {
        err e = submission_put(a, tx, w);

        if (e == NULL || e->kind != ERR_CONFLICT) {
            return e;
        }
    }
    TRY(submission_find(a, tx_snap(tx), w->agency, w->idempotency, ret_id));
    return *ret_id == 0 ? submission_put(a, tx, w) : must_be_the_same(a, tx, w, *ret_id);
}

err casefile_came_before(struct arena *a, struct snap *snap, struct case_wish *w)
{
    int64_t id = 0;

    if (!str_is_empty(w->idempotency)) {
        TRY(submission_find(a, snap, w->agency, w->idempotency, &id));
    }
    w->came_before = id != 0;
    return NULL;
}

static err assign(struct arena *a, struct tx *tx, const struct case_wish *w,
                  int64_t *ret_officer)
{
    const struct assign_ask ask = {
        .agency = w->agency, .unit = w->unit, .now_ms = w->now_ms,
        .by = w->service->flow.assign, .village = w->village,
    };

    if (!w->assigns || w->officer != 0) {
        *ret_officer = w->officer;
        return NULL;
    }
    return casefile_assign(a, tx, &ask, ret_officer);
}

err casefile_receive(struct arena *a, struct tx *tx, const struct keyring *k,
                     const struct case_wish *wish, struct case_receipt *ret)
{
    struct case_wish own = *wish, *w = &own; /* who gets it is found here */
    struct event e = {
        .agency = w->agency, .at_ms = w->now_ms, .kind = STR("case.received"),
        .subject = w->id,
    };
    int64_t first;
    str number;

    TRY(came_before(a, tx, w, &first));
    if (first != 0) {
        return receipt_again(a, tx, k, w->agency, first, ret);
    }
    TRY(assign(a, tx, w, &own.officer));
    TRY(number_take(a, tx, w, &number));
    TRY(case_insert(a, tx, w, number));
    TRY(answers_insert(a, tx, w));
    TRY(finds_insert(a, tx, w));
    TRY(files_insert(a, tx, w));
    TRY(clocks_insert(a, tx, w));
    TRY(case_papers_put(a, tx, w->agency, w->id, 1, w->taken_by, w->now_ms, w->papers,
                        w->papers_count));
    e.body = case_received_body(a, w, number);
    TRY(tx_event(tx, &e));
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret = (struct case_receipt){
        .agency = w->agency, .id = w->id, .number = number, .code = w->code,
        .service = w->service->key, .due = w->due, .received_ms = w->now_ms,
    };
    return NULL;
}
