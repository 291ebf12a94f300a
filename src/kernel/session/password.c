/* password — the rules of passwords, told in words.
 *
 * At least twelve signs, not the sign-in name, none of the last three (資通系統防護基準).
 * No rule about kinds of signs: length is what helps.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/session/password.h"

#include "host/seal/seal.h"

#define PASSWORD_LEAST 12
#define PASSWORD_MOST 200

static bool holds_name(struct arena *a, str password, str sign_name)
{
    return !str_is_empty(sign_name) &&
           str_find(str_lower(a, password), str_lower(a, sign_name)) >= 0;
}

void password_check(struct arena *a, const struct password_wish *w, struct mistakes *m)
{
    size_t length = str_points(w->password);

    if (length < PASSWORD_LEAST) {
        mistake_add(m, STR("password"),
                    SAY("Use at least {least} characters. "
                        "Several words in a row are easy to remember.",
                        SAY_NUMBER("least", PASSWORD_LEAST)));
    } else if (length > PASSWORD_MOST) {
        mistake_add(
            m, STR("password"),
            SAY("Use at most {most} characters.", SAY_NUMBER("most", PASSWORD_MOST)));
    } else if (holds_name(a, w->password, w->sign_name)) {
        mistake_add(m, STR("password"),
                    SAY("Leave your sign-in name out of the password."));
    } else if (!str_equal(w->password, w->again)) {
        mistake_add(m, STR("again"),
                    SAY("The two entries differ. Type the password again."));
    }
}

/* Costs a hash for each former password, so only after the cheap rules. */
void password_check_former(const struct password_wish *w, struct mistakes *m)
{
    for (size_t i = 0; i < w->former_count; i++) {
        if (password_matches(w->former[i], w->password)) {
            mistake_add(m, STR("password"),
                        SAY("This was one of your last three passwords. Choose another."));
            return;
        }
    }
}

bool sign_name_split(str typed, str *ret_sign_name, str *ret_agency_key)
{
    str rest = typed;
    str name;

    if (!str_cut(&rest, '@', &name) || rest.at == NULL) {
        return false;
    }
    if (str_is_empty(name) || str_is_empty(rest) || str_find(rest, STR("@")) >= 0) {
        return false;
    }
    *ret_sign_name = name;
    *ret_agency_key = rest;
    return true;
}
