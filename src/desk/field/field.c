/* field — the questions of a step as fields of a page.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/field/field.h"

#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/field/inside.h"
#include "kernel/form/form.h"

#define DATE_BOXES 3
#define ADDRESS_BOXES 5

/* How the simple types are asked. */
static const struct {
    const char *type, *mode, *autocomplete, *width;
    bool code;
} inputs[QUESTION_TYPES] = {
    [Q_TEXT] = { "text", "", "", "w-l", false },
    [Q_NUMBER] = { "text", "numeric", "", "w-s", false },
    [Q_MONEY] = { "text", "numeric", "", "w-s", false },
    [Q_TIME] = { "text", "", "", "w-s", false },
    [Q_NATIONAL_ID] = { "text", "", "off", "w-m", true },
    [Q_RESIDENT_ID] = { "text", "", "off", "w-m", true },
    [Q_MOBILE] = { "tel", "tel", "tel", "w-m", false },
    [Q_TELEPHONE] = { "tel", "tel", "tel", "w-m", false },
    [Q_EMAIL] = { "email", "email", "email", "w-l", false },
    [Q_BUSINESS_ID] = { "text", "numeric", "off", "w-m", true },
};

str field_name_of(struct ask *q, str field, const char *piece)
{
    return str_format(q->arena, "%.*s.%s", STR_ARG(field), piece);
}

str field_id_of(struct ask *q, str name)
{
    return str_join(q->arena, STR("f-"), name);
}

/* The mistake about a question or one of its pieces. */
static const struct mistake *mistake_near(const struct ask *q, str field)
{
    for (const struct mistake *m = q->mistakes.first; m != NULL; m = m->next) {
        str rest = str_slice(m->field, field.len, m->field.len);

        if (str_starts(m->field, field) && (rest.len == 0 || rest.at[0] == '.')) {
            return m;
        }
    }
    return NULL;
}

static str described_of(struct ask *q, const struct field *f)
{
    struct buf b;

    buf_init(&b, q->arena, 600);
    if (!label_is_empty(&f->help)) {
        buf_format(&b, "%.*s-h ", STR_ARG(f->id));
    }
    if (f->file_rule.id != NULL) {
        buf_format(&b, "%.*s-r ", STR_ARG(f->id));
    }
    if (f->mistake.id != NULL) {
        buf_format(&b, "%.*s-e", STR_ARG(f->id));
    }
    return str_trim(buf_str(&b));
}

/* ---- date and address ---- */

/* The boxes of a date: 民國 [ ] 年 [ ] 月 [ ] 日, or day, month, year in English. */
static err date_fill(struct ask *q, const struct answer *x, const struct mistake *wrong,
                     struct field *f)
{
    static const char *const piece[DATE_BOXES] = { "year", "month", "date" };
    static const int order_en[DATE_BOXES] = { 2, 1, 0 };
    const struct words before[DATE_BOXES] = { SAY("Year"), SAY("Month"), SAY("Day") };
    const struct words after[DATE_BOXES] = { SAY("year (behind)"), SAY("month (behind)"),
                                             SAY("day (behind)") };
    struct field_box *boxes = ARENA_ARRAY(q->arena, DATE_BOXES, struct field_box);
    bool birth = str_equal(x->question->autocomplete, STR("bday"));

    if (boxes == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < DATE_BOXES; i++) {
        int n = q->lang == LANG_EN ? order_en[i] : i;
        str name = field_name_of(q, f->name, piece[n]);

        boxes[i] = (struct field_box){
            .id = field_id_of(q, name),
            .name = name,
            .value = x->typed[n],
            .width = n == 0 ? STR("w-3") : STR("w-2"),
            .numeric = true,
            .bad = wrong != NULL && (str_equal(wrong->field, name) ||
                                     str_equal(wrong->field, f->name)),
        };
        if (birth) {
            boxes[i].autocomplete =
                str_of((const char *const[]){ "", "bday-month", "bday-day" }[n]);
        }
        if (q->lang == LANG_EN) {
            boxes[i].before = before[n];
        } else {
            boxes[i].after = after[n];
        }
    }
    if (q->lang == LANG_ZH) {
        boxes[0].before = SAY("ROC era");
    }
    f->is_boxes = f->is_date = true;
    f->boxes = boxes;
    f->boxes_count = DATE_BOXES;
    return NULL;
}

