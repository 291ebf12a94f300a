/* panel_web — on the case: its envelopes, and what other agencies answered about this
 * person, side by side.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "envelopes_case.view.h"
#include "envelopes_progress.view.h"
#include "feature/envelopes/envelopes_web.h"
#include "host/json/json.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/service/service.h"

#define ANSWERS_MOST 20

static err rows_of(struct ask *q, const struct casefile *c, struct envelopes_case *p)
{
    struct envelope *list;
    struct envelopes_row *rows;
    size_t count;

    TRY(envelope_of_case(q->arena, q->snap, c->agency, c->id, &list, &count));
    rows = ARENA_ARRAY(q->arena, count + 1, struct envelopes_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        envelopes_row_of(q, &list[i], &rows[i]);
        p->came_back = p->came_back || envelopes_ended_here(&list[i], c);
    }
    p->rows = rows;
    p->rows_count = count;
    p->has_rows = count > 0;
    return NULL;
}

static err answer_add(struct ask *q, const struct envelope_line *l,
                      struct envelopes_answer *x)
{
    struct envelope e;

    TRY(envelope_load(q->arena, q->snap, q->agency->id, l->envelope, &e));
    *x = (struct envelopes_answer){
        .other = e.other.name, .subject = e.subject, .answer = l->person.answer,
        .at = envelopes_moment(q, l->answered_ms),
        .result = words_of(envelope_result_name[l->person.result]),
        .link = link_to1(q, "envelopes.one", id_text(q->arena, e.id)),
    };
    return NULL;
}

/* By the identity numbers that stand in the application; only while the case is shown. */
static err person_answers(struct ask *q, const struct casefile *c,
                          struct envelopes_case *p)
{
    const struct service *s = service_get_near(q->catalog, c->service, c->service_version);
    struct envelopes_answer *list = ARENA_ARRAY(q->arena, ANSWERS_MOST,
                                                struct envelopes_answer);
    struct sealed_answer *kept;
    size_t count;

    if (list == NULL) {
        return err_no_memory;
    }
    TRY(casefile_answers(q->arena, q->snap, q->keyring, c, true, &kept, &count));
    for (size_t i = 0; s != NULL && i < count; i++) {
        const struct question *x = form_question(&s->form, kept[i].question);
        const struct json *j;
        struct envelope_line *lines;
        size_t found;

        if (x == NULL || (x->type != Q_NATIONAL_ID && x->type != Q_RESIDENT_ID) ||
            json_parse(q->arena, kept[i].plain, &j) != NULL || j->text.len == 0) {
            continue;
        }
        TRY(envelope_lines_of(q->arena, q->snap, q->keyring, c->agency, j->text, &lines,
                              &found));
        for (size_t n = 0; n < found && p->answers_count < ANSWERS_MOST; n++) {
            TRY(answer_add(q, &lines[n], &list[p->answers_count++]));
        }
    }
    p->answers = list;
    p->has_answers = p->answers_count > 0;
    return NULL;
}

err envelopes_case_panel(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    struct url fresh = url_with(q, link_to(q, "envelopes.new"), "case",
                                id_text(q->arena, c->id));
    struct envelopes_case p = {
        .fresh = url_with(q, fresh, "kind", STR("query")),
        .transfer = url_with(q, fresh, "kind", STR("transfer")),
        .may_transfer = casefile_may(&q->actor, c, ACT_TRANSFER),
        .may_send = c->is_open,
    };
    bool shown;

    TRY(rows_of(q, c, &p));
    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &shown));
    if (shown) {
        TRY(person_answers(q, c, &p));
    }
    p.hidden = !shown && p.has_rows;
    if (!p.has_rows && !p.has_answers && !p.may_send && !p.may_transfer) {
        return NULL;
    }
    return PANEL_VIEW(q, ret, envelopes_case, &p);
}

/* The applicant reads where his matter went on, and under which number. */
err envelopes_progress_panel(struct ask *q, const struct panel_about *about,
                             struct html *ret)
{
    const struct casefile *c = about->thing;
    struct envelopes_progress p = { 0 };
    struct envelope *list;
    size_t count;

    if (c->state != CASE_TRANSFERRED) {
        return NULL;
    }
    TRY(envelope_of_case(q->arena, q->snap, c->agency, c->id, &list, &count));
    for (size_t i = 0; i < count; i++) {
        struct envelope_done *steps;
        size_t steps_count;

        if (!list[i].out || list[i].kind != ENVELOPE_TRANSFER) {
            continue;
        }
        TRY(envelope_steps(q->arena, q->snap, q->keyring, &list[i], &steps, &steps_count));
        for (size_t n = 0; n < steps_count; n++) {
            if (steps[n].step == ENVELOPE_RECEIVED && steps[n].proved) {
                p.other = list[i].other.name;
                p.received = day_text(q->arena, day_at(steps[n].message.at_ms), q->lang);
                p.number = steps[n].message.case_number;
            }
        }
    }
    return label_is_empty(&p.other) ? NULL : PANEL_VIEW(q, ret, envelopes_progress, &p);
}
