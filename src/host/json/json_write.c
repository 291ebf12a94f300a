/* json — writing.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"

#define JSON_LEVELS (sizeof((struct json_writer){ 0 }.comma) / sizeof(bool))

static void text_write(struct buf *out, str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_put_char(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        /* '<' too: what we write may stand inside a page. */
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7F) {
            continue;
        }
        buf_put(out, str_slice(s, plain, i - plain));
        plain = i + 1;
        if (c == '"' || c == '\\') {
            buf_put(out, (str){ (char[]){ '\\', (char)c }, 2 });
        } else if (c == '\n') {
            buf_put(out, STR("\\n"));
        } else {
            buf_put(out,
                    (str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] }, 6 });
        }
    }
    buf_put(out, str_slice(s, plain, s.len));
    buf_put_char(out, '"');
}

static void value_begin(struct json_writer *w, str key)
{
    if (w->comma[w->depth]) {
        buf_put_char(w->out, ',');
    }
    w->comma[w->depth] = true;
    if (key.len > 0) {
        text_write(w->out, key);
        buf_put_char(w->out, ':');
    }
}

static void level_begin(struct json_writer *w, str key, char sign)
{
    value_begin(w, key);
    buf_put_char(w->out, sign);
    if (w->depth + 1 >= JSON_LEVELS) {
        w->out->failed = true; /* our own mistake: nothing we write is so deep */
        return;
    }
    w->depth++;
    w->comma[w->depth] = false;
}

static void level_end(struct json_writer *w, char sign)
{
    if (w->depth > 0) {
        w->depth--;
    }
    buf_put_char(w->out, sign);
}

void json_open(struct json_writer *w, struct buf *out)
{
    *w = (struct json_writer){ .out = out };
}

void json_object(struct json_writer *w, str key)
{
    level_begin(w, key, '{');
}

void json_list(struct json_writer *w, str key)
{
    level_begin(w, key, '[');
}

void json_end_object(struct json_writer *w)
{
    level_end(w, '}');
}

void json_end_list(struct json_writer *w)
{
    level_end(w, ']');
}

void json_put_text(struct json_writer *w, str key, str value)
{
    value_begin(w, key);
    text_write(w->out, value);
}

void json_put_int(struct json_writer *w, str key, int64_t value)
{
    value_begin(w, key);
    buf_put_int(w->out, value);
}

void json_put_bool(struct json_writer *w, str key, bool value)
{
    json_put_raw(w, key, value ? STR("true") : STR("false"));
}

void json_put_null(struct json_writer *w, str key)
{
    json_put_raw(w, key, STR("null"));
}

void json_put_raw(struct json_writer *w, str key, str json)
{
    value_begin(w, key);
    buf_put(w->out, json);
}
