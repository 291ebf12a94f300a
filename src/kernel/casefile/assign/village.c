/* village — which village (里) a matter belongs to, out of its answers.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/json/json.h"
#include "kernel/casefile/assign/assign.h"

static const struct {
    const char *typed, *plain;
} variants[] = { { "台", "臺" }, { " ", "" }, { "　", "" } };

static str same_signs(struct arena *a, str s)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        str from = str_of(variants[i].typed);
        ptrdiff_t at = str_find(s, from);

        while (at >= 0) {
            s = str_join(a, str_join(a, str_slice(s, 0, (size_t)at),
                                     str_of(variants[i].plain)),
                             str_slice(s, (size_t)at + from.len, s.len));
            at = str_find(s, from);
        }
    }
    return s;
}

/* Where the last `sign` begins that has something before it; 0: there is none. */
static size_t last_of(str s, str sign)
{
    size_t found = 0;

    for (size_t i = 1; i + sign.len <= s.len; i++) {
        if (str_equal(str_slice(s, i, sign.len), sign)) {
            found = i;
        }
    }
    return found;
}

str village_plain(struct arena *a, str typed)
{
    str s = same_signs(a, str_trim(typed));
    str district = STR("區"), li = STR("里"), cun = STR("村");
    size_t at = last_of(s, district), end;

    /* 青埔區公園里; but 社區里 is a name. */
    if (at > 0 && s.len - at - district.len > li.len) {
        s = str_slice(s, at + district.len, s.len - at - district.len);
    }
    if (str_is_empty(s)) {
        return STR("");
    }
    end = last_of(s, li);
    end = end > 0 ? end : last_of(s, cun);
    return end > 0 ? str_slice(s, 0, end + li.len) : str_join(a, s, li);
}

static str of_address(struct arena *a, const struct office *o, str json)
{
    const struct json *j;
    str district;

    if (json_parse(a, json, &j) != NULL) {
        return STR("");
    }
    district = same_signs(a, json_text_of(j, STR("district")));
    if (o != NULL && !str_is_empty(o->district) && !str_is_empty(district) &&
        !str_equal(district, same_signs(a, o->district))) {
        return STR("");
    }
    return village_plain(a, json_text_of(j, STR("village")));
}

str village_of_answers(struct arena *a, const struct catalog *c, const struct service *s,
                       const struct answers *answers)
{
    const struct office *o = c != NULL ? office_get(c) : NULL;
    bool named = !str_is_empty(s->flow.village);

    for (size_t i = 0; i < answers->count; i++) {
        const struct answer *x = &answers->list[i];
        bool fits = named ? str_equal(x->question->key, s->flow.village)
                          : x->question->type == Q_ADDRESS;

        if (!fits || !x->visible || str_is_empty(x->json)) {
            continue;
        }
        return x->question->type == Q_ADDRESS
                   ? of_address(a, o, x->json)
                   : village_plain(a, answer_text(a, x, LANG_ZH, false));
    }
    return STR("");
}
