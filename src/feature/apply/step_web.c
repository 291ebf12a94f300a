/* step — one page of an application: shown, and saved into the draft.
 *
 * Reading writes nothing: the draft begins with the first thing that is sent.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/field/field.h"
#include "desk/reply.h"
#include "feature/apply/inside.h"

#include "apply_step.view.h"

/* ---- showing ---- */

static err step_page(struct ask *q, struct reply *r, const struct apply_matter *m,
                     size_t at)
{
    const struct form_step *step = &m->service->form.steps[at];
    size_t before = 0;
    struct page_crumb crumbs[] = {
        { SAY("Services"), link_to(q, "services.list") },
        { SAY("{name}", SAY_LABEL("name", &m->service->name)),
          link_to1(q, "services.one", m->service->key) },
    };
    struct page page = {
        .title = q->mistakes.count > 0
                     ? SAY("Mistake: {name}", SAY_LABEL("name", &step->title))
                     : SAY("{name}", SAY_LABEL("name", &step->title)),
        .here = SAY("{name}", SAY_LABEL("name", &step->title)),
        .crumbs = crumbs,
        .crumbs_count = 2,
        .current = "services.list",
        .asks = true,
    };
    struct apply_step p = {
        .service = m->service->name, .title = step->title, .lead = step->lead,
        .mistakes = shell_mistakes(q),
        .action = link_to2(q, "apply.save", m->service->key, step->key),
        .aside = apply_aside_of(q, m),
        .notice = apply_notice_of(q, m->service),
    };

    p.more = q->method == GET && ask_param(q, "more").len > 0;
    if (q->method == GET) {
        p.lost = str_equal(ask_param(q, "lost"), STR("all"));
        p.lost_others = str_equal(ask_param(q, "lost"), STR("others"));
    }
    p.first = !apply_step_before(m, at, &before);
    p.needs_notice = p.first && !apply_has_consent(&m->service->form);
    p.back = p.first ? link_to1(q, "services.one", m->service->key)
                     : apply_step_link(q, m, before);
    TRY(apply_stubs_fill(q, m, at, &p.stubs));
    TRY(fields_fill(q, &m->answers, step, &p.notice, &p.fields, &p.fields_count));
    return REPLY_VIEW(q, r, &page, apply_step, &p);
}

static err step_find(struct ask *q, const struct apply_matter *m, size_t *ret_step)
{
    str key = ask_path(q, "step");

    for (size_t i = 0; i < m->service->form.steps_count; i++) {
        if (str_equal(m->service->form.steps[i].key, key)) {
            *ret_step = i;
            return NULL;
        }
    }
    FAIL(q->arena, ERR_MISSING, SAY("There is no such page."), STR(""), "no step");
}

err apply_show_start(struct ask *q, struct reply *r)
{
    struct apply_matter m;
    size_t first;

    TRY(apply_open(q, false, &m));
    if (apply_stands(q, &m).state != SERVICE_OPEN) {
        return apply_show_shut(q, r, &m);
    }
    /* Who may apply is asked once, before anything is typed; nothing of it is kept. */
    if (m.draft.id == 0 && m.service->eligible_count > 0 && ask_param(q, "may").len == 0) {
        return apply_may_page(q, r, &m);
    }
    first = apply_step_from(&m, 0);
    if (first == m.service->form.steps_count) {
        return reply_see(q, r, apply_step_link(q, &m, first));
    }
    return step_page(q, r, &m, first);
}

struct save_wish {
    struct apply_matter matter;
    size_t step, next;
    bool more; /* the answers made new questions appear */
    bool lost; /* what the steps before had is gone */
    bool later; /* a code, to go on another day */
    bool shut; /* the service cannot be applied for today */
};
struct save_made {
    char nothing;
};

