/* services — the page of one service: who, what to bring, fee, time, ways, law, who handles
 * it. The same facts the counter and the notice use: they stand in the definition.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/services/inside.h"
#include "feature/services/services_view.h"
#include "host/mark/mark.h"
#include "kernel/casefile/assign/assign.h"
#include "kernel/service/service.h"

#include "services_one.view.h"

static err papers_make(struct ask *q, const struct service_paper *from, size_t count,
                       const struct services_paper **ret)
{
    struct services_paper *list = ARENA_ARRAY(q->arena, count, struct services_paper);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        list[i] = (struct services_paper){
            .name = from[i].name,
            .note = from[i].note,
            .where = from[i].where,
            .ours = from[i].looked_up,
            .original = from[i].original,
            .sometimes = from[i].when.len > 0 && label_is_empty(&from[i].note),
            .copies = from[i].copies,
        };
    }
    *ret = list;
    return NULL;
}

static err papers_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    TRY(papers_make(q, s->papers, s->papers_count, &p->papers));
    TRY(papers_make(q, s->agent_papers, s->agent_papers_count, &p->agent_papers));
    p->papers_count = s->papers_count;
    p->agent_papers_count = s->agent_papers_count;
    return NULL;
}

static err waivers_fill(struct ask *q, const struct service_fee *fee,
                        struct services_fee *ret)
{
    struct services_waiver *list = ARENA_ARRAY(q->arena, fee->waivers_count,
                                               struct services_waiver);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < fee->waivers_count; i++) {
        list[i] = (struct services_waiver){
            .what = fee->waivers[i].what,
            .proof = fee->waivers[i].proof,
            .percent = fee->waivers[i].percent < 100 ? fee->waivers[i].percent : 0,
        };
    }
    ret->waivers = list;
    ret->waivers_count = fee->waivers_count;
    return NULL;
}

/* A fee that begins or ends is told with its day; one that is over is not shown. */
static struct words fee_when(const struct service_fee *fee, day today)
{
    if (fee->from != DAY_NONE && fee->from > today) {
        return SAY("from {day}", SAY_DAY("day", fee->from));
    }
    return fee->until != DAY_NONE ? SAY("until {day}", SAY_DAY("day", fee->until))
                                  : (struct words){ 0 };
}

static err fines_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_fine *list = ARENA_ARRAY(q->arena, s->fines_count,
                                             struct services_fine);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->fines_count; i++) {
        const struct service_fine *fine = &s->fines[i];

        list[i] = (struct services_fine){
            .what = fine->what,
            .law = fine->law,
            .range = fine->least == fine->most
                         ? SAY("{fee}", SAY_MONEY("fee", fine->most))
                         : SAY("{least} to {most}", SAY_MONEY("least", fine->least),
                               SAY_MONEY("most", fine->most)),
        };
    }
    p->fines = list;
    p->fines_count = s->fines_count;
    return NULL;
}

static err terms_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_term *limits = ARENA_ARRAY(q->arena, s->limits_count,
                                               struct services_term);
    struct services_term *stages = ARENA_ARRAY(q->arena, s->stages_count,
                                               struct services_term);

    if (limits == NULL || stages == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->limits_count; i++) {
        const struct service_limit *l = &s->limits[i];

        limits[i].name = l->name;
        limits[i].limit = service_limit_words(&l->limit);
        if (l->way != WAY_NONE) {
            limits[i].way = words_of(service_way_text(l->way));
        }
    }
    for (size_t i = 0; i < s->stages_count; i++) {
        stages[i].name = s->stages[i].name;
        stages[i].by = s->stages[i].by;
        stages[i].limit = service_limit_words(&s->stages[i].limit);
    }
    p->limits = limits;
    p->limits_count = s->limits_count;
    p->stages = stages;
    p->stages_count = s->stages_count;
    return NULL;
}

static err fees_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_fee *list = ARENA_ARRAY(q->arena, s->fees_count, struct services_fee);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *fee = &s->fees[i];

        if (fee->until != DAY_NONE && fee->until < q->today) {
            continue;
        }
        list[count].what = fee->what;
        list[count].law = fee->law;
        list[count].when = fee_when(fee, q->today);
        list[count].fee = fee->dollars == 0 ? SAY("No fee")
                                            : SAY("{fee}", SAY_MONEY("fee", fee->dollars));
        TRY(waivers_fill(q, fee, &list[count]));
        count++;
    }
    /* One line that costs nothing needs no table. */
    p->fees = list;
    p->fees_count = s->fees_count == 1 && s->fees[0].dollars == 0 ? 0 : count;
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

