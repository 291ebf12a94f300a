/* casework_form — the rarer acts as forms: each says what it asks for, and only those that
 * are possible now are drawn.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/frame/shell.h"
#include "feature/casework/casework_form_web.h"
#include "feature/casework/casework_rules.h"
#include "feature/casework/casework_web.h"
#include "host/lang/lang.h"
#include "kernel/casefile/paper/case_paper.h"
#include "kernel/casefile/paper/case_wanted.h"

#define PICKS_MOST 2
#define ENTRIES_MOST 4

/* One act as a form. */
static const struct draft {
    enum case_act act;
    const char *title, *button, *text, *hint; /* MSG ids; hint may be NULL */
    bool main;      /* stands open, above the rarer ones */
    bool optional;  /* its text may be left out */
} drafts[] = {
    { ACT_ENDORSE, MSG("Seal and pass on"), MSG("Seal and pass on"), MSG("Remark"), NULL,
      true, true },
    { ACT_ANSWER, MSG("Answer the consultation"), MSG("Send the answer"),
      MSG("Opinion of our unit"), MSG("Needed when your unit does not agree."), true,
      true },
    { ACT_GO_ON, MSG("Let the clock go on"), MSG("Let the clock go on"), NULL, NULL, true,
      true },
    { ACT_STUDY_ANSWER, MSG("Answer as the law study group"), MSG("Send the answer"),
      MSG("Answer"), MSG("For this case; only the office reads this."), true, false },
    { ACT_RESUME, MSG("Go on with the case"), MSG("Go on with the case"),
      MSG("What came in"), NULL, true, true },
    { ACT_PAPERS, MSG("Record papers that came in"), MSG("Record these papers"),
      MSG("Remark"), MSG("Only the office reads this."), false, true },
    { ACT_SEND_BACK, MSG("Ask the applicant to complete it"),
      MSG("Send back to the applicant"), MSG("What is missing"),
      MSG("The applicant reads this."), false, false },
    { ACT_CONSULT, MSG("Consult other units"), MSG("Send to these units"),
      MSG("What they are asked"), NULL, false, false },
    { ACT_WAIVE, MSG("Go on without the answer"), MSG("Go on without the answer"),
      MSG("Reason"), NULL, false, false },
    { ACT_EXTEND, MSG("Extend the time"), MSG("Extend"), MSG("Reason"),
      MSG("For the statutory term the applicant reads this."), false, false },
    { ACT_HALT, MSG("Stop the clock"), MSG("Stop the clock"), MSG("What is waited for"),
      MSG("The applicant reads this."), false, false },
    { ACT_SPEED, MSG("Change the speed of the document"), MSG("Change the speed"),
      MSG("Reason"), MSG("Only the office reads this."), false, false },
    { ACT_RESTORE, MSG("Restore a missed term"), MSG("Restore the term"),
      MSG("What kept the applicant from it"),
      MSG("A cause that is not his fault (Administrative Procedure Act, article 50)."),
      false, false },
    { ACT_STUDY, MSG("Ask the law study group"), MSG("Ask"), MSG("Question and ground"),
      NULL, false, false },
    { ACT_INSTRUCT, MSG("Turn it into a request for interpretation"),
      MSG("Turn it into one"), MSG("What the higher agency is asked"), NULL, false, false },
    { ACT_SPECIAL, MSG("Mark as special"), MSG("Mark as special"), MSG("What is special"),
      MSG("Only the office reads this."), false, false },
    { ACT_SPLIT, MSG("Split off a second case"), MSG("Split off"),
      MSG("What the second case is about"), NULL, false, false },
    { ACT_MERGE, MSG("Merge into another case"), MSG("Merge"), MSG("Reason"),
      MSG("The applicant reads this."), false, false },
    { ACT_GIVE, MSG("Give to another unit"), MSG("Give to that unit"), MSG("Reason"),
      MSG("It is new there: that unit takes or assigns it. The terms run on."), false,
      false },
    { ACT_TRANSFER, MSG("Pass on by letter, without envelope"), MSG("Pass on"),
      MSG("Reason"),
      MSG("The applicant reads this."), false, false },
    { ACT_CORRECT, MSG("Correct after the decision"), MSG("Record the correction"),
      MSG("What was wrong, and how it is right"), NULL, false, false },
    { ACT_REOPEN, MSG("Reopen"), MSG("Reopen"), MSG("Reason"), NULL, false, false },
    { ACT_WITHDRAW, MSG("Withdrawn in writing"), MSG("Record the withdrawal"),
      MSG("How and when the applicant withdrew it"), NULL, false, false },
};
#define DRAFTS (sizeof drafts / sizeof drafts[0])

