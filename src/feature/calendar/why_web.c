/* calendar — "Why this date?": each day of a term, whether it counts, and why.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "calendar_hint.view.h"
#include "calendar_why.view.h"
#include "desk/guard/owner.h"
#include "feature/calendar/calendar_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/history.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/service/service.h"

static const char *const weekday_name[] = {
    MSG("Sunday"),   MSG("Monday"), MSG("Tuesday"),  MSG("Wednesday"),
    MSG("Thursday"), MSG("Friday"), MSG("Saturday"),
};
static const char *const clock_title[CASE_CLOCK_KINDS] = {
    [CASE_CLOCK_STATUTORY] = MSG("By when we decide"),
    [CASE_CLOCK_CONTROL] = MSG("Control limit, inside the office"),
    [CASE_CLOCK_CONSULT] = MSG("Consulted unit"),
    [CASE_CLOCK_STUDY] = MSG("Question on the law"),
};
static const char *const state_words[CLOCK_STATES] = {
    [CLOCK_OFF] = MSG("No fixed time"),
    [CLOCK_RUNS] = MSG("The term runs"),
    [CLOCK_STANDS] = MSG("The term stands still"),
    [CLOCK_LATE] = MSG("The term is past"),
    [CLOCK_DONE] = MSG("Done in time"),
    [CLOCK_DONE_LATE] = MSG("Done after the term"),
};

static struct words lead_words(struct ask *q, const struct clock *c)
{
    str weekday = lang_text(q->lang, weekday_name[day_weekday(c->due)]);

    if (c->state == CLOCK_STANDS) {
        return SAY(
            "It stands still now. If it went on tomorrow, the last day would be {day}, "
            "{weekday}.",
            SAY_DAY("day", c->due), SAY_TEXT("weekday", weekday));
    }
    return SAY("The last day is {day}, {weekday}.", SAY_DAY("day", c->due),
               SAY_TEXT("weekday", weekday));
}

/* "3 working days", or the stages one after the other. */
static struct words term_words(struct ask *q, const struct clock_rule *r)
{
    struct buf b;

    if (r->stages_count == 1) {
        return clock_limit_words(r->stages[0].limit);
    }
    buf_init(&b, q->arena, 4096);
    for (size_t i = 0; i < r->stages_count; i++) {
        str limit = lang_say(q->arena, q->lang, clock_limit_words(r->stages[i].limit));
        str name = label_in(&r->stages[i].name, q->lang);

        buf_put_z(&b, i > 0 ? " + " : "");
        buf_put(&b, limit);
        if (name.len > 0) {
            buf_format(&b, " (%.*s)", STR_ARG(name));
        }
    }
    return SAY("{text}", SAY_TEXT("text", buf_str(&b)));
}

static err lines_fill(struct ask *q, const struct case_clock *k, struct calendar_clock *to)
{
    struct clock_line *lines;
    struct calendar_line *rows;
    int left_out;
    size_t count;

    TRY(clock_explain(q->arena, q->calendar, &k->rule, k->started_ms, &k->spans, q->now_ms,
                      &lines, &count, &left_out));
    rows = ARENA_ARRAY(q->arena, count + 1, struct calendar_line);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct clock_line *l = &lines[i];

        rows[i] = (struct calendar_line){
            .day = day_short(q->arena, l->day, q->lang),
            .weekday = lang_text(q->lang, weekday_name[day_weekday(l->day)]),
            .number = l->number > 0 ? str_format(q->arena, "%d", l->number) : STR("–"),
            .why = l->why,
            .law = words_of(l->law),
            .has_law = l->law != NULL,
            .counts = l->counts,
            .special = l->is_special,
            .is_due = l->is_due,
        };
    }
    to->lines = rows;
    to->lines_count = count;
    to->left_out = left_out;
    to->has_left_out = left_out > 0;
    return NULL;
}

/* What is special about its rule. */
static void rule_fill(const struct case_clock *k, const struct service *s,
                      struct calendar_clock *to)
{
    const struct question *event = s != NULL && k->rule.from == CLOCK_FROM_EVENT
                                       ? form_question(&s->form, s->event)
                                       : NULL;

    to->has_speed = k->rule.speed != CLOCK_SPEED_NONE;
    to->speed = words_of(clock_speed_name[k->rule.speed]);
    to->is_adverse = k->rule.adverse;
    to->has_event = event != NULL;
    to->event = event != NULL ? event->label : (struct label){ 0 };
}

