/* own_web — one's own count of a month, and objecting to it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "feature/points/points_web.h"
#include "points_own.view.h"

#define REASON_SIGNS 500

static err lines_of(struct ask *q, const struct points_sum *sum, struct points_own *p)
{
    struct points_line_view *lines =
        ARENA_ARRAY(q->arena, sum->lines_count + 1, struct points_line_view);

    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < sum->lines_count; i++) {
        const struct points_line *l = &sum->lines[i];

        lines[i] = (struct points_line_view){ points_service_name(q, l->service), l->cases,
                                              l->hard, l->points };
    }
    p->lines = lines;
    p->lines_count = sum->lines_count;
    p->none = sum->lines_count == 0;
    p->cases = sum->cases;
    p->hard = sum->hard;
    p->points = sum->points;
    p->corrected = sum->corrected;
    p->is_corrected = sum->corrected != sum->points;
    return NULL;
}

/* One's own alone. */
static err objections_of(struct ask *q, const struct points_about *about,
                         struct points_own *p)
{
    struct points_objection_view *list =
        ARENA_ARRAY(q->arena, about->objections_count + 1, struct points_objection_view);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < about->objections_count; i++) {
        if (about->objections[i].staff == q->actor.staff) {
            list[p->objections_count++] =
                points_objection_of(q, &about->objections[i], NULL, 0);
        }
    }
    p->objections = list;
    p->has_objections = p->objections_count > 0;
    return NULL;
}

err points_show_own(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("My points"), .current = "points.own" };
    struct points_about about;
    struct points_sum sum;
    struct points_own p = {
        .form_token = q->session.form_token,
        .object = link_to(q, "points.object"),
        .rules = link_to(q, "points.rules"),
        .list = link_to(q, "points.list"),
        .may_list = (actor_serves(&q->actor) & POINTS_LISTED) != 0,
        .may_rules = (actor_serves(&q->actor) & POINTS_RULED) != 0,
        .saved = str_equal(ask_param(q, "saved"), STR("1")),
        .mistakes = shell_mistakes(q),
    };

    TRY(points_load(q, q->actor.staff, &about));
    TRY(points_count(q->arena, about.switches, about.switches_count, about.rates,
                     about.rates_count, about.facts, about.facts_count, about.objections,
                     about.objections_count, q->actor.staff, about.month, &sum));
    p.on = about.on;
    p.month = points_month_words(q, about.month);
    p.month_key = str_format(q->arena, "%d", about.month);
    p.reason = entry_of(q, "reason", &SAY("What is wrong with the count"),
                        &SAY("Which case, and how it should count. No personal data."),
                        STR(""));
    p.reason.is_long = true;
    TRY(points_months(q, "points.own", about.month, &p.months, &p.months_count));
    TRY(lines_of(q, &sum, &p));
    TRY(objections_of(q, &about, &p));
    return REPLY_VIEW(q, r, &page, points_own, &p);
}

struct object_made {
    int month;
};

static err object_check(struct ask *q, struct points_objection *ret_wish)
{
    struct points_about about;
    str reason = str_trim(ask_field(q, "reason"));

    TRY(points_load(q, q->actor.staff, &about));
    if (!about.on) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "off");
    }
    if (str_is_empty(reason) || str_points(reason) > REASON_SIGNS) {
        mistake_add(&q->mistakes, STR("reason"),
                    SAY("Write what is wrong, in at most {max} characters.",
                        SAY_NUMBER("max", REASON_SIGNS)));
    }
    TRY(points_refuse(q));
    *ret_wish = (struct points_objection){
        .id = ask_new_id(q), .staff = q->actor.staff, .unit = q->actor.unit,
        .month = about.month, .reason = reason, .at_ms = q->now_ms,
    };
    return points_objection_seal(q->arena, q->keyring, q->agency->id, ret_wish);
}

static err object_commit(struct ask *q, struct tx *tx, const struct points_objection *wish,
                         struct object_made *ret_made)
{
    ret_made->month = wish->month;
    return points_objection_put(q->arena, tx, &q->actor, wish);
}

static err object_reply(struct ask *q, struct reply *r, const struct object_made *made)
{
    struct url u = url_with(q, link_to(q, "points.own"), "month",
                            str_format(q->arena, "%d", made->month));

    return reply_see(q, r, url_with(q, u, "saved", STR("1")));
}

BEATS_OUT(object, points_object_beats, struct points_objection, struct object_made)
