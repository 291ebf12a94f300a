/* intake_paper — one-time notices and receipts as pages that print, and as PDF; a notice
 * that came back is taken up.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/intake/intake_web.h"
#include "host/lang/lang.h"
#include "kernel/fee/fee.h"

#include "intake_notices.view.h"
#include "intake_paper_page.view.h"

#define NOTICES_MOST 50
#define CODE_MS INT64_C(86400000) /* how long the one who took it in may print its code */

static str person_text(struct ask *q, const struct staff *s)
{
    return s->telephone.len == 0
               ? str_format(q->arena, "%.*s %.*s", STR_ARG(s->name), STR_ARG(s->title))
               : str_format(q->arena, "%.*s %.*s %.*s", STR_ARG(s->name), STR_ARG(s->title),
                            STR_ARG(s->telephone));
}

err intake_sheet_of(struct ask *q, const struct service *s, int64_t staff,
                    struct intake_sheet *ret)
{
    struct intake_sheet x = { .q = q, .lang = q->lang, .service = s };
    struct staff *people;
    size_t count;
    int64_t deputy = 0;

    x.unit = ask_unit_of(q, s->unit, &x.telephone);
    if (s->telephone.len > 0) {
        x.telephone = s->telephone;
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == staff) {
            x.clerk = person_text(q, &people[i]);
            deputy = people[i].deputy;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (deputy != 0 && people[i].id == deputy) {
            x.deputy = person_text(q, &people[i]);
        }
    }
    *ret = x;
    return NULL;
}

/* ---- notices ---- */

static err notice_load(struct ask *q, struct once_notice *n, const struct service **ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(once_load(q->arena, q->snap, q->agency->id, id, n));
    *ret = service_get_near(q->catalog, n->service, n->service_version);
    if (*ret == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "notice of an unknown service");
    }
    return NULL;
}

static err notice_doc(struct ask *q, struct once_notice *n, const struct service **s,
                      struct doc *ret)
{
    struct intake_sheet x;
    struct once_missing *missing;
    str code;

    TRY(notice_load(q, n, s));
    TRY(intake_sheet_of(q, *s, n->staff, &x));
    TRY(once_missing_of(q->arena, q->snap, n, &missing, &x.missing_count));
    TRY(once_code(q->arena, q->snap, q->keyring, n, &code));
    x.missing = missing;
    x.lang = n->lang;
    return intake_notice_doc(&x, n, code, ret);
}

static err paper_page(struct ask *q, struct reply *r, const struct doc *d,
                      struct intake_paper_page *p)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = { .title = SAY("{name}", SAY_TEXT("name", d->title)),
                               .crumbs = crumbs, .crumbs_count = 1,
                               .current = "intake.index" };

    p->title = d->title;
    p->next = link_to(q, "intake.index");
    TRY(sheet_of(q->arena, d, false, &p->sheet));
    return REPLY_VIEW(q, r, &page, intake_paper_page, p);
}

err intake_notice(struct ask *q, struct reply *r)
{
    struct intake_paper_page p = { 0 };
    const struct service *s;
    struct once_notice n;
    struct doc d;

    TRY(notice_doc(q, &n, &s, &d));
    if (ask_param(q, "done").len > 0) {
        p.done = SAY("Issued: {number}. Nothing was accepted; no term runs.",
                     SAY_TEXT("number", n.number));
    }
    p.pdf = link_to1(q, "intake.notice_file", id_text(q->arena, n.id));
    return paper_page(q, r, &d, &p);
}

err intake_notice_file(struct ask *q, struct reply *r)
{
    const struct service *s;
    struct once_notice n;
    struct doc d;

    TRY(notice_doc(q, &n, &s, &d));
    return sheet_reply(q, r, &d, SHEET_PDF, n.number);
}

err intake_notices(struct ask *q, struct reply *r)
{
    const struct page_crumb crumbs[] = { { SAY("Counter"), link_to(q, "intake.index") } };
    const struct page page = { .seals = SEALS_LIST,
                               .title = SAY("One-time notices"), .crumbs = crumbs,
                               .crumbs_count = 1, .current = "intake.index", .wide = true };
    struct intake_notices p = {
        .form_token = q->session.form_token,
        .take_up = link_to(q, "intake.take_up"),
        .here = link_to(q, "intake.notices"),
        .mistakes = shell_mistakes(q),
        .number = entry_of(q, "number", &SAY("Number, or scan the code"), NULL, STR("")),
    };
    struct once_notice *list;
    struct intake_notice_line *lines;
    struct staff *people;
    size_t count, people_count;

    TRY(once_list(q->arena, q->snap, q->agency->id, 0, NOTICES_MOST, &list, &count));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    lines = ARENA_ARRAY(q->arena, count + 1, struct intake_notice_line);
    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct once_notice *n = &list[i];
        const struct service *s = service_get_near(q->catalog, n->service,
                                                   n->service_version);

        lines[i] = (struct intake_notice_line){
            .number = n->number, .at = lang_time(q->arena, q->lang, n->at_ms),
            .link = link_to1(q, "intake.notice", id_text(q->arena, n->id)),
            .out = n->way == ONCE_OUT, .counter = n->way == ONCE_BACK_COUNTER,
            .online = n->way == ONCE_BACK_ONLINE,
        };
        if (s != NULL) {
            lines[i].service = s->name;
        }
        for (size_t k = 0; k < people_count; k++) {
            if (people[k].id == n->staff) {
                lines[i].who = people[k].name;
            }
        }
    }
    p.list = lines;
    p.list_count = count;
    p.none = count == 0;
    return REPLY_VIEW(q, r, &page, intake_notices, &p);
}

/* ---- POST /staff/intake/notices: one that came back ---- */

