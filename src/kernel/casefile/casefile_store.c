/* casefile_store — a case is received: number, row, answers, files, event, idempotency in
 * one commit; and it is found again by id, by number, by number and code.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

#define BODY_BYTES 16384
#define SERIAL_MOST 999999

static const struct query load_sql = {
    "SELECT " CASE_COLUMNS CASE_TABLES "WHERE c.agency_id = ?1 AND c.id = ?2", "ii",
};
static const struct query by_number_sql = {
    "SELECT " CASE_COLUMNS ", c.code_hash " CASE_TABLES
    "WHERE c.agency_id = ?1 AND c.number = ?2", "it",
};
static const struct query code_sql = {
    "SELECT code_sealed FROM casefile WHERE agency_id = ?1 AND id = ?2", "ii",
};
static const struct counter serial = {
    .read = { "SELECT last_serial FROM case_serial WHERE agency_id = ?1 AND roc_year = ?2",
              "ii" },
    .write = { "INSERT INTO case_serial (agency_id, roc_year, last_serial) "
               "VALUES (?1, ?2, ?3) ON CONFLICT (agency_id, roc_year) "
               "DO UPDATE SET last_serial = excluded.last_serial", "iii" },
};
static const struct query insert_sql = {
    "INSERT INTO casefile (agency_id, id, number, service, service_version, state, "
    "channel, unit_id, officer_id, received_ms, due_day, decided_ms, closed_ms, level, "
    "is_granted, document_number, document_day, applicant_masked, applicant_question, "
    "salt, code_hash, code_sealed, changes, is_open) "
    "VALUES (?1, ?2, ?3, ?4, ?5, 'received', ?6, ?7, 0, ?8, ?9, 0, 0, ?10, 0, '', ?11, "
    "?12, ?13, ?14, ?15, ?16, 1, 1)",
    "iittitiiitittbbb",
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
    &load_sql,   &by_number_sql, &code_sql,       &serial.read,        &serial.write,
    &insert_sql, &answer_sql,    &answers_four_sql, &answers_twelve_sql,
    &find_sql,   &finds_sql,     &file_sql,       &came_before_sql,
    &submission_sql, &submission_two_sql,
};
const struct query_list casefile_queries = {
    "casefile", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static enum case_channel channel_of(str key)
{
    for (size_t i = 0; i < CHANNELS; i++) {
        if (str_equal(case_channel_key[i], key)) {
            return (enum case_channel)i;
        }
    }
    return CHANNEL_ONLINE;
}

struct casefile case_at(const struct table *t, size_t row, int64_t agency)
{
    int64_t due = cell_int(t, row, 9);
    struct casefile c = {
        .agency = agency,
        .id = cell_int(t, row, 0),
        .number = cell_text(t, row, 1),
        .service = cell_text(t, row, 2),
        .service_version = (int)cell_int(t, row, 3),
        .channel = channel_of(cell_text(t, row, 5)),
        .unit = cell_int(t, row, 6),
        .officer = cell_int(t, row, 7),
        .received_ms = cell_int(t, row, 8),
        .due = due == DUE_NONE ? DAY_NONE : (day)due,
        .decided_ms = cell_int(t, row, 10),
        .closed_ms = cell_int(t, row, 11),
        .level = LEVEL_HEAD,
        .outcome_granted = cell_int(t, row, 13) == 1,
        .document_number = cell_text(t, row, 14),
        .document_day = (day)cell_int(t, row, 15),
        .applicant_masked = cell_text(t, row, 16),
        .applicant_question = cell_text(t, row, 17),
        .changes = cell_int(t, row, 18),
        .is_open = cell_int(t, row, 19) == 1,
        .applicant_sealed = cell_bytes(t, row, 20),
    };

    /* The table's CHECK leaves no other state; a level that is not known is the head's. */
    (void)case_state_from_key(cell_text(t, row, 4), &c.state);
    (void)level_from_key(cell_text(t, row, 12), &c.level);
    return c;
}

err casefile_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                  struct casefile *ret)
{
    struct table t;

    TRY(snap_one(a, snap, &load_sql, BIND(bind_int(agency), bind_int(id)), &t));
    *ret = case_at(&t, 0, agency);
    return NULL;
}

static err no_such_case(struct arena *a)
{
    FAIL(a, ERR_MISSING, SAY("No case with this number and code was found. Look at your "
         "receipt and enter both again."), STR("number"), "number or code");
}

