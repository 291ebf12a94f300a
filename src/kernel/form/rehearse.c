/* rehearse — a form tried before it is published: the examples must be accepted, and no
 * rule may break when an optional answer is left out.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "host/json/json.h"
#include "host/rule/rule.h"
#include "kernel/pack/pack.h"

struct rehearsal {
    struct pack_reader *pack;
    const struct form *form;
    struct rule_value *values; /* of the examples, or nil */
    size_t count;
    day today;
};

static const struct question *question_of_field(const struct form *f, str field)
{
    str rest = field, key = field;

    (void)str_cut(&rest, '.', &key);
    return form_question(f, key);
}

/* Where the first mistake of the examples belongs. */
static void examples_try(struct pack_reader *r, const struct form *f, day today)
{
    struct answers s;
    struct mistakes m;
    const struct json *example = NULL;
    err e = answers_init(r->arena, f, &s);

    mistakes_init(&m, r->arena);
    if (e == NULL) {
        e = json_parse(r->arena, examples_all(r->arena, f, today), &example);
    }
    if (e == NULL) {
        e = answers_read_json(r->arena, &s, example, today, &m);
    }
    for (const struct mistake *x = m.first; e == NULL && x != NULL; x = x->next) {
        const struct question *q = question_of_field(f, x->field);

        pack_mistake_at(
            r, q != NULL ? q->line : 1, q != NULL ? q->column : 1,
            SAY("The example of \"{key}\" is not accepted by its own form. Change the "
                "example or the rule.",
                SAY_TEXT("key", x->field)));
    }
}

/* The values a rule could meet: everything nil but `own`, which has some value of its
 * type. */
static void values_fill(struct rehearsal *h, const struct question *own)
{
    size_t n = 0;

    for (size_t i = 0; i < h->form->steps_count; i++) {
        for (size_t k = 0; k < h->form->steps[i].questions_count; k++) {
            const struct question *q = &h->form->steps[i].questions[k];
            struct rule_value v = { .name = q->key, .kind = RULE_NIL };

            if (q == own) {
                v.kind = q->type == Q_DATE                            ? RULE_DAY
                         : q->type == Q_NUMBER || q->type == Q_MONEY  ? RULE_NUMBER
                         : q->type == Q_YESNO || q->type == Q_CONSENT ||
                                 q->type == Q_SIGNATURE ? RULE_BOOL
                         : q->type == Q_CHOICES                       ? RULE_LIST
                         : q->type == Q_ROWS                          ? RULE_ROWS
                                                                      : RULE_TEXT;
                v.number = q->type == Q_DATE ? h->today : 1;
                v.text = STR("x");
            }
            h->values[n++] = v;
        }
    }
}

static void rule_rehearse(struct rehearsal *h, str source, int line, int column)
{
    bool truth;

    if (source.len == 0 ||
        rule_truth(h->pack->arena, source, h->values, h->count, h->today, &truth) == NULL) {
        return;
    }
    pack_mistake_at(
        h->pack, line, column,
        SAY("The rule {rule} fails when a question in it has no answer: then it is "
            "neither true nor false. Compare it, or write filled(...).",
            SAY_TEXT("rule", source)));
}

static void question_rehearse(struct rehearsal *h, const struct question *q)
{
    values_fill(h, NULL);
    rule_rehearse(h, q->visible, q->line, q->column);
    rule_rehearse(h, q->required_when, q->line, q->column);
    values_fill(h, q);
    for (size_t i = 0; i < q->rules_count; i++) {
        rule_rehearse(h, q->rules[i].source, q->rules[i].line, q->rules[i].column);
    }
}

void form_rehearse(struct pack_reader *r, const struct form *f, day today)
{
    struct rehearsal h = { .pack = r, .form = f, .today = today };

    for (size_t i = 0; i < f->steps_count; i++) {
        h.count += f->steps[i].questions_count;
    }
    h.values = ARENA_ARRAY(r->arena, h.count, struct rule_value);
    for (size_t i = 0; h.values != NULL && i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            question_rehearse(&h, &f->steps[i].questions[k]);
        }
    }
    examples_try(r, f, today);
}