struct take_up_made {
    char nothing;
};

/* The paper of a citizen who has typed on line: "12 signs, go on at our counter". The
 * notice of it has no number then. */
static err draft_check(struct ask *q, str typed, err missing, struct once_notice *w)
{
    struct draft d;
    err e = draft_by_code(q->arena, q->snap, q->keyring, q->agency->id,
                          once_code_in(typed), q->now_ms, &d);

    if (e != NULL && e->kind == ERR_MISSING) {
        FAIL(q->arena, ERR_INPUT, missing->say, STR("number"), "no notice, no draft");
    }
    TRY(e);
    if (d.case_number.len > 0) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("This has been sent already, as case {number}.",
                 SAY_TEXT("number", d.case_number)),
             STR("number"), "draft sent");
    }
    *w = (struct once_notice){ .agency = q->agency->id, .id = d.id, .service = d.service };
    return NULL;
}

static err take_up_check(struct ask *q, struct once_notice *w)
{
    str typed = str_slice(ask_field(q, "number"), 0, 300);
    err e;

    if (typed.len == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Scan the one-time notice, or type its number."),
             STR("number"), "empty");
    }
    e = once_find(q->arena, q->snap, q->keyring, q->agency->id, typed, w);
    if (e != NULL && e->kind == ERR_MISSING) {
        return draft_check(q, typed, e, w);
    }
    TRY(e);
    if (w->way != ONCE_OUT) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("This one-time notice came back complete on {day}; "
                 "its case has been opened.",
                 SAY_DAY("day", day_at(w->back_ms))),
             STR("number"), "back already");
    }
    return NULL;
}

static err take_up_commit(struct ask *q, struct tx *tx, const struct once_notice *w,
                          struct take_up_made *made)
{
    return once_take_up(q->arena, tx, &q->actor, q->session.id, q->now_ms, w->id);
}

static err take_up_reply(struct ask *q, struct reply *r, const struct take_up_made *made)
{
    const struct once_notice *w = q->wish;

    return reply_see(q, r, url_with(q, link_to1(q, "intake.form", w->service),
                                    w->number.len > 0 ? "once" : "draft",
                                    id_text(q->arena, w->id)));
}

BEATS_OUT(take_up, intake_take_up_beats, struct once_notice, struct take_up_made)

/* ---- receipts ---- */

/* What was asked for, as the applicant reads it: the note of the event. */
static err asked_of(struct ask *q, const struct casefile *c, str *ret)
{
    struct case_event *events;
    size_t count;

    *ret = STR("");
    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    for (size_t i = count; i-- > 0;) {
        if (str_equal(events[i].kind, case_act_event[ACT_SEND_BACK])) {
            TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, &events[i]));
            *ret = events[i].note;
            return NULL;
        }
    }
    return NULL;
}

static err receipt_doc(struct ask *q, struct casefile *c, struct doc *ret)
{
    struct intake_record record;
    struct intake_seen *seen;
    struct intake_sheet x;
    struct intake_receipt p = { .c = c, .record = &record };
    const struct service *s;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(intake_record_load(q->arena, q->snap, q->agency->id, id, &record));
    if (record.staff != q->actor.staff) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""),
             "a colleague's receipt");
    }
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, c));
    TRY(intake_seen_of(q->arena, q->snap, q->agency->id, id, &seen, &p.seen_count));
    p.seen = seen;
    s = service_get_near(q->catalog, c->service, c->service_version);
    if (s == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "receipt of an unknown service");
    }
    if (q->now_ms - record.at_ms < CODE_MS) {
        TRY(casefile_code(q->arena, q->snap, q->keyring, c, &p.code));
    }
    if (record.incomplete) {
        TRY(asked_of(q, c, &p.asked));
    }
    TRY(intake_sheet_of(q, s, record.staff, &x));
    return intake_receipt_doc(&x, &p, ret);
}

/* The fee is taken at the same window, in one step. */
static err fee_of(struct ask *q, const struct casefile *c, struct intake_paper_page *p)
{
    struct fee_account x;

    if ((actor_serves(&q->actor) & (DUTY(DUTY_OFFICER) | DUTY(DUTY_CASHIER))) == 0) {
        return NULL;
    }
    TRY(fee_account_load(q->arena, q->snap, q->keyring, q->catalog, c, &x));
    p->has_fee = x.open > 0;
    p->fee_say = SAY("Take the fee: {amount}", SAY_MONEY("amount", x.open));
    p->fee = url_with(q, link_to(q, "cashier.counter"), "case", c->number);
    return NULL;
}

err intake_receipt(struct ask *q, struct reply *r)
{
    struct intake_paper_page p = { .has_case = true };
    struct casefile c;
    struct doc d;

    TRY(receipt_doc(q, &c, &d));
    if (ask_param(q, "done").len > 0) {
        p.done = c.state == CASE_SENT_BACK
                     ? SAY("Accepted: {number}. What is missing has been asked for; the "
                           "term stands still.", SAY_TEXT("number", c.number))
                     : SAY("Accepted: {number}.", SAY_TEXT("number", c.number));
    }
    p.pdf = link_to1(q, "intake.receipt_file", id_text(q->arena, c.id));
    p.casefile = link_to1(q, "casework.one", id_text(q->arena, c.id));
    p.has_case = casefile_may_see(&q->actor, &c);
    TRY(fee_of(q, &c, &p));
    return paper_page(q, r, &d, &p);
}

err intake_receipt_file(struct ask *q, struct reply *r)
{
    struct casefile c;
    struct doc d;

    TRY(receipt_doc(q, &c, &d));
    return sheet_reply(q, r, &d, SHEET_PDF, c.number);
}
