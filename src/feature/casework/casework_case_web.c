/* casework — the page of one case: what was applied for, what happened, and "show".
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "casework_case.view.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_move_web.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_store.h"
#include "feature/casework/casework_web.h"
#include "host/json/json.h"
#include "host/lang/lang.h"
#include "kernel/casefile/casefile.h"
#include "kernel/casefile/history.h"
#include "kernel/casefile/paper/case_wanted.h"
#include "kernel/casefile/reading/reading.h"
#include "kernel/casefile/receive/case_agent.h"

static err not_here(struct ask *q, const char *why)
{
    FAIL(q->arena, ERR_MISSING, SAY("There is no such case in your work."), STR(""), "%s",
         why);
}

err casework_load(struct ask *q, struct casefile *ret)
{
    int64_t id;

    TRY(ask_path_id(q, "id", &id));
    TRY(casefile_load(q->arena, q->snap, q->agency->id, id, ret));
    if (!casefile_may_see(&q->actor, ret)) {
        return not_here(q, "not his to see");
    }
    return NULL;
}

/* Answers, in the order of the form as it was when the case came. */
static const struct sealed_answer *answer_to(const struct sealed_answer *list, size_t count,
                                             str question)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].question, question)) {
            return &list[i];
        }
    }
    return NULL;
}

static err file_answer(struct ask *q, const struct casefile *c, str plain,
                       struct casework_answer *x)
{
    const struct json *file;

    TRY(json_parse(q->arena, plain, &file));
    x->text = json_text_of(file, STR("name"));
    x->file = link_to2(q, "casework.file", id_text(q->arena, c->id),
                       json_text_of(file, STR("file")));
    return NULL;
}

static err answer_of(struct ask *q, const struct casefile *c,
                     const struct question *question, const struct sealed_answer *s,
                     bool open, struct casework_answer *x)
{
    struct answer a = { .question = question, .json = s->plain, .visible = true };

    *x = (struct casework_answer){
        .label = question->label,
        .personal = question->personal,
        .masked = !str_is_empty(s->sealed) && !open,
        .is_file = answer_holds_file(&a) || question->type == Q_FILE,
        .is_long = question->type == Q_PARAGRAPH,
    };
    if (x->masked) {
        x->text = answer_mask_text(q->arena, question, s->masked, q->lang);
        return NULL;
    }
    if (x->is_file && !open) { /* it opens with the names, and not before */
        x->masked = true;
        x->text = answer_text(q->arena, &a, q->lang, false);
        return NULL;
    }
    if (x->is_file) {
        return file_answer(q, c, s->plain, x);
    }
    x->text = answer_text(q->arena, &a, q->lang, false);
    x->drawn = answer_strokes(q->arena, &a);
    return NULL;
}

static err step_of(struct ask *q, const struct casefile *c, const struct form_step *step,
                   const struct sealed_answer *list, size_t count,
                   const struct casework_past *past, bool open, struct casework_step *ret)
{
    struct casework_answer *answers =
        ARENA_ARRAY(q->arena, step->questions_count + 1, struct casework_answer);
    size_t n = 0;

    if (answers == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct question *question = &step->questions[i];
        const struct sealed_answer *s = answer_to(list, count, question->key);

        if (s != NULL) {
            TRY(answer_of(q, c, question, s, open, &answers[n]));
            if (question->type != Q_FILE) {
                TRY(casework_formers(q, c, past, question, open, &answers[n]));
            }
            n++;
        }
    }
    *ret = (struct casework_step){ .title = step->title, .answers = answers,
                                   .answers_count = n };
    return NULL;
}

/* Who applies for him; whole once the case is shown. */
static err agent_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_agent x;

    TRY(casefile_agent(q->arena, q->snap, q->keyring, c->agency, c->id, p->shown, &x,
                       &p->has_agent));
    if (!p->has_agent) {
        return NULL;
    }
    p->agent = p->shown ? x.name : x.masked;
    p->agent_relation = x.relation;
    p->agent_authority = x.authority;
    p->agent_telephone = x.telephone;
    p->agent_seen = x.id_seen;
    return NULL;
}

static err steps_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    const struct service *service =
        service_get_version(q->catalog, c->service, c->service_version);
    struct casework_past past;
    struct sealed_answer *list;
    size_t count;
    struct casework_step *steps;

    if (service == NULL) {
        return NULL;
    }
    TRY(casefile_answers(q->arena, q->snap, q->keyring, c, p->shown, &list, &count));
    TRY(casework_past_load(q, c, p->shown, &past));
    steps = ARENA_ARRAY(q->arena, service->form.steps_count + 1, struct casework_step);
    if (steps == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < service->form.steps_count; i++) {
        struct casework_step *s = &steps[p->steps_count];

        TRY(step_of(q, c, &service->form.steps[i], list, count, &past, p->shown, s));
        p->steps_count += s->answers_count > 0;
    }
    p->steps = steps;
    return casework_papers(q, c, service, p);
}

