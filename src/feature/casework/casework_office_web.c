/* casework_office — the office today, for its head; the unit today, for its head; and the
 * cases behind each number.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "behind.view.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/casework/casework_head_view.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "head.view.h"
#include "host/lang/lang.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/head/head.h"
#include "kernel/casefile/worklist/worklist.h"

#define CONTROLLED_SHOWN 30

/* ---- GET /staff/head ---- */

/* What has to happen next with a case, and who does it: its officer, else a duty. */
static void step_of(const struct casefile *c, struct casework_controlled *x)
{
    x->by = SAY("Officer in charge");
    if (c->asked) {
        x->step = SAY("Answer the question of law");
        x->by = SAY("Law study group");
        return;
    }
    switch (c->state) {
    case CASE_RECEIVED:
        x->step = SAY("Take it up or assign it");
        x->by = SAY("Unit head");
        return;
    case CASE_SENT_BACK:
        x->step = SAY("Supply what is missing");
        x->by = SAY("Applicant");
        return;
    case CASE_CONSULTED:
        x->step = SAY("Answer the consultation");
        x->by = SAY("The units that were asked");
        return;
    case CASE_PROPOSED:
    case CASE_SUBMITTED:
        x->step = c->waits_level == c->level ? SAY("Decide") : SAY("Seal and pass on");
        x->by = words_of(level_name[c->waits_level]);
        return;
    default:
        x->step = c->paused ? SAY("Let the clock go on") : SAY("Examine and propose");
        x->has_who = true;
        return;
    }
}

static str name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("");
}

static err controlled_fill(struct ask *q, const struct unit *units, size_t units_count,
                           int64_t unit, struct casework_head *p)
{
    struct staff *people;
    struct casefile *list;
    struct casework_controlled *out;
    size_t count, people_count;

    TRY(casefile_controlled(q->arena, q->snap, q->agency->id, unit, q->now_ms,
                            CONTROLLED_SHOWN, &list, &count, &p->more_controlled));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_controlled);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct casefile *c = &list[i];
        struct casework_controlled *x = &out[i];

        *x = (struct casework_controlled){
            .link = link_to1(q, "casework.one", id_text(q->arena, c->id)),
            .number = c->number, .service = casework_service_name(q, c),
            .due = casework_due_of(q->arena, q->calendar, casework_end_of(c, false),
                                   q->now_ms, casework_soon_ms(q), q->lang),
            .late = case_is_late(c, q->now_ms),
            .control_late = case_control_is_late(c, q->now_ms),
            .special = c->special, .asked = c->asked,
        };
        for (size_t n = 0; n < units_count; n++) {
            x->unit = units[n].id == c->unit ? units[n].name : x->unit;
        }
        step_of(c, x);
        x->who = name_of(people, people_count, c->officer);
        x->has_who = x->has_who && !str_is_empty(x->who);
    }
    p->controlled = out;
    p->controlled_count = count;
    p->none_controlled = count == 0;
    return NULL;
}

/* Whose page it is: of the whole office, or of the unit of who asks. */
struct scope {
    int64_t unit; /* 0: the whole office */
    const char *page, *behind; /* its routes */
};
static struct scope office_of(void)
{
    return (struct scope){ 0, "casework.head", "casework.behind" };
}

static struct scope unit_of(const struct ask *q)
{
    return (struct scope){ q->actor.unit, "casework.unit", "casework.unit_behind" };
}

static struct casework_figure figure(struct ask *q, const struct scope *s, int64_t count,
                                     enum office_what what)
{
    return (struct casework_figure){
        count, url_with(q, link_to(q, s->behind), "what", office_what_key[what]),
    };
}

/* A cell of a unit's row; nothing to follow where it says 0. */
static struct casework_figure cell(struct ask *q, const struct scope *s,
                                   const struct unit *unit, int64_t count,
                                   enum office_what what, int state)
{
    struct casework_figure f = { .count = count };

    if (count == 0) {
        return f;
    }
    f = figure(q, s, count, what);
    f.link = url_with(q, f.link, "unit", id_text(q->arena, unit->id));
    if (state >= 0) {
        f.link = url_with(q, f.link, "state", case_state_key[state]);
    }
    return f;
}

