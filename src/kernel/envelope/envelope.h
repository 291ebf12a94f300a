/* envelope — what goes from agency to agency, signed; nothing else crosses.
 *
 *   sender    sent ───────────────▶ received ─▶ answered        each step: words signed by
 *   receiver sent ─▶ received ──────────────▶ answered who does it, an event in the
 *                  └▶ refused (reason)                          chains of both agencies
 *
 * A step is done in one commit of the agency that does it, and brought to the other in a
 * commit of its own: exactly once by the uid, and by a job where the process died between.
 * Between installations a file is brought instead, sealed to the receiver's key; both sides
 * have compared their keys once (partners). message.h holds the words.
 *
 * Content is personal: sealed, opened by envelope_reading, which is an event first.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_ENVELOPE_H
#define BIANMIN_KERNEL_ENVELOPE_H

#include "kernel/envelope/message.h"
#include "kernel/party/party.h"

struct keyring;
struct store;
struct snap;
struct tx;
struct query_list;
extern const struct query_list envelope_queries, envelope_line_queries,
    envelope_partner_queries, envelope_case_queries;

struct envelope {
    int64_t agency, id;
    str uid;
    bool out;
    enum envelope_kind kind;
    enum envelope_step state;
    int64_t other_agency; /* 0: of another installation */
    struct envelope_party other;
    int64_t unit;     /* who works on it here; 0: nobody has taken it */
    int64_t casefile; /* of ours; 0 none */
    str subject, case_number; /* case_number: the sender's */
    int64_t persons;
    day reply_by;     /* DAY_NONE: not said */
    int64_t sent_ms, ended_ms, changes;
    bool unread;      /* an answer or refusal came back; nobody has taken note of it */
};
#define ENVELOPE_DUTIES                                               \
    (DUTY(DUTY_OFFICER) | DUTY(DUTY_VILLAGE) | DUTY(DUTY_UNIT_HEAD) | \
     DUTY(DUTY_DISPATCHER) | DUTY(DUTY_SECRETARY) | DUTY(DUTY_HEAD) | \
     DUTY(DUTY_COORDINATOR))
/* His unit works on it, nobody has taken it, or he sees all. */
bool envelope_sees_all(const struct actor *who);
bool envelope_may_see(const struct actor *who, const struct envelope *e);
/* May this step follow? By who does it (`arrives` false), or as it was brought: by file an
 * answer may come before the receipt. */
bool envelope_may_step(const struct envelope *e, enum envelope_step step, bool arrives);

/* One step with all that belongs to it, made before the commit. */
struct envelope_line {
    int64_t envelope;
    struct envelope_person
        person; /* open; in lists without `open` only masked and result */
    str masked, sealed, blind, answer_sealed;
    int64_t answered_by, answered_ms;
};
struct envelope_post {
    struct envelope envelope;
    struct envelope_message message;
    bool own;
    int64_t staff; /* own */
    int64_t unit;  /* received: who takes it; 0 no change */
    int64_t casefile;
    int64_t at_ms;
    str body_sealed, signature, hash;
    int carry;
    struct envelope_line *lines;
    size_t lines_count;
};
/* check: signs what `post->message` says for `from`, seals it, and its lines. Filled by the
 * caller: envelope.agency .id .out .other_agency .other .unit .casefile; message all but
 * uid, from; staff, at_ms. A step other than sent: `envelope` as it was loaded. */
MUST_CHECK err envelope_prepare(struct arena *a, const struct keyring *k,
                                const struct agency *from, struct envelope_post *post);
/* check, or the job: what was brought to the agency `to`, proved and sealed anew. `id` is
 * that of the row for a step sent. `*ret_known` true: it is here already, nothing is to be
 * done. Fails: ERR_INPUT (no words of ours; not signed by that key; not for us),
 * ERR_CONFLICT (the step cannot follow), ERR_MISSING (an answer to what we never sent). */
MUST_CHECK err envelope_arrival(struct arena *a, struct snap *snap, const struct keyring *k,
                                int64_t to, int64_t id, int64_t other_agency, str body,
                                str signature, str public_key, int64_t now_ms,
                                struct envelope_post *ret, bool *ret_known);
/* Commit: row or change of it, step, lines, event. Own: ERR_CONFLICT when a colleague was
 * faster. Brought: a second time changes nothing. */
MUST_CHECK err envelope_step_put(struct arena *a, struct tx *tx,
                                 const struct envelope_post *post);

/* What came in, no query, and is no case here yet. */
bool envelope_may_become_case(const struct envelope *e);
/* Commit, behind casefile_receive: confirms the receipt with the number of the case, which
 * the commit alone knows, so that it is signed here. Fails: ERR_CONFLICT (a colleague has
 * made it one, or it was refused). */
MUST_CHECK err envelope_becomes_case(struct arena *a, struct tx *tx,
                                     const struct keyring *k, const struct agency *here,
                                     const struct actor *who, int64_t now_ms, int64_t id,
                                     int64_t casefile, str number);

