/* one_web — the page of an envelope: content under a reason, persons, steps, what can be
 * done; the signed file for another installation.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "envelopes_one.view.h"
#include "feature/envelopes/envelopes_web.h"
#include "host/lang/lang.h"
#include "host/seal/seal.h"
#include "kernel/casefile/casefile.h"
#include "kernel/service/service.h"

/* Who takes in applications. */
#define CASE_TAKERS \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_DISPATCHER))

/* What a page is made of. */
struct making {
    struct ask *q;
    struct envelope e;
    struct envelope_done *steps;
    size_t steps_count;
    struct envelopes_one *p;
};

static err reasons_of(struct ask *q, struct envelopes_one *p)
{
    struct envelopes_option *o = ARENA_ARRAY(q->arena, READ_REASONS,
                                             struct envelopes_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < READ_REASONS; i++) {
        o[i] =
            (struct envelopes_option){ .value = reading_reason_key[i],
                                       .text = lang_text(q->lang, reading_reason_name[i]),
                                       .chosen = i == READ_DECISION };
    }
    p->reasons = o;
    p->reasons_count = READ_REASONS;
    p->reason_error = shell_mistake_of(q, "reason");
    p->reason_bad = p->reason_error.id != NULL;
    return NULL;
}

static err units_of(struct ask *q, struct envelopes_one *p)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);
    struct envelopes_option *o = ARENA_ARRAY(q->arena, count + 1, struct envelopes_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        o[i] = (struct envelopes_option){ .value = id_text(q->arena, units[i].id),
                                          .text = label_in(&units[i].name, q->lang),
                                          .chosen = units[i].id == q->actor.unit };
    }
    p->units = o;
    p->units_count = count;
    return NULL;
}

static err step_of(const struct making *m, const struct envelope_done *d,
                   struct envelopes_step *s)
{
    struct ask *q = m->q;

    *s = (struct envelopes_step){
        .name = words_of(envelope_step_name[d->step]),
        .who = d->own ? q->agency->short_name : m->e.other.name,
        .at = envelopes_moment(q, d->at_ms),
        .hash = str_hex(q->arena, d->hash),
        .own = d->own,
        .proved = d->proved,
        .by_file = d->own && d->carry == 2,
        .waits = d->own && d->carry == 1,
        .text = d->message.text,
        .has_text = d->step != ENVELOPE_SENT && d->message.text.len > 0 &&
                    (m->p->shown || d->step == ENVELOPE_REFUSED),
    };
    if (s->by_file) {
        s->file = link_to2(q, "envelopes.file", id_text(q->arena, m->e.id),
                           envelope_step_key[d->step]);
    }
    if (d->own && d->staff != 0) {
        struct staff person;

        TRY(staff_by_id(q->arena, q->snap, q->agency->id, d->staff, q->today, &person));
        s->staff = person.name;
    }
    return NULL;
}

static err steps_of(struct making *m)
{
    struct envelopes_step *list = ARENA_ARRAY(m->q->arena, m->steps_count + 1,
                                              struct envelopes_step);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->steps_count; i++) {
        TRY(step_of(m, &m->steps[i], &list[i]));
    }
    m->p->steps = list;
    m->p->steps_count = m->steps_count;
    return NULL;
}

/* The words of the first step, once they may be read. */
static err content_of(struct making *m)
{
    const struct envelope_message *sent;
    struct envelopes_pair *fields;

    if (m->steps_count == 0 || !m->p->shown) {
        return NULL;
    }
    sent = &m->steps[0].message;
    fields = ARENA_ARRAY(m->q->arena, sent->fields_count + 1, struct envelopes_pair);
    if (fields == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < sent->fields_count; i++) {
        fields[i] = (struct envelopes_pair){ sent->fields[i].label, sent->fields[i].text };
    }
    m->p->fields = fields;
    m->p->fields_count = sent->fields_count;
    m->p->purpose = sent->purpose;
    m->p->law = sent->law;
    if (sent->health) {
        m->p->consent = str_format(
            m->q->arena, "%.*s · %.*s · %.*s", STR_ARG(sent->consent.who),
            STR_ARG(day_short(m->q->arena, sent->consent.on, m->q->lang)),
            STR_ARG(sent->consent.paper));
    }
    m->p->text = sent->text;
    m->p->has_text = sent->text.len > 0;
    return NULL;
}

static void person_of(struct ask *q, const struct envelope_line *l,
                      struct envelopes_person *x)
{
    const struct envelope_person *p = &l->person;

