/* form — 申請書 out of the questions of a definition: blank to be filled in by hand, or with
 * the answers of its example as 書寫範例.
 *
 * A question that is asked only of some is on the paper as well: paper cannot hide it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "feature/sheets/sheets_make.h"
#include "host/lang/lang.h"

#define TEXT_BYTES ((size_t)64 << 10)
#define LINE_MM 8
#define LONG_MM 20
#define SIGN_MM 18
#define MANY_CHOICES 6 /* more stand one below the other */

struct filler {
    const struct sheets_about *about;
    const struct answers *answers; /* NULL: blank */
};

const struct answer *sheets_answered(const struct answers *answers,
                                     const struct question *q)
{
    const struct answer *a = answers == NULL ? NULL : answers_of(answers, q->key);

    return a != NULL && a->visible && a->json.len > 0 ? a : NULL;
}

static bool is_chosen(const struct sheets_about *x, const struct answer *a, str key)
{
    str quoted = str_format(x->arena, "\"%.*s\"", STR_ARG(key));

    return a != NULL && str_find(a->json, quoted) >= 0;
}

static void box_put(struct buf *b, bool chosen, str text, bool first, bool below)
{
    buf_put(b, first ? STR("") : below ? STR("\n") : STR("　"));
    buf_put(b, chosen ? STR("■ ") : STR("□ "));
    buf_put(b, text);
}

static str choices_text(const struct sheets_about *x, const struct question *q,
                        const struct answer *a, bool below)
{
    struct buf b;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t i = 0; i < q->choices_count; i++) {
        box_put(&b, is_chosen(x, a, q->choices[i].key), sheets_in(x, &q->choices[i].label),
                i == 0, below || q->choices_count > MANY_CHOICES);
    }
    return buf_str(&b);
}

static str yesno_text(const struct sheets_about *x, const struct answer *a)
{
    struct buf b;
    bool yes = a != NULL && str_equal(a->json, STR("true"));

    buf_init(&b, x->arena, TEXT_BYTES);
    box_put(&b, yes, sheets_text(x, MSG("Yes")), true, false);
    box_put(&b, a != NULL && !yes, sheets_text(x, MSG("No")), false, false);
    return buf_str(&b);
}

/* What stands in the place for the answer before anybody writes there. */
static str blank_of(const struct sheets_about *x, const struct question *q)
{
    switch (q->type) {
    case Q_DATE:
        return x->lang == LANG_EN   ? STR("Year ______  month ____  day ____")
               : x->lang == LANG_JA ? STR("西暦　　　　年　　　月　　　日")
                                    : STR("民國　　　年　　　月　　　日");
    case Q_TIME:
        return x->lang == LANG_EN ? STR("____ : ____") : STR("　　時　　分");
    case Q_NATIONAL_ID:
    case Q_RESIDENT_ID:
        return STR("□□□□□□□□□□");
    case Q_ADDRESS:
        return x->lang == LANG_EN ? STR("Postcode □□□")
               : x->lang == LANG_JA
                   ? STR("〒□□□")
                   : STR("□□□　　　　　市　　　　區　　　　里　　　鄰\n"
                         "　　　　　　路（街）　　段　　巷　　弄　　號　　樓");
    case Q_MONEY:
        return x->lang == LANG_ZH ? STR("新臺幣　　　　　　　　元") : STR("NT$");
    case Q_FILE:
        return sheets_text(x, MSG("□ attached"));
    case Q_SIGNATURE:
        return sheets_text(x, MSG("(signature or seal)"));
    default:
        return STR("");
    }
}

str sheets_answer_text(const struct sheets_about *x, const struct question *q,
                       const struct answer *a, bool below)
{
    switch (q->type) {
    case Q_CHOICE:
    case Q_CHOICES:
        return choices_text(x, q, a, below);
    case Q_YESNO:
        return yesno_text(x, a);
    case Q_CONSENT:
        return a != NULL ? STR("■") : STR("□");
    default:
        break;
    }
    return a == NULL ? blank_of(x, q) : answer_text(x->arena, a, x->lang, false);
}

