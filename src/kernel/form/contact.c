/* contact — telephone numbers and e-mail addresses, as people in Taiwan write them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

#include "base/arena.h"
#include "base/buf.h"
#include "host/text/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits alone; false when anything but blanks, hyphens, dots, slashes and brackets is
 * among them. A + may come first. */
static bool digits_of(str s, char *ret, size_t max, size_t *ret_len, bool *ret_plus)
{
    size_t len = 0;

    *ret_plus = s.len > 0 && s.at[0] == '+';
    for (size_t i = *ret_plus ? 1 : 0; i < s.len; i++) {
        char c = s.at[i];

        if (is_digit(c) && len < max) {
            ret[len++] = c;
        } else if (is_digit(c) || str_find(STR(" -./()"), str_slice(s, i, 1)) < 0) {
            return false;
        }
    }
    *ret_len = len;
    return true;
}

/* With the country's 886 taken off and the 0 put back. */
static bool home_digits(str s, char *ret, size_t *ret_len)
{
    char raw[24];
    size_t len = 0, cut = 0;
    bool plus = false;

    if (!digits_of(s, raw, sizeof(raw), &len, &plus)) {
        return false;
    }
    if (len > 3 && str_starts((str){ raw, len }, STR("886"))) {
        cut = 3;
    } else if (plus) {
        return false;
    }
    *ret_len = 0;
    if (cut > 0 && raw[cut] != '0') {
        ret[(*ret_len)++] = '0';
    } else if (cut > 0) {
        return false; /* +886 0…: a zero too many */
    }
    for (size_t i = cut; i < len; i++) {
        ret[(*ret_len)++] = raw[i];
    }
    return true;
}

bool mobile_read(struct arena *a, str typed, str *ret_plain)
{
    char digits[32];
    size_t len = 0;
    str narrow;

    if (text_narrow(a, typed, &narrow) != NULL) {
        return false;
    }
    if (!home_digits(narrow, digits, &len) || len != 10 || digits[0] != '0' ||
        digits[1] != '9') {
        return false;
    }
    *ret_plain = str_copy(a, (str){ digits, len });
    return true;
}

static const char *const area_codes[] = { "0826", "0836", "037", "049", "082", "089", "02",
                                          "03",   "04",   "05",  "06",  "07",  "08" };

/* How long the area code is; 0 when there is none. What people set apart by a hyphen or
 * brackets decides: 08-2… is Pingtung, 082-… is Kinmen. */
static size_t area_length(str typed, str digits)
{
    size_t apart = 0, i = 0;

    while (i < typed.len && !is_digit(typed.at[i])) {
        i++;
    }
    while (i < typed.len && is_digit(typed.at[i])) {
        i++;
        apart++;
    }
    for (int pass = 0; pass < 2; pass++) {
        for (size_t k = 0; k < sizeof(area_codes) / sizeof(*area_codes); k++) {
            str code = str_of(area_codes[k]);

            if (str_starts(digits, code) && (pass == 1 || code.len == apart)) {
                return code.len;
            }
        }
    }
    return 0;
}

/* Where the extension begins, with the length of its sign in `*ret_sign`; s.len when
 * none. */
static size_t extension_at(str s, size_t *ret_sign)
{
    static const char *const signs[] = {
        "#", "分機", "轉", "內線", "ext.", "ext", "x", "*"
    };
    size_t first = s.len;

    *ret_sign = 0;
    for (size_t k = 0; k < sizeof(signs) / sizeof(*signs); k++) {
        ptrdiff_t at = str_find(s, str_of(signs[k]));

        if (at >= 0 && (size_t)at < first) {
            first = (size_t)at;
            *ret_sign = str_of(signs[k]).len;
        }
    }
    return first;
}

static bool is_short(str digits)
{
    return (digits.len == 3 || digits.len == 4) && digits.at[0] == '1';
}

/* "07-6671211"; false when it is no number of any kind. */
static bool number_plain(struct arena *a, str typed, str *ret)
{
    char at[32];
    str digits = { at, 0 };
    size_t area;

    if (!home_digits(typed, at, &digits.len)) {
        return false;
    }
    if (is_short(digits)) {
        *ret = str_copy(a, digits);
        return true;
    }
    if (digits.len == 10 &&
        (str_starts(digits, STR("09")) || str_starts(digits, STR("0800")) ||
         str_starts(digits, STR("0809")))) {
        *ret = str_copy(a, digits);
        return true;
    }
    area = area_length(str_starts(typed, STR("+")) ? STR("") : typed, digits);
    if (area == 0 || digits.len < area + 5 || digits.len > area + 8 || digits.len < 9 ||
        digits.len > 10) {
        return false;
    }
    *ret = str_format(a, "%.*s-%.*s", (int)area, at, (int)(digits.len - area), at + area);
    return true;
}

err telephone_read(struct arena *a, str typed, str *ret_plain)
{
    str s, number, extension, plain;
    size_t at, sign = 0;
    char digits[16];
    size_t len = 0;
    bool plus;

    TRY(text_narrow(a, typed, &s));
    s = str_lower(a, s);
    at = extension_at(s, &sign);
    number = str_trim(str_slice(s, 0, at));
    extension = str_trim(str_slice(s, at + sign, s.len));
    if (!number_plain(a, number, &plain)) {
        FAIL(a, ERR_INPUT,
             SAY("Write the telephone number with its area code, for example "
                 "07-667-1211 or 07-667-1211 #52."),
             STR(""), "telephone");
    }
    if (sign > 0) {
        if (!digits_of(extension, digits, 8, &len, &plus) || len == 0 || plus) {
            FAIL(a, ERR_INPUT,
                 SAY("Write the extension behind # with digits only, for example "
                     "07-667-1211 #52."),
                 STR(""), "extension");
        }
        plain = str_format(a, "%.*s#%.*s", STR_ARG(plain), (int)len, digits);
    }
    *ret_plain = plain;
    return NULL;
}

static bool is_mail_sign(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           str_find(STR(".!#$%&'*+/=?^_`{|}~-"), (str){ &c, 1 }) >= 0;
}

static bool domain_fits(str domain)
{
    size_t labels = 0;
    str rest = domain, piece = { NULL, 0 };

    while (str_cut(&rest, '.', &piece)) {
        if (piece.len == 0 || piece.len > 63 || piece.at[0] == '-' ||
            piece.at[piece.len - 1] == '-') {
            return false;
        }
        for (size_t i = 0; i < piece.len; i++) {
            char c = piece.at[i];

            if (!is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
                c != '-') {
                return false;
            }
        }
        labels++;
    }
    return labels >= 2 && piece.len >= 2 && !is_digit(piece.at[0]);
}

bool email_is_valid(str s)
{
    ptrdiff_t at = str_find(s, STR("@"));
    str local;

    if (at < 1 || at > 64 || s.len > 254) {
        return false;
    }
    local = str_slice(s, 0, (size_t)at);
    if (local.at[0] == '.' || local.at[local.len - 1] == '.' ||
        str_find(local, STR("..")) >= 0) {
        return false;
    }
    for (size_t i = 0; i < local.len; i++) {
        if (!is_mail_sign(local.at[i])) {
            return false;
        }
    }
    return domain_fits(str_slice(s, (size_t)at + 1, s.len));
}