/* Reading. ERR_MISSING. */
MUST_CHECK err envelope_load(struct arena *a, struct snap *snap, int64_t agency, int64_t id,
                             struct envelope *ret);
/* Newest first, behind `after` (0: the first page); `open_only`: not ended. */
MUST_CHECK err envelope_list(struct arena *a, struct snap *snap, int64_t agency, bool out,
                             bool open_only, int64_t after, int most, struct envelope **ret,
                             size_t *ret_count);
MUST_CHECK err envelope_of_case(struct arena *a, struct snap *snap, int64_t agency,
                                int64_t casefile, struct envelope **ret, size_t *ret_count);
/* What came in and nobody has taken; and of what his unit has sent, what came back answered
 * or refused and nobody has taken note of, or whose answer is overdue. */
struct envelope_wait {
    int64_t in, back;
};
MUST_CHECK err envelope_waiting(struct arena *a, struct snap *snap, const struct actor *who,
                                day today, struct envelope_wait *ret);
MUST_CHECK err envelope_list_back(struct arena *a, struct snap *snap,
                                  const struct actor *who, day today, int64_t after,
                                  int most, struct envelope **ret, size_t *ret_count);
/* Commit: somebody has taken note of what came back. */
MUST_CHECK err envelope_noted(struct arena *a, struct tx *tx, const struct actor *who,
                              int64_t id, int64_t now_ms);

struct envelope_done {
    enum envelope_step step;
    bool own;
    int64_t at_ms, staff;
    int carry;
    str body, signature, hash; /* body: open */
    bool proved; /* the signature is right */
    struct envelope_message message;
};
/* The steps in order, bodies open and proved; only after envelope_reading, or to bring
 * them. */
MUST_CHECK err envelope_steps(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct envelope *e, struct envelope_done **ret,
                              size_t *ret_count);
/* Lines from number `first` on, at most `most`. */
MUST_CHECK err envelope_lines(struct arena *a, struct snap *snap, const struct keyring *k,
                              const struct envelope *e, bool open, int first, int most,
                              struct envelope_line **ret, size_t *ret_count);
/* What was answered about one person in all lists that this agency has sent. */
MUST_CHECK err envelope_lines_of(struct arena *a, struct snap *snap,
                                 const struct keyring *k, int64_t agency, str national_id,
                                 struct envelope_line **ret, size_t *ret_count);
/* check: seals an answer; commit: keeps them until the envelope is
 * answered. Fails: ERR_CONFLICT (it is not received, or answered already). */
MUST_CHECK err envelope_line_seal(struct arena *a, const struct keyring *k, int64_t agency,
                                  struct envelope_line *line);
MUST_CHECK err envelope_lines_answer(struct arena *a, struct tx *tx, int64_t agency,
                                     int64_t id, const struct envelope_line *lines,
                                     size_t count);

/* Commit: the content is open in this session for ten minutes; one event. */
MUST_CHECK err envelope_reading(struct arena *a, struct tx *tx, const struct actor *who,
                                int64_t id, str reason, int64_t session, int64_t now_ms);
MUST_CHECK err envelope_is_shown(struct arena *a, struct snap *snap, int64_t agency,
                                 int64_t session, int64_t id, int64_t now_ms, bool *ret);

/* What waits to be brought from this agency to another of this installation. */
struct envelope_carry {
    int64_t agency, id, other_agency;
    enum envelope_step step;
};
MUST_CHECK err envelope_carry_list(struct arena *a, struct snap *snap, int64_t agency,
                                   int most, struct envelope_carry **ret,
                                   size_t *ret_count);
MUST_CHECK err envelope_carried(struct arena *a, struct tx *tx,
                                const struct envelope_carry *c);

/* Partners: agencies of other installations. */
struct envelope_partner {
    struct envelope_party party;
    int64_t since_ms, added_by;
};
MUST_CHECK err envelope_partners(struct arena *a, struct snap *snap, int64_t agency,
                                 struct envelope_partner **ret, size_t *ret_count);
/* ERR_MISSING: the key is not known here. */
MUST_CHECK err envelope_partner_by_key(struct arena *a, struct snap *snap, int64_t agency,
                                       str public_key, struct envelope_partner *ret);
/* Commit: event. */
MUST_CHECK err envelope_partner_put(struct arena *a, struct tx *tx, int64_t agency,
                                    const struct envelope_partner *p);
MUST_CHECK err envelope_partner_drop(struct arena *a, struct tx *tx,
                                     const struct actor *who, str public_key,
                                     int64_t now_ms);

/* For `bianmin check`: the steps of every envelope follow each other, are signed, stand in
 * the chain and are the same at the other agency; what is sealed opens. */
typedef void envelope_say(void *context, bool sound, str line);
extern const struct query_list envelope_check_queries;
MUST_CHECK err envelope_check(struct arena *a, struct store *s, const struct keyring *k,
                              int64_t agency, envelope_say *say, void *context);

#endif
