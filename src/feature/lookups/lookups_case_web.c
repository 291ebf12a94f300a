/* lookups_case_web — the registers asked for one case: side by side, and the form to ask.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/id.h"
#include "feature/lookups/lookups_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/reading/reading.h"
#include "lookups_case.view.h"
#include "lookups_panel.view.h"

static struct words register_name(str key)
{
    const struct lookup_register *r = lookup_register_of(key);

    return r == NULL ? SAY("{register}", SAY_TEXT("register", key)) : words_of(r->name);
}

static struct words purpose_name(str key)
{
    for (size_t i = 0; i < LOOKUP_PURPOSES; i++) {
        if (str_equal(key, lookup_purpose_key[i])) {
            return words_of(lookup_purpose_name[i]);
        }
    }
    return words_of(lookup_purpose_name[0]);
}

static str paper_name(struct ask *q, const struct service *s, str key)
{
    for (size_t i = 0; s != NULL && i < s->papers_count; i++) {
        if (str_equal(s->papers[i].key, key)) {
            return label_in(&s->papers[i].name, q->lang);
        }
    }
    return STR("");
}

/* The answer, only while the case is shown. */
static err facts_of(struct ask *q, const struct lookup *l, struct lookups_row *x)
{
    struct lookup_answer a;
    struct lookups_fact *facts;

    if (l->answer.len == 0) {
        return NULL;
    }
    TRY(lookup_answer_open(q->arena, q->keyring, l, &a));
    facts = ARENA_ARRAY(q->arena, a.facts_count + 1, struct lookups_fact);
    if (facts == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < a.facts_count; i++) {
        facts[i] = (struct lookups_fact){ label_in(&a.facts[i].label, q->lang),
                                          a.facts[i].value };
    }
    x->facts = facts;
    x->facts_count = a.facts_count;
    x->has_facts = a.facts_count > 0;
    x->as_of = a.as_of;
    return NULL;
}

/* Nobody is kept waiting by a register: the paper will do. */
static void why_of(struct lookups_row *x, const struct lookup *l)
{
    bool again = l->state == LOOKUP_ASKED;

    if (l->fault == LOOKUP_FINE || !(again || l->state == LOOKUP_FAILED)) {
        return;
    }
    x->has_why = true;
    x->why = words_of(lookup_fault_name[l->fault]);
    x->next = again ? SAY("It is asked again at {time}. The case can go on with the paper.",
                          SAY_TIME("time", l->ask_ms))
                    : SAY("Ask for the paper, or look it up by hand.");
}

static err rows_of(struct ask *q, const struct casefile *c, struct lookups_body *p)
{
    const struct service *s = service_get_near(q->catalog, c->service, c->service_version);
    struct lookup *list;
    struct lookups_row *rows;

    TRY(lookup_list(q->arena, q->snap, c->agency, c->id, &list, &p->rows_count));
    rows = ARENA_ARRAY(q->arena, p->rows_count + 1, struct lookups_row);
    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->rows_count; i++) {
        const struct lookup *l = &list[i];

        rows[i] = (struct lookups_row){
            .reg = register_name(l->register_key),
            .purpose = purpose_name(l->purpose),
            .state = words_of(lookup_state_name[l->state]),
            .how = words_of(lookup_how_name[l->how]),
            .paper = paper_name(q, s, l->paper),
            .who = l->staff_name,
            .at = lang_time(q->arena, q->lang, l->at_ms),
            .subject = l->subject_masked,
            .reference = l->reference,
            .waits = l->state == LOOKUP_ASKED,
            .found = l->state == LOOKUP_FOUND,
            .failed = l->state == LOOKUP_FAILED,
            .simulated = l->how == HOW_SIMULATOR,
        };
        why_of(&rows[i], l);
        rows[i].has_paper = rows[i].paper.len > 0;
        p->waits = p->waits || rows[i].waits;
        if (p->shown) {
            TRY(facts_of(q, l, &rows[i]));
        }
    }
    p->rows = rows;
    return NULL;
}

static str choice_value(struct ask *q, const struct lookup_choice *x)
{
    return str_format(q->arena, "%.*s|%.*s|%.*s", STR_ARG(x->reg->key),
                      STR_ARG(x->paper->key), STR_ARG(x->question));
}

static err choices_of(struct ask *q, const struct casefile *c, struct lookups_body *p)
{
    struct lookup_choice *list;
    struct lookups_option *o, *u;
    size_t count;

    TRY(lookup_choices(q->arena, q->snap, q->keyring, q->catalog, c, &list, &count));
    o = ARENA_ARRAY(q->arena, count + 1, struct lookups_option);
    u = ARENA_ARRAY(q->arena, LOOKUP_PURPOSES, struct lookups_option);
    if (o == NULL || u == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        str value = choice_value(q, &list[i]);

        o[i] = (struct lookups_option){
            value,
            str_format(q->arena, "%.*s — %.*s — %.*s %.*s",
                       STR_ARG(lang_text(q->lang, list[i].reg->name)),
                       STR_ARG(label_in(&list[i].paper->name, q->lang)),
                       STR_ARG(label_in(&list[i].label, q->lang)),
                       STR_ARG(list[i].masked)),
            str_equal(ask_field(q, "what"), value),
        };
    }
    for (size_t i = 0; i < LOOKUP_PURPOSES; i++) {
        u[i] = (struct lookups_option){ lookup_purpose_key[i],
                                        lang_text(q->lang, lookup_purpose_name[i]),
                                        str_equal(ask_field(q, "purpose"),
                                                  lookup_purpose_key[i]) };
    }
    p->choices = o;
    p->choices_count = count;
    p->purposes = u;
    p->purposes_count = LOOKUP_PURPOSES;
    p->may_ask = count > 0 && lookup_may(&q->actor, c);
    return NULL;
}

