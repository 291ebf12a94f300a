/* lang — words in the language of the reader.
 *
 * The tables are made at build time from po/zh.po, po/en.po and po/ja.po. A missing one
 * shows its English id (and fails the word test).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_LANG_H
#define BIANMIN_HOST_LANG_H

#include "base/buf.h"
#include "base/err.h"
#include "base/words.h"

/* "zh-Hant-TW" "en" "ja": the lang attribute. */
extern const str lang_tag[LANG_COUNT];

/* The translated text of an id, places unfilled. */
str lang_text(enum lang lang, const char *id);
/* The plural form for `n` of a message with two English forms. */
str lang_plural(enum lang lang, const char *one, const char *many, int64_t n);
/* The whole message, values put in; plain text, not HTML. */
str lang_say(struct arena *a, enum lang lang, struct words w);
/* Fills the places of an already translated text. */
void lang_fill(struct buf *out, enum lang lang, str text, const struct word *values,
               size_t count);
/* Single values as people write them. */
str lang_number(struct arena *a, enum lang lang, int64_t n);
str lang_money(struct arena *a, enum lang lang,
               int64_t dollars); /* 新臺幣 1,200 元 · NT$1,200 */
str lang_time(struct arena *a, enum lang lang, int64_t ms);  /* day and clock time */

#endif
