/* begin — a letter of a case begins: what the case and the definition already say stands in
 * it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/letters/letters_web.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_wanted.h"

struct begin_made {
    int64_t id;
};

static err shown_first(struct ask *q, const struct casefile *c)
{
    bool shown;

    TRY(letters_is_shown(q, c, &shown));
    if (!shown) {
        FAIL(q->arena, ERR_DENIED,
             SAY("Show the personal data of the case first, then write the letter."),
             STR(""), "not shown");
    }
    return NULL;
}

/* Where the applicant lives: the first address of the form. */
static str address_of(struct ask *q, const struct letter_start *f)
{
    const struct form *form = &f->service->form;

    for (size_t i = 0; i < f->answers_count; i++) {
        const struct question *question = form_question(form, f->answers[i].question);

        if (question != NULL && question->type == Q_ADDRESS) {
            struct answer x = { .question = question,
                                .json = f->answers[i].plain,
                                .visible = true };

            return answer_text(q->arena, &x, LANG_ZH, false);
        }
    }
    return STR("");
}

/* 訴願 goes to the authority above: the city's government. */
static struct label authority_of(struct ask *q)
{
    struct label l = { 0 };

    for (int i = 0; i < LANG_COUNT; i++) {
        l.in[i] = i == LANG_EN ? str_format(q->arena, "%.*s Government",
                                            STR_ARG(label_in(&q->agency->city, LANG_EN)))
                               : str_format(q->arena, "%.*s政府",
                                            STR_ARG(label_in(&q->agency->city, LANG_ZH)));
    }
    return l;
}

/* Decided, or proposed: what was written then stands in the letter. */
static bool is_against(const struct casefile *c)
{
    return c->outcome == OUTCOME_REFUSED || c->outcome == OUTCOME_NOT_ADMITTED;
}

/* What was written as the case was last sent back, or its term extended. */
static err note_of(struct ask *q, const struct casefile *c, enum case_act act,
                   struct letter_start *f, bool *ret_found)
{
    struct case_event *events;
    size_t count;

    *ret_found = false;
    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    for (size_t i = count; i-- > 0;) {
        if (str_equal(events[i].kind, case_act_event[act])) {
            *ret_found = true;
            TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, &events[i]));
            f->note = events[i].note;
            return NULL;
        }
    }
    return NULL;
}

static err wanted_of(struct ask *q, const struct casefile *c, struct letter_start *f)
{
    struct case_wanted_list wanted;
    bool found;
    str *names;

    TRY(casefile_wanted(q->arena, q->snap, c, &wanted));
    names = ARENA_ARRAY(q->arena, wanted.count + 1, str);
    if (names == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < wanted.count; i++) {
        struct label name = casefile_wanted_name(f->service, &wanted.list[i]);

        if (!label_is_empty(&name)) {
            names[f->wanted_count++] = label_in(&name, LANG_ZH);
        }
    }
    f->wanted = names;
    f->wanted_until = wanted.until;
    return c->state == CASE_SENT_BACK ? note_of(q, c, ACT_SEND_BACK, f, &found) : NULL;
}

/* What the case knows already for a form that every office has. */
static err known_of(struct ask *q, const struct casefile *c, struct letter_start *f)
{
    if (str_equal(f->form, letter_plain_key[PLAIN_SUPPLY])) {
        return wanted_of(q, c, f);
    }
    if (str_equal(f->form, letter_plain_key[PLAIN_EXTEND])) {
        return note_of(q, c, ACT_EXTEND, f, &f->is_extended);
    }
    return NULL;
}

static err begin_check(struct ask *q, struct letter *ret_wish)
{
    struct casefile c;
    int64_t id;
    struct letter_start f = { .agency = q->agency,
                              .catalog = q->catalog,
                              .casefile = &c,
                              .staff = q->actor.staff,
                              .now_ms = q->now_ms,
                              .form = ask_field(q, "form") };
    struct sealed_answer *answers;
    struct case_grounds grounds;
    bool found;

    TRY(ask_path_id(q, "id", &id));
    TRY(letters_case_load(q, id, &c));
    if (!letters_may_write(q, &c)) {
        FAIL(q->arena, ERR_DENIED, SAY("Only who works on the case writes its letters."),
             STR(""), "not his case");
    }
    TRY(shown_first(q, &c));
    f.service = letters_service(q, c.service, c.service_version);
    if (f.service == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("This service has no such letter."), STR("form"),
             "no definition");
    }
    f.office = office_get(q->catalog);
    f.id = ask_new_id(q);
    f.authority = authority_of(q);
    TRY(casefile_applicant(q->arena, q->keyring, &c, &f.name));
    TRY(casefile_answers(q->arena, q->snap, q->keyring, &c, true, &answers,
                         &f.answers_count));
    f.answers = answers;
    f.address = address_of(q, &f);
    TRY(casefile_grounds(q->arena, q->snap, q->keyring, &c, &grounds, &found));
    if (found && is_against(&c)) {
        f.grounds = &grounds;
    }
    TRY(known_of(q, &c, &f));
    return letter_begin(q->arena, q->keyring, &f, ret_wish);
}

static err begin_commit(struct ask *q, struct tx *tx, const struct letter *wish,
                        struct begin_made *ret_made)
{
    ret_made->id = wish->id;
    return letter_draft(q->arena, tx, wish);
}

static err begin_reply(struct ask *q, struct reply *r, const struct begin_made *made)
{
    return reply_see_other(q, r, "letters.one", id_text(q->arena, made->id));
}

BEATS_OUT(begin, letters_begin_beats, struct letter, struct begin_made)
