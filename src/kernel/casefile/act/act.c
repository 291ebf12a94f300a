/* act — an act on a case is made ready: who, state and values are checked with good words,
 * what the definition asks is filled in, and free text is sealed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/seal/seal.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/case_row.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/casefile/version/case_version.h"

#define DOCUMENT_NUMBER_SIGNS 60
#define NOTE_SIGNS 4000
#define NAME_SIGNS 100
#define GROUNDS_BYTES 65536

err case_act_faster(struct arena *a, const struct act_wish *w, int64_t changes)
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

/* Whom to consult: other units of this office, none of them twice. */
static err check_units(struct arena *a, struct snap *snap, const struct act_wish *w,
                       const struct casefile *c)
{
    struct unit *units;
    size_t count;

    if (w->act == ACT_CONSULT && w->units_count == 0) {
        FAIL(a, ERR_INPUT, SAY("Choose the units that are to be asked."), STR("units"),
             "none");
    }
    if (c->consults_count + w->units_count > CONSULTS_MOST) {
        FAIL(a, ERR_INPUT, SAY("At most {max} units can be asked at the same time.",
             SAY_NUMBER("max", CONSULTS_MOST)), STR("units"), "too many");
    }
    TRY(unit_list(a, snap, w->agency, &units, &count));
    for (size_t i = 0; i < w->units_count; i++) {
        bool known = false, twice = w->units[i] == c->unit;

        for (size_t n = 0; n < count; n++) {
            known = known || units[n].id == w->units[i];
        }
        for (size_t n = 0; n < c->consults_count; n++) {
            twice = twice || c->consults[n] == w->units[i];
        }
        if (!known || twice) {
            FAIL(a, ERR_INPUT, SAY("Choose other units of this office that have not been "
                 "asked yet."), STR("units"), "unit %lld", (long long)w->units[i]);
        }
    }
    return NULL;
}

static err check_one_unit(struct arena *a, const struct act_wish *w,
                          const struct casefile *c)
{
    for (size_t i = 0; w->units_count == 1 && i < c->consults_count; i++) {
        if (c->consults[i] == w->units[0] &&
            (w->act == ACT_WAIVE || casefile_answers_for(&w->who, c) != 0)) {
            return NULL;
        }
    }
    FAIL(a, ERR_INPUT, SAY("Choose a unit that has been asked and has not answered."),
         STR("units"), "unit");
}

static err check_transfer(struct arena *a, const struct act_wish *w)
{
    str name = str_trim(w->agency_name);

    if (str_is_empty(name) || str_points(name) > NAME_SIGNS) {
        FAIL(a, ERR_INPUT, SAY("Write which agency is competent."), STR("agency_name"),
             "%zu bytes", name.len);
    }
    return NULL;
}

static err check_merge(struct arena *a, struct snap *snap, const struct act_wish *w,
                       const struct casefile *c)
{
    struct casefile into;
    err e = w->other == 0 || w->other == w->id
                ? NULL
                : casefile_load(a, snap, w->agency, w->other, &into);

    if (w->other == 0 || w->other == w->id || (e != NULL && e->kind == ERR_MISSING)) {
        FAIL(a, ERR_INPUT, SAY("Enter the number of the case in which it goes on."),
             STR("other"), "other %lld", (long long)w->other);
    }
    TRY(e);
    if (into.unit != c->unit || !case_state_is_undecided(into.state)) {
        FAIL(a, ERR_INPUT, SAY("It can go on only in a case of the same unit that is not "
             "decided yet."), STR("other"), "%s", case_state_key[into.state].at);
    }
    return NULL;
}

/* An answer on which a decision stands is not changed under it. */
static err check_correction(struct arena *a, const struct act_wish *w,
                            const struct casefile *c)
{
    if (w->supplied != NULL && !case_state_is_undecided(c->state)) {
        FAIL(a, ERR_CONFLICT,
             SAY("It is decided: no answer is changed any more. Correct the decision "
                 "instead."), STR(""), "%s", case_state_key[c->state].at);
    }
    return NULL;
}

