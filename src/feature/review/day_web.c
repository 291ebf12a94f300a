/* day_web — the page of a day: what was decided, what was drawn, what was found; what
 * people said is wrong; figures by month.
 * SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/waits.h"
#include "feature/review/review_view.h"
#include "feature/review/review_web.h"
#include "kernel/service/service.h"
#include "review_day.view.h"

#define DAY_ROWS 200
#define WRONG_MOST 50
#define MONTHS 6
#define WAIT_DAYS 3

/* What a page is made of. */
struct making {
    struct ask *q;
    struct review_sheet s;
    struct staff *people;
    size_t people_count;
    struct review *reviews; /* in order of case and turn */
    size_t reviews_count;
};

static struct label service_name(const struct ask *q, str key, int version)
{
    const struct service *s = service_get_near(q->catalog, key, version);
    struct label l = { .in = { key, key, key } };

    return s != NULL ? s->name : l;
}

static str name_of(const struct making *m, int64_t id)
{
    for (size_t i = 0; i < m->people_count; i++) {
        if (m->people[i].id == id) {
            return m->people[i].name;
        }
    }
    return STR("?");
}

static err found_of(const struct making *m, int64_t casefile, struct review_row *row,
                    const struct review **ret_last)
{
    struct review_found *list;
    size_t first = 0, n = 0;

    *ret_last = NULL;
    while (first < m->reviews_count && m->reviews[first].casefile != casefile) {
        first++;
    }
    while (first + n < m->reviews_count && m->reviews[first + n].casefile == casefile) {
        n++;
    }
    list = ARENA_ARRAY(m->q->arena, n + 1, struct review_found);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < n; i++) {
        const struct review *r = &m->reviews[first + i];

        list[i] = (struct review_found){
            .outcome = words_of(review_outcome_name[r->outcome]),
            .tone = review_tone(r->outcome), .who = name_of(m, r->staff),
            .at = review_moment(m->q, r->at_ms), .note = r->note,
        };
        *ret_last = r;
    }
    row->found = list;
    row->found_count = n;
    return NULL;
}

static err row_of(const struct making *m, const struct review_case *c,
                  struct review_row *row)
{
    struct ask *q = m->q;
    const struct review *last;

    *row = (struct review_row){
        .casefile = link_to1(q, "casework.one", id_text(q->arena, c->id)),
        .to = link_to(q, "review.find"),
        .id = id_text(q->arena, c->id), .number = c->number, .who = c->applicant_masked,
        .at = review_moment(q, c->decided_ms), .form_token = q->session.form_token,
        .day = day_iso(q->arena, m->s.on),
        .service = service_name(q, c->service, c->service_version),
        .state = words_of(case_state_name[c->state]), .drawn = c->drawn,
        .own = c->officer == q->actor.staff || c->proposer == q->actor.staff,
    };
    TRY(found_of(m, c->id, row, &last));
    row->turn = str_format(q->arena, "%zu", row->found_count + 1);
    row->field = str_join(q->arena, STR("f-note-"), row->id);
    row->reviewed = last != NULL;
    row->has_finding = last != NULL && last->outcome == REVIEW_FINDING;
    row->may_review = !row->own && (last == NULL || row->has_finding) &&
                      !actor_has(&q->actor, DUTY_AUDITOR);
    if (str_equal(ask_field(q, "case"), row->id)) {
        row->note = ask_field(q, "note");
        row->error = shell_mistake_of(q, str_z(q->arena, str_slice(row->field, 2, 99)));
        row->bad = row->error.id != NULL;
    }
    return NULL;
}

/* Drawn ones first. */
static int by_drawn(const void *x, const void *y)
{
    const struct review_case *a = x, *b = y;

    if (a->drawn != b->drawn) {
        return a->drawn ? -1 : 1;
    }
    return (a->decided_ms > b->decided_ms) - (a->decided_ms < b->decided_ms);
}

static err reviews_load(struct making *m)
{
    int64_t first = INT64_MAX, last = 0;

    for (size_t i = 0; i < m->s.count; i++) {
        first = m->s.list[i].id < first ? m->s.list[i].id : first;
        last = m->s.list[i].id > last ? m->s.list[i].id : last;
    }
    if (m->s.count == 0) {
        return NULL;
    }
    return review_list(m->q->arena, m->q->snap, m->q->keyring, m->q->agency->id, first,
                       last, &m->reviews, &m->reviews_count);
}

