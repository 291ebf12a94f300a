/* diff — what a citizen or an officer would notice when one version of a service takes the
 * place of another.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/diff.h"

#include "base/arena.h"

struct diff {
    struct arena *arena;
    struct service_change *list;
    size_t count, most;
};

static void add(struct diff *d, bool citizen, struct words say)
{
    if (d->count == d->most) {
        size_t most = d->most * 2 + 32;
        struct service_change *list = ARENA_ARRAY(d->arena, most, struct service_change);

        if (list == NULL) {
            return;
        }
        for (size_t i = 0; i < d->count; i++) {
            list[i] = d->list[i];
        }
        d->list = list;
        d->most = most;
    }
    d->list[d->count++] = (struct service_change){ citizen, say };
}

static bool same(const struct label *x, const struct label *y)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (!str_equal(x->in[i], y->in[i])) {
            return false;
        }
    }
    return true;
}

/* ---- texts ---- */

static void texts_diff(struct diff *d, const struct service *x, const struct service *y)
{
    if (!same(&x->name, &y->name)) {
        add(d, true, SAY("Its name: {old} → {new}", SAY_LABEL("old", &x->name),
                         SAY_LABEL("new", &y->name)));
    }
    if (!same(&x->who, &y->who)) {
        add(d, true, SAY("Who may apply: {old} → {new}", SAY_LABEL("old", &x->who),
                         SAY_LABEL("new", &y->who)));
    }
    if (label_is_empty(&x->agent) && !label_is_empty(&y->agent)) {
        add(d, true, SAY("An agent may apply now: {new}", SAY_LABEL("new", &y->agent)));
    } else if (!label_is_empty(&x->agent) && label_is_empty(&y->agent)) {
        add(d, true, SAY("An agent may no longer apply."));
    }
    if (!same(&x->law, &y->law)) {
        add(d, true, SAY("Law: {old} → {new}", SAY_LABEL("old", &x->law),
                         SAY_LABEL("new", &y->law)));
    }
    if (!str_equal(x->unit, y->unit)) {
        add(d, true, SAY("The unit in charge: {old} → {new}", SAY_TEXT("old", x->unit),
                         SAY_TEXT("new", y->unit)));
    }
    if (x->keep_years != y->keep_years) {
        add(d, true, SAY("Personal data are kept {new} years instead of {old}.",
                         SAY_NUMBER("new", y->keep_years),
                         SAY_NUMBER("old", x->keep_years)));
    }
    if (x->result != y->result) {
        add(d, true, y->result == RESULT_COLLECTED
                         ? SAY("The result is picked up instead of sent.")
                         : SAY("The result is sent instead of picked up."));
    }
}

static void state_diff(struct diff *d, const struct service *x, const struct service *y)
{
    if (x->status.state == y->status.state) {
        return;
    }
    switch (y->status.state) {
    case SERVICE_OPEN:
        add(d, true, SAY("It can be applied for again."));
        return;
    case SERVICE_PAUSED:
        add(d, true, SAY("It is paused: {note}", SAY_LABEL("note", &y->status.note)));
        return;
    case SERVICE_SEASONAL:
        add(d, true, SAY("It can be applied for in its season only."));
        return;
    case SERVICE_CLOSED:
        add(d, true, SAY("It is closed: {note}", SAY_LABEL("note", &y->status.note)));
        return;
    }
}

static void ways_diff(struct diff *d, const struct service *x, const struct service *y)
{
    for (int way = 0; way < SERVICE_WAYS; way++) {
        unsigned bit = 1U << way;

        if ((x->ways & bit) == 0 && (y->ways & bit) != 0) {
            add(d, true, SAY("A new way to apply: {way}",
                             SAY_TEXT("way", service_way_key[way])));
        } else if ((x->ways & bit) != 0 && (y->ways & bit) == 0) {
            add(d, true, SAY("A way to apply falls away: {way}",
                             SAY_TEXT("way", service_way_key[way])));
        }
    }
}

/* ---- papers ---- */

static const struct service_paper *paper_like(const struct service_paper *list,
                                              size_t count, const struct service_paper *p)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].name.in[LANG_ZH], p->name.in[LANG_ZH])) {
            return &list[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (str_equal(list[i].key, p->key) && !str_starts(p->key, STR("paper_"))) {
            return &list[i];
        }
    }
    return NULL;
}