static str text_of(const struct filler *f, const struct question *q)
{
    return sheets_answer_text(f->about, q, sheets_answered(f->answers, q), false);
}

static int height_of(const struct question *q)
{
    return q->type == Q_PARAGRAPH   ? LONG_MM
           : q->type == Q_SIGNATURE ? SIGN_MM
                                    : LINE_MM;
}

static void question_row(const struct filler *f, struct sheets_rows *rows,
                         const struct question *q)
{
    const struct sheets_about *x = f->about;
    str label = sheets_in(x, &q->label);

    if (q->type == Q_NOTE) {
        return;
    }
    if (q->type == Q_CONSENT) { /* a sentence to agree to takes the width */
        struct doc_cell *cell = ARENA_NEW(x->arena, struct doc_cell);

        if (cell != NULL && rows->count < rows->space) {
            cell->text = str_format(x->arena, "%.*s %.*s", STR_ARG(text_of(f, q)),
                                    STR_ARG(label));
            cell->span = 2;
            rows->list[rows->count++] = (struct doc_row){ cell, 1, LINE_MM, false };
        }
        return;
    }
    if (!q->required && q->visible.len == 0) {
        label = str_format(x->arena, "%.*s\n%.*s", STR_ARG(label),
                           STR_ARG(sheets_text(x, MSG("(if any)"))));
    }
    sheets_row(rows, label, text_of(f, q), height_of(q));
}

/* Rows are a table of their own: what stands before it ends there, and begins anew. */
static err questions_put(const struct filler *f, struct doc_maker *m)
{
    const struct form *form = &f->about->service->form;
    struct sheets_rows rows;
    size_t space = form->steps_count;

    for (size_t i = 0; i < form->steps_count; i++) {
        space += form->steps[i].questions_count;
    }
    if (!sheets_rows_init(&rows, f->about->arena, space)) {
        return err_no_memory;
    }
    for (size_t i = 0; i < form->steps_count; i++) {
        const struct form_step *step = &form->steps[i];

        sheets_row_head(&rows, sheets_in(f->about, &step->title), 2);
        for (size_t n = 0; n < step->questions_count; n++) {
            const struct question *q = &step->questions[n];

            if (q->type != Q_ROWS) {
                question_row(f, &rows, q);
                continue;
            }
            if (rows.count > 0) {
                sheets_rows_end(m, &rows);
            }
            TRY(sheets_rows_table(f->about, q, sheets_answered(f->answers, q), m));
            if (!sheets_rows_init(&rows, f->about->arena, space)) {
                return err_no_memory;
            }
        }
    }
    if (rows.count > 0) {
        sheets_rows_end(m, &rows);
    }
    return NULL;
}

static void papers_put(const struct sheets_about *x, struct doc_maker *m)
{
    const struct service *s = x->service;
    struct buf b;
    size_t asked = 0;

    buf_init(&b, x->arena, TEXT_BYTES);
    for (size_t i = 0; i < s->papers_count; i++) {
        if (!s->papers[i].looked_up) {
            buf_put(&b, asked++ == 0 ? STR("") : STR("\n"));
            buf_put(&b, STR("□ "));
            buf_put(&b, sheets_in(x, &s->papers[i].name));
        }
    }
    if (asked > 0) {
        doc_heading(m, 2, sheets_text(x, MSG("Papers enclosed")));
        doc_add(m, DOC_TEXT, buf_str(&b));
    }
}

