/* casework_head — pages for who leads: the office today, seals by service, handing over the
 * desk of a colleague.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk.view.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "desk/reply.h"
#include "feature/casework/casework_head_view.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "head.view.h"
#include "kernel/calendar/calendar.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/head/head.h"
#include "kernel/casefile/worklist/worklist.h"
#include "kernel/service/service.h"

#define HANDED_AT_ONCE 200
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
                           struct casework_head *p)
{
    struct staff *people;
    struct casefile *list;
    struct casework_controlled *out;
    size_t count, people_count;

    TRY(casefile_controlled(q->arena, q->snap, q->agency->id, q->now_ms, CONTROLLED_SHOWN,
                            &list, &count, &p->more_controlled));
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

static err units_fill(struct ask *q, struct casework_head *p)
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
        const struct head_unit *u = &list[i];

        out[i] = (struct casework_head_unit){
            .unit = units[i].name, .late = u->late_all, .control = u->control_late,
            .received = u->late[CASE_RECEIVED], .in_work = u->late[CASE_IN_WORK],
            .sent_back = u->late[CASE_SENT_BACK], .consulted = u->late[CASE_CONSULTED],
            .waiting = u->late[CASE_PROPOSED] + u->late[CASE_SUBMITTED],
        };
        p->late += u->late_all;
        p->control += u->control_late;
    }
    p->units = out;
    p->units_count = count;
    p->none_late = p->late == 0;
    return controlled_fill(q, units, count, p);
}

static err waits_fill(struct ask *q, const struct head_figures *f, struct casework_head *p)
{
    struct casework_head_wait *out =
        ARENA_ARRAY(q->arena, LEVEL_COUNT, struct casework_head_wait);

    if (out == NULL) {
        return err_no_memory;
    }
    for (int l = LEVEL_UNIT_HEAD; l < LEVEL_COUNT; l++) {
        if (f->waits[l] > 0 || l == LEVEL_HEAD) {
            out[p->waits_count++] = (struct casework_head_wait){
                words_of(level_name[l]), f->waits[l],
            };
        }
    }
    p->waits = out;
    return NULL;
}

err casework_head_page(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("The office today"), .current = "casework.head",
                               .wide = true };
    const struct panel_about about = { 0 };
    struct casework_head *p = ARENA_NEW(q->arena, struct casework_head);
    struct head_figures f;
    int64_t all;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(casefile_head(q->arena, q->snap, q->agency->id, q->now_ms, &f));
    *p = (struct casework_head){
        .day = day_text(q->arena, q->today, q->lang),
        .is_open_day = calendar_is_open(q->calendar, q->today), .open = f.open,
        .paused = f.paused, .special = f.special, .decided = f.decided,
        .decided_late = f.decided_late, .decided_today = f.decided_today, .more = f.more,
        .seals = link_to(q, "casework.seals"),
        .all_late = url_with(q, url_with(q, link_to(q, "casework.worklist"), "list",
                                         STR("all")), "when", STR("late")),
    };
    TRY(units_fill(q, p));
    TRY(waits_fill(q, &f, p));
    all = f.decided + p->late;
    p->has_in_time = all > 0;
    if (all > 0) {
        p->in_time = SAY("{percent} % of {all}",
                         SAY_NUMBER("percent", (f.decided - f.decided_late) * 100 / all),
                         SAY_NUMBER("all", all));
    }
    TRY(panels_show(q, "head", &about, &p->panels));
    return REPLY_VIEW(q, r, &page, head, p);
}

/* ---- /staff/desk ---- */