static void paper_diff(struct diff *d, const struct service_paper *x,
                       const struct service_paper *y)
{
    if (!x->looked_up && y->looked_up) {
        add(d, true, SAY("The office looks it up now, nobody brings it: {paper}",
                         SAY_LABEL("paper", &y->name)));
    } else if (x->looked_up && !y->looked_up) {
        add(d, true,
            SAY("It has to be brought now: {paper}", SAY_LABEL("paper", &y->name)));
    }
    if (!x->original && y->original) {
        add(d, true, SAY("The original has to be shown: {paper}",
                         SAY_LABEL("paper", &y->name)));
    } else if (x->original && !y->original) {
        add(d, true, SAY("The original need not be shown any more: {paper}",
                         SAY_LABEL("paper", &y->name)));
    }
    if (x->copies != y->copies) {
        add(d, true, SAY("Copies of {paper}: {old} → {new}", SAY_LABEL("paper", &y->name),
                         SAY_NUMBER("old", x->copies), SAY_NUMBER("new", y->copies)));
    }
    if (!str_equal(x->when, y->when)) {
        add(d, true, SAY("When it is needed has changed: {paper}",
                         SAY_LABEL("paper", &y->name)));
    }
}

static void papers_diff(struct diff *d, const struct service *x, const struct service *y)
{
    for (size_t i = 0; i < x->papers_count; i++) {
        const struct service_paper *other = paper_like(y->papers, y->papers_count,
                                                       &x->papers[i]);

        if (other == NULL) {
            add(d, true, SAY("A paper is dropped: {paper}",
                             SAY_LABEL("paper", &x->papers[i].name)));
        } else {
            paper_diff(d, &x->papers[i], other);
        }
    }
    for (size_t i = 0; i < y->papers_count; i++) {
        if (paper_like(x->papers, x->papers_count, &y->papers[i]) == NULL) {
            add(d, true, SAY("A paper is added: {paper}",
                             SAY_LABEL("paper", &y->papers[i].name)));
        }
    }
}

/* ---- fees ---- */

static const struct service_fee *fee_like(const struct service *s,
                                          const struct service_fee *f)
{
    for (size_t i = 0; i < s->fees_count; i++) {
        if (!str_starts(f->key, STR("fee_")) && str_equal(s->fees[i].key, f->key) &&
            s->fees[i].from == f->from) {
            return &s->fees[i];
        }
    }
    for (size_t i = 0; i < s->fees_count; i++) {
        if (str_equal(s->fees[i].what.in[LANG_ZH], f->what.in[LANG_ZH]) &&
            s->fees[i].from == f->from) {
            return &s->fees[i];
        }
    }
    return NULL;
}

static void fee_diff(struct diff *d, const struct service_fee *x,
                     const struct service_fee *y)
{
    if (x->dollars != y->dollars) {
        add(d, true, SAY("Fee {what}: {old} → {new}", SAY_LABEL("what", &y->what),
                         SAY_MONEY("old", x->dollars), SAY_MONEY("new", y->dollars)));
    }
    if (!str_equal(x->when, y->when) || !str_equal(x->times, y->times)) {
        add(d, true, SAY("When or how often the fee {what} is taken has changed.",
                         SAY_LABEL("what", &y->what)));
    }
    if (x->until != y->until && y->until != DAY_NONE) {
        add(d, true, SAY("The fee {what} ends on {day}.", SAY_LABEL("what", &y->what),
                         SAY_DAY("day", y->until)));
    }
    if (x->waivers_count != y->waivers_count) {
        add(d, true, SAY("Waivers of the fee {what}: {old} → {new}",
                         SAY_LABEL("what", &y->what),
                         SAY_NUMBER("old", (int64_t)x->waivers_count),
                         SAY_NUMBER("new", (int64_t)y->waivers_count)));
    }
}

static void fees_diff(struct diff *d, const struct service *x, const struct service *y)
{
    for (size_t i = 0; i < x->fees_count; i++) {
        const struct service_fee *other = fee_like(y, &x->fees[i]);

        if (other != NULL) {
            fee_diff(d, &x->fees[i], other);
        } else {
            add(d, true, SAY("A fee falls away: {what} {dollars}",
                             SAY_LABEL("what", &x->fees[i].what),
                             SAY_MONEY("dollars", x->fees[i].dollars)));
        }
    }
    for (size_t i = 0; i < y->fees_count; i++) {
        if (fee_like(x, &y->fees[i]) == NULL) {
            add(d, true, SAY("A new fee: {what} {dollars}",
                             SAY_LABEL("what", &y->fees[i].what),
                             SAY_MONEY("dollars", y->fees[i].dollars)));
        }
    }
    if (x->fines_count != y->fines_count) {
        add(d, true, SAY("Lines in the table of fines: {old} → {new}",
                         SAY_NUMBER("old", (int64_t)x->fines_count),
                         SAY_NUMBER("new", (int64_t)y->fines_count)));
    }
}