static err body_of(struct ask *q, const struct casefile *c, struct lookups_body *p)
{
    *p = (struct lookups_body){
        .ask = link_to1(q, "lookups.ask", id_text(q->arena, c->id)),
        .here = link_to1(q, "lookups.case", id_text(q->arena, c->id)),
        .form_token = q->session.form_token,
        .electronic = q->gateway != NULL && q->gateway->by != LOOKUP_BY_HAND,
        .simulated = q->gateway != NULL && q->gateway->by == LOOKUP_BY_SIMULATOR,
    };
    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &p->shown));
    TRY(rows_of(q, c, p));
    TRY(choices_of(q, c, p));
    p->none = p->rows_count == 0;
    p->reference = entry_of(q, "reference", &SAY("Number of the other system"), NULL,
                            STR(""));
    p->reference.is_short = true;
    p->day = entry_of(q, "day", &SAY("Looked up on"), NULL,
                      day_short(q->arena, q->today, q->lang));
    p->day.is_short = true;
    p->seen = entry_of(q, "seen", &SAY("What you saw"), NULL, STR(""));
    return NULL;
}

err lookups_panel_case(struct ask *q, const struct panel_about *about, struct html *ret)
{
    struct lookups_body p;

    TRY(body_of(q, about->thing, &p));
    if (p.none && p.choices_count == 0) {
        return NULL;
    }
    return PANEL_VIEW(q, ret, lookups_panel, &p);
}

static err case_load(struct ask *q, struct casefile *ret)
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

err lookups_show_case(struct ask *q, struct reply *r)
{
    struct lookups_case *p = ARENA_NEW(q->arena, struct lookups_case);
    struct casefile c;

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(case_load(q, &c));
    TRY(body_of(q, &c, &p->body));
    p->number = c.number;
    p->casefile = link_to1(q, "casework.one", id_text(q->arena, c.id));
    if (q->refusal != NULL && q->refusal->kind != ERR_INPUT) {
        p->stale = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);

    const struct page page = {
        .title = SAY("Look-ups of case {number}", SAY_TEXT("number", c.number)),
        .current = "casework.worklist", .wide = true,
    };

    return REPLY_VIEW(q, r, &page, lookups_case, p);
}

struct ask_made {
    int64_t casefile;
};

static err hand_read(struct ask *q, struct lookup_by_hand *ret)
{
    *ret = (struct lookup_by_hand){
        .found = str_equal(ask_field(q, "found"), STR("yes")),
        .reference = str_slice(ask_field(q, "reference"), 0, 60),
        .seen = str_slice(ask_field(q, "seen"), 0, 400),
    };
    if (!day_parse(ask_field(q, "day"), &ret->on)) {
        ret->on = DAY_NONE;
    }
    return NULL;
}

static err ask_check(struct ask *q, struct lookup_wish *w)
{
    bool by_hand = str_equal(ask_field(q, "how"), STR("hand"));
    struct lookup_by_hand hand;
    struct casefile c;
    str rest = ask_field(q, "what"), purpose = ask_field(q, "purpose");

    TRY(case_load(q, &c));
    *w = (struct lookup_wish){ .who = q->actor,
                               .row = { .agency = c.agency, .id = ask_new_id(q),
                                        .casefile = c.id, .purpose = purpose,
                                        .staff = q->actor.staff, .at_ms = q->now_ms } };
    if (!str_cut(&rest, '|', &w->row.register_key) || !str_cut(&rest, '|', &w->row.paper) ||
        !str_cut(&rest, '|', &w->row.question)) {
        FAIL(q->arena, ERR_INPUT,
             SAY("Choose one of the registers that this service names."), STR("what"),
             "what");
    }
    bool known = false;

    for (size_t i = 0; i < LOOKUP_PURPOSES; i++) {
        known = known || str_equal(purpose, lookup_purpose_key[i]);
    }
    if (!known) {
        FAIL(q->arena, ERR_INPUT, SAY("Choose what it is for."), STR("purpose"), "purpose");
    }
    if (!by_hand && (q->gateway == NULL || q->gateway->by == LOOKUP_BY_HAND)) {
        FAIL(q->arena, ERR_CONFLICT,
             SAY("This office has no gateway. Write down what you saw "
                 "in the other system."),
             STR(""), "no gateway");
    }
    w->row.how = by_hand ? HOW_HAND
                 : q->gateway->by == LOOKUP_BY_SIMULATOR ? HOW_SIMULATOR
                                                         : HOW_GATEWAY;
    TRY(hand_read(q, &hand));
    return lookup_prepare(q->arena, q->snap, q->keyring, q->catalog, &c,
                          by_hand ? &hand : NULL, w);
}

static err ask_commit(struct ask *q, struct tx *tx, const struct lookup_wish *w,
                      struct ask_made *made)
{
    made->casefile = w->row.casefile;
    return lookup_ask(q->arena, tx, w);
}

static err ask_reply(struct ask *q, struct reply *r, const struct ask_made *made)
{
    return reply_see_other(q, r, "lookups.case", id_text(q->arena, made->casefile));
}

BEATS_OUT(ask, lookups_ask_beats, struct lookup_wish, struct ask_made)
