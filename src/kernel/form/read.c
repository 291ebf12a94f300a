/* read — answers in and out: posted fields, JSON, and what is kept.
 *
 * JSON is turned into what a person would have typed and then taken the same way, so that
 * both ways know the same rules.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/answer.h"

#include "base/buf.h"
#include "base/id.h"
#include "host/json/json.h"
#include "host/text/text.h"

#define CHOSEN_MOST 100

#define LABEL(t) SAY_LABEL("label", &(t)->question->label)

static struct take take_of(struct arena *a, struct answer *x, enum lang lang)
{
    return (struct take){ .arena = a, .answer = x, .question = x->question, .lang = lang };
}

/* ---- posted fields ---- */

static void chosen_read(struct arena *a, struct answer *x, str field,
                        const struct form_source *source)
{
    str *chosen = ARENA_ARRAY(a, CHOSEN_MOST, str);
    size_t count = 0;

    while (chosen != NULL && count < CHOSEN_MOST) {
        str s = source->value(source->context, field, count);

        if (s.at == NULL) {
            break;
        }
        chosen[count++] = s;
    }
    x->chosen = chosen;
    x->chosen_count = count;
}

void typed_read(struct arena *a, struct answer *x, str field,
                const struct form_source *source)
{
    const struct question *q = x->question;
    size_t count = 0;
    const char *const *names = piece_names(q->type, &count);
    bool any = false;

    if (q->type == Q_CHOICES) {
        chosen_read(a, x, field, source);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        x->typed[i] = source->value(source->context, piece_field(a, field, names[i]), 0);
        any = any || x->typed[i].at != NULL;
    }
    if (!any) {
        x->typed[0] = source->value(source->context, field, 0);
    }
}

static void file_read(struct arena *a, struct answer *x, const struct form_source *source)
{
    str gone = source->value(source->context, field_of(a, x->question, "remove"), 0);

    if (gone.len > 0) {
        x->json = STR("");
        x->typed[0] = STR("");
    }
}

static void one_read(struct arena *a, struct answer *x, const struct form_source *source,
                     enum lang lang, struct verdict *found)
{
    struct take t = take_of(a, x, lang);

    if (question_takes_file(x->question) &&
        (x->question->type == Q_FILE || answer_holds_file(x))) {
        file_read(a, x, source);
        if (x->question->type == Q_FILE || answer_holds_file(x)) {
            return;
        }
    }
    if (x->question->type != Q_ROWS) {
        typed_read(a, x, x->question->key, source);
        take_answer(&t);
    } else if (rows_read(&t, source)) {
        rows_take(&t);
    }
    x->json = t.json;
    *found = (struct verdict){ t.wrong, t.piece, t.cells };
}

static bool is_in(const struct form_step *step, const struct answer *x)
{
    return step == NULL || (x->question >= step->questions &&
                            x->question < step->questions + step->questions_count);
}

err answers_read(struct arena *a, struct answers *s, const struct form_step *step,
                 const struct form_source *source, enum lang lang, day today,
                 struct mistakes *m)
{
    struct verdict *found = ARENA_ARRAY(a, s->count, struct verdict);

    if (found == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < s->count; i++) {
        if (is_in(step, &s->list[i])) {
            one_read(a, &s->list[i], source, lang, &found[i]);
        }
    }
    return judge(a, s, step, found, today, m);
}

/* ---- JSON ---- */

static bool unpack_list(struct take *t, const struct json *value)
{
    str *chosen = ARENA_ARRAY(t->arena, value->count, str);
    size_t count = 0;

    if (value->kind != JSON_LIST || chosen == NULL) {
        t->wrong = SAY("\"{label}\" is a list of the keys of choices.", LABEL(t));
        return false;
    }
    for (const struct json *j = value->first; j != NULL; j = j->next) {
        if (j->kind != JSON_TEXT) {
            t->wrong = SAY("\"{label}\" is a list of the keys of choices.", LABEL(t));
            return false;
        }
        chosen[count++] = j->text;
    }
    t->answer->chosen = chosen;
    t->answer->chosen_count = count;
    return true;
}

static bool unpack_address(struct take *t, const struct json *value)
{
    size_t count = 0;
    const char *const *names = piece_names(Q_ADDRESS, &count);

    for (const struct json *j = value->kind == JSON_OBJECT ? value->first : NULL; j != NULL;
         j = j->next) {
        size_t i = 0;

        while (i < count && !str_equal(j->key, str_of(names[i]))) {
            i++;
        }
        if (i == count || j->kind != JSON_TEXT) {
            t->wrong =
                SAY("\"{label}\" has the texts postcode, city, district, village and "
                    "street, and no others.",
                    LABEL(t));
            return false;
        }
        t->answer->typed[i] = j->text;
    }
    if (value->kind != JSON_OBJECT) {
        t->wrong =
            SAY("\"{label}\" is an object with postcode, city, district, village and "
                "street.",
                LABEL(t));
    }
    return value->kind == JSON_OBJECT;
}

