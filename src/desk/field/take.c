/* take — a posted step: its answers, its files, its mistakes.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "desk/ask.h"
#include "desk/field/field.h"
#include "desk/upload/upload.h"
#include "host/json/json.h"
#include "kernel/form/form.h"

static str posted(void *context, str name, size_t nth)
{
    const struct ask *q = context;

    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, name) && nth-- == 0) {
            return q->form[i].value.at != NULL ? q->form[i].value : STR("");
        }
    }
    return (str){ NULL, 0 };
}

/* A file that came with an earlier try of this page. */
static err files_kept(struct ask *q, struct answers *s, const struct form_step *step)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct question *x = &step->questions[i];
        const char *name = str_z(q->arena,
                                 str_format(q->arena, "%.*s.kept", STR_ARG(x->key)));
        const struct json *j;
        str json;
        int64_t id;

        if (!question_takes_file(x) || !upload_ticket_open(q, ask_field(q, name), &json)) {
            continue;
        }
        TRY(json_parse(q->arena, json, &j));
        if (id_parse(json_text_of(j, STR("file")), &id)) {
            TRY(answers_set_file(q->arena, s, x->key, id, json_text_of(j, STR("name")),
                                 json_text_of(j, STR("type")),
                                 json_int_of(j, STR("size"), 0)));
        }
    }
    return NULL;
}

static bool step_has(const struct form_step *step, str key)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        if (question_takes_file(&step->questions[i]) &&
            str_equal(step->questions[i].key, key)) {
            return true;
        }
    }
    return false;
}

/* What came now. A kind that is not taken is a mistake at its field; the rest stays. */
static err files_new(struct ask *q, struct answers *s, const struct form_step *step,
                     struct mistakes *m)
{
    for (size_t i = 0; i < q->files_count; i++) {
        const struct ask_file *f = &q->files[i];
        err e;

        if (!step_has(step, f->question)) {
            continue;
        }
        e = answers_set_file(q->arena, s, f->question, f->id, f->name, f->media_type,
                             f->size_bytes);
        if (e != NULL && e->kind != ERR_INPUT) {
            return e;
        }
        if (e != NULL) {
            mistake_add(m, f->question, e->say);
        }
    }
    return NULL;
}

static bool presses(const struct ask *q, str name)
{
    for (size_t i = 0; i < q->form_count; i++) {
        if (str_equal(q->form[i].name, name) && q->form[i].value.len > 0) {
            return true;
        }
    }
    return false;
}

static bool takes_away(struct ask *q, const struct form_step *step)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct question *x = &step->questions[i];

        if (question_takes_file(x) &&
            presses(q, str_format(q->arena, "%.*s.remove", STR_ARG(x->key)))) {
            return true;
        }
    }
    return false;
}

/* Was one of the buttons of a table of rows pressed: one more, or take this away? */
static bool changes_rows(struct ask *q, const struct form_step *step)
{
    for (size_t i = 0; i < step->questions_count; i++) {
        const struct question *x = &step->questions[i];

        if (x->type != Q_ROWS) {
            continue;
        }
        if (presses(q, str_format(q->arena, "%.*s.add", STR_ARG(x->key)))) {
            return true;
        }
        for (int row = 1; row <= ROWS_MOST; row++) {
            if (presses(q, str_format(q->arena, "%.*s.%d.remove", STR_ARG(x->key), row))) {
                return true;
            }
        }
    }
    return false;
}

/* The mistakes about files come first; a missing file that was refused is said once. */
static void mistakes_join(struct mistakes *to, const struct mistakes *files,
                          const struct mistakes *others)
{
    for (const struct mistake *m = others->first; m != NULL; m = m->next) {
        const struct mistake *file = mistake_of(files, m->field);

        mistake_add(to, m->field, file != NULL ? file->say : m->say);
    }
    for (const struct mistake *m = files->first; m != NULL; m = m->next) {
        if (mistake_of(others, m->field) == NULL) {
            mistake_add(to, m->field, m->say);
        }
    }
}

static bool was_asked(const struct ask *q, str field)
{
    str rest = ask_field(q, "asked"), key;

    if (rest.len == 0) {
        return true;
    }
    while (str_cut(&rest, ' ', &key)) {
        if (key.len > 0 && str_starts(field, key) &&
            (field.len == key.len || field.at[key.len] == '.')) {
            return true;
        }
    }
    return false;
}

static bool drop_unasked(const struct ask *q, struct mistakes *m)
{
    struct mistakes kept;
    bool dropped = false;

    mistakes_init(&kept, m->arena);
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        if (was_asked(q, x->field)) {
            mistake_add(&kept, x->field, x->say);
        } else {
            dropped = true;
        }
    }
    *m = kept;
    return dropped;
}

err fields_take(struct ask *q, struct answers *s, const struct form_step *step,
                struct field_posted *ret)
{
    const struct form_source source = { q, posted };
    const struct form_step *steps = step != NULL ? step : s->form->steps;
    size_t steps_count = step != NULL ? 1 : s->form->steps_count;
    struct mistakes files, others;
    bool stay = false;

    *ret = (struct field_posted){ 0 };
    mistakes_init(&files, q->arena);
    mistakes_init(&others, q->arena);
    for (size_t i = 0; i < steps_count; i++) {
        stay = takes_away(q, &steps[i]) || stay;
        ret->once = changes_rows(q, &steps[i]) || ret->once;
        TRY(files_kept(q, s, &steps[i]));
        TRY(files_new(q, s, &steps[i], &files));
    }
    TRY(answers_read(q->arena, s, step, &source, q->lang, q->today, &others));
    ret->more = drop_unasked(q, &others);
    ret->stay = stay || (ret->more && others.count == 0 && files.count == 0);
    if (!ret->stay && !ret->once) {
        mistakes_join(&q->mistakes, &files, &others);
    }
    return NULL;
}
