/* csv — see csv.h.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/csv.h"

#include "base/buf.h"

void text_csv_open(struct text_csv *c, struct arena *a, str text)
{
    str first = { 0 }, all = text;

    if (str_starts(text, STR("\xef\xbb\xbf"))) {
        text = str_slice(text, 3, text.len);
    }
    all = text;
    (void)str_cut(&all, '\n', &first);
    *c = (struct text_csv){ .arena = a, .rest = text, .next = 1, .separator = ',' };
    if (str_find(first, STR(",")) < 0 && str_find(first, STR("\t")) >= 0) {
        c->separator = '\t';
    }
}

/* Behind the opening quote; `*ret_len` counts what was read, the closing quote with it. */
static str quoted(struct text_csv *c, str s, size_t *ret_len)
{
    struct buf b;
    size_t i = 0;

    buf_init(&b, c->arena, s.len + 1);
    for (; i < s.len; i++) {
        if (s.at[i] == '"') {
            if (i + 1 >= s.len || s.at[i + 1] != '"') {
                break;
            }
            i++;
        }
        c->next += s.at[i] == '\n' ? 1 : 0;
        buf_put_char(&b, s.at[i]);
    }
    *ret_len = i < s.len ? i + 1 : i;
    return buf_str(&b);
}

/* One field; true where the row goes on behind it. */
static bool field_cut(struct text_csv *c, str *ret)
{
    str s = c->rest;
    size_t at = 0, from = 0;
    bool more;

    while (at < s.len && s.at[at] == ' ') {
        at++;
    }
    if (at < s.len && s.at[at] == '"') {
        size_t len;

        *ret = str_trim(quoted(c, str_slice(s, at + 1, s.len), &len));
        from = at = at + 1 + len;
    } else {
        from = s.len + 1;
    }
    while (at < s.len && s.at[at] != c->separator && s.at[at] != '\n') {
        at++;
    }
    if (from > s.len) {
        *ret = str_trim(str_slice(s, 0, at));
    }
    more = at < s.len && s.at[at] == c->separator;
    c->next += at < s.len && s.at[at] == '\n' ? 1 : 0;
    c->rest = at < s.len ? str_slice(s, at + 1, s.len) : (str){ 0 };
    return more;
}

bool text_csv_row(struct text_csv *c, str *ret_fields, size_t most, size_t *ret_count)
{
    while (c->rest.len > 0) {
        bool more = true, blank = true;
        size_t count = 0;

        c->line = c->next;
        while (more) {
            str field = { 0 };

            more = field_cut(c, &field);
            blank = blank && field.len == 0;
            if (count < most) {
                ret_fields[count] = field;
            }
            count++;
        }
        if (!blank) {
            *ret_count = count;
            return true;
        }
    }
    return false;
}
