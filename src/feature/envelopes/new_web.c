/* new_web — an envelope is written, looked at and sent; also the transfer of a case, which
 * ends here in the same commit.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "envelopes_form.view.h"
#include "feature/envelopes/envelopes_file.h"
#include "feature/envelopes/envelopes_web.h"
#include "host/lang/lang.h"
#include "host/seal/seal.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/form/answer.h"
#include "kernel/service/service.h"

#define CSV_MOST ((size_t)200 << 10)
#define PREVIEW_ROWS 200

/* What check has read; the page is shown again out of it. */
struct send_wish {
    struct envelope_post post;
    struct act_wish act; /* transfer */
    bool transfers;
    str csv;             /* the list as it was read, also out of a file */
    bool preview;
    bool health_must;    /* what was applied for tells of health */
    struct envelope_person *persons;
    size_t persons_count;
};

static str asked(const struct ask *q, const char *name)
{
    return q->method == POST ? ask_field(q, name) : ask_param(q, name);
}

/* The case it is about, if there is one. */
static err case_of(struct ask *q, struct casefile *ret, bool *ret_found)
{
    int64_t id;

    *ret_found = id_parse(asked(q, "case"), &id);
    if (!*ret_found) {
        return NULL;
    }
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
             "not his to see");
    }
    return NULL;
}

/* Not oneself; and not the city as such, where nobody works who could open it. */
static bool takes_envelopes(const struct ask *q, const struct agency *a)
{
    return a->id != q->agency->id && a->id != AGENCY_CITY;
}

/* ---- the page ---- */

static err agencies_of(struct ask *q, struct envelopes_form *p)
{
    size_t offices_count, count, n = 0;
    const struct agency *offices = ask_agencies(q, &offices_count);
    struct envelope_partner *partners;
    struct envelopes_option *o;
    str chosen = ask_field(q, "to");

    TRY(envelope_partners(q->arena, q->snap, q->agency->id, &partners, &count));
    o = ARENA_ARRAY(q->arena, offices_count + count + 1, struct envelopes_option);
    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < offices_count; i++) {
        if (takes_envelopes(q, &offices[i])) {
            o[n].value = offices[i].key;
            o[n].text = label_in(&offices[i].name, q->lang);
            o[n].chosen = str_equal(chosen, o[n].value);
            n++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        o[n].value = str_hex(q->arena, partners[i].party.public_key);
        o[n].text = lang_say(
            q->arena, q->lang,
            SAY("{agency} (by file)", SAY_LABEL("agency", &partners[i].party.name)));
        o[n].chosen = str_equal(chosen, o[n].value);
        n++;
    }
    p->agencies = o;
    p->agencies_count = n;
    p->to_error = shell_mistake_of(q, "to");
    p->to_bad = p->to_error.id != NULL;
    return NULL;
}

static err kinds_of(struct ask *q, struct envelopes_form *p)
{
    struct envelopes_option *o = ARENA_ARRAY(q->arena, ENVELOPE_KINDS,
                                             struct envelopes_option);
    str chosen = asked(q, "kind");
    size_t n = 0;

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = ENVELOPE_KINDS - 1; i >= 0; i--) {
        if (i != ENVELOPE_TRANSFER) {
            o[n++] = (struct envelopes_option){
                .value = envelope_kind_key[i],
                .text = lang_text(q->lang, envelope_kind_name[i]),
                .chosen = str_equal(chosen, envelope_kind_key[i]),
            };
        }
    }
    p->kinds = o;
    p->kinds_count = n;
    return NULL;
}

static void consent_entries(struct ask *q, const struct send_wish *w,
                            struct envelopes_form *p)
{
    p->consent_who = entry_of(q, "consent_who", &SAY("Who has consented"), NULL, STR(""));
    p->consent_on = entry_of(q, "consent_on", &SAY("Day of the consent"),
                             &SAY("For example {day}",
                                  SAY_TEXT("day", day_short(q->arena, q->today, q->lang))),
                             STR(""));
    p->consent_on.is_short = true;
    p->consent_paper = entry_of(q, "consent_paper", &SAY("On which paper it stands"),
                                &SAY("For example: letter of consent of the applicant"),
                                STR(""));
    p->consent_who.optional = p->consent_on.optional = p->consent_paper.optional = true;
    p->health_must = p->health_must || (w != NULL && w->health_must);
    p->health = p->health_must || ask_field(q, "health").len > 0;
}

