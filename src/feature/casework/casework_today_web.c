/* casework_today — what waits for this person today: of cases, and in the other rooms of
 * the house (desk/waits.h).
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/worklist/worklist.h"
#include "today.view.h"

#define START_ROWS 8

static err today_rows(struct ask *q, struct casework_today *p)
{
    /* What waits for a decision goes before one's own. */
    static const struct casework_list *const order[] = { &casework_lists[0],
                                                         &casework_lists[1] };
    struct case_query query = { .state = -1, .today = q->today, .most = START_ROWS };
    struct casefile *cases = NULL;
    struct casework_row *rows;
    size_t count = 0;

    for (size_t i = 0; i < 2 && count == 0; i++) {
        query.list = order[i]->list;
        if (casework_has(&q->actor, order[i])) {
            TRY(casefile_list(q->arena, q->snap, &q->actor, &query, &cases, &count));
        }
    }
    TRY(casework_rows_of(q, cases, count, &rows));
    p->rows = rows;
    p->rows_count = count;
    p->has_rows = count > 0;
    return NULL;
}

/* What is late in as much as this person sees: all, else the unit, else the first list. */
static err today_late(struct ask *q, struct casework_today *p)
{
    struct case_query query = { .state = -1, .today = q->today, .late_only = true };
    const struct casework_list *list = casework_choose(&q->actor, STR("unit"));
    size_t late;

    if (casework_has(&q->actor, &casework_lists[5])) {
        list = &casework_lists[5];
    }
    if (list == NULL) {
        return NULL;
    }
    query.list = list->list;
    TRY(casefile_count(q->arena, q->snap, &q->actor, &query, &late));
    p->late_more = late > CASES_COUNTED;
    p->late = (int64_t)(p->late_more ? CASES_COUNTED : late);
    p->has_late = late > 0;
    p->late_of = words_of(list->name);
    p->late_link = url_with(q, url_with(q, p->worklist, "list", list->key), "late",
                            STR("1"));
    return NULL;
}

static err today_overs(struct ask *q, struct casework_today *p)
{
    struct case_supply_over *list;
    struct casework_over *rows;

    TRY(casefile_supply_over(q->arena, q->snap, q->agency->id, q->actor.staff, q->today,
                             START_ROWS, &list, &p->overs_count));
    rows = ARENA_ARRAY(q->arena, p->overs_count, struct casework_over);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->overs_count; i++) {
        const struct casefile c = { .service = list[i].service,
                                    .service_version = list[i].service_version };

        rows[i] = (struct casework_over){
            .link = link_to1(q, "casework.one", id_text(q->arena, list[i].id)),
            .number = list[i].number,
            .service = casework_service_name(q, &c),
            .until = day_short(q->arena, list[i].until, q->lang),
        };
    }
    p->overs = rows;
    p->has_overs = p->overs_count > 0;
    return NULL;
}

/* What waits of cases; the city has none. */
static err today_cases(struct ask *q, struct casework_today *p)
{
    struct casework_tab *tabs;

    p->has_worklist = q->agency->id != AGENCY_CITY &&
                      casework_choose(&q->actor, STR("")) != NULL;
    if (!p->has_worklist) {
        return NULL;
    }
    TRY(casework_tabs_of(q, NULL, true, &tabs, &p->waiting_count));
    p->waiting = tabs;
    TRY(today_late(q, p));
    p->nothing = !p->has_late;
    for (size_t i = 0; i < p->waiting_count; i++) {
        p->nothing = p->nothing && tabs[i].count == 0;
    }
    TRY(today_rows(q, p));
    TRY(today_overs(q, p));
    p->nothing = p->nothing && !p->has_overs;
    return NULL;
}

err casework_today_page(struct ask *q, struct reply *r)
{
    struct casework_today *p = ARENA_NEW(q->arena, struct casework_today);
    const struct page page = { .title = SAY("Today"),
                               .current = "casework.today",
                               .wide = true };

    if (p == NULL) {
        return err_no_memory;
    }
    p->greeting = SAY("Good day, {name}", SAY_TEXT("name", q->actor.name));
    p->day = day_text(q->arena, q->today, q->lang);
    p->is_open_day = calendar_is_open(q->calendar, q->today);
    p->worklist = link_to(q, "casework.worklist");
    p->nothing = true;
    p->account = link_to(q, "identity.account");
    if (actor_has(&q->actor, DUTY_ADMIN)) {
        p->settings = link_to(q, "settings.index");
    }
    TRY(today_cases(q, p));
    TRY(waits_find(q, &p->others));
    p->has_others = p->others.list_count > 0;
    p->nothing = p->nothing && !p->has_others;
    return REPLY_VIEW(q, r, &page, today, p);
}
