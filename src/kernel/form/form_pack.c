/* form_pack — a form out of a definition: steps, questions, choices, rules, examples.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_pack.h"

#include "host/yaml/yaml.h"

#define COUNT(list) (sizeof(list) / sizeof(*(list)))
#define STEPS_MOST 20
#define QUESTIONS_MOST 200
#define FILE_MB_MOST 10 /* as much as a request may bring */
#define FILE_MB_USUAL 10
#define SIGNATURE_MB 2
#define COLUMNS_MOST 12
#define ROWS_USUAL 20

/* What a type means without being said. */
static const struct {
    bool personal, always; /* always: cannot be switched off */
    enum find_kind find;
    const char *autocomplete;
} usual[QUESTION_TYPES] = {
    [Q_PARAGRAPH] = { true, true, FIND_NONE, "" },
    [Q_NATIONAL_ID] = { true, true, FIND_NATIONAL_ID, "" },
    [Q_RESIDENT_ID] = { true, true, FIND_NATIONAL_ID, "" },
    [Q_MOBILE] = { true, true, FIND_TELEPHONE, "tel" },
    [Q_TELEPHONE] = { true, true, FIND_TELEPHONE, "tel" },
    [Q_EMAIL] = { true, true, FIND_EMAIL, "email" },
    [Q_ADDRESS] = { true, false, FIND_NONE, "street-address" },
    [Q_FILE] = { true, false, FIND_NONE, "" },
    [Q_SIGNATURE] = { true, true, FIND_NONE, "" },
};

struct form_reader {
    struct pack_reader *pack;
    str names[QUESTIONS_MOST]; /* keys of the questions read so far */
    size_t names_count;
    struct question *question; /* being read */
    const struct yaml *at;
};

static void choices_read(struct form_reader *f)
{
    struct pack_reader *r = f->pack;
    struct question *q = f->question;
    const struct yaml *list = pack_list(r, f->at, "choices");
    struct choice *choices;

    if (q->type != Q_CHOICE && q->type != Q_CHOICES) {
        if (list != NULL) {
            pack_mistake(r, list, SAY("Only \"choice\" and \"choices\" have choices."));
        }
        return;
    }
    if (list == NULL || list->count == 0) {
        pack_mistake(r, list != NULL ? list : f->at,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("choices"))));
        return;
    }
    choices = ARENA_ARRAY(r->arena, list->count, struct choice);
    for (const struct yaml *y = list->first; choices != NULL && y != NULL; y = y->next) {
        struct choice c = { 0 };

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only_words(r, y, &form_choice_chapter);
        c.key = pack_text(r, y, "key", true);
        c.label = pack_label(r, y, "label", true);
        c.help = pack_label(r, y, "help", false);
        for (size_t i = 0; i < q->choices_count; i++) {
            if (str_equal(choices[i].key, c.key)) {
                pack_mistake(r, y,
                             SAY("\"{key}\" is here twice. Give one of them another key.",
                                 SAY_TEXT("key", c.key)));
            }
        }
        (void)pack_is_key(r, yaml_get(y, STR("key")), c.key);
        choices[q->choices_count++] = c;
        q->choices = choices;
    }
}

static void rule_try(struct form_reader *f, const struct yaml *at, str source)
{
    err e = rule_check(f->pack->arena, source, f->names, f->names_count);

    if (e != NULL) {
        pack_mistake(f->pack, at, e->say);
    }
}

static str rule_read(struct form_reader *f, const char *key)
{
    str source = pack_text(f->pack, f->at, key, false);

    if (source.len > 0) {
        rule_try(f, yaml_get(f->at, str_of(key)), source);
    }
    return source;
}

/* The rules of a question may use it and everything before it. */
static void rules_read(struct form_reader *f)
{
    struct pack_reader *r = f->pack;
    const struct yaml *list = pack_list(r, f->at, "rules");
    struct rule_line *rules;

    if (list == NULL) {
        return;
    }
    rules = ARENA_ARRAY(r->arena, list->count, struct rule_line);
    for (const struct yaml *y = list->first; rules != NULL && y != NULL; y = y->next) {
        struct rule_line *line = &rules[f->question->rules_count];

        if (!pack_is_map(r, y)) {
            continue;
        }
        pack_only_words(r, y, &form_rule_chapter);
        line->source = pack_text(r, y, "must", true);
        line->say = pack_label(r, y, "say", true);
        line->line = y->line;
        line->column = y->column;
        if (line->source.len > 0) {
            rule_try(f, yaml_get(y, STR("must")), line->source);
        }
        f->question->rules_count++;
    }
    f->question->rules = rules;
}

