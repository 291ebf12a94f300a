/* ask_web — the person says whether what was recorded is right; and the panel of staff.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/guard/owner.h"
#include "desk/reply.h"
#include "feature/review/review_view.h"
#include "feature/review/review_web.h"
#include "kernel/casefile/reading/reading.h"
#include "review_ask.view.h"
#include "review_ask_page.view.h"
#include "review_case.view.h"

static void answered_fill(const struct review_confirm *c, struct review_ask *p)
{
    p->wrong = c->answer == ANSWER_WRONG;
    p->settled = c->settled_by != 0;
    p->answered = p->wrong ? SAY("You told us on {time} that something is wrong. We look "
                                 "into it.", SAY_TIME("time", c->answered_ms))
                           : SAY("You confirmed on {time} that it is right. Thank you.",
                                 SAY_TIME("time", c->answered_ms));
    p->settled_words = c->corrected ? SAY("It has been corrected. Thank you.")
                                    : SAY("We looked into it and it was right. Call us if "
                                          "you see it otherwise.");
}

static struct review_ask ask_of(struct ask *q, const struct casefile *c,
                                const struct review_confirm *k)
{
    struct review_ask p = {
        .to = link_to1(q, "review.answer", c->number),
        .result = words_of(case_state_public_name[case_state_outside(c->state)]),
        .document = c->document_number,
        .has_document = c->document_number.len > 0,
        .open = k->answer == ANSWER_NONE,
        .said = ask_field(q, "said"),
        .said_error = shell_mistake_of(q, "said"),
    };

    p.bad = p.said_error.id != NULL;
    if (!p.open) {
        answered_fill(k, &p);
    }
    return p;
}

err review_progress_panel(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    struct review_confirm k;
    struct review_ask p;
    bool found;

    TRY(review_confirm_of(q->arena, q->snap, q->keyring, c->agency, c->id, &k, &found));
    if (!found) {
        return NULL;
    }
    p = ask_of(q, c, &k);
    return PANEL_VIEW(q, ret, review_ask, &p);
}

static err owner_load(struct ask *q, struct casefile *c, struct review_confirm *k)
{
    bool found;
    str code;

    TRY(owner_case(q, c, &code));
    TRY(review_confirm_of(q->arena, q->snap, q->keyring, c->agency, c->id, k, &found));
    if (!found) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "not asked");
    }
    return NULL;
}

err review_ask_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("Your confirmation"), .current = "follow.ask" };
    struct review_ask_page p = { .mistakes = shell_mistakes(q) };
    struct review_confirm k;
    struct casefile c;

    TRY(owner_load(q, &c, &k));
    p.ask = ask_of(q, &c, &k);
    p.back = link_to1(q, "follow.progress", c.number);
    return REPLY_VIEW(q, r, &page, review_ask_page, &p);
}

struct answer_made {
    str number;
};

static err answer_check(struct ask *q, struct review_confirm *w)
{
    struct casefile c;

    TRY(owner_load(q, &c, w));
    w->answer = str_equal(ask_field(q, "answer"), STR("right")) ? ANSWER_RIGHT
                                                                : ANSWER_WRONG;
    w->answered_ms = q->now_ms;
    w->settled_by = 0;
    w->said = w->answer == ANSWER_WRONG ? str_trim(ask_field(q, "said")) : STR("");
    return review_confirm_prepare(q->arena, q->keyring, w, &q->mistakes);
}

static err answer_commit(struct ask *q, struct tx *tx, const struct review_confirm *w,
                         struct answer_made *made)
{
    made->number = w->number;
    return review_answer(q->arena, tx, w);
}

static err answer_reply(struct ask *q, struct reply *r, const struct answer_made *made)
{
    struct url to = link_to1(q, "follow.progress", made->number);

    to.address = str_join(q->arena, to.address, STR("#confirm"));
    return reply_see(q, r, to);
}

BEATS_OUT(answer, review_answer_beats, struct review_confirm, struct answer_made)

/* ---- staff ---- */

static err found_of(struct ask *q, const struct casefile *c, struct review_case_panel *p)
{
    struct review *list;
    struct review_found *found;
    size_t count;

    TRY(review_list(q->arena, q->snap, q->keyring, c->agency, c->id, c->id, &list, &count));
    found = ARENA_ARRAY(q->arena, count + 1, struct review_found);
    if (found == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        struct staff s;

        TRY(staff_by_id(q->arena, q->snap, c->agency, list[i].staff, q->today, &s));
        found[i] = (struct review_found){
            .outcome = words_of(review_outcome_name[list[i].outcome]),
            .tone = review_tone(list[i].outcome), .who = s.name,
            .at = review_moment(q, list[i].at_ms), .note = list[i].note,
        };
    }
    p->found = found;
    p->found_count = count;
    return NULL;
}

static struct words confirm_words(const struct review_confirm *k)
{
    switch (k->answer) {
    case ANSWER_RIGHT:
        return SAY("The person confirmed on {time} that it is right.",
                   SAY_TIME("time", k->answered_ms));
    case ANSWER_WRONG:
        return SAY("The person told us on {time} that something is wrong.",
                   SAY_TIME("time", k->answered_ms));
    default:
        return SAY("The person was asked on {time}, and has not answered yet.",
                   SAY_TIME("time", k->asked_ms));
    }
}

/* What the person wrote is personal: open while the case is. */
err review_case_panel_show(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    struct review_case_panel p = { 0 };
    struct review_confirm k = { 0 };
    bool asked, shown;

    TRY(found_of(q, c, &p));
    TRY(review_confirm_of(q->arena, q->snap, q->keyring, c->agency, c->id, &k, &asked));
    if (p.found_count == 0 && !asked) {
        return NULL;
    }
    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &shown));
    if (asked) {
        p.confirm = confirm_words(&k);
        p.hidden = k.said.len > 0 && !shown;
        p.has_said = k.said.len > 0 && shown;
        p.said = k.said;
        p.has_settled = k.settled.len > 0 && shown;
        p.settled = k.settled;
    }
    return PANEL_VIEW(q, ret, review_case, &p);
}
