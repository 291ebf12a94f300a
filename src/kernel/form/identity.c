/* identity — numbers that carry their own proof: national identity numbers and resident
 * numbers (統一證號, new and old); and business numbers (統一編號).
 *
 * The letter stands for two digits; with the weights 1 9 8 7 6 5 4 3 2 1 1 the sum is a
 * multiple of ten. Of the second letter of an old resident number only the units digit
 * counts.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

/* A10 B11 … I34 … O35 … W32 X30 Y31 Z33 */
static const int letter_value[26] = { 10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21,
                                      22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33 };

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `second` is the value of the second sign. */
static bool sum_fits(str s, int second)
{
    static const int weight[] = { 8, 7, 6, 5, 4, 3, 2, 1, 1 };
    int letter = letter_value[s.at[0] - 'A'];
    int sum = letter / 10 + letter % 10 * 9 + second * weight[0];

    for (size_t i = 2; i < 10; i++) {
        sum += (s.at[i] - '0') * weight[i - 1];
    }
    return sum % 10 == 0;
}

static bool shape_fits(str s)
{
    if (s.len != 10 || !is_upper(s.at[0])) {
        return false;
    }
    for (size_t i = 2; i < 10; i++) {
        if (!is_digit(s.at[i])) {
            return false;
        }
    }
    return true;
}

bool national_id_is_valid(str s)
{
    return shape_fits(s) && (s.at[1] == '1' || s.at[1] == '2') &&
           sum_fits(s, s.at[1] - '0');
}

bool resident_id_is_valid(str s)
{
    if (!shape_fits(s)) {
        return false;
    }
    if (s.at[1] == '8' || s.at[1] == '9') {
        return sum_fits(s, s.at[1] - '0');
    }
    return s.at[1] >= 'A' && s.at[1] <= 'D' &&
           sum_fits(s, letter_value[s.at[1] - 'A'] % 10);
}

/* Weights 1 2 1 2 1 2 4 1; the digits of the products are added. Since 2023 the sum is a
 * multiple of five; a seventh digit 7 may count one more. Nothing but noughts would pass
 * and is nobody's. */
bool business_id_is_valid(str s)
{
    static const int weight[] = { 1, 2, 1, 2, 1, 2, 4, 1 };
    int sum = 0;

    if (s.len != 8 || str_equal(s, STR("00000000"))) {
        return false;
    }
    for (size_t i = 0; i < 8; i++) {
        int product = (s.at[i] - '0') * weight[i];

        if (!is_digit(s.at[i])) {
            return false;
        }
        sum += product / 10 + product % 10;
    }
    return sum % 5 == 0 || (s.at[6] == '7' && (sum + 1) % 5 == 0);
}