static bool has_length(enum question_type type)
{
    return type == Q_TEXT || type == Q_PARAGRAPH || type == Q_CHOICES;
}

static int64_t day_bound(struct form_reader *f, const char *key, int64_t otherwise)
{
    str s = pack_text(f->pack, f->at, key, false);
    day d;

    if (s.len == 0) {
        return otherwise;
    }
    if (!day_from_iso(s, &d)) {
        pack_mistake(
            f->pack, yaml_get(f->at, str_of(key)),
            SAY("\"{key}\" is a date such as 2026-01-18.", SAY_TEXT("key", str_of(key))));
        return otherwise;
    }
    return d;
}

static void bounds_read(struct form_reader *f)
{
    struct question *q = f->question;
    struct pack_reader *r = f->pack;

    q->least = INT64_MIN;
    q->most = INT64_MAX;
    if (q->type == Q_NUMBER || q->type == Q_MONEY) {
        q->least = pack_int(r, f->at, "least", INT64_MIN / 2, INT64_MAX / 2, 0);
        q->most = pack_int(r, f->at, "most", INT64_MIN / 2, INT64_MAX / 2, INT64_MAX);
    } else if (has_length(q->type)) {
        q->least = pack_int(r, f->at, "least", 0, 10000, INT64_MIN);
        q->most = pack_int(r, f->at, "most", 1, 10000, INT64_MAX);
    } else if (q->type == Q_DATE) {
        q->least = day_bound(f, "least", INT64_MIN);
        q->most = day_bound(f, "most", INT64_MAX);
    } else if (q->type == Q_ROWS) {
        q->least = pack_int(r, f->at, "least", 1, ROWS_MOST, 1);
        q->most = pack_int(r, f->at, "most", 1, ROWS_MOST, ROWS_USUAL);
    } else if (q->type == Q_SIGNATURE) {
        q->most = SIGNATURE_MB * 1000000;
    } else if (q->type == Q_FILE) {
        q->most = pack_int(r, f->at, "most", 1, FILE_MB_MOST, FILE_MB_USUAL) * 1000000;
    } else if (yaml_get(f->at, STR("least")) != NULL ||
               yaml_get(f->at, STR("most")) != NULL) {
        pack_mistake(r, f->at,
                     SAY("\"least\" and \"most\" say nothing for this type. Take them "
                         "out."));
    }
    if (q->least != INT64_MIN && q->most != INT64_MAX && q->least > q->most) {
        pack_mistake(r, yaml_get(f->at, STR("least")),
                     SAY("\"least\" is more than \"most\". Exchange them."));
    }
}

static void accept_read(struct form_reader *f)
{
    static const str ids[] = { STR_INIT("national_id"), STR_INIT("resident_id") };
    static const str pictures[] = { STR_INIT("image/png"), STR_INIT("image/jpeg") };
    struct question *q = f->question;
    const struct yaml *list = pack_list(f->pack, f->at, "accept");
    str *accept;

    if (q->type == Q_SIGNATURE) {
        q->accept = pictures;
        q->accept_count = COUNT(pictures);
    }
    if (list == NULL) {
        return;
    }
    if (q->type != Q_FILE && q->type != Q_NATIONAL_ID) {
        pack_mistake(f->pack, list,
                     SAY("Only \"file\" and \"national_id\" have \"accept\"."));
        return;
    }
    accept = ARENA_ARRAY(f->pack->arena, list->count, str);
    for (const struct yaml *y = list->first; accept != NULL && y != NULL; y = y->next) {
        if (q->type == Q_NATIONAL_ID) {
            (void)pack_one_of(f->pack, y, y->text, ids, COUNT(ids));
        } else if (y->kind != YAML_SCALAR || str_find(y->text, STR("/")) < 1) {
            pack_mistake(f->pack, y,
                         SAY("This is no kind of file. Write application/pdf, "
                             "image/jpeg, image/png or the like."));
            continue;
        }
        accept[q->accept_count++] = y->text;
    }
    q->accept = accept;
}

