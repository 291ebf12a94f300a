/* step_web — showing the content, answering line by line, and the steps of the receiver.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/envelopes/envelopes_file.h"
#include "feature/envelopes/envelopes_web.h"
#include "kernel/casefile/casefile.h"

#define CSV_MOST ((size_t)200 << 10)

static err back(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return reply_see_other(q, r, "envelopes.one", id_text(q->arena, made->id));
}

/* ---- show ---- */

struct show_wish {
    int64_t id;
    str reason;
};

static err show_check(struct ask *q, struct show_wish *w)
{
    struct envelope e;
    str reason = ask_field(q, "reason");

    TRY(envelopes_here(q, &e));
    w->id = e.id;
    for (int i = 0; i < READ_REASONS; i++) {
        if (str_equal(reading_reason_key[i], reason)) {
            w->reason = reading_reason_key[i];
        }
    }
    if (str_is_empty(w->reason)) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose a reason for reading."), STR("reason"),
             "no reason");
    }
    return NULL;
}

static err show_commit(struct ask *q, struct tx *tx, const struct show_wish *w,
                       struct envelopes_made *made)
{
    made->id = w->id;
    return envelope_reading(q->arena, tx, &q->actor, w->id, w->reason, q->session.id,
                            q->now_ms);
}

static err show_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return back(q, r, made);
}

BEATS_OUT(show, envelopes_show_beats, struct show_wish, struct envelopes_made)

/* ---- a step ---- */

/* A list is answered as it was kept, line by line. */
static err lines_add(struct ask *q, struct envelope_post *p)
{
    struct envelope_line *list;
    size_t count;

    TRY(envelope_lines(q->arena, q->snap, q->keyring, &p->envelope, true, 1,
                       ENVELOPE_PERSONS_MOST, &list, &count));
    p->message.persons = ARENA_ARRAY(q->arena, count + 1, struct envelope_person);
    if (p->message.persons == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        p->message.persons[i] = (struct envelope_person){
            .number = list[i].person.number, .result = list[i].person.result,
            .answer = list[i].person.answer,
        };
        if (list[i].person.result == RESULT_OPEN) {
            FAIL(q->arena, ERR_INPUT,
                 SAY("Person {number} is not answered yet.",
                     SAY_NUMBER("number", list[i].person.number)), STR("answer"), "open");
        }
    }
    p->message.persons_count = count;
    return NULL;
}

static err received_read(struct ask *q, struct envelope_post *p)
{
    str number = str_trim(ask_field(q, "our_case"));
    struct casefile c;

    if (!id_parse(ask_field(q, "unit"), &p->unit)) {
        p->unit = q->actor.unit;
    }
    if (number.len == 0) {
        return NULL;
    }
    err e = casefile_by_number(q->arena, q->snap, q->agency->id, number, &c);

    if ((e == NULL && !casefile_may_see(&q->actor, &c)) ||
        (e != NULL && e->kind == ERR_MISSING)) {
        FAIL(q->arena, ERR_INPUT, SAY("There is no such case in your work."),
             STR("our_case"), "no case");
    }
    TRY(e);
    p->casefile = c.id;
    p->message.case_number = c.number;
    return NULL;
}

static err read_step(struct ask *q, struct envelope_post *p)
{
    struct envelope_message *m = &p->message;

    switch (m->step) {
    case ENVELOPE_RECEIVED:
        return received_read(q, p);
    case ENVELOPE_REFUSED:
        m->text = str_trim(ask_field(q, "refusal"));
        return NULL;
    default:
        m->text = str_trim(ask_field(q, "answer"));
        return lines_add(q, p);
    }
}

/* The kernel speaks of the field `text`; on the page each step has its own. */
static err fields_check(struct ask *q, const struct envelope_post *p)
{
    struct mistakes found;

    mistakes_init(&found, q->arena);
    message_check(&p->message, q->today, &found);
    for (const struct mistake *m = found.first; m != NULL; m = m->next) {
        mistake_add(&q->mistakes,
                    p->message.step == ENVELOPE_REFUSED ? STR("refusal") : STR("answer"),
                    m->say);
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "step");
    }
    return NULL;
}

static err step_check(struct ask *q, struct envelope_post *p)
{
    enum envelope_step step;

    if (!envelope_step_from_key(ask_field(q, "do"), &step)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "no step");
    }
    *p = (struct envelope_post){ .staff = q->actor.staff, .at_ms = q->now_ms };
    p->message.step = step;
    p->message.reply_by = DAY_NONE;
    TRY(envelopes_here(q, &p->envelope));
    if (!envelope_may_step(&p->envelope, step, false)) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("A colleague was faster. This is the newest state."), STR(""), "state");
    }
    TRY(read_step(q, p));
    TRY(fields_check(q, p));
    return envelope_prepare(q->arena, q->keyring, q->agency, p);
}

