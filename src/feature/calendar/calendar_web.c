/* calendar — routes, and the page of the calendar: what waits, closures, official years.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/calendar/calendar_web.h"

#include "base/arena.h"
#include "calendar_index.view.h"
#include "desk/frame/shell.h"
#include "feature/calendar/calendar.h"
#include "host/lang/lang.h"

#define LIST_DAYS 730
#define CHANGES_SHOWN 5
#define WAIT_DAYS 7
#define HOUR 60

static const char *const weekday_name[] = {
    MSG("Sunday"),   MSG("Monday"), MSG("Tuesday"),  MSG("Wednesday"),
    MSG("Thursday"), MSG("Friday"), MSG("Saturday"),
};

struct page calendar_page(struct ask *q, struct words title)
{
    struct page_crumb *crumb = ARENA_NEW(q->arena, struct page_crumb);
    struct page page = { .title = title, .current = "calendar.index", .wide = true,
                         .seals = SEALS_LIST };

    if (crumb != NULL) {
        crumb->text = SAY("Calendar of the office");
        crumb->link = link_to(q, "calendar.index");
        page.crumbs = crumb;
        page.crumbs_count = 1;
    }
    return page;
}

static str hour_text(struct arena *a, int minute)
{
    return str_format(a, "%02d:%02d", minute / HOUR, minute % HOUR);
}

struct words calendar_hours(struct arena *a, const struct closure_span *s)
{
    if (s->from_minute <= 0 && s->until_minute >= CLOSURE_WHOLE) {
        return SAY("Whole day");
    }
    if (s->until_minute >= CLOSURE_WHOLE) {
        return SAY("From {hour}", SAY_TEXT("hour", hour_text(a, s->from_minute)));
    }
    if (s->from_minute <= 0) {
        return SAY("Until {hour}", SAY_TEXT("hour", hour_text(a, s->until_minute)));
    }
    return SAY("{from} to {until}", SAY_TEXT("from", hour_text(a, s->from_minute)),
               SAY_TEXT("until", hour_text(a, s->until_minute)));
}

struct words calendar_day_words(struct ask *q, day d)
{
    return SAY("{day}, {weekday}", SAY_DAY("day", d),
               SAY_TEXT("weekday", lang_text(q->lang, weekday_name[day_weekday(d)])));
}

struct words calendar_days_words(day first, day last)
{
    return first == last
               ? SAY("{day}", SAY_DAY("day", first))
               : SAY("{from} to {until}", SAY_DAY("from", first), SAY_DAY("until", last));
}

void calendar_span_read(struct ask *q, str (*value)(const struct ask *, const char *),
                        struct closure_span *ret)
{
    str from = value(q, "from"), until = value(q, "until");
    struct closure_span s = { .day = DAY_NONE,
                              .until_minute = CLOSURE_WHOLE,
                              .reason = value(q, "reason"),
                              .of_city = q->agency->id == AGENCY_CITY };

    if (!day_parse(value(q, "day"), &s.day)) {
        s.day = DAY_NONE;
    }
    s.from_minute = from.len > 0 ? closure_minute(from) : 0;
    s.until_minute = until.len > 0 ? closure_minute(until) : CLOSURE_WHOLE;
    closure_check(&s, q->today, &q->mistakes);
    *ret = s;
}

static const struct {
    const char *text, *tone;
} states[CLOSURE_STATES] = {
    [CLOSURE_PROPOSED] = { MSG("waits"), "tag--warn" },
    [CLOSURE_HOLDS] = { MSG("closure holds"), "tag--on" },
    [CLOSURE_WITHDRAWN] = { MSG("closure withdrawn"), "" },
    [CLOSURE_REFUSED] = { MSG("closure not taken over"), "" },
    [CLOSURE_DOUBTED] = { MSG("closure taken back by the alerts"), "tag--warn" },
};

static struct words told_words(const struct closure *c)
{
    if (c->staff_name.len > 0) {
        return SAY("{name}, {time}", SAY_TEXT("name", c->staff_name),
                   SAY_TIME("time", c->state_ms));
    }
    if (c->from_feed && !str_starts(c->source_key, STR("office:"))) {
        return SAY("Disaster alerts, {time}", SAY_TIME("time", c->state_ms));
    }
    return c->from_feed ? SAY("Another office, {time}", SAY_TIME("time", c->state_ms))
                        : SAY("{time}", SAY_TIME("time", c->state_ms));
}

/* What may be done with it here: the city's rows are another's, but may be taken over. */
static bool may_act(const struct ask *q, const struct closure *c, struct words *ret)
{
    bool own = c->agency == q->agency->id;

    if ((q->actor.duties & CALENDAR_CLOSERS) == 0) {
        return false;
    }
    if (c->state == CLOSURE_PROPOSED) {
        *ret = SAY("See what moves");
        return true;
    }
    *ret = SAY("Withdraw this closure");
    if (c->state == CLOSURE_DOUBTED) {
        *ret = SAY("The alerts have taken it back: look");
    }
    return own && (c->state == CLOSURE_HOLDS || c->state == CLOSURE_DOUBTED);
}

