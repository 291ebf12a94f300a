/* review — all answers once more, and sending them: the application becomes a case.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/guard/owner.h"
#include "desk/reply.h"
#include "desk/upload/upload.h"
#include "feature/apply/inside.h"
#include "kernel/casefile/receive/case_agent.h"
#include "kernel/casefile/receive/receive.h"
#include "kernel/once/once.h"
#include "host/seal/seal.h"

#include "apply_review.view.h"

/* ---- showing ---- */

static err part_fill(struct ask *q, const struct apply_matter *m, size_t at,
                     struct apply_part *ret)
{
    const struct form_step *step = &m->service->form.steps[at];
    struct apply_line *lines = ARENA_ARRAY(q->arena, step->questions_count,
                                           struct apply_line);
    size_t count = 0;

    if (lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct answer *x = answers_of(&m->answers, step->questions[i].key);

        if (x == NULL || !x->visible || x->question->type == Q_NOTE) {
            continue;
        }
        lines[count].label = x->question->label;
        lines[count].text = answer_text(q->arena, x, q->lang, false);
        lines[count].drawn = answer_strokes(q->arena, x);
        if (lines[count].text.len == 0) {
            lines[count].empty = SAY("Not answered");
        }
        count++;
    }
    *ret = (struct apply_part){ .title = step->title, .change = apply_step_link(q, m, at),
                                .lines = lines, .lines_count = count };
    return NULL;
}

static err parts_fill(struct ask *q, const struct apply_matter *m, struct apply_review *p)
{
    size_t all = m->service->form.steps_count;
    struct apply_part *parts = ARENA_ARRAY(q->arena, all, struct apply_part);

    if (parts == NULL) {
        return err_no_memory;
    }
    for (size_t i = apply_step_from(m, 0); i < all; i = apply_step_from(m, i + 1)) {
        TRY(part_fill(q, m, i, &parts[p->parts_count]));
        p->parts_count++;
    }
    p->parts = parts;
    return NULL;
}

/* The fee by the answers; nothing where there is none. */
static err fees_fill(struct ask *q, const struct apply_matter *m, struct apply_review *p)
{
    const struct service_matter matter = { m->service, &m->answers, WAY_ONLINE, q->today };
    struct service_fee_total total;
    struct apply_fee *list;

    TRY(service_fee_total(q->arena, &matter, NULL, 0, &total));
    list = ARENA_ARRAY(q->arena, total.lines_count, struct apply_fee);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < total.lines_count; i++) {
        const struct service_fee_line *line = &total.lines[i];

        list[i].what = line->fee->what;
        list[i].dollars = SAY("{fee}", SAY_MONEY("fee", line->dollars));
        if (line->times > 1) {
            list[i].times = SAY("{count} × {fee}", SAY_NUMBER("count", line->times),
                                SAY_MONEY("fee", line->fee->dollars));
        }
        if (line->waiver != NULL) {
            list[i].waiver = line->waiver->what;
        }
    }
    p->fees = list;
    p->fees_count = total.lines_count;
    p->total = SAY("{fee}", SAY_MONEY("fee", total.dollars));
    return NULL;
}

static bool step_asks_for(const struct form_step *step, str field)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        str key = step->questions[i].key;

        if (str_starts(field, key) && (field.len == key.len || field.at[key.len] == '.')) {
            return true;
        }
    }
    return false;
}

/* Here a mistake leads to the step that asks for it. */
static struct shell_mistakes mistakes_far(struct ask *q, const struct apply_matter *m,
                                          const struct mistakes *found)
{
    struct shell_mistake *list = ARENA_ARRAY(q->arena, found->count, struct shell_mistake);
    struct shell_mistakes s = { .list = list };
    const struct form *f = &m->service->form;

    for (const struct mistake *x = found->first; list != NULL && x != NULL; x = x->next) {
        struct shell_mistake *one = &list[s.list_count++];

        one->say = x->say;
        for (size_t i = 0; i < f->steps_count; i++) {
            if (x->field.len > 0 && step_asks_for(&f->steps[i], x->field)) {
                one->anchor.address = str_format(q->arena, "%.*s#f-%.*s",
                                                 STR_ARG(apply_step_link(q, m, i).address),
                                                 STR_ARG(x->field));
            }
        }
        if (str_starts(x->field, STR("agent_"))) {
            one->anchor.address = str_join(q->arena, STR("#f-"), x->field);
        }
    }
    s.count = (int64_t)s.list_count;
    s.any = s.list_count > 0;
    return s;
}

static void agent_fill(struct ask *q, const struct service *s, struct apply_review *p)
{
    p->may_agent = service_takes_agent(s);
    p->by_agent = ask_field(q, "agent").len > 0;
    p->agent_says = s->agent;
    p->agent_name = entry_of(q, "agent_name", &SAY("Your name"), NULL, STR(""));
    p->agent_relation = entry_of(q, "agent_relation", &SAY("What you are to the applicant"),
                                 NULL, STR(""));
    p->agent_authority =
        entry_of(q, "agent_authority", &SAY("Number or date of the letter of attorney"),
                 NULL, STR(""));
    p->agent_telephone = entry_of(q, "agent_telephone", &SAY("Your telephone"), NULL,
                                  STR(""));
    p->agent_authority.optional = p->agent_telephone.optional = true;
}

