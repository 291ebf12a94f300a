/* rules — which questions are asked, which must be answered, and what the definition's own
 * rules say about the answers.
 *
 * Rules see the answers as values: days compare, choices are lists, what is not answered or
 * not asked is nil.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "host/json/json.h"
#include "host/rule/rule.h"

static void value_of_json(struct arena *a, const struct question *q, const struct json *j,
                          struct rule_value *ret);

static void value_of_list(struct arena *a, const struct json *j, struct rule_value *ret)
{
    str *list = ARENA_ARRAY(a, j->count, str);
    size_t count = 0;

    for (const struct json *x = j->first; list != NULL && x != NULL; x = x->next) {
        list[count++] = x->text;
    }
    ret->kind = RULE_LIST;
    ret->list = list;
    ret->count = count;
}

/* What one may reckon with in rows: sum(rows, "area"), count(rows, "kind", "house"). */
static void value_of_rows(struct arena *a, const struct question *q, const struct json *j,
                          struct rule_value *ret)
{
    struct rule_value *cells = ARENA_ARRAY(a, j->count * q->columns_count,
                                           struct rule_value);
    size_t n = 0;

    for (const struct json *row = j->first; cells != NULL && row != NULL; row = row->next) {
        for (size_t i = 0; i < q->columns_count; i++) {
            const struct json *cell = json_get(row, q->columns[i].key);
            struct rule_value *v = &cells[n++];

            *v = (struct rule_value){ .name = q->columns[i].key, .kind = RULE_NIL };
            if (cell != NULL) {
                value_of_json(a, &q->columns[i], cell, v);
            }
        }
    }
    ret->kind = RULE_ROWS;
    ret->rows = cells;
    ret->count = cells != NULL ? j->count : 0;
    ret->columns = q->columns_count;
}

/* An address is one text, so that starts(home, "雲川市青埔區") can be asked. */
static str value_of_object(struct arena *a, const struct question *q, const struct json *j)
{
    str s;

    if (q->type == Q_FILE) {
        return json_text_of(j, STR("file"));
    }
    s = str_join(a, json_text_of(j, STR("city")), json_text_of(j, STR("district")));
    return str_join(a, str_join(a, s, json_text_of(j, STR("village"))),
                    json_text_of(j, STR("street")));
}

static void value_of_json(struct arena *a, const struct question *q, const struct json *j,
                          struct rule_value *ret)
{
    day d;

    if (q->type == Q_ROWS) {
        value_of_rows(a, q, j, ret);
        return;
    }
    switch (j->kind) {
    case JSON_BOOL:
        ret->kind = RULE_BOOL;
        ret->number = j->truth;
        break;
    case JSON_INT:
        ret->kind = RULE_NUMBER;
        ret->number = j->number;
        break;
    case JSON_LIST:
        value_of_list(a, j, ret);
        break;
    case JSON_OBJECT:
        ret->kind = q->type == Q_SIGNATURE ? RULE_BOOL : RULE_TEXT;
        ret->number = 1;
        ret->text = value_of_object(a, q, j);
        break;
    default:
        ret->kind = RULE_TEXT;
        ret->text = j->text;
        if (q->type == Q_DATE && day_from_iso(j->text, &d)) {
            ret->kind = RULE_DAY;
            ret->number = d;
        }
        break;
    }
}

static void value_of(struct arena *a, const struct answer *x, struct rule_value *ret)
{
    const struct json *j = NULL;

    *ret = (struct rule_value){ .name = x->question->key, .kind = RULE_NIL };
    if (x->visible && x->json.len > 0 && json_parse(a, x->json, &j) == NULL) {
        value_of_json(a, x->question, j, ret);
    }
}

/* The answers as rules see them, and the pass over the rules of the form. */
struct known {
    struct rule_value *values;
    struct rule_pass *pass;
};

static err known_begin(struct arena *a, const struct answers *s, day today,
                       struct known *ret)
{
    ret->values = ARENA_ARRAY(a, s->count, struct rule_value);
    if (ret->values == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->count; i++) {
        value_of(a, &s->list[i], &ret->values[i]);
    }
    return rule_pass_begin(a, s->form->shelf, ret->values, s->count, today, &ret->pass);
}

