/* html — escaping, and words inside of pages.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/html/html.h"

#include "host/html/view.h"
#include "host/lang/lang.h"

#include <string.h>

void html_raw(struct html_out *o, const char *at, size_t len)
{
    buf_put(o->buf, (str){ at, len });
}

static const char *html_entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Both quotes are escaped between tags too: a value that moves from text into an attribute
 * stays safe, and one function is easier to trust than two. */
void html_text(struct html_out *o, str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.len; i++) {
        const char *entity = html_entity(s.at[i]);

        if (entity == NULL) {
            continue;
        }
        html_raw(o, s.at + from, i - from);
        buf_put_z(o->buf, entity);
        from = i + 1;
    }
    if (from < s.len) {
        html_raw(o, s.at + from, s.len - from);
    }
}

void html_attr(struct html_out *o, str s)
{
    html_text(o, s);
}

void html_markup(struct html_out *o, struct html h)
{
    buf_put(o->buf, h.markup);
}

void html_url(struct html_out *o, struct url u)
{
    html_text(o, u.address);
}

void html_int(struct html_out *o, int64_t n)
{
    buf_put_int(o->buf, n);
}

void html_label(struct html_out *o, struct label l)
{
    html_text(o, label_in(&l, o->lang));
}

void html_words(struct html_out *o, struct words w)
{
    if (w.id != NULL) {
        html_text(o, lang_say(o->arena, o->lang, w));
    }
}

struct word html_word_words(struct html_out *o, const char *name, struct words w)
{
    str said = w.id != NULL ? lang_say(o->arena, o->lang, w) : STR("");

    return (struct word)SAY_TEXT(name, said);
}

#define HTML_SENTENCE_BYTES ((size_t)64 << 10)

static void html_fill(struct html_out *o, str text, const struct word *values, size_t count)
{
    struct buf filled;

    if (count == 0) {
        html_text(o, text);
        return;
    }
    buf_init(&filled, o->arena, HTML_SENTENCE_BYTES);
    lang_fill(&filled, o->lang, text, values, count);
    html_text(o, buf_str(&filled));
}

void html_say(struct html_out *o, const char *id, const struct word *values, size_t count)
{
    html_fill(o, lang_text(o->lang, id), values, count);
}

void html_say_plural(struct html_out *o, const char *one, const char *many, int64_t n,
                     const struct word *values, size_t count)
{
    html_fill(o, lang_plural(o->lang, one, many, n), values, count);
}

/* No control characters or blanks, so that what we judge is what a browser reads. */
static bool url_is_plain(str address)
{
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.at[i];

        if (c <= ' ' || c == 0x7f || c == '\\' || c == '"' || c == '<' || c == '>') {
            return false;
        }
    }
    return address.len > 0;
}

static bool url_scheme_is(struct arena *a, str address, const char *scheme)
{
    return str_starts(str_lower(a, str_slice(address, 0, strlen(scheme))), str_of(scheme));
}

struct url url_checked(struct arena *a, str address)
{
    static const char *const schemes[] = { "https://", "http://", "mailto:", "tel:" };
    str s = str_trim(address);

    if (!url_is_plain(s)) {
        return (struct url){ STR("") };
    }
    /* A path of ours; "//host" would be another's. */
    if (s.at[0] == '/' && !(s.len > 1 && s.at[1] == '/')) {
        return (struct url){ str_copy(a, s) };
    }
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (url_scheme_is(a, s, schemes[i])) {
            return (struct url){ str_copy(a, s) };
        }
    }
    return (struct url){ STR("") };
}

struct url url_phone(struct arena *a, str telephone)
{
    struct buf b;
    bool any = false;

    buf_init(&b, a, telephone.len + 8);
    buf_put_z(&b, "tel:");
    for (size_t i = 0; i < telephone.len; i++) {
        const char c = telephone.at[i];

        if ((c >= '0' && c <= '9') || (c == '+' && !any)) {
            buf_put_char(&b, c);
            any = true;
        } else if (c == '#' && any) {
            buf_put_char(&b, ','); /* a pause, then the extension */
        }
    }
    return (struct url){ any ? buf_str(&b) : STR("") };
}

bool url_is_empty(struct url u)
{
    return u.address.len == 0;
}

str url_encode(struct arena *a, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    struct buf b;

    buf_init(&b, a, s.len * 3 + 1);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '_' || c == '.' || c == '~') {
            buf_put_char(&b, (char)c);
        } else {
            buf_put_char(&b, '%');
            buf_put_char(&b, digits[c >> 4]);
            buf_put_char(&b, digits[c & 15]);
        }
    }
    return buf_str(&b);
}
