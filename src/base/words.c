/* words — languages and labels.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/words.h"

const str lang_key[LANG_COUNT] = { STR_INIT("zh"), STR_INIT("en"), STR_INIT("ja") };

bool lang_from_key(str key, enum lang *ret_lang)
{
    for (int i = 0; i < LANG_COUNT; i++) {
        if (str_equal(key, lang_key[i])) {
            *ret_lang = (enum lang)i;
            return true;
        }
    }
    return false;
}

struct words words_of(const char *id)
{
    return (struct words){ .id = id };
}

str label_in(const struct label *l, enum lang lang)
{
    return l->in[lang].len > 0 ? l->in[lang] : l->in[LANG_ZH];
}

bool label_is_empty(const struct label *l)
{
    return l->in[LANG_ZH].len == 0 && l->in[LANG_EN].len == 0 && l->in[LANG_JA].len == 0;
}
