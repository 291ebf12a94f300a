/* casework_papers — what a case holds, and since when: its papers row by row, and what
 * stood in an answer before it was supplied anew or corrected on the applicant's word.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "feature/casework/casework_web.h"
#include "host/json/json.h"
#include "host/lang/lang.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"

static str css_of(enum case_paper_state s)
{
    return s == CASE_PAPER_THERE                              ? STR("tag--good")
           : s == CASE_PAPER_WANTED || s == CASE_PAPER_MISSING ? STR("tag--warn")
                                                               : STR("");
}

static struct casework_paper paper_of(struct ask *q, const struct casefile *c,
                                      const struct case_paper_line *l, bool shown)
{
    struct casework_paper x = {
        .name = l->name, .state = words_of(case_paper_state_name[l->state]),
        .css = css_of(l->state), .of_agent = l->of_agent,
        .has_how = l->state == CASE_PAPER_THERE && !l->by_file,
        .how = words_of(case_paper_how_name[l->how]), .by_file = l->by_file,
        .shut = !shown, .who = l->staff_name, .from_citizen = l->staff == 0,
        .has_at = l->at_ms != 0, .has_until = l->until != DAY_NONE,
    };

    if (x.has_at) {
        x.at = lang_time(q->arena, q->lang, l->at_ms);
    }
    if (x.has_until) {
        x.until = day_short(q->arena, l->until, q->lang);
        x.has_at = false;
    }
    if (l->by_file && shown) {
        x.file = link_to2(q, "casework.file", id_text(q->arena, c->id),
                          id_text(q->arena, l->file));
    }
    return x;
}

err casework_papers(struct ask *q, const struct casefile *c, const struct service *s,
                    struct casework_case *p)
{
    struct case_paper_line *lines;
    struct casework_paper *out;
    size_t count;

    TRY(casefile_paper_lines(q->arena, q->snap, q->keyring, c, s, &lines, &count));
    out = ARENA_ARRAY(q->arena, count + 1, struct casework_paper);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = paper_of(q, c, &lines[i], p->shown);
        p->papers_open += lines[i].state == CASE_PAPER_WANTED ||
                          lines[i].state == CASE_PAPER_MISSING;
    }
    p->papers = out;
    p->papers_count = count;
    p->has_papers = count > 0;
    p->papers_complete = p->papers_open == 0;
    return NULL;
}

/* ---- former answers ---- */

static struct case_event *event_with(struct case_event *list, size_t count,
                                     int64_t changes)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].changes == changes) {
            return &list[i];
        }
    }
    return NULL;
}

static str former_text(struct ask *q, const struct question *question,
                       const struct sealed_answer *s, bool open)
{
    struct answer a = { .question = question, .json = s->plain, .visible = true };

    if (!str_is_empty(s->sealed) && !open) {
        return answer_mask_text(q->arena, question, s->masked, q->lang);
    }
    return answer_text(q->arena, &a, q->lang, false);
}

/* Its ground is the text of the act: of a correction what was said on the telephone. */
static err former_of(struct ask *q, const struct casefile *c, struct case_event *e,
                     bool open, struct casework_former *f)
{
    f->at = lang_time(q->arena, q->lang, e->at_ms);
    f->who = e->actor_name;
    f->from_citizen = e->actor == 0;
    f->what = words_of(e->done);
    f->has_ground = open && e->has_note;
    if (f->has_ground) {
        TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, e));
        f->ground = e->note;
    }
    return NULL;
}

err casework_past_load(struct ask *q, const struct casefile *c, bool open,
                       struct casework_past *ret)
{
    *ret = (struct casework_past){ 0 };
    TRY(casefile_formers(q->arena, q->snap, q->keyring, c, open, &ret->list, &ret->count));
    if (ret->count == 0) {
        return NULL;
    }
    return casefile_events(q->arena, q->snap, c->agency, c->id, &ret->events,
                           &ret->events_count);
}

err casework_formers(struct ask *q, const struct casefile *c,
                     const struct casework_past *past, const struct question *question,
                     bool open, struct casework_answer *x)
{
    struct casework_former *out;

    if (past->count == 0) {
        return NULL;
    }
    out = ARENA_ARRAY(q->arena, past->count, struct casework_former);
    if (out == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < past->count; i++) {
        const struct case_former *was = &past->list[i];
        struct case_event *e = event_with(past->events, past->events_count, was->changes);

        if (e == NULL || !str_equal(was->answer.question, question->key)) {
            continue;
        }
        out[x->formers_count].text = former_text(q, question, &was->answer, open);
        TRY(former_of(q, c, e, open, &out[x->formers_count++]));
    }
    x->formers = out;
    return NULL;
}

static struct label name_of(const struct service *s, str question)
{
    const struct question *x = form_question(&s->form, question);
    struct label name = { .in = { question, question, question } };

    if (x != NULL) {
        return x->label;
    }
    (void)casefile_paper_of(s, question, &name);
    return name;
}

err casework_event_answers(struct ask *q, const struct casefile *c,
                           const struct case_event *e, struct casework_event *x)
{
    const struct service *s =
        q->catalog != NULL ? service_get_near(q->catalog, c->service, c->service_version)
                           : NULL;
    struct label *names = ARENA_ARRAY(q->arena, e->questions_count + 1, struct label);

    if (names == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; s != NULL && i < e->questions_count; i++) {
        names[x->answers_count++] = name_of(s, e->questions[i]);
    }
    x->answers = names;
    x->has_answers = x->answers_count > 0;
    x->corrected = str_equal(e->kind, case_act_event[ACT_TELEPHONE]);
    return NULL;
}