static str field(struct casework_making *m, enum case_act act, const char *what)
{
    return str_format(m->q->arena, "%.*s_%s", STR_ARG(case_act_key[act]), what);
}

struct casework_pick *casework_pick_add(struct casework_making *m, enum case_act act,
                                        const char *what, struct words label, size_t most)
{
    struct casework_pick *p = &m->picks[m->f->picks_count];
    struct casework_option *o = ARENA_ARRAY(m->q->arena, most, struct casework_option);

    *p = (struct casework_pick){ .name = field(m, act, what),
                                 .label = label,
                                 .options = o };
    p->error = shell_mistake_of(m->q, str_z(m->q->arena, p->name));
    p->bad = p->error.id != NULL;
    m->f->picks_count += o != NULL;
    return o != NULL ? p : NULL;
}

static bool is_chosen(const struct ask *q, str name, str value)
{
    str values[CASE_WANTED_MOST];
    size_t count = ask_fields(q, name, values, CASE_WANTED_MOST);

    for (size_t i = 0; i < count; i++) {
        if (str_equal(values[i], value)) {
            return true;
        }
    }
    return false;
}

void casework_option_add(struct casework_making *m, struct casework_pick *p, str value,
                         str text)
{
    struct casework_option *o =
        (struct casework_option *)&p->options[p->options_count++];

    *o = (struct casework_option){ .value = value, .text = text,
                                   .chosen = is_chosen(m->q, p->name, value) };
}

/* With what is usual filled in. */
void casework_entry_known(struct casework_making *m, enum case_act act, const char *what,
                            struct words label, struct words hint, bool optional,
                            bool is_short, str known)
{
    struct entry *x = &m->entries[m->f->entries_count++];

    *x = entry_of(m->q, str_z(m->q->arena, field(m, act, what)), &label,
                  hint.id != NULL ? &hint : NULL, known);
    x->optional = optional;
    x->is_short = is_short;
}

void casework_entry_add(struct casework_making *m, enum case_act act, const char *what,
                      struct words label, struct words hint, bool optional, bool is_short)
{
    casework_entry_known(m, act, what, label, hint, optional, is_short, STR(""));
}

/* All other units, or those that have been asked. */
static err units_of(struct casework_making *m, enum case_act act, bool asked_only)
{
    struct ask *q = m->q;
    struct unit *units;
    size_t count;
    struct casework_pick *p;

    TRY(unit_list(q->arena, q->snap, q->agency->id, &units, &count));
    p = casework_pick_add(m, act, "units", SAY("Units"), count + 1);
    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = asked_only;
    for (size_t i = 0; i < count; i++) {
        bool asked = false;

        for (size_t n = 0; n < m->c->consults_count; n++) {
            asked = asked || m->c->consults[n] == units[i].id;
        }
        if (asked == asked_only && units[i].id != m->c->unit) {
            casework_option_add(m, p, id_text(q->arena, units[i].id),
                       label_in(&units[i].name, q->lang));
        }
    }
    return NULL;
}

static err opinion_of(struct casework_making *m)
{
    struct casework_pick *p = casework_pick_add(m, ACT_ANSWER, "opinion", SAY("Our unit"),
                                                2);

    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = true;
    casework_option_add(m, p, STR("agrees"), lang_text(m->q->lang, MSG("agrees")));
    casework_option_add(m, p, STR("objects"), lang_text(m->q->lang, MSG("does not agree")));
    return NULL;
}

