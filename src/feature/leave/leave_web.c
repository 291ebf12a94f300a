/* leave_web — who is away, entering it, taking it back; routes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/leave/leave.h"
#include "feature/leave/leave_rules.h"
#include "feature/leave/leave_view.h"
#include "leave_index.view.h"

#define AHEAD_DAYS 90
#define ENTERED_BACK 31
#define ENTERED_AHEAD 400

static const struct staff *person(const struct staff *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id) {
            return &list[i];
        }
    }
    return NULL;
}

static struct label unit_name(const struct ask *q, int64_t id)
{
    size_t count;
    const struct unit *units = ask_units(q, &count);

    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            return units[i].name;
        }
    }
    return (struct label){ 0 };
}

/* ---- who is away ---- */

struct away {
    const struct staff *people;
    size_t people_count;
    const struct absence *list;
    size_t count;
};

/* Away on some day on which the other one is. */
static bool is_away_with(const struct away *w, int64_t staff, const struct absence *x)
{
    for (size_t i = 0; i < w->count; i++) {
        if (w->list[i].staff == staff && w->list[i].from <= x->to &&
            w->list[i].to >= x->from) {
            return true;
        }
    }
    return false;
}

static struct leave_row row_of(struct ask *q, const struct away *w, const struct absence *x,
                               const struct staff *s)
{
    const struct staff *deputy = person(w->people, w->people_count, s->deputy);
    struct leave_row r = {
        .name = s->name,
        .title = s->title,
        .unit = unit_name(q, s->unit),
        .id = id_text(q->arena, s->id),
        .from_key = day_iso(q->arena, x->from),
        .days = x->from == x->to ? SAY("{day}", SAY_DAY("day", x->from))
                                 : SAY("{from} to {until}", SAY_DAY("from", x->from),
                                       SAY_DAY("until", x->to)),
        .act = x->from < q->today ? SAY("Back today") : SAY("Take back"),
        .today = x->from <= q->today,
        .has_deputy = deputy != NULL && deputy->active,
        .may_end = leave_may_enter(&q->actor, s),
    };

    if (r.has_deputy) {
        r.deputy = deputy->name;
        r.deputy_away = is_away_with(w, deputy->id, x);
    }
    return r;
}

static err rows_fill(struct ask *q, const struct staff *people, size_t people_count,
                     struct leave_page *p)
{
    struct absence *list;
    struct leave_row *rows;
    size_t count;

    TRY(absence_list(q->arena, q->snap, q->agency->id, q->today, q->today + AHEAD_DAYS,
                     &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct leave_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    const struct away w = { people, people_count, list, count };

    for (size_t i = 0; i < count; i++) {
        const struct staff *s = person(people, people_count, list[i].staff);

        if (s != NULL && s->active) {
            rows[p->rows_count] = row_of(q, &w, &list[i], s);
            p->away_today += rows[p->rows_count++].today;
        }
    }
    p->rows = rows;
    p->none = p->rows_count == 0;
    return NULL;
}

/* ---- for whom it may be entered ---- */

static err people_fill(struct ask *q, const struct staff *people, size_t count,
                       struct leave_page *p)
{
    struct leave_option *o = ARENA_ARRAY(q->arena, count + 1, struct leave_option);
    str chosen = q->method == POST ? ask_field(q, "staff") : ask_param(q, "staff");

    if (o == NULL) {
        return err_no_memory;
    }
    chosen = str_is_empty(chosen) ? id_text(q->arena, q->actor.staff) : chosen;
    for (size_t i = 0; i < count; i++) {
        const struct staff *s = &people[i];

        if (!s->active || !leave_may_enter(&q->actor, s)) {
            continue;
        }
        str id = id_text(q->arena, s->id);

        o[p->people_count++] = (struct leave_option){
            .value = id,
            .text = str_format(q->arena, "%.*s %.*s", STR_ARG(s->name), STR_ARG(s->title)),
            .chosen = str_equal(id, chosen),
        };
    }
    p->people = o;
    p->picks = p->people_count > 1;
    return NULL;
}

static struct words done_words(struct ask *q)
{
    str done = ask_param(q, "done");

    if (str_equal(done, STR("entered"))) {
        return SAY("The absence is entered. The deputy stands in.");
    }
    return str_equal(done, STR("ended")) ? SAY("The absence is taken back.")
                                         : (struct words){ 0 };
}

static struct entry day_entry(struct ask *q, const char *name, struct words label)
{
    const struct words hint = SAY("For example {day}",
                                  SAY_TEXT("day", day_short(q->arena, q->today, q->lang)));
    struct entry e = entry_of(q, name, &label, &hint, STR(""));

    e.is_short = true;
    return e;
}

static err index_page(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Who is away"),
                               .current = "leave.index",
                               .wide = true };
    struct leave_page p = {
        .mistakes = shell_mistakes(q),
        .done = done_words(q),
        .form_token = q->session.form_token,
        .enter = link_to(q, "leave.enter"),
        .end = link_to(q, "leave.end"),
        .from = day_entry(q, "from", SAY("First day")),
        .until = day_entry(q, "until", SAY("Last day")),
        .staff_error = shell_mistake_of(q, "staff"),
    };
    const struct staff *me, *deputy;
    struct staff *people;
    size_t count;

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(rows_fill(q, people, count, &p));
    TRY(people_fill(q, people, count, &p));
    p.staff_bad = p.staff_error.id != NULL;
    me = person(people, count, q->actor.staff);
    deputy = me == NULL ? NULL : person(people, count, me->deputy);
    p.has_deputy = deputy != NULL && deputy->active;
    if (p.has_deputy) {
        p.deputy = deputy->name;
    }
    return REPLY_VIEW(q, r, &page, leave_index, &p);
}

/* ---- POST /staff/leave ---- */

struct leave_made {
    char nothing;
};

static void day_field(struct ask *q, const char *name, day *ret)
{
    if (!day_parse(ask_field(q, name), ret)) {
        *ret = DAY_NONE;
        mistake_add(&q->mistakes, str_of(name),
                    SAY("Write the day as {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    }
}

/* The colleague of the form, where it is one for whom the reader may. */
static err staff_field(struct ask *q, int64_t *ret)
{
    struct staff s = { 0 };
    err e = NULL;

    *ret = q->actor.staff;
    if (str_is_empty(ask_field(q, "staff"))) {
        return NULL;
    }
    if (id_parse(ask_field(q, "staff"), ret)) {
        e = staff_by_id(q->arena, q->snap, q->agency->id, *ret, q->today, &s);
    }
    if (e != NULL && e->kind != ERR_MISSING) {
        return e;
    }
    if (e != NULL || !leave_may_enter(&q->actor, &s)) {
        mistake_add(&q->mistakes, STR("staff"), SAY("Choose a colleague."));
    }
    return NULL;
}

static err refuse(struct ask *q)
{
    if (q->mistakes.count == 0) {
        return NULL;
    }
    FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
         "%zu mistakes", q->mistakes.count);
}

static err enter_check(struct ask *q, struct absence *w)
{
    TRY(staff_field(q, &w->staff));
    day_field(q, "from", &w->from);
    if (str_is_empty(ask_field(q, "until"))) {
        w->to = w->from;
    } else {
        day_field(q, "until", &w->to);
    }
    if (q->mistakes.count == 0 && w->to < w->from) {
        mistake_add(&q->mistakes, STR("until"), SAY("The last day is before the first."));
    }
    if (q->mistakes.count == 0 &&
        (w->from < q->today - ENTERED_BACK || w->to > q->today + ENTERED_AHEAD)) {
        mistake_add(&q->mistakes, STR("from"),
                    SAY("This day is too far away. Look at the year again."));
    }
    return refuse(q);
}

static err enter_commit(struct ask *q, struct tx *tx, const struct absence *w,
                        struct leave_made *made)
{
    made->nothing = 0;
    return absence_enter(q->arena, tx, &q->actor, q->now_ms, q->agency->id, w);
}

static err enter_reply(struct ask *q, struct reply *r, const struct leave_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "leave.index"), "done", STR("entered")));
}

