/* words — a message for a person, before it has a language.
 *
 * A message id is its English text with named places: "At most {max} files." The values
 * are typed; language, plural and the form of days and money are chosen at the edge
 * (host/lang). `label` is a text that a definition gives in each language itself.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_WORDS_H
#define BIANMIN_BASE_WORDS_H

#include "base/str.h"

enum lang { LANG_ZH, LANG_EN, LANG_JA, LANG_COUNT };

/* "zh" "en" "ja": in addresses of the API, YAML and JSON. */
extern const str lang_key[LANG_COUNT];
/* False when `key` is none of them. */
bool lang_from_key(str key, enum lang *ret_lang);

enum word_kind {
    WORD_NONE,
    WORD_NUMBER,
    WORD_TEXT,
    WORD_DAY,
    WORD_TIME,
    WORD_MONEY,
    WORD_LABEL
};

/* A text by language; an empty one falls back to zh. */
struct label {
    str in[LANG_COUNT];
};

struct word {
    const char *name;
    enum word_kind kind;
    int64_t number; /* count, day number, UTC ms or New Taiwan dollars */
    str text;
    const struct label *label;
};

#define WORDS_VALUES 4
struct words {
    const char *id; /* NULL: no words */
    struct word value[WORDS_VALUES];
};

/* Found by the word extractor: the id must be a literal. */
#define SAY(id_literal, ...) \
    ((struct words){ .id = "" id_literal, .value = { __VA_ARGS__ } })
/* Marks a literal for translation that is used later through words_of. */
#define MSG(id_literal) ("" id_literal)
#define SAY_NUMBER(name_, n_) { .name = (name_), .kind = WORD_NUMBER, .number = (n_) }
#define SAY_TEXT(name_, s_) { .name = (name_), .kind = WORD_TEXT, .text = (s_) }
#define SAY_DAY(name_, d_) { .name = (name_), .kind = WORD_DAY, .number = (d_) }
#define SAY_TIME(name_, ms_) { .name = (name_), .kind = WORD_TIME, .number = (ms_) }
#define SAY_MONEY(name_, n_) { .name = (name_), .kind = WORD_MONEY, .number = (n_) }
#define SAY_LABEL(name_, l_) { .name = (name_), .kind = WORD_LABEL, .label = (l_) }

struct words words_of(const char *id);
str label_in(const struct label *l, enum lang lang);
bool label_is_empty(const struct label *l);

#endif
