/* Whatever is sent as JSON: no crash; what was read can be written and read again.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"

#include <stdlib.h>

static void write_again(struct json_writer *w, const struct json *j, str key)
{
    switch (j->kind) {
    case JSON_NULL:
    case JSON_REAL:
        json_put_null(w, key);
        return;
    case JSON_BOOL:
        json_put_bool(w, key, j->truth);
        return;
    case JSON_INT:
        json_put_int(w, key, j->number);
        return;
    case JSON_TEXT:
        json_put_text(w, key, j->text);
        return;
    case JSON_LIST:
    case JSON_OBJECT:
        break;
    }
    (j->kind == JSON_LIST ? json_list : json_object)(w, key);
    for (const struct json *child = j->first; child != NULL; child = child->next) {
        write_again(w, child, child->key);
    }
    (j->kind == JSON_LIST ? json_end_list : json_end_object)(w);
}

/* A key without length cannot be written inside an object. */
static bool has_empty_key(const struct json *j)
{
    for (const struct json *child = j->first; child != NULL; child = child->next) {
        if ((j->kind == JSON_OBJECT && child->key.len == 0) || has_empty_key(child)) {
            return true;
        }
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)64 << 20);
    const struct json *j = NULL, *again = NULL;
    err e = json_parse(a, (str){ (const char *)data, size }, &j);
    if (e != NULL && e->say.id == NULL) {
        abort();
    }
    if (e == NULL && !has_empty_key(j)) {
        struct buf b;
        struct json_writer w;
        buf_init(&b, a, (size_t)8 << 20);
        json_open(&w, &b);
        write_again(&w, j, STR(""));
        if (!buf_failed(&b) &&
            (json_parse(a, buf_str(&b), &again) != NULL ||
             again->kind != (j->kind == JSON_REAL ? JSON_NULL : j->kind) ||
             again->count != j->count)) {
            abort();
        }
    }
    arena_free(a);
    return 0;
}
