/* json — reading and writing JSON (jansson), strict: no duplicate keys, depth at most 32.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_JSON_H
#define BIANMIN_HOST_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum json_kind {
    JSON_NULL,
    JSON_BOOL,
    JSON_INT,
    JSON_REAL,
    JSON_TEXT,
    JSON_LIST,
    JSON_OBJECT
};

/* A parsed value, in the arena. Children are a list in document order. */
struct json {
    enum json_kind kind;
    str key; /* in an object */
    bool truth;
    int64_t number;
    double real;
    str text;
    struct json *first, *next;
    size_t count;
};

/* Fails: ERR_INPUT with line and column in `say`. */
MUST_CHECK err json_parse(struct arena *a, str text, const struct json **ret);
/* NULL when missing, or when `j` is no object. */
const struct json *json_get(const struct json *j, str key);
str json_text_of(const struct json *j, str key);              /* "" when missing */
int64_t json_int_of(const struct json *j, str key, int64_t otherwise);

/* Writing: commas are put by themselves. Key "" (no length) inside lists. */
struct json_writer {
    struct buf *out;
    unsigned depth;
    bool comma[34];
};
void json_open(struct json_writer *w, struct buf *out);
/* Hidden: jansson has a function of this name, which its library must go on finding. */
__attribute__((visibility("hidden"))) void json_object(struct json_writer *w, str key);
void json_list(struct json_writer *w, str key);
void json_end_object(struct json_writer *w);
void json_end_list(struct json_writer *w);
void json_put_text(struct json_writer *w, str key, str value);
void json_put_int(struct json_writer *w, str key, int64_t value);
void json_put_bool(struct json_writer *w, str key, bool value);
void json_put_null(struct json_writer *w, str key);
/* A value written before, put in as it stands. */
void json_put_raw(struct json_writer *w, str key, str json);

#endif