static err step_commit(struct ask *q, struct tx *tx, const struct envelope_post *p,
                       struct envelopes_made *made)
{
    made->id = p->envelope.id;
    return envelope_step_put(q->arena, tx, p);
}

static err step_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return back(q, r, made);
}

BEATS_OUT(step, envelopes_step_beats, struct envelope_post, struct envelopes_made)

/* ---- what came back is taken note of ---- */

struct noted_wish {
    int64_t id;
};

static err noted_check(struct ask *q, struct noted_wish *w)
{
    struct envelope e;

    TRY(envelopes_here(q, &e));
    w->id = e.id;
    return NULL;
}

static err noted_commit(struct ask *q, struct tx *tx, const struct noted_wish *w,
                        struct envelopes_made *made)
{
    made->id = w->id;
    return envelope_noted(q->arena, tx, &q->actor, w->id, q->now_ms);
}

static err noted_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return back(q, r, made);
}

BEATS_OUT(noted, envelopes_noted_beats, struct noted_wish, struct envelopes_made)

/* ---- answers about persons ---- */

struct lines_wish {
    int64_t id;
    struct envelope_line *lines;
    size_t count;
};

static err line_add(struct ask *q, struct lines_wish *w, const struct envelope_person *p)
{
    struct envelope_line *l = &w->lines[w->count++];

    *l = (struct envelope_line){ .envelope = w->id, .person = *p,
                                 .answered_by = q->actor.staff, .answered_ms = q->now_ms };
    return envelope_line_seal(q->arena, q->keyring, q->agency->id, l);
}

static err page_read(struct ask *q, int64_t total, struct lines_wish *w)
{
    for (int n = 1; n <= (int)total; n++) {
        struct envelope_person p = { .number = n };
        str result = ask_field(q, str_z(q->arena, str_format(q->arena, "result-%d", n)));

        if (result.len == 0 || !envelope_result_from_key(result, &p.result)) {
            continue;
        }
        p.answer = str_trim(
            ask_field(q, str_z(q->arena, str_format(q->arena, "answer-%d", n))));
        if (str_points(p.answer) > ENVELOPE_LINE_SIGNS) {
            FAIL(q->arena, ERR_INPUT,
                 SAY("The answer about person {number} is too long.",
                     SAY_NUMBER("number", n)), STR(""), "line %d", n);
        }
        TRY(line_add(q, w, &p));
    }
    return NULL;
}

static err csv_read(struct ask *q, int64_t total, struct lines_wish *w)
{
    str csv = ask_field(q, "csv");
    struct envelope_person *list;
    size_t count;

    if (q->files_count > 0) {
        TRY(envelopes_file_text(q->arena, q->store, q->keyring, q->files[0].id, CSV_MOST,
                                &csv));
    }
    if (str_is_empty(str_trim(csv))) {
        return NULL;
    }
    TRY(answers_csv_read(q->arena, csv, (size_t)total, &q->mistakes, &list, &count));
    for (struct mistake *m = q->mistakes.first; m != NULL; m = m->next) {
        m->field = STR("csv");
    }
    if (q->mistakes.first != NULL) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, STR("csv"), "csv");
    }
    for (size_t i = 0; i < count; i++) {
        TRY(line_add(q, w, &list[i]));
    }
    return NULL;
}

static err lines_check(struct ask *q, struct lines_wish *w)
{
    struct envelope e;
    bool shown;

    TRY(envelopes_here(q, &e));
    TRY(envelope_is_shown(q->arena, q->snap, e.agency, q->session.id, e.id, q->now_ms,
                          &shown));
    if (!shown || !envelope_may_step(&e, ENVELOPE_ANSWERED, false)) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("Show the content first; an envelope that was received can be answered."),
             STR(""), "not shown, or not received");
    }
    w->id = e.id;
    w->lines = ARENA_ARRAY(q->arena, 2 * (size_t)e.persons + 1, struct envelope_line);
    if (w->lines == NULL) {
        return err_no_memory;
    }
    TRY(page_read(q, e.persons, w));
    return csv_read(q, e.persons, w);
}

static err lines_commit(struct ask *q, struct tx *tx, const struct lines_wish *w,
                        struct envelopes_made *made)
{
    made->id = w->id;
    return envelope_lines_answer(q->arena, tx, q->agency->id, w->id, w->lines, w->count);
}

static err lines_reply(struct ask *q, struct reply *r, const struct envelopes_made *made)
{
    return back(q, r, made);
}

BEATS_OUT(lines, envelopes_line_beats, struct lines_wish, struct envelopes_made)
