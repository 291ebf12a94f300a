/* number — case numbers with a check digit, so that a slip of the pen is found at once.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"
#include "kernel/flow/flow.h"

#define SERIAL_DIGITS 6
#define YEAR_DIGITS 3
#define PREFIX_LETTERS 2
#define PLAIN_LEN (PREFIX_LETTERS + YEAR_DIGITS + SERIAL_DIGITS + 1)

/* ISO 7064 MOD 11,10: one step a digit; the check digit makes the sum 1. */
static int mod_step(int product, int digit)
{
    int sum = (product + digit) % 10;

    return (sum == 0 ? 10 : sum) * 2 % 11;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int check_digit(str plain)
{
    int product = 10;

    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.at[i];

        if (is_digit(c)) {
            product = mod_step(product, c - '0');
        } else {
            int value = c - 'A' + 10;

            product = mod_step(product, value / 10);
            product = mod_step(product, value % 10);
        }
    }
    return (11 - product) % 10;
}

str case_number(struct arena *a, str prefix, int roc_year, int64_t serial)
{
    str plain = str_format(a, "%.*s%03d%06lld", STR_ARG(prefix), roc_year,
                           (long long)serial);

    return str_format(a, "%.*s-%03d-%06lld-%d", STR_ARG(prefix), roc_year,
                      (long long)serial, check_digit(plain));
}

/* Two letters, then digits. */
static bool plain_fits(str plain)
{
    if (plain.len != PLAIN_LEN) {
        return false;
    }
    for (size_t i = 0; i < plain.len; i++) {
        bool letter = plain.at[i] >= 'A' && plain.at[i] <= 'Z';

        if (i < PREFIX_LETTERS ? !letter : !is_digit(plain.at[i])) {
            return false;
        }
    }
    return true;
}

bool case_number_tidy(struct arena *a, str typed, str *ret_number)
{
    char plain[PLAIN_LEN + 1];
    size_t len = 0;
    str upper = str_upper(a, typed);

    for (size_t i = 0; i < upper.len; i++) {
        if (upper.at[i] == '-' || upper.at[i] == ' ') {
            continue;
        }
        if (len == PLAIN_LEN) {
            return false;
        }
        plain[len++] = upper.at[i];
    }
    str all = { plain, len };
    if (!plain_fits(all) ||
        check_digit(str_slice(all, 0, PLAIN_LEN - 1)) != plain[PLAIN_LEN - 1] - '0') {
        return false;
    }
    *ret_number = str_format(a, "%.2s-%.3s-%.6s-%c", plain, plain + 2, plain + 5,
                             plain[11]);
    return true;
}
