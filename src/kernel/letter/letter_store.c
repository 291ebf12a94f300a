/* letter_store — letters in the database: drafts, numbers, what became of them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/files.h"
#include "host/store/store.h"
#include "kernel/letter/letter.h"

#define BODY_BYTES 2048
#define DAY_OPEN INT64_C(-2147483648)
#define FILES_MOST 20000
#define NUMBER_SIGNS 60

#define COLUMNS                                                                       \
    "id, casefile_id, form, kind, state, service, service_version, content, "         \
    "receipt_number, file_number, keep_years, speed, secrecy, seal, copies, series, " \
    "document_number, document_day, valid_until, scan_id, token_hash, token_sealed, " \
    "made_by, made_ms, issued_by, issued_ms, withdrawn_ms, withdrawn_why, changes "

static const struct query load_sql = {
    "SELECT " COLUMNS "FROM letter WHERE agency_id = ?1 AND id = ?2",
    "ii",
};
static const struct query of_case_sql = {
    "SELECT " COLUMNS "FROM letter WHERE agency_id = ?1 AND casefile_id = ?2 "
    "AND state <> 'dropped' ORDER BY id",
    "ii",
};
static const struct query of_state_sql = {
    "SELECT " COLUMNS "FROM letter WHERE agency_id = ?1 AND state = ?2 "
    "ORDER BY id DESC LIMIT ?3",
    "iti",
};
static const struct query by_token_sql = {
    "SELECT " COLUMNS "FROM letter WHERE agency_id = ?1 AND token_hash = ?2 "
    "AND state IN ('issued', 'withdrawn')",
    "ib",
};
static const struct query number_sql = {
    "SELECT id FROM letter WHERE agency_id = ?1 AND document_number = ?2 AND id <> ?3",
    "iti",
};
static const struct query insert_sql = {
    "INSERT INTO letter (agency_id, id, casefile_id, form, kind, state, service, "
    "service_version, content, receipt_number, file_number, keep_years, speed, secrecy, "
    "seal, copies, series, document_number, document_day, valid_until, scan_id, "
    "token_hash, token_sealed, made_by, made_ms, issued_by, issued_ms, withdrawn_ms, "
    "withdrawn_why, changes) "
    "VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
    "?16, '', ?17, ?17, 0, ?18, ?19, ?20, ?21, 0, 0, 0, ?22, 1)",
    "iiitttibttitttitibbiib",
};
static const struct query change_sql = {
    "UPDATE letter SET content = ?3, receipt_number = ?4, file_number = ?5, "
    "keep_years = ?6, speed = ?7, secrecy = ?8, seal = ?9, copies = ?10, "
    "changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'draft' AND changes = ?11",
    "iibttitttii",
};
static const struct query issue_sql = {
    "UPDATE letter SET state = 'issued', document_number = ?3, document_day = ?4, "
    "valid_until = ?5, issued_by = ?6, issued_ms = ?7, changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'draft' AND changes = ?8",
    "iitiiiii",
};
static const struct query next_sql = {
    "INSERT INTO letter_series (agency_id, series, roc_year, last_number) "
    "VALUES (?1, ?2, ?3, 1) ON CONFLICT (agency_id, series, roc_year) "
    "DO UPDATE SET last_number = letter_series.last_number + 1",
    "iti",
};
static const struct query last_sql = {
    "SELECT last_number FROM letter_series "
    "WHERE agency_id = ?1 AND series = ?2 AND roc_year = ?3",
    "iti",
};
static const struct query scan_sql = {
    "UPDATE letter SET scan_id = ?3, changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'issued'",
    "iii",
};
static const struct query withdraw_sql = {
    "UPDATE letter SET state = 'withdrawn', withdrawn_ms = ?3, withdrawn_why = ?4, "
    "changes = changes + 1 WHERE agency_id = ?1 AND id = ?2 AND state = 'issued'",
    "iiib",
};
static const struct query drop_sql = {
    "UPDATE letter SET state = 'dropped', changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND state = 'draft'",
    "ii",
};
static const struct query seal_sql = {
    "INSERT INTO seal_use (agency_id, id, letter_id, casefile_id, form, document_number, "
    "copies, seal, approved_by, made_by, made_ms, sealed_by, sealed_ms) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0)",
    "iiiittitiii",
};
static const struct query held_sql = {
    "SELECT 1 FROM letter WHERE agency_id = ?1 AND scan_id = ?2",
    "ii",
};
static const struct query *const all_queries[] = {
    &load_sql,   &of_case_sql,  &of_state_sql, &by_token_sql, &number_sql,
    &insert_sql, &change_sql,   &issue_sql,    &next_sql,     &last_sql,
    &scan_sql,   &withdraw_sql, &drop_sql,     &seal_sql,     &held_sql,
};
const struct query_list letter_queries = {
    "letter",
    all_queries,
    sizeof all_queries / sizeof all_queries[0],
};

static int index_of(const str *keys, int count, str key)
{
    for (int i = 0; i < count; i++) {
        if (str_equal(keys[i], key)) {
            return i;
        }
    }
    return 0;
}

static day day_at_cell(const struct table *t, size_t row, size_t column)
{
    return (day)cell_int(t, row, column);
}

static struct letter letter_at(const struct table *t, size_t r, int64_t agency)
{
    return (struct letter){
        .agency = agency, .id = cell_int(t, r, 0), .casefile = cell_int(t, r, 1),
        .form = cell_text(t, r, 2),
        .kind = (enum letter_kind)index_of(letter_kind_key, 4, cell_text(t, r, 3)),
        .state = (enum letter_state)index_of(letter_state_key, LETTER_STATES,
                                             cell_text(t, r, 4)),
        .service = cell_text(t, r, 5),
        .service_version = (int)cell_int(t, r, 6),
        .content_sealed = cell_bytes(t, r, 7),
        .receipt_number = cell_text(t, r, 8),
        .file_number = cell_text(t, r, 9),
        .keep_years = (int)cell_int(t, r, 10),
        .speed = (enum letter_speed)index_of(letter_speed_key, SPEEDS, cell_text(t, r, 11)),
        .secrecy = cell_text(t, r, 12),
        .seal = (enum letter_seal)index_of(letter_seal_key, 3, cell_text(t, r, 13)),
        .copies = (int)cell_int(t, r, 14),
        .series = cell_text(t, r, 15),
        .number = cell_text(t, r, 16),
        .day = day_at_cell(t, r, 17),
        .valid_until = day_at_cell(t, r, 18),
        .scan = cell_int(t, r, 19),
        .token_hash = cell_bytes(t, r, 20),
        .token_sealed = cell_bytes(t, r, 21),
        .made_by = cell_int(t, r, 22), .made_ms = cell_int(t, r, 23),
        .issued_by = cell_int(t, r, 24), .issued_ms = cell_int(t, r, 25),
        .withdrawn_ms = cell_int(t, r, 26),
        .withdrawn_sealed = cell_bytes(t, r, 27),
        .changes = cell_int(t, r, 28),
    };
}

static err list_of(struct arena *a, const struct table *t, int64_t agency,
                   struct letter **ret, size_t *ret_count)
{
    struct letter *list = ARENA_ARRAY(a, t->rows + 1, struct letter);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < t->rows; i++) {
        list[i] = letter_at(t, i, agency);
    }
    *ret = list;
    *ret_count = t->rows;
    return NULL;
}

err letter_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                struct letter *ret)
{
    struct table t;

    TRY(snap_query(a, snap, &load_sql, BIND(bind_int(agency), bind_int(id)), &t));
    if (t.rows == 0) {
        FAIL(a, ERR_MISSING, SAY("There is no such letter."), STR(""), "no letter");
    }
    *ret = letter_at(&t, 0, agency);
    return NULL;
}

err letter_list(struct arena *a, struct snap *snap, int64_t agency, int64_t casefile,
                struct letter **ret, size_t *ret_count)
{
    struct table t;

    TRY(snap_query(a, snap, &of_case_sql, BIND(bind_int(agency), bind_int(casefile)), &t));
    return list_of(a, &t, agency, ret, ret_count);
}

err letter_list_state(struct arena *a, struct snap *snap, int64_t agency,
                      enum letter_state state, int most, struct letter **ret,
                      size_t *ret_count)
{
    struct table t;

    TRY(snap_query(
        a, snap, &of_state_sql,
        BIND(bind_int(agency), bind_text(letter_state_key[state]), bind_int(most)), &t));
    return list_of(a, &t, agency, ret, ret_count);
}

err letter_by_token(struct arena *a, struct snap *snap, const struct keyring *k,
                    int64_t agency, str token, struct letter *ret)
{
    struct table t;
    str tidy;

    if (token.len <= NUMBER_SIGNS && crockford_tidy(a, token, &tidy)) {
        TRY(snap_query(
            a, snap, &by_token_sql,
            BIND(bind_int(agency), bind_bytes(seal_token_hash(a, k, "letter", tidy))), &t));
        if (t.rows == 1) {
            *ret = letter_at(&t, 0, agency);
            return NULL;
        }
    }
    FAIL(a, ERR_MISSING, SAY("We know of no such certificate."), STR(""), "no token");
}

/* ---- commits ---- */

