/* find_web — what was found in a case, and what became of what a person said is wrong.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/review/review_web.h"
#include "kernel/casefile/casefile.h"

static err case_find(struct ask *q, int64_t id, struct casefile *ret)
{
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
             "not his to see");
    }
    return NULL;
}

/* Nobody reviews what he worked on: who had it, proposed it or decided it. */
static err not_his_own(struct ask *q, const struct casefile *c)
{
    bool own = c->officer == q->actor.staff || c->proposer == q->actor.staff;
    struct case_event *events;
    size_t count;

    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &count));
    for (size_t i = 0; i < count; i++) {
        own = own || (events[i].decides && events[i].actor == q->actor.staff);
    }
    if (own) {
        FAIL(q->arena, ERR_DENIED, SAY("A colleague reviews what you worked on."), STR(""),
             "own case");
    }
    return NULL;
}

static bool was_drawn(const struct review_sheet *s, int64_t id)
{
    for (size_t i = 0; i < s->count; i++) {
        if (s->list[i].id == id) {
            return s->list[i].drawn;
        }
    }
    return false;
}

/* The field of the page is the row's own. */
static err own_field(struct ask *q, const char *name, str id, err e)
{
    if (e == NULL || e->kind != ERR_INPUT) {
        return e;
    }
    str field = str_format(q->arena, "%s-%.*s", name, STR_ARG(id));

    mistakes_init(&q->mistakes, q->arena);
    mistake_add(&q->mistakes, field, e->say);
    return err_make(q->arena, e->kind, e->say, field, e->at, "%.*s", STR_ARG(e->why));
}

static err last_of(struct ask *q, int64_t id, const struct review **ret)
{
    struct review *list;
    size_t count;

    TRY(review_list(q->arena, q->snap, q->keyring, q->agency->id, id, id, &list, &count));
    *ret = count > 0 ? &list[count - 1] : NULL;
    return NULL;
}

struct find_made {
    int64_t id;
};

static err find_check(struct ask *q, struct review *w)
{
    struct review_sheet s;
    struct casefile c;
    const struct review *last;
    int64_t id, turn;
    enum review_outcome outcome;

    if (!id_parse(ask_field(q, "case"), &id) || !str_to_int(ask_field(q, "turn"), &turn) ||
        !review_outcome_from_key(ask_field(q, "outcome"), &outcome)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "form");
    }
    TRY(case_find(q, id, &c));
    TRY(not_his_own(q, &c));
    if (c.decided_ms == 0) {
        FAIL(q->arena, ERR_CONFLICT, SAY("This case is not decided any more."), STR(""),
             "reopened");
    }
    TRY(review_sheet_load(q, day_iso(q->arena, day_at(c.decided_ms)), &s));
    TRY(last_of(q, id, &last));
    *w = (struct review){
        .agency = c.agency,
        .casefile = c.id,
        .turn = turn,
        .outcome = outcome,
        .drawn = was_drawn(&s, c.id),
        .staff = q->actor.staff,
        .at_ms = q->now_ms,
        .unit = c.unit,
        .note = str_trim(ask_field(q, "note")),
        .recorded = SAY(
            "We have looked at your case once more. Please tell us below whether "
            "what we recorded is right."),
    };
    if (!review_may_follow(last, outcome)) {
        FAIL(
            q->arena, ERR_CONFLICT,
            SAY("A colleague has reviewed this case meanwhile. See what was found, then go "
                "on."),
            STR(""), "does not follow");
    }
    return own_field(q, "note", id_text(q->arena, id),
                     review_prepare(q->arena, q->keyring, w, &q->mistakes));
}

static err find_commit(struct ask *q, struct tx *tx, const struct review *w,
                       struct find_made *made)
{
    made->id = w->casefile;
    return review_put(q->arena, tx, w);
}

static err find_reply(struct ask *q, struct reply *r, const struct find_made *made)
{
    struct url page = url_with(q, link_to(q, "review.day"), "day", ask_field(q, "day"));

    page.address = str_format(q->arena, "%.*s#r-%.*s", STR_ARG(page.address),
                              STR_ARG(id_text(q->arena, made->id)));
    return reply_see(q, r, page);
}

BEATS_OUT(find, review_find_beats, struct review, struct find_made)

static err settle_check(struct ask *q, struct review_confirm *w)
{
    struct casefile c;
    bool found;
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(case_find(q, id, &c));
    TRY(review_confirm_of(q->arena, q->snap, q->keyring, c.agency, id, w, &found));
    if (!found || w->answer != ANSWER_WRONG) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "nothing said");
    }
    w->said = STR("");
    w->settled_by = q->actor.staff;
    w->settled_ms = q->now_ms;
    w->corrected = str_equal(ask_field(q, "how"), STR("corrected"));
    w->settled = str_trim(ask_field(q, "settled"));
    return own_field(q, "settled", id_text(q->arena, id),
                     review_confirm_prepare(q->arena, q->keyring, w, &q->mistakes));
}

static err settle_commit(struct ask *q, struct tx *tx, const struct review_confirm *w,
                         struct find_made *made)
{
    made->id = w->casefile;
    return review_settle(q->arena, tx, w);
}

static err settle_reply(struct ask *q, struct reply *r, const struct find_made *made)
{
    return reply_see(q, r, link_to(q, "review.day"));
}

BEATS_OUT(settle, review_settle_beats, struct review_confirm, struct find_made)
