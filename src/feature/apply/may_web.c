/* may — before the form: can it be applied for today, and may this person apply?
 *
 * The answers to these questions are not kept: whoever says no is told why, and where else
 * to turn, on the page that answers.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/apply/inside.h"

#include "apply_may.view.h"
#include "apply_shut.view.h"

struct may_wish {
    struct apply_matter matter;
    bool refused;
};
struct may_made {
    char nothing;
};

static str answer_of(const struct ask *q, const struct service_eligible *e)
{
    return q->form_count > 0 ? ask_field(q, str_z(q->arena, e->key)) : STR("");
}

static bool is_no(const struct ask *q, const struct service_eligible *e)
{
    return str_equal(answer_of(q, e), STR("no"));
}

static err questions_fill(struct ask *q, const struct service *s, struct apply_may *p)
{
    struct apply_may_question *list = ARENA_ARRAY(q->arena, s->eligible_count,
                                                  struct apply_may_question);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->eligible_count; i++) {
        const struct service_eligible *e = &s->eligible[i];
        const struct mistake *m = mistake_of(&q->mistakes, e->key);
        str id = str_join(q->arena, STR("f-"), e->key);

        list[i] = (struct apply_may_question){
            .id = id, .name = e->key, .ask = e->ask, .help = e->help,
            .yes_id = id, .no_id = str_join(q->arena, id, STR("-no")),
            .yes = str_equal(answer_of(q, e), STR("yes")), .no = is_no(q, e),
        };
        if (m != NULL) {
            list[i].mistake = m->say;
            list[i].described = str_join(q->arena, id, STR("-e"));
        } else if (!label_is_empty(&e->help)) {
            list[i].described = str_join(q->arena, id, STR("-h"));
        }
    }
    p->questions = list;
    p->questions_count = s->eligible_count;
    return NULL;
}

static err noes_fill(struct ask *q, const struct service *s, struct apply_may *p)
{
    struct apply_may_no *list = ARENA_ARRAY(q->arena, s->eligible_count,
                                            struct apply_may_no);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->eligible_count; i++) {
        const struct service_eligible *e = &s->eligible[i];

        if (is_no(q, e)) {
            list[p->noes_count++] = (struct apply_may_no){
                e->ask, e->otherwise, e->turn, url_checked(q->arena, e->turn_url)
            };
        }
    }
    p->noes = list;
    return NULL;
}

static struct page page_of(struct page_crumb *crumbs, struct words title)
{
    return (struct page){ .title = title, .crumbs = crumbs, .crumbs_count = 2,
                          .current = "services.list" };
}

static void crumbs_fill(const struct ask *q, const struct service *s,
                        struct page_crumb *crumbs)
{
    crumbs[0] = (struct page_crumb){ SAY("Services"), link_to(q, "services.list") };
    crumbs[1] = (struct page_crumb){ SAY("{name}", SAY_LABEL("name", &s->name)),
                                     link_to1(q, "services.one", s->key) };
}

err apply_may_page(struct ask *q, struct reply *r, const struct apply_matter *m)
{
    const struct may_wish *w = q->wish;
    struct page_crumb crumbs[2];
    struct page page = page_of(crumbs, SAY("Can you apply?"));
    struct apply_may p = {
        .service = m->service->name,
        .mistakes = shell_mistakes(q),
        .action = link_to1(q, "apply.may", m->service->key),
        .back = link_to1(q, "services.one", m->service->key),
        .aside = apply_aside_of(q, m),
    };

    crumbs_fill(q, m->service, crumbs);
    if (w != NULL && w->refused) {
        page.title = SAY("You cannot apply for this");
        TRY(noes_fill(q, m->service, &p));
    } else {
        TRY(questions_fill(q, m->service, &p));
    }
    return REPLY_VIEW(q, r, &page, apply_may, &p);
}

err apply_show_may(struct ask *q, struct reply *r)
{
    struct apply_matter m;

    TRY(apply_open(q, false, &m));
    if (apply_stands(q, &m).state != SERVICE_OPEN) {
        return apply_show_shut(q, r, &m);
    }
    return apply_may_page(q, r, &m);
}

static err may_check(struct ask *q, struct may_wish *w)
{
    const struct service *s;

    TRY(apply_open(q, false, &w->matter));
    TRY(apply_may_go_on(q, &w->matter));
    s = w->matter.service;
    for (size_t i = 0; i < s->eligible_count; i++) {
        const struct service_eligible *e = &s->eligible[i];

        w->refused = w->refused || is_no(q, e);
        if (!is_no(q, e) && !str_equal(answer_of(q, e), STR("yes"))) {
            mistake_add(&q->mistakes, e->key,
                        SAY("Answer \"{label}\" with yes or no.",
                            SAY_LABEL("label", &e->ask)));
        }
    }
    if (w->refused) {
        mistakes_init(&q->mistakes, q->arena); /* one no is enough */
        return ask_once_more;
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu not answered", q->mistakes.count);
    }
    return NULL;
}

static err may_commit(struct ask *q, struct tx *tx, const struct may_wish *w,
                      struct may_made *made)
{
    return NULL; /* nothing of it is kept */
}

static err may_reply(struct ask *q, struct reply *r, const struct may_made *made)
{
    const struct may_wish *w = q->wish;
    struct url start = link_to1(q, "apply.start", w->matter.service->key);

    return reply_see(q, r, url_with(q, start, "may", STR("yes")));
}

BEATS_OUT(may, apply_may_beats, struct may_wish, struct may_made)

err apply_show_shut(struct ask *q, struct reply *r, const struct apply_matter *m)
{
    struct service_standing stands = apply_stands(q, m);
    const struct service *newest = service_get(q->catalog, m->service->key);
    struct page_crumb crumbs[2];
    struct page page = page_of(crumbs, SAY("Not possible today"));
    struct apply_shut p = {
        .service = m->service->name,
        .standing = service_standing_words(&stands),
        .note = newest != NULL ? newest->status.note : m->service->status.note,
        .back = link_to1(q, "services.one", m->service->key),
        .aside = apply_aside_of(q, m),
    };

    crumbs_fill(q, m->service, crumbs);
    if (m->draft.id != 0) {
        p.kept = SAY("What you typed is kept until {time}.",
                     SAY_TIME("time", m->draft.until_ms));
    }
    return REPLY_VIEW(q, r, &page, apply_shut, &p);
}
