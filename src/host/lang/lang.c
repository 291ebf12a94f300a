/* lang — finding and filling words.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/lang/lang.h"

#include "base/day.h"
#include "host/lang/table.h"

#include <stdio.h>
#include <string.h>

const str lang_tag[LANG_COUNT] = { STR_INIT("zh-Hant-TW"), STR_INIT("en"), STR_INIT("ja") };

static const struct lang_row *lang_row(str id)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < id.len; i++) {
        hash = (hash ^ (unsigned char)id.at[i]) * 16777619u;
    }
    for (size_t at = hash & (lang_slot_count - 1); lang_slots[at] != 0;
         at = (at + 1) & (lang_slot_count - 1)) {
        const struct lang_row *row = &lang_rows[lang_slots[at] - 1];

        if (str_equal(row->id, id)) {
            return row;
        }
    }
    return NULL;
}

str lang_text(enum lang lang, const char *id)
{
    const struct lang_row *row = lang_row(str_of(id));

    return row != NULL && row->one[lang].len > 0 ? row->one[lang] : str_of(id);
}

/* English has its two forms in the ids; Chinese and Japanese have one for every number,
 * which is the first in their files. */
str lang_plural(enum lang lang, const char *one, const char *many, int64_t n)
{
    const struct lang_row *row = lang_row(str_of(one));

    if (row == NULL || row->one[lang].len == 0) {
        return str_of(n == 1 ? one : many);
    }
    return n != 1 && row->many[lang].len > 0 ? row->many[lang] : row->one[lang];
}

str lang_number(struct arena *a, enum lang lang, int64_t n)
{
    char digits[24], grouped[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    size_t at = 0;

    for (int i = 0; i < len; i++) {
        bool after_digit = i > 0 && digits[i - 1] != '-';

        if (after_digit && (len - i) % 3 == 0) {
            grouped[at++] = ',';
        }
        grouped[at++] = digits[i];
    }
    return str_copy(a, (str){ grouped, at });
}

str lang_money(struct arena *a, enum lang lang, int64_t dollars)
{
    str number = lang_number(a, lang, dollars);

    return lang == LANG_ZH ? str_format(a, "新臺幣 %.*s 元", STR_ARG(number))
                           : str_format(a, "NT$%.*s", STR_ARG(number));
}

str lang_time(struct arena *a, enum lang lang, int64_t ms)
{
    str date = day_text(a, day_at(ms), lang);
    str clock = day_clock(a, ms);

    return str_format(a, "%.*s %.*s", STR_ARG(date), STR_ARG(clock));
}

static str lang_value(struct arena *a, enum lang lang, const struct word *w)
{
    switch (w->kind) {
    case WORD_NUMBER:
        return lang_number(a, lang, w->number);
    case WORD_TEXT:
        return w->text;
    case WORD_DAY:
        return day_text(a, (day)w->number, lang);
    case WORD_TIME:
        return lang_time(a, lang, w->number);
    case WORD_MONEY:
        return lang_money(a, lang, w->number);
    case WORD_LABEL:
        return w->label != NULL ? label_in(w->label, lang) : STR("");
    case WORD_NONE:
    default:
        return STR("");
    }
}

static const struct word *lang_find(str name, const struct word *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].name != NULL && str_equal(str_of(values[i].name), name)) {
            return &values[i];
        }
    }
    return NULL;
}

void lang_fill(struct buf *out, enum lang lang, str text, const struct word *values,
               size_t count)
{
    size_t at = 0;

    while (at < text.len) {
        str rest = str_slice(text, at, text.len - at);
        ptrdiff_t begins = str_find(rest, STR("{"));
        ptrdiff_t ends =
            begins < 0 ? -1 : str_find(str_slice(rest, (size_t)begins, rest.len), STR("}"));
        const struct word *w;

        if (ends < 0) {
            buf_put(out, rest);
            return;
        }
        buf_put(out, str_slice(rest, 0, (size_t)begins));
        w = lang_find(str_slice(rest, (size_t)begins + 1, (size_t)ends - 1), values, count);
        if (w != NULL) {
            buf_put(out, lang_value(out->arena, lang, w));
        } else {
            buf_put(out, str_slice(rest, (size_t)begins, (size_t)ends + 1));
        }
        at += (size_t)begins + (size_t)ends + 1;
    }
}

#define LANG_SENTENCE_BYTES ((size_t)64 << 10)

str lang_say(struct arena *a, enum lang lang, struct words w)
{
    struct buf b;

    if (w.id == NULL) {
        return STR("");
    }
    buf_init(&b, a, LANG_SENTENCE_BYTES);
    lang_fill(&b, lang, lang_text(lang, w.id), w.value, WORDS_VALUES);
    return buf_str(&b);
}
