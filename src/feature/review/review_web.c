/* review_web — routes, and the cases of the day that is asked for.
 * SPDX-License-Identifier: MPL-2.0 */
#include "feature/review/review_web.h"

#include "base/arena.h"
#include "desk/ask.h"
#include "feature/review/review_feature.h"

str review_moment(struct ask *q, int64_t ms)
{
    return str_format(q->arena, "%.*s %.*s",
                      STR_ARG(day_short(q->arena, day_at(ms), q->lang)),
                      STR_ARG(day_clock(q->arena, ms)));
}

const char *review_tone(enum review_outcome o)
{
    static const char *const tones[REVIEW_OUTCOMES] = {
        [REVIEW_IN_ORDER] = "tag--good",
        [REVIEW_FINDING] = "tag--warn",
        [REVIEW_CORRECTED] = "tag--on",
    };

    return tones[o];
}

static bool may_see(const struct actor *who, const struct review_case *c)
{
    const struct casefile as = { .agency = who->agency, .id = c->id, .unit = c->unit,
                                 .officer = c->officer, .state = c->state };

    return casefile_may_see(who, &as);
}

/* The draw is made over all cases of the office, whoever looks. */
err review_sheet_load(struct ask *q, str day_text, struct review_sheet *ret)
{
    struct review_sheet s = { .on = q->today };
    struct review_case *all;
    size_t count;

    if (!day_from_iso(day_text, &s.on) || s.on > q->today) {
        s.on = q->today;
    }
    s.over = s.on < q->today;
    TRY(review_day_list(q->arena, q->snap, q->agency->id, s.on, &all, &count));
    if (s.over) {
        TRY(review_day_draw(q->arena, q->snap, q->catalog, q->agency, s.on, all, count,
                            &s.seed, &s.last_seq));
    }
    s.list = all;
    for (size_t i = 0; i < count; i++) {
        if (may_see(&q->actor, &all[i])) {
            s.list[s.count++] = all[i];
        }
    }
    *ret = s;
    return NULL;
}

static const struct route routes[] = {
    { GET, "/staff/review", "review.day", MAY_DUTY, REVIEW_DUTIES | DUTY(DUTY_AUDITOR),
      .show = review_day_show, .lane = LANE_SLOW,
      .help = MSG("What was decided on a day, for review, and the draw") },
    { POST, "/staff/review", "review.find", MAY_DUTY, REVIEW_DUTIES,
      .beats = &review_find_beats, .again = review_day_show, .lane = LANE_SLOW,
      .help = MSG("What was found in a case") },
    { POST, "/staff/review/{id}/settle", "review.settle", MAY_DUTY, REVIEW_DUTIES,
      .beats = &review_settle_beats, .again = review_day_show, .lane = LANE_SLOW,
      .help = MSG("What became of what a person said is wrong") },
    { GET, "/{agency}/status/{case}/confirm", "review.ask", MAY_OWNER,
      .show = review_ask_show },
    { POST, "/{agency}/status/{case}/confirm", "review.answer", MAY_OWNER,
      .beats = &review_answer_beats, .again = review_ask_show },
};
static const struct menu_entry menu[] = {
    { "review.day", MSG("Review"), true, REVIEW_DUTIES | DUTY(DUTY_AUDITOR), "g v", false,
      .group = MENU_QUALITY },
};
static const struct panel panels[] = {
    { "progress", 0, review_progress_panel },
    { "case", 0, review_case_panel_show },
};
const struct feature review_feature = {
    "review", routes, sizeof routes / sizeof routes[0], menu, sizeof menu / sizeof menu[0],
    panels, sizeof panels / sizeof panels[0], review_waits,
};