err apply_show_step(struct ask *q, struct reply *r)
{
    const struct save_wish *wish = q->wish;
    struct apply_matter m;
    size_t step, first;

    /* After a mistake: what was typed, as check has read it. */
    if (wish != NULL && wish->shut) {
        return apply_show_shut(q, r, &wish->matter);
    }
    if (wish != NULL && wish->matter.service != NULL && wish->matter.answers.list != NULL) {
        return step_page(q, r, &wish->matter, wish->step);
    }
    TRY(apply_open(q, false, &m));
    if (apply_stands(q, &m).state != SERVICE_OPEN) {
        return apply_show_shut(q, r, &m);
    }
    TRY(step_find(q, &m, &step));
    first = apply_step_from(&m, 0);
    /* Nobody jumps over what has not been answered. */
    if (step > first && m.draft.id == 0) {
        return apply_see_lost(q, r, &m);
    }
    if (step > first && step > (size_t)m.draft.reached) {
        step = apply_step_from(&m, (size_t)m.draft.reached);
        return reply_see(q, r, apply_step_link(q, &m, step));
    }
    return step_page(q, r, &m, step);
}

/* ---- saving ---- */

static err draft_ready(struct ask *q, struct save_wish *w)
{
    struct draft *d = &w->matter.draft;

    if (d->id == 0) {
        d->agency = q->agency->id;
        d->id = ask_new_id(q);
        d->service = w->matter.service->key;
        d->version = w->matter.service->version;
        TRY(draft_begin(q->arena, q->keyring, d));
    }
    if (w->later) {
        TRY(draft_code_make(q->arena, q->keyring, d));
    }
    d->until_ms = draft_until(d, q->now_ms);
    d->answers = answers_write(q->arena, &w->matter.answers);
    return draft_seal(q->arena, q->keyring, d);
}

/* Where to now: on; back to the check page for who came from there. */
static void go_on(struct save_wish *w, bool stay)
{
    size_t all = w->matter.service->form.steps_count;

    if (w->lost) {
        /* This page is kept and comes filled in; those before it are asked again. */
        w->next = apply_step_from(&w->matter, 0);
        return;
    }
    if (stay) {
        w->next = w->step;
        return;
    }
    w->next = (size_t)w->matter.draft.reached >= all
                  ? all
                  : apply_step_from(&w->matter, w->step + 1);
    if (w->matter.draft.reached < (int)w->next) {
        w->matter.draft.reached = (int)w->next;
    }
}

static err save_check(struct ask *q, struct save_wish *w)
{
    struct field_posted posted;
    const struct form_step *step;

    TRY(apply_open(q, false, &w->matter));
    w->shut = apply_stands(q, &w->matter).state != SERVICE_OPEN;
    TRY(apply_may_go_on(q, &w->matter));
    TRY(step_find(q, &w->matter, &w->step));
    step = &w->matter.service->form.steps[w->step];
    w->lost = w->matter.draft.id == 0 && w->step > apply_step_from(&w->matter, 0);
    TRY(fields_take(q, &w->matter.answers, step, &posted));
    w->more = posted.more;
    w->later = ask_field(q, "later").len > 0;
    if (w->later) {
        /* Half a page is kept as far as it can be read; nothing is asked for now. */
        mistakes_init(&q->mistakes, q->arena);
        w->next = w->step;
        return draft_ready(q, w);
    }
    if (posted.once) {
        return ask_once_more;
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    go_on(w, posted.stay);
    return draft_ready(q, w);
}

static err save_commit(struct ask *q, struct tx *tx, const struct save_wish *w,
                       struct save_made *made)
{
    return draft_put(q->arena, tx, &w->matter.draft);
}

static err save_reply(struct ask *q, struct reply *r, const struct save_made *made)
{
    const struct save_wish *w = q->wish;

    struct url u = apply_step_link(q, &w->matter, w->next);

    apply_draft_cookie(q, r, &w->matter);
    if (w->later) {
        return reply_see(q, r, link_to1(q, "apply.later", w->matter.service->key));
    }
    if (w->lost) {
        return reply_see(q, r, url_with(q, u, "lost", STR("others")));
    }
    return reply_see(q, r, w->more ? url_with(q, u, "more", STR("1")) : u);
}

BEATS_OUT(save, apply_save_beats, struct save_wish, struct save_made)