/* Written down later it keeps its own time: after receipt, not after now. */
static err check_call(struct arena *a, const struct act_wish *w, const struct casefile *c)
{
    if (w->called_ms == 0) {
        return NULL;
    }
    if (day_at(w->called_ms) < day_at(c->received_ms) || w->called_ms > w->now_ms) {
        FAIL(a, ERR_INPUT, SAY("The call was on {received} or later, and not after now.",
             SAY_DAY("received", day_at(c->received_ms))), STR("called"), "at %lld",
             (long long)w->called_ms);
    }
    return NULL;
}

static err check_papers(struct arena *a, const struct act_wish *w)
{
    if (w->papers_count == 0) {
        FAIL(a, ERR_INPUT, SAY("Tick the papers that came in."), STR("papers"), "none");
    }
    return NULL;
}

/* Who answers for the definitions moves cases whose content he does not see. */
static bool moves(const struct act_wish *w, const struct casefile *c)
{
    return w->act == ACT_MOVE && casefile_may(&w->who, c, ACT_MOVE);
}

/* Who, state and values; the same on the snapshot and in the commit. */
err case_act_check(struct arena *a, struct snap *snap, const struct act_wish *w,
                   const struct casefile *c)
{
    bool beside = w->act == ACT_NOTE || w->act == ACT_TELEPHONE || w->act == ACT_PAPERS;

    if (w->who.agency != c->agency ||
        (w->who.staff != 0 && !casefile_may_see(&w->who, c) && !moves(w, c))) {
        FAIL(a, ERR_MISSING, SAY("This case was not found in your office."), STR(""),
             "case %lld", (long long)w->id);
    }
    if (!beside && w->changes != c->changes) {
        return case_act_faster(a, w, c->changes);
    }
    if (!casefile_may(&w->who, c, w->act)) {
        FAIL(a, ERR_DENIED, SAY("This step cannot be taken now, or it is a colleague's to "
             "take."), STR(""), "%s of a case that is %s", case_act_key[w->act].at,
             case_state_key[c->state].at);
    }
    switch (w->act) {
    case ACT_ASSIGN:
    case ACT_HAND_OVER:
        return check_to(a, snap, w, c);
    case ACT_ISSUE:
        return check_document(a, w, c);
    case ACT_CORRECT:
        return str_is_empty(str_trim(w->document_number)) ? NULL : check_document(a, w, c);
    case ACT_CONSULT:
    case ACT_PROPOSE:
        return check_units(a, snap, w, c);
    case ACT_GIVE:
        if (w->units_count != 1) {
            FAIL(a, ERR_INPUT, SAY("Choose the unit that handles it."), STR("units"),
                 "%zu", w->units_count);
        }
        return check_units(a, snap, w, c);
    case ACT_ANSWER:
    case ACT_WAIVE:
        return check_one_unit(a, w, c);
    case ACT_TRANSFER:
        return check_transfer(a, w);
    case ACT_MERGE:
        return check_merge(a, snap, w, c);
    case ACT_EXTEND:
        return case_extension_check(a, snap, w);
    case ACT_MOVE:
        return case_version_check(a, c, w->version, w->now_ms);
    case ACT_TELEPHONE:
        TRY(check_call(a, w, c));
        return check_correction(a, w, c);
    case ACT_PAPERS:
        return check_papers(a, w);
    case ACT_SPEED:
        return case_speed_check(a, snap, w);
    case ACT_RESTORE:
        return case_restored_check(a, w);
    default:
        return NULL;
    }
}