err answers_pass(struct arena *a, const struct answers *s, const struct rule_value *more,
                 size_t more_count, day today, struct rule_pass **ret)
{
    size_t count = s != NULL ? s->count : 0;
    struct rule_value *values = ARENA_ARRAY(a, count + more_count, struct rule_value);

    if (values == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < more_count; i++) {
        values[i] = more[i];
    }
    for (size_t i = 0; i < count; i++) {
        value_of(a, &s->list[i], &values[more_count + i]);
    }
    return rule_pass_begin(a, s != NULL ? s->form->shelf : NULL, values, count + more_count,
                           today, ret);
}

static err settle_one(struct arena *a, struct answers *s, size_t at, struct known *k)
{
    struct answer *x = &s->list[at];
    bool was = x->visible;

    x->visible = true;
    if (x->question->visible.len > 0) {
        TRY(rule_pass_truth(a, k->pass, x->question->visible, &x->visible));
    }
    if (x->visible == was) {
        return NULL;
    }
    value_of(a, x, &k->values[at]);
    return rule_pass_change(a, k->pass, at);
}

/* In order: a question may depend on those before it. */
static err settle(struct arena *a, struct answers *s, day today, struct known *ret)
{
    TRY(known_begin(a, s, today, ret));
    for (size_t i = 0; i < s->count; i++) {
        TRY(settle_one(a, s, i, ret));
    }
    return NULL;
}

err answers_settle(struct arena *a, struct answers *s, day today)
{
    struct known k;

    TRY(settle(a, s, today, &k));
    rule_pass_end(k.pass);
    return NULL;
}

err answers_truth(struct arena *a, const struct answers *s, str rule, day today,
                  bool *ret_truth)
{
    struct known k;
    err e;

    *ret_truth = true;
    if (rule.len == 0) {
        return NULL;
    }
    TRY(known_begin(a, s, today, &k));
    e = rule_pass_truth(a, k.pass, rule, ret_truth);
    rule_pass_end(k.pass);
    return e;
}

bool answers_step_asks(const struct answers *s, const struct form_step *step)
{
    for (size_t i = 0; i < s->count; i++) {
        const struct question *q = s->list[i].question;

        if (s->list[i].visible && q >= step->questions &&
            q < step->questions + step->questions_count) {
            return true;
        }
    }
    return false;
}

static err is_required(struct arena *a, const struct known *k, const struct answer *x,
                       bool *ret_required)
{
    const struct question *q = x->question;

    *ret_required = q->required;
    return q->required || q->required_when.len == 0
               ? NULL
               : rule_pass_truth(a, k->pass, q->required_when, ret_required);
}

err answer_is_required(struct arena *a, const struct answers *s, const struct answer *x,
                       day today, bool *ret_required)
{
    struct known k;

    *ret_required = x->question->required;
    if (*ret_required || x->question->required_when.len == 0) {
        return NULL;
    }
    TRY(known_begin(a, s, today, &k));
    TRY(is_required(a, &k, x, ret_required));
    rule_pass_end(k.pass);
    return NULL;
}

