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
    return type == Q_CHOICES ? YAML_LIST : type == Q_ADDRESS ? YAML_MAP : YAML_SCALAR;
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

static struct words wrong_words(const struct question *q)
{
    switch (q->type) {
    case Q_CHOICES:
        return SAY("The example of \"choices\" is a list of keys.");
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
        json = y->kind == YAML_LIST  ? list_json(r->arena, y)
               : y->kind == YAML_MAP ? map_json(r->arena, y)
                                     : scalar_json(r->arena, q, y);
    }
    if (json.len == 0) {
        pack_mistake(r, y, wrong_words(q));
    }
    return json;
}
