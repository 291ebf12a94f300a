/* rows — a small table of questions: each row has the same ones, each cell is an answer of
 * its own and its mistake stands at it.
 *
 * A row in which nothing is filled in is no row.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"

#define LABEL(t) SAY_LABEL("label", &(t)->question->label)

static str cell_field(struct arena *a, const struct question *q, size_t row, size_t column)
{
    return str_format(a, "%.*s.%zu.%.*s", STR_ARG(q->key), row + 1,
                      STR_ARG(q->columns[column].key));
}

static struct answer *cells_new(struct take *t, size_t rows)
{
    const struct question *q = t->question;
    struct answer *cells = ARENA_ARRAY(t->arena, rows * q->columns_count, struct answer);

    for (size_t i = 0; cells != NULL && i < rows * q->columns_count; i++) {
        cells[i].question = &q->columns[i % q->columns_count];
        cells[i].visible = true;
    }
    return cells;
}

/* ---- posted ---- */

static bool is_empty(const struct answer *x)
{
    for (size_t i = 0; i < 5; i++) {
        if (str_trim(x->typed[i]).len > 0) {
            return false;
        }
    }
    return true;
}

static bool row_is_empty(const struct answer *row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_empty(&row[i])) {
            return false;
        }
    }
    return true;
}

static bool is_pressed(const struct form_source *source, str field)
{
    return source->value(source->context, field, 0).len > 0;
}

/* Empty rows and those taken away fall out; a new one is added when it was asked for. */
bool rows_read(struct take *t, const struct form_source *source)
{
    const struct question *q = t->question;
    struct answer *x = t->answer;
    int64_t said = 0;

    (void)str_to_int(source->value(source->context, field_of(t->arena, q, "rows"), 0),
                     &said);
    said = said < 0 ? 0 : said > ROWS_MOST ? ROWS_MOST : said;
    x->cells = cells_new(t, (size_t)said + 1);
    x->rows_count = 0;
    for (size_t row = 0; x->cells != NULL && row < (size_t)said; row++) {
        struct answer *cells = x->cells + x->rows_count * q->columns_count;

        for (size_t i = 0; i < q->columns_count; i++) {
            typed_read(t->arena, &cells[i], cell_field(t->arena, q, row, i), source);
        }
        if (!row_is_empty(cells, q->columns_count) &&
            !is_pressed(source, str_format(t->arena, "%.*s.%zu.remove", STR_ARG(q->key),
                                           row + 1))) {
            x->rows_count++;
            continue;
        }
        for (size_t i = 0; i < q->columns_count; i++) {
            for (size_t k = 0; k < 5; k++) {
                cells[i].typed[k] = STR("");
            }
        }
    }
    if (x->cells != NULL && x->rows_count < ROWS_MOST &&
        is_pressed(source, field_of(t->arena, q, "add"))) {
        x->rows_count++; /* the blank one behind */
    }
    return x->cells != NULL;
}

/* ---- JSON ---- */

static void cell_wrong(struct take *t, size_t row, size_t column, const char *piece,
                       struct words say)
{
    if (t->cells == NULL) {
        t->cells = ARENA_NEW(t->arena, struct mistakes);
        if (t->cells == NULL) {
            return;
        }
        mistakes_init(t->cells, t->arena);
    }
    mistake_add(
        t->cells,
        piece_field(t->arena, cell_field(t->arena, t->question, row, column), piece), say);
}

static bool row_unpack(struct take *t, const struct json *object, size_t row)
{
    const struct question *q = t->question;

    for (const struct json *j = object->first; j != NULL; j = j->next) {
        size_t i = 0;

        while (i < q->columns_count && !str_equal(q->columns[i].key, j->key)) {
            i++;
        }
        if (i == q->columns_count) {
            t->wrong = SAY("\"{label}\" has no column \"{key}\". Take it out.", LABEL(t),
                           SAY_TEXT("key", j->key));
            return false;
        }
        struct answer *cell = &t->answer->cells[row * q->columns_count + i];
        struct take one = { .arena = t->arena, .answer = cell, .question = &q->columns[i],
                            .lang = t->lang };

        if (!unpack(&one, j) && one.wrong.id != NULL) {
            cell_wrong(t, row, i, one.piece, one.wrong);
        }
    }
    return true;
}

bool rows_unpack(struct take *t, const struct json *value)
{
    size_t row = 0;

    if (value->kind != JSON_LIST || value->count > ROWS_MOST) {
        t->wrong = SAY("\"{label}\" is a list of at most {most} objects, one for each row.",
                       LABEL(t), SAY_NUMBER("most", ROWS_MOST));
        return false;
    }
    t->answer->cells = cells_new(t, value->count + 1);
    t->answer->rows_count = t->answer->cells != NULL ? value->count : 0;
    if (t->answer->cells == NULL) {
        return false;
    }
    for (const struct json *j = value->first; j != NULL; j = j->next, row++) {
        if (j->kind != JSON_OBJECT) {
            t->wrong = SAY("\"{label}\" is a list of at most {most} objects, one for each "
                           "row.",
                           LABEL(t), SAY_NUMBER("most", ROWS_MOST));
            return false;
        }
        if (!row_unpack(t, j, row)) {
            return false;
        }
    }
    return true;
}

