/* json — reading: jansson parses, the arena keeps.
 *
 * Some names of jansson are ours as well; its own are renamed while its header is read.
 * SPDX-License-Identifier: MPL-2.0 */
#define JSON_OBJECT JANSSON_OBJECT
#define JSON_REAL JANSSON_REAL
#define JSON_NULL JANSSON_NULL
#define json_object jansson_object
#include <jansson.h>
#undef JSON_OBJECT
#undef JSON_REAL
#undef JSON_NULL
#undef json_object

#include "host/json/json.h"

#define JSON_DEPTH_MAX 32

struct taking {
    struct arena *arena;
    unsigned depth;
};

static err value_take(struct taking *t, json_t *from, struct json *to);

static err child_take(struct taking *t, json_t *from, str key, struct json *parent,
                      struct json **last)
{
    struct json *child = ARENA_NEW(t->arena, struct json);
    if (child == NULL) {
        return err_no_memory;
    }
    child->key = key;
    t->depth++;
    TRY(value_take(t, from, child));
    t->depth--;
    if (*last == NULL) {
        parent->first = child;
    } else {
        (*last)->next = child;
    }
    *last = child;
    parent->count++;
    return NULL;
}

static err children_take(struct taking *t, json_t *from, struct json *to)
{
    struct json *last = NULL;
    if (t->depth >= JSON_DEPTH_MAX) {
        FAIL(t->arena, ERR_INPUT, SAY("The data is nested too deeply."), STR(""),
             "deeper than %d", JSON_DEPTH_MAX);
    }
    if (to->kind == JSON_LIST) {
        for (size_t i = 0; i < json_array_size(from); i++) {
            TRY(child_take(t, json_array_get(from, i), STR(""), to, &last));
        }
        return NULL;
    }
    for (void *i = json_object_iter(from); i != NULL; i = json_object_iter_next(from, i)) {
        str key = { json_object_iter_key(i), json_object_iter_key_len(i) };
        TRY(child_take(t, json_object_iter_value(i), str_copy(t->arena, key), to, &last));
    }
    return NULL;
}

static err value_take(struct taking *t, json_t *from, struct json *to)
{
    switch (json_typeof(from)) {
    case JANSSON_OBJECT:
        to->kind = JSON_OBJECT;
        return children_take(t, from, to);
    case JSON_ARRAY:
        to->kind = JSON_LIST;
        return children_take(t, from, to);
    case JSON_STRING:
        to->kind = JSON_TEXT;
        to->text = str_copy(t->arena,
                            (str){ json_string_value(from), json_string_length(from) });
        return NULL;
    case JSON_INTEGER:
        to->kind = JSON_INT;
        to->number = json_integer_value(from);
        return NULL;
    case JANSSON_REAL:
        to->kind = JSON_REAL;
        to->real = json_real_value(from);
        return NULL;
    case JSON_TRUE:
    case JSON_FALSE:
        to->kind = JSON_BOOL;
        to->truth = json_typeof(from) == JSON_TRUE;
        return NULL;
    case JANSSON_NULL:
        to->kind = JSON_NULL;
        return NULL;
    }
    return NULL;
}

/* Most values that we keep are a text without escapes, a small number, true or false: they
 * need no library. False: it has to look. */
static bool plain_take(struct arena *a, str text, struct json *to)
{
    str inner = text.len >= 2 ? str_slice(text, 1, text.len - 2) : STR("");

    if (str_equal(text, STR("true")) || str_equal(text, STR("false"))) {
        to->kind = JSON_BOOL;
        to->truth = text.len == 4;
        return true;
    }
    if (text.len > 0 && text.len < 16 && text.at[0] >= '1' && text.at[0] <= '9') {
        to->kind = JSON_INT;
        return str_to_int(text, &to->number);
    }
    if (text.len < 2 || text.at[0] != '"' || text.at[text.len - 1] != '"' ||
        !str_is_text(inner)) {
        return false;
    }
    for (size_t i = 0; i < inner.len; i++) {
        if ((unsigned char)inner.at[i] < 0x20 || inner.at[i] == '"' ||
            inner.at[i] == '\\') {
            return false;
        }
    }
    to->kind = JSON_TEXT;
    to->text = str_copy(a, inner);
    return true;
}

err json_parse(struct arena *a, str text, const struct json **ret)
{
    json_error_t problem;
    struct json *to = ARENA_NEW(a, struct json);

    if (to == NULL) {
        return err_no_memory;
    }
    if (plain_take(a, text, to)) {
        *ret = to;
        return arena_failed(a) ? err_no_memory : NULL;
    }
    json_t *root = json_loadb(text.len > 0 ? text.at : "", text.len,
                              JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &problem);
    if (root == NULL) {
        FAIL(a, ERR_INPUT,
             SAY("This is not valid JSON: look at line {line}, column {column}.",
                 SAY_NUMBER("line", problem.line), SAY_NUMBER("column", problem.column)),
             STR(""), "JSON error %d", (int)json_error_code(&problem));
    }
    struct taking t = { .arena = a };
    *to = (struct json){ 0 };
    err e = value_take(&t, root, to);
    json_decref(root);
    if (e == NULL && arena_failed(a)) {
        e = err_no_memory;
    }
    if (e == NULL) {
        *ret = to;
    }
    return e;
}

const struct json *json_get(const struct json *j, str key)
{
    if (j == NULL || j->kind != JSON_OBJECT) {
        return NULL;
    }
    for (const struct json *child = j->first; child != NULL; child = child->next) {
        if (str_equal(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

str json_text_of(const struct json *j, str key)
{
    const struct json *child = json_get(j, key);
    return child != NULL && child->kind == JSON_TEXT ? child->text : STR("");
}

int64_t json_int_of(const struct json *j, str key, int64_t otherwise)
{
    const struct json *child = json_get(j, key);
    return child != NULL && child->kind == JSON_INT ? child->number : otherwise;
}
