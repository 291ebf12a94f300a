/* pack_pack — what the readers of definitions share: values out of YAML, and mistakes that
 * name the place and the nearest known word.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/pack/pack.h"

#include "base/buf.h"
#include "host/yaml/yaml.h"

/* A mistake outlives the catalog's arena, so its texts move to where mistakes live. */
static void tell_at(struct pack_reader *r, struct mistakes *to, int line, int column,
                    struct words say)
{
    struct arena *a = to->arena;

    for (int i = 0; i < WORDS_VALUES; i++) {
        if (say.value[i].kind == WORD_TEXT) {
            say.value[i].text = str_copy(a, say.value[i].text);
        }
    }
    mistake_add_at(to, (str){ NULL, 0 }, say,
                   str_format(a, "%.*s:%d:%d", STR_ARG(r->file), line, column));
}

void pack_mistake_at(struct pack_reader *r, int line, int column, struct words say)
{
    tell_at(r, r->mistakes, line, column, say);
}

void pack_advise_at(struct pack_reader *r, int line, int column, struct words say)
{
    if (r->advice != NULL) {
        tell_at(r, r->advice, line, column, say);
    }
}

void pack_advise(struct pack_reader *r, const struct yaml *at, struct words say)
{
    pack_advise_at(r, at != NULL ? at->line : 1, at != NULL ? at->column : 1, say);
}

void pack_mistake(struct pack_reader *r, const struct yaml *at, struct words say)
{
    pack_mistake_at(r, at != NULL ? at->line : 1, at != NULL ? at->column : 1, say);
}

#define WORD_MAX 40

static int least_of(int a, int b, int c)
{
    int least = a < b ? a : b;

    return least < c ? least : c;
}

/* How many signs differ: put in, left out, exchanged, or two neighbours swapped. */
static int distance(str a, str b)
{
    int row[WORD_MAX + 1][WORD_MAX + 1];

    for (int i = 0; i <= (int)a.len; i++) {
        row[i][0] = i;
    }
    for (int j = 0; j <= (int)b.len; j++) {
        row[0][j] = j;
    }
    for (int i = 1; i <= (int)a.len; i++) {
        for (int j = 1; j <= (int)b.len; j++) {
            int differs = a.at[i - 1] != b.at[j - 1];

            row[i][j] = least_of(row[i - 1][j] + 1, row[i][j - 1] + 1,
                                 row[i - 1][j - 1] + differs);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] &&
                a.at[i - 2] == b.at[j - 1] && row[i - 2][j - 2] + 1 < row[i][j]) {
                row[i][j] = row[i - 2][j - 2] + 1;
            }
        }
    }
    return row[a.len][b.len];
}

str pack_nearest(struct arena *a, str word, const str *known, size_t count)
{
    str best = { NULL, 0 };
    int most = word.len < 4 ? 1 : word.len < 8 ? 2 : 3;
    int least = most + 1;

    word = str_lower(a, word);
    if (word.len == 0 || word.len > WORD_MAX) {
        return best;
    }
    for (size_t i = 0; i < count; i++) {
        int d = known[i].len > WORD_MAX ? least : distance(word, known[i]);

        if (d < least) {
            least = d;
            best = known[i];
        }
    }
    return best;
}

void pack_only(struct pack_reader *r, const struct yaml *map, const str *known,
               size_t count)
{
    for (const struct yaml *y = map->kind == YAML_MAP ? map->first : NULL; y != NULL;
         y = y->next) {
        bool found = false;
        str near;

        for (size_t i = 0; i < count; i++) {
            found = found || str_equal(y->key, known[i]);
        }
        if (found) {
            continue;
        }
        near = pack_nearest(r->arena, y->key, known, count);
        if (near.len > 0) {
            pack_mistake_at(r, y->key_line, y->key_column,
                            SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                                SAY_TEXT("word", y->key), SAY_TEXT("nearest", near)));
        } else {
            pack_mistake_at(r, y->key_line, y->key_column,
                            SAY("\"{word}\" is not known here. Take it out.",
                                SAY_TEXT("word", y->key)));
        }
    }
}

