/* once — a notice is made ready: code, sealed draft; and its number is read again.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/once/once.h"

#include "base/id.h"
#include "host/seal/seal.h"

#define CODE_SIGNS 12
#define NUMBER_SIGNS 13 /* three letters, three of the year, six, and the check digit */

const str once_kind_key[ONCE_KINDS] = {
    STR_INIT("paper"), STR_INIT("agent_paper"), STR_INIT("question"),
};

err once_prepare(struct arena *a, const struct keyring *k, struct id_source *ids,
                 struct once_wish *w)
{
    struct once_notice *n = &w->notice;
    struct seal_place place;
    str bytes = seal_random(a, CODE_SIGNS);

    if (bytes.len != CODE_SIGNS) {
        return err_no_memory;
    }
    if (n->id == 0) {
        n->id = id_next(ids, n->at_ms);
    }
    place = (struct seal_place){ n->agency, n->id, "once_notice", "code" };
    if (str_is_empty(w->code)) {
        w->code = crockford_text(a, (const unsigned char *)bytes.at, CODE_SIGNS);
    }
    w->code_hash = seal_token_hash(a, k, "once_code", w->code);
    TRY(seal_close(a, k, place, w->code, &w->code_sealed));
    return arena_failed(a) ? err_no_memory : NULL;
}

bool once_number_tidy(struct arena *a, str typed, str *ret_number)
{
    char plain[NUMBER_SIGNS];
    size_t len = 0;
    int64_t year, serial;
    str upper = str_upper(a, typed), made;

    for (size_t i = 0; i < upper.len; i++) {
        if (upper.at[i] == '-' || upper.at[i] == ' ') {
            continue;
        }
        if (len == NUMBER_SIGNS) {
            return false;
        }
        plain[len++] = upper.at[i];
    }
    for (size_t i = 0; i < len; i++) {
        bool fits = i < 3 ? plain[i] >= 'A' && plain[i] <= 'Z'
                          : plain[i] >= '0' && plain[i] <= '9';

        if (!fits) {
            return false;
        }
    }
    if (len != NUMBER_SIGNS || plain[2] != ONCE_LETTER[0] ||
        !str_to_int((str){ plain + 3, 3 }, &year) ||
        !str_to_int((str){ plain + 6, 6 }, &serial)) {
        return false;
    }
    made = case_number(a, (str){ plain, 3 }, (int)year, serial);
    if (made.len == 0 || made.at[made.len - 1] != plain[NUMBER_SIGNS - 1]) {
        return false;
    }
    *ret_number = made;
    return true;
}

str once_code_in(str typed)
{
    str t = str_trim(typed);
    size_t from = t.len;

    while (from > 0 && t.at[from - 1] != '=' && t.at[from - 1] != '/' &&
           t.at[from - 1] != '#') {
        from--;
    }
    return str_slice(t, from, t.len);
}