/* `how` NULL: it is not about sending. */
static err tell_how(struct arena *a, struct tx *tx, const struct letter *l,
                    const char *kind, const str *how, day on, int64_t staff, int64_t now_ms)
{
    struct buf b;
    struct json_writer j;
    struct event e = { .agency = l->agency,
                       .at_ms = now_ms,
                       .actor = staff,
                       .kind = str_of(kind),
                       .subject = l->casefile };

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_text(&j, STR("letter"), id_text(a, l->id));
    json_put_text(&j, STR("form"), l->form);
    if (!str_is_empty(l->number)) {
        json_put_text(&j, STR("number"), l->number);
        json_put_text(&j, STR("day"), day_iso(a, l->day));
    }
    if (how != NULL) {
        json_put_text(&j, STR("how"), *how);
        json_put_text(&j, STR("sent"), day_iso(a, on));
    }
    json_put_text(&j, STR("content"), str_hex(a, seal_sha256(a, l->content_sealed)));
    json_end_object(&j);
    e.body = buf_str(&b);
    return buf_failed(&b) ? err_no_memory : tx_event(tx, &e);
}

static err tell(struct arena *a, struct tx *tx, const struct letter *l, const char *kind,
                int64_t staff, int64_t now_ms)
{
    return tell_how(a, tx, l, kind, NULL, DAY_NONE, staff, now_ms);
}

