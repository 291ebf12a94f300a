/* casework_beside — what stands beside the application on the page of a case: its two
 * clocks (never mixed), consultations, messages to the applicant, cases that belong to it,
 * what colleagues have learnt from hard cases, the grounds of a refusal, and the panels of
 * other features.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/panel.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"
#include "kernel/casefile/clock/case_clock.h"
#include "kernel/consult/consult.h"
#include "kernel/notice/notice.h"

#define LESSONS_SHOWN 3

static struct casework_due left_of(struct ask *q, const struct case_clock *k)
{
    const struct casework_end end = {
        .due = k->due, .due_ms = k->due_ms, .over = k->state != CLOCK_RUNNING,
    };

    return casework_due_of(q->arena, q->calendar, end, q->now_ms, casework_soon_ms(q),
                           q->lang);
}

static err clocks_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_clock *list;
    struct casework_clock *out;
    size_t count;

    TRY(casefile_clocks(q->arena, q->snap, c->agency, c->id, &list, &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_clock);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct case_clock *k = &list[i];
        static const char *const states[CASE_CLOCK_STATES] = {
            [CLOCK_RUNNING] = MSG("runs"),
            [CLOCK_PAUSED] = MSG("stands still"),
            [CLOCK_ENDED] = MSG("has ended"),
        };

        if (k->kind == CASE_CLOCK_CONSULT ||
            (k->kind == CASE_CLOCK_STUDY && k->state == CLOCK_ENDED)) {
            continue;
        }
        out[p->clocks_count++] = (struct casework_clock){
            .name = words_of(case_clock_name[k->kind]), .state = words_of(states[k->state]),
            .is_paused = k->state == CLOCK_PAUSED, .has_due = k->due != DAY_NONE,
            .due = k->due == DAY_NONE ? STR("") : day_text(q->arena, k->due, q->lang),
            .started = day_short(q->arena, day_at(k->started_ms), q->lang),
            .extended = k->extended, .has_extended = k->extended > 0,
            .left = left_of(q, k),
        };
    }
    p->clocks = out;
    return NULL;
}

static struct label unit_name(const struct unit *units, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (units[i].id == id) {
            return units[i].name;
        }
    }
    return (struct label){ 0 };
}

static err consults_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct consult *list;
    struct unit *units;
    struct casework_consult *out;
    size_t count, units_count;

    TRY(consult_list(q->arena, q->snap, c->agency, c->id, &list, &count));
    TRY(unit_list(q->arena, q->snap, c->agency, &units, &units_count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_consult);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        const struct consult *x = &list[i];

        out[i] = (struct casework_consult){
            .unit = unit_name(units, units_count, x->unit),
            .state = words_of(consult_state_name[x->state]),
            .is_open = x->state == CONSULT_ASKED,
            .due = x->due == DAY_NONE ? STR("") : day_short(q->arena, x->due, q->lang),
            .has_opinion = x->state == CONSULT_ANSWERED,
            .opinion = x->agrees ? SAY("agrees") : SAY("does not agree"),
            .at = x->answered_ms == 0 ? STR("")
                                      : lang_time(q->arena, q->lang, x->answered_ms),
        };
    }
    p->consults = out;
    p->consults_count = count;
    p->has_consults = count > 0;
    return NULL;
}

static err notices_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct notice *list;
    struct casework_notice *out;
    size_t count;

    TRY(notice_list(q->arena, q->snap, c->agency, c->id, &list, &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_notice);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct casework_notice){
            .say = list[i].say, .state = words_of(notice_state_name[list[i].state]),
            .at = lang_time(q->arena, q->lang, list[i].at_ms),
        };
    }
    p->notices = out;
    p->notices_count = count;
    p->has_notices = count > 0;
    return NULL;
}

static err links_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_link *list;
    struct casework_link *out;
    size_t count;

    TRY(casefile_links(q->arena, q->snap, c->agency, c->id, &list, &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_link);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        static const char *const what[] = {
            [LINK_SPLIT_TO] = MSG("Split off from this one"),
            [LINK_SPLIT_FROM] = MSG("Split off from"),
            [LINK_MERGED_INTO] = MSG("Goes on in"),
            [LINK_MERGED_HERE] = MSG("Merged into this one"),
        };

        out[i] = (struct casework_link){
            .what = words_of(what[list[i].kind]), .number = list[i].number,
            .link = link_to1(q, "casework.one", id_text(q->arena, list[i].other)),
        };
    }
    p->links = out;
    p->links_count = count;
    p->has_links = count > 0;
    return NULL;
}

static err lessons_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_study *list;
    struct casework_lesson *out;
    size_t count;

    TRY(casefile_lessons(q->arena, q->snap, c->agency, c->service, LESSONS_SHOWN, &list,
                         &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_lesson);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct casework_lesson){
            .text = list[i].lesson, .number = list[i].number,
            .at = day_short(q->arena, day_at(list[i].answered_ms), q->lang),
            .link = link_to1(q, "casework.one", id_text(q->arena, list[i].casefile)),
        };
    }
    p->lessons = out;
    p->lessons_count = count;
    p->has_lessons = count > 0;
    return NULL;
}

/* Facts and reasons are about a person: shown with the case. */
static err grounds_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_grounds g;
    struct casework_piece *out = ARENA_ARRAY(q->arena, 6, struct casework_piece);
    bool found;

    if (out == NULL) {
        return err_no_memory;
    }
    TRY(casefile_grounds(q->arena, q->snap, q->keyring, c, &g, &found));
    if (!found) {
        return NULL;
    }
    p->grounds_hidden = !p->shown;
    p->has_grounds = p->shown;
    if (p->shown) {
        out[0] = (struct casework_piece){ SAY("Facts"), g.facts };
        out[1] = (struct casework_piece){ SAY("Reasons"), g.reasons };
        out[2] = (struct casework_piece){ SAY("Law"), g.law };
        out[3] = (struct casework_piece){ SAY("Remedy"), g.remedy };
        out[4] = (struct casework_piece){ SAY("Term of the remedy"), g.term };
        out[5] = (struct casework_piece){ SAY("Authority to which it goes"), g.authority };
        p->grounds = out;
        p->grounds_count = 6;
    }
    return NULL;
}

/* "2 of 4 seals", and whose is the next one. */
static void way_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    const struct service *s =
        q->catalog != NULL ? service_get_near(q->catalog, c->service, c->service_version)
                           : NULL;
    struct flow_plan plan;

    if (q->catalog == NULL) {
        return;
    }
    plan = service_plan(q->catalog, s, c->level);
    p->seals = SAY("{seals} of {planned}", SAY_NUMBER("seals", c->seals),
                   SAY_NUMBER("planned", flow_seals(&plan)));
    p->has_way = c->state == CASE_PROPOSED || c->state == CASE_SUBMITTED;
    if (p->has_way) {
        p->way = words_of(level_name[c->waits_level]);
    }
}

err casework_beside(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    const struct panel_about about = { .id = c->id, .key = c->number, .thing = c };

    p->is_special = c->special;
    p->is_asked = c->asked;
    way_of(q, c, p);
    TRY(clocks_of(q, c, p));
    TRY(consults_of(q, c, p));
    TRY(notices_of(q, c, p));
    TRY(links_of(q, c, p));
    TRY(lessons_of(q, c, p));
    TRY(grounds_of(q, c, p));
    return panels_show(q, "case", &about, &p->panels);
}
