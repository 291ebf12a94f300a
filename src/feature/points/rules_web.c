/* rules_web — whether points are counted, and how many for what: switched by the head,
 * proposed by the coordinator, approved by the head, each from a day on.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/points/points_web.h"
#include "kernel/service/service.h"
#include "points_rules.view.h"

#define YEAR_DAYS 366

static err rates_of(struct ask *q, const struct points_rate *rates, size_t count,
                    const struct staff *people, size_t people_count, struct points_rules *p)
{
    static const char *const tones[POINTS_STATES] = { "tag--now", "tag--good", "" };
    struct points_rate_view *list = ARENA_ARRAY(q->arena, count + 1,
                                                struct points_rate_view);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct points_rate *x = &rates[i];
        str id = id_text(q->arena, x->id);

        list[i] = (struct points_rate_view){
            .id = id, .service = points_service_name(q, x->service),
            .points = x->points, .hard_percent = x->hard_percent,
            .since = SAY("{day}", SAY_DAY("day", x->since)),
            .state = words_of(points_state_name[x->state]), .tone = tones[x->state],
            .proposed_by = points_name_of(people, people_count, x->proposed_by),
            .decided_by = points_name_of(people, people_count, x->decided_by),
            .waits = x->state == POINTS_PROPOSED && p->may_approve,
            .to = link_to1(q, "points.decide", id),
        };
    }
    p->rates = list;
    p->rates_count = count;
    p->has_rates = count > 0;
    return NULL;
}

static err services_of(struct ask *q, struct points_rules *p)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, service_kind.name) : 0;
    struct points_option *list = ARENA_ARRAY(q->arena, count + 1, struct points_option);
    str chosen = ask_field(q, "service");

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        if (s->depth == DEPTH_FULL) { /* the others have no cases */
            list[p->services_count++] = (struct points_option){
                s->key, label_in(&s->name, q->lang), str_equal(s->key, chosen)
            };
        }
    }
    p->services = list;
    return NULL;
}

static void entries_of(struct ask *q, struct points_rules *p)
{
    const struct words hint = SAY("For example {day}",
                                  SAY_TEXT("day", day_short(q->arena, q->today, q->lang)));
    str today = day_short(q->arena, q->today, q->lang);

    p->since = entry_of(q, "since", &SAY("Valid from"), &hint, today);
    p->rate_since = entry_of(q, "rate_since", &SAY("Valid from"), &hint, today);
    p->points = entry_of(q, "points", &SAY("Points for a decided case"), NULL, STR("1"));
    p->hard = entry_of(q, "hard", &SAY("A hard case counts (percent)"),
                       &SAY("100: as any other; 200: twice. Hard: it was before the law "
                            "study group, or is marked special."), STR("150"));
    p->since.is_short = p->rate_since.is_short = true;
    p->points.is_short = p->hard.is_short = true;
}

err points_show_rules(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Points"), .current = "points.rules",
                               .wide = true };
    struct points_switch *switches;
    struct points_rate *rates;
    struct staff *people;
    size_t switches_count, rates_count, people_count;
    struct points_rules p = {
        .form_token = q->session.form_token,
        .to_switch = link_to(q, "points.switch"),
        .propose = link_to(q, "points.propose"),
        .may_switch = (actor_serves(&q->actor) & DUTY(DUTY_HEAD)) != 0,
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
        .service_error = shell_mistake_of(q, "service"),
    };

    p.may_approve = p.may_switch;
    p.may_propose = true;
    p.service_bad = p.service_error.id != NULL;
    TRY(points_switches(q->arena, q->snap, q->agency->id, &switches, &switches_count));
    TRY(points_rates(q->arena, q->snap, q->agency->id, &rates, &rates_count));
    TRY(staff_list(q->arena, q->snap, q->agency->id, q->today, &people, &people_count));
    p.on = points_are_on(switches, switches_count, q->today);
    if (switches_count > 0 && switches[switches_count - 1].since > q->today) {
        const struct points_switch *next = &switches[switches_count - 1];

        p.next = next->on ? SAY("They are counted from {day}.", SAY_DAY("day", next->since))
                          : SAY("They are no longer counted from {day}.",
                                SAY_DAY("day", next->since));
        p.has_next = true;
    }
    entries_of(q, &p);
    TRY(services_of(q, &p));
    TRY(rates_of(q, rates, rates_count, people, people_count, &p));
    return REPLY_VIEW(q, r, &page, points_rules, &p);
}

