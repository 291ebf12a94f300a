/* example_pack — the example of a question, from YAML to the JSON that the API would take.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form_pack.h"

#include "base/buf.h"
#include "host/json/json.h"
#include "host/yaml/yaml.h"
#include "kernel/form/answer.h"

static str list_json(struct arena *a, const struct yaml *y)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, 16384);
    json_open(&w, &b);
    json_list(&w, STR(""));
    for (const struct yaml *x = y->first; x != NULL; x = x->next) {
        json_put_text(&w, STR(""), x->text);
    }
    json_end_list(&w);
    return buf_str(&b);
}

static str map_json(struct arena *a, const struct yaml *y)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, a, 16384);
    json_open(&w, &b);
    json_object(&w, STR(""));
    for (const struct yaml *x = y->first; x != NULL; x = x->next) {
        json_put_text(&w, x->key, x->text);
    }
    json_end_object(&w);
    return buf_str(&b);
}

static enum yaml_kind kind_wanted(enum question_type type)
{
    return type == Q_CHOICES || type == Q_ROWS ? YAML_LIST
           : type == Q_ADDRESS                 ? YAML_MAP
                                               : YAML_SCALAR;
}

static str scalar_json(struct arena *a, const struct question *q, const struct yaml *y)
{
    int64_t n;

    switch (q->type) {
    case Q_NUMBER:
    case Q_MONEY:
        return str_to_int(y->text, &n) ? str_format(a, "%lld", (long long)n) : STR("");
    case Q_YESNO:
    case Q_CONSENT:
        if (str_equal(y->text, STR("true")) || str_equal(y->text, STR("yes"))) {
            return STR("true");
        }
        return str_equal(y->text, STR("false")) || str_equal(y->text, STR("no"))
                   ? STR("false")
                   : STR("");
    default:
        return quote(a, str_trim(y->text));
    }
}

/* The typed name stands for the signature of an example. */
static str signature_json(struct arena *a, const struct yaml *y)
{
    return str_format(a, "{\"name\":%.*s,\"agree\":true}",
                      STR_ARG(quote(a, str_trim(y->text))));
}

static void columns_only(struct pack_reader *r, const struct question *q,
                         const struct yaml *row)
{
    str *known = ARENA_ARRAY(r->arena, q->columns_count, str);

    for (size_t i = 0; known != NULL && i < q->columns_count; i++) {
        known[i] = q->columns[i].key;
    }
    if (known != NULL) {
        pack_only(r, row, known, q->columns_count);
    }
}

/* A list of maps, one a row. */
static str rows_json(struct pack_reader *r, const struct question *q, const struct yaml *y)
{
    struct json_writer w;
    struct buf b;

    buf_init(&b, r->arena, (size_t)64 << 10);
    json_open(&w, &b);
    json_list(&w, STR(""));
    for (const struct yaml *row = y->first; row != NULL; row = row->next) {
        if (!pack_is_map(r, row)) {
            continue;
        }
        columns_only(r, q, row);
        json_object(&w, STR(""));
        for (size_t i = 0; i < q->columns_count; i++) {
            const struct yaml *cell = yaml_get(row, q->columns[i].key);
            str json = cell != NULL && cell->kind == YAML_SCALAR
                           ? scalar_json(r->arena, &q->columns[i], cell)
                           : STR("");

            if (json.len > 0) {
                json_put_raw(&w, q->columns[i].key, json);
            }
        }
        json_end_object(&w);
    }
    json_end_list(&w);
    return buf_str(&b);
}

static struct words wrong_words(const struct question *q)
{
    switch (q->type) {
    case Q_CHOICES:
        return SAY("The example of \"choices\" is a list of keys.");
    case Q_ROWS:
        return SAY("The example of \"rows\" is a list, each line with the columns.");
    case Q_ADDRESS:
        return SAY("The example of an address has postcode, city, district, village "
                   "and street.");
    case Q_NUMBER:
    case Q_MONEY:
        return SAY("The example of a number is a whole number.");
    case Q_YESNO:
    case Q_CONSENT:
        return SAY("The example here is true or false.");
    default:
        return SAY("The example here is one text.");
    }
}

str example_read(struct pack_reader *r, const struct question *q, const struct yaml *at)
{
    const struct yaml *y = yaml_get(at, STR("example"));
    str json = { NULL, 0 };

    if (q->type == Q_FILE || q->type == Q_NOTE) {
        if (y != NULL) {
            pack_mistake(r, y,
                         SAY("A file and a note have no example. Take this line out."));
        }
        return json;
    }
    if (y == NULL) {
        if (q->required) {
            pack_mistake(
                r, at, SAY("\"{key}\" is missing here.", SAY_TEXT("key", STR("example"))));
        }
        return json;
    }
    if (y->kind == kind_wanted(q->type)) {
        json = q->type == Q_ROWS        ? rows_json(r, q, y)
               : q->type == Q_SIGNATURE ? signature_json(r->arena, y)
               : y->kind == YAML_LIST  ? list_json(r->arena, y)
               : y->kind == YAML_MAP ? map_json(r->arena, y)
                                     : scalar_json(r->arena, q, y);
    }
    if (json.len == 0) {
        pack_mistake(r, y, wrong_words(q));
    }
    return json;
}