static void privacy_read(struct form_reader *f)
{
    struct question *q = f->question;
    bool said = pack_truth(f->pack, f->at, "personal", usual[q->type].personal);

    q->find = (enum find_kind)pack_choice(f->pack, f->at, "find", form_find_key,
                                          FORM_FIND_KEYS, (int)usual[q->type].find);
    if (!said && usual[q->type].always) {
        pack_mistake(f->pack, yaml_get(f->at, STR("personal")),
                     SAY("An answer of this type is always personal. Take this line out."));
    }
    q->personal = said || usual[q->type].always || q->find != FIND_NONE;
    q->health = pack_truth(f->pack, f->at, "health", false);
    q->autocomplete = pack_text(f->pack, f->at, "autocomplete", false);
    if (q->autocomplete.len == 0) {
        q->autocomplete = q->find == FIND_NAME ? STR("name")
                                               : str_of(usual[q->type].autocomplete);
    }
}

/* A file cannot be part of an example that is accepted as it stands, and a person without a
 * scanner must be able to go on. */
static void required_read(struct form_reader *f)
{
    struct question *q = f->question;
    bool asks = q->type != Q_NOTE && q->type != Q_FILE;

    q->required = pack_truth(f->pack, f->at, "required", asks);
    if (q->type == Q_FILE && q->required) {
        pack_mistake(f->pack, yaml_get(f->at, STR("required")),
                     SAY("A file is not always required: let people bring it, and write "
                         "\"required_when\" with a rule."));
        q->required = false;
    }
    q->required_when = rule_read(f, "required_when");
    if (q->required_when.len > 0 && yaml_get(f->at, STR("required")) == NULL) {
        q->required = false;
    }
}

/* ---- rows ---- */

static bool is_column_type(enum question_type type)
{
    switch (type) {
    case Q_PARAGRAPH:
    case Q_CHOICES:
    case Q_ADDRESS:
    case Q_FILE:
    case Q_CONSENT:
    case Q_NOTE:
    case Q_SIGNATURE:
    case Q_ROWS:
    case QUESTION_TYPES:
        return false;
    default:
        return true;
    }
}

static bool column_is_new(const struct question *rows, const struct question *column)
{
    for (size_t i = 0; i < rows->columns_count; i++) {
        if (str_equal(rows->columns[i].key, column->key)) {
            return false;
        }
    }
    return true;
}

/* A column is a question of the same readers, without rules of its own. */
static void column_read(struct form_reader *f, struct question *q)
{
    struct pack_reader *r = f->pack;
    int type;

    pack_only_words(r, f->at, &form_column_chapter);
    q->line = f->at->line;
    q->column = f->at->column;
    q->key = pack_text(r, f->at, "key", true);
    (void)pack_is_key(r, yaml_get(f->at, STR("key")), q->key);
    type = pack_choice(r, f->at, "type", question_type_key, QUESTION_TYPES, -1);
    q->type = type >= 0 ? (enum question_type)type : Q_TEXT;
    if (!is_column_type(q->type)) {
        pack_mistake(r, yaml_get(f->at, STR("type")),
                     SAY("A column cannot be of this type. Ask it outside the rows."));
        q->type = Q_TEXT;
    }
    q->label = pack_label(r, f->at, "label", true);
    q->help = pack_label(r, f->at, "help", false);
    q->required = pack_truth(r, f->at, "required", true);
    privacy_read(f);
    choices_read(f);
    bounds_read(f);
    accept_read(f);
}

static void columns_read(struct form_reader *f)
{
    struct question *rows = f->question;
    const struct yaml *at = f->at, *list = pack_list(f->pack, at, "columns");
    struct question *columns;

    if (rows->type != Q_ROWS) {
        if (list != NULL) {
            pack_mistake(f->pack, list, SAY("Only \"rows\" have columns."));
        }
        return;
    }
    if (list == NULL || list->count == 0 || list->count > COLUMNS_MOST) {
        pack_mistake(f->pack, list != NULL ? list : at,
                     SAY("\"rows\" have \"columns\": a list of one to {most} questions.",
                         SAY_NUMBER("most", COLUMNS_MOST)));
        return;
    }
    columns = ARENA_ARRAY(f->pack->arena, list->count, struct question);
    rows->columns = columns;
    for (const struct yaml *y = list->first; columns != NULL && y != NULL; y = y->next) {
        struct question *column = &columns[rows->columns_count];

        if (!pack_is_map(f->pack, y)) {
            continue;
        }
        f->question = column;
        f->at = y;
        column_read(f, column);
        if (!column_is_new(rows, column)) {
            pack_mistake(f->pack, yaml_get(y, STR("key")),
                         SAY("\"{key}\" is here twice. Give one of them another key.",
                             SAY_TEXT("key", column->key)));
        }
        rows->personal = rows->personal || column->personal;
        rows->columns_count++;
    }
    f->question = rows;
    f->at = at;
}

