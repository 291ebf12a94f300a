/* services — the page of one service: who, what to bring, fee, time, ways, law, who handles
 * it. The same facts the counter and the notice use: they stand in the definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/services/inside.h"
#include "feature/services/services_view.h"
#include "host/mark/mark.h"
#include "kernel/service/service.h"

#include "services_one.view.h"

static err papers_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_paper *list = ARENA_ARRAY(q->arena, s->papers_count,
                                              struct services_paper);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        const struct service_paper *x = &s->papers[i];

        list[i] = (struct services_paper){ x->name, x->note, x->looked_up, x->original,
                                           x->copies };
    }
    p->papers = list;
    p->papers_count = s->papers_count;
    return NULL;
}

static err fees_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_fee *list = ARENA_ARRAY(q->arena, s->fees_count, struct services_fee);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->fees_count; i++) {
        list[i].what = s->fees[i].what;
        list[i].fee = s->fees[i].dollars == 0
                          ? SAY("No fee")
                          : SAY("{fee}", SAY_MONEY("fee", s->fees[i].dollars));
    }
    /* One line that costs nothing needs no table. */
    p->fees = list;
    p->fees_count = s->fees_count == 1 && s->fees[0].dollars == 0 ? 0 : s->fees_count;
    return NULL;
}

static err texts_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_text *list = ARENA_ARRAY(q->arena, s->texts_count,
                                             struct services_text);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->texts_count; i++) {
        list[i].title = s->texts[i].title;
        TRY(mark_render(q->arena, label_in(&s->texts[i].body, q->lang), 3,
                        &list[i].body.markup));
    }
    p->texts = list;
    p->texts_count = s->texts_count;
    return NULL;
}

static err asked_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct label *list = ARENA_ARRAY(q->arena, s->form.steps_count, struct label);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->form.steps_count; i++) {
        list[i] = s->form.steps[i].title;
    }
    p->asked = list;
    p->asked_count = p->may_start ? s->form.steps_count : 0;
    return NULL;
}

/* In plain words: when the clock begins and what happens if it ends on a day off. */
static struct words limit_says(const struct limit *l)
{
    switch (l->unit) {
    case LIMIT_WORKING:
        return SAY(
            "We decide within {days} working days. The day we receive the application "
            "is not counted, nor are days when the office is closed.",
            SAY_NUMBER("days", l->value));
    case LIMIT_CALENDAR:
        return SAY(
            "We decide within {days} days, weekends included. The day we receive the "
            "application is not counted; if the last day is a day off, the next "
            "working day counts.",
            SAY_NUMBER("days", l->value));
    case LIMIT_MONTH:
        return SAY("We decide within {months} months after we receive the application.",
                   SAY_NUMBER("months", l->value));
    case LIMIT_HOUR:
        return SAY("It takes about {hours} hours. Online we do it on the same working day, "
                   "or on the next one when the office is closed.",
                   SAY_NUMBER("hours", l->value));
    case LIMIT_AT_ONCE:
        return SAY(
            "At the counter you can wait for it. Online we do it on the same working "
            "day, or on the next one when the office is closed.");
    case LIMIT_NONE:
        break;
    }
    return SAY("The law sets no time for this matter. We tell you when there is news.");
}

static struct services_one facts_of(struct ask *q, const struct service *s)
{
    str telephone;
    struct services_one p = {
        .office = q->agency->name,
        .name = s->name,
        .summary = s->summary,
        .ways = service_ways_words(s),
        .limit = service_limit_words(&s->limit),
        .limit_says = limit_says(&s->limit),
        .fee = service_fee_words(s),
        .online = s->online && s->depth == DEPTH_FULL,
        .counter = s->counter,
        .post = s->post,
        .may_start = s->online && s->depth == DEPTH_FULL,
        .start = link_to1(q, "apply.start", s->key),
        .elsewhere_url = url_checked(q->arena, s->elsewhere_url),
        .who = s->who,
        .agent = s->agent,
        .law = s->law,
        .law_url = url_checked(q->arena, s->law_url),
        .result = s->result_name,
        .address = q->agency->address,
        .hours = q->agency->hours,
        .status = link_to(q, "follow.ask"),
    };

    p.elsewhere = s->depth == DEPTH_ELSEWHERE && !url_is_empty(p.elsewhere_url);
    p.unit = ask_unit_of(q, s->unit, &telephone);
    p.telephone = s->telephone.len > 0 ? s->telephone : telephone;
    p.phone_url = url_phone(q->arena, p.telephone);
    return p;
}

err services_show_one(struct ask *q, struct reply *r)
{
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    struct page_crumb crumbs[] = { { SAY("Services"), link_to(q, "services.list") } };
    struct services_one p;

    if (s == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "no service");
    }
    reply_topic(r, q->agency->id, "catalog", STR(""));
    p = facts_of(q, s);
    TRY(papers_fill(q, s, &p));
    TRY(fees_fill(q, s, &p));
    TRY(texts_fill(q, s, &p));
    TRY(asked_fill(q, s, &p));

    struct page page = {
        .title = SAY("{name}", SAY_LABEL("name", &s->name)),
        .crumbs = crumbs,
        .crumbs_count = 1,
        .current = "services.list",
        .updated = s->updated,
    };
    return REPLY_VIEW(q, r, &page, services_one, &p);
}