static err rows_of(struct making *m, struct review_day *p)
{
    size_t count = m->s.count > DAY_ROWS ? DAY_ROWS : m->s.count;
    struct review_row *rows = ARENA_ARRAY(m->q->arena, count + 1, struct review_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    TRY(reviews_load(m));
    qsort(m->s.list, m->s.count, sizeof m->s.list[0], by_drawn);
    for (size_t i = 0; i < count; i++) {
        TRY(row_of(m, &m->s.list[i], &rows[i]));
        p->drawn += rows[i].drawn ? 1 : 0;
        p->reviewed += rows[i].reviewed ? 1 : 0;
        p->drawn_reviewed += rows[i].drawn && rows[i].reviewed ? 1 : 0;
    }
    p->rows = rows;
    p->rows_count = count;
    p->count = (int64_t)m->s.count;
    p->none = count == 0;
    return NULL;
}

static err wrong_of(struct ask *q, struct review_day *p)
{
    struct review_confirm *list;
    struct review_wrong *rows;
    size_t count;

    TRY(review_wrong_list(q->arena, q->snap, q->agency->id, WRONG_MOST, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct review_wrong);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct review_wrong *w = &rows[p->wrong_count];
        const struct casefile as = { .agency = list[i].agency, .id = list[i].casefile,
                                     .unit = list[i].unit };

        if (!casefile_may_see(&q->actor, &as)) {
            continue;
        }
        *w = (struct review_wrong){
            .casefile = link_to1(q, "casework.one", id_text(q->arena, list[i].casefile)),
            .to = link_to1(q, "review.settle", id_text(q->arena, list[i].casefile)),
            .id = id_text(q->arena, list[i].casefile), .number = list[i].number,
            .at = review_moment(q, list[i].answered_ms),
            .form_token = q->session.form_token,
            .service = service_name(q, list[i].service, 0),
        };
        w->field = str_join(q->arena, STR("f-settled-"), w->id);
        if (str_equal(ask_path(q, "id"), w->id)) {
            w->error = shell_mistake_of(q, str_z(q->arena, str_slice(w->field, 2, 99)));
            w->bad = w->error.id != NULL;
            w->settled = ask_field(q, "settled");
        }
        p->wrong_count++;
    }
    p->wrong = rows;
    p->has_wrong = p->wrong_count > 0;
    return NULL;
}

static int64_t to_review(const struct review_day *p)
{
    int64_t count = 0;

    for (size_t i = 0; i < p->rows_count; i++) {
        count += p->rows[i].drawn && !p->rows[i].reviewed && p->rows[i].may_review;
    }
    return count;
}

/* What people said is wrong; for those who lead, what was drawn of the last days and nobody
 * looked at. */
err review_waits(struct ask *q, struct waits *io)
{
    struct review_day p = { 0 };

    if ((actor_serves(&q->actor) & REVIEW_DUTIES) == 0) {
        return NULL;
    }
    TRY(wrong_of(q, &p));
    waits_add(io, (int64_t)p.wrong_count, SAY("Decisions that somebody said are wrong"),
              link_to(q, "review.day"));
    if ((actor_serves(&q->actor) & (DUTY(DUTY_UNIT_HEAD) | DUTY(DUTY_COORDINATOR))) == 0) {
        return NULL;
    }
    for (int back = 1; back <= WAIT_DAYS; back++) {
        str on = day_iso(q->arena, q->today - back);
        struct making m = { .q = q };

        TRY(review_sheet_load(q, on, &m.s));
        TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &m.people,
                       &m.people_count));
        p = (struct review_day){ 0 };
        TRY(rows_of(&m, &p));
        waits_add(io, to_review(&p),
                  SAY("Drawn cases to review, decided on {day}",
                      SAY_DAY("day", q->today - back)),
                  url_with(q, link_to(q, "review.day"), "day", on));
    }
    return NULL;
}

/* 2026-03 */
static err months_of(struct ask *q, day on, struct review_day *p)
{
    struct review_month *list = ARENA_ARRAY(q->arena, MONTHS, struct review_month);
    struct civil c = day_civil(on);
    int months = c.year * 12 + c.month - 1;

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < MONTHS; i++, months--) {
        day first = day_of(months / 12, months % 12 + 1, 1);
        day next = day_of((months + 1) / 12, (months + 1) % 12 + 1, 1);
        struct review_sums s;

        TRY(review_count(q->arena, q->snap, q->agency->id, day_begins_ms(first),
                         day_begins_ms(next), &s));
        list[i] = (struct review_month){
            str_slice(day_short(q->arena, first, q->lang), 0,
                      day_short(q->arena, first, q->lang).len - 3),
            s.decided, s.reviewed, s.drawn, s.findings, s.corrected, s.asked, s.right,
            s.wrong, s.settled, s.settled_corrected,
        };
    }
    p->months = list;
    p->months_count = MONTHS;
    return NULL;
}

static str asked_day(const struct ask *q)
{
    return q->method == POST ? ask_field(q, "day") : ask_param(q, "day");
}

err review_day_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Review"), .current = "review.day",
                               .wide = true };
    struct review_day *p = ARENA_NEW(q->arena, struct review_day);
    struct making m = { .q = q };

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(review_sheet_load(q, asked_day(q), &m.s));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &m.people, &m.people_count));
    TRY(rows_of(&m, p));
    TRY(wrong_of(q, p));
    TRY(months_of(q, m.s.on, p));
    p->here = link_to(q, "review.day");
    p->day = day_text(q->arena, m.s.on, q->lang);
    p->day_iso = day_iso(q->arena, m.s.on);
    p->before = url_with(q, p->here, "day", day_iso(q->arena, m.s.on - 1));
    p->has_after = m.s.over;
    p->after = url_with(q, p->here, "day", day_iso(q->arena, m.s.on + 1));
    p->over = m.s.over;
    p->seed = m.s.seed;
    p->last_seq = m.s.last_seq;
    p->mistakes = shell_mistakes(q);
    if (q->refusal != NULL && q->refusal->kind == ERR_CONFLICT) {
        p->stale = q->refusal->say;
    }
    return REPLY_VIEW(q, r, &page, review_day, p);
}
