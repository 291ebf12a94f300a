/* casework — acts on a case: the forms for what may be done now, and doing it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/day.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "kernel/fee/fee.h"
#include "host/lang/lang.h"
#include "kernel/casefile/act/act.h"
#include "kernel/casefile/act/case_more.h"

static struct url act_url(struct ask *q, const struct casefile *c, enum case_act act)
{
    return link_to2(q, "casework.act", id_text(q->arena, c->id), case_act_key[act]);
}

static err colleagues_of(struct ask *q, const struct casefile *c, struct casework_acts *p)
{
    struct staff *people;
    size_t count, n = 0;
    struct casework_option *o;
    str chosen = ask_field(q, "to");

    TRY(staff_list(q->arena, q->snap, c->agency, q->today, &people, &count));
    o = ARENA_ARRAY(q->arena, count + 1, struct casework_option);
    if (o == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        if (!casefile_may_work(&people[i], c) || people[i].id == c->officer) {
            continue;
        }
        o[n].value = id_text(q->arena, people[i].id);
        o[n].text = str_format(q->arena, "%.*s %.*s", STR_ARG(people[i].name),
                               STR_ARG(people[i].title));
        o[n].chosen = str_equal(chosen, o[n].value);
        n++;
    }
    p->colleagues = o;
    p->colleagues_count = n;
    p->to_error = shell_mistake_of(q, "to");
    p->to_bad = p->to_error.id != NULL;
    return NULL;
}

static struct entry text_of(struct ask *q, enum case_act act, const struct words *label,
                            const struct words *hint, bool optional)
{
    struct entry x = entry_of(q, str_z(q->arena, casework_note_field(act)), label, hint,
                              STR(""));

    x.is_long = true;
    x.optional = optional;
    return x;
}

static void texts_of(struct ask *q, struct casework_acts *p)
{
    p->propose_text = text_of(q, ACT_PROPOSE, &SAY("Grounds"),
                              &SAY("Needed when you refuse."), true);
    p->decide_text = text_of(q, ACT_DECIDE, &SAY("Remark"), &SAY("Needed when you refuse."),
                             true);
    p->give_back_text = text_of(q, ACT_RETURN, &SAY("What is to be changed"),
                                &SAY("One sentence for the officer."), false);
    p->note_text = text_of(q, ACT_NOTE, &SAY("Note"), &SAY("Only the office reads this."),
                           false);
    p->document_number = entry_of(q, "document_number", &SAY("Document number"),
                                  &SAY("From the document system, or of your own series."),
                                  STR(""));
    p->document_day = entry_of(q, "document_day", &SAY("Date of issue"),
                               &SAY("For example {day}", SAY_TEXT("day", p->day_example)),
                               p->day_example);
    p->document_day.is_short = true;
}

/* The six pieces of a decision against, with what is usual filled in: as they will stand in
 * the letter, which is Chinese. */
static err grounds_of(struct ask *q, const struct casefile *c, struct casework_acts *p)
{
    const struct service *s =
        q->catalog != NULL ? service_get_near(q->catalog, c->service, c->service_version)
                           : NULL;
    const struct usual_remedy remedy = usual_terms_of(q->catalog, s).remedy;
    const struct {
        const char *name;
        struct words label;
        str known;
    } pieces[] = {
        { "facts", SAY("Facts"), STR("") },
        { "reasons", SAY("Reasons"), STR("") },
        { "law", SAY("Law"), s != NULL ? s->law.in[LANG_ZH] : STR("") },
        { "remedy", SAY("Remedy"), label_in(&remedy.name, LANG_ZH) },
        { "term", SAY("Term of the remedy"),
          lang_say(q->arena, LANG_ZH,
                   SAY("Within {days} days from the day after service ({law})",
                       SAY_NUMBER("days", remedy.days), SAY_LABEL("law", &remedy.law))) },
        { "authority", SAY("Authority to which it goes"),
          lang_say(q->arena, LANG_ZH,
                   SAY("Through {office} to the government of {city}",
                       SAY_LABEL("office", &q->agency->name),
                       SAY_LABEL("city", &q->agency->city))) },
    };
    size_t count = sizeof pieces / sizeof pieces[0];
    struct case_grounds kept;
    bool found = false;
    struct entry *list = ARENA_ARRAY(q->arena, count, struct entry);

    if (list == NULL) {
        return err_no_memory;
    }
    if (p->decide) { /* Those of the proposal hold where nothing is written here. */
        TRY(casefile_grounds(q->arena, q->snap, q->keyring, c, &kept, &found));
    }
    p->grounds.kept = found;
    for (size_t i = 0; i < count; i++) {
        list[i] = entry_of(q, pieces[i].name, &pieces[i].label, NULL,
                           found ? STR("") : pieces[i].known);
        list[i].is_long = i < 2;
        p->grounds.open = p->grounds.open || list[i].bad;
    }
    p->grounds.open = p->grounds.open || (!p->grant && !found);
    p->grounds.entries = list;
    p->grounds.entries_count = count;
    return NULL;
}

