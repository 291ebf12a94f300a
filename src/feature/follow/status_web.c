/* status — following a case: number and code once, then the stations of its way, what was
 * written (masked), and withdrawing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/guard/limit.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "desk/guard/owner.h"
#include "feature/follow/inside.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/casefile/history.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/notice/notice.h"

#include "follow_ask_code.view.h"
#include "follow_progress.view.h"

#define MINUTE_MS 60000
#define TOO_MANY 429

/* ---- number and code ---- */

err follow_show_ask_code(struct ask *q, struct reply *r)
{
    struct page page = { .title = SAY("Follow your case"), .current = "follow.ask" };
    struct follow_ask_code p = {
        .mistakes = shell_mistakes(q),
        .action = link_to(q, "follow.code"),
        .number = q->method == POST ? ask_field(q, "number") : ask_param(q, "case"),
        .number_mistake = shell_mistake_of(q, "number"),
        .code_mistake = shell_mistake_of(q, "code"),
        .office = q->agency->name,
        .telephone = q->agency->telephone,
    };

    if (q->method == POST && ask_limit_wait_ms(q, str_upper(q->arena, p.number)) > 0) {
        reply_status(r, TOO_MANY);
    }
    p.number = str_slice(p.number, 0, 60);
    return REPLY_VIEW(q, r, &page, follow_ask_code, &p);
}

struct code_wish {
    struct casefile c;
    str code;
};
struct code_made {
    char nothing;
};

static err too_many(struct ask *q, int64_t wait_ms)
{
    FAIL(q->arena, ERR_INPUT,
         SAY("There were too many wrong tries. Wait {minutes} minutes and "
             "try again, or call us.",
             SAY_NUMBER("minutes", wait_ms / MINUTE_MS + 1)),
         STR("number"), "limit");
}