/* Every question and paper by name: the applicant can change exactly what is ticked. */
static err wanted_of(struct casework_making *m)
{
    const struct service *s = m->service;
    struct ask *q = m->q;
    struct casework_pick *p;
    int supply = usual_terms_of(q->catalog, s).supply;
    size_t most = 1;

    for (size_t i = 0; s != NULL && i < s->form.steps_count; i++) {
        most += s->form.steps[i].questions_count;
    }
    p = casework_pick_add(m, ACT_SEND_BACK, "wanted",
                 SAY("What the applicant may change or hand in"),
                 most + (s != NULL ? s->papers_count : 0));
    if (p == NULL) {
        return err_no_memory;
    }
    p->has_hint = true;
    p->hint = SAY("Only what is ticked opens on the progress page; all else stays locked.");
    for (size_t i = 0; s != NULL && i < s->papers_count; i++) {
        if (!s->papers[i].looked_up) {
            casework_option_add(m, p, str_join(q->arena, STR("paper:"), s->papers[i].key),
                       label_in(&s->papers[i].name, q->lang));
        }
    }
    for (size_t i = 0; s != NULL && i < s->form.steps_count; i++) {
        for (size_t n = 0; n < s->form.steps[i].questions_count; n++) {
            const struct question *x = &s->form.steps[i].questions[n];

            if (x->type != Q_NOTE && x->type != Q_CONSENT) {
                casework_option_add(m, p, str_join(q->arena, STR("question:"), x->key),
                           label_in(&x->label, q->lang));
            }
        }
    }
    casework_entry_known(m, ACT_SEND_BACK, "until", SAY("Until"),
                    SAY("The usual term of {days} days is filled in.",
                        SAY_NUMBER("days", supply)),
                    true, true,
                    day_short(q->arena, calendar_end_from(q->calendar, q->today + supply),
                              q->lang));
    return NULL;
}

/* What the definition asks for, and what of it is a file of the form. */
static err papers_of(struct casework_making *m, enum case_act act)
{
    const struct service *s = m->service;
    struct ask *q = m->q;
    struct casework_pick *p;

    if (s == NULL || s->papers_count + s->agent_papers_count == 0) {
        return NULL;
    }
    p = casework_pick_add(m, act, "papers", SAY("Papers that came in"),
                 s->papers_count + s->agent_papers_count);
    if (p == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        if (!s->papers[i].looked_up) {
            casework_option_add(m, p, s->papers[i].key,
                                label_in(&s->papers[i].name, q->lang));
        }
    }
    for (size_t i = 0; i < s->agent_papers_count; i++) {
        casework_option_add(m, p, s->agent_papers[i].key,
                   label_in(&s->agent_papers[i].name, q->lang));
    }
    m->f->picks_count -= p->options_count == 0;
    if (p->options_count == 0) {
        return NULL;
    }
    p = casework_pick_add(m, act, "how", SAY("As what"), 2);
    if (p == NULL) {
        return err_no_memory;
    }
    p->is_radio = true;
    for (int how = CASE_PAPER_ORIGINAL; how <= CASE_PAPER_COPY; how++) {
        casework_option_add(m, p, case_paper_how_key[how],
                   lang_text(q->lang, case_paper_how_name[how]));
    }
    if (!p->options[1].chosen) {
        ((struct casework_option *)p->options)->chosen = true;
    }
    return NULL;
}

/* Nothing can be recorded where the definition names no paper that is brought. */
static bool is_empty(const struct draft *d, const struct service *s)
{
    size_t brought = s != NULL ? s->agent_papers_count : 0;

    for (size_t i = 0; s != NULL && i < s->papers_count; i++) {
        brought += !s->papers[i].looked_up;
    }
    return d->act == ACT_PAPERS && brought == 0;
}

static err extras_of(struct casework_making *m, enum case_act act)
{
    switch (act) {
    case ACT_RESUME:
    case ACT_PAPERS:
        return papers_of(m, act);
    case ACT_CONSULT:
        return units_of(m, act, false);
    case ACT_WAIVE:
        return units_of(m, act, true);
    case ACT_GIVE:
        TRY(units_of(m, act, false));
        m->picks[m->f->picks_count - 1].is_radio = true;
        return NULL;
    case ACT_ANSWER:
        return opinion_of(m);
    case ACT_EXTEND:
        return casework_clocks_of(m);
    case ACT_HALT:
        return casework_halts_of(m);
    case ACT_SPEED:
        return casework_speeds_of(m);
    case ACT_RESTORE:
        casework_restored_of(m);
        return NULL;
    case ACT_SEND_BACK:
        return wanted_of(m);
    case ACT_MERGE:
        casework_entry_add(m, act, "other", SAY("Case number"), SAY("Of the same unit."),
                           false, true);
        return NULL;
    case ACT_TRANSFER:
        casework_entry_add(m, act, "agency_name", SAY("Which agency"),
                  SAY("Only one that takes no envelopes. For all others, pass it on under "
                      "“With other agencies”: it gets there at once, signed."),
                  false, false);
        return NULL;
    case ACT_SPECIAL:
        casework_entry_add(m, act, "until", SAY("Expected date"),
                  SAY("The applicant is told this date and that it is being worked on."),
                  true, true);
        return NULL;
    case ACT_STUDY_ANSWER:
        casework_entry_add(m, act, "lesson", SAY("What the next clerk should know"),
                  SAY("Without names or anything personal. It is shown on every case of "
                      "this service."), true, false);
        m->entries[m->f->entries_count - 1].is_long = true;
        return NULL;
    case ACT_CORRECT:
        casework_entry_add(m, act, "number", SAY("New document number"),
                           (struct words){ 0 }, true, false);
        casework_entry_add(m, act, "day", SAY("Its date"), (struct words){ 0 }, true, true);
        return NULL;
    default:
        return NULL;
    }
}