static err address_fill(struct ask *q, const struct answer *x, const struct mistake *wrong,
                        struct field *f)
{
    static const struct {
        const char *piece, *text, *autocomplete, *width;
    } rows[ADDRESS_BOXES] = {
        { "postcode", MSG("Postcode"), "postal-code", "w-s" },
        { "city", MSG("City or county"), "address-level1", "w-s" },
        { "district", MSG("District"), "address-level2", "w-s" },
        { "village", MSG("Village"), "address-level3", "w-s" },
        { "street", MSG("Street, lane, number, floor"), "address-line1", "w-full" },
    };
    struct field_box *boxes = ARENA_ARRAY(q->arena, ADDRESS_BOXES, struct field_box);

    if (boxes == NULL) {
        return err_no_memory;
    }
    for (int i = 0; i < ADDRESS_BOXES; i++) {
        str name = field_name_of(q, f->name, rows[i].piece);

        boxes[i] = (struct field_box){
            .id = field_id_of(q, name),
            .name = name,
            .value = x->typed[i],
            .before = words_of(rows[i].text),
            .width = str_of(rows[i].width),
            .autocomplete = str_of(rows[i].autocomplete),
            .wide = i == ADDRESS_BOXES - 1,
            .numeric = i == 0,
            .bad = wrong != NULL && str_equal(wrong->field, name),
        };
    }
    f->is_boxes = true;
    f->boxes = boxes;
    f->boxes_count = ADDRESS_BOXES;
    return NULL;
}

/* ---- choices ---- */

static bool is_chosen(const struct answer *x, str key)
{
    for (size_t i = 0; i < x->chosen_count; i++) {
        if (str_equal(x->chosen[i], key)) {
            return true;
        }
    }
    return x->question->type != Q_CHOICES && str_equal(x->typed[0], key);
}

/* The first line has the id of the question: a mistake leads there. */
static str choice_id(struct ask *q, const struct field *f, size_t i)
{
    return i == 0 ? f->id : str_format(q->arena, "%.*s-%zu", STR_ARG(f->id), i + 1);
}

static err choices_fill(struct ask *q, const struct answer *x, struct field *f)
{
    const struct question *question = x->question;
    struct field_choice *list = ARENA_ARRAY(q->arena, question->choices_count,
                                            struct field_choice);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < question->choices_count; i++) {
        const struct choice *c = &question->choices[i];

        list[i] = (struct field_choice){
            .id = choice_id(q, f, i),
            .name = f->name,
            .value = c->key,
            .label = c->label,
            .help = c->help,
            .is_radio = question->type == Q_CHOICE,
            .checked = is_chosen(x, c->key),
        };
    }
    f->is_choices = true;
    f->choices = list;
    f->choices_count = question->choices_count;
    return NULL;
}

static err yesno_fill(struct ask *q, const struct answer *x, struct field *f)
{
    struct field_choice *list = ARENA_ARRAY(q->arena, 2, struct field_choice);

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < 2; i++) {
        str value = i == 0 ? STR("yes") : STR("no");

        list[i] = (struct field_choice){
            .id = choice_id(q, f, i),
            .name = f->name,
            .value = value,
            .text = i == 0 ? SAY("Yes") : SAY("No"),
            .is_radio = true,
            .checked = str_equal(x->typed[0], value),
        };
    }
    f->is_choices = f->in_row = true;
    f->choices = list;
    f->choices_count = 2;
    return NULL;
}

static err consent_fill(struct ask *q, const struct field_notice *notice,
                        const struct answer *x, struct field *f)
{
    struct field_choice *one = ARENA_NEW(q->arena, struct field_choice);

    if (one == NULL) {
        return err_no_memory;
    }
    *one = (struct field_choice){
        .id = f->id,
        .name = x->question->key,
        .value = STR("yes"),
        .label = x->question->label,
        .checked = str_equal(x->typed[0], STR("yes")),
    };
    f->is_consent = true;
    f->choices = one;
    f->choices_count = 1;
    f->notice = *notice;
    return NULL;
}

/* ---- one question ---- */

static void input_fill(const struct answer *x, struct field *f)
{
    const struct question *question = x->question;
    enum question_type type = question->type;

    f->is_input = true;
    f->input_type = str_of(inputs[type].type);
    f->input_mode = str_of(inputs[type].mode);
    f->width = str_of(inputs[type].width);
    f->is_code = inputs[type].code;
    f->autocomplete = question->autocomplete.len > 0 ? question->autocomplete
                                                     : str_of(inputs[type].autocomplete);
    f->value = x->typed[0];
    if (type == Q_MONEY) {
        f->unit = SAY("NT dollars");
    }
}

static err rows_fill(struct ask *q, const struct answer *x, struct field *f);