err letter_send(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                enum letter_way way, day on, int64_t staff, int64_t now_ms)
{
    struct letter l;

    TRY(letter_load(a, tx_snap(tx), agency, id, &l));
    if (l.state != LETTER_ISSUED) {
        FAIL(a, ERR_CONFLICT, SAY("Only an issued letter goes out."), STR(""), "%s",
             letter_state_key[l.state].at);
    }
    return tell_how(a, tx, &l, "letter.sent", &letter_way_key[way], on, staff, now_ms);
}

err letter_draft(struct arena *a, struct tx *tx, const struct letter *l)
{
    TRY(tx_run(a, tx, &insert_sql,
               BIND(bind_int(l->agency), bind_int(l->id), bind_int(l->casefile),
                    bind_text(l->form), bind_text(letter_kind_key[l->kind]),
                    bind_text(l->service), bind_int(l->service_version),
                    bind_bytes(l->content_sealed), bind_text(l->receipt_number),
                    bind_text(l->file_number), bind_int(l->keep_years),
                    bind_text(letter_speed_key[l->speed]), bind_text(l->secrecy),
                    bind_text(letter_seal_key[l->seal]), bind_int(l->copies),
                    bind_text(l->series), bind_int(DAY_OPEN), bind_bytes(l->token_hash),
                    bind_bytes(l->token_sealed), bind_int(l->made_by), bind_int(l->made_ms),
                    bind_bytes(STR("")))));
    return tell(a, tx, l, "letter.drafted", l->made_by, l->made_ms);
}

