/* form — looking up questions and answers, and the examples.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "host/json/json.h"

const struct question *form_question(const struct form *f, str key)
{
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            if (str_equal(f->steps[i].questions[k].key, key)) {
                return &f->steps[i].questions[k];
            }
        }
    }
    return NULL;
}

err answers_init(struct arena *a, const struct form *f, struct answers *ret)
{
    size_t count = 0, n = 0;
    struct answer *list;

    for (size_t i = 0; i < f->steps_count; i++) {
        count += f->steps[i].questions_count;
    }
    list = ARENA_ARRAY(a, count, struct answer);
    if (list == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            list[n].question = &f->steps[i].questions[k];
            list[n].visible = list[n].question->visible.len == 0;
            n++;
        }
    }
    *ret = (struct answers){ .form = f, .list = list, .count = count };
    return NULL;
}

struct answer *answers_of(const struct answers *s, str key)
{
    for (size_t i = 0; i < s->count; i++) {
        if (str_equal(s->list[i].question->key, key)) {
            return &s->list[i];
        }
    }
    return NULL;
}

const struct mistake *mistake_about(const struct mistakes *m, const struct question *q)
{
    for (const struct mistake *x = m->first; x != NULL; x = x->next) {
        if (str_starts(x->field, q->key) &&
            (x->field.len == q->key.len || x->field.at[q->key.len] == '.')) {
            return x;
        }
    }
    return NULL;
}

/* "today+20" of an example; false when it is something else. */
static bool relative_day(str text, day today, day *ret)
{
    str rest = str_slice(text, 5, text.len);
    int64_t n = 0;

    if (!str_starts(text, STR("today"))) {
        return false;
    }
    if (rest.len > 0 && (!str_to_int(rest, &n) || n < -40000 || n > 40000)) {
        return false;
    }
    *ret = today + (day)n;
    return true;
}

str question_example(struct arena *a, const struct question *q, day today)
{
    day d;

    if (q->type == Q_DATE && relative_day(unquote(a, q->example), today, &d)) {
        return quote(a, day_iso(a, d));
    }
    return q->example;
}

str examples_all(struct arena *a, const struct form *f, day today)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, (size_t)1 << 20);
    json_open(&w, &b);
    json_object(&w, STR(""));
    for (size_t i = 0; i < f->steps_count; i++) {
        for (size_t k = 0; k < f->steps[i].questions_count; k++) {
            const struct question *q = &f->steps[i].questions[k];
            str example = question_example(a, q, today);

            if (example.len > 0) {
                json_put_raw(&w, q->key, example);
            }
        }
    }
    json_end_object(&w);
    return buf_str(&b);
}

str form_example(struct arena *a, const struct form *f, day today)
{
    const struct json *all = NULL;
    struct answers s;
    struct mistakes unheard;

    mistakes_init(&unheard, a);
    if (answers_init(a, f, &s) != NULL ||
        json_parse(a, examples_all(a, f, today), &all) != NULL ||
        answers_read_json(a, &s, all, today, &unheard) != NULL) {
        return STR("{}");
    }
    return answers_write(a, &s);
}