/* History. */
static bool is_decision(const struct case_event *e)
{
    return str_equal(e->kind, case_act_event[ACT_DECIDE]);
}

static bool is_proposal(const struct case_event *e)
{
    return str_equal(e->kind, case_act_event[ACT_PROPOSE]);
}

static struct words outcome_words(const struct case_event *e)
{
    if (e->outcome == OUTCOME_NOT_ADMITTED) {
        return SAY("not admitted");
    }
    if (is_proposal(e) && !e->decides) {
        return e->granted ? SAY("to be granted") : SAY("to be refused");
    }
    return e->granted ? SAY("granted") : SAY("refused");
}

/* How a letter went out; no words for what is none. */
static struct words how_of(str key)
{
    static const struct {
        str key;
        const char *name;
    } ways[] = {
        { STR_INIT("post"), MSG("By ordinary post") },
        { STR_INIT("registered"), MSG("By registered post") },
        { STR_INIT("hand"), MSG("Handed over") },
        { STR_INIT("system"), MSG("By the document system") },
    };

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (str_equal(ways[i].key, key)) {
            return words_of(ways[i].name);
        }
    }
    return (struct words){ 0 };
}

/* What it was about. */
static err lines_of(struct ask *q, const struct case_event *e, struct casework_event *x)
{
    struct words *lines = ARENA_ARRAY(q->arena, HISTORY_LINES, struct words);
    size_t units_count;
    const struct unit *units = ask_units(q, &units_count);

    if (lines == NULL) {
        return err_no_memory;
    }
    x->lines = lines;
    x->lines_count = case_history_words(q->arena, q->lang, units, units_count, e,
                                        HISTORY_OFFICE, lines);
    x->has_lines = x->lines_count > 0;
    x->has_other = !str_is_empty(e->what.other_number);
    if (x->has_other) {
        x->other_number = e->what.other_number;
        x->other = link_to1(q, "casework.one", id_text(q->arena, e->what.other));
    }
    return NULL;
}

static err event_of(struct ask *q, const struct casefile *c, struct case_event *e,
                    bool open, struct casework_event *x)
{
    *x = (struct casework_event){
        .what = words_of(e->done),
        .who = e->actor_name,
        .at = lang_time(q->arena, q->lang, e->at_ms),
        .moment = str_format(q->arena, "%.*sT%.*s+08:00",
                             STR_ARG(day_iso(q->arena, day_at(e->at_ms))),
                             STR_ARG(day_clock(q->arena, e->at_ms))),
        .from_citizen = e->actor == 0 && !case_event_by_program(e),
        .from_program = case_event_by_program(e),
        .number = e->number, .how = how_of(e->how),
        .has_note = e->has_note && open,
        .has_hidden_note = e->has_note && !open,
        .as_deputy = e->as_deputy,
        .has_outcome = is_decision(e) || is_proposal(e),
        .has_to = e->officer != 0 && e->officer != e->actor,
        .to = e->officer_name,
    };
    x->has_how = x->how.id != NULL;
    if (x->has_outcome) {
        x->outcome = outcome_words(e);
    }
    TRY(lines_of(q, e, x));
    TRY(casework_event_answers(q, c, e, x));
    if (x->has_note) {
        TRY(case_event_open(q->arena, q->keyring, c->agency, c->id, e));
        x->note = e->note;
    }
    return NULL;
}

static void proposal_of(const struct casework_event *x, const struct case_event *e,
                        struct casework_case *p)
{
    p->proposal = e->outcome == OUTCOME_NOT_ADMITTED ? SAY("Proposed: do not admit")
                  : e->granted                       ? SAY("Proposed: grant")
                                                     : SAY("Proposed: refuse");
    p->proposal_by = x->who;
    p->proposal_note = x->note;
    p->has_proposal_note = x->has_note;
}

static err history_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_event *events;
    struct casework_event *list;

    TRY(casefile_events(q->arena, q->snap, c->agency, c->id, &events, &p->events_count));
    list = ARENA_ARRAY(q->arena, p->events_count + 1, struct casework_event);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < p->events_count; i++) {
        TRY(event_of(q, c, &events[i], p->shown, &list[i]));
        if (is_proposal(&events[i])) {
            proposal_of(&list[i], &events[i], p);
        }
    }
    p->events = list;
    p->is_proposed = (c->state == CASE_PROPOSED || c->state == CASE_SUBMITTED) &&
                     p->proposal.id != NULL;
    return NULL;
}

/* The head of the page. */
static err people_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    size_t units_count;
    const struct unit *units = ask_units(q, &units_count);

    for (size_t i = 0; i < units_count; i++) {
        if (units[i].id == c->unit) {
            p->unit = units[i].name;
        }
    }
    if (c->officer != 0) {
        struct staff officer;

        TRY(staff_by_id(q->arena, q->snap, c->agency, c->officer, q->today, &officer));
        p->officer = officer.name;
        p->has_officer = true;
    }
    return NULL;
}

