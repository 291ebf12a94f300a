/* tap_web — the citizen taps a face: on the progress page, or at pickup on a screen that is
 * turned to him.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/guard/owner.h"
#include "desk/reply.h"
#include "feature/feelings/feelings_store.h"
#include "feature/feelings/feelings_view.h"
#include "feature/feelings/feelings_web.h"
#include "feelings_ask.view.h"
#include "feelings_case.view.h"
#include "feelings_progress.view.h"
#include "kernel/casefile/casefile.h"

static err faces_of(struct ask *q, int chosen, struct feelings_faces *p)
{
    struct feelings_face *list = ARENA_ARRAY(q->arena, FACES, struct feelings_face);

    if (list == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < FACES; i++) {
        int face = FACES - i;

        list[i] = (struct feelings_face){ face, words_of(face_name[face]), face_mouth[face],
                                          face == chosen };
    }
    p->faces = list;
    p->faces_count = FACES;
    p->word = ask_field(q, "word");
    p->word_error = shell_mistake_of(q, "word");
    p->word_bad = p->word_error.id != NULL;
    return NULL;
}

static err case_here(struct ask *q, struct casefile *ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""),
             "not his to see");
    }
    return NULL;
}

/* At the step that the case is at, as the public sees it. */
static str step_of(const struct casefile *c)
{
    return case_state_key[case_state_outside(c->state)];
}

err feelings_ask_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("How did it feel?"), .current = "follow.ask" };
    struct feelings_ask p = { .mistakes = shell_mistakes(q) };
    struct casefile c;
    str code;

    TRY(owner_case(q, &c, &code));
    p.faces.to = link_to1(q, "feelings.tap", c.number);
    p.back = link_to1(q, "follow.progress", c.number);
    TRY(faces_of(q, 0, &p.faces));
    return REPLY_VIEW(q, r, &page, feelings_ask, &p);
}

err feelings_pickup_show(struct ask *q, struct reply *r)
{
    const struct page page = { .title = SAY("How did it feel?"), .on_hall_screen = true,
                               .current = "casework.worklist" };
    struct feelings_ask p = { .mistakes = shell_mistakes(q), .pickup = true };
    struct casefile c;

    TRY(case_here(q, &c));
    p.thanks = q->method == GET && str_equal(ask_param(q, "thanks"), STR("1"));
    p.faces.to = link_to1(q, "feelings.pickup_tap", id_text(q->arena, c.id));
    p.faces.form_token = q->session.form_token;
    p.back = link_to1(q, "casework.one", id_text(q->arena, c.id));
    TRY(faces_of(q, 0, &p.faces));
    return REPLY_VIEW(q, r, &page, feelings_ask, &p);
}

struct tap_made {
    int64_t id;
    str number;
};

static err tap_read(struct ask *q, const struct casefile *c, bool pickup, struct feeling *f)
{
    *f = (struct feeling){
        .agency = c->agency, .id = ask_new_id(q), .casefile = c->id, .unit = c->unit,
        .number = c->number, .step = step_of(c), .pickup = pickup, .service = c->service,
        .word = str_trim(ask_field(q, "word")), .at_ms = q->now_ms,
    };
    if (!face_read(ask_field(q, "face"), &f->face)) {
        mistake_add(&q->mistakes, STR("face"), SAY("Choose one of the five faces."));
    }
    if (str_points(f->word) > FEELING_WORD_SIGNS) {
        mistake_add(&q->mistakes, STR("word"), SAY("At most {max} characters, please.",
                                                   SAY_NUMBER("max", FEELING_WORD_SIGNS)));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "tap");
    }
    return feeling_seal(q->arena, q->keyring, f);
}

static err tap_check(struct ask *q, struct feeling *f)
{
    struct casefile c;
    str code;

    TRY(owner_case(q, &c, &code));
    return tap_read(q, &c, false, f);
}

static err tap_commit(struct ask *q, struct tx *tx, const struct feeling *f,
                      struct tap_made *made)
{
    *made = (struct tap_made){ f->casefile, f->number };
    return feeling_put(q->arena, tx, f);
}

static err tap_reply(struct ask *q, struct reply *r, const struct tap_made *made)
{
    struct url to = link_to1(q, "follow.progress", made->number);

    to.address = str_join(q->arena, to.address, STR("#feeling"));
    return reply_see(q, r, to);
}

BEATS_OUT(tap, feelings_tap_beats, struct feeling, struct tap_made)

static err pickup_check(struct ask *q, struct feeling *f)
{
    struct casefile c;

    TRY(case_here(q, &c));
    return tap_read(q, &c, true, f);
}

static err pickup_commit(struct ask *q, struct tx *tx, const struct feeling *f,
                         struct tap_made *made)
{
    return tap_commit(q, tx, f, made);
}

static err pickup_reply(struct ask *q, struct reply *r, const struct tap_made *made)
{
    return reply_see(q, r,
                     url_with(q,
                              link_to1(q, "feelings.pickup", id_text(q->arena, made->id)),
                              "thanks", STR("1")));
}

BEATS_OUT(pickup, feelings_pickup_beats, struct feeling, struct tap_made)

err feelings_progress_panel(struct ask *q, const struct panel_about *about,
                            struct html *ret)
{
    const struct casefile *c = about->thing;
    struct feelings_faces p = { .to = link_to1(q, "feelings.tap", c->number) };
    struct feeling f = { 0 };

    TRY(feeling_of_step(q->arena, q->snap, c->agency, c->id, step_of(c), &f, &p.given));
    if (p.given) {
        p.given_name = words_of(face_name[f.face]);
    }
    TRY(faces_of(q, f.face, &p));
    return PANEL_VIEW(q, ret, feelings_progress, &p);
}

/* While there is something to hand over, or it has just been. */
err feelings_case_panel(struct ask *q, const struct panel_about *about, struct html *ret)
{
    const struct casefile *c = about->thing;
    struct feelings_case p = {
        .ask = link_to1(q, "feelings.pickup", id_text(q->arena, c->id)),
    };

    if (c->state != CASE_DECIDED && c->state != CASE_ISSUED && c->state != CASE_COLLECTED) {
        return NULL;
    }
    return PANEL_VIEW(q, ret, feelings_case, &p);
}