/* "林文華 課員 (12 open cases)"; who has gone to another unit is named with it. */
static str desk_text(struct ask *q, const struct staff *s, int64_t cases)
{
    struct label unit = { 0 };
    size_t count;
    const struct unit *units = ask_units(q, &count);
    struct words w = SAY("{name} {title} ({cases} open cases)", SAY_TEXT("name", s->name),
                         SAY_TEXT("title", s->title), SAY_NUMBER("cases", cases));

    for (size_t i = 0; i < count; i++) {
        unit = units[i].id == s->unit ? units[i].name : unit;
    }
    if (!s->active) {
        w = SAY("{name} {title}, may not sign in any more ({cases} open cases)",
                SAY_TEXT("name", s->name), SAY_TEXT("title", s->title),
                SAY_NUMBER("cases", cases));
    } else if (s->unit != q->actor.unit) {
        w = SAY("{name} {title}, now in {unit} ({cases} open cases)",
                SAY_TEXT("name", s->name), SAY_TEXT("title", s->title),
                SAY_TEXT("unit", label_in(&unit, q->lang)), SAY_NUMBER("cases", cases));
    }
    return lang_say(q->arena, q->lang, w);
}

/* From whom: those of this unit, and who still has cases of it. To whom: its officers. */
static err people_fill(struct ask *q, struct casework_desk *p)
{
    struct staff *people;
    struct case_desk *desks;
    size_t count, desks_count;
    struct casework_option *from, *to;
    const struct casefile mine = { .agency = q->agency->id, .unit = q->actor.unit };

    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    TRY(casefile_desks(q->arena, q->snap, q->agency->id, q->actor.unit, &desks,
                       &desks_count));
    from = ARENA_ARRAY(q->arena, count + 1, struct casework_option);
    to = ARENA_ARRAY(q->arena, count + 1, struct casework_option);
    if (from == NULL || to == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct casework_option o = { .value = id_text(q->arena, people[i].id) };
        int64_t cases = 0;

        for (size_t n = 0; n < desks_count; n++) {
            cases = desks[n].officer == people[i].id ? desks[n].cases : cases;
        }
        o.text = desk_text(q, &people[i], cases);
        if (cases > 0 || (people[i].unit == q->actor.unit && people[i].active)) {
            o.chosen = str_equal(ask_field(q, "from"), o.value);
            from[p->from_count++] = o;
        }
        if (casefile_may_work(&people[i], &mine)) {
            o.chosen = str_equal(ask_field(q, "to"), o.value);
            to[p->to_count++] = o;
        }
    }
    p->from = from;
    p->to = to;
    return NULL;
}

err casework_desk_page(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Hand over a desk"),
                               .current = "casework.desk" };
    struct casework_desk p = {
        .form_token = q->session.form_token, .action = link_to(q, "casework.hand_over"),
        .mistakes = shell_mistakes(q), .from_error = shell_mistake_of(q, "from"),
        .to_error = shell_mistake_of(q, "to"),
    };

    p.from_bad = p.from_error.id != NULL;
    p.to_bad = p.to_error.id != NULL;
    p.done = q->method == GET && str_to_int(ask_param(q, "handed"), &p.handed);
    p.left = str_equal(ask_param(q, "left"), STR("1"));
    TRY(people_fill(q, &p));
    return REPLY_VIEW(q, r, &page, desk, &p);
}

struct hand_wish {
    int64_t from, to;
};
struct hand_made {
    int64_t count, left;
};

static err hand_check(struct ask *q, struct hand_wish *w)
{
    if (!id_parse(ask_field(q, "from"), &w->from)) {
        mistake_add(&q->mistakes, STR("from"), SAY("Choose a colleague."));
    }
    if (!id_parse(ask_field(q, "to"), &w->to) || w->to == w->from) {
        mistake_add(&q->mistakes, STR("to"), SAY("Choose another colleague."));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "desk");
    }
    return NULL;
}

static err hand_commit(struct ask *q, struct tx *tx, const struct hand_wish *w,
                       struct hand_made *made)
{
    return casefile_hand_over(q->arena, tx, &q->actor, w->from, w->to, q->now_ms,
                              HANDED_AT_ONCE, &made->count, &made->left);
}

static err hand_reply(struct ask *q, struct reply *r, const struct hand_made *made)
{
    struct url u = url_with(q, link_to(q, "casework.desk"), "handed",
                            str_format(q->arena, "%lld", (long long)made->count));

    return reply_see(q, r, made->left > 0 ? url_with(q, u, "left", STR("1")) : u);
}

BEATS_OUT(hand, casework_hand_beats, struct hand_wish, struct hand_made)
