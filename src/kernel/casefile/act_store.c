/* act_store — the acts on a case: checked with good words, then done in one commit with the
 * row, the note and the event.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "host/store/store.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"

#define BODY_BYTES 4096
#define DOCUMENT_NUMBER_SIGNS 60
#define NOTE_SIGNS 4000

/* The row changes only if it is still as it was when we looked. */
static const struct query update_sql = {
    "UPDATE casefile SET state = ?4, officer_id = ?5, decided_ms = ?6, closed_ms = ?7, "
    "is_granted = ?8, document_number = ?9, document_day = ?10, is_open = ?11, "
    "changes = changes + 1 "
    "WHERE agency_id = ?1 AND id = ?2 AND changes = ?3", "iiitiiiitii",
};
static const struct query note_sql = {
    "INSERT INTO case_note (agency_id, casefile_id, changes, staff_id, at_ms, sealed) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "iiiiib",
};
static const struct query *const all_queries[] = { &update_sql, &note_sql };
const struct query_list casefile_act_queries = {
    "casefile (acts)", all_queries, sizeof all_queries / sizeof all_queries[0],
};

static err faster(struct arena *a, const struct act_wish *w, int64_t changes)
{
    FAIL(a, ERR_CONFLICT,
         SAY("A colleague was faster: this case has changed. Look at it as it "
             "is now, then go on."),
         STR(""), "case %lld: saw %lld, is %lld", (long long)w->id, (long long)w->changes,
         (long long)changes);
}

/* A colleague of the same unit who works on cases. */
static err check_to(struct arena *a, struct snap *snap, const struct act_wish *w,
                    const struct casefile *c)
{
    struct staff s = { 0 };
    err e = w->to == 0 ? NULL
                       : staff_by_id(a, snap, w->agency, w->to, day_at(w->now_ms), &s);

    if (e != NULL && e->kind != ERR_MISSING) {
        return e;
    }
    if (w->to == 0 || e != NULL || !casefile_may_work(&s, c)) {
        FAIL(a, ERR_INPUT, SAY("Choose a colleague of this unit who works on cases."),
             STR("to"), "to %lld", (long long)w->to);
    }
    return NULL;
}

static err check_document(struct arena *a, const struct act_wish *w,
                          const struct casefile *c)
{
    if (str_is_empty(str_trim(w->document_number))) {
        FAIL(a, ERR_INPUT, SAY("Enter the document number. Without number and date nothing "
             "counts as issued."), STR("document_number"), "no number");
    }
    if (str_points(w->document_number) > DOCUMENT_NUMBER_SIGNS) {
        FAIL(a, ERR_INPUT, SAY("The document number may have at most {max} characters.",
             SAY_NUMBER("max", DOCUMENT_NUMBER_SIGNS)), STR("document_number"), "too long");
    }
    if (w->document_day == DAY_NONE || w->document_day > day_at(w->now_ms) ||
        w->document_day < day_at(c->received_ms)) {
        FAIL(a, ERR_INPUT, SAY("Enter the date of the document: not before {received}, not "
             "after today.", SAY_DAY("received", day_at(c->received_ms))),
             STR("document_day"), "day %d", (int)w->document_day);
    }
    return NULL;
}

/* Sending back, returning and refusing say why. */
static err check_note(struct arena *a, const struct act_wish *w, str note)
{
    bool refuses = (w->act == ACT_PROPOSE || w->act == ACT_DECIDE) && !w->grant;

    if (str_points(note) > NOTE_SIGNS) {
        FAIL(a, ERR_INPUT, SAY("The note may have at most {max} characters.",
             SAY_NUMBER("max", NOTE_SIGNS)), STR("note"), "too long");
    }
    if (!str_is_empty(str_trim(note))) {
        return NULL;
    }
    if (w->act == ACT_SEND_BACK) {
        FAIL(a, ERR_INPUT, SAY("Write what the applicant must supply, and by when."),
             STR("note"), "empty");
    }
    if (w->act == ACT_RETURN) {
        FAIL(a, ERR_INPUT, SAY("Write what the officer should change."), STR("note"),
             "empty");
    }
    if (refuses) {
        FAIL(a, ERR_INPUT, SAY("Write why it is refused; the letter needs the reason."),
             STR("note"), "empty");
    }
    if (w->act == ACT_NOTE) {
        FAIL(a, ERR_INPUT, SAY("Write the note."), STR("note"), "empty");
    }
    return NULL;
}

/* Who, state and values; the same on the snapshot and in the commit. */
static err check_act(struct arena *a, struct snap *snap, const struct act_wish *w,
                     const struct casefile *c)
{
    if (w->who.agency != c->agency ||
        (w->who.staff != 0 && !casefile_may_see(&w->who, c))) {
        FAIL(a, ERR_MISSING, SAY("This case was not found in your office."), STR(""),
             "case %lld", (long long)w->id);
    }
    if (w->act != ACT_NOTE && w->changes != c->changes) {
        return faster(a, w, c->changes);
    }
    if (!casefile_may(&w->who, c, w->act)) {
        FAIL(a, ERR_DENIED, SAY("This step cannot be taken now, or it is a colleague's to "
             "take."), STR(""), "%s of a case that is %s", case_act_key[w->act].at,
             case_state_key[c->state].at);
    }
    if (w->act == ACT_ASSIGN) {
        return check_to(a, snap, w, c);
    }
    if (w->act == ACT_ISSUE) {
        return check_document(a, w, c);
    }
    return NULL;
}

