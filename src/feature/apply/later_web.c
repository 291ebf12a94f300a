/* later — going on another day or elsewhere: a draft with a code, at home or at the
 * counter.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "desk/ask.h"
#include "desk/guard/limit.h"
#include "desk/reply.h"
#include "feature/apply/inside.h"
#include "host/qr/qr.h"

#include "apply_draft.view.h"
#include "apply_later.view.h"

#define MINUTE_MS 60000
#define TOO_MANY 429

/* ---- the code ---- */

err apply_show_later(struct ask *q, struct reply *r)
{
    struct apply_matter m;
    struct page_crumb crumbs[1];
    struct page page = { .title = SAY("Go on later"), .crumbs = crumbs, .crumbs_count = 1,
                         .current = "services.list" };
    str address;
    int side = 0;

    TRY(apply_open(q, false, &m));
    if (m.draft.id == 0) {
        return apply_see_lost(q, r, &m);
    }
    if (m.draft.code.len == 0) {
        return reply_see(q, r, apply_step_link(q, &m, apply_step_from(&m, 0)));
    }
    crumbs[0] = (struct page_crumb){ SAY("{name}", SAY_LABEL("name", &m.service->name)),
                                     link_to1(q, "services.one", m.service->key) };
    struct apply_later p = {
        .office = q->agency->name,
        .service = m.service->name,
        .code = draft_code_text(q->arena, m.draft.code),
        .until = SAY("{time}", SAY_TIME("time", m.draft.until_ms)),
        .go_on = apply_go_on_link(q, &m),
        .address = q->agency->address,
        .telephone = q->agency->telephone,
    };

    p.page = url_absolute(q, link_to(q, "apply.draft"));
    /* Behind the #: it never reaches a server, and no log. */
    address = str_format(q->arena, "%.*s#%.*s", STR_ARG(p.page), STR_ARG(p.code));
    TRY(qr_path(q->arena, address, &p.qr_path, &side));
    p.qr_side = side;
    return REPLY_VIEW(q, r, &page, apply_later, &p);
}

struct url apply_go_on_link(const struct ask *q, const struct apply_matter *m)
{
    size_t reached = (size_t)m->draft.reached;

    return apply_step_link(q, m, apply_step_from(m, reached));
}

/* ---- and back with it ---- */

struct draft_wish {
    struct draft draft;
    str code;
};
struct draft_made {
    char nothing;
};

err apply_show_draft(struct ask *q, struct reply *r)
{
    struct page page = { .title = SAY("Go on with an application"), .asks = true,
                         .current = "services.list" };
    struct apply_draft_page p = {
        .mistakes = shell_mistakes(q),
        .action = link_to(q, "apply.draft_open"),
        .code = str_slice(q->method == POST ? ask_field(q, "code") : STR(""), 0, 60),
        .mistake = shell_mistake_of(q, "code"),
        .telephone = q->agency->telephone,
    };

    if (q->method == POST && ask_limit_wait_ms(q, STR("draft")) > 0) {
        reply_status(r, TOO_MANY);
    }
    return REPLY_VIEW(q, r, &page, apply_draft, &p);
}

static err draft_check(struct ask *q, struct draft_wish *w)
{
    int64_t wait = ask_limit_wait_ms(q, STR("draft"));
    str code = ask_field(q, "code");
    err e;

    if (wait > 0) {
        FAIL(q->arena, ERR_INPUT,
             SAY("There were too many wrong tries. Wait {minutes} minutes and "
                 "try again, or call us.",
                 SAY_NUMBER("minutes", wait / MINUTE_MS + 1)),
             STR("code"), "limit");
    }
    if (code.len == 0) {
        FAIL(q->arena, ERR_INPUT, SAY("Enter the code of your draft."), STR("code"),
             "empty");
    }
    e = draft_by_code(q->arena, q->snap, q->keyring, q->agency->id, code, q->now_ms,
                      &w->draft);
    if (e != NULL && e->kind == ERR_MISSING) {
        ask_limit_note(q, STR("draft"));
        FAIL(q->arena, ERR_INPUT,
             SAY("There is no draft with this code. It may have ended."), STR("code"),
             "no such draft");
    }
    return e;
}

static err draft_commit(struct ask *q, struct tx *tx, const struct draft_wish *w,
                        struct draft_made *made)
{
    return NULL; /* it is only found; its time begins anew when it is saved */
}

static err draft_reply(struct ask *q, struct reply *r, const struct draft_made *made)
{
    const struct draft_wish *w = q->wish;
    struct apply_matter m = { .draft = w->draft };

    m.service = service_get_near(q->catalog, w->draft.service, w->draft.version);
    if (m.service == NULL) {
        return reply_see(q, r, link_to(q, "services.list"));
    }
    m.draft.token = w->draft.code;
    apply_draft_cookie(q, r, &m);
    if (w->draft.case_number.len > 0) {
        return reply_see(q, r, link_to1(q, "follow.receipt", w->draft.case_number));
    }
    TRY(answers_init(q->arena, &m.service->form, &m.answers));
    TRY(answers_restore(q->arena, &m.answers, w->draft.answers, q->lang));
    TRY(answers_settle(q->arena, &m.answers, q->today));
    return reply_see(q, r, apply_go_on_link(q, &m));
}

BEATS_OUT(draft, apply_draft_beats, struct draft_wish, struct draft_made)