static struct casework_head_unit row_of(struct ask *q, const struct scope *s,
                                        const struct unit *unit, const struct head_unit *u)
{
    int64_t waiting = u->late[CASE_PROPOSED] + u->late[CASE_SUBMITTED];

    return (struct casework_head_unit){
        .unit = unit->name,
        .late = cell(q, s, unit, u->late_all, OFFICE_LATE, -1),
        .control = cell(q, s, unit, u->control_late, OFFICE_CONTROL_LATE, -1),
        .received = cell(q, s, unit, u->late[CASE_RECEIVED], OFFICE_LATE, CASE_RECEIVED),
        .in_work = cell(q, s, unit, u->late[CASE_IN_WORK], OFFICE_LATE, CASE_IN_WORK),
        .sent_back = cell(q, s, unit, u->late[CASE_SENT_BACK], OFFICE_LATE, CASE_SENT_BACK),
        .consulted = cell(q, s, unit, u->late[CASE_CONSULTED], OFFICE_LATE, CASE_CONSULTED),
        .waiting = cell(q, s, unit, waiting, OFFICE_LATE, CASE_PROPOSED),
    };
}

static err units_fill(struct ask *q, const struct scope *s, struct casework_head *p)
{
    struct unit *units;
    struct head_unit *list;
    struct casework_head_unit *out;
    size_t count;

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &count));
    TRY(casefile_head_units(q->arena, q->snap, q->agency->id, units, count, q->now_ms,
                            &list));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_head_unit);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (s->unit != 0 && units[i].id != s->unit) {
            continue;
        }
        p->unit = units[i].name;
        out[p->units_count++] = row_of(q, s, &units[i], &list[i]);
        p->late.count += list[i].late_all;
        p->control.count += list[i].control_late;
    }
    p->units = out;
    p->none_late = p->late.count == 0;
    return controlled_fill(q, units, count, s->unit, p);
}

static err waits_fill(struct ask *q, const struct scope *s, const struct head_figures *f,
                      struct casework_head *p)
{
    struct casework_head_wait *out =
        ARENA_ARRAY(q->arena, LEVEL_COUNT, struct casework_head_wait);

    if (out == NULL) {
        return err_no_memory;
    }
    for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
        struct casework_figure x;

        if (f->waits[l] == 0 && l != (s->unit == 0 ? LEVEL_HEAD : LEVEL_UNIT_HEAD)) {
            continue;
        }
        x = figure(q, s, f->waits[l], OFFICE_WAITS);
        x.link = url_with(q, x.link, "level", level_key[l]);
        out[p->waits_count++] = (struct casework_head_wait){ words_of(level_name[l]), x };
    }
    p->waits = out;
    return NULL;
}

static void in_time_fill(const struct head_figures *f, struct casework_head *p)
{
    int64_t all = f->decided + p->late.count;

    p->has_in_time = all > 0;
    if (all > 0) {
        p->in_time = SAY("{percent} % of {all}",
                         SAY_NUMBER("percent", (f->decided - f->decided_late) * 100 / all),
                         SAY_NUMBER("all", all));
    }
}

static err head_page(struct ask *q, struct reply *r, struct scope s)
{
    const struct page page = {
        .seals = SEALS_LIST,
        .title = s.unit == 0 ? SAY("The office today") : SAY("The unit today"),
        .current = s.page, .wide = true,
    };
    const struct panel_about about = { 0 };
    struct casework_head *p = ARENA_NEW(q->arena, struct casework_head);
    struct head_figures f;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(casefile_head(q->arena, q->snap, q->agency->id, s.unit, q->now_ms, &f));
    *p = (struct casework_head){
        .day = day_text(q->arena, q->today, q->lang), .of_unit = s.unit != 0,
        .is_open_day = calendar_is_open(q->calendar, q->today), .more = f.more,
        .open = figure(q, &s, f.open, OFFICE_OPEN),
        .paused = figure(q, &s, f.paused, OFFICE_PAUSED),
        .special = figure(q, &s, f.special, OFFICE_SPECIAL),
        .decided = figure(q, &s, f.decided, OFFICE_DECIDED),
        .decided_late = figure(q, &s, f.decided_late, OFFICE_DECIDED_LATE),
        .decided_today = figure(q, &s, f.decided_today, OFFICE_DECIDED),
        .late = figure(q, &s, 0, OFFICE_LATE),
        .control = figure(q, &s, 0, OFFICE_CONTROL_LATE),
    };
    p->decided_today.link = url_with(q, p->decided_today.link, "since", STR("today"));
    TRY(units_fill(q, &s, p));
    TRY(waits_fill(q, &s, &f, p));
    in_time_fill(&f, p);
    if (s.unit == 0) {
        p->seals = link_to(q, "casework.seals");
        TRY(panels_show(q, "head", &about, &p->panels));
    }
    return REPLY_VIEW(q, r, &page, head, p);
}

err casework_head_page(struct ask *q, struct reply *r)
{
    return head_page(q, r, office_of());
}

