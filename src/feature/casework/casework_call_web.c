/* casework_call — a telephone call about a case: who was called, when, what was asked and
 * answered, whether a sample was sent; and an answer that is corrected on the applicant's
 * word, with the record as its ground.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "casework_call.view.h"
#include "desk/ask.h"
#include "desk/frame/shell.h"
#include "desk/reply.h"
#include "feature/casework/casework_call_view.h"
#include "feature/casework/casework_call_web.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/receive/receive.h"

struct call_wish {
    struct act_wish act;
    struct form form; /* of the one question; no steps when nothing is corrected */
    struct answers answers;
    struct case_wish supplied;
    bool corrects;
};

static err case_of(struct ask *q, struct casefile *c, const struct service **ret)
{
    TRY(casework_load(q, c));
    *ret = q->catalog != NULL ? service_get_near(q->catalog, c->service, c->service_version)
                              : NULL;
    return NULL;
}

/* ---- the page ---- */

static bool is_correctable(const struct question *x)
{
    return x->type != Q_FILE && x->type != Q_NOTE && x->type != Q_CONSENT &&
           x->type != Q_SIGNATURE;
}

static err questions_of(struct ask *q, const struct service *s, struct casework_call *p)
{
    str chosen = ask_field(q, "call_question");
    struct casework_option *o;
    size_t most = 1;

    for (size_t i = 0; i < s->form.steps_count; i++) {
        most += s->form.steps[i].questions_count;
    }
    o = ARENA_ARRAY(q->arena, most, struct casework_option);
    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t n = 0; n < s->form.steps[i].questions_count; n++) {
            const struct question *x = &s->form.steps[i].questions[n];

            if (is_correctable(x)) {
                o[p->questions_count++] = (struct casework_option){
                    x->key, label_in(&x->label, q->lang), str_equal(x->key, chosen),
                };
            }
        }
    }
    p->questions = o;
    return NULL;
}

/* What stands there now: whole only while the case is shown. */
static err former_of(struct ask *q, const struct casefile *c, const struct question *x,
                     struct casework_call *p)
{
    struct sealed_answer *list;
    bool shown;
    size_t count;

    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &shown));
    TRY(casefile_answers(q->arena, q->snap, q->keyring, c, shown, &list, &count));
    for (size_t i = 0; i < count; i++) {
        struct answer a = { .question = x, .json = list[i].plain, .visible = true };

        if (!str_equal(list[i].question, x->key)) {
            continue;
        }
        p->has_former = true;
        p->former = !str_is_empty(list[i].sealed) && !shown
                        ? answer_mask_text(q->arena, x, list[i].masked, q->lang)
                        : answer_text(q->arena, &a, q->lang, false);
    }
    return NULL;
}

static void entries_of(struct ask *q, struct casework_call *p)
{
    p->who = entry_of(q, "call_who", &SAY("Who was called"),
                      &SAY("The applicant, or who speaks for them."), STR(""));
    p->telephone = entry_of(q, "call_telephone", &SAY("Number that was called"),
                            &SAY("For example {number}",
                                 SAY_TEXT("number", STR("0912-345-678"))), STR(""));
    p->telephone.type = STR("tel");
    p->telephone.is_short = p->telephone.optional = true;
    p->day = entry_of(q, "call_day", &SAY("Day of the call"),
                      &SAY("A call of an earlier day keeps its day."),
                      day_short(q->arena, q->today, q->lang));
    p->day.is_short = true;
    p->time = entry_of(q, "call_time", &SAY("Time of the call"),
                       &SAY("For example {time}", SAY_TEXT("time", STR("14:30"))),
                       day_clock(q->arena, q->now_ms));
    p->time.is_short = true;
    p->asked = entry_of(q, "call_asked", &SAY("What was asked"), NULL, STR(""));
    p->asked.is_long = true;
    p->answered = entry_of(q, "call_answered", &SAY("What was answered"), NULL, STR(""));
    p->answered.is_long = true;
    p->sample = ask_field(q, "call_sample").len > 0;
}