err casefile_by_number(struct arena *a, struct snap *snap, int64_t agency, str number,
                       struct casefile *ret)
{
    struct table t;
    str tidy;

    if (!case_number_tidy(a, number, &tidy)) {
        return no_such_case(a);
    }
    TRY(snap_query(a, snap, &by_number_sql, BIND(bind_int(agency), bind_text(tidy)), &t));
    if (t.rows == 0) {
        return no_such_case(a);
    }
    *ret = case_at(&t, 0, agency);
    return NULL;
}

err casefile_by_code(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t agency, str number, str code, struct casefile *ret)
{
    struct table t;
    str tidy, plain;

    if (!case_number_tidy(a, number, &tidy) || !crockford_tidy(a, code, &plain)) {
        return no_such_case(a);
    }
    TRY(snap_query(a, snap, &by_number_sql, BIND(bind_int(agency), bind_text(tidy)), &t));
    if (t.rows == 0 || !seal_same(cell_bytes(&t, 0, CASE_COLUMN_COUNT),
                                  seal_token_hash(a, k, "case_code", plain))) {
        return no_such_case(a);
    }
    *ret = case_at(&t, 0, agency);
    return NULL;
}

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
    return NULL;
}

static err files_insert(struct arena *a, struct tx *tx, const struct case_wish *w)
{
    for (size_t i = 0; i < w->files_count; i++) {
        TRY(tx_run(a, tx, &file_sql,
                   BIND(bind_int(w->agency), bind_int(w->files[i].file), bind_int(w->id),
                        bind_text(w->files[i].question))));
    }
    return NULL;
}

str case_received_body(struct arena *a, const struct case_wish *w, str number)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("changes"), 1);
    json_put_text(&j, STR("number"), number);
    json_put_text(&j, STR("service"), w->service->key);
    json_put_int(&j, STR("version"), w->service->version);
    json_put_text(&j, STR("channel"), case_channel_key[w->channel]);
    json_put_text(&j, STR("unit"), id_text(a, w->unit));
    json_put_text(&j, STR("level"), level_key[w->level]);
    json_put_text(&j, STR("due"), w->due == DAY_NONE ? STR("") : day_iso(a, w->due));
    json_put_text(&j, STR("answers"), str_hex(a, w->answers_hash));
    json_list(&j, STR("files"));
    for (size_t i = 0; i < w->files_count; i++) {
        json_put_text(&j, STR(""), id_text(a, w->files[i].file));
    }
    json_end_list(&j);
    json_end_object(&j);
    return buf_str(&b);
}

static err case_insert(struct arena *a, struct tx *tx, const struct case_wish *w,
                       str number)
{
    int64_t due = w->due == DAY_NONE ? DUE_NONE : w->due;

    return tx_run(a, tx, &insert_sql,
                  BIND(bind_int(w->agency), bind_int(w->id), bind_text(number),
                       bind_text(w->service->key), bind_int(w->service->version),
                       bind_text(case_channel_key[w->channel]), bind_int(w->unit),
                       bind_int(w->now_ms), bind_int(due), bind_text(level_key[w->level]),
                       bind_int(DAY_NONE), bind_text(w->applicant_masked),
                       bind_text(w->applicant_question), bind_bytes(w->salt),
                       bind_bytes(w->code_hash), bind_bytes(w->code_sealed)));
}

/* The receipt that was given the first time; the code from its sealed copy. */
static err receipt_again(struct arena *a, struct tx *tx, const struct keyring *k,
                         int64_t agency, int64_t id, struct case_receipt *ret)
{
    struct table t;
    struct casefile c;
    struct seal_place place = { agency, id, "casefile", "code" };
    str code;

    TRY(casefile_load(a, tx_snap(tx), agency, id, &c));
    TRY(snap_one(a, tx_snap(tx), &code_sql, BIND(bind_int(agency), bind_int(id)), &t));
    TRY(seal_open(a, k, place, cell_bytes(&t, 0, 0), &code));
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

err casefile_receive(struct arena *a, struct tx *tx, const struct keyring *k,
                     const struct case_wish *w, struct case_receipt *ret)
{
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
    TRY(number_take(a, tx, w, &number));
    TRY(case_insert(a, tx, w, number));
    TRY(answers_insert(a, tx, w));
    TRY(finds_insert(a, tx, w));
    TRY(files_insert(a, tx, w));
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