/* Acts that say why, or what. */
static const struct {
    enum case_act act;
    const char *ask;
} texts[] = {
    { ACT_SEND_BACK, MSG("Write what the applicant must supply, and by when.") },
    { ACT_RETURN, MSG("Write what the officer should change.") },
    { ACT_NOTE, MSG("Write the note.") },
    { ACT_CONSULT, MSG("Write what the units are asked.") },
    { ACT_WAIVE, MSG("Write why the answer is not waited for.") },
    { ACT_EXTEND, MSG("Write why it takes longer. The applicant is told the reason.") },
    { ACT_HALT, MSG("Write what is waited for.") },
    { ACT_TRANSFER, MSG("Write why that agency is competent. The applicant reads this.") },
    { ACT_SPLIT, MSG("Write what the second case is about.") },
    { ACT_MERGE, MSG("Write why the cases belong together. The applicant reads this.") },
    { ACT_CORRECT, MSG("Write what was wrong and how it is right.") },
    { ACT_REOPEN, MSG("Write why it is reopened.") },
    { ACT_STUDY, MSG("Write the question and its ground.") },
    { ACT_STUDY_ANSWER, MSG("Write the answer.") },
    { ACT_INSTRUCT, MSG("Write what the higher agency is asked.") },
    { ACT_GIVE, MSG("Write why that unit handles it.") },
    { ACT_MOVE, MSG("Write why it is moved. The applicant reads this.") },
    { ACT_SPEED, MSG("Write why it has another speed.") },
    { ACT_RESTORE, MSG("Write what kept the applicant from the term.") },
    { ACT_TELEPHONE, MSG("Write who was called, what was asked and what was answered.") },
};

static bool is_against(const struct act_wish *w)
{
    return (w->act == ACT_PROPOSE || w->act == ACT_DECIDE) &&
           case_act_outcome(w) != OUTCOME_GRANTED;
}

static err check_note(struct arena *a, const struct act_wish *w, str note)
{
    if (str_points(note) > NOTE_SIGNS) {
        FAIL(a, ERR_INPUT, SAY("The note may have at most {max} characters.",
             SAY_NUMBER("max", NOTE_SIGNS)), STR("note"), "too long");
    }
    if (!str_is_empty(str_trim(note))) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].act == w->act) {
            FAIL(a, ERR_INPUT, words_of(texts[i].ask), STR("note"), "empty");
        }
    }
    if (w->act == ACT_ANSWER && w->objects) {
        FAIL(a, ERR_INPUT, SAY("Write with what your unit does not agree."), STR("note"),
             "empty");
    }
    if (w->act == ACT_SPECIAL && !w->off) {
        FAIL(a, ERR_INPUT, SAY("Write what is special about it."), STR("note"), "empty");
    }
    if (w->act == ACT_WITHDRAW && w->who.staff != 0) {
        FAIL(a, ERR_INPUT, SAY("Write how and when the applicant withdrew it."),
             STR("note"), "empty");
    }
    if (is_against(w)) {
        FAIL(a, ERR_INPUT, SAY("Write why it is refused; the letter needs the reason."),
             STR("note"), "empty");
    }
    return NULL;
}

enum case_outcome case_act_outcome(const struct act_wish *w)
{
    if (w->outcome != OUTCOME_NONE) {
        return w->outcome;
    }
    return w->grant ? OUTCOME_GRANTED : OUTCOME_REFUSED;
}

static err seal_note(struct arena *a, const struct keyring *k, struct act_wish *w, str note)
{
    struct seal_place place = { w->agency, w->id, "case_note", "note" };
    str salted;

    if (str_is_empty(str_trim(note))) {
        return NULL;
    }
    salted = str_join(a, seal_random(a, NOTE_SALT_BYTES), str_trim(note));
    TRY(seal_close(a, k, place, salted, &w->note_sealed));
    w->note_hash = str_hex(a, seal_sha256(a, salted));
    return NULL;
}

const struct case_ground_piece case_ground_pieces[CASE_GROUND_PIECES] = {
    { "facts", offsetof(struct case_grounds, facts) },
    { "reasons", offsetof(struct case_grounds, reasons) },
    { "law", offsetof(struct case_grounds, law) },
    { "remedy", offsetof(struct case_grounds, remedy) },
    { "term", offsetof(struct case_grounds, term) },
    { "authority", offsetof(struct case_grounds, authority) },
};

str *case_ground_at(struct case_grounds *g, size_t piece)
{
    return (str *)((char *)g + case_ground_pieces[piece].offset);
}

/* A decision against needs all six (行政程序法 §96); a decider who only agrees keeps those
 * of the proposal. */