static struct calendar_closure_row row_of(struct ask *q, const struct closure *c)
{
    struct calendar_closure_row row = {
        .day = calendar_day_words(q, c->span.day),
        .hours = calendar_hours(q->arena, &c->span),
        .whose = c->agency == AGENCY_CITY ? SAY("Whole city") : SAY("This office"),
        .state = words_of(states[c->state].text),
        .state_class = str_of(states[c->state].tone),
        .told = told_words(c),
        .reason = c->span.reason,
        .link = link_to1(q, "calendar.closure", id_text(q->arena, c->id)),
    };

    row.may_act = may_act(q, c, &row.act);
    return row;
}

/* A proposal that an office need not look at: another office asked the city (and this one
 * beside it), or the city has closed these hours for all. */
static bool is_beside(const struct ask *q, const struct closure *c,
                      const struct closure *list, size_t count)
{
    if (c->state != CLOSURE_PROPOSED || q->agency->id == AGENCY_CITY) {
        return false;
    }
    if (c->agency == AGENCY_CITY) {
        return str_starts(c->source_key, STR("office:"));
    }
    for (size_t i = 0; i < count; i++) {
        const struct closure *x = &list[i];

        if (x->agency == AGENCY_CITY && x->state == CLOSURE_HOLDS &&
            x->span.day == c->span.day && x->span.from_minute <= c->span.from_minute &&
            x->span.until_minute >= c->span.until_minute) {
            return true;
        }
    }
    return false;
}