err casework_unit_page(struct ask *q, struct reply *r)
{
    return head_page(q, r, unit_of(q));
}

/* ---- the cases behind a number: ?what=&unit=&state=&level=&since=&after= ---- */

static struct words title_of(struct ask *q, const struct office_query *x, bool today)
{
    static const char *const titles[OFFICE_WHATS] = {
        [OFFICE_OPEN] = MSG("Open cases"),
        [OFFICE_LATE] = MSG("Overdue by law"),
        [OFFICE_SOON] = MSG("Ends soon"),
        [OFFICE_CONTROL_LATE] = MSG("Control limit past"),
        [OFFICE_CONTROL_SOON] = MSG("Control limit ends soon"),
        [OFFICE_PAUSED] = MSG("Clock stands still"),
        [OFFICE_SPECIAL] = MSG("Special cases"),
        [OFFICE_DECIDED] = MSG("Decided this month"),
        [OFFICE_DECIDED_LATE] = MSG("Decided this month after their term"),
    };

    if (x->what == OFFICE_WAITS) {
        return SAY("Waiting for the decision of {level}",
                   SAY_TEXT("level", lang_text(q->lang, level_name[x->level])));
    }
    return today ? SAY("Decided today") : words_of(titles[x->what]);
}

/* A page that asks for what does not exist shows all that is open. */
static struct office_query asked_for(struct ask *q, const struct scope *s, bool *ret_today)
{
    struct office_query x = {
        .what = OFFICE_OPEN, .unit = s->unit, .level = LEVEL_HEAD, .state = -1,
        .now_ms = q->now_ms, .soon_ms = casework_soon_ms(q), .most = WORKLIST_ROWS + 1,
    };
    enum case_state state;

    (void)office_what_from_key(ask_param(q, "what"), &x.what);
    (void)level_from_key(ask_param(q, "level"), &x.level);
    if (s->unit == 0) {
        (void)id_parse(ask_param(q, "unit"), &x.unit);
    }
    if (x.what == OFFICE_LATE && case_state_from_key(ask_param(q, "state"), &state)) {
        x.state = (int)state;
    }
    *ret_today = x.what == OFFICE_DECIDED && str_equal(ask_param(q, "since"), STR("today"));
    x.since_ms = *ret_today ? day_begins_ms(q->today) : head_month_ms(q->now_ms);
    (void)id_parse(ask_param(q, "after"), &x.after);
    return x;
}

static struct url behind_url(struct ask *q, const struct scope *s)
{
    static const char *const names[] = { "what", "unit", "state", "level", "since" };
    struct url u = link_to(q, s->behind);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (!str_is_empty(ask_param(q, names[i]))) {
            u = url_with(q, u, names[i], ask_param(q, names[i]));
        }
    }
    return u;
}

static err unit_name_of(struct ask *q, int64_t id, struct casework_behind *p)
{
    struct unit *units;
    size_t count;

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &count));
    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            p->unit = units[i].name;
            p->of_unit = true;
        }
    }
    return NULL;
}

static err behind_page(struct ask *q, struct reply *r, struct scope s)
{
    const struct page_crumb crumbs[] = {
        { s.unit == 0 ? SAY("The office today") : SAY("The unit today"),
          link_to(q, s.page) },
    };
    struct casework_behind p = { .first = behind_url(q, &s) };
    bool today;
    const struct office_query x = asked_for(q, &s, &today);
    const struct page page = { .title = title_of(q, &x, today), .current = s.page,
                               .seals = SEALS_LIST,
                               .crumbs = crumbs, .crumbs_count = 1, .wide = true };
    struct casefile *cases;
    struct casework_row *rows;
    size_t count;

    TRY(casefile_of_office(q->arena, q->snap, q->agency->id, &x, &cases, &count));
    p.title = page.title;
    p.has_next = count > WORKLIST_ROWS;
    p.has_before = x.after != 0;
    p.rows_count = p.has_next ? WORKLIST_ROWS : count;
    p.none = count == 0;
    TRY(casework_rows_of(q, cases, p.rows_count, &rows));
    p.rows = rows;
    if (p.has_next) {
        p.next = url_with(q, p.first, "after",
                          id_text(q->arena, cases[p.rows_count - 1].id));
    }
    TRY(unit_name_of(q, x.unit, &p));
    return REPLY_VIEW(q, r, &page, behind, &p);
}

err casework_behind_page(struct ask *q, struct reply *r)
{
    return behind_page(q, r, office_of());
}

err casework_unit_behind_page(struct ask *q, struct reply *r)
{
    return behind_page(q, r, unit_of(q));
}