static err clock_fill(struct ask *q, const struct case_clock *k, struct calendar_clock *to)
{
    struct clock c = clock_reckon(q->calendar, &k->rule, k->started_ms, &k->spans,
                                  q->now_ms);

    *to = (struct calendar_clock){
        .anchor = str_format(q->arena, "h-%.*s-%d", STR_ARG(case_clock_key[k->kind]),
                             k->number),
        .title = words_of(clock_title[k->kind]),
        .lead = lead_words(q, &c),
        .term = term_words(q, &k->rule),
        .state = words_of(state_words[c.state]),
        .has_used = k->rule.stages[0].limit.unit == CLOCK_WORKING && c.used_halves > 0,
        .used = clock_used_words(c.used_halves),
    };
    return lines_fill(q, k, to);
}

static bool is_told(const struct case_clock *k, bool for_owner)
{
    return k->due != DAY_NONE && k->rule.stages_count > 0 &&
           (!for_owner || k->kind == CASE_CLOCK_STATUTORY);
}

/* Missed terms that were restored, as the history has them. */
static err restored_fill(struct ask *q, const struct casefile *c, struct calendar_why *p)
{
    struct case_event *events;
    struct words *lines;
    size_t count;

    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    lines = ARENA_ARRAY(q->arena, count * HISTORY_LINES + 1, struct words);
    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(events[i].kind, case_act_event[ACT_RESTORE])) {
            p->restored_count += case_history_words(q->arena, q->lang, NULL, 0, &events[i],
                                                    HISTORY_APPLICANT,
                                                    &lines[p->restored_count]);
        }
    }
    p->restored = lines;
    p->has_restored = p->restored_count > 0;
    return NULL;
}

static err why_fill(struct ask *q, const struct casefile *c, struct calendar_why *p)
{
    const struct service *s = q->catalog != NULL ? service_get_near(q->catalog, c->service,
                                                                    c->service_version)
                                                 : NULL;
    struct case_clock *list;
    struct calendar_clock *clocks;
    size_t count;

    TRY(casefile_clocks(q->arena, q->snap, c->agency, c->id, &list, &count));
    clocks = ARENA_ARRAY(q->arena, count + 1, struct calendar_clock);
    if (clocks == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (is_told(&list[i], p->for_owner)) {
            TRY(clock_fill(q, &list[i], &clocks[p->clocks_count]));
            rule_fill(&list[i], s, &clocks[p->clocks_count++]);
        }
    }
    TRY(restored_fill(q, c, p));
    p->clocks = clocks;
    p->number = c->number;
    p->service = s != NULL ? s->name : (struct label){ 0 };
    p->none = p->clocks_count == 0;
    p->lead = c->due == DAY_NONE
                  ? SAY("This matter has no fixed time.")
                  : SAY("The last day is {day}. This case is older than the day-by-day "
                        "record.",
                        SAY_DAY("day", c->due));
    return NULL;
}

/* GET /staff/cases/{id}/why */
err calendar_why_staff(struct ask *q, struct reply *r)
{
    struct page page = { .title = SAY("Why this date?"),
                         .wide = true,
                         .current = "casework.worklist" };
    struct calendar_why p = { 0 };
    struct casefile c;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, &c));
    if (!casefile_may_see(&q->actor, &c)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
             "not his to see");
    }
    p.back = link_to1(q, "casework.one", id_text(q->arena, c.id));
    TRY(why_fill(q, &c, &p));
    return REPLY_VIEW(q, r, &page, calendar_why, &p);
}

/* GET /{agency}/status/{case}/why */
err calendar_why_owner(struct ask *q, struct reply *r)
{
    struct page page = { .title = SAY("Why this date?"), .current = "follow.ask" };
    struct calendar_why p = { .for_owner = true };
    struct casefile c;
    str code;

    TRY(owner_case(q, &c, &code));
    p.back = link_to1(q, "follow.progress", c.number);
    TRY(why_fill(q, &c, &p));
    return REPLY_VIEW(q, r, &page, calendar_why, &p);
}

static err hint(struct ask *q, const struct casefile *c, struct url link, struct html *ret)
{
    struct calendar_hint p = {
        .link = link, .due = SAY("The last day is {day}.", SAY_DAY("day", c->due))
    };

    if (c->due == DAY_NONE) {
        return NULL;
    }
    if (c->paused) {
        p.due = SAY("The term stands still.");
    }
    return PANEL_VIEW(q, ret, calendar_hint, &p);
}

err calendar_hint_staff(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;

    return hint(q, c, link_to1(q, "calendar.why", id_text(q->arena, c->id)), ret);
}

err calendar_hint_owner(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;

    return hint(q, c, link_to1(q, "calendar.why_mine", c->number), ret);
}