static bool unpack_date(struct take *t, const struct json *value)
{
    struct civil c;
    day d;

    if (value->kind != JSON_TEXT || !day_from_iso(value->text, &d)) {
        t->wrong = SAY("\"{label}\" is a date such as 2026-01-18.", LABEL(t));
        return false;
    }
    c = day_civil(d);
    if (c.year < 1912) {
        t->answer->typed[0] = value->text;
        return true;
    }
    t->answer->typed[0] = str_format(t->arena, "%d",
                                     t->lang == LANG_ZH ? c.year - 1911 : c.year);
    t->answer->typed[1] = str_format(t->arena, "%d", c.month);
    t->answer->typed[2] = str_format(t->arena, "%d", c.date);
    return true;
}

bool unpack_file(struct take *t, const struct json *value)
{
    struct json_writer w;
    struct buf b;
    int64_t id;

    if (value->kind != JSON_OBJECT || !id_parse(json_text_of(value, STR("file")), &id)) {
        t->wrong = SAY("\"{label}\" is a file that was sent before: {example}.", LABEL(t),
                       SAY_TEXT("example", STR("{\"file\":\"…\"}")));
        return false;
    }
    buf_init(&b, t->arena, 8192);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("file"), id_text(t->arena, id));
    if (json_get(value, STR("name")) != NULL) {
        t->answer->typed[0] = json_text_of(value, STR("name"));
        json_put_text(&w, STR("name"), t->answer->typed[0]);
        json_put_text(&w, STR("type"), json_text_of(value, STR("type")));
        json_put_int(&w, STR("size"), json_int_of(value, STR("size"), 0));
    }
    json_end_object(&w);
    t->json = buf_str(&b);
    return true;
}

static bool unpack_scalar(struct take *t, const struct json *value)
{
    switch (t->question->type) {
    case Q_NUMBER:
    case Q_MONEY:
        if (value->kind == JSON_INT) {
            t->answer->typed[0] = str_format(t->arena, "%lld", (long long)value->number);
            return true;
        }
        t->wrong = SAY("\"{label}\" is a whole number without quotation marks.", LABEL(t));
        return false;
    case Q_YESNO:
    case Q_CONSENT:
        if (value->kind == JSON_BOOL) {
            t->answer->typed[0] = value->truth ? STR("yes") : STR("no");
            return true;
        }
        t->wrong = SAY("\"{label}\" is true or false.", LABEL(t));
        return false;
    default:
        if (value->kind == JSON_TEXT) {
            t->answer->typed[0] = value->text;
            return true;
        }
        t->wrong = SAY("\"{label}\" is a text.", LABEL(t));
        return false;
    }
}

bool unpack(struct take *t, const struct json *value)
{
    for (size_t i = 0; i < 5; i++) {
        t->answer->typed[i] = STR("");
    }
    t->answer->chosen_count = 0;
    if (value->kind == JSON_NULL) {
        return false;
    }
    switch (t->question->type) {
    case Q_CHOICES:
        return unpack_list(t, value);
    case Q_ADDRESS:
        return unpack_address(t, value);
    case Q_DATE:
        return unpack_date(t, value);
    case Q_FILE:
        return unpack_file(t, value);
    case Q_SIGNATURE:
        return unpack_signature(t, value);
    case Q_ROWS:
        return rows_unpack(t, value);
    case Q_NOTE:
        return false;
    default:
        return unpack_scalar(t, value);
    }
}

static void one_unpack(struct arena *a, struct answer *x, const struct json *value,
                       enum lang lang, struct verdict *found)
{
    struct take t = take_of(a, x, lang);

    if (unpack(&t, value)) {
        take_answer(&t);
    }
    x->json = t.json;
    *found = (struct verdict){ t.wrong, t.piece, t.cells };
}

err answers_read_json(struct arena *a, struct answers *s, const struct json *object,
                      day today, struct mistakes *m)
{
    struct verdict *found = ARENA_ARRAY(a, s->count, struct verdict);
    const struct json *inner = json_get(object, STR("answers"));

    if (found == NULL) {
        return err_no_memory;
    }
    if (inner != NULL && inner->kind == JSON_OBJECT &&
        answers_of(s, STR("answers")) == NULL) {
        object = inner;
    }
    if (object->kind != JSON_OBJECT) {
        mistake_add(m, STR("answers"),
                    SAY("\"answers\" is an object with the keys of questions."));
        return NULL;
    }
    for (const struct json *j = object->first; j != NULL; j = j->next) {
        struct answer *x = answers_of(s, j->key);

        if (x == NULL || x->question->type == Q_NOTE) {
            mistake_add(m, j->key,
                        SAY("There is no question \"{key}\" here. Take it out.",
                            SAY_TEXT("key", j->key)));
        } else {
            one_unpack(a, x, j, LANG_EN, &found[x - s->list]);
        }
    }
    return judge(a, s, NULL, found, today, m);
}