err apply_show_review(struct ask *q, struct reply *r)
{
    struct apply_matter m;
    struct mistakes found;
    size_t all, before = 0;

    TRY(apply_open(q, true, &m));
    if (m.draft.case_number.len > 0) {
        return reply_see(q, r, link_to1(q, "follow.receipt", m.draft.case_number));
    }
    if (m.draft.id == 0) {
        return apply_see_lost(q, r, &m);
    }
    if (apply_stands(q, &m).state != SERVICE_OPEN) {
        return apply_show_shut(q, r, &m);
    }
    all = m.service->form.steps_count;
    if ((size_t)m.draft.reached < all) {
        size_t next = apply_step_from(&m, (size_t)m.draft.reached);

        return reply_see(q, r, apply_step_link(q, &m, next));
    }
    struct page_crumb crumbs[] = {
        { SAY("Services"), link_to(q, "services.list") },
        { SAY("{name}", SAY_LABEL("name", &m.service->name)),
          link_to1(q, "services.one", m.service->key) },
    };
    struct page page = { .title = SAY("Check your answers"), .crumbs = crumbs,
                         .crumbs_count = 2, .current = "services.list" };
    struct apply_review p = {
        .service = m.service->name,
        .action = link_to1(q, "apply.send", m.service->key),
        .aside = apply_aside_of(q, &m),
    };

    agent_fill(q, m.service, &p);
    mistakes_init(&found, q->arena);
    TRY(answers_check(q->arena, &m.answers, q->today, &found));
    p.mistakes = mistakes_far(q, &m, found.count > 0 ? &found : &q->mistakes);
    (void)apply_step_before(&m, all, &before);
    p.back = apply_step_link(q, &m, before);
    TRY(apply_stubs_fill(q, &m, all, &p.stubs));
    TRY(parts_fill(q, &m, &p));
    if (found.count == 0) {
        TRY(fees_fill(q, &m, &p));
    }
    return REPLY_VIEW(q, r, &page, apply_review, &p);
}

/* ---- sending ---- */

struct send_wish {
    struct apply_matter matter;
    struct case_wish wish;
    struct case_agent agent; /* name "": he applies himself */
};

/* The draft is the token: sent twice, it gives the first receipt. */
static str send_token(struct ask *q, const struct send_wish *w)
{
    return seal_token_hash(q->arena, q->keyring, "draft_sent",
                           id_text(q->arena, w->matter.draft.id));
}

/* Who fills this in for somebody else says so as he sends it. */
static void agent_read(struct ask *q, struct send_wish *w)
{
    if (!service_takes_agent(w->matter.service) || ask_field(q, "agent").len == 0) {
        return;
    }
    w->agent = (struct case_agent){
        .name = ask_field(q, "agent_name"), .relation = ask_field(q, "agent_relation"),
        .authority = ask_field(q, "agent_authority"),
        .telephone = ask_field(q, "agent_telephone"),
    };
    case_agent_check(&w->agent, &q->mistakes);
}

static err send_check(struct ask *q, struct send_wish *w)
{
    const struct unit *units;
    size_t units_count;

    TRY(apply_open(q, true, &w->matter));
    if (w->matter.draft.id == 0) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("What you typed is no longer here: it is kept for 24 "
                 "hours. Please begin again."),
             STR(""), "no draft to send");
    }
    if (w->matter.draft.case_number.len > 0) {
        /* Sent already: what holds today no longer matters to it. */
        w->wish = (struct case_wish){ .agency = q->agency->id, .now_ms = q->now_ms,
                                      .idempotency = send_token(q, w) };
        TRY(casefile_came_before(q->arena, q->snap, &w->wish));
        if (!w->wish.came_before) {
            FAIL(q->arena, ERR_CONFLICT,
                 SAY("This has been sent already, as case {number}.",
                     SAY_TEXT("number", w->matter.draft.case_number)),
                 STR(""), "taken in at the counter");
        }
        return NULL;
    }
    TRY(apply_may_go_on(q, &w->matter));
    TRY(answers_check(q->arena, &w->matter.answers, q->today, &q->mistakes));
    TRY(upload_prove(q, &w->matter.answers, false)); /* A draft goes on longer than it. */
    agent_read(q, w);
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field,
             "%zu mistakes", q->mistakes.count);
    }
    units = ask_units(q, &units_count);
    TRY(casefile_prepare(q->arena, q->keyring, q->ids, q->catalog, q->calendar,
                            q->agency, units, units_count, w->matter.service,
                            &w->matter.answers, CHANNEL_ONLINE, q->now_ms, send_token(q, w),
                            &w->wish));
    return w->agent.name.len == 0 ? NULL
                                  : case_agent_seal(q->arena, q->keyring, q->agency->id,
                                                    w->wish.id, &w->agent);
}

static err send_commit(struct ask *q, struct tx *tx, const struct send_wish *w,
                       struct case_receipt *made)
{
    TRY(casefile_receive(q->arena, tx, q->keyring, &w->wish, made));
    if (w->agent.name.len > 0 && !made->again) {
        TRY(case_agent_put(q->arena, tx, q->agency->id, made->id, 0, q->now_ms, &w->agent));
    }
    TRY(draft_sent(q->arena, tx, q->agency->id, w->matter.draft.id, made->number));
    return w->matter.draft.code.len == 0 || made->again
               ? NULL
               : once_back(q->arena, tx, &q->actor, q->now_ms, w->matter.draft.id,
                           ONCE_BACK_ONLINE, made->id);
}

static err send_reply(struct ask *q, struct reply *r, const struct case_receipt *made)
{
    const struct send_wish *w = q->wish;

    for (size_t i = 0; !made->again && i < w->wish.files_count; i++) {
        upload_keep(q, w->wish.files[i].file);
    }
    owner_cookie(q, r, made->number, made->code);
    return reply_see(q, r, link_to1(q, "follow.receipt", made->number));
}

BEATS_OUT(send, apply_send_beats, struct send_wish, struct case_receipt)