/* ---- limits ---- */

static bool same_limit(const struct limit *x, const struct limit *y)
{
    return x->unit == y->unit && x->value == y->value;
}

static void limit_diff(struct diff *d, const struct limit *x, const struct limit *y)
{
    static const char *const says[] = {
        [LIMIT_WORKING] = MSG("Limit: {old} → {new} working days"),
        [LIMIT_CALENDAR] = MSG("Limit: {old} → {new} days"),
        [LIMIT_HOUR] = MSG("Limit: {old} → {new} hours"),
        [LIMIT_MONTH] = MSG("Limit: {old} → {new} months"),
    };
    struct words say;

    if (x->unit == y->unit && x->unit < LIMIT_AT_ONCE) {
        say = words_of(says[x->unit]);
        say.value[0] = (struct word)SAY_NUMBER("old", x->value);
        say.value[1] = (struct word)SAY_NUMBER("new", y->value);
        add(d, true, say);
        return;
    }
    add(d, true, SAY("The limit is of another kind: {old_unit} → {new_unit}",
                     SAY_TEXT("old_unit", limit_unit_key[x->unit]),
                     SAY_TEXT("new_unit", limit_unit_key[y->unit])));
}

static void limits_diff(struct diff *d, const struct service *x, const struct service *y)
{
    bool more = x->limits_count != y->limits_count || x->stages_count != y->stages_count;

    if (!same_limit(&x->limit, &y->limit)) {
        limit_diff(d, &x->limit, &y->limit);
    }
    for (size_t i = 0; !more && i < y->limits_count; i++) {
        more = !same_limit(&x->limits[i].limit, &y->limits[i].limit) ||
               x->limits[i].way != y->limits[i].way ||
               !str_equal(x->limits[i].when, y->limits[i].when);
    }
    for (size_t i = 0; !more && i < y->stages_count; i++) {
        more = !same_limit(&x->stages[i].limit, &y->stages[i].limit);
    }
    if (more) {
        add(d, true, SAY("Limits by way, case or stage have changed."));
    }
    if (x->counted_from != y->counted_from) {
        add(d, true, SAY("The limit is counted from: {old} → {new}",
                         SAY_TEXT("old", counted_from_key[x->counted_from]),
                         SAY_TEXT("new", counted_from_key[y->counted_from])));
    }
    if (x->control.set != y->control.set ||
        (y->control.set && !same_limit(&x->control.limit, &y->control.limit))) {
        add(d, false, SAY("The control limit has changed."));
    }
    if (x->speed != y->speed) {
        add(d, false, SAY("The speed of the document has changed."));
    }
    if (x->adverse != y->adverse) {
        add(d, true, SAY("Whether the term is a burden has changed (§48 V)."));
    }
}

/* ---- questions ---- */

static void question_diff(struct diff *d, const struct question *x,
                          const struct question *y)
{
    if (x->type != y->type) {
        add(d, true, SAY("\"{question}\" is asked in another way: {old} → {new}",
                         SAY_LABEL("question", &y->label),
                         SAY_TEXT("old", question_type_key[x->type]),
                         SAY_TEXT("new", question_type_key[y->type])));
    } else if (!same(&x->label, &y->label)) {
        add(d, true, SAY("A question is worded anew: {old} → {new}",
                         SAY_LABEL("old", &x->label), SAY_LABEL("new", &y->label)));
    }
    if (!x->required && y->required) {
        add(d, true, SAY("It must be answered now: {question}",
                         SAY_LABEL("question", &y->label)));
    } else if (x->required && !y->required) {
        add(d, true, SAY("It may be left empty now: {question}",
                         SAY_LABEL("question", &y->label)));
    }
}

static void form_diff(struct diff *d, const struct form *x, const struct form *y)
{
    for (size_t i = 0; i < x->steps_count; i++) {
        for (size_t k = 0; k < x->steps[i].questions_count; k++) {
            const struct question *q = &x->steps[i].questions[k];
            const struct question *other = form_question(y, q->key);

            if (other != NULL) {
                question_diff(d, q, other);
            } else if (q->type != Q_NOTE) {
                add(d, true, SAY("No longer asked: {question}",
                                 SAY_LABEL("question", &q->label)));
            }
        }
    }
    for (size_t i = 0; i < y->steps_count; i++) {
        for (size_t k = 0; k < y->steps[i].questions_count; k++) {
            const struct question *q = &y->steps[i].questions[k];

            if (q->type != Q_NOTE && form_question(x, q->key) == NULL) {
                add(d, true, SAY("A new question: {question}",
                                 SAY_LABEL("question", &q->label)));
            }
        }
    }
}