static void may_of(struct ask *q, const struct casefile *c, struct casework_acts *p)
{
    const struct {
        enum case_act act;
        bool *may;
        struct url *to;
    } each[] = {
        { ACT_TAKE, &p->take, &p->take_to },
        { ACT_ASSIGN, &p->assign, &p->assign_to },
        { ACT_NOTE, &p->note, &p->note_to },
        { ACT_PROPOSE, &p->propose, &p->propose_to },
        { ACT_RETURN, &p->give_back, &p->give_back_to },
        { ACT_DECIDE, &p->decide, &p->decide_to },
        { ACT_ISSUE, &p->issue, &p->issue_to },
        { ACT_COLLECT, &p->collect, &p->collect_to },
        { ACT_CLOSE, &p->close, &p->close_to },
        { ACT_TELEPHONE, &p->telephone, &p->telephone_to },
    };

    p->none = true;
    for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
        *each[i].may = casefile_may(&q->actor, c, each[i].act);
        *each[i].to = act_url(q, c, each[i].act);
        p->none = p->none && !*each[i].may;
    }
}

err casework_acts_of(struct ask *q, const struct casefile *c, struct casework_acts *ret)
{
    str outcome = ask_field(q, "outcome");

    *ret = (struct casework_acts){ .form_token = q->session.form_token };
    ret->changes = str_format(q->arena, "%lld", (long long)c->changes);
    if (q->refusal != NULL && q->refusal->kind == ERR_DENIED) {
        /* A form that was too old still knows only the state it was made for. */
        ret->changes = ask_field(q, "changes");
    }
    ret->day_example = day_short(q->arena, q->today, q->lang);
    may_of(q, c, ret);
    ret->telephone_to = link_to1(q, "casework.call", id_text(q->arena, c->id));
    texts_of(q, ret);
    ret->decide_self = c->level <= c->proposes;
    ret->proposed_above = c->state == CASE_IN_WORK && c->proposes != LEVEL_OFFICER;
    ret->proposes = words_of(level_name[c->proposes]);
    ret->deputy = ret->decide && casefile_as_deputy(&q->actor, c, ACT_DECIDE);
    if (str_is_empty(outcome) && ret->decide) {
        outcome = case_outcome_key[c->outcome];
    }
    ret->refuse = str_equal(outcome, STR("refuse"));
    ret->not_admit = str_equal(outcome, STR("not_admit"));
    ret->grant = !ret->refuse && !ret->not_admit;
    TRY(grounds_of(q, c, ret));
    TRY(casework_forms_of(q, c, ret));
    /* What was typed is not folded away when the page is shown again. */
    ret->note_open = ret->note_text.bad || ret->note_text.value.len > 0;
    ret->assign_open = ret->assign && ask_field(q, "to").len > 0;
    if (ret->assign) {
        TRY(colleagues_of(q, c, ret));
    }
    return NULL;
}

/* POST /staff/cases/{id}/act/{act} */
/* The kernel speaks of the field `note`; on the page each act has its own. */
static err own_field(struct ask *q, enum case_act act, err e)
{
    str field;

    if (e == NULL || e->kind != ERR_INPUT) {
        return e;
    }
    field = str_equal(e->field, STR("note")) ? casework_note_field(act)
                                             : casework_field_of(q, act, e->field);
    return err_make(q->arena, e->kind, e->say, field, e->at, "%.*s", STR_ARG(e->why));
}

static err act_check(struct ask *q, struct act_wish *ret_wish)
{
    struct casefile c;
    enum case_act act;
    str note;

    TRY(casework_load(q, &c));
    if (!case_act_from_key(ask_path(q, "act"), &act) || act == ACT_SUPPLY ||
        act == ACT_HAND_OVER || act == ACT_MOVE) {
        FAIL(q->arena, ERR_MISSING, SAY("This page is not here."), STR("act"),
             "no such act");
    }
    *ret_wish = (struct act_wish){
        .act = act, .agency = c.agency, .id = c.id, .now_ms = q->now_ms, .who = q->actor,
        .document_day = DAY_NONE, .wanted_until = DAY_NONE, .catalog = q->catalog,
        .calendar = q->calendar, .as_deputy = casefile_as_deputy(&q->actor, &c, act),
    };
    if (!str_to_int(ask_field(q, "changes"), &ret_wish->changes)) {
        ret_wish->changes = -1;
    }
    TRY(casework_act_read(q, &c, ret_wish));
    if (act == ACT_ISSUE || act == ACT_COLLECT) {
        TRY(fee_paid_prepare(q->arena, q->snap, q->keyring, q->catalog, &c,
                             &ret_wish->paid));
    }
    if (q->mistakes.count > 0) {
        FAIL(q->arena, ERR_INPUT, q->mistakes.first->say, q->mistakes.first->field, "act");
    }
    note = str_is_empty(casework_note_field(act))
               ? STR("")
               : ask_field(q, str_z(q->arena, casework_note_field(act)));
    return own_field(q, act,
                     casefile_act_prepare(q->arena, q->snap, q->keyring, ret_wish, note));
}

static err act_commit(struct ask *q, struct tx *tx, const struct act_wish *wish,
                      struct casefile *ret_made)
{
    return casefile_act(q->arena, tx, wish, ret_made);
}

static err act_reply(struct ask *q, struct reply *r, const struct casefile *made)
{
    /* Who has answered for his unit, or given a case away, may see it no more. */
    if (!casefile_may_see(&q->actor, made)) {
        return reply_see(q, r, link_to(q, "casework.worklist"));
    }
    return reply_see_other(q, r, "casework.one", id_text(q->arena, made->id));
}

BEATS_OUT(act, casework_act_beats, struct act_wish, struct casefile)