static err stale(struct arena *a)
{
    FAIL(a, ERR_CONFLICT,
         SAY("A colleague has changed this letter meanwhile. See its newest "
             "state, then go on."),
         STR(""), "letter changed");
}

err letter_change(struct arena *a, struct tx *tx, const struct letter *l, int64_t staff,
                  int64_t now_ms)
{
    err e = tx_change_one(a, tx, &change_sql,
                          BIND(bind_int(l->agency), bind_int(l->id),
                               bind_bytes(l->content_sealed), bind_text(l->receipt_number),
                               bind_text(l->file_number), bind_int(l->keep_years),
                               bind_text(letter_speed_key[l->speed]), bind_text(l->secrecy),
                               bind_text(letter_seal_key[l->seal]), bind_int(l->copies),
                               bind_int(l->changes)));

    if (e != NULL) {
        return e->kind == ERR_CONFLICT ? stale(a) : e;
    }
    return tell(a, tx, l, "letter.changed", staff, now_ms);
}

static err number_give(struct arena *a, struct tx *tx, const struct letter_issue *w,
                       str *ret_number)
{
    struct table t;
    int year = day_roc_year(w->day);

    if (!str_is_empty(w->number)) {
        *ret_number = w->number;
        return NULL;
    }
    if (str_is_empty(w->series) || str_is_empty(w->series_form)) {
        FAIL(a, ERR_INPUT,
             SAY("Enter the document number. Without it the letter is not issued."),
             STR("number"), "no number");
    }
    TRY(tx_run(a, tx, &next_sql,
               BIND(bind_int(w->agency), bind_text(w->series), bind_int(year))));
    TRY(snap_one(a, tx_snap(tx), &last_sql,
                 BIND(bind_int(w->agency), bind_text(w->series), bind_int(year)), &t));
    *ret_number = letter_number_text(a, w->series_form, year, cell_int(&t, 0, 0));
    return NULL;
}

static err number_is_free(struct arena *a, struct tx *tx, const struct letter_issue *w,
                          str number)
{
    struct table t;

    TRY(snap_query(a, tx_snap(tx), &number_sql,
                   BIND(bind_int(w->agency), bind_text(number), bind_int(w->id)), &t));
    if (t.rows > 0) {
        FAIL(a, ERR_CONFLICT,
             SAY("Another letter has the number {number}. Look at the number again.",
                 SAY_TEXT("number", number)),
             STR("number"), "number taken");
    }
    return NULL;
}

/* The corresponding day so many months on, or the month's last (行政程序法 §48 II). */
static day months_on(day from, int months)
{
    struct civil c = day_civil(from);
    int all = c.year * 12 + c.month - 1 + months;
    day d = day_of(all / 12, all % 12 + 1, c.date);

    for (int date = c.date - 1; d == DAY_NONE && date > 0; date--) {
        d = day_of(all / 12, all % 12 + 1, date);
    }
    return d;
}

static err seal_row(struct arena *a, struct tx *tx, const struct letter_issue *w,
                    const struct letter *l)
{
    return tx_run(a, tx, &seal_sql,
                  BIND(bind_int(w->agency), bind_int(w->seal_id), bind_int(l->id),
                       bind_int(l->casefile), bind_text(l->form), bind_text(l->number),
                       bind_int(l->copies), bind_text(letter_seal_key[l->seal]),
                       bind_int(w->approved_by), bind_int(w->staff), bind_int(w->now_ms)));
}