static bool key_is_new(struct form_reader *f, str key)
{
    for (size_t i = 0; i < f->names_count; i++) {
        if (str_equal(f->names[i], key)) {
            pack_mistake(f->pack, yaml_get(f->at, STR("key")),
                         SAY("\"{key}\" is here twice. Give one of them another key.",
                             SAY_TEXT("key", key)));
            return false;
        }
    }
    return true;
}

static void question_read(struct form_reader *f)
{
    struct pack_reader *r = f->pack;
    struct question *q = f->question;
    int type;

    pack_only_words(r, f->at, &form_question_chapter);
    q->line = f->at->line;
    q->column = f->at->column;
    q->key = pack_text(r, f->at, "key", true);
    type = pack_choice(r, f->at, "type", question_type_key, QUESTION_TYPES, -1);
    q->type = type >= 0 ? (enum question_type)type : Q_TEXT;
    q->label = pack_label(r, f->at, "label", true);
    q->help = pack_label(r, f->at, "help", false);
    q->why = pack_label(r, f->at, "why", false);
    (void)pack_is_key(r, yaml_get(f->at, STR("key")), q->key);
    q->visible = rule_read(f, "visible");
    required_read(f);
    privacy_read(f);
    choices_read(f);
    bounds_read(f);
    accept_read(f);
    columns_read(f);
    if (key_is_new(f, q->key) && f->names_count < QUESTIONS_MOST) {
        f->names[f->names_count++] = q->key;
    }
    rules_read(f);
    if (type >= 0) {
        q->example = example_read(r, q, f->at);
    }
}

static void step_read(struct form_reader *f, const struct yaml *at, struct form_step *step)
{
    struct pack_reader *r = f->pack;
    const struct yaml *list;
    struct question *questions;

    pack_only_words(r, at, &form_step_chapter);
    step->key = pack_text(r, at, "key", true);
    step->title = pack_label(r, at, "title", true);
    step->lead = pack_label(r, at, "lead", false);
    (void)pack_is_key(r, yaml_get(at, STR("key")), step->key);
    list = pack_list(r, at, "questions");
    if (list == NULL || list->count == 0) {
        pack_mistake(r, at,
                     SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("questions"))));
        return;
    }
    questions = ARENA_ARRAY(r->arena, list->count, struct question);
    for (const struct yaml *y = list->first; questions != NULL && y != NULL; y = y->next) {
        if (pack_is_map(r, y)) {
            f->question = &questions[step->questions_count++];
            f->at = y;
            question_read(f);
        }
    }
    step->questions = questions;
}

static bool step_is_new(struct form_reader *f, const struct yaml *at,
                        const struct form_step *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(all[i].key, all[count].key)) {
            pack_mistake(f->pack, yaml_get(at, STR("key")),
                         SAY("\"{key}\" is here twice. Give one of them another key.",
                             SAY_TEXT("key", all[i].key)));
            return false;
        }
    }
    return true;
}

void form_read(struct pack_reader *r, const struct yaml *steps, struct form *ret)
{
    struct form_reader *f = ARENA_NEW(r->arena, struct form_reader);
    struct form_step *list = NULL;
    struct rule_shelf *shelf = NULL;
    size_t count = 0;

    *ret = (struct form){ 0 };
    if (steps->kind != YAML_LIST || steps->count > STEPS_MOST) {
        pack_mistake(r, steps,
                     SAY("\"steps\" is a list of at most {most} steps.",
                         SAY_NUMBER("most", STEPS_MOST)));
        return;
    }
    list = ARENA_ARRAY(r->arena, steps->count, struct form_step);
    if (f == NULL || list == NULL || rule_shelf_new(r->arena, &shelf) != NULL) {
        return; /* the arena remembers */
    }
    f->pack = r;
    for (const struct yaml *y = steps->first; y != NULL; y = y->next) {
        if (pack_is_map(r, y)) {
            step_read(f, y, &list[count]);
            (void)step_is_new(f, y, list, count);
            count++;
        }
    }
    *ret = (struct form){ .steps = list, .steps_count = count, .shelf = shelf };
}