static day since_read(struct ask *q, const char *field)
{
    day since = q->today;
    str typed = ask_field(q, field);

    if (!str_is_empty(typed) && !day_parse(typed, &since)) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("Enter a date, for example {day}.",
                        SAY_TEXT("day", day_short(q->arena, q->today, q->lang))));
    } else if (since < q->today || since > q->today + YEAR_DAYS) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("A change holds from today or a day within a year. What has been "
                        "stays as it was."));
    }
    return since;
}

struct rules_made {
    char nothing;
};

static err to_rules(struct ask *q, struct reply *r)
{
    return reply_see(q, r, url_with(q, link_to(q, "points.rules"), "saved", STR("1")));
}

/* ---- the switch ---- */

static err turn_check(struct ask *q, struct points_switch *ret_wish)
{
    *ret_wish = (struct points_switch){
        .on = str_equal(ask_field(q, "act"), STR("on")), .since = since_read(q, "since"),
        .staff = q->actor.staff, .at_ms = q->now_ms,
    };
    return points_refuse(q);
}

static err turn_commit(struct ask *q, struct tx *tx, const struct points_switch *wish,
                         struct rules_made *ret_made)
{
    ret_made->nothing = 0;
    return points_switch_put(q->arena, tx, &q->actor, wish);
}

static err turn_reply(struct ask *q, struct reply *r, const struct rules_made *made)
{
    (void)made;
    return to_rules(q, r);
}

BEATS_OUT(turn, points_switch_beats, struct points_switch, struct rules_made)

/* ---- rates ---- */

static int number_read(struct ask *q, const char *field, int least, int most)
{
    int64_t n;

    if (!str_to_int(ask_field(q, field), &n) || n < least || n > most) {
        mistake_add(&q->mistakes, str_of(field),
                    SAY("Enter a whole number from {least} to {most}.",
                        SAY_NUMBER("least", least), SAY_NUMBER("most", most)));
        return least;
    }
    return (int)n;
}

static err propose_check(struct ask *q, struct points_rate *ret_wish)
{
    const struct service *s = service_get(q->catalog, ask_field(q, "service"));

    if (s == NULL || s->depth != DEPTH_FULL) {
        mistake_add(&q->mistakes, STR("service"), SAY("Choose a service."));
    }
    *ret_wish = (struct points_rate){
        .id = ask_new_id(q), .service = s != NULL ? s->key : STR(""),
        .points = number_read(q, "points", 0, POINTS_MOST),
        .hard_percent = number_read(q, "hard", POINTS_HARD_LEAST, POINTS_HARD_MOST),
        .since = since_read(q, "rate_since"), .proposed_by = q->actor.staff,
        .proposed_ms = q->now_ms,
    };
    return points_refuse(q);
}

static err propose_commit(struct ask *q, struct tx *tx, const struct points_rate *wish,
                          struct rules_made *ret_made)
{
    ret_made->nothing = 0;
    return points_rate_put(q->arena, tx, &q->actor, wish);
}

static err propose_reply(struct ask *q, struct reply *r, const struct rules_made *made)
{
    (void)made;
    return to_rules(q, r);
}

BEATS_OUT(propose, points_propose_beats, struct points_rate, struct rules_made)

struct decide_wish {
    int64_t id;
    bool approve;
};

static err decide_check(struct ask *q, struct decide_wish *ret_wish)
{
    TRY(ask_path_id(q, "id", &ret_wish->id));
    ret_wish->approve = str_equal(ask_field(q, "act"), STR("approve"));
    return NULL;
}

static err decide_commit(struct ask *q, struct tx *tx, const struct decide_wish *wish,
                         struct rules_made *ret_made)
{
    ret_made->nothing = 0;
    return points_rate_decide(q->arena, tx, &q->actor, wish->id, wish->approve, q->now_ms);
}

static err decide_reply(struct ask *q, struct reply *r, const struct rules_made *made)
{
    (void)made;
    return to_rules(q, r);
}

BEATS_OUT(decide, points_decide_beats, struct decide_wish, struct rules_made)