static err code_check(struct ask *q, struct code_wish *w)
{
    str number = ask_field(q, "number"), code = ask_field(q, "code");
    str what = str_upper(q->arena, str_slice(number, 0, 60));
    int64_t wait = ask_limit_wait_ms(q, what);
    err e;

    if (wait > 0) {
        return too_many(q, wait);
    }
    if (number.len == 0) {
        mistake_add(&q->mistakes, STR("number"),
                    SAY("Enter the case number; it stands on your "
                        "receipt."));
    }
    if (code.len == 0) {
        mistake_add(&q->mistakes, STR("code"),
                    SAY("Enter the lookup code; it stands on your "
                        "receipt."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "empty");
    }
    e = casefile_by_code(q->arena, q->snap, q->keyring, q->agency->id, number, code, &w->c);
    if (e != NULL && e->kind == ERR_MISSING) {
        ask_limit_note(q, what);
        FAIL(q->arena, ERR_INPUT, e->say, STR("number"), "no such case");
    }
    if (e == NULL && !crockford_tidy(q->arena, code, &w->code)) {
        return err_no_memory;
    }
    return e;
}

/* One event each time the owner comes with the code. */
static err code_commit(struct ask *q, struct tx *tx, const struct code_wish *w,
                       struct code_made *made)
{
    const struct actor owner = { .agency = q->agency->id };

    return casefile_reading(q->arena, tx, &owner, q->now_ms, &w->c.id, 1, STR(""), 0);
}

static err code_reply(struct ask *q, struct reply *r, const struct code_made *made)
{
    const struct code_wish *w = q->wish;

    owner_cookie(q, r, w->c.number, w->code);
    return reply_see(q, r, link_to1(q, "follow.progress", w->c.number));
}

BEATS_OUT(code, follow_code_beats, struct code_wish, struct code_made)

/* ---- the way of the case ---- */

/* What the state means for the applicant, and how it is coloured. */
static const struct {
    const char *says, *tone;
} states[CASE_STATES] = {
    [CASE_RECEIVED] = { MSG("We have your application. An officer will take it up."),
                        "tag--on" },
    [CASE_IN_WORK] = { MSG("An officer is working on it. You need not do anything."),
                       "tag--now" },
    [CASE_SENT_BACK] = { MSG("Something is missing. Please read below what we need, and "
                             "bring or send it to the officer."),
                         "tag--warn" },
    [CASE_PROPOSED] = { MSG("An officer is working on it. You need not do anything."),
                        "tag--now" },
    [CASE_CONSULTED] = { MSG("An officer is working on it. You need not do anything."),
                         "tag--now" },
    [CASE_SUBMITTED] = { MSG("An officer is working on it. You need not do anything."),
                         "tag--now" },
    [CASE_DECIDED] = { MSG("It has been granted. We are getting the result ready for you."),
                       "tag--good" },
    [CASE_REFUSED] = { MSG("It has been refused. The letter says why, and how you can "
                           "appeal."),
                       "tag--bad" },
    [CASE_NOT_ADMITTED] = { MSG("It could not be admitted, for formal grounds. The letter "
                                "says why, and how you can appeal."),
                            "tag--bad" },
    [CASE_TRANSFERRED] = { MSG("Another agency is competent. We have passed your "
                               "application on; it will write to you."),
                           "tag--on" },
    [CASE_MERGED] = { MSG("It belongs to another of your cases and goes on there."),
                      "tag--on" },
    [CASE_ISSUED] = { MSG("The document is on its way to you."), "tag--good" },
    [CASE_COLLECTED] = { MSG("You have collected the result."), "tag--good" },
    [CASE_CLOSED] = { MSG("Everything about this case is done."), "tag--good" },
    [CASE_WITHDRAWN] = { MSG("You have withdrawn this application. "
                             "We have stopped working on it."),
                         "" },
};

static bool is_stop(enum case_state s)
{
    return s == CASE_REFUSED || s == CASE_NOT_ADMITTED || s == CASE_WITHDRAWN;
}

/* What usually still comes after this state. */
static size_t stations_ahead(enum case_state now, enum service_result result,
                             enum case_state *ret_list)
{
    enum case_state last = result == RESULT_COLLECTED ? CASE_COLLECTED : CASE_ISSUED;
    size_t n = 0;

    if (now == CASE_RECEIVED || now == CASE_SENT_BACK) {
        ret_list[n++] = CASE_IN_WORK;
    }
    if (n > 0 || now == CASE_IN_WORK) {
        ret_list[n++] = CASE_DECIDED;
    }
    if (n > 0 || now == CASE_DECIDED) {
        ret_list[n++] = last;
    }
    return n;
}

static const char *ahead_name(enum case_state s)
{
    switch (s) {
    case CASE_IN_WORK:
        return MSG("Examination");
    case CASE_DECIDED:
        return MSG("Decision");
    case CASE_COLLECTED:
        return MSG("Collection at the counter");
    default:
        return MSG("Sending of the result");
    }
}

/* What the officer wrote when something was missing; the owner may read it. */
static err note_find(struct ask *q, const struct casefile *c, struct words *ret_note)
{
    struct case_event *events = NULL;
    size_t count = 0;

    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    for (size_t i = count; i-- > 0;) {
        if (str_equal(events[i].kind, STR("case.sent_back")) && events[i].has_note) {
            TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, &events[i]));
            *ret_note = SAY("{note}", SAY_TEXT("note", events[i].note));
            return NULL;
        }
    }
    return NULL;
}

static err stations_fill(struct ask *q, const struct casefile *c,
                         enum service_result result, struct follow_progress *p)
{
    struct case_step *steps = NULL;
    enum case_state ahead[4];
    size_t count = 0, more;
    struct follow_station *list;

    TRY(casefile_steps(q->arena, q->snap, c, &steps, &count));
    more = stations_ahead(case_state_outside(c->state), result, ahead);
    list = ARENA_ARRAY(q->arena, count + more, struct follow_station);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        bool last = i + 1 == count;