err answers_restore(struct arena *a, struct answers *s, str json, enum lang lang)
{
    const struct json *object = NULL;
    struct verdict unheard;

    TRY(json_parse(a, json, &object));
    for (const struct json *j = object->kind == JSON_OBJECT ? object->first : NULL;
         j != NULL; j = j->next) {
        struct answer *x = answers_of(s, j->key);

        if (x != NULL) {
            one_unpack(a, x, j, lang, &unheard);
        }
    }
    return NULL;
}

str answers_write(struct arena *a, const struct answers *s)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, (size_t)4 << 20);
    json_open(&w, &b);
    json_object(&w, STR(""));
    for (size_t i = 0; i < s->count; i++) {
        if (s->list[i].visible && s->list[i].json.len > 0) {
            json_put_raw(&w, s->list[i].question->key, s->list[i].json);
        }
    }
    json_end_object(&w);
    return buf_str(&b);
}

/* ---- files ---- */

bool question_takes_file(const struct question *q)
{
    return q->type == Q_FILE || q->type == Q_SIGNATURE;
}

bool answer_holds_file(const struct answer *x)
{
    return question_takes_file(x->question) && str_starts(x->json, STR("{\"file\":"));
}

static bool is_accepted(const struct question *q, str media_type)
{
    for (size_t i = 0; i < q->accept_count; i++) {
        str group = str_slice(q->accept[i], 0, q->accept[i].len - 1);

        if (str_equal(q->accept[i], media_type) ||
            (str_ends(q->accept[i], STR("/*")) && str_starts(media_type, group))) {
            return true;
        }
    }
    return q->accept_count == 0;
}

static str accepted_kinds(struct arena *a, const struct question *q)
{
    struct buf b;

    buf_init(&b, a, 500);
    for (size_t i = 0; i < q->accept_count; i++) {
        ptrdiff_t slash = str_find(q->accept[i], STR("/"));
        str kind = str_slice(q->accept[i], (size_t)(slash + 1), q->accept[i].len);

        buf_put_z(&b, i > 0 ? " / " : "");
        buf_put(&b, str_equal(kind, STR("*")) ? str_slice(q->accept[i], 0, (size_t)slash)
                                              : kind);
    }
    return str_upper(a, buf_str(&b));
}

err answers_set_file(struct arena *a, struct answers *s, str key, int64_t file, str name,
                     str media_type, int64_t size_bytes)
{
    struct answer *x = answers_of(s, key);
    struct json_writer w;
    struct buf b;
    str clean;

    if (x == NULL || !question_takes_file(x->question)) {
        FAIL(a, ERR_INPUT,
             SAY("There is no place for a file here. Send the form without it."), key,
             "no file question");
    }
    if (media_type.len == 0 && x->question->accept_count > 0) {
        FAIL(a, ERR_INPUT,
             SAY("We could not look at the file for \"{label}\" just now. Choose it again "
                 "in a minute.",
                 SAY_LABEL("label", &x->question->label)),
             key, "nobody has looked at it");
    }
    if (!is_accepted(x->question, media_type)) {
        FAIL(a, ERR_INPUT,
             SAY("\"{label}\" takes {kinds} only. Save the file as one of these and "
                 "choose it again.",
                 SAY_LABEL("label", &x->question->label),
                 SAY_TEXT("kinds", accepted_kinds(a, x->question))),
             key, "media type %.*s", STR_ARG(media_type));
    }
    if (size_bytes > x->question->most) {
        FAIL(a, ERR_INPUT,
             SAY("The file for \"{label}\" is larger than {most} MB. Make it smaller "
                 "or bring it to the counter.",
                 SAY_LABEL("label", &x->question->label),
                 SAY_NUMBER("most", x->question->most / 1000000)),
             key, "%lld bytes", (long long)size_bytes);
    }
    TRY(text_clean(a, name, &clean));
    buf_init(&b, a, 8192);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_put_text(&w, STR("file"), id_text(a, file));
    json_put_text(&w, STR("name"), clean);
    json_put_text(&w, STR("type"), media_type);
    json_put_int(&w, STR("size"), size_bytes);
    json_end_object(&w);
    x->json = buf_str(&b);
    x->typed[0] = clean;
    return NULL;
}