static str person_text(struct ask *q, const struct staff *s)
{
    return str_trim(str_format(q->arena, "%.*s %.*s", STR_ARG(s->name), STR_ARG(s->title)));
}

/* Who handles it today, and who stands in; made anew when people or their days change. */
static err handlers_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct services_handler *list = ARENA_ARRAY(q->arena, SERVICE_HANDLERS,
                                                struct services_handler);
    struct handler *people;
    size_t units_count, count;
    const struct unit *units = ask_units(q, &units_count);
    int64_t unit = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < units_count; i++) {
        unit = str_equal(units[i].key, s->unit) ? units[i].id : unit;
    }
    TRY(assign_handlers(q->arena, q->snap, q->agency->id, unit, s, q->today, &people,
                        &count));
    for (size_t i = 0; i < count; i++) {
        const struct handler *h = &people[i];

        list[i] = (struct services_handler){
            .who = person_text(q, &h->staff), .telephone = h->staff.telephone,
            .deputy = person_text(q, &h->deputy),
            .deputy_telephone = h->deputy.telephone,
            .away = h->away, .has_deputy = h->deputy.id != 0,
        };
    }
    p->handlers = list;
    p->handlers_count = count;
    return NULL;
}

/* 都市計畫法 6 → 都市計畫法第6條; 社會救助法 4-1 → 第4條之1. */
static struct words article_words(str article)
{
    size_t at = article.len;
    str law, number, rest;

    while (at > 0 && article.at[at - 1] != ' ') {
        at--;
    }
    if (at == 0 || at == article.len || article.at[at] < '0' || article.at[at] > '9') {
        return SAY("{text}", SAY_TEXT("text", article));
    }
    law = str_trim(str_slice(article, 0, at));
    rest = str_slice(article, at, article.len);
    if (!str_cut(&rest, '-', &number) || rest.len == 0) {
        return SAY("{law}, article {number}", SAY_TEXT("law", law),
                   SAY_TEXT("number", str_slice(article, at, article.len)));
    }
    return SAY("{law}, article {number}-{more}", SAY_TEXT("law", law),
               SAY_TEXT("number", number), SAY_TEXT("more", rest));
}

static err articles_fill(struct ask *q, const struct service *s, struct services_one *p)
{
    struct words *list = ARENA_ARRAY(q->arena, s->law_articles_count, struct words);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->law_articles_count; i++) {
        list[i] = article_words(label_in(&s->law_articles[i], q->lang));
    }
    p->articles = list;
    p->articles_count = s->law_articles_count;
    p->has_articles = s->law_articles_count > 0;
    return NULL;
}

static struct services_one facts_of(struct ask *q, const struct service *s)
{
    struct service_standing stands = service_stands(s, q->today);
    bool online = s->online && s->depth == DEPTH_FULL;
    str telephone;
    struct services_one p = {
        .office = q->agency->name,
        .name = s->name,
        .summary = s->summary,
        .ways = service_ways_words(s),
        .limit = service_term_words(s),
        .limit_says = s->counted_from == FROM_EVENT && s->limit.unit == LIMIT_AT_ONCE
                          ? SAY("It takes place on the day you choose; we tell you the "
                                "time before.")
                          : limit_says(&s->limit),
        .fee = service_fee_words(s),
        .standing = service_standing_words(&stands),
        .standing_note = s->status.note,
        .system = s->elsewhere.system,
        .ready = s->elsewhere.ready,
        .asks_first = s->eligible_count > 0,
        .telephone_way = (s->ways & (1U << WAY_TELEPHONE)) != 0,
        .home_way = (s->ways & (1U << WAY_HOME)) != 0,
        .list_way = (s->ways & (1U << WAY_LIST)) != 0,
        .cross_way = (s->ways & (1U << WAY_CROSS_OFFICE)) != 0,
        .online = online,
        .counter = s->counter,
        .post = s->post,
        .may_start = online && stands.state == SERVICE_OPEN,
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

    p.elsewhere = stands.state == SERVICE_OPEN && !url_is_empty(p.elsewhere_url);
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
    reply_topic(r, q->agency->id, "people", STR(""));
    p = facts_of(q, s);
    TRY(handlers_fill(q, s, &p));
    TRY(articles_fill(q, s, &p));
    TRY(papers_fill(q, s, &p));
    TRY(fees_fill(q, s, &p));
    TRY(fines_fill(q, s, &p));
    TRY(terms_fill(q, s, &p));
    TRY(texts_fill(q, s, &p));
    TRY(panels_show(q, "service", &(struct panel_about){ .key = s->key, .thing = s },
                    &p.panels));
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
