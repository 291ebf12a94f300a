/* intake_begin — what a matter at the counter begins with: what was typed when a one-time
 * notice was given, what a citizen has typed on line and brings the code of, or what
 * another agency has passed on in an envelope. And what follows of it when the case is
 * taken in.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/intake/intake_web.h"
#include "host/json/json.h"
#include "kernel/envelope/envelope.h"
#include "kernel/lookup/lookup.h"

#define ANSWERS_BYTES ((size_t)1 << 20)

/* What was typed when the notice was given; its papers are taken for brought now. */
static err notice_fill(struct ask *q, struct intake_wish *w, struct intake_form *p)
{
    struct once_notice n;
    struct draft d;
    bool open;
    str code;
    err e;

    if (!id_parse(ask_param(q, "once"), &w->record.notice)) {
        return NULL;
    }
    TRY(once_load(q->arena, q->snap, q->agency->id, w->record.notice, &n));
    w->record.by_agent = n.by_agent;
    TRY(once_is_open(q->arena, q->snap, q->session.id, q->now_ms, &n, &open));
    if (!open || w->service->depth != DEPTH_FULL) {
        return NULL;
    }
    TRY(once_code(q->arena, q->snap, q->keyring, &n, &code));
    e = draft_by_code(q->arena, q->snap, q->keyring, q->agency->id, code, q->now_ms, &d);
    p->draft_gone = e != NULL && e->kind == ERR_MISSING;
    if (p->draft_gone) {
        return NULL;
    }
    TRY(e);
    return answers_restore(q->arena, &w->answers, d.answers, q->lang);
}

/* What a citizen has typed on line; the counter has opened it by its code. */
static err draft_fill(struct ask *q, struct intake_wish *w, struct intake_form *p)
{
    struct once_notice key = { .agency = q->agency->id };
    struct draft d;
    bool open;
    err e;

    if (!id_parse(ask_param(q, "draft"), &key.id) || w->service->depth != DEPTH_FULL) {
        return NULL;
    }
    TRY(once_is_open(q->arena, q->snap, q->session.id, q->now_ms, &key, &open));
    e = open ? draft_by_id(q->arena, q->snap, q->keyring, q->agency->id, key.id, q->now_ms,
                           &d)
             : NULL;
    p->draft_gone = !open || (e != NULL && e->kind == ERR_MISSING);
    if (p->draft_gone || e != NULL) {
        return p->draft_gone ? NULL : e;
    }
    w->from_draft = d.id;
    return answers_restore(q->arena, &w->answers, d.answers, q->lang);
}

/* ---- out of an envelope ---- */

static err envelope_of(struct ask *q, int64_t id, struct envelope *ret)
{
    TRY(envelope_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!envelope_may_see(&q->actor, ret)) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR(""), "not his");
    }
    return NULL;
}

/* What was said as it was sent; `*ret_open` false: he has not opened it. */
static err words_of_envelope(struct ask *q, const struct envelope *e, bool *ret_open,
                             const struct envelope_message **ret)
{
    struct envelope_done *steps;
    size_t count;

    *ret = NULL;
    TRY(envelope_is_shown(q->arena, q->snap, e->agency, q->session.id, e->id, q->now_ms,
                          ret_open));
    if (!*ret_open) {
        return NULL;
    }
    TRY(envelope_steps(q->arena, q->snap, q->keyring, e, &steps, &count));
    *ret = count > 0 ? &steps[0].message : NULL;
    return NULL;
}

/* The answers to questions of the same key, as JSON that is whole. */
static str answers_of_words(struct arena *a, const struct envelope_message *m)
{
    struct json_writer j;
    struct buf b;

    buf_init(&b, a, ANSWERS_BYTES);
    json_open(&j, &b);
    json_object(&j, STR(""));
    for (size_t i = 0; i < m->fields_count; i++) {
        const struct json *value;

        if (m->fields[i].key.len > 0 && m->fields[i].value.len > 0 &&
            json_parse(a, m->fields[i].value, &value) == NULL) {
            json_put_raw(&j, m->fields[i].key, m->fields[i].value);
        }
    }
    json_end_object(&j);
    return buf_str(&b);
}

static err envelope_fill(struct ask *q, struct intake_wish *w)
{
    const struct envelope_message *m;
    struct envelope e;
    bool open;

    if (!id_parse(ask_param(q, "envelope"), &w->envelope) ||
        w->service->depth != DEPTH_FULL) {
        w->envelope = 0;
        return NULL;
    }
    TRY(envelope_of(q, w->envelope, &e));
    TRY(words_of_envelope(q, &e, &open, &m));
    return m == NULL ? NULL
                     : answers_restore(q->arena, &w->answers,
                                       answers_of_words(q->arena, m), q->lang);
}

err intake_begin(struct ask *q, struct intake_wish *w, struct intake_form *p)
{
    TRY(notice_fill(q, w, p));
    TRY(draft_fill(q, w, p));
    return envelope_fill(q, w);
}

/* ---- for the head of the page ---- */

static err came_fill(struct ask *q, const struct envelope_message *m, struct intake_form *p)
{
    struct intake_came *list = ARENA_ARRAY(q->arena, m->fields_count + 1,
                                           struct intake_came);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < m->fields_count; i++) {
        list[i] = (struct intake_came){ m->fields[i].label, m->fields[i].text };
    }
    p->came = list;
    p->came_count = m->fields_count;
    p->came_text = m->text;
    p->came_number = m->case_number;
    return NULL;
}

/* ---- who may apply ---- */

static str may_name(struct ask *q, const struct service_eligible *e)
{
    return str_join(q->arena, STR("may."), e->key);
}

