/* one — the page of one letter: the form of a draft, or what was issued and what became of
 * it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/letters/letters_rules.h"
#include "feature/letters/letters_store.h"
#include "feature/letters/letters_web.h"

#include "letters_one.view.h"

#define ENTRIES 16
#define KEEP_MOST 100
#define COPIES_MOST 500
#define LINE_SIGNS 500
#define TEXT_SIGNS 8000

/* The fields of the page, for the form and for reading it. */
struct piece {
    const char *name;
    const char *label, *hint; /* MSG ids */
    size_t offset;            /* in struct letter_content */
    bool is_long, decision, plain, certificate;
};
#define IN(field) offsetof(struct letter_content, field)
static const struct piece pieces[] = {
    { "recipient", MSG("Addressee"), NULL, IN(recipient), false, true, true, false },
    { "address", MSG("Address of the addressee"), NULL, IN(address), false, true, true,
      false },
    { "subject", MSG("Subject"), NULL, IN(subject), true, true, true, false },
    { "facts", MSG("Facts"), MSG("One point a line; they are numbered."), IN(facts), true,
      true, false, false },
    { "reasons", MSG("Reasons"), MSG("One point a line; they are numbered."), IN(reasons),
      true, true, false, false },
    { "law", MSG("Legal basis"), NULL, IN(law), true, true, false, false },
    { "text", MSG("Explanation"), MSG("One point a line; they are numbered."), IN(text),
      true, true, true, true },
    { "remedy", MSG("How to appeal"),
      MSG("Remedy, term and authority; a decision without it "
          "can be fought for a year."),
      IN(remedy), true, true, false, false },
    { "enclosures", MSG("Enclosures"), NULL, IN(enclosures), false, true, true, false },
    { "to", MSG("Original to"), NULL, IN(to), false, true, true, false },
    { "copies_to", MSG("Copies to"), NULL, IN(copies_to), false, true, true, false },
};
#define PIECES (sizeof pieces / sizeof pieces[0])

static bool piece_is_asked(const struct piece *p, enum letter_kind kind)
{
    return kind == LETTER_CERTIFICATE ? p->certificate
           : kind == LETTER_DECISION  ? p->decision
                                      : p->plain;
}

static str *piece_at(struct letter_content *c, const struct piece *p)
{
    return (str *)((char *)c + p->offset);
}

static struct entry entry_for(struct ask *q, const char *name, const char *label,
                              const char *hint, str known)
{
    struct words l = words_of(label),
                 h = hint == NULL ? (struct words){ 0 } : words_of(hint);

    return entry_of(q, name, &l, hint == NULL ? NULL : &h, known);
}

static err entries_of(struct ask *q, struct letter *l, struct letters_one *p)
{
    struct entry *list = ARENA_ARRAY(q->arena, ENTRIES, struct entry);
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < PIECES; i++) {
        if (piece_is_asked(&pieces[i], l->kind)) {
            list[n] = entry_for(q, pieces[i].name, pieces[i].label, pieces[i].hint,
                                *piece_at(&l->content, &pieces[i]));
            list[n].is_long = pieces[i].is_long;
            list[n++].optional = !str_equal(str_of(pieces[i].name), STR("subject"));
        }
    }
    if (l->kind == LETTER_CERTIFICATE || l->content.fields_count > 0) {
        list[n] = entry_for(
            q, "fields", MSG("What is certified"), MSG("One line each: name, colon, text."),
            letters_fields_write(q->arena, l->content.fields, l->content.fields_count));
        list[n++].is_long = true;
    }
    list[n] = entry_for(q, "receipt_number", MSG("Receipt number (in)"), NULL,
                        l->receipt_number);
    list[n++].optional = true;
    list[n] = entry_for(q, "file_number", MSG("File number"), NULL, l->file_number);
    list[n++].optional = true;
    list[n] = entry_for(q, "keep_years", MSG("Kept for (years)"), NULL,
                        l->keep_years == 0 ? STR("")
                                           : str_format(q->arena, "%d", l->keep_years));
    list[n].is_short = true;
    list[n++].optional = true;
    list[n] = entry_for(q, "secrecy", MSG("Secrecy and until when"), NULL, l->secrecy);
    list[n++].optional = true;
    list[n] = entry_for(q, "copies", MSG("How many sheets are sealed"), NULL,
                        str_format(q->arena, "%d", l->copies));
    list[n++].is_short = true;
    p->entries = list;
    p->entries_count = n;
    return NULL;
}

static err pick_of(struct ask *q, struct letters_pick *pick, const char *name,
                   struct words label, const str *keys, const char *const *names, int count,
                   int chosen)
{
    struct letters_option *list = ARENA_ARRAY(q->arena, (size_t)count,
                                              struct letters_option);
    str typed = ask_field(q, name);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < count; i++) {
        bool is_typed = str_equal(typed, keys[i]);

        list[i] = (struct letters_option){ keys[i], words_of(names[i]),
                                           typed.len > 0 ? is_typed : i == chosen };
    }
    *pick = (struct letters_pick){ str_of(name), label, list, (size_t)count };
    return NULL;
}

