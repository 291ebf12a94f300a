/* list_web — the list for unit heads and the head, in the order of the directory and
 * without a rank; answering objections.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/points/points_web.h"
#include "points_list.view.h"

#define ANSWER_SIGNS 500
#define DELTA_MOST 1000

bool points_may_see(const struct actor *who, int64_t unit)
{
    bool may = actor_has(who, DUTY_HEAD) ||
               (actor_has(who, DUTY_UNIT_HEAD) && who->unit == unit);

    for (size_t i = 0; !may && i < who->stands_for_count; i++) {
        const struct stand_in *s = &who->stands_for[i];

        may = (s->duties & DUTY(DUTY_HEAD)) != 0 ||
              ((s->duties & DUTY(DUTY_UNIT_HEAD)) != 0 && s->unit == unit);
    }
    return may;
}

struct label points_unit_name(const struct ask *q, int64_t id)
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

static err people_of(struct ask *q, const struct points_about *about,
                     const struct staff *people, size_t count, struct points_list *p)
{
    struct points_person *list = ARENA_ARRAY(q->arena, count + 1, struct points_person);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; about->on && i < count; i++) {
        const struct staff *s = &people[i];
        struct points_sum sum;

        if (!s->active || (s->duties & POINTS_COUNTED) == 0 ||
            !points_may_see(&q->actor, s->unit)) {
            continue;
        }
        TRY(points_count(q->arena, about->switches, about->switches_count, about->rates,
                         about->rates_count, about->facts, about->facts_count,
                         about->objections, about->objections_count, s->id, about->month,
                         &sum));
        list[p->people_count++] = (struct points_person){
            .name = s->name, .title = s->title, .unit = points_unit_name(q, s->unit),
            .cases = sum.cases, .hard = sum.hard, .corrected = sum.corrected,
        };
    }
    p->people = list;
    p->none = p->people_count == 0;
    return NULL;
}

static err objections_of(struct ask *q, const struct staff *people, size_t count,
                         struct points_list *p)
{
    struct points_objection *open;
    struct points_objection_view *list;
    size_t open_count;
    str failed = ask_path(q, "id");

    TRY(points_objections(q->arena, q->snap, q->keyring, q->agency->id, 0, &open,
                          &open_count));
    list = ARENA_ARRAY(q->arena, open_count + 1, struct points_objection_view);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < open_count; i++) {
        struct points_objection_view *v = &list[p->objections_count];

        if (!points_may_see(&q->actor, open[i].unit)) {
            continue;
        }
        *v = points_objection_of(q, &open[i], people, count);
        if (str_equal(failed, v->id) && q->mistakes.first != NULL) {
            v->error = q->mistakes.first->say;
            v->bad = true;
            v->answer = ask_field(q, "answer");
        }
        p->objections_count++;
    }
    p->objections = list;
    p->has_objections = p->objections_count > 0;
    return NULL;
}

err points_show_list(struct ask *q, struct reply *r)
{
    const struct page page = { .seals = SEALS_LIST, .title = SAY("Points of the unit"),
                               .current = "points.list", .wide = true };
    struct points_about about;
    struct staff *people;
    size_t count;
    struct points_list p = {
        .form_token = q->session.form_token,
        .rules = link_to(q, "points.rules"),
        .report = link_to(q, "points.month"),
        .may_rules = (actor_serves(&q->actor) & POINTS_RULED) != 0,
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
    };

    TRY(points_load(q, 0, &about));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &count));
    p.on = about.on;
    p.month = points_month_words(q, about.month);
    TRY(points_months(q, "points.list", about.month, &p.months, &p.months_count));
    TRY(people_of(q, &about, people, count, &p));
    TRY(objections_of(q, people, count, &p));
    return REPLY_VIEW(q, r, &page, points_list, &p);
}

struct answer_made {
    char nothing;
};

static err answer_check(struct ask *q, struct points_objection *ret_wish)
{
    struct points_objection *open;
    const struct points_objection *o = NULL;
    size_t count;
    int64_t id, delta = 0;
    bool grant = str_equal(ask_field(q, "act"), STR("grant"));
    str answer = str_trim(ask_field(q, "answer")), typed = ask_field(q, "delta");

    TRY(ask_path_id(q, "id", &id));
    TRY(points_objections(q->arena, q->snap, q->keyring, q->agency->id, 0, &open, &count));
    for (size_t i = 0; i < count; i++) {
        o = open[i].id == id && points_may_see(&q->actor, open[i].unit) ? &open[i] : o;
    }
    if (o == NULL) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("A colleague was faster. This is the newest state."), STR(""),
             "answered already");
    }
    if (o->staff == q->actor.staff) {
        FAIL(q->arena, ERR_CONFLICT, SAY("Nobody answers his own objection."), STR(""),
             "own");
    }
    if (str_is_empty(answer) || str_points(answer) > ANSWER_SIGNS) {
        mistake_add(&q->mistakes, STR("answer"),
                    SAY("Write the answer, in at most {max} characters.",
                        SAY_NUMBER("max", ANSWER_SIGNS)));
    }
    if (grant && (!str_to_int(typed, &delta) || delta == 0 || delta < -DELTA_MOST ||
                  delta > DELTA_MOST)) {
        mistake_add(&q->mistakes, STR("delta"),
                    SAY("Enter how many points are added, with - how many are taken off."));
    }
    TRY(points_refuse(q));
    *ret_wish = *o;
    ret_wish->reason = STR("");
    ret_wish->answer = answer;
    ret_wish->state = grant ? POINTS_GRANTED : POINTS_REFUSED_IT;
    ret_wish->delta = grant ? (int)delta : 0;
    ret_wish->answered_ms = q->now_ms;
    return points_objection_seal(q->arena, q->keyring, q->agency->id, ret_wish);
}

static err answer_commit(struct ask *q, struct tx *tx, const struct points_objection *wish,
                         struct answer_made *ret_made)
{
    ret_made->nothing = 0;
    return points_objection_answer(q->arena, tx, &q->actor, wish);
}

static err answer_reply(struct ask *q, struct reply *r, const struct answer_made *made)
{
    (void)made;
    return reply_see(q, r, url_with(q, link_to(q, "points.list"), "saved", STR("1")));
}

BEATS_OUT(answer, points_answer_beats, struct points_objection, struct answer_made)
