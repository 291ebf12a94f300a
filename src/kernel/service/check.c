/* check — what only shows when the parts of a definition, or several definitions, are seen
 * together. The graph of its procedure: procedure.c; what is never used: use.c.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/service/check.h"

#include "base/arena.h"
#include "host/rule/rule.h"
#include "kernel/office/office.h"

static void unknown(struct pack_reader *r, int line, int column, str word, const str *known,
                    size_t count)
{
    str near = pack_nearest(r->arena, word, known, count);

    if (near.len > 0) {
        pack_mistake_at(r, line, column,
                        SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                            SAY_TEXT("word", word), SAY_TEXT("nearest", near)));
    } else {
        pack_mistake_at(
            r, line, column,
            SAY("\"{word}\" is neither a unit nor a matter of this office. Write it "
                "into office.yaml or authority.yaml first.",
                SAY_TEXT("word", word)));
    }
}

static void unit_link(struct pack_reader *r, const struct office *o,
                      const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, o->units_count, str);

    for (size_t i = 0; keys != NULL && i < o->units_count; i++) {
        keys[i] = o->units[i].key;
        if (str_equal(keys[i], s->unit)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->unit_line, 7, s->unit, keys, o->units_count);
    }
}

static void matter_link(struct pack_reader *r, const struct authority *t,
                        const struct service *s)
{
    str *keys = ARENA_ARRAY(r->arena, t->lines_count, str);

    for (size_t i = 0; keys != NULL && i < t->lines_count; i++) {
        keys[i] = t->lines[i].matter;
        if (str_equal(keys[i], s->matter)) {
            return;
        }
    }
    if (keys != NULL) {
        unknown(r, s->matter_line, 9, s->matter, keys, t->lines_count);
    }
}

/* Units, lookups, series and templates are other definitions'. */
static void names_link(struct pack_reader *r, const struct catalog *c,
                       const struct service *s)
{
    for (size_t i = 0; i < s->flow.consult_count; i++) {
        (void)pack_is_defined(r, c, "unit", s->flow.consult[i], s->flow.line,
                              s->flow.column);
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        const struct service_paper *p = &s->papers[i];

        if (p->lookup.len > 0) {
            (void)pack_is_defined(r, c, "lookup", p->lookup, p->line, p->column);
        }
    }
    for (size_t i = 0; i < s->letters_count; i++) {
        const struct service_letter *l = &s->letters[i];

        if (l->template.len > 0) {
            (void)pack_is_defined(r, c, "template", l->template, l->line, l->column);
        }
        if (l->series.len > 0) {
            (void)pack_is_defined(r, c, "series", l->series, l->line, l->column);
        }
    }
}

/* A proposal must reach its decision: no level on its way may be missing. */
static void flow_link(struct pack_reader *r, const struct catalog *c,
                      const struct service *s)
{
    enum level level = LEVEL_UNIT_HEAD;
    struct flow_plan plan;
    const char *fault;

    if (authority_find(c, s->matter) == NULL ||
        authority_level(c, s->matter, &level) != NULL) {
        return;
    }
    plan = service_plan(c, s, level);
    fault = flow_fault(&plan);
    if (fault != NULL) {
        pack_mistake_at(r, s->matter_line, 9, words_of(fault));
    }
}

/* Where the pack brings an office and its authority table, both must know the service. */
void service_link(struct pack_reader *r, const struct catalog *c, void *thing)
{
    const struct service *s = thing;

    if (office_get(c) != NULL) {
        unit_link(r, office_get(c), s);
    }
    if (authority_get(c) != NULL && s->matter.len > 0) {
        matter_link(r, authority_get(c), s);
    }
    names_link(r, c, s);
    if (office_get(c) != NULL && authority_get(c) != NULL && s->matter.len > 0) {
        flow_link(r, c, s);
    }
}

/* ---- rules outside of the form ---- */

/* What a rule of the service meets at worst: nothing answered, any way. */
struct nothing {
    struct pack_reader *pack;
    const struct service *service;
    struct rule_value *values;
    size_t count;
    day today;
};

static size_t questions_of(const struct form *f)
{
    size_t count = 0;

    for (size_t i = 0; i < f->steps_count; i++) {
        count += f->steps[i].questions_count;
    }
    return count;
}

static void nothing_fill(struct nothing *n, const struct service *s)
{
    n->values = ARENA_ARRAY(n->pack->arena, questions_of(&s->form) + 1, struct rule_value);
    for (size_t i = 0; n->values != NULL && i < s->form.steps_count; i++) {
        for (size_t k = 0; k < s->form.steps[i].questions_count; k++) {
            n->values[n->count++] = (struct rule_value){
                .name = s->form.steps[i].questions[k].key, .kind = RULE_NIL
            };
        }
    }
    if (n->values != NULL) {
        n->values[n->count++] = (struct rule_value){ .name = STR("way"), .kind = RULE_TEXT,
                                                     .text = STR("online") };
    }
}

static void truth_try(struct nothing *n, str rule, int line, int column)
{
    bool truth;

    if (rule.len == 0 || n->values == NULL ||
        rule_truth(n->pack->arena, rule, n->values, n->count, n->today, &truth) == NULL) {
        return;
    }
    pack_mistake_at(
        n->pack, line, column,
        SAY("The rule {rule} fails when a question in it has no answer: then it is "
            "neither true nor false. Compare it, or write filled(...).",
            SAY_TEXT("rule", rule)));
}

