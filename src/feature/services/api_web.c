/* services — for programs: the list, and one service with its questions and an example that
 * is accepted as it stands.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "base/buf.h"
#include "desk/ask.h"
#include "desk/reply.h"
#include "feature/services/inside.h"
#include "host/json/json.h"
#include "kernel/service/service.h"

#define JSON_BYTES ((size_t)4 << 20)

static void put_label(struct json_writer *w, const char *key, const struct label *l)
{
    json_object(w, str_of(key));
    for (int i = 0; i < LANG_COUNT; i++) {
        json_put_text(w, lang_key[i], label_in(l, (enum lang)i));
    }
    json_end_object(w);
}

static void put_limit(struct json_writer *w, const struct limit *l)
{
    json_object(w, STR("limit"));
    json_put_int(w, STR("value"), l->value);
    json_put_text(w, STR("unit"), limit_unit_key[l->unit]);
    json_end_object(w);
}

static void put_head(struct json_writer *w, const struct service *s)
{
    json_put_text(w, STR("key"), s->key);
    put_label(w, "name", &s->name);
    json_put_text(w, STR("unit"), s->unit);
    put_limit(w, &s->limit);
    json_put_bool(w, STR("online"), s->online && s->depth == DEPTH_FULL);
}

err services_api_list(struct ask *q, struct reply *r)
{
    size_t count = q->catalog != NULL ? catalog_count(q->catalog, service_kind.name) : 0;
    struct json_writer w;
    struct buf b;

    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    json_list(&w, STR("services"));
    for (size_t i = 0; i < count; i++) {
        const struct service *s = catalog_at(q->catalog, service_kind.name, i);

        json_object(&w, STR(""));
        put_head(&w, s);
        json_end_object(&w);
    }
    json_end_list(&w);
    json_end_object(&w);
    return buf_failed(&b) ? err_no_memory : reply_json(q, r, 200, buf_str(&b));
}

static void put_question(struct json_writer *w, const struct question *x)
{
    json_object(w, STR(""));
    json_put_text(w, STR("key"), x->key);
    json_put_text(w, STR("type"), question_type_key[x->type]);
    json_put_bool(w, STR("required"), x->required);
    json_put_bool(w, STR("personal"), x->personal);
    put_label(w, "label", &x->label);
    if (!label_is_empty(&x->help)) {
        put_label(w, "help", &x->help);
    }
    if (x->choices_count > 0) {
        json_list(w, STR("choices"));
        for (size_t i = 0; i < x->choices_count; i++) {
            json_object(w, STR(""));
            json_put_text(w, STR("key"), x->choices[i].key);
            put_label(w, "label", &x->choices[i].label);
            json_end_object(w);
        }
        json_end_list(w);
    }
    if (x->columns_count > 0) {
        json_put_int(w, STR("least"), x->least);
        json_put_int(w, STR("most"), x->most);
        json_list(w, STR("columns"));
        for (size_t i = 0; i < x->columns_count; i++) {
            put_question(w, &x->columns[i]);
        }
        json_end_list(w);
    }
    if (x->visible.len > 0) {
        json_put_text(w, STR("asked_when"), x->visible);
    }
    if (x->required_when.len > 0) {
        json_put_text(w, STR("required_when"), x->required_when);
    }
    json_end_object(w);
}

static void put_papers(struct json_writer *w, const struct service *s)
{
    json_list(w, STR("papers"));
    for (size_t i = 0; i < s->papers_count; i++) {
        json_object(w, STR(""));
        put_label(w, "name", &s->papers[i].name);
        json_put_bool(w, STR("looked_up_by_office"), s->papers[i].looked_up);
        json_end_object(w);
    }
    json_end_list(w);
    json_list(w, STR("fees"));
    for (size_t i = 0; i < s->fees_count; i++) {
        json_object(w, STR(""));
        put_label(w, "what", &s->fees[i].what);
        json_put_int(w, STR("dollars"), s->fees[i].dollars);
        json_end_object(w);
    }
    json_end_list(w);
}

err services_api_one(struct ask *q, struct reply *r)
{
    const struct service *s =
        q->catalog != NULL ? service_get(q->catalog, ask_path(q, "key")) : NULL;
    struct json_writer w;
    struct buf b;

    if (s == NULL) {
        FAIL(q->arena, ERR_MISSING,
             SAY("There is no such service. See the list of services."), STR(""),
             "no service");
    }
    buf_init(&b, q->arena, JSON_BYTES);
    json_open(&w, &b);
    json_object(&w, STR(""));
    put_head(&w, s);
    json_put_int(&w, STR("version"), s->version);
    put_label(&w, "summary", &s->summary);
    put_papers(&w, s);
    json_list(&w, STR("questions"));
    for (size_t i = 0; i < s->form.steps_count; i++) {
        for (size_t n = 0; n < s->form.steps[i].questions_count; n++) {
            put_question(&w, &s->form.steps[i].questions[n]);
        }
    }
    json_end_list(&w);
    json_put_raw(&w, STR("example"), service_example(q->arena, s, q->today));
    json_end_object(&w);
    return buf_failed(&b) ? err_no_memory : reply_json(q, r, 200, buf_str(&b));
}