static void entries_of(struct ask *q, const struct send_wish *w, struct envelopes_form *p)
{
    p->subject = entry_of(q, "subject", &SAY("Subject"),
                          &SAY("A few words without names; it stands in lists."), STR(""));
    p->text = p->is_transfer
                  ? entry_of(q, "text", &SAY("Why the other agency is competent"),
                             &SAY("The applicant reads this."), STR(""))
                  : entry_of(q, "text", &SAY("Text"), NULL, STR(""));
    p->text.is_long = true;
    p->text.optional = !p->is_transfer;
    p->purpose = entry_of(q, "purpose", &SAY("Purpose"),
                          &SAY("For what the other agency needs it."), STR(""));
    p->law = entry_of(q, "law", &SAY("Legal basis"),
                      &SAY("The law with its article, or the consent. Needed where persons "
                           "are named."), STR(""));
    p->law.optional = true;
    p->reply = entry_of(q, "reply", &SAY("Answer by"),
                        &SAY("For example {day}",
                             SAY_TEXT("day", day_short(q->arena, q->today + 7, q->lang))),
                        STR(""));
    p->reply.optional = p->reply.is_short = true;
    p->persons =
        entry_of(q, "persons", &SAY("Persons, one a line"),
                 &SAY("Name, identity number, birth date, note; separated by commas, "
                      "or copied from a spreadsheet."),
                 STR(""));
    p->persons.is_long = p->persons.optional = true;
    if (w != NULL && w->csv.len > 0) {
        p->persons.value = w->csv;
    }
    consent_entries(q, w, p);
    p->file_error = shell_mistake_of(q, "file");
    p->file_bad = p->file_error.id != NULL;
}

static str csv_mark(struct ask *q, str csv)
{
    return str_slice(str_hex(q->arena, seal_sha256(q->arena, csv)), 0, 16);
}

static err preview_of(struct ask *q, const struct send_wish *w, struct envelopes_form *p)
{
    size_t count = w->persons_count > PREVIEW_ROWS ? PREVIEW_ROWS : w->persons_count;
    struct envelopes_person *list = ARENA_ARRAY(q->arena, count + 1,
                                                struct envelopes_person);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct envelope_person *x = &w->persons[i];

        list[i] = (struct envelopes_person){ .number = x->number, .name = x->name,
                                             .national_id = x->national_id, .born = x->born,
                                             .note = x->note };
    }
    p->list = list;
    p->list_count = count;
    p->list_total = (int64_t)w->persons_count;
    p->preview = count > 0;
    p->seen = csv_mark(q, w->csv);
    return NULL;
}

err envelopes_new_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Envelopes"),
                                           link_to(q, "envelopes.list") } };
    const struct page page = { .title = SAY("New envelope"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "envelopes.list" };
    const struct send_wish *w = q->method == POST ? q->wish : NULL;
    struct envelopes_form p = { .to = link_to(q, "envelopes.send"),
                                .form_token = q->session.form_token,
                                .back = link_to(q, "envelopes.list"),
                                .mistakes = shell_mistakes(q) };
    struct casefile c;

    TRY(case_of(q, &c, &p.has_case));
    if (p.has_case) {
        p.casefile = id_text(q->arena, c.id);
        p.number = c.number;
        p.is_transfer = str_equal(asked(q, "kind"), STR("transfer"));
        p.back = link_to1(q, "casework.one", p.casefile);
        p.with_answers = str_equal(ask_field(q, "with"), STR("answers"));
    }
    entries_of(q, w, &p);
    p.wide = p.persons.value.len > 0 || str_equal(asked(q, "kind"), STR("query"));
    if (w != NULL && w->persons_count > 0) {
        TRY(preview_of(q, w, &p));
    }
    TRY(agencies_of(q, &p));
    TRY(kinds_of(q, &p));
    return REPLY_VIEW(q, r, &page, envelopes_form, &p);
}

/* ---- sending ---- */

