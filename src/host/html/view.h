/* view — what generated views say about a value whose type they do not know.
 *
 * HTML_PUT prints between tags, HTML_PUT_ATTR inside "…", HTML_IF asks whether there is
 * something, HTML_WORD makes it a value of a sentence. A type without a row (a bool to
 * print, a struct url in text, markup in an attribute) is an error at the view's own line.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTML_VIEW_H
#define BIANMIN_HOST_HTML_VIEW_H

#include "host/html/html.h"

static inline void html_size(struct html_out *o, size_t n)
{
    html_int(o, (int64_t)n);
}
static inline void html_text_z(struct html_out *o, const char *z)
{
    html_text(o, str_of(z));
}

#define HTML_PUT_ROWS_                                                                    \
    int: html_int, long: html_int, long long: html_int, size_t: html_size, str: html_text, \
        struct label: html_label, struct words: html_words, char *: html_text_z,           \
        const char *: html_text_z
#define HTML_PUT(o, x) _Generic((x), HTML_PUT_ROWS_, struct html: html_markup)((o), (x))
#define HTML_PUT_ATTR(o, x) _Generic((x), HTML_PUT_ROWS_)((o), (x))

static inline bool html_if_bool(bool x)
{
    return x;
}
static inline bool html_if_int(int64_t x)
{
    return x != 0;
}
static inline bool html_if_size(size_t x)
{
    return x != 0;
}
static inline bool html_if_unsigned(unsigned x)
{
    return x != 0;
}
static inline bool html_if_str(str x)
{
    return x.len > 0;
}
static inline bool html_if_label(struct label x)
{
    return !label_is_empty(&x);
}
static inline bool html_if_words(struct words x)
{
    return x.id != NULL;
}
static inline bool html_if_url(struct url x)
{
    return x.address.len > 0;
}
static inline bool html_if_html(struct html x)
{
    return x.markup.len > 0;
}
static inline bool html_if_pointer(const void *x)
{
    return x != NULL;
}
#define HTML_IF(x)                         \
    _Generic((x), bool                     \
             : html_if_bool, int           \
             : html_if_int, long           \
             : html_if_int, long long      \
             : html_if_int, size_t         \
             : html_if_size, unsigned      \
             : html_if_unsigned, str       \
             : html_if_str, struct label   \
             : html_if_label, struct words \
             : html_if_words, struct url   \
             : html_if_url, struct html    \
             : html_if_html, default       \
             : html_if_pointer)(x)

static inline struct word html_word_int(struct html_out *o, const char *name, int64_t n)
{
    return (struct word)SAY_NUMBER(name, n);
}
static inline struct word html_word_size(struct html_out *o, const char *name, size_t n)
{
    return (struct word)SAY_NUMBER(name, (int64_t)n);
}
static inline struct word html_word_str(struct html_out *o, const char *name, str s)
{
    return (struct word)SAY_TEXT(name, s);
}
static inline struct word html_word_z(struct html_out *o, const char *name, const char *z)
{
    return (struct word)SAY_TEXT(name, str_of(z));
}
static inline struct word html_word_label(struct html_out *o, const char *name,
                                          struct label l)
{
    return (struct word)SAY_TEXT(name, label_in(&l, o->lang));
}
struct word html_word_words(struct html_out *o, const char *name, struct words w);
#define HTML_WORD(o, name, x) \
    _Generic((x), int: html_word_int, long: html_word_int, long long: html_word_int,       \
             size_t: html_word_size, str: html_word_str, char *: html_word_z,              \
             const char *: html_word_z, struct label: html_word_label,                     \
             struct words: html_word_words)((o), (name), (x))

static inline int64_t html_count_size(size_t n)
{
    return (int64_t)n;
}
static inline int64_t html_count_int(int64_t n)
{
    return n;
}
/* The number that chooses between one and many. */
#define HTML_COUNT(x)                                                                 \
    _Generic((x), int: html_count_int, long: html_count_int, long long: html_count_int, \
             size_t: html_count_size)(x)

#endif