    *x = (struct envelopes_person){
        .number = p->number, .name = p->name, .national_id = p->national_id,
        .born = p->born, .note = p->note, .answer = p->answer,
        .result_words = words_of(envelope_result_name[p->result]),
        .found = p->result == RESULT_FOUND, .nothing = p->result == RESULT_NOTHING,
        .unknown = p->result == RESULT_UNKNOWN,
        .result_field = str_format(q->arena, "f-result-%d", p->number),
        .answer_field = str_format(q->arena, "f-answer-%d", p->number),
        .result_name = str_format(q->arena, "result-%d", p->number),
        .answer_name = str_format(q->arena, "answer-%d", p->number),
    };
}

static int first_line(const struct ask *q)
{
    int64_t first = 1;

    (void)str_to_int(ask_param(q, "from"), &first);
    return first < 1 || first > ENVELOPE_PERSONS_MOST ? 1 : (int)first;
}

static err persons_of(struct making *m)
{
    struct ask *q = m->q;
    struct envelopes_one *p = m->p;
    struct envelope_line *all;
    struct envelopes_person *list;
    int first = first_line(q);
    size_t count;

    TRY(envelope_lines(q->arena, q->snap, q->keyring, &m->e, p->shown, 1,
                       ENVELOPE_PERSONS_MOST, &all, &count));
    list = ARENA_ARRAY(q->arena, ENVELOPES_LINES, struct envelopes_person);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        int number = all[i].person.number;

        p->answered += all[i].person.result != RESULT_OPEN ? 1 : 0;
        if (p->shown && number >= first && number < first + ENVELOPES_LINES) {
            person_of(q, &all[i], &list[p->persons_count]);
            list[p->persons_count++].may_line =
                envelope_may_step(&m->e, ENVELOPE_ANSWERED, false);
        }
    }
    p->persons = list;
    p->total = (int64_t)count;
    p->has_lines = count > 0;
    p->all_answered = p->answered == p->total;
    p->has_before = first > 1;
    p->has_next = first + ENVELOPES_LINES <= (int)count;
    p->before = url_with(q, p->back, "from",
                         str_format(q->arena, "%d", first - ENVELOPES_LINES));
    p->next = url_with(q, p->back, "from",
                       str_format(q->arena, "%d", first + ENVELOPES_LINES));
    return NULL;
}

static err head_of(struct making *m)
{
    struct ask *q = m->q;
    const struct envelope *e = &m->e;
    struct envelopes_one *p = m->p;
    bool open = e->state == ENVELOPE_SENT || e->state == ENVELOPE_RECEIVED;

    p->subject = e->subject;
    p->kind = words_of(envelope_kind_name[e->kind]);
    p->state = words_of(envelope_step_name[e->state]);
    p->tone = envelopes_tone(e);
    p->other = e->other.name;
    p->by_file = e->other_agency == 0;
    p->uid = e->uid;
    p->out = e->out;
    p->sent = envelopes_moment(q, e->sent_ms);
    p->has_reply = e->reply_by != DAY_NONE;
    p->reply_by = p->has_reply ? day_short(q->arena, e->reply_by, q->lang) : STR("");
    p->late = p->has_reply && open && e->reply_by < q->today;
    p->case_number = e->out ? STR("") : e->case_number;
    for (size_t i = 1; e->out && i < m->steps_count; i++) {
        p->case_number = m->steps[i].message.case_number.len > 0
                             ? m->steps[i].message.case_number
                             : p->case_number;
    }
    if (e->casefile != 0) {
        struct casefile c;

        TRY(casefile_load(q->arena, q->snap, e->agency, e->casefile, &c));
        p->has_ours = true;
        p->ours = c.number;
        p->ours_link = link_to1(q, "casework.one", id_text(q->arena, c.id));
        p->ended_here = envelopes_ended_here(e, &c);
    }
    return NULL;
}

/* Services of this office that become a case; the one of the sender's key first chosen. */
static err services_of(struct making *m)
{
    struct ask *q = m->q;
    size_t count = q->catalog == NULL ? 0 : catalog_count(q->catalog, "service");
    struct envelopes_option *o = ARENA_ARRAY(q->arena, count + 1, struct envelopes_option);
    str wanted = m->steps_count > 0 ? m->steps[0].message.service : STR("");

    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, "service", i);

        if (s->depth == DEPTH_FULL) {
            o[m->p->services_count++] = (struct envelopes_option){
                .value = s->key, .label = s->name, .chosen = str_equal(s->key, wanted),
            };
        }
    }
    m->p->services = o;
    m->p->may_case = m->p->services_count > 0 && envelope_may_become_case(&m->e) &&
                     (actor_serves(&q->actor) & CASE_TAKERS) != 0;
    m->p->case_to = link_to1(q, "envelopes.case", id_text(q->arena, m->e.id));
    return NULL;
}

