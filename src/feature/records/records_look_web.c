/* records_look_web — what was found in a drawn reading: in order, or the reader is asked.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/records/records_store.h"
#include "feature/records/records_web.h"

#define NOTE_SIGNS 300

static const struct case_reading *drawn_one(const struct records_drawn *m, int64_t seq)
{
    for (size_t i = 0; i < m->places_count; i++) {
        if (m->readings[m->places[i]].seq == seq) {
            return &m->readings[m->places[i]];
        }
    }
    return NULL;
}

/* Only what was drawn, and never one's own. */
static err check_reading(struct ask *q, int64_t seq)
{
    struct records_drawn m;
    const struct case_reading *r;

    TRY(records_load(q, ask_field(q, "month"), &m));
    r = drawn_one(&m, seq);
    if (r == NULL) {
        FAIL(q->arena, ERR_MISSING, SAY("This reading is not among those drawn."), STR(""),
             "seq %lld", (long long)seq);
    }
    if (r->staff == q->actor.staff) {
        FAIL(q->arena, ERR_DENIED,
             SAY("This was your own reading. Your deputy looks at it."), STR(""),
             "own reading");
    }
    return NULL;
}

static err check_note(struct ask *q, const struct look *l)
{
    str field = str_format(q->arena, "note-%lld", (long long)l->seq);

    if (!l->in_order && str_is_empty(l->note)) {
        FAIL(q->arena, ERR_INPUT, SAY("Write what the reader is asked."), field, "no note");
    }
    if (str_points(l->note) > NOTE_SIGNS) {
        FAIL(q->arena, ERR_INPUT, SAY("The note may have at most {max} characters.",
             SAY_NUMBER("max", NOTE_SIGNS)), field, "too long");
    }
    return NULL;
}

struct look_made {
    int64_t seq;
};

static err look_check(struct ask *q, struct look *ret_wish)
{
    str outcome = ask_field(q, "outcome");

    *ret_wish = (struct look){
        .agency = q->agency->id,
        .in_order = str_equal(outcome, STR("in_order")),
        .staff = q->actor.staff,
        .at_ms = q->now_ms,
        .note = str_trim(ask_field(q, "note")),
    };
    if (!str_to_int(ask_field(q, "reading"), &ret_wish->seq) ||
        !str_to_int(ask_field(q, "turn"), &ret_wish->turn) ||
        (!ret_wish->in_order && !str_equal(outcome, STR("ask")))) {
        FAIL(q->arena, ERR_MISSING, SAY("This reading is not among those drawn."), STR(""),
             "form");
    }
    TRY(check_reading(q, ret_wish->seq));
    TRY(check_note(q, ret_wish));
    return look_seal(q->arena, q->keyring, ret_wish);
}

static err look_commit(struct ask *q, struct tx *tx, const struct look *wish,
                       struct look_made *ret_made)
{
    ret_made->seq = wish->seq;
    return look_put(q->arena, tx, wish);
}

/* Back to the very row. */
static err look_reply(struct ask *q, struct reply *r, const struct look_made *made)
{
    struct url page = url_with(q, link_to(q, "records.month"), "month",
                               ask_field(q, "month"));

    page.address = str_format(q->arena, "%.*s#r-%lld", STR_ARG(page.address),
                              (long long)made->seq);
    return reply_see(q, r, page);
}

BEATS_OUT(look, records_look_beats, struct look, struct look_made)