        list[i] = (struct follow_station){
            .name = words_of(steps[i].label),
            .at = SAY("{time}", SAY_TIME("time", steps[i].at_ms)),
            .done = !last || !c->is_open,
            .here = last && c->is_open,
            .stop = last && is_stop(steps[i].state),
        };
        if (last && steps[i].state == CASE_SENT_BACK) {
            TRY(note_find(q, c, &list[i].note));
        } else if (steps[i].state == CASE_ISSUED && c->document_number.len > 0) {
            list[i].note = SAY("Document number: {number}",
                               SAY_TEXT("number", c->document_number));
        }
    }
    for (size_t i = 0; i < more; i++) {
        list[count + i].name = words_of(ahead_name(ahead[i]));
    }
    p->stations = list;
    p->stations_count = count + more;
    return NULL;
}

/* Personal answers as their mask; the others in full. */
static err lines_fill(struct ask *q, const struct casefile *c, const struct service *s,
                      struct follow_progress *p)
{
    struct sealed_answer *kept = NULL;
    struct follow_line *lines;
    size_t count = 0;

    TRY(casefile_answers(q->arena, q->snap, q->keyring, c, false, &kept, &count));
    lines = ARENA_ARRAY(q->arena, count, struct follow_line);
    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct question *x = form_question(&s->form, kept[i].question);
        struct answer answer = { .question = x, .json = kept[i].plain, .visible = true };

        if (x == NULL || x->type == Q_CONSENT) {
            continue;
        }
        lines[p->lines_count].label = x->label;
        lines[p->lines_count].text =
            kept[i].plain.len > 0 ? answer_text(q->arena, &answer, q->lang, false)
                                  : answer_mask_text(q->arena, x, kept[i].masked, q->lang);
        p->lines_count++;
    }
    p->lines = lines;
    return NULL;
}

static struct follow_progress facts_of(struct ask *q, const struct casefile *c,
                                       const struct service *s)
{
    const struct actor owner = { .agency = q->agency->id };
    enum case_state state = case_state_outside(c->state);
    struct follow_progress p = {
        .office = q->agency->name,
        .service = s->name,
        .number = c->number,
        .state = words_of(case_state_public_name[state]),
        .says = words_of(states[state].says),
        .tone = states[state].tone,
        .received = SAY("{time}", SAY_TIME("time", c->received_ms)),
        .due = follow_due(c),
        .is_open = c->is_open,
        .may_withdraw = casefile_may(&owner, c, ACT_WITHDRAW),
        .withdraw = link_to1(q, "follow.withdraw", c->number),
        .leave = link_to1(q, "follow.leave", c->number),
        .receipt = link_to1(q, "follow.receipt", c->number),
        .changes = c->changes,
        .mistakes = shell_mistakes(q),
    };

    p.unit = follow_unit_now(q, c, s, &p.telephone);
    return p;
}

/* The same event that the message tells of: which term, from when to when, which number. */
static err notice_lines(struct ask *q, const struct notice *n,
                        const struct case_event *events, size_t count,
                        struct follow_notice *to)
{
    struct words *lines = ARENA_ARRAY(q->arena, HISTORY_LINES, struct words);
    size_t units_count;
    const struct unit *units = ask_units(q, &units_count);
    enum case_act act;

    if (lines == NULL) {
        return err_no_memory;
    }
    to->lines = lines;
    for (size_t i = 0; case_act_from_key(n->kind, &act) && i < count; i++) {
        if (events[i].at_ms == n->at_ms && str_equal(events[i].kind, case_act_event[act])) {
            to->lines_count = case_history_words(q->arena, q->lang, units, units_count,
                                                 &events[i], HISTORY_APPLICANT, lines);
        }
    }
    return NULL;
}

/* What the owner was told; a text that belongs to it is his to read. */
static err notices_fill(struct ask *q, const struct casefile *c, struct follow_progress *p)
{
    struct notice *list;
    struct case_event *events;
    struct follow_notice *out;
    size_t count, events_count;

    TRY(notice_list(q->arena, q->snap, c->agency, c->id, &list, &count));
    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &events_count));
    out = ARENA_ARRAY(q->arena, count, struct follow_notice);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i].say = list[i].say;
        out[i].at = SAY("{time}", SAY_TIME("time", list[i].at_ms));
        TRY(notice_lines(q, &list[i], events, events_count, &out[i]));
        for (size_t n = 0; list[i].changes != 0 && n < events_count; n++) {
            if (events[n].changes == list[i].changes && events[n].has_note) {
                TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, &events[n]));
                out[i].text = SAY("{note}", SAY_TEXT("note", events[n].note));
            }
        }
    }
    p->notices = out;
    p->notices_count = count;
    p->has_notices = count > 0;
    return NULL;
}

