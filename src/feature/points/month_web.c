/* month_web — 獎點月報: the list of a month is drawn up, approved by the head, and goes round
 * among those who lead; read marks stand with the circulation.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/points/month_store.h"
#include "feature/points/points_web.h"
#include "host/lang/lang.h"
#include "kernel/circulation/circulation.h"
#include "points_month.view.h"

#define NOTE_SIGNS 200
#define READ_DAYS 14
#define LEADERS (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD))

/* Everybody who is counted, as it stands now. */
static err rows_now(struct ask *q, const struct points_about *about,
                    const struct staff *people, size_t count, struct points_report *r)
{
    r->rows = ARENA_ARRAY(q->arena, count + 1, struct points_row);
    if (r->rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct staff *s = &people[i];
        struct points_sum sum;

        if (!s->active || (s->duties & POINTS_COUNTED) == 0) {
            continue;
        }
        TRY(points_count(q->arena, about->switches, about->switches_count, about->rates,
                         about->rates_count, about->facts, about->facts_count,
                         about->objections, about->objections_count, s->id, about->month,
                         &sum));
        r->rows[r->rows_count++] = (struct points_row){
            s->id, s->unit, s->name, s->title, sum.cases, sum.hard, sum.corrected,
        };
    }
    return NULL;
}

struct matter {
    struct points_about about;
    struct points_report report;
    struct staff *people;
    size_t count;
};

/* What was drawn up, or what it would be now. */
static err matter_load(struct ask *q, struct matter *m)
{
    TRY(points_load(q, 0, &m->about));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &m->people, &m->count));
    TRY(points_report_load(q->arena, q->snap, q->keyring, q->agency->id, m->about.month,
                           &m->report));
    if (m->report.state == REPORT_NONE) {
        return rows_now(q, &m->about, m->people, m->count, &m->report);
    }
    return NULL;
}

static bool is_over(const struct ask *q, const struct matter *m)
{
    return m->about.month < points_month_of(q->today);
}

static bool objections_wait(const struct points_about *about)
{
    for (size_t i = 0; i < about->objections_count; i++) {
        if (about->objections[i].state == POINTS_OPEN) {
            return true;
        }
    }
    return false;
}

static struct points_person person_of(struct ask *q, const struct points_row *x)
{
    return (struct points_person){
        .name = x->name, .title = x->title, .unit = points_unit_name(q, x->unit),
        .cases = x->cases, .hard = x->hard, .corrected = x->points,
    };
}

/* Those with most points of the whole office; below them the reader's own people. */
static err rows_show(struct ask *q, const struct points_report *r,
                     struct points_month_list *p)
{
    struct points_person *people = ARENA_ARRAY(q->arena, r->rows_count + 1,
                                               struct points_person);
    struct points_person *top = ARENA_ARRAY(q->arena, r->rows_count + 1,
                                            struct points_person);
    size_t *places;

    TRY(points_top(q->arena, r->rows, r->rows_count, &places, &p->top_count));
    if (people == NULL || top == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->top_count; i++) {
        top[i] = person_of(q, &r->rows[places[i]]);
    }
    for (size_t i = 0; i < r->rows_count; i++) {
        if (points_may_see(&q->actor, r->rows[i].unit)) {
            people[p->people_count++] = person_of(q, &r->rows[i]);
        }
    }
    p->top = p->top_count > 0 ? top : NULL;
    p->people = people;
    return NULL;
}