static err fields_of(struct ask *q, const struct casefile *c, const struct service *s,
                     struct casework_call *p)
{
    const struct call_wish *w = q->method == POST ? q->wish : NULL;
    const struct question *x = form_question(&s->form, ask_field(q, "call_question"));

    if (w == NULL || !w->corrects || x == NULL || w->answers.list == NULL) {
        return NULL;
    }
    p->corrects = true;
    TRY(former_of(q, c, x, p));
    return fields_fill(q, &w->answers, &w->form.steps[0], NULL, &p->fields,
                       &p->fields_count);
}

err casework_call_page(struct ask *q, struct reply *r)
{
    struct casework_call p = { 0 };
    const struct service *s;
    struct casefile c;

    TRY(case_of(q, &c, &s));
    p.form_token = q->session.form_token;
    p.number = c.number;
    p.here = link_to1(q, "casework.call", id_text(q->arena, c.id));
    p.casefile = link_to1(q, "casework.one", id_text(q->arena, c.id));
    p.mistakes = shell_mistakes(q);
    entries_of(q, &p);
    p.may = casefile_may(&q->actor, &c, ACT_TELEPHONE);
    p.may_correct = p.may && s != NULL && case_state_is_undecided(c.state);
    if (p.may_correct) {
        TRY(questions_of(q, s, &p));
        TRY(fields_of(q, &c, s, &p));
    }

    const struct page_crumb crumbs[] = {
        { SAY("Worklist"), link_to(q, "casework.worklist") },
        { SAY("Case {number}", SAY_TEXT("number", c.number)), p.casefile },
    };
    const struct page page = {
        .title = SAY("Record a telephone call"), .crumbs = crumbs, .crumbs_count = 2,
        .current = "casework.worklist", .asks = true,
    };
    return REPLY_VIEW(q, r, &page, casework_call, &p);
}

/* ---- POST ---- */

static bool is_time(str t)
{
    int64_t hour, minute;

    return t.len == 5 && t.at[2] == ':' && str_to_int(str_slice(t, 0, 2), &hour) &&
           str_to_int(str_slice(t, 3, 5), &minute) && hour >= 0 && hour < 24 &&
           minute >= 0 && minute < 60;
}

static void must(struct ask *q, const char *field, struct words say)
{
    if (str_is_empty(str_trim(ask_field(q, field)))) {
        mistake_add(&q->mistakes, str_of(field), say);
    }
}

/* Whom and what number: "申請人本人（0912-345-678）". */
static str called_of(struct ask *q)
{
    str who = str_trim(ask_field(q, "call_who"));
    str typed = str_trim(ask_field(q, "call_telephone")), number;
    err e;

    if (str_is_empty(typed)) {
        return who;
    }
    e = telephone_read(q->arena, typed, &number);
    if (e != NULL) {
        mistake_add(&q->mistakes, STR("call_telephone"), e->say);
        return who;
    }
    return str_format(q->arena, "%.*s（%.*s）", STR_ARG(who), STR_ARG(number));
}