err letter_issue(struct arena *a, struct tx *tx, const struct letter_issue *w,
                 struct letter *ret)
{
    struct letter l;
    int months;

    if (w->day == DAY_NONE) {
        FAIL(a, ERR_INPUT,
             SAY("Enter the date of the letter. Without it the letter is not "
                 "issued."),
             STR("day"), "no day");
    }
    TRY(letter_load(a, tx_snap(tx), w->agency, w->id, &l));
    if (l.state != LETTER_DRAFT || l.changes != w->changes) {
        return stale(a);
    }
    TRY(letter_go_out(a, tx, w, &l, &months));
    TRY(number_give(a, tx, w, &l.number));
    TRY(number_is_free(a, tx, w, l.number));
    l.day = w->day;
    l.valid_until = months > 0 ? months_on(w->day, months) : DAY_NONE;
    TRY(tx_change_one(a, tx, &issue_sql,
                      BIND(bind_int(w->agency), bind_int(w->id), bind_text(l.number),
                           bind_int(l.day), bind_int(l.valid_until), bind_int(w->staff),
                           bind_int(w->now_ms), bind_int(w->changes))));
    TRY(seal_row(a, tx, w, &l));
    TRY(tell(a, tx, &l, "letter.issued", w->staff, w->now_ms));
    l.state = LETTER_ISSUED;
    l.issued_by = w->staff;
    l.issued_ms = w->now_ms;
    l.changes++;
    *ret = l;
    return NULL;
}

/* A step that needs a state; `why` NULL where there is none. */
static err step(struct arena *a, struct tx *tx, const struct query *q,
                const struct value *values, size_t count, const char *kind, int64_t agency,
                int64_t id, int64_t staff, int64_t now_ms)
{
    struct letter l;
    err e = tx_change_one(a, tx, q, values, count);

    if (e != NULL) {
        return e->kind == ERR_CONFLICT ? stale(a) : e;
    }
    TRY(letter_load(a, tx_snap(tx), agency, id, &l));
    return tell(a, tx, &l, kind, staff, now_ms);
}

err letter_scan(struct arena *a, struct tx *tx, int64_t agency, int64_t id, int64_t file,
                int64_t staff, int64_t now_ms)
{
    return step(a, tx, &scan_sql, BIND(bind_int(agency), bind_int(id), bind_int(file)),
                "letter.scanned", agency, id, staff, now_ms);
}

err letter_withdraw(struct arena *a, struct tx *tx, int64_t agency, int64_t id,
                    str why_sealed, int64_t staff, int64_t now_ms)
{
    return step(
        a, tx, &withdraw_sql,
        BIND(bind_int(agency), bind_int(id), bind_int(now_ms), bind_bytes(why_sealed)),
        "letter.withdrawn", agency, id, staff, now_ms);
}

err letter_drop(struct arena *a, struct tx *tx, int64_t agency, int64_t id, int64_t staff,
                int64_t now_ms)
{
    return step(a, tx, &drop_sql, BIND(bind_int(agency), bind_int(id)), "letter.dropped",
                agency, id, staff, now_ms);
}

err letter_files_keep(struct arena *a, struct store *s, int *ret_kept)
{
    struct table files, held;
    struct snap *snap;
    int kept = 0;

    TRY(file_unkept(a, s, FILES_MOST, &files));
    TRY(snap_begin(a, s, &snap));
    for (size_t i = 0; i < files.rows; i++) {
        int64_t agency = cell_int(&files, i, 0), id = cell_int(&files, i, 1);

        TRY(snap_query(a, snap, &held_sql, BIND(bind_int(agency), bind_int(id)), &held));
        if (held.rows > 0) {
            TRY(file_keep(a, s, agency, id));
            kept++;
        }
    }
    snap_end(snap);
    *ret_kept = kept;
    return NULL;
}