static err seal_grounds(struct arena *a, struct snap *snap, const struct keyring *k,
                        const struct casefile *c, struct act_wish *w)
{
    struct seal_place place = { w->agency, w->id, "case_ground", "grounds" };
    struct case_grounds g = w->grounds;
    struct buf b;
    struct json_writer j;
    size_t empty = 0;
    str salted;

    buf_init(&b, a, GROUNDS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < CASE_GROUND_PIECES; i++) {
        str one = str_trim(*case_ground_at(&g, i));

        if (str_points(one) > NOTE_SIGNS) {
            FAIL(a, ERR_INPUT, SAY("The note may have at most {max} characters.",
                 SAY_NUMBER("max", NOTE_SIGNS)), str_of(case_ground_pieces[i].key),
                 "too long");
        }
        empty += str_is_empty(one);
        json_put_text(&j, str_of(case_ground_pieces[i].key), one);
    }
    json_end_object(&j);
    if (empty == CASE_GROUND_PIECES) {
        bool kept = w->catalog == NULL; /* what is told of former times has none */

        if (!kept && w->act == ACT_DECIDE) {
            TRY(casefile_grounds(a, snap, k, c, &g, &kept));
        }
        if (kept) {
            return NULL;
        }
    }
    for (size_t i = 0; i < CASE_GROUND_PIECES; i++) {
        if (str_is_empty(str_trim(*case_ground_at(&g, i)))) {
            FAIL(a, ERR_INPUT, SAY("A decision against the applicant needs facts, reasons, "
                 "law, remedy, its term and the authority. Fill in what is empty."),
                 str_of(case_ground_pieces[i].key), "empty");
        }
    }
    salted = str_join(a, seal_random(a, NOTE_SALT_BYTES), buf_str(&b));
    TRY(seal_close(a, k, place, salted, &w->grounds_sealed));
    w->grounds_hash = str_hex(a, seal_sha256(a, salted));
    return NULL;
}

static err version_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                           const struct casefile *c, struct act_wish *w)
{
    struct case_version_rules rules;

    TRY(case_version_prepare(a, snap, k, w->catalog, c, w->version, &rules));
    w->clocks = rules.clocks;
    w->level = rules.level;
    w->proposes = rules.proposes;
    return NULL;
}

/* What was corrected or supplied may be what the term depends on. */
static err correction_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct casefile *c, struct act_wish *w)
{
    const struct case_wish *s = w->supplied;

    return case_version_corrected(a, snap, k, w->catalog, c, w->now_ms, s->answers,
                                  s->answers_count, &w->clocks);
}

err casefile_act_prepare(struct arena *a, struct snap *snap, const struct keyring *k,
                         struct act_wish *w, str note)
{
    struct casefile c;

    TRY(casefile_load(a, snap, w->agency, w->id, &c));
    TRY(case_act_plan(a, snap, &c, w));
    TRY(case_act_check(a, snap, w, &c));
    if (w->act == ACT_MOVE) {
        TRY(version_prepare(a, snap, k, &c, w));
    }
    if ((w->act == ACT_TELEPHONE || w->act == ACT_SUPPLY) && w->supplied != NULL) {
        TRY(correction_prepare(a, snap, k, &c, w));
    }
    TRY(check_note(a, w, note));
    w->as_deputy = casefile_as_deputy(&w->who, &c, w->act);
    TRY(seal_note(a, k, w, note));
    if (is_against(w)) {
        TRY(seal_grounds(a, snap, k, &c, w));
    }
    return arena_failed(a) ? err_no_memory : NULL;
}

err casefile_act_prepare_new(struct arena *a, const struct keyring *k,
                             const struct case_wish *received, struct act_wish *w, str note)
{
    const struct casefile c = {
        .agency = received->agency, .id = received->id, .unit = received->unit,
        .officer = received->officer, .level = received->level,
        .proposes = received->proposes, .changes = 1,
        .received_ms = received->now_ms, .document_day = DAY_NONE, .is_open = true,
        .state = received->officer != 0 ? CASE_IN_WORK : CASE_RECEIVED,
        .due = DAY_NONE, .control_due = DAY_NONE,
    };

    w->agency = c.agency;
    w->id = c.id;
    w->changes = c.changes;
    TRY(case_act_check(a, NULL, w, &c));
    TRY(check_note(a, w, note));
    w->as_deputy = casefile_as_deputy(&w->who, &c, w->act);
    TRY(seal_note(a, k, w, note));
    return arena_failed(a) ? err_no_memory : NULL;
}