/* When: a day, and a time of it. */
static int64_t called_at(struct ask *q, day *ret_day)
{
    str time = str_trim(ask_field(q, "call_time"));
    int64_t hour = 0, minute = 0;

    *ret_day = q->today;
    if (!day_parse(ask_field(q, "call_day"), ret_day) || *ret_day > q->today) {
        mistake_add(&q->mistakes, STR("call_day"),
                    SAY("Write the day of the call, such as {day}; not after today.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
        return 0;
    }
    if (!is_time(time)) {
        mistake_add(&q->mistakes, STR("call_time"),
                    SAY("Write the time as {time}.", SAY_TEXT("time", STR("14:30"))));
        return 0;
    }
    (void)str_to_int(str_slice(time, 0, 2), &hour);
    (void)str_to_int(str_slice(time, 3, 5), &minute);
    return day_begins_ms(*ret_day) + (hour * 60 + minute) * 60000;
}

static str field_line(struct ask *q, struct words w)
{
    return lang_say(q->arena, LANG_ZH, w);
}

/* As it stands in the history: one line each. */
static str note_of(struct ask *q, int64_t *ret_called_ms)
{
    str time = str_trim(ask_field(q, "call_time")), called, asked, answered;
    day d;

    must(q, "call_who", SAY("Write who was called."));
    must(q, "call_asked", SAY("Write what was asked."));
    must(q, "call_answered", SAY("Write what was answered."));
    *ret_called_ms = called_at(q, &d);
    called = field_line(q, SAY("Called: {who}, {day} {time}", SAY_TEXT("who", called_of(q)),
                               SAY_DAY("day", d), SAY_TEXT("time", time)));
    asked = field_line(q, SAY("Asked: {asked}",
                              SAY_TEXT("asked", str_trim(ask_field(q, "call_asked")))));
    answered = field_line(q, SAY("Answered: {answered}",
                                 SAY_TEXT("answered",
                                          str_trim(ask_field(q, "call_answered")))));
    return str_format(q->arena, "%.*s\n%.*s\n%.*s", STR_ARG(called), STR_ARG(asked),
                      STR_ARG(answered));
}

/* The one answer; *ret_again: its field has only been asked for, or rows were changed. */
static err correction_take(struct ask *q, const struct casefile *c,
                           const struct service *s, struct call_wish *w, bool *ret_again)
{
    str key = ask_field(q, "call_question");
    struct field_posted posted;

    if (str_is_empty(key) || s == NULL) {
        return NULL;
    }
    TRY(casefile_field_form(q->arena, s, key, &w->form));
    TRY(answers_init(q->arena, &w->form, &w->answers));
    w->corrects = true;
    TRY(fields_take(q, &w->answers, &w->form.steps[0], &posted));
    *ret_again = posted.once || posted.stay;
    if (*ret_again || q->mistakes.count > 0) {
        return NULL;
    }
    TRY(casefile_supply_prepare(q->arena, q->keyring, c, &w->answers, &w->supplied));
    w->act.supplied = &w->supplied;
    return NULL;
}

/* The kernel's word for the moment is the day on this page. */
static err own_field(struct ask *q, err e)
{
    if (e == NULL || !str_equal(e->field, STR("called"))) {
        return e;
    }
    return err_make(q->arena, e->kind, e->say, STR("call_day"), e->at, "%.*s",
                    STR_ARG(e->why));
}

static err call_check(struct ask *q, struct call_wish *w)
{
    const struct service *s;
    struct casefile c;
    bool again = false;
    str note;

    TRY(case_of(q, &c, &s));
    w->act = (struct act_wish){
        .act = ACT_TELEPHONE, .agency = c.agency, .id = c.id, .now_ms = q->now_ms,
        .who = q->actor, .changes = c.changes, .catalog = q->catalog,
        .calendar = q->calendar, .document_day = DAY_NONE, .wanted_until = DAY_NONE,
    };
    TRY(correction_take(q, &c, s, w, &again));
    if (again || ask_field(q, "pick").len > 0) {
        mistakes_init(&q->mistakes, q->arena);
        return ask_once_more;
    }
    note = note_of(q, &w->act.called_ms);
    w->act.sample_sent = ask_field(q, "call_sample").len > 0;
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    return own_field(q, casefile_act_prepare(q->arena, q->snap, q->keyring, &w->act, note));
}

static err call_commit(struct ask *q, struct tx *tx, const struct call_wish *w,
                       struct casefile *made)
{
    struct act_wish act = w->act;

    act.supplied = w->act.supplied != NULL ? &w->supplied : NULL;
    return casefile_act(q->arena, tx, &act, made);
}

static err call_reply(struct ask *q, struct reply *r, const struct casefile *made)
{
    return reply_see_other(q, r, "casework.one", id_text(q->arena, made->id));
}

BEATS_OUT(call, casework_call_beats, struct call_wish, struct casefile)
