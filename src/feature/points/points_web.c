/* points_web — routes, and what the pages share.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/points/points_web.h"

#include "base/arena.h"
#include "feature/points/points.h"
#include "kernel/service/service.h"

#define MONTHS_SHOWN 3
#define HUNDRED 100
#define ROC 1911

struct words points_month_words(const struct ask *q, int month)
{
    int year = month / HUNDRED, number = month % HUNDRED;
    str text = q->lang == LANG_ZH   ? str_format(q->arena, "%d年%d月", year - ROC, number)
               : q->lang == LANG_JA ? str_format(q->arena, "%d年%d月", year, number)
                                    : str_format(q->arena, "%d-%02d", year, number);

    return SAY("{text}", SAY_TEXT("text", text));
}

struct label points_service_name(const struct ask *q, str key)
{
    const struct service *s = q->catalog != NULL ? service_get(q->catalog, key) : NULL;

    return s != NULL ? s->name : (struct label){ .in = { [LANG_ZH] = key } };
}

str points_name_of(const struct staff *people, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (people[i].id == id) {
            return people[i].name;
        }
    }
    return STR("");
}

err points_refuse(struct ask *q)
{
    if (q->mistakes.count == 0) {
        return NULL;
    }
    FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
         "%zu mistakes", q->mistakes.count);
}

static int month_wanted(const struct ask *q)
{
    int64_t month;
    day from, until;
    str typed = q->method == POST ? ask_field(q, "month") : ask_param(q, "month");
    int now = points_month_of(q->today);

    if (str_to_int(typed, &month) && month > 0 && month <= now &&
        points_month_days((int)month, &from, &until)) {
        return (int)month;
    }
    return now;
}

err points_load(struct ask *q, int64_t staff, struct points_about *ret)
{
    struct points_about p = { .month = month_wanted(q) };
    day from = 0, until = 0;

    (void)points_month_days(p.month, &from, &until);
    TRY(points_switches(q->arena, q->snap, q->agency->id, &p.switches, &p.switches_count));
    TRY(points_rates(q->arena, q->snap, q->agency->id, &p.rates, &p.rates_count));
    TRY(points_objections(q->arena, q->snap, q->keyring, q->agency->id, p.month,
                          &p.objections, &p.objections_count));
    p.on = points_are_on(p.switches, p.switches_count, q->today);
    /* Nothing is even counted while nobody wants it. */
    if (p.on) {
        TRY(points_facts(q->arena, q->snap, q->agency->id, staff, from, until, &p.facts,
                         &p.facts_count));
    }
    *ret = p;
    return NULL;
}

err points_months(struct ask *q, const char *route, int month,
                  const struct points_month **ret, size_t *ret_count)
{
    struct points_month *list = ARENA_ARRAY(q->arena, MONTHS_SHOWN, struct points_month);
    int at = points_month_of(q->today);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < MONTHS_SHOWN; i++) {
        list[i] = (struct points_month){
            .name = points_month_words(q, at), .current = at == month,
            .link = url_with(q, link_to(q, route), "month", str_format(q->arena, "%d", at)),
        };
        at = points_month_before(at);
    }
    *ret = list;
    *ret_count = MONTHS_SHOWN;
    return NULL;
}

struct points_objection_view points_objection_of(struct ask *q,
                                                 const struct points_objection *o,
                                                 const struct staff *people,
                                                 size_t people_count)
{
    static const char *const tones[POINTS_ANSWERS] = { "tag--now", "tag--good", "" };
    str id = id_text(q->arena, o->id);

    return (struct points_objection_view){
        .id = id, .who = points_name_of(people, people_count, o->staff),
        .at = day_short(q->arena, day_at(o->at_ms), q->lang),
        .reason = o->reason, .answer = o->answer, .has_answer = o->answer.len > 0,
        .month = points_month_words(q, o->month),
        .state = words_of(points_answer_name[o->state]), .tone = tones[o->state],
        .delta = o->delta, .has_delta = o->delta != 0, .is_open = o->state == POINTS_OPEN,
        .answer_field = str_format(q->arena, "f-answer-%.*s", STR_ARG(id)),
        .delta_field = str_format(q->arena, "f-delta-%.*s", STR_ARG(id)),
        .to = link_to1(q, "points.answer", id),
    };
}

static const struct route routes[] = {
    { GET, "/staff/points", "points.own", MAY_DUTY, POINTS_HELD, .show = points_show_own,
      .help = MSG("One's own points of a month, where the office counts them") },
    { POST, "/staff/points", "points.object", MAY_DUTY, POINTS_COUNTED,
      .beats = &points_object_beats, .again = points_show_own,
      .help = MSG("Objects to one's own count") },
    { GET, "/staff/points/list", "points.list", MAY_DUTY, POINTS_LISTED,
      .show = points_show_list, .help = MSG("Points of the own unit, or of the office") },
    { POST, "/staff/points/objections/{id}", "points.answer", MAY_DUTY, POINTS_LISTED,
      .beats = &points_answer_beats, .again = points_show_list,
      .help = MSG("Answers an objection to a count") },
    { GET, "/staff/points/month", "points.month", MAY_DUTY,
      POINTS_LISTED | DUTY(DUTY_SECRETARY), .show = points_show_month,
      .help = MSG("The list of a month, with its approval") },
    { POST, "/staff/points/month", "points.draw", MAY_DUTY, DUTY(DUTY_UNIT_HEAD),
      .beats = &points_draw_beats, .again = points_show_month,
      .help = MSG("Draws the list of a month up") },
    { POST, "/staff/points/month/decide", "points.month_decide", MAY_DUTY, DUTY(DUTY_HEAD),
      .beats = &points_month_decide_beats, .again = points_show_month,
      .help = MSG("Approves the list of a month and lets it go round, or returns it") },
    { GET, "/staff/points/rules", "points.rules", MAY_DUTY, POINTS_RULED,
      .show = points_show_rules,
      .help = MSG("Whether points are counted, and how many for what") },
    { POST, "/staff/points/switch", "points.switch", MAY_DUTY, DUTY(DUTY_HEAD),
      .beats = &points_switch_beats, .again = points_show_rules,
      .help = MSG("Switches points on or off from a day on") },
    { POST, "/staff/points/rules", "points.propose", MAY_DUTY, POINTS_RULED,
      .beats = &points_propose_beats, .again = points_show_rules,
      .help = MSG("Proposes how many points a case of a service counts") },
    { POST, "/staff/points/rules/{id}", "points.decide", MAY_DUTY, DUTY(DUTY_HEAD),
      .beats = &points_decide_beats, .again = points_show_rules,
      .help = MSG("Approves points of a service, or does not") },
};

/* Whoever is not asked to decide about them sees no trace of points while they are off. */
static err is_shown(struct ask *q, bool *ret)
{
    struct points_switch *list;
    size_t count;

    TRY(points_switches(q->arena, q->snap, q->agency->id, &list, &count));
    *ret = points_are_on(list, count, q->today);
    return NULL;
}

static const struct menu_entry menu[] = {
    { "points.own", MSG("My points"), true, POINTS_COUNTED, "", false, .shown = is_shown,
      .group = MENU_QUALITY },
    { "points.rules", MSG("Points"), true, POINTS_RULED, "", false, .group = MENU_QUALITY },
    { "points.list", MSG("Points of the unit"), true, DUTY(DUTY_UNIT_HEAD), "", false,
      .shown = is_shown, .group = MENU_QUALITY },
};

const struct feature points_feature = {
    .name = "points",
    .routes = routes,
    .routes_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