static err supply_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    struct case_wanted_list wanted;

    TRY(casefile_wanted(q->arena, q->snap, c, &wanted));
    p->has_supply = wanted.until != DAY_NONE;
    p->supply_over = p->has_supply && wanted.until < q->today;
    p->supply_until = p->has_supply ? day_text(q->arena, wanted.until, q->lang) : STR("");
    return NULL;
}

static err head_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    TRY(supply_of(q, c, p));
    p->number = c->number;
    p->service = casework_service_name(q, c);
    p->state = words_of(case_state_name[c->state]);
    p->state_class = casework_state_class(&q->actor, c);
    p->due = casework_due_of(q->arena, q->calendar, casework_end_of(c, false), q->now_ms,
                             casework_soon_ms(q), q->lang);
    p->level = words_of(level_name[c->level]);
    p->channel = words_of(case_channel_name[c->channel]);
    p->received = lang_time(q->arena, q->lang, c->received_ms);
    p->is_decided = c->decided_ms != 0;
    if (p->is_decided) {
        p->outcome = c->outcome == OUTCOME_NOT_ADMITTED ? SAY("not admitted")
                     : c->outcome_granted               ? SAY("granted")
                                                        : SAY("refused");
        p->decided = lang_time(q->arena, q->lang, c->decided_ms);
    }
    p->is_issued = c->document_day != DAY_NONE && !str_is_empty(c->document_number);
    if (p->is_issued) {
        p->document_number = c->document_number;
        p->document_day = day_text(q->arena, c->document_day, q->lang);
    }
    p->version = c->service_version;
    p->newest = casework_newest(q, c->service);
    p->is_old = p->newest > p->version && case_state_is_undecided(c->state);
    p->may_move = p->is_old && casefile_may(&q->actor, c, ACT_MOVE);
    p->move = link_to1(q, "casework.move", id_text(q->arena, c->id));
    if (p->is_old && (q->actor.duties & CASEWORK_MOVERS) != 0) {
        p->versions = link_to1(q, "casework.versions", c->service);
    }
    return people_of(q, c, p);
}

err casework_reasons(struct ask *q, enum reading_reason chosen,
                     struct casework_option **ret)
{
    struct casework_option *o = ARENA_ARRAY(q->arena, READ_REASONS, struct casework_option);

    if (o == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < READ_REASONS; i++) {
        o[i] = (struct casework_option){
            .value = reading_reason_key[i],
            .text = lang_text(q->lang, reading_reason_name[i]),
            .chosen = i == (int)chosen,
        };
    }
    *ret = o;
    return NULL;
}

static err show_of(struct ask *q, const struct casefile *c, struct casework_case *p)
{
    bool decides = casefile_decides(&q->actor, c);
    struct casework_option *reasons;

    TRY(casefile_is_shown(q->arena, q->snap, q->session.id, c->agency, c->id, q->now_ms,
                          &p->shown));
    TRY(casework_reasons(q, decides ? READ_DECISION : READ_REASONS, &reasons));
    p->reasons = reasons;
    p->reasons_count = READ_REASONS;
    p->may_show = !p->shown;
    p->needs_reason = c->officer != q->actor.staff;
    p->one_key = !p->needs_reason || decides;
    p->reason_error = shell_mistake_of(q, "reason");
    p->reason_bad = p->reason_error.id != NULL;
    p->show = link_to1(q, "casework.show", id_text(q->arena, c->id));
    if (p->shown) {
        return casefile_applicant(q->arena, q->keyring, c, &p->applicant);
    }
    p->applicant = c->applicant_masked;
    return NULL;
}

err casework_one(struct ask *q, struct reply *r)
{
    struct casework_case *p = ARENA_NEW(q->arena, struct casework_case);
    struct casefile c;
    const struct page_crumb crumbs[] = {
        { SAY("Worklist"), link_to(q, "casework.worklist") },
    };

    if (p == NULL) {
        return err_no_memory;
    }
    TRY(casework_load(q, &c));
    TRY(head_of(q, &c, p));
    TRY(show_of(q, &c, p));
    TRY(agent_of(q, &c, p));
    TRY(steps_of(q, &c, p));
    TRY(history_of(q, &c, p));
    TRY(casework_acts_of(q, &c, &p->acts));
    TRY(casework_beside(q, &c, p));
    p->stale = q->refusal != NULL && q->refusal->kind == ERR_CONFLICT;
    if (p->stale) {
        p->stale_say = q->refusal->say;
    }
    p->mistakes = shell_mistakes(q);

    const struct page page = {
        .title = SAY("Case {number}", SAY_TEXT("number", c.number)),
        .crumbs = crumbs, .crumbs_count = 1, .current = "casework.worklist", .wide = true,
    };
    return REPLY_VIEW(q, r, &page, casework_case, p);
}