static err closures_fill(struct ask *q, struct calendar_index *p)
{
    struct closure *list;
    struct calendar_closure_row *rows, *waiting;
    size_t count;

    TRY(closure_list(q->arena, q->snap, q->agency->id, q->today - LIST_DAYS, &list,
                     &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct calendar_closure_row);
    waiting = ARENA_ARRAY(q->arena, count + 1, struct calendar_closure_row);
    if (rows == NULL || waiting == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        bool waits = list[i].state == CLOSURE_PROPOSED || list[i].state == CLOSURE_DOUBTED;

        if (is_beside(q, &list[i], list, count)) {
            continue;
        }
        if (waits && list[i].span.day >= q->today - WAIT_DAYS) {
            waiting[p->waiting_count++] = row_of(q, &list[i]);
        } else {
            rows[p->closures_count++] = row_of(q, &list[i]);
        }
    }
    p->waiting = waiting;
    p->has_waiting = p->waiting_count > 0;
    p->closures = rows;
    p->none = p->closures_count == 0;
    return NULL;
}

static err changes_of(struct ask *q, const struct agency *office,
                      struct calendar_change_row *rows, struct calendar_index *p)
{
    struct calendar_change *list;
    size_t count;

    TRY(calendar_change_list(q->arena, q->snap, office->id, CHANGES_SHOWN, &list, &count));
    for (size_t i = 0; i < count; i++) {
        const struct calendar_change *c = &list[i];

        rows[p->changes_count++] = (struct calendar_change_row){
            .office = office->name,
            .days = calendar_days_words(c->first, c->last),
            .reason = c->reason,
            .seen = c->seen,
            .moved = c->moved,
            .done = c->done_ms != 0,
            .state = c->done_ms != 0 ? SAY("Done, {time}", SAY_TIME("time", c->done_ms))
                                     : SAY("At it"),
        };
    }
    return NULL;
}

/* Of this office; the city sees how far each of its offices has come. */
static err changes_fill(struct ask *q, struct calendar_index *p)
{
    size_t count;
    const struct agency *all = ask_agencies(q, &count);
    struct calendar_change_row *rows = ARENA_ARRAY(q->arena, count * CHANGES_SHOWN + 1,
                                                   struct calendar_change_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        bool of_city = q->agency->id == AGENCY_CITY && all[i].id != AGENCY_CITY;

        if (of_city || (!p->is_city && all[i].id == q->agency->id)) {
            TRY(changes_of(q, &all[i], rows, p));
        }
    }
    p->changes = rows;
    p->has_changes = p->changes_count > 0;
    return NULL;
}

static struct words source_words(const struct year_row *y)
{
    if (y->at_ms == 0) {
        return SAY("In the program");
    }
    return SAY("{file} ({time})", SAY_TEXT("file", y->file), SAY_TIME("time", y->at_ms));
}

static err years_fill(struct ask *q, struct calendar_index *p)
{
    struct year_row *list;
    struct calendar_year *rows;

    TRY(calendar_years(q->arena, q->snap, q->agency->id, &list, &p->years_count));
    rows = ARENA_ARRAY(q->arena, p->years_count + 1, struct calendar_year);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->years_count; i++) {
        const struct year_row *y = &list[p->years_count - 1 - i]; /* the newest first */

        rows[i] = (struct calendar_year){
            .year = q->lang == LANG_ZH ? str_format(q->arena, "%d年", y->year - 1911)
                                       : str_format(q->arena, "%d", y->year),
            .off = y->off,
            .open = y->open,
            .make_up = y->make_up,
            .source = source_words(y),
        };
    }
    p->years = rows;
    return NULL;
}

static struct words done_words(struct ask *q)
{
    str done = ask_param(q, "done");

    if (str_equal(done, STR("closed"))) {
        return SAY("The closure holds. Running cases are gone through now.");
    }
    if (str_equal(done, STR("withdrawn"))) {
        return SAY("The closure is withdrawn. Running cases are gone through now.");
    }
    if (str_equal(done, STR("refused"))) {
        return SAY("The proposal was put aside.");
    }
    if (str_equal(done, STR("years"))) {
        return SAY("The official calendar holds. Running cases are gone through now.");
    }
    return (struct words){ 0 };
}

static struct entry short_entry(struct ask *q, const char *name, struct words label,
                                const struct words *hint, bool optional)
{
    struct entry e = entry_of(q, name, &label, hint, ask_param(q, name));

    e.is_short = true;
    e.optional = optional;
    return e;
}

static void form_fill(struct ask *q, struct calendar_index *p)
{
    const struct words day_hint = SAY("For example 115.7.10 or 2026-07-10.");
    const struct words from_hint = SAY("For example 12:00. Empty: the whole day.");
    const struct words reason_label = SAY("Reason");
    size_t offices;

    (void)ask_agencies(q, &offices);
    p->day = short_entry(q, "day", SAY("Day"), &day_hint, false);
    p->from = short_entry(q, "from", SAY("Closed from"), &from_hint, true);
    p->until = short_entry(q, "until", SAY("Closed until"), NULL, true);
    p->reason = entry_of(q, "reason", &reason_label, NULL, ask_param(q, "reason"));
    p->offices = (int64_t)offices - 1;
    p->offers_others = !p->is_city && offices > 2;
    p->others = str_equal(ask_param(q, "others"), STR("1"));
}