/* 個人資料保護法 §8 in one sentence. */
static void privacy_put(const struct sheets_about *x, struct doc_maker *m)
{
    const struct service *s = x->service;

    if (label_is_empty(&s->purpose)) {
        return;
    }
    struct doc_block *b = doc_add(
        m, DOC_TEXT,
        s->keep_years > 0
            ? sheets_say(
                  x, SAY("Personal data: {office} uses them for this purpose: {purpose} "
                         "They are kept for {years} years. You may see, copy, correct "
                         "or have them deleted as the law says; ask {office}.",
                         SAY_LABEL("office", &x->agency->name),
                         SAY_LABEL("purpose", &s->purpose),
                         SAY_NUMBER("years", s->keep_years)))
            : sheets_say(
                  x, SAY("Personal data: {office} uses them for this purpose: {purpose} "
                         "You may see, copy, correct or have them deleted as the law "
                         "says; ask {office}.",
                         SAY_LABEL("office", &x->agency->name),
                         SAY_LABEL("purpose", &s->purpose))));
    b->size = DOC_SMALL;
}

static bool asks_for_signature(const struct form *form)
{
    for (size_t i = 0; i < form->steps_count; i++) {
        for (size_t n = 0; n < form->steps[i].questions_count; n++) {
            if (form->steps[i].questions[n].type == Q_SIGNATURE) {
                return true;
            }
        }
    }
    return false;
}

/* Who signs above, where the definition asks for it, does not sign twice. */
static void signs_put(const struct sheets_about *x, bool sample, struct doc_maker *m)
{
    struct doc_block *b;

    if (!asks_for_signature(&x->service->form)) {
        b = doc_add(m, DOC_SIGN, sheets_text(x, MSG("(signature or seal)")));
        b->label = sheets_text(x, MSG("Applicant"));
    }
    b = doc_add(m, DOC_SIGN,
                x->lang == LANG_EN   ? STR("Date ____________")
                : x->lang == LANG_JA ? STR("西暦　　　年　　月　　日")
                                     : STR("民國　　　年　　月　　日"));
    b->label = sheets_text(x, MSG("Agent"));
    b->width_mm = 40;
}

/* 核章欄 up to the level that decides. */
static void seals_put(const struct sheets_about *x, struct doc_maker *m)
{
    enum level top = LEVEL_UNIT_HEAD;
    struct doc_column *columns = ARENA_ARRAY(x->arena, LEVEL_COUNT, struct doc_column);
    struct doc_block *b;
    size_t count = 0;

    for (size_t i = 0; x->authority != NULL && i < x->authority->lines_count; i++) {
        if (str_equal(x->authority->lines[i].matter, x->service->matter)) {
            top = x->authority->lines[i].level;
        }
    }
    for (int level = 0; columns != NULL && level <= (int)top; level++) {
        str title = x->office != NULL ? sheets_in(x, &x->office->level_title[level])
                                      : STR("");

        columns[count++].text = !str_is_empty(title) ? title
                                                     : sheets_text(x, level_name[level]);
    }
    doc_heading(m, 2, sheets_text(x, MSG("For the office")));
    b = doc_add(m, DOC_SEALS, STR(""));
    b->columns = columns;
    b->columns_count = count;
    b->height_mm = 18;
}

err sheets_form(const struct sheets_about *x, bool sample, struct doc_maker *m)
{
    struct filler f = { .about = x };
    struct answers answers;
    const struct service *s = x->service;

    if (sample) {
        TRY(answers_init(x->arena, &s->form, &answers));
        TRY(answers_restore(x->arena, &answers, form_example(x->arena, &s->form, x->today),
                            x->lang));
        TRY(answers_settle(x->arena, &answers, x->today));
        f.answers = &answers;
    }
    m->doc->top_right = sample ? sheets_text(x, MSG("Filled-in sample"))
                               : sheets_text(x, MSG("Case number:\nReceived on:"));
    doc_add(m, DOC_TITLE, sheets_title(x, sample ? SHEETS_SAMPLE : SHEETS_FORM))->size =
        DOC_LARGE;
    TRY(questions_put(&f, m));
    papers_put(x, m);
    privacy_put(x, m);
    signs_put(x, sample, m);
    if (!sample) {
        seals_put(x, m);
        sheets_qr(x, m, sheets_text(x, MSG("On line it needs no paper:")));
    }
    return NULL;
}