static err draft_of(struct ask *q, struct letter *l, const struct casefile *c,
                    struct letters_one *p)
{
    struct service_letter form = { .when = LETTER_ALWAYS };
    struct letters_pick *picks = ARENA_ARRAY(q->arena, 2, struct letters_pick);

    if (picks == NULL) {
        return err_no_memory;
    }
    if (letter_form(q->arena, letters_service(q, l->service, l->service_version), l->form,
                    &form) == NULL) {
        p->waits = !letter_may_go_out(l, &form, c);
    }
    TRY(entries_of(q, l, p));
    TRY(pick_of(q, &picks[0], "speed", SAY("Speed"), letter_speed_key, letter_speed_name,
                SPEEDS, (int)l->speed));
    TRY(pick_of(q, &picks[1], "seal", SAY("Seal"), letter_seal_key, letter_seal_name, 3,
                (int)l->seal));
    p->picks = picks;
    p->picks_count = 2;
    p->series = letters_series_form(q, l->series);
    p->own_series = !str_is_empty(p->series);
    p->issue_number =
        entry_for(q, "number", MSG("Document number"),
                  MSG("As the document system gave it. Without number and date "
                      "the letter is not issued."),
                  STR(""));
    p->issue_day = entry_for(q, "day", MSG("Date of the letter"), NULL,
                             day_short(q->arena, q->today, LANG_ZH));
    p->issue_day.is_short = true;
    return NULL;
}

/* How it went out, and when. */
static err ways_of(struct ask *q, struct letters_one *p)
{
    struct letters_option *o = ARENA_ARRAY(q->arena, LETTER_WAYS, struct letters_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < LETTER_WAYS; i++) {
        o[i] = (struct letters_option){ letter_way_key[i], words_of(letter_way_name[i]),
                                        str_equal(ask_field(q, "way"), letter_way_key[i]) };
    }
    p->ways = o;
    p->ways_count = LETTER_WAYS;
    p->ways_error = shell_mistake_of(q, "way");
    p->ways_bad = p->ways_error.id != NULL;
    p->sent_day = entry_for(q, "sent_day", MSG("Day on which it was sent"), NULL,
                            day_short(q->arena, q->today, q->lang));
    p->sent_day.is_short = true;
    return NULL;
}

static err issued_of(struct ask *q, const struct letter *l, struct letters_one *p)
{
    struct staff who;

    p->number = l->number;
    p->day = day_text(q->arena, l->day, q->lang);
    p->has_scan = l->scan != 0;
    p->scan_file = link_to2(q, "letters.scanned", id_text(q->arena, l->id), STR("scan"));
    p->ends = l->valid_until != DAY_NONE;
    p->valid_until = p->ends ? day_text(q->arena, l->valid_until, q->lang) : STR("");
    p->withdrawn_why = l->withdrawn_why;
    if (l->kind == LETTER_CERTIFICATE && !str_is_empty(l->token)) {
        p->confirm = link_to1(q, "letters.confirm", l->token);
    }
    p->why = entry_for(q, "why", MSG("Why it is withdrawn"), NULL, STR(""));
    p->why.is_long = true;
    TRY(ways_of(q, p));
    if (staff_by_id(q->arena, q->snap, l->agency, l->issued_by, q->today, &who) == NULL) {
        p->issued_by = who.name;
    }
    return NULL;
}

err letters_show_one(struct ask *q, struct reply *r)
{
    struct letter l;
    struct casefile c;
    struct letters_one *p = ARENA_NEW(q->arena, struct letters_one);
    struct doc d;

    TRY(letters_load(q, &l, &c));
    if (p == NULL) {
        return err_no_memory;
    }
    str id = id_text(q->arena, l.id);
    *p = (struct letters_one){
        .name = letters_name(q, l.service, l.service_version, l.form),
        .state = words_of(letter_state_name[l.state]),
        .case_number = c.number,
        .form_token = q->session.form_token,
        .changes = l.changes,
        .is_draft = l.state == LETTER_DRAFT,
        .is_issued = l.state == LETTER_ISSUED,
        .is_withdrawn = l.state == LETTER_WITHDRAWN,
        .is_certificate = l.kind == LETTER_CERTIFICATE,
        .may_write = letters_may_write(q, &c),
        .seal = words_of(letter_seal_name[l.seal]),
        .casefile = link_to1(q, "casework.one", id_text(q->arena, c.id)),
        .change = link_to1(q, "letters.change", id),
        .issue = link_to1(q, "letters.issue", id),
        .drop = link_to1(q, "letters.drop", id),
        .scan = link_to1(q, "letters.scan", id),
        .withdraw = link_to1(q, "letters.withdraw", id),
        .send = link_to1(q, "letters.send", id),
        .pdf = link_to2(q, "letters.file", id, STR("letter.pdf")),
        .odt = link_to2(q, "letters.file", id, STR("letter.odt")),
        .stale = q->refusal != NULL && q->refusal->kind == ERR_CONFLICT,
        .mistakes = shell_mistakes(q),
    };
    if (p->stale) {
        p->stale_say = q->refusal->say;
    }
    TRY(letters_is_shown(q, &c, &p->shown));
    if (p->shown) {
        TRY(letter_open(q->arena, q->keyring, &l));
        TRY(letters_doc(q, &l, &c, &d));
        TRY(sheet_of(q->arena, &d, false, &p->sheet));
    }
    TRY(l.state == LETTER_DRAFT ? draft_of(q, &l, &c, p) : issued_of(q, &l, p));

    const struct page_crumb crumbs[] = {
        { SAY("Worklist"), link_to(q, "casework.worklist") },
        { SAY("Case {number}", SAY_TEXT("number", c.number)), p->casefile },
    };
    const struct page page = {
        .title = SAY("Letter of case {number}", SAY_TEXT("number", c.number)),
        .here = p->name,
        .crumbs = crumbs,
        .crumbs_count = 2,
        .current = "letters.all",
        .wide = true,
    };
    return REPLY_VIEW(q, r, &page, letters_one, p);
}