/* An agency of this installation by its key, a partner by its public one. */
static err receiver_read(struct ask *q, struct envelope *e)
{
    str to = ask_field(q, "to"), key;
    size_t count;
    const struct agency *offices = ask_agencies(q, &count);
    struct envelope_partner partner;

    for (size_t i = 0; i < count; i++) {
        if (str_equal(offices[i].key, to) && takes_envelopes(q, &offices[i])) {
            e->other_agency = offices[i].id;
            e->other = (struct envelope_party){
                offices[i].key, offices[i].name,
                seal_public_key(q->arena, q->keyring, offices[i].id),
            };
            return NULL;
        }
    }
    if (str_unhex(q->arena, to, &key) && key.len == SIGN_PUBLIC_BYTES &&
        envelope_partner_by_key(q->arena, q->snap, q->agency->id, key, &partner) == NULL) {
        e->other = partner.party;
        return NULL;
    }
    mistake_add(&q->mistakes, STR("to"), SAY("Choose the agency it goes to."));
    return NULL;
}

static void reply_read(struct ask *q, struct envelope_message *m)
{
    str typed = ask_field(q, "reply");

    m->reply_by = DAY_NONE;
    if (typed.len > 0 && !day_parse(typed, &m->reply_by)) {
        mistake_add(&q->mistakes, STR("reply"),
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

static err list_read(struct ask *q, struct send_wish *w)
{
    w->csv = ask_field(q, "persons");
    if (q->files_count > 0) {
        err e = envelopes_file_text(q->arena, q->store, q->keyring, q->files[0].id,
                                    CSV_MOST, &w->csv);

        if (e != NULL && e->kind == ERR_INPUT) {
            mistake_add(&q->mistakes, STR("file"), e->say);
            return NULL;
        }
        TRY(e);
    }
    if (str_is_empty(str_trim(w->csv))) {
        return NULL;
    }
    return persons_read(q->arena, w->csv, &q->mistakes, &w->persons, &w->persons_count);
}

/* What was applied for, as it stands on the case; files stay here. */
static err fields_of(struct ask *q, const struct casefile *c, struct send_wish *w)
{
    struct envelope_message *m = &w->post.message;
    const struct service *s = service_get_near(q->catalog, c->service, c->service_version);
    struct sealed_answer *kept;
    struct envelope_field *fields;
    size_t count;

    TRY(casefile_answers(q->arena, q->snap, q->keyring, c, true, &kept, &count));
    fields = ARENA_ARRAY(q->arena, count + 1, struct envelope_field);
    if (fields == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; s != NULL && i < count && m->fields_count < ENVELOPE_FIELDS_MOST;
         i++) {
        const struct question *x = form_question(&s->form, kept[i].question);
        struct answer answer = { .question = x, .json = kept[i].plain, .visible = true };

        if (x != NULL && x->type != Q_CONSENT && !question_takes_file(x)) {
            w->health_must = w->health_must || x->health;
            fields[m->fields_count++] = (struct envelope_field){
                .label = label_in(&x->label, LANG_ZH),
                .text = answer_text(q->arena, &answer, LANG_ZH, false),
                .key = x->key,
                .value = kept[i].plain,
            };
        }
    }
    m->service = c->service;
    m->fields = fields;
    return NULL;
}

/* Who has not opened the case and does not work on it does not send it out either. */
static err may_open(struct ask *q, const struct casefile *c)
{
    bool shown;

    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &shown));
    if (!shown && c->officer != q->actor.staff) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Show the personal data of the case first; then they can be sent."),
             STR(""), "not shown");
    }
    return NULL;
}

static err transfer_prepare(struct ask *q, const struct casefile *c, struct send_wish *w)
{
    w->transfers = true;
    w->act = (struct act_wish){
        .act = ACT_TRANSFER, .agency = c->agency, .id = c->id, .changes = c->changes,
        .now_ms = q->now_ms, .who = q->actor, .catalog = q->catalog,
        .calendar = q->calendar, .document_day = DAY_NONE, .wanted_until = DAY_NONE,
        .as_deputy = casefile_as_deputy(&q->actor, c, ACT_TRANSFER),
        .agency_name = label_in(&w->post.envelope.other.name, LANG_ZH),
    };
    return casefile_act_prepare(q->arena, q->snap, q->keyring, &w->act,
                                w->post.message.text);
}