static void text_of(struct casework_making *m, const struct draft *d)
{
    struct words label, hint;

    if (d->text == NULL) {
        return;
    }
    label = words_of(d->text);
    hint = words_of(d->hint);
    m->f->has_text = true;
    m->f->text = entry_of(m->q, str_z(m->q->arena, casework_note_field(d->act)), &label,
                          d->hint != NULL ? &hint : NULL, STR(""));
    m->f->text.is_long = true;
    m->f->text.optional = d->optional;
}

/* What was typed is not folded away when the page is shown again. */
static bool was_typed(struct casework_making *m)
{
    bool typed = m->f->text.bad || m->f->text.value.len > 0;

    for (size_t i = 0; i < m->f->picks_count; i++) {
        typed = typed || m->picks[i].bad;
    }
    for (size_t i = 0; i < m->f->entries_count; i++) {
        typed = typed || m->entries[i].bad ||
                ask_field(m->q, str_z(m->q->arena, m->entries[i].name)).len > 0;
    }
    return typed;
}

/* A special case is marked no more by one key. */
static void unmark(struct casework_making *m)
{
    m->f->title = m->f->button = SAY("No longer special");
    m->f->has_text = false;
    m->f->entries_count = 0;
    m->f->has_hidden = true;
    m->f->hidden_name = STR("special_off");
    m->f->hidden_value = STR("1");
}

static err form_make(struct ask *q, const struct casefile *c, const struct service *s,
                     const struct draft *d, str changes, struct casework_form *ret)
{
    struct casework_making m = {
        .q = q, .c = c, .service = s, .f = ret,
        .picks = ARENA_ARRAY(q->arena, PICKS_MOST, struct casework_pick),
        .entries = ARENA_ARRAY(q->arena, ENTRIES_MOST, struct entry),
    };

    if (m.picks == NULL || m.entries == NULL) {
        return err_no_memory;
    }
    *ret = (struct casework_form){
        .key = case_act_key[d->act], .form_token = q->session.form_token,
        .changes = changes, .title = words_of(d->title), .button = words_of(d->button),
        .to = link_to2(q, "casework.act", id_text(q->arena, c->id), case_act_key[d->act]),
        .folded = !d->main, .is_second = !d->main,
        .sign = d->act == ACT_ENDORSE  ? STR("a")
                : d->act == ACT_RESUME ? STR("r")
                                       : STR(""),
    };
    TRY(extras_of(&m, d->act));
    text_of(&m, d);
    if (d->act == ACT_SPECIAL && c->special) {
        unmark(&m);
    }
    ret->picks = m.picks;
    ret->entries = m.entries;
    ret->open = was_typed(&m);
    return NULL;
}

err casework_forms_of(struct ask *q, const struct casefile *c, struct casework_acts *p)
{
    const struct service *s =
        q->catalog != NULL ? service_get_near(q->catalog, c->service, c->service_version)
                           : NULL;
    struct casework_form *forms = ARENA_ARRAY(q->arena, DRAFTS, struct casework_form);
    struct casework_form *more = ARENA_ARRAY(q->arena, DRAFTS, struct casework_form);

    if (forms == NULL || more == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < DRAFTS; i++) {
        const struct draft *d = &drafts[i];
        struct casework_form *to =
            d->main ? &forms[p->forms_count] : &more[p->more_count];

        if (!casefile_may(&q->actor, c, d->act) || is_empty(d, s)) {
            continue;
        }
        TRY(form_make(q, c, s, d, p->changes, to));
        *(d->main ? &p->forms_count : &p->more_count) += 1;
        p->none = false;
    }
    p->forms = forms;
    p->more = more;
    p->has_more = p->more_count > 0;
    return NULL;
}