static err type_fill(struct ask *q, const struct field_notice *notice,
                     const struct answer *x, const struct mistake *wrong, struct field *f)
{
    switch (x->question->type) {
    case Q_NOTE:
        f->is_note = true;
        return NULL;
    case Q_PARAGRAPH:
        f->is_paragraph = true;
        f->value = x->typed[0];
        return NULL;
    case Q_DATE:
        return date_fill(q, x, wrong, f);
    case Q_ADDRESS:
        return address_fill(q, x, wrong, f);
    case Q_CHOICE:
    case Q_CHOICES:
        return choices_fill(q, x, f);
    case Q_YESNO:
        return yesno_fill(q, x, f);
    case Q_CONSENT:
        return consent_fill(q, notice, x, f);
    case Q_FILE:
        f->is_file = true;
        return field_file_fill(q, x, f);
    case Q_SIGNATURE:
        return field_signature_fill(q, x, wrong, f);
    case Q_ROWS:
        return rows_fill(q, x, f);
    default:
        input_fill(x, f);
        return NULL;
    }
}

static err field_about(struct ask *q, const struct field_notice *notice,
                       const struct answer *x, const struct mistake *wrong, str name,
                       bool required, struct field *f);

static err field_fill(struct ask *q, const struct answers *s,
                      const struct field_notice *notice, const struct answer *x,
                      struct field *f)
{
    const struct mistake *wrong = x->question->type == Q_ROWS
                                      ? mistake_of(&q->mistakes, x->question->key)
                                      : mistake_near(q, x->question->key);
    bool required = x->question->required;

    TRY(answer_is_required(q->arena, s, x, q->today, &required));
    return field_about(q, notice, x, wrong, x->question->key, required, f);
}

static err field_about(struct ask *q, const struct field_notice *notice,
                       const struct answer *x, const struct mistake *wrong, str name,
                       bool required, struct field *f)
{
    f->name = name;
    f->id = field_id_of(q, f->name);
    f->label = x->question->label;
    f->help = x->question->help;
    f->optional = !required;
    if (wrong != NULL) {
        f->mistake = wrong->say;
    }
    TRY(type_fill(q, notice, x, wrong, f));
    f->described = described_of(q, f);
    return NULL;
}

/* ---- rows ---- */

static err row_fill(struct ask *q, const struct answer *x, size_t row, struct field *f,
                    struct field_row *ret)
{
    const struct question *question = x->question;
    struct field *cells = ARENA_ARRAY(q->arena, question->columns_count, struct field);

    if (cells == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < question->columns_count; i++) {
        struct answer blank = { .question = &question->columns[i], .visible = true };
        const struct answer *cell =
            row < x->rows_count ? &x->cells[row * question->columns_count + i] : &blank;
        str name = str_format(q->arena, "%.*s.%zu.%.*s", STR_ARG(f->name), row + 1,
                              STR_ARG(question->columns[i].key));

        TRY(field_about(q, NULL, cell, mistake_near(q, name), name,
                        question->columns[i].required, &cells[i]));
    }
    ret->number = (int64_t)row + 1;
    ret->id = str_format(q->arena, "%.*s-%zu", STR_ARG(f->id), row + 1);
    ret->cells = cells;
    ret->cells_count = question->columns_count;
    ret->remove_name = str_format(q->arena, "%.*s.%zu.remove", STR_ARG(f->name), row + 1);
    return NULL;
}

/* At least one row is there to be filled in. */
static err rows_fill(struct ask *q, const struct answer *x, struct field *f)
{
    size_t least = f->optional ? 1 : (size_t)x->question->least;
    size_t count = x->rows_count > least ? x->rows_count : least;
    struct field_row *rows = ARENA_ARRAY(q->arena, count, struct field_row);

    if (rows == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        TRY(row_fill(q, x, i, f, &rows[i]));
    }
    f->is_rows = true;
    f->rows = rows;
    f->rows_count = count;
    f->rows_name = field_name_of(q, f->name, "rows");
    f->rows_most = x->question->most;
    if ((int64_t)count < x->question->most) {
        f->add_name = field_name_of(q, f->name, "add");
    }
    return NULL;
}

err fields_fill(struct ask *q, const struct answers *s, const struct form_step *step,
                const struct field_notice *notice, const struct field **ret,
                size_t *ret_count)
{
    struct field *list = ARENA_ARRAY(q->arena, step->questions_count, struct field);
    size_t count = 0;

    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct answer *x = answers_of(s, step->questions[i].key);

        if (x != NULL && x->visible) {
            TRY(field_fill(q, s, notice, x, &list[count]));
            count++;
        }
    }
    *ret = list;
    *ret_count = count;
    return NULL;
}
