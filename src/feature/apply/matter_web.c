/* matter — which service, which draft, which step; and the small parts that several pages
 * of an application show.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/apply/inside.h"

static const char *cookie_name(const struct ask *q, str service)
{
    return str_z(q->arena, str_format(q->arena, "draft-%.*s-%.*s", STR_ARG(q->agency->key),
                                      STR_ARG(service)));
}

static err draft_find(struct ask *q, bool sent_too, struct apply_matter *m)
{
    str token = ask_cookie(q, cookie_name(q, m->service->key));
    struct apply_draft d;
    err e;

    if (token.len == 0 || token.len > 100) {
        return NULL;
    }
    e = apply_draft_find(q->arena, q->snap, q->keyring, q->agency->id, token, q->now_ms,
                         &d);
    if (e != NULL) {
        return e->kind == ERR_MISSING ? NULL : e;
    }
    if (str_equal(d.service, m->service->key) && (sent_too || d.case_number.len == 0)) {
        m->draft = d;
    }
    return NULL;
}

err apply_open(struct ask *q, bool sent_too, struct apply_matter *ret)
{
    struct apply_matter m = { 0 };

    m.service = q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    if (m.service == NULL || !m.service->online || m.service->depth != DEPTH_FULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("This service cannot be applied for online. Its page "
                 "says how to apply."),
             STR(""), "no service online");
    }
    TRY(draft_find(q, sent_too, &m));
    if (m.draft.id != 0) {
        /* Who began with one version ends with it. */
        m.service = service_get_near(q->catalog, m.service->key, m.draft.version);
    }
    TRY(answers_init(q->arena, &m.service->form, &m.answers));
    if (m.draft.id != 0) {
        TRY(answers_restore(q->arena, &m.answers, m.draft.answers, q->lang));
    }
    TRY(answers_settle(q->arena, &m.answers, q->today));
    *ret = m;
    return NULL;
}

void apply_draft_cookie(struct ask *q, struct reply *r, const struct apply_matter *m)
{
    reply_cookie(q, r, cookie_name(q, m->service->key), m->draft.token, "/",
                 APPLY_DRAFT_MS / 1000);
}

size_t apply_step_from(const struct apply_matter *m, size_t from)
{
    size_t i = from;

    while (i < m->service->form.steps_count &&
           !answers_step_asks(&m->answers, &m->service->form.steps[i])) {
        i++;
    }
    return i;
}

bool apply_step_before(const struct apply_matter *m, size_t before, size_t *ret_step)
{
    for (size_t i = before; i-- > 0;) {
        if (answers_step_asks(&m->answers, &m->service->form.steps[i])) {
            *ret_step = i;
            return true;
        }
    }
    return false;
}

struct url apply_step_link(const struct ask *q, const struct apply_matter *m, size_t step)
{
    const struct form *f = &m->service->form;

    if (step >= f->steps_count) {
        return link_to1(q, "apply.review", m->service->key);
    }
    return link_to2(q, "apply.step", m->service->key, f->steps[step].key);
}

err apply_see_lost(struct ask *q, struct reply *r, const struct apply_matter *m)
{
    struct url u = apply_step_link(q, m, apply_step_from(m, 0));

    return reply_see(q, r, url_with(q, u, "lost", STR("all")));
}

err apply_stubs_fill(struct ask *q, const struct apply_matter *m, size_t here,
                     struct apply_stubs *ret)
{
    size_t count = m->service->form.steps_count;
    struct apply_stub *list = ARENA_ARRAY(q->arena, count + 1, struct apply_stub);
    size_t reached = (size_t)m->draft.reached;
    size_t n = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = apply_step_from(m, 0); i <= count; i = apply_step_from(m, i + 1)) {
        list[n].number = (int64_t)n + 1;
        if (i < count) {
            list[n].title = m->service->form.steps[i].title;
        } else {
            list[n].text = SAY("Check and send");
        }
        list[n].here = i == here;
        list[n].done = i < reached && i != here;
        if (i <= reached && i != here && m->draft.id != 0) {
            list[n].link = apply_step_link(q, m, i);
        }
        n++;
        if (i == count) {
            break;
        }
    }
    *ret = (struct apply_stubs){ list, n };
    return NULL;
}

struct apply_aside apply_aside_of(struct ask *q, const struct service *s)
{
    struct apply_aside p = {
        .limit = service_limit_words(&s->limit),
        .fee = service_fee_words(s),
        .service = link_to1(q, "services.one", s->key),
    };

    p.unit = ask_unit_of(q, s->unit, &p.telephone);
    if (s->telephone.len > 0) {
        p.telephone = s->telephone;
    }
    p.phone_url = url_phone(q->arena, p.telephone);
    return p;
}

struct field_notice apply_notice_of(const struct ask *q, const struct service *s)
{
    return (struct field_notice){
        .office = q->agency->name,
        .purpose = s->purpose,
        .years = s->keep_years,
        .telephone = q->agency->telephone,
    };
}

bool apply_has_consent(const struct form *f)
{
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t n = 0; n < f->steps[i].questions_count; n++) {
            if (f->steps[i].questions[n].type == Q_CONSENT) {
                return true;
            }
        }
    }
    return false;
}