BEATS(enter, struct absence, struct leave_made)

/* ---- POST /staff/leave/end ---- */

static err end_check(struct ask *q, struct absence *w)
{
    TRY(staff_field(q, &w->staff));
    if (!day_parse(ask_field(q, "from"), &w->from)) {
        mistake_add(&q->mistakes, STR(""),
                    SAY("This absence is not there any more. Look at the list again."));
    }
    return refuse(q);
}

static err end_commit(struct ask *q, struct tx *tx, const struct absence *w,
                      struct leave_made *made)
{
    made->nothing = 0;
    return absence_end(q->arena, tx, &q->actor, q->now_ms, q->agency->id, w->staff, w->from,
                       q->today);
}

static err end_reply(struct ask *q, struct reply *r, const struct leave_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "leave.index"), "done", STR("ended")));
}

BEATS(end, struct absence, struct leave_made)

static const struct route routes[] = {
    { GET, "/staff/leave", "leave.index", MAY_STAFF, .show = index_page, .of_city = true,
      .help = MSG("Who is away, and who stands in") },
    { POST, "/staff/leave", "leave.enter", MAY_STAFF, .beats = &enter_beats,
      .again = index_page, .of_city = true, .help = MSG("Enter an absence") },
    { POST, "/staff/leave/end", "leave.end", MAY_STAFF, .beats = &end_beats,
      .again = index_page, .of_city = true, .help = MSG("Take back an absence") },
};

static const struct menu_entry menu[] = {
    { "leave.index", MSG("Leave"), true, 0, "g b", false, .group = MENU_OFFICE },
};

/* For those who see to it: nobody stands in for a colleague who is away. */
static err waits(struct ask *q, struct waits *io)
{
    struct leave_page p = { 0 };
    struct staff *people;
    size_t count;
    int64_t alone = 0;

    if ((actor_serves(&q->actor) & (DUTY(DUTY_PERSONNEL) | DUTY(DUTY_ADMIN))) == 0) {
        return NULL;
    }
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(rows_fill(q, people, count, &p));
    for (size_t i = 0; i < p.rows_count; i++) {
        alone += !p.rows[i].has_deputy || p.rows[i].deputy_away;
    }
    waits_add(io, alone, SAY("Absences in which nobody stands in"),
              link_to(q, "leave.index"));
    waits_add(io, p.away_today, SAY("Colleagues who are away today"),
              link_to(q, "leave.index"));
    return NULL;
}

const struct feature leave_feature = {
    .waits = waits,
    .name = "leave",
    .routes = routes,
    .routes_count = sizeof(routes) / sizeof(routes[0]),
    .menu = menu,
    .menu_count = sizeof(menu) / sizeof(menu[0]),
};