void pack_only_words(struct pack_reader *r, const struct yaml *map,
                     const struct pack_chapter *c)
{
    str *known = ARENA_ARRAY(r->arena, c->count, str);

    for (size_t i = 0; known != NULL && i < c->count; i++) {
        known[i] = str_of(c->words[i].key);
    }
    if (known != NULL) {
        pack_only(r, map, known, c->count);
    }
}

static void missing(struct pack_reader *r, const struct yaml *map, str key)
{
    pack_mistake(r, map, SAY("\"{key}\" is missing here.", SAY_TEXT("key", key)));
}

static bool is_blank(const struct yaml *y)
{
    return y->kind == YAML_SCALAR && !y->quoted && y->text.len == 0;
}

/* The scalar under `key`; NULL when it is not there (a mistake when required) or no
 * scalar. */
static const struct yaml *scalar(struct pack_reader *r, const struct yaml *map,
                                 const char *key, bool required)
{
    const struct yaml *y = yaml_get(map, str_of(key));

    if (y == NULL || (y->kind == YAML_SCALAR && y->text.len == 0)) {
        if (required) {
            missing(r, y != NULL ? y : map, str_of(key));
        }
        return NULL;
    }
    if (y->kind != YAML_SCALAR) {
        pack_mistake(r, y,
                     SAY("\"{key}\" is one value, not a list or a map.",
                         SAY_TEXT("key", str_of(key))));
        return NULL;
    }
    return y;
}

str pack_text(struct pack_reader *r, const struct yaml *map, const char *key, bool required)
{
    const struct yaml *y = scalar(r, map, key, required);

    return y != NULL ? str_trim(y->text) : (str){ NULL, 0 };
}

static struct label label_read(struct pack_reader *r, const struct yaml *map,
                               const char *key, bool required, bool all)
{
    const struct yaml *y = yaml_get(map, str_of(key));
    struct label l = { 0 };

    if (y == NULL || is_blank(y)) {
        if (required) {
            missing(r, y != NULL ? y : map, str_of(key));
        }
        return l;
    }
    if (y->kind == YAML_SCALAR && !all) {
        l.in[LANG_ZH] = str_trim(y->text);
        return l;
    }
    if (y->kind != YAML_MAP) {
        pack_mistake(r, y,
                     SAY("Write \"{key}\" in each language: zh, en and ja.",
                         SAY_TEXT("key", str_of(key))));
        return l;
    }
    pack_only(r, y, lang_key, LANG_COUNT);
    for (int i = 0; i < LANG_COUNT; i++) {
        l.in[i] = pack_text(r, y, str_z(r->arena, lang_key[i]), all || i == LANG_ZH);
    }
    return l;
}

struct label pack_label(struct pack_reader *r, const struct yaml *map, const char *key,
                        bool required)
{
    return label_read(r, map, key, required, true);
}

struct label pack_label_staff(struct pack_reader *r, const struct yaml *map,
                              const char *key, bool required)
{
    return label_read(r, map, key, required, false);
}

int64_t pack_int(struct pack_reader *r, const struct yaml *map, const char *key,
                 int64_t least, int64_t most, int64_t otherwise)
{
    const struct yaml *y = scalar(r, map, key, false);
    int64_t n;

    if (y == NULL) {
        return otherwise;
    }
    if (y->quoted || !str_to_int(y->text, &n)) {
        pack_mistake(r, y,
                     SAY("\"{key}\" is a whole number.", SAY_TEXT("key", str_of(key))));
        return otherwise;
    }
    if (n < least || n > most) {
        pack_mistake(r, y,
                     SAY("\"{key}\" is a number from {least} to {most}.",
                         SAY_TEXT("key", str_of(key)), SAY_NUMBER("least", least),
                         SAY_NUMBER("most", most)));
        return otherwise;
    }
    return n;
}

day pack_day(struct pack_reader *r, const struct yaml *map, const char *key, bool required)
{
    str text = pack_text(r, map, key, required);
    day d;

    if (text.len == 0) {
        return DAY_NONE;
    }
    if (!day_from_iso(text, &d)) {
        pack_mistake(r, yaml_get(map, str_of(key)),
                     SAY("\"{key}\" is a date such as 2026-01-18.",
                         SAY_TEXT("key", str_of(key))));
        return DAY_NONE;
    }
    return d;
}