static bool is_word_sign(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

/* Does the rule name this question? */
static bool mentions(str rule, str key)
{
    for (size_t i = 0; i + key.len <= rule.len; i++) {
        bool begins = i == 0 || !is_word_sign(rule.at[i - 1]);
        bool ends = i + key.len == rule.len || !is_word_sign(rule.at[i + key.len]);

        if (begins && ends && str_equal(str_slice(rule, i, key.len), key)) {
            return true;
        }
    }
    return false;
}

struct judging {
    struct arena *arena;
    struct answers *answers;
    const struct known *known;
    bool *troubled; /* has a mistake already, beside answers->list */
    struct mistakes presence, rules;
    struct mistakes *mistakes; /* which of the two grows now */
};

/* A rule over an answer that is wrong or missing would only say the same again. */
static bool is_troubled(const struct judging *j, str rule)
{
    for (size_t i = 0; i < j->answers->count; i++) {
        if (j->troubled[i] && mentions(rule, j->answers->list[i].question->key)) {
            return true;
        }
    }
    return false;
}

static void add(const struct judging *j, const struct answer *x, struct words say,
                const char *piece)
{
    mistake_add(j->mistakes, field_of(j->arena, x->question, piece), say);
    j->troubled[x - j->answers->list] = true;
}

/* What was typed cannot be used, or nothing was. */
static err judge_presence(const struct judging *j, struct answer *x,
                          const struct verdict *found)
{
    struct take t = { .arena = j->arena, .answer = x, .question = x->question };
    bool required = false;

    if (found != NULL && found->cells != NULL && found->cells->count > 0) {
        for (const struct mistake *m = found->cells->first; m != NULL; m = m->next) {
            mistake_add(j->mistakes, m->field, m->say);
        }
        j->troubled[x - j->answers->list] = true;
    }
    if (found != NULL && found->wrong.id != NULL) {
        add(j, x, found->wrong, found->piece);
        return NULL;
    }
    if (x->json.len > 0 || j->troubled[x - j->answers->list]) {
        /* A yes is needed where consent is required. */
        return NULL;
    }
    TRY(is_required(j->arena, j->known, x, &required));
    if (required) {
        take_missing(&t);
        add(j, x, t.wrong, t.piece);
    }
    return NULL;
}

/* The rules of an answered question; the first that does not hold is told. */
static err judge_rules(const struct judging *j, struct answer *x)
{
    size_t count = 0;
    const char *const *pieces = piece_names(x->question->type, &count);

    for (size_t i = 0; i < x->question->rules_count; i++) {
        const struct rule_line *line = &x->question->rules[i];
        bool holds = true;

        if (is_troubled(j, line->source)) {
            continue;
        }
        TRY(rule_pass_truth(j->arena, j->known->pass, line->source, &holds));
        if (!holds) {
            add(j, x, SAY("{text}", SAY_LABEL("text", &line->say)),
                count > 0 ? pieces[x->question->type == Q_ADDRESS ? 1 : 0] : NULL);
            break;
        }
    }
    return NULL;
}

static bool is_asked(const struct answer *x, const struct form_step *step)
{
    return x->visible && x->question->type != Q_NOTE &&
           (step == NULL || (x->question >= step->questions &&
                             x->question < step->questions + step->questions_count));
}

static bool is_about(const struct mistake *x, const struct question *q)
{
    return str_starts(x->field, q->key) &&
           (x->field.len == q->key.len || x->field.at[q->key.len] == '.');
}

/* Of rows each cell tells its own; of all others one mistake is enough. */
static bool mistakes_move(const struct mistakes *from, const struct question *q,
                          struct mistakes *to)
{
    bool told = false;

    for (const struct mistake *x = from->first; x != NULL; x = x->next) {
        if (is_about(x, q) && (!told || q->type == Q_ROWS)) {
            mistake_add(to, x->field, x->say);
            told = true;
        }
    }
    return told;
}

static err judge_all(struct judging *j, const struct form_step *step,
                     const struct verdict *found, struct mistakes *m)
{
    const struct answers *s = j->answers;

    mistakes_init(&j->presence, m->arena);
    mistakes_init(&j->rules, m->arena);
    j->mistakes = &j->presence;
    for (size_t i = 0; i < s->count; i++) {
        if (is_asked(&s->list[i], step)) {
            TRY(judge_presence(j, &s->list[i], found != NULL ? &found[i] : NULL));
        }
    }
    j->mistakes = &j->rules;
    for (size_t i = 0; i < s->count; i++) {
        if (is_asked(&s->list[i], step) && !j->troubled[i] && s->list[i].json.len > 0) {
            TRY(judge_rules(j, &s->list[i]));
        }
    }
    /* Told in the order of the form. */
    for (size_t i = 0; i < s->count; i++) {
        const struct question *q = s->list[i].question;
        bool told = mistakes_move(&j->presence, q, m);

        if (!told) {
            (void)mistakes_move(&j->rules, q, m);
        }
    }
    return NULL;
}

err judge(struct arena *a, struct answers *s, const struct form_step *step,
          const struct verdict *found, day today, struct mistakes *m)
{
    struct known k;
    struct judging j = { .arena = a, .answers = s, .known = &k,
                         .troubled = ARENA_ARRAY(a, s->count, bool) };

    if (j.troubled == NULL) {
        return err_no_memory;
    }
    TRY(settle(a, s, today, &k));
    TRY(judge_all(&j, step, found, m));
    rule_pass_end(k.pass);
    return NULL;
}

err answers_check(struct arena *a, struct answers *s, day today, struct mistakes *m)
{
    return judge(a, s, NULL, NULL, today, m);
}
