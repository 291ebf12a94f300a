/* envelope — who sees one, which step may follow, and a step made ready for its commit.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/envelope/envelope.h"

#include "base/arena.h"
#include "host/seal/seal.h"
#include "host/text/text.h"
#include "kernel/envelope/inside.h"

bool envelope_sees_all(const struct actor *who)
{
    const duty_set all = DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) |
                         DUTY(DUTY_COORDINATOR);

    return (actor_serves(who) & all) != 0;
}

bool envelope_may_see(const struct actor *who, const struct envelope *e)
{
    if ((actor_serves(who) & ENVELOPE_DUTIES) == 0) {
        return false;
    }
    if (envelope_sees_all(who) || e->unit == 0 || e->unit == who->unit) {
        return true;
    }
    for (size_t i = 0; i < who->stands_for_count; i++) {
        if (who->stands_for[i].unit == e->unit) {
            return true;
        }
    }
    return false;
}

bool envelope_may_step(const struct envelope *e, enum envelope_step step, bool arrives)
{
    if (e->out != arrives) {
        return false; /* the receiver does them, and they come to the sender */
    }
    switch (step) {
    case ENVELOPE_RECEIVED:
        return e->state == ENVELOPE_SENT || (arrives && e->state == ENVELOPE_ANSWERED);
    case ENVELOPE_REFUSED:
        return e->state == ENVELOPE_SENT || e->state == ENVELOPE_RECEIVED;
    case ENVELOPE_ANSWERED:
        return e->state == ENVELOPE_RECEIVED || (arrives && e->state == ENVELOPE_SENT);
    default:
        return false;
    }
}

struct seal_place envelope_body_place(int64_t agency, int64_t id, enum envelope_step step)
{
    static const char *const column[ENVELOPE_STEPS] = { "body_sent", "body_received",
                                                        "body_refused", "body_answered" };

    return (struct seal_place){ agency, id, "envelope_step", column[step] };
}

/* Seals what will stand in the rows of `agency`. */
static err rows_seal(struct arena *a, const struct keyring *k, struct envelope_post *p,
                     str body)
{
    const struct envelope *e = &p->envelope;
    const struct envelope_message *m = &p->message;

    TRY(seal_close(a, k, envelope_body_place(e->agency, e->id, m->step), body,
                   &p->body_sealed));
    p->hash = seal_sha256(a, body);
    p->lines = ARENA_ARRAY(a, m->persons_count + 1, struct envelope_line);
    if (p->lines == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->persons_count; i++) {
        struct envelope_line *l = &p->lines[i];

        *l = (struct envelope_line){ .envelope = e->id, .person = m->persons[i],
                                     .answered_ms = p->at_ms };
        if (m->step == ENVELOPE_SENT) {
            TRY(envelope_person_seal(a, k, e->agency, l));
        } else {
            TRY(envelope_line_seal(a, k, e->agency, l));
        }
    }
    p->lines_count = m->persons_count;
    return NULL;
}

/* The row of a step sent, out of its words. */
static void row_of_words(struct envelope *e, const struct envelope_message *m)
{
    e->uid = m->uid;
    e->kind = m->kind;
    e->state = ENVELOPE_SENT;
    e->subject = m->subject;
    e->case_number = m->case_number;
    e->persons = (int64_t)m->persons_count;
    e->reply_by = m->reply_by;
    e->sent_ms = m->at_ms;
}

err envelope_prepare(struct arena *a, const struct keyring *k, const struct agency *from,
                     struct envelope_post *p)
{
    struct envelope_message *m = &p->message;
    str body;

    p->own = true;
    m->at_ms = p->at_ms;
    m->from = (struct envelope_party){ from->key, from->name,
                                       seal_public_key(a, k, from->id) };
    m->to = p->envelope.other;
    if (m->step == ENVELOPE_SENT) {
        m->uid = envelope_uid(a, m->from.public_key, p->envelope.id);
        row_of_words(&p->envelope, m);
        p->envelope.out = true;
    } else {
        m->uid = p->envelope.uid;
        m->kind = p->envelope.kind;
    }
    p->carry = p->envelope.other_agency != 0 ? 1 : 2;
    TRY(message_write(a, m, &body));
    TRY(seal_sign(a, k, from->id, body, &p->signature));
    return rows_seal(a, k, p, body);
}

static err not_signed(struct arena *a)
{
    FAIL(a, ERR_INPUT, SAY("The signature is not right: this was changed, or somebody else "
                           "wrote it. Call the other agency."),
         STR("file"), "signature");
}

err envelope_arrival(struct arena *a, struct snap *snap, const struct keyring *k,
                     int64_t to, int64_t id, int64_t other_agency, str body, str signature,
                     str public_key, int64_t now_ms, struct envelope_post *ret,
                     bool *ret_known)
{
    struct envelope_post p = { .signature = signature, .at_ms = now_ms };
    struct envelope_message *m = &p.message;
    bool found;

    if (!seal_signed_by(public_key, body, signature)) {
        return not_signed(a);
    }
    TRY(message_read(a, body, m));
    if (!str_equal(m->from.public_key, public_key)) {
        return not_signed(a);
    }
    if (!str_equal(m->to.public_key, seal_public_key(a, k, to))) {
        FAIL(a, ERR_INPUT, SAY("This envelope is for another agency."), STR("file"),
             "other receiver");
    }
    TRY(envelope_by_uid(a, snap, to, m->uid, m->step, &p.envelope, &found, ret_known));
    if (*ret_known) {
        *ret = p;
        return NULL;
    }
    if (m->step == ENVELOPE_SENT) {
        p.envelope = (struct envelope){ .agency = to, .id = id, .other = m->from,
                                        .other_agency = other_agency };
        row_of_words(&p.envelope, m);
    } else if (!found || !str_equal(p.envelope.other.public_key, public_key)) {
        FAIL(a, ERR_MISSING, SAY("This answers an envelope that was not sent from here."),
             STR("file"), "unknown uid");
    } else if (!envelope_may_step(&p.envelope, m->step, true)) {
        FAIL(a, ERR_CONFLICT, SAY("This envelope has ended already."), STR("file"),
             "%.*s after %.*s", STR_ARG(envelope_step_key[m->step]),
             STR_ARG(envelope_step_key[p.envelope.state]));
    }
    if (m->step != ENVELOPE_SENT && (int64_t)m->persons_count > p.envelope.persons) {
        FAIL(a, ERR_INPUT, SAY("This answers other persons than were asked about."),
             STR("file"), "more persons");
    }
    TRY(rows_seal(a, k, &p, body));
    *ret = p;
    return arena_failed(a) ? err_no_memory : NULL;
}