static str person_text(struct ask *q, const struct staff *s)
{
    return str_trim(str_format(q->arena, "%.*s %.*s", STR_ARG(s->name), STR_ARG(s->title)));
}

/* Whom to call about this case today. */
static err officer_fill(struct ask *q, const struct casefile *c, struct follow_progress *p)
{
    struct handler h;
    err e;

    if (c->officer == 0) {
        return NULL;
    }
    e = assign_handler_of(q->arena, q->snap, c->agency, c->officer, q->today, &h);
    if (e != NULL) {
        return e->kind == ERR_MISSING ? NULL : e; /* he has left: the unit stands there */
    }
    p->has_officer = true;
    p->officer = person_text(q, &h.staff);
    p->officer_telephone = h.staff.telephone;
    p->officer_away = h.away;
    p->deputy = h.deputy.id == 0
                    ? STR("")
                    : str_trim(str_format(q->arena, "%.*s %.*s",
                                          STR_ARG(person_text(q, &h.deputy)),
                                          STR_ARG(h.deputy.telephone)));
    return NULL;
}

static err progress_show(struct ask *q, struct reply *r, bool supplying)
{
    struct page page = { .title = SAY("Progress"), .current = "follow.ask" };
    struct panel_about about = { 0 };
    const struct service *s;
    struct follow_progress p;
    struct casefile c;
    str code;

    TRY(follow_case(q, &c, &code, &s));
    p = facts_of(q, &c, s);
    p.supplying = supplying;
    p.is_paused = c.paused;
    TRY(officer_fill(q, &c, &p));
    TRY(stations_fill(q, &c, s->result, &p));
    TRY(lines_fill(q, &c, s, &p));
    TRY(notices_fill(q, &c, &p));
    TRY(follow_supply_fill(q, &c, s, &p));
    about = (struct panel_about){ .id = c.id, .key = c.number, .thing = &c };
    TRY(panels_show(q, "progress", &about, &p.panels));
    return REPLY_VIEW(q, r, &page, follow_progress, &p);
}

err follow_show_progress(struct ask *q, struct reply *r)
{
    return progress_show(q, r, false);
}

err follow_again_supply(struct ask *q, struct reply *r)
{
    return progress_show(q, r, true);
}

/* ---- withdrawing, leaving ---- */

static err withdraw_check(struct ask *q, struct act_wish *w)
{
    struct casefile c;
    str code;

    TRY(owner_case(q, &c, &code));
    *w = (struct act_wish){ .act = ACT_WITHDRAW,
                            .agency = c.agency,
                            .id = c.id,
                            .now_ms = q->now_ms,
                            .calendar = q->calendar,
                            .document_day = DAY_NONE,
                            .wanted_until = DAY_NONE,
                            .who = { .agency = c.agency } };
    if (!str_to_int(ask_field(q, "changes"), &w->changes)) {
        w->changes = c.changes;
    }
    return casefile_act_prepare(q->arena, q->snap, q->keyring, w, STR(""));
}

static err withdraw_commit(struct ask *q, struct tx *tx, const struct act_wish *w,
                           struct casefile *made)
{
    return casefile_act(q->arena, tx, w, made);
}

static err withdraw_reply(struct ask *q, struct reply *r, const struct casefile *made)
{
    return reply_see(q, r, link_to1(q, "follow.progress", made->number));
}

BEATS_OUT(withdraw, follow_withdraw_beats, struct act_wish, struct casefile)

err follow_leave(struct ask *q, struct reply *r)
{
    owner_cookie(q, r, ask_path(q, "case"), STR(""));
    return reply_see(q, r, link_to(q, "follow.ask"));
}