/* GET …/case?service=KEY: to the counter's page of that service, with what came in it. */
err envelopes_case_show(struct ask *q, struct reply *r)
{
    struct envelope e;
    str key = ask_param(q, "service");

    TRY(envelopes_here(q, &e));
    if (!envelope_may_become_case(&e) || q->catalog == NULL ||
        service_get(q->catalog, key) == NULL) {
        return reply_see_other(q, r, "envelopes.one", id_text(q->arena, e.id));
    }
    return reply_see(q, r, url_with(q, link_to1(q, "intake.form", key), "envelope",
                                    id_text(q->arena, e.id)));
}

static void acts_of(struct making *m)
{
    struct ask *q = m->q;
    struct envelopes_one *p = m->p;
    str id = id_text(q->arena, m->e.id);

    p->may_receive = envelope_may_step(&m->e, ENVELOPE_RECEIVED, false);
    p->may_refuse = envelope_may_step(&m->e, ENVELOPE_REFUSED, false);
    p->may_answer = envelope_may_step(&m->e, ENVELOPE_ANSWERED, false);
    p->may_line = p->may_answer;
    p->may_note = m->e.out && m->e.unread;
    p->noted = link_to1(q, "envelopes.noted", id);
    p->show = link_to1(q, "envelopes.show", id);
    p->step = link_to1(q, "envelopes.step", id);
    p->lines = link_to1(q, "envelopes.lines", id);
    p->form_token = q->session.form_token;
    p->refusal = entry_of(q, "refusal", &SAY("Why it is refused"),
                          &SAY("The other agency reads this. Say who would be competent."),
                          STR(""));
    p->answer = entry_of(q, "answer", &SAY("Answer"), NULL, STR(""));
    p->refusal.is_long = p->answer.is_long = true;
    p->answer.optional = p->has_lines;
    p->our_case = entry_of(q, "our_case", &SAY("Our case number"),
                           &SAY("If it goes on here as a case; the other agency reads it."),
                           STR(""));
    p->our_case.optional = p->our_case.is_short = true;
    p->csv = entry_of(q, "csv", &SAY("Number, answer, text; one person a line"),
                      &SAY("The answer is found, nothing or unknown (有、無、無法提供)."), STR(""));
    p->csv.is_long = p->csv.optional = true;
}

err envelopes_one_show(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Envelopes"),
                                           link_to(q, "envelopes.list") } };
    struct making m = { .q = q, .p = ARENA_NEW(q->arena, struct envelopes_one) };

    if (m.p == NULL) {
        return err_no_memory;
    }
    TRY(envelopes_here(q, &m.e));
    TRY(envelope_is_shown(q->arena, q->snap, q->agency->id, q->session.id, m.e.id,
                          q->now_ms, &m.p->shown));
    TRY(envelope_steps(q->arena, q->snap, q->keyring, &m.e, &m.steps, &m.steps_count));
    m.p->may_show = !m.p->shown;
    m.p->back = link_to1(q, "envelopes.one", id_text(q->arena, m.e.id));
    TRY(reasons_of(q, m.p));
    TRY(units_of(q, m.p));
    TRY(head_of(&m));
    TRY(steps_of(&m));
    TRY(content_of(&m));
    TRY(persons_of(&m));
    TRY(services_of(&m));
    acts_of(&m);
    m.p->back = link_to(q, "envelopes.list");
    m.p->mistakes = shell_mistakes(q);
    if (q->refusal != NULL && q->refusal->kind == ERR_CONFLICT) {
        m.p->stale = q->refusal->say;
    }

    const struct page page = { .title = SAY("{title}", SAY_TEXT("title", m.e.subject)),
                               .crumbs = crumbs, .crumbs_count = 1,
                               .current = "envelopes.list", .wide = true };
    return REPLY_VIEW(q, r, &page, envelopes_one, m.p);
}

/* Sealed to the partner's key: whoever carries it cannot read it. */
err envelopes_file_show(struct ask *q, struct reply *r)
{
    struct envelope e;
    struct envelope_done *list;
    size_t count;
    str step = ask_path(q, "step"), file;

    TRY(envelopes_here(q, &e));
    TRY(envelope_steps(q->arena, q->snap, q->keyring, &e, &list, &count));
    for (size_t i = 0; i < count; i++) {
        if (list[i].own && list[i].carry == 2 &&
            str_equal(envelope_step_key[list[i].step], step)) {
            TRY(envelope_file_write(q->arena, list[i].body, list[i].signature,
                                    seal_public_key(q->arena, q->keyring, e.agency),
                                    e.other.public_key, &file));
            return reply_bytes(q, r, STR("application/json"),
                               str_format(q->arena, "%.*s-%.*s.json", STR_ARG(e.uid),
                                          STR_ARG(step)), file, false);
        }
    }
    FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no such step");
}
