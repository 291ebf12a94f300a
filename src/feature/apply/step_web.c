/* step — one page of an application: shown, and saved into the draft.
 *
 * Reading writes nothing: the draft begins with the first thing that is sent.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/apply/inside.h"
#include "host/json/json.h"

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
        .crumbs = crumbs,
        .crumbs_count = 2,
        .current = "services.list",
    };
    struct apply_step p = {
        .service = m->service->name, .title = step->title, .lead = step->lead,
        .mistakes = shell_mistakes(q),
        .action = link_to2(q, "apply.save", m->service->key, step->key),
        .aside = apply_aside_of(q, m->service),
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
    TRY(apply_fields_fill(q, m, step, &p.fields, &p.fields_count));
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
    if (wish != NULL && wish->matter.service != NULL && wish->matter.answers.list != NULL) {
        return step_page(q, r, &wish->matter, wish->step);
    }
    TRY(apply_open(q, false, &m));
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

static str posted(void *context, str name, size_t nth)
{
    const struct ask *q = context;

    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, name) && nth-- == 0) {
            return q->form[i].value.at != NULL ? q->form[i].value : STR("");
        }
    }
    return (str){ NULL, 0 };
}

/* A file that came with an earlier try of this page. */
static err files_kept(struct ask *q, struct answers *s, const struct form_step *step)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct question *x = &step->questions[i];
        const char *name = str_z(q->arena,
                                 str_format(q->arena, "%.*s.kept", STR_ARG(x->key)));
        const struct json *j;
        str json;
        int64_t id;

        if (x->type != Q_FILE || !apply_file_ticket_open(q, ask_field(q, name), &json)) {
            continue;
        }
        TRY(json_parse(q->arena, json, &j));
        if (id_parse(json_text_of(j, STR("file")), &id)) {
            TRY(answers_set_file(q->arena, s, x->key, id, json_text_of(j, STR("name")),
                                 json_text_of(j, STR("type")),
                                 json_int_of(j, STR("size"), 0)));
        }
    }
    return NULL;
}

static bool step_has(const struct form_step *step, str key)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        if (step->questions[i].type == Q_FILE && str_equal(step->questions[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* What came now. A kind that is not taken is a mistake at its field; the rest stays. */
static err files_new(struct ask *q, struct answers *s, const struct form_step *step,
                     struct mistakes *m)
{
    for (size_t i = 0; i < q->files_count; i++) {
        const struct ask_file *f = &q->files[i];
        err e;

        if (!step_has(step, f->question)) {
            continue;
        }
        e = answers_set_file(q->arena, s, f->question, f->id, f->name, f->media_type,
                             f->size_bytes);
        if (e != NULL && e->kind != ERR_INPUT) {
            return e;
        }
        if (e != NULL) {
            mistake_add(m, f->question, e->say);
        }
    }
    return NULL;
}

static bool takes_away(const struct ask *q)
{
    for (size_t i = 0; i < q->form_count; i++) {
        if (str_ends(q->form[i].name, STR(".remove")) && q->form[i].value.len > 0) {
            return true;
        }
    }
    return false;
}

/* The mistakes about files come first; a missing file that was refused is said once. */
static void mistakes_join(struct mistakes *to, const struct mistakes *files,
                          const struct mistakes *others)
{
    for (const struct mistake *m = others->first; m != NULL; m = m->next) {
        const struct mistake *file = mistake_of(files, m->field);

        mistake_add(to, m->field, file != NULL ? file->say : m->say);
    }
    for (const struct mistake *m = files->first; m != NULL; m = m->next) {
        if (mistake_of(others, m->field) == NULL) {
            mistake_add(to, m->field, m->say);
        }
    }
}

static err draft_ready(struct ask *q, struct save_wish *w)
{
    struct apply_draft *d = &w->matter.draft;

    if (d->id == 0) {
        d->agency = q->agency->id;
        d->id = ask_new_id(q);
        d->service = w->matter.service->key;
        d->version = w->matter.service->version;
        TRY(apply_draft_begin(q->arena, q->keyring, d));
    }
    d->until_ms = q->now_ms + APPLY_DRAFT_MS;
    d->answers = answers_write(q->arena, &w->matter.answers);
    return apply_draft_seal(q->arena, q->keyring, d);
}

/* The page says which questions it asked; one that appears through the answers themselves
 * is not a mistake yet, it is asked now. */
static bool was_asked(const struct ask *q, str field)
{
    str rest = ask_field(q, "asked"), key;

    if (rest.len == 0) {
        return true;
    }
    while (str_cut(&rest, ' ', &key)) {
        if (key.len > 0 && str_starts(field, key) &&
            (field.len == key.len || field.at[key.len] == '.')) {
            return true;
        }
    }
    return false;
}

static bool drop_unasked(const struct ask *q, struct mistakes *m)
{
    struct mistakes kept;
    bool dropped = false;

    mistakes_init(&kept, m->arena);
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        if (was_asked(q, x->field)) {
            mistake_add(&kept, x->field, x->say);
        } else {
            dropped = true;
        }
    }
    *m = kept;
    return dropped;
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
    const struct form_source source = { q, posted };
    const struct form_step *step;
    struct mistakes files, others;
    bool stay = takes_away(q);

    TRY(apply_open(q, false, &w->matter));
    TRY(step_find(q, &w->matter, &w->step));
    step = &w->matter.service->form.steps[w->step];
    w->lost = w->matter.draft.id == 0 && w->step > apply_step_from(&w->matter, 0);
    mistakes_init(&files, q->arena);
    mistakes_init(&others, q->arena);
    TRY(files_kept(q, &w->matter.answers, step));
    TRY(files_new(q, &w->matter.answers, step, &files));
    TRY(answers_read(q->arena, &w->matter.answers, step, &source, q->lang, q->today,
                     &others));
    w->more = drop_unasked(q, &others);
    stay = stay || (w->more && others.count == 0 && files.count == 0);
    if (!stay) {
        mistakes_join(&q->mistakes, &files, &others);
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    go_on(w, stay);
    return draft_ready(q, w);
}

static err save_commit(struct ask *q, struct tx *tx, const struct save_wish *w,
                       struct save_made *made)
{
    return apply_draft_put(q->arena, tx, &w->matter.draft);
}

static err save_reply(struct ask *q, struct reply *r, const struct save_made *made)
{
    const struct save_wish *w = q->wish;

    struct url u = apply_step_link(q, &w->matter, w->next);

    apply_draft_cookie(q, r, &w->matter);
    if (w->lost) {
        return reply_see(q, r, url_with(q, u, "lost", STR("others")));
    }
    return reply_see(q, r, w->more ? url_with(q, u, "more", STR("1")) : u);
}

BEATS_OUT(save, apply_save_beats, struct save_wish, struct save_made)