err points_show_month(struct ask *q, struct reply *r)
{
    struct points_month_list *p = ARENA_NEW(q->arena, struct points_month_list);
    struct matter m = { 0 };

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(matter_load(q, &m));
    const struct points_report *x = &m.report;
    const struct page_crumb crumbs[] = { { SAY("Points of the unit"),
                                           link_to(q, "points.list") } };
    const struct page page = { .title = SAY("Points of the month"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "points.list", .wide = true };
    str month = str_format(q->arena, "%d", m.about.month);

    *p = (struct points_month_list){
        .on = m.about.on || x->state != REPORT_NONE, .form_token = q->session.form_token,
        .month = points_month_words(q, m.about.month), .month_key = month,
        .drawn = x->state == REPORT_DRAWN, .approved = x->state == REPORT_APPROVED,
        .returned = x->state == REPORT_RETURNED, .note = x->note,
        .drawn_by = points_name_of(m.people, m.count, x->drawn_by),
        .decided_by = points_name_of(m.people, m.count, x->decided_by),
        .is_over = is_over(q, &m), .waits = objections_wait(&m.about),
        .draw = link_to(q, "points.draw"), .decide = link_to(q, "points.month_decide"),
        .list = link_to(q, "points.list"),
    };
    p->drawn_at = x->drawn_ms == 0 ? STR("") : lang_time(q->arena, q->lang, x->drawn_ms);
    p->decided_at = x->decided_ms == 0 ? STR("")
                                       : lang_time(q->arena, q->lang, x->decided_ms);
    p->may_draw = actor_has(&q->actor, DUTY_UNIT_HEAD) && m.about.on && p->is_over &&
                  !p->waits &&
                  (x->state == REPORT_NONE || x->state == REPORT_RETURNED);
    p->may_decide = p->drawn && actor_has(&q->actor, DUTY_HEAD) &&
                    x->drawn_by != q->actor.staff;
    p->went_round = x->circulation != 0;
    p->circulation = link_to1(q, "circulation.one", id_text(q->arena, x->circulation));
    p->why = entry_of(q, "note", &SAY("Why it goes back"), NULL, STR(""));
    p->mistakes = shell_mistakes(q);
    TRY(points_months(q, "points.month", m.about.month, &p->months, &p->months_count));
    TRY(rows_show(q, x, p));
    return REPLY_VIEW(q, r, &page, points_month, p);
}

struct month_made {
    int month;
};

static err month_reply(struct ask *q, struct reply *r, const struct month_made *made)
{
    return reply_see(q, r, url_with(q, link_to(q, "points.month"), "month",
                                    str_format(q->arena, "%d", made->month)));
}

/* ---- drawing it up ---- */

static err draw_check(struct ask *q, struct points_report *w)
{
    struct matter m = { 0 };

    TRY(matter_load(q, &m));
    if (!m.about.on || !is_over(q, &m)) {
        FAIL(q->arena, ERR_CONFLICT, SAY("The list is drawn up when the month is over."),
             STR(""), "not over");
    }
    if (objections_wait(&m.about)) {
        FAIL(q->arena, ERR_CONFLICT, SAY("Answer the objections of this month first."),
             STR(""), "objections");
    }
    *w = (struct points_report){ .month = m.about.month, .drawn_ms = q->now_ms };
    TRY(rows_now(q, &m.about, m.people, m.count, w));
    return points_report_seal(q->arena, q->keyring, q->agency->id, w);
}

static err draw_commit(struct ask *q, struct tx *tx, const struct points_report *w,
                       struct month_made *made)
{
    made->month = w->month;
    return points_report_draw(q->arena, tx, &q->actor, w);
}

static err draw_reply(struct ask *q, struct reply *r, const struct month_made *made)
{
    return month_reply(q, r, made);
}

BEATS_OUT(draw, points_draw_beats, struct points_report, struct month_made)

/* ---- approving it ---- */

struct decide_wish {
    struct points_report report;
    struct circulation paper;
    struct circulation_reader *readers;
    size_t readers_count;
};

/* It goes to those who lead, as the office's paper; no name stands in its text. */
static err paper_make(struct ask *q, const struct matter *m, struct decide_wish *w)
{
    int64_t *leaders = ARENA_ARRAY(q->arena, m->count + 1, int64_t);
    str month = str_format(q->arena, "%d", m->about.month);
    str name = str_format(q->arena, "%d 年 %d 月", m->about.month / 100 - 1911,
                          m->about.month % 100);
    size_t n = 0;

    if (leaders == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->count; i++) {
        if ((m->people[i].duties & LEADERS) != 0) {
            leaders[n++] = m->people[i].id;
        }
    }
    TRY(circulation_readers_of(q->arena, m->people, m->count, leaders, n, NULL, 0,
                               q->actor.staff, &w->readers, &w->readers_count));
    w->paper = (struct circulation){
        .agency = q->agency->id, .id = ask_new_id(q), .kind = CIRCULATION_LIST,
        .title = lang_say(q->arena, LANG_ZH,
                          SAY("Points of {month}", SAY_TEXT("month", name))),
        .text = lang_text(LANG_ZH, MSG("The list of the month is approved. Open the link "
                                       "to see it. It is for those who lead alone: not to "
                                       "be posted or passed on.")),
        .link = str_format(q->arena, "/staff/points/month?month=%.*s", STR_ARG(month)),
        .due = q->today + READ_DAYS, .sender = q->actor.staff, .at_ms = q->now_ms,
    };
    w->report.circulation = w->readers_count > 0 ? w->paper.id : 0;
    return circulation_seal(q->arena, q->keyring, &w->paper);
}

static err decide_check(struct ask *q, struct decide_wish *w)
{
    bool approve = str_equal(ask_field(q, "act"), STR("approve"));
    str note = str_trim(ask_field(q, "note"));
    struct matter m = { 0 };

    TRY(matter_load(q, &m));
    if (m.report.state != REPORT_DRAWN) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("A colleague was faster. This is the newest state."), STR(""), "state");
    }
    if (m.report.drawn_by == q->actor.staff) {
        FAIL(q->arena, ERR_CONFLICT, SAY("Who drew the list up does not approve it."),
             STR(""), "own");
    }
    if (!approve && (str_is_empty(note) || str_points(note) > NOTE_SIGNS)) {
        FAIL(q->arena, ERR_INPUT, SAY("Write the ground in one sentence."), STR("note"),
             "no note");
    }
    w->report = m.report;
    w->report.state = approve ? REPORT_APPROVED : REPORT_RETURNED;
    w->report.decided_ms = q->now_ms;
    w->report.note = approve ? STR("") : note;
    if (approve) {
        TRY(paper_make(q, &m, w));
    }
    return points_note_seal(q->arena, q->keyring, q->agency->id, &w->report);
}

static err decide_commit(struct ask *q, struct tx *tx, const struct decide_wish *w,
                         struct month_made *made)
{
    made->month = w->report.month;
    TRY(points_report_decide(q->arena, tx, &q->actor, &w->report));
    if (w->report.circulation == 0) {
        return NULL;
    }
    return circulation_send(q->arena, tx, &w->paper, w->readers, w->readers_count);
}

static err decide_reply(struct ask *q, struct reply *r, const struct month_made *made)
{
    return month_reply(q, r, made);
}

BEATS_OUT(decide, points_month_decide_beats, struct decide_wish, struct month_made)
