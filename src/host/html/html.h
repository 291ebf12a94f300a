/* html — what a compiled view calls. Text reaches a page only through here, escaped for the
 * place where it stands.
 *
 * `struct html` is markup we made ourselves (a view's output, the QR picture); there is no
 * way from a str of a person to it. `struct url` is an address made by the desk (link by
 * route name) or checked (https, http, mailto, tel, or a path of ours).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_HTML_H
#define BIANMIN_HOST_HTML_H

#include "base/buf.h"
#include "base/day.h"
#include "base/words.h"

struct html { str markup; };
struct url { str address; };

/* A page in the making: where it goes and how the reader wants it. */
struct html_out {
    struct buf *buf;
    struct arena *arena;
    enum lang lang;
};

void html_raw(struct html_out *o, const char *at, size_t len); /* literal parts of views */
void html_text(struct html_out *o, str s);                     /* between tags */
void html_attr(struct html_out *o, str s);                     /* inside "…" */
void html_markup(struct html_out *o, struct html h);
void html_url(struct html_out *o, struct url u);               /* inside href/src/action */
/* Values of other types, for text and attribute alike; chosen by _Generic in the generated
 * code: int, int64_t, str, struct label, struct words. */
void html_int(struct html_out *o, int64_t n);
void html_label(struct html_out *o, struct label l);
void html_words(struct html_out *o, struct words w);
/* {t Sentence with {p.value}}: translated, values escaped. */
void html_say(struct html_out *o, const char *id, const struct word *values, size_t count);
void html_say_plural(struct html_out *o, const char *one, const char *many, int64_t n,
                     const struct word *values, size_t count);

/* An outside address that a definition or person gave; empty when it is none we allow. */
struct url url_checked(struct arena *a, str address);
/* What dials a number as people write it, 03-000-0000 #231; empty without digits. */
struct url url_phone(struct arena *a, str telephone);
/* Our own fixed path. */
#define URL_PATH(literal) ((struct url){ STR(literal) })
bool url_is_empty(struct url u);
/* Percent-encoding for one path segment or query value. */
str url_encode(struct arena *a, str s);

#endif