static err may_fill(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    const struct service *s = w->service;
    struct intake_may *list = ARENA_ARRAY(q->arena, s->eligible_count + 1,
                                          struct intake_may);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->eligible_count; i++) {
        str name = may_name(q, &s->eligible[i]);

        list[i] = (struct intake_may){
            .id = str_join(q->arena, STR("f-"), name), .name = name,
            .ask = s->eligible[i].ask, .help = s->eligible[i].help,
            .no = ask_field(q, str_z(q->arena, name)).len > 0,
        };
    }
    p->may = list;
    p->may_count = s->eligible_count;
    p->has_may = s->eligible_count > 0 && p->is_full;
    p->insists = ask_field(q, "insists").len > 0;
    return NULL;
}

void intake_may_check(struct ask *q, const struct intake_wish *w)
{
    if (ask_field(q, "insists").len > 0) {
        return; /* everybody may apply; the decision tells him why not */
    }
    for (size_t i = 0; i < w->service->eligible_count; i++) {
        const struct service_eligible *e = &w->service->eligible[i];
        str name = may_name(q, e);

        if (ask_field(q, str_z(q->arena, name)).len > 0) {
            mistake_add(&q->mistakes, name,
                        SAY("{reason} {turn}", SAY_LABEL("reason", &e->otherwise),
                            SAY_LABEL("turn", &e->turn)));
        }
    }
}

err intake_origin(struct ask *q, const struct intake_wish *w, struct intake_form *p)
{
    const struct envelope_message *m;
    struct envelope e;
    bool open;

    TRY(may_fill(q, w, p));
    p->from_draft = w->from_draft != 0;
    p->draft = p->from_draft ? id_text(q->arena, w->from_draft) : STR("");
    if (w->envelope == 0) {
        return NULL;
    }
    TRY(envelope_of(q, w->envelope, &e));
    p->from_envelope = true;
    p->envelope = id_text(q->arena, e.id);
    p->envelope_from = e.other.name;
    p->envelope_page = link_to1(q, "envelopes.one", p->envelope);
    TRY(words_of_envelope(q, &e, &open, &m));
    p->envelope_shut = !open;
    return m == NULL ? NULL : came_fill(q, m, p);
}

/* ---- taking it in ---- */

/* Somebody may have sent the draft, or made the envelope a case, meanwhile. */
err intake_origin_check(struct ask *q, struct intake_wish *w)
{
    struct envelope env;
    struct draft d;
    err e;

    if (w->from_draft != 0) {
        e = draft_by_id(q->arena, q->snap, q->keyring, q->agency->id, w->from_draft,
                        q->now_ms, &d);
        if (e != NULL && e->kind == ERR_MISSING) {
            w->from_draft = 0; /* its time is over; what was typed stands on the page */
        } else {
            TRY(e);
        }
        if (w->from_draft != 0 && d.case_number.len > 0) {
            FAIL(q->arena, ERR_CONFLICT,
                 SAY("This has been sent already, as case {number}.",
                     SAY_TEXT("number", d.case_number)),
                 STR(""), "draft sent");
        }
    }
    if (w->envelope != 0) {
        TRY(envelope_of(q, w->envelope, &env));
        if (!envelope_may_become_case(&env)) {
            FAIL(q->arena, ERR_CONFLICT,
                 SAY("A colleague was faster. This is the newest state."), STR(""),
                 "envelope is a case");
        }
    }
    return NULL;
}

/* A paper that we look up is asked for at once, so that the tick is what happened. */
static err lookups_ask(struct ask *q, struct tx *tx, const struct intake_wish *w)
{
    struct intake_lookups x = {
        .who = &q->actor, .catalog = q->catalog, .keyring = q->keyring,
        .casefile = w->receive.id, .now_ms = q->now_ms,
    };
    bool any = false;

    for (size_t i = 0; i < w->papers.count; i++) {
        any = any || w->papers.list[i].state == PAPER_LOOKED_UP;
    }
    for (size_t i = 0; i < INTAKE_LOOKUPS_MOST; i++) {
        x.ids[i] = ask_new_id(q);
    }
    if (!any || q->gateway == NULL || q->gateway->by == LOOKUP_BY_HAND) {
        return NULL; /* what was seen in the other system is written on the case */
    }
    x.simulated = q->gateway->by == LOOKUP_BY_SIMULATOR;
    return intake_lookups_ask(q->arena, tx, &x, &w->papers);
}

/* commit: the case, and what it came from knows its number. */
err intake_accept(struct ask *q, struct tx *tx, const struct intake_wish *w,
                  struct intake_made *made)
{
    struct casefile c;

    TRY(casefile_receive(q->arena, tx, q->keyring, &w->receive, &made->receipt));
    if (made->receipt.again) {
        return NULL;
    }
    TRY(intake_record_put(q->arena, tx, &w->record, w->ground_sealed, &w->papers));
    if (w->agent.name.len > 0) {
        TRY(case_agent_put(q->arena, tx, q->agency->id, w->receive.id, q->actor.staff,
                           q->now_ms, &w->agent));
    }
    if (w->from_draft != 0) {
        TRY(draft_sent(q->arena, tx, q->agency->id, w->from_draft, made->receipt.number));
    }
    if (w->envelope != 0) {
        TRY(envelope_becomes_case(q->arena, tx, q->keyring, q->agency, &q->actor, q->now_ms,
                                  w->envelope, w->receive.id, made->receipt.number));
    }
    TRY(lookups_ask(q, tx, w));
    if (w->act == INTAKE_INCOMPLETE) {
        return casefile_act(q->arena, tx, &w->ask, &c);
    }
    return w->record.notice == 0
               ? NULL
               : once_back(q->arena, tx, &q->actor, q->now_ms, w->record.notice,
                           ONCE_BACK_COUNTER, w->receive.id);
}