bool pack_truth(struct pack_reader *r, const struct yaml *map, const char *key,
                bool otherwise)
{
    static const str yes[] = { STR_INIT("true"), STR_INIT("yes") };
    static const str no[] = { STR_INIT("false"), STR_INIT("no") };
    const struct yaml *y = scalar(r, map, key, false);

    for (size_t i = 0; y != NULL && !y->quoted && i < 2; i++) {
        if (str_equal(y->text, yes[i]) || str_equal(y->text, no[i])) {
            return str_equal(y->text, yes[i]);
        }
    }
    if (y != NULL) {
        pack_mistake(r, y,
                     SAY("\"{key}\" is true or false, without quotation marks.",
                         SAY_TEXT("key", str_of(key))));
    }
    return otherwise;
}

static str all_of(struct arena *a, const str *words, size_t count)
{
    struct buf b;

    buf_init(&b, a, 2000);
    for (size_t i = 0; i < count; i++) {
        buf_put_z(&b, i > 0 ? " " : "");
        buf_put(&b, words[i]);
    }
    return buf_str(&b);
}

int pack_one_of(struct pack_reader *r, const struct yaml *at, str word, const str *choices,
                size_t count)
{
    str near;

    for (size_t i = 0; i < count; i++) {
        if (str_equal(word, choices[i])) {
            return (int)i;
        }
    }
    near = pack_nearest(r->arena, word, choices, count);
    if (near.len > 0) {
        pack_mistake(r, at,
                     SAY("\"{word}\" is not known here. Did you mean \"{nearest}\"?",
                         SAY_TEXT("word", word), SAY_TEXT("nearest", near)));
    } else {
        pack_mistake(r, at,
                     SAY("\"{word}\" is not known here. It can be: {words}.",
                         SAY_TEXT("word", word),
                         SAY_TEXT("words", all_of(r->arena, choices, count))));
    }
    return -1;
}

int pack_choice(struct pack_reader *r, const struct yaml *map, const char *key,
                const str *choices, size_t count, int otherwise)
{
    const struct yaml *y = scalar(r, map, key, otherwise < 0);
    int i = y != NULL ? pack_one_of(r, y, y->text, choices, count) : -1;

    return i >= 0 ? i : otherwise;
}

static const struct yaml *of_kind(struct pack_reader *r, const struct yaml *map,
                                  const char *key, enum yaml_kind kind)
{
    const struct yaml *y = yaml_get(map, str_of(key));

    if (y == NULL || is_blank(y)) {
        return NULL;
    }
    if (y->kind == kind) {
        return y;
    }
    pack_mistake(r, y,
                 kind == YAML_LIST
                     ? SAY("\"{key}\" is a list: each line begins with \"-\".",
                           SAY_TEXT("key", str_of(key)))
                     : SAY("\"{key}\" is a map: lines \"word: value\", set in.",
                           SAY_TEXT("key", str_of(key))));
    return NULL;
}

const struct yaml *pack_list(struct pack_reader *r, const struct yaml *map, const char *key)
{
    return of_kind(r, map, key, YAML_LIST);
}

const struct yaml *pack_map(struct pack_reader *r, const struct yaml *map, const char *key,
                            bool required)
{
    const struct yaml *y = yaml_get(map, str_of(key));

    if (required && (y == NULL || is_blank(y))) {
        missing(r, map, str_of(key));
    }
    return of_kind(r, map, key, YAML_MAP);
}

bool pack_is_map(struct pack_reader *r, const struct yaml *item)
{
    if (item->kind != YAML_MAP) {
        pack_mistake(r, item, SAY("Here belong lines \"word: value\"."));
        return false;
    }
    return true;
}

bool pack_is_key(struct pack_reader *r, const struct yaml *at, str key)
{
    bool good = key.len > 0 && key.len <= WORD_MAX && key.at[0] >= 'a' && key.at[0] <= 'z';

    for (size_t i = 0; good && i < key.len; i++) {
        char c = key.at[i];

        good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    if (!good && key.len > 0) {
        pack_mistake(r, at,
                     SAY("\"{word}\" cannot be a key. Use small letters, digits and _, "
                         "a letter first.",
                         SAY_TEXT("word", key)));
    }
    return good;
}