err casefile_act_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                         struct act_wish *w, str note)
{
    struct seal_place place = { w->agency, w->id, "case_note", "note" };
    struct casefile c;
    str salted, sealed = STR("");

    TRY(casefile_load(a, snap, w->agency, w->id, &c));
    TRY(check_act(a, snap, w, &c));
    TRY(check_note(a, w, note));
    w->as_deputy = casefile_as_deputy(&w->who, &c, w->act);
    if (str_is_empty(str_trim(note))) {
        return NULL;
    }
    salted = str_join(a, seal_random(a, NOTE_SALT_BYTES), str_trim(note));
    TRY(seal_close(a, k, place, salted, &sealed));
    w->note_sealed = sealed;
    w->note_hash = str_hex(a, seal_sha256(a, salted));
    return arena_failed(a) ? err_no_memory : NULL;
}

str case_act_body(struct arena *a, const struct act_wish *w, const struct case_fact *f,
                  int64_t stands_for)
{
    struct buf b;
    struct json_writer j;

    buf_init(&b, a, BODY_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    json_put_int(&j, STR("changes"), f->changes);
    if (f->officer != 0) {
        json_put_text(&j, STR("officer"), id_text(a, f->officer));
    }
    if (w->act == ACT_PROPOSE || w->act == ACT_DECIDE) {
        json_put_bool(&j, STR("granted"), f->granted);
    }
    if (w->act == ACT_ISSUE) {
        json_put_text(&j, STR("document"), f->document_number);
        json_put_text(&j, STR("document_day"), day_iso(a, f->document_day));
    }
    if (!str_is_empty(w->note_hash)) {
        json_put_text(&j, STR("note"), w->note_hash);
    }
    if (stands_for != 0) {
        json_put_text(&j, STR("deputy_for"), id_text(a, stands_for));
    }
    json_end_object(&j);
    return buf_str(&b);
}

static struct case_fact fact_of(const struct act_wish *w, const struct casefile *c)
{
    struct case_fact f = {
        .kind = case_act_event[w->act], .at_ms = w->now_ms, .actor = w->who.staff,
        .changes = c->changes + 1, .granted = w->grant, .document_day = DAY_NONE,
    };

    if (w->act == ACT_TAKE) {
        f.officer = w->who.staff;
    }
    if (w->act == ACT_ASSIGN) {
        f.officer = w->to;
    }
    if (w->act == ACT_ISSUE) {
        f.document_number = str_trim(w->document_number);
        f.document_day = w->document_day;
    }
    return f;
}

static err row_update(struct arena *a, struct tx *tx, const struct act_wish *w,
                      const struct casefile *c)
{
    int64_t changed;

    TRY(tx_change(a, tx, &update_sql,
                  BIND(bind_int(c->agency), bind_int(c->id), bind_int(c->changes - 1),
                       bind_text(case_state_key[c->state]), bind_int(c->officer),
                       bind_int(c->decided_ms), bind_int(c->closed_ms),
                       bind_int(c->outcome_granted ? 1 : 0), bind_text(c->document_number),
                       bind_int(c->document_day), bind_int(c->is_open ? 1 : 0)),
                  &changed));
    return changed == 1 ? NULL : faster(a, w, c->changes);
}

err casefile_act(struct arena *a, struct tx *tx, const struct act_wish *w,
                 struct casefile *ret)
{
    struct event e = {
        .agency = w->agency, .at_ms = w->now_ms, .actor = w->who.staff,
        .kind = case_act_event[w->act], .subject = w->id,
    };
    struct casefile c;
    struct case_fact f;
    int64_t stands_for;

    TRY(casefile_load(a, tx_snap(tx), w->agency, w->id, &c));
    TRY(check_act(a, tx_snap(tx), w, &c));
    stands_for = casefile_stands_for(&w->who, &c, w->act);
    f = fact_of(w, &c);
    if (!flow_fold(&c, &f)) {
        return faster(a, w, c.changes);
    }
    TRY(row_update(a, tx, w, &c));
    if (!str_is_empty(w->note_sealed)) {
        TRY(tx_run(a, tx, &note_sql,
                   BIND(bind_int(w->agency), bind_int(w->id), bind_int(f.changes),
                        bind_int(w->who.staff), bind_int(w->now_ms),
                        bind_bytes(w->note_sealed))));
    }
    e.body = case_act_body(a, w, &f, stands_for);
    TRY(tx_event(tx, &e));
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret = c;
    return NULL;
}
