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
    struct case_query query = { .state = -1, .now_ms = q->now_ms, .most = START_ROWS };
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

static err ends_add(struct ask *q, struct casework_today *p, struct casework_ends *out,
                    const struct casework_list *list, enum case_when when, bool by_control)
{
    struct case_query query = { .list = list->list, .state = -1, .when = when,
                                .by_control = by_control, .now_ms = q->now_ms,
                                .soon_ms = casework_soon_ms(q) };
    struct url u = url_with(q, p->worklist, "list", list->key);
    size_t count;

    TRY(casefile_count(q->arena, q->snap, &q->actor, &query, &count));
    if (count == 0) {
        return NULL;
    }
    u = url_with(q, u, "when", casework_when_key[when]);
    out[p->ends_count++] = (struct casework_ends){
        .link = by_control ? url_with(q, u, "by", STR("control")) : u,
        .text = words_of(by_control ? when == WHEN_LATE ? MSG("Control limit past")
                                                        : MSG("Control limit ends soon")
                                    : casework_when_name[when]),
        .of = words_of(list->name), .bad = when == WHEN_LATE && !by_control,
        .more = count > CASES_COUNTED,
        .count = (int64_t)(count > CASES_COUNTED ? CASES_COUNTED : count),
    };
    return NULL;
}

/* What is late in as much as this person sees: all, else the unit, else the first list.
 * What ends soon, in as much as he can do something about: who works on cases, his own. */
static err today_ends(struct ask *q, struct casework_today *p)
{
    const struct casework_list *late = casework_choose(&q->actor, STR("unit")), *soon;
    struct casework_ends *out = ARENA_ARRAY(q->arena, 4, struct casework_ends);

    if (out == NULL) {
        return err_no_memory;
    }
    p->ends = out;
    if (casework_has(&q->actor, &casework_lists[5])) {
        late = &casework_lists[5];
    }
    if (late == NULL) {
        return NULL;
    }
    soon = late;
    if (late->list == LIST_UNIT_OPEN && !actor_has(&q->actor, DUTY_UNIT_HEAD) &&
        !actor_has(&q->actor, DUTY_DISPATCHER)) {
        soon = casework_choose(&q->actor, STR("mine"));
    }
    TRY(ends_add(q, p, out, late, WHEN_LATE, false));
    TRY(ends_add(q, p, out, soon, WHEN_SOON, false));
    TRY(ends_add(q, p, out, soon, WHEN_LATE, true));
    return ends_add(q, p, out, soon, WHEN_SOON, true);
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
    TRY(today_ends(q, p));
    p->nothing = p->ends_count == 0;
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