/* ---- inside the office ---- */

static void letters_diff(struct diff *d, const struct service *x, const struct service *y)
{
    for (size_t i = 0; i < y->letters_count; i++) {
        bool known = false;

        for (size_t k = 0; k < x->letters_count; k++) {
            const struct service_letter *old = &x->letters[k], *new = &y->letters[i];

            if (!str_equal(old->key, new->key)) {
                continue;
            }
            known = true;
            if (old->seal != new->seal) {
                add(d, false, SAY("The seal of {letter}: {old} → {new}",
                                  SAY_LABEL("letter", &new->name),
                                  SAY_TEXT("old", letter_seal_key[old->seal]),
                                  SAY_TEXT("new", letter_seal_key[new->seal])));
            }
            if (old->valid_months != new->valid_months) {
                add(d, true, SAY("Months for which {letter} holds: {old} → {new}",
                                 SAY_LABEL("letter", &new->name),
                                 SAY_NUMBER("old", old->valid_months),
                                 SAY_NUMBER("new", new->valid_months)));
            }
        }
        if (!known) {
            add(d, false, SAY("A new paper goes out: {letter}",
                              SAY_LABEL("letter", &y->letters[i].name)));
        }
    }
}

static void flow_diff(struct diff *d, const struct service *x, const struct service *y)
{
    if (!str_equal(x->matter, y->matter)) {
        add(d, false, SAY("The matter in the authority table: {old} → {new}",
                          SAY_TEXT("old", x->matter), SAY_TEXT("new", y->matter)));
    }
    if (x->flow.four_eyes != y->flow.four_eyes) {
        add(d, false, y->flow.four_eyes
                          ? SAY("Who proposed may no longer decide (four eyes).")
                          : SAY("Who proposed may decide again."));
    }
    if (x->flow.consult_count != y->flow.consult_count) {
        add(d, false, SAY("Units that are consulted: {old} → {new}",
                          SAY_NUMBER("old", (int64_t)x->flow.consult_count),
                          SAY_NUMBER("new", (int64_t)y->flow.consult_count)));
    }
    if (x->flow.assign != y->flow.assign) {
        add(d, false, SAY("Assignment: {old} → {new}",
                          SAY_TEXT("old", flow_assign_key[x->flow.assign]),
                          SAY_TEXT("new", flow_assign_key[y->flow.assign])));
    }
    if (x->flow.sample != y->flow.sample) {
        add(d, false, SAY("Drawn for review: {old} → {new} percent",
                          SAY_NUMBER("old", x->flow.sample),
                          SAY_NUMBER("new", y->flow.sample)));
    }
    if (x->procedure_count != y->procedure_count) {
        add(d, false, SAY("Steps of the procedure: {old} → {new}",
                          SAY_NUMBER("old", (int64_t)x->procedure_count),
                          SAY_NUMBER("new", (int64_t)y->procedure_count)));
    }
}

err service_diff(struct arena *a, const struct service *old, const struct service *new,
                 struct service_change **ret, size_t *ret_count)
{
    struct diff d = { .arena = a };

    texts_diff(&d, old, new);
    state_diff(&d, old, new);
    ways_diff(&d, old, new);
    if (old->eligible_count != new->eligible_count) {
        add(&d, true, SAY("Questions before the form: {old} → {new}",
                          SAY_NUMBER("old", (int64_t)old->eligible_count),
                          SAY_NUMBER("new", (int64_t)new->eligible_count)));
    }
    papers_diff(&d, old, new);
    fees_diff(&d, old, new);
    limits_diff(&d, old, new);
    form_diff(&d, &old->form, &new->form);
    letters_diff(&d, old, new);
    flow_diff(&d, old, new);
    if (arena_failed(a)) {
        return err_no_memory;
    }
    *ret = d.list;
    *ret_count = d.count;
    return NULL;
}

/* ---- seals ---- */

/* The decision, and each level that passes it on. */
int service_seals(const struct catalog *c, str matter)
{
    const struct authority_line *line = authority_find(c, matter);
    enum level top = line != NULL ? line->level : LEVEL_UNIT_HEAD;
    enum level first = line != NULL ? line->proposes : LEVEL_OFFICER;
    int seals = 2; /* who proposes, who decides */

    for (int level = (int)first + 1; level < (int)top; level++) {
        bool passes = line == NULL || line->through == 0 || (line->through & (1U << level));

        seals += passes ? 1 : 0;
    }
    return top <= first ? 1 : seals;
}