err calendar_index_page(struct ask *q, struct reply *r)
{
    struct page page = { .seals = SEALS_LIST, .title = SAY("Calendar of the office"),
                         .current = "calendar.index",
                         .wide = true };
    struct calendar_index p = {
        .mistakes = shell_mistakes(q),
        .done = done_words(q),
        .is_city = q->agency->id == AGENCY_CITY,
        .may_close = (q->actor.duties & CALENDAR_CLOSERS) != 0,
        .may_import = (q->actor.duties & CALENDAR_IMPORTERS) != 0,
        .preview = link_to(q, "calendar.preview"),
        .import = link_to(q, "calendar.import"),
        .form_token = q->session.form_token,
    };

    TRY(closures_fill(q, &p));
    TRY(changes_fill(q, &p));
    TRY(years_fill(q, &p));
    form_fill(q, &p);
    return REPLY_VIEW(q, r, &page, calendar_index, &p);
}

static const struct route routes[] = {
    { GET, "/staff/calendar", "calendar.index", MAY_STAFF, .of_city = true,
      .show = calendar_index_page,
      .help = MSG("Calendar of the office: closures and official years") },
    { GET, "/staff/calendar/closing", "calendar.preview", MAY_DUTY, CALENDAR_CLOSERS,
      .of_city = true, .show = calendar_preview_new, .lane = LANE_SLOW,
      .help = MSG("What a closure would move") },
    { POST, "/staff/calendar/closing", "calendar.close", MAY_DUTY, CALENDAR_CLOSERS,
      .of_city = true, .beats = &calendar_close_beats, .again = calendar_preview_new,
      .lane = LANE_SLOW, .help = MSG("Close the office") },
    { GET, "/staff/calendar/closures/{id}", "calendar.closure", MAY_DUTY, CALENDAR_CLOSERS,
      .of_city = true, .show = calendar_preview_one, .lane = LANE_SLOW,
      .help = MSG("What a closure would move") },
    { POST, "/staff/calendar/closures/{id}", "calendar.step", MAY_DUTY, CALENDAR_CLOSERS,
      .of_city = true, .beats = &calendar_step_beats, .again = calendar_preview_one,
      .lane = LANE_SLOW, .help = MSG("Confirm or withdraw a closure") },
    { POST, "/staff/calendar/import", "calendar.import", MAY_DUTY, CALENDAR_IMPORTERS,
      .of_city = true, .show = calendar_import_page, .lane = LANE_SLOW, .takes_files = true,
      .body_max = (size_t)1 << 20, .help = MSG("Bring in an official calendar") },
    { POST, "/staff/calendar/bring", "calendar.bring", MAY_DUTY, CALENDAR_IMPORTERS,
      .of_city = true, .beats = &calendar_bring_beats, .again = calendar_import_page,
      .lane = LANE_SLOW, .body_max = (size_t)4 << 20,
      .help = MSG("Bring in an official calendar") },
    { GET, "/staff/cases/{id}/why", "calendar.why", MAY_STAFF, .show = calendar_why_staff,
      .help = MSG("Why this date?") },
    { GET, "/{agency}/status/{case}/why", "calendar.why_mine", MAY_OWNER,
      .show = calendar_why_owner, .help = MSG("Why this date?") },
};

static const struct menu_entry menu[] = {
    { "calendar.index", MSG("Calendar"), true, 0, "g k", false, .group = MENU_OFFICE },
};

static const struct panel panels[] = {
    { "case", 0, calendar_hint_staff },
    { "progress", 0, calendar_hint_owner },
};

/* Proposals of the feed and of others. */
static err waits(struct ask *q, struct waits *io)
{
    struct closure *list;
    size_t count;
    int64_t waiting = 0;

    if ((actor_serves(&q->actor) & CALENDAR_CLOSERS) == 0) {
        return NULL;
    }
    TRY(closure_list(q->arena, q->snap, q->agency->id, q->today - WAIT_DAYS, &list,
                     &count));
    for (size_t i = 0; i < count; i++) {
        waiting += (list[i].state == CLOSURE_PROPOSED ||
                    list[i].state == CLOSURE_DOUBTED) &&
                   !is_beside(q, &list[i], list, count);
    }
    waits_add(io, waiting, SAY("Closures waiting for your key"),
              link_to(q, "calendar.index"));
    return NULL;
}

const struct feature calendar_feature = {
    .waits = waits,
    .name = "calendar",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
    .panels = panels,
    .panels_count = sizeof(panels) / sizeof(panels[0]),
};