static err case_add(struct ask *q, struct send_wish *w, struct casefile *ret)
{
    struct envelope_message *m = &w->post.message;
    struct casefile c;
    bool found;

    TRY(case_of(q, &c, &found));
    if (!found) {
        if (m->kind == ENVELOPE_TRANSFER) {
            FAIL(q->arena, ERR_INPUT, SAY("A transfer begins on the page of its case."),
                 STR("kind"), "no case");
        }
        return NULL;
    }
    w->post.envelope.casefile = c.id;
    w->post.casefile = c.id;
    m->case_number = c.number;
    if (m->kind == ENVELOPE_TRANSFER ||
        str_equal(ask_field(q, "with"), STR("answers"))) {
        TRY(may_open(q, &c));
        TRY(fields_of(q, &c, w));
        m->health = m->health || w->health_must;
    }
    if (m->kind == ENVELOPE_TRANSFER && str_is_empty(m->text)) {
        mistake_add(&q->mistakes, STR("text"),
                    SAY("Write why the other agency is competent; "
                        "the applicant reads it."));
    }
    *ret = c;
    return NULL;
}

static void consent_read(struct ask *q, struct envelope_message *m)
{
    str typed = ask_field(q, "consent_on");

    m->health = ask_field(q, "health").len > 0;
    m->consent = (struct envelope_consent){ str_trim(ask_field(q, "consent_who")),
                                            str_trim(ask_field(q, "consent_paper")),
                                            DAY_NONE };
    if (typed.len > 0 && !day_parse(typed, &m->consent.on)) {
        m->consent.on = DAY_NONE; /* said by message_check */
    }
}

static void words_read(struct ask *q, struct envelope_message *m)
{
    m->step = ENVELOPE_SENT;
    m->kind = ENVELOPE_QUERY;
    (void)envelope_kind_from_key(ask_field(q, "kind"), &m->kind);
    m->subject = str_trim(ask_field(q, "subject"));
    m->text = str_trim(ask_field(q, "text"));
    m->purpose = str_trim(ask_field(q, "purpose"));
    m->law = str_trim(ask_field(q, "law"));
    reply_read(q, m);
    consent_read(q, m);
}

/* Many persons are not named before somebody has seen the list as it was read. */
static bool was_seen(struct ask *q, const struct send_wish *w)
{
    return w->persons_count == 0 ||
           str_equal(ask_field(q, "seen"), csv_mark(q, w->csv));
}

static err send_check(struct ask *q, struct send_wish *w)
{
    struct envelope_message *m = &w->post.message;
    struct casefile c;

    w->post = (struct envelope_post){
        .envelope = { .agency = q->agency->id, .id = ask_new_id(q), .unit = q->actor.unit },
        .staff = q->actor.staff, .at_ms = q->now_ms,
    };
    words_read(q, m);
    TRY(receiver_read(q, &w->post.envelope));
    TRY(list_read(q, w));
    m->persons = w->persons;
    m->persons_count = w->persons_count;
    TRY(case_add(q, w, &c));
    message_check(m, q->today, &q->mistakes);
    if (m->kind == ENVELOPE_TRANSFER && q->mistakes.count == 0) {
        TRY(transfer_prepare(q, &c, w));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "form");
    }
    if (str_equal(ask_field(q, "do"), STR("preview")) || !was_seen(q, w)) {
        return ask_once_more;
    }
    return envelope_prepare(q->arena, q->keyring, q->agency, &w->post);
}

static err send_commit(struct ask *q, struct tx *tx, const struct send_wish *w,
                       struct envelopes_made *made)
{
    struct casefile c;

    if (w->transfers) {
        TRY(casefile_act(q->arena, tx, &w->act, &c));
    }
    made->id = w->post.envelope.id;
    return envelope_step_put(q->arena, tx, &w->post);
}

static err send_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return reply_see_other(q, r, "envelopes.one", id_text(q->arena, made->id));
}

BEATS_OUT(send, envelopes_send_beats, struct send_wish, struct envelopes_made)