static void number_try(struct nothing *n, str rule, int line, int column)
{
    int64_t number;

    if (rule.len == 0 || n->values == NULL ||
        rule_number(n->pack->arena, rule, n->values, n->count, n->today, &number) == NULL) {
        return;
    }
    pack_mistake_at(n->pack, line, column,
                    SAY("{rule} gives no number from 0 to {most} when nothing is answered.",
                        SAY_TEXT("rule", rule), SAY_NUMBER("most", 1000000)));
}

static void rules_check(struct pack_reader *r, const struct service *s, day today)
{
    struct nothing n = { .pack = r, .service = s, .today = today };

    nothing_fill(&n, s);
    for (size_t i = 0; i < s->limits_count; i++) {
        truth_try(&n, s->limits[i].when, s->limits[i].line, s->limits[i].column);
    }
    for (size_t i = 0; i < s->papers_count; i++) {
        truth_try(&n, s->papers[i].when, s->papers[i].line, s->papers[i].column);
    }
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];

        truth_try(&n, f->when, f->line, f->column);
        number_try(&n, f->times, f->line, f->column);
        for (size_t k = 0; k < f->waivers_count; k++) {
            truth_try(&n, f->waivers[k].when, f->waivers[k].line, f->waivers[k].column);
        }
    }
}

/* ---- fees and limits ---- */

static void fees_check(struct pack_reader *r, const struct service *s, day today)
{
    for (size_t i = 0; i < s->fees_count; i++) {
        const struct service_fee *f = &s->fees[i];

        if (f->dollars > 0 && label_is_empty(&f->law)) {
            pack_advise_at(
                r, f->line, f->column,
                SAY("The fee \"{key}\" names no law. A fee is taken only where a "
                    "rule says so (規費法 §10).",
                    SAY_TEXT("key", f->key)));
        }
        if (f->review_by != DAY_NONE && f->review_by < today) {
            pack_advise_at(r, f->line, f->column,
                           SAY("The review of the fee \"{key}\" was due by {day} "
                               "(規費法 §11).",
                               SAY_TEXT("key", f->key), SAY_DAY("day", f->review_by)));
        }
        for (size_t k = 0; k < f->waivers_count; k++) {
            const struct service_waiver *w = &f->waivers[k];

            if (w->when.len == 0 && label_is_empty(&w->proof)) {
                pack_advise_at(r, w->line, w->column,
                               SAY("The waiver \"{key}\" has neither a rule nor a proof: "
                                   "nobody can tell who it is for.",
                                   SAY_TEXT("key", w->key)));
            }
        }
    }
}

static void limits_check(struct pack_reader *r, const struct service *s)
{
    if (s->limit_by_law) {
        pack_advise_at(r, 1, 1,
                       SAY("No limit is said: then it is two months by the law (行政程序法 "
                           "§51 II)."));
    }
    for (size_t i = 0; i < s->limits_count; i++) {
        const struct service_limit *l = &s->limits[i];

        if (l->way != WAY_NONE && (s->ways & (1U << l->way)) == 0) {
            pack_mistake_at(
                r, l->line, l->column,
                SAY("\"{way}\" is no way to apply here. Add it under \"ways\" or "
                    "take this limit out.",
                    SAY_TEXT("way", service_way_key[l->way])));
        }
    }
}

/* ---- who gets it ---- */

static bool says_a_village(const struct question *q)
{
    return q != NULL &&
           (q->type == Q_ADDRESS || q->type == Q_TEXT || q->type == Q_CHOICE);
}

static bool has_address(const struct form *f)
{
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            if (f->steps[i].questions[k].type == Q_ADDRESS) {
                return true;
            }
        }
    }
    return false;
}

static void assign_check(struct pack_reader *r, const struct service *s)
{
    const struct service_flow *f = &s->flow;

    if (f->village.len > 0 && f->assign != ASSIGN_VILLAGE) {
        pack_mistake_at(r, f->line, f->column,
                        SAY("\"{key}\" is said, but the case is not assigned by village. "
                            "Write \"assign: village\", or take it out.",
                            SAY_TEXT("key", STR("village"))));
    } else if (f->village.len > 0 && !says_a_village(form_question(&s->form, f->village))) {
        pack_mistake_at(r, f->line, f->column,
                        SAY("\"{word}\" is no question that says a village: name an "
                            "address, a text or a choice.",
                            SAY_TEXT("word", f->village)));
    } else if (f->village.len == 0 && f->assign == ASSIGN_VILLAGE &&
               s->depth == DEPTH_FULL && !has_address(&s->form)) {
        pack_mistake_at(r, f->line, f->column,
                        SAY("It is assigned by village, but no question asks for an "
                            "address: nobody could tell which village it is."));
    }
}

void service_check(struct pack_reader *r, const struct service *s, day today)
{
    rules_check(r, s, today);
    limits_check(r, s);
    service_procedure_check(r, s);
    assign_check(r, s);
    fees_check(r, s, today);
    service_use_check(r, s, today);
}