/* ---- changing a draft ---- */

struct change_made {
    int64_t id;
};

static err shown_draft(struct ask *q, struct letter *l)
{
    struct casefile c;
    bool shown;

    TRY(letters_load(q, l, &c));
    TRY(letters_is_shown(q, &c, &shown));
    if (!shown || !letters_may_write(q, &c)) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Show the personal data of the case first, then write the letter."),
             STR(""), "not shown, or not his");
    }
    return letter_open(q->arena, q->keyring, l);
}

static int64_t number_read(struct ask *q, const char *name, int64_t least, int64_t most,
                           int64_t empty)
{
    str typed = ask_field(q, name);
    int64_t n = empty;

    if (typed.len > 0 && (!str_to_int(typed, &n) || n < least || n > most)) {
        mistake_add(&q->mistakes, str_of(name),
                    SAY("Enter a whole number from {least} to {most}.",
                        SAY_NUMBER("least", least), SAY_NUMBER("most", most)));
        return empty;
    }
    return n;
}

static int choice_read(struct ask *q, const char *name, const str *keys, int count,
                       int known)
{
    str typed = ask_field(q, name);

    for (int i = 0; i < count; i++) {
        known = str_equal(typed, keys[i]) ? i : known;
    }
    return known;
}

static void pieces_read(struct ask *q, struct letter *l)
{
    for (size_t i = 0; i < PIECES; i++) {
        str typed = str_trim(ask_field(q, pieces[i].name));

        if (!piece_is_asked(&pieces[i], l->kind)) {
            continue;
        }
        if (str_points(typed) > (pieces[i].is_long ? TEXT_SIGNS : LINE_SIGNS)) {
            mistake_add(
                &q->mistakes, str_of(pieces[i].name),
                SAY("The note may have at most {max} characters.",
                    SAY_NUMBER("max", pieces[i].is_long ? TEXT_SIGNS : LINE_SIGNS)));
        }
        *piece_at(&l->content, &pieces[i]) = typed;
    }
    if (l->kind != LETTER_CERTIFICATE && str_is_empty(l->content.subject)) {
        mistake_add(&q->mistakes, STR("subject"), SAY("A letter has a subject. Write it."));
    }
    if (l->kind == LETTER_DECISION && str_is_empty(l->content.remedy)) {
        mistake_add(&q->mistakes, STR("remedy"),
                    SAY("Write how, until when and to whom one may appeal."));
    }
}

static err change_check(struct ask *q, struct letter *ret_wish)
{
    struct letter l;
    struct letter_field *fields;

    TRY(shown_draft(q, &l));
    pieces_read(q, &l);
    TRY(letters_fields_read(q->arena, ask_field(q, "fields"), &fields,
                            &l.content.fields_count));
    l.content.fields = fields;
    l.receipt_number = str_slice(ask_field(q, "receipt_number"), 0, LINE_SIGNS);
    l.file_number = str_slice(ask_field(q, "file_number"), 0, LINE_SIGNS);
    l.secrecy = str_slice(ask_field(q, "secrecy"), 0, LINE_SIGNS);
    l.keep_years = (int)number_read(q, "keep_years", 0, KEEP_MOST, 0);
    l.copies = (int)number_read(q, "copies", 1, COPIES_MOST, 1);
    l.speed = (enum letter_speed)choice_read(q, "speed", letter_speed_key, SPEEDS,
                                             (int)l.speed);
    l.seal = (enum letter_seal)choice_read(q, "seal", letter_seal_key, 3, (int)l.seal);
    if (!str_to_int(ask_field(q, "changes"), &l.changes)) {
        l.changes = -1;
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "draft");
    }
    TRY(letter_seal_content(q->arena, q->keyring, &l));
    *ret_wish = l;
    return NULL;
}

static err change_commit(struct ask *q, struct tx *tx, const struct letter *wish,
                         struct change_made *ret_made)
{
    ret_made->id = wish->id;
    return letter_change(q->arena, tx, wish, q->actor.staff, q->now_ms);
}

static err change_reply(struct ask *q, struct reply *r, const struct change_made *made)
{
    return reply_see_other(q, r, "letters.one", id_text(q->arena, made->id));
}

BEATS_OUT(change, letters_change_beats, struct letter, struct change_made)