/* ---- taking ---- */

static void cell_take(struct take *t, size_t row, size_t column)
{
    const struct question *q = t->question;
    struct answer *x = &t->answer->cells[row * q->columns_count + column];
    struct take one = { .arena = t->arena, .answer = x, .question = x->question,
                        .lang = t->lang };

    take_answer(&one);
    x->json = one.json;
    if (one.wrong.id == NULL && one.json.len == 0 && x->question->required) {
        take_missing(&one);
    }
    if (one.wrong.id != NULL) {
        cell_wrong(t, row, column, one.piece, one.wrong);
    }
}

static void count_check(struct take *t, int64_t count)
{
    const struct question *q = t->question;

    if (count > q->most) {
        t->wrong = SAY("\"{label}\" has room for {most} rows. Take some away.", LABEL(t),
                       SAY_NUMBER("most", q->most));
    } else if (count > 0 && count < q->least) {
        t->wrong = SAY("\"{label}\" needs at least {least} rows. Fill in more.", LABEL(t),
                       SAY_NUMBER("least", q->least));
    }
}

static str rows_json(struct take *t)
{
    const struct question *q = t->question;
    struct answer *x = t->answer;
    struct json_writer w;
    struct buf b;

    buf_init(&b, t->arena, (size_t)1 << 20);
    json_open(&w, &b);
    json_list(&w, STR(""));
    for (size_t row = 0; row < x->rows_count; row++) {
        const struct answer *cells = x->cells + row * q->columns_count;

        if (row_is_empty(cells, q->columns_count)) {
            continue;
        }
        json_object(&w, STR(""));
        for (size_t i = 0; i < q->columns_count; i++) {
            if (cells[i].json.len > 0) {
                json_put_raw(&w, cells[i].question->key, cells[i].json);
            }
        }
        json_end_object(&w);
    }
    json_end_list(&w);
    return buf_str(&b);
}

void rows_take(struct take *t)
{
    struct answer *x = t->answer;
    size_t columns = t->question->columns_count;
    int64_t count = 0;

    for (size_t row = 0; row < x->rows_count; row++) {
        if (row_is_empty(x->cells + row * columns, columns)) {
            continue;
        }
        count++;
        for (size_t i = 0; i < columns; i++) {
            cell_take(t, row, i);
        }
    }
    count_check(t, count);
    if (count > 0 && t->wrong.id == NULL && t->cells == NULL) {
        t->json = rows_json(t);
    }
}

/* ---- telling ---- */

/* What was kept, opened again: an answer that was not read here has JSON alone. */
static struct answer opened(struct arena *a, const struct answer *x, enum lang lang)
{
    struct answer open = { .question = x->question, .json = x->json, .visible = true };
    struct take t = { .arena = a, .answer = &open, .question = x->question, .lang = lang };
    const struct json *j;

    if (x->cells != NULL) {
        return *x;
    }
    if (json_parse(a, x->json, &j) == NULL && rows_unpack(&t, j)) {
        rows_take(&t);
    }
    return open;
}

/* 青埔段、123-4；青埔段、124: a cell that is personal is masked for itself. */
str rows_text(struct arena *a, const struct answer *x, enum lang lang, bool masked)
{
    struct answer open = opened(a, x, lang);
    size_t columns = x->question->columns_count;
    struct buf b;

    buf_init(&b, a, (size_t)1 << 20);
    for (size_t row = 0; row < open.rows_count; row++) {
        size_t told = 0;

        buf_put_z(&b, b.len == 0 ? "" : lang == LANG_EN ? "; " : "；");
        for (size_t i = 0; i < columns; i++) {
            const struct answer *cell = &open.cells[row * columns + i];
            str text = answer_text(a, cell, lang, masked);

            if (text.len > 0) {
                buf_put_z(&b, told++ == 0 ? "" : lang == LANG_EN ? ", " : "、");
                buf_put(&b, text);
            }
        }
    }
    return buf_str(&b);
}

void answer_find_each(struct arena *a, const struct answer *x,
                      void (*each)(void *context, enum find_kind kind, str value),
                      void *context)
{
    str value = answer_find_value(a, x);
    struct answer open;
    size_t count = 0;

    if (x->question->type == Q_ROWS && x->json.len > 0) {
        open = opened(a, x, LANG_ZH);
        count = open.rows_count * x->question->columns_count;
    }

    if (value.len > 0) {
        each(context, x->question->find, value);
    }
    for (size_t i = 0; i < count; i++) {
        answer_find_each(a, &open.cells[i], each, context);
    }
}
