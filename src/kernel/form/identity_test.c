/* identity_test — numbers of identity, telephones and e-mail, as tables.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/form/form.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum class { NONE, NATIONAL, RESIDENT };

/* All numbers are made by the algorithm; none belongs to a person. */
static const struct { const char *story, *number; enum class class; } numbers[] = {
    { "a man's", "A123456789", NATIONAL },
    { "a woman's", "B200000013", NATIONAL },
    { "letter E", "E103456787", NATIONAL },
    { "letter F", "F298765432", NATIONAL },
    { "I counts 34", "I135792461", NATIONAL },
    { "O counts 35", "O246801358", NATIONAL },
    { "W counts 32", "W100000001", NATIONAL },
    { "X counts 30", "X200000001", NATIONAL },
    { "Y counts 31", "Y111111112", NATIONAL },
    { "Z counts 33", "Z299999992", NATIONAL },
    { "letter D", "D122334456", NATIONAL },
    { "letter S, a county that is no more", "S204060804", NATIONAL },
    { "new resident, man", "A800000014", RESIDENT },
    { "new resident, woman", "A900000016", RESIDENT },
    { "new resident, foreign", "E812345675", RESIDENT },
    { "national without household registration", "B870000016", RESIDENT },
    { "from Hong Kong", "C980000129", RESIDENT },
    { "from the mainland", "D899000010", RESIDENT },
    { "old resident AA", "AA00000009", RESIDENT },
    { "old resident AB", "AB23456789", RESIDENT },
    { "old resident AC", "AC01234567", RESIDENT },
    { "old resident FD", "FD12345676", RESIDENT },
    { "old resident EA", "EA10000024", RESIDENT },
    { "check digit one off", "A123456780", NONE },
    { "check digit another off", "A123456788", NONE },
    { "check digit of B", "B200000014", NONE },
    { "check digit of a new resident", "E812345676", NONE },
    { "check digit of A8", "A800000015", NONE },
    { "check digit of an old resident", "AA00000000", NONE },
    { "check digit of AB", "AB23456780", NONE },
    { "second sign 3", "A323456789", NONE },
    { "second letter E", "AE12345678", NONE },
    { "small letter before normalising", "a123456789", NONE },
    { "full width before normalising", "Ａ１２３４５６７８９", NONE },
    { "a digit too few", "A12345678", NONE },
    { "a digit too many", "A1234567890", NONE },
    { "no letter", "1123456789", NONE },
    { "nothing", "", NONE },
};

static void numbers_prove_themselves(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        str s = str_of(numbers[i].number);

        if (national_id_is_valid(s) != (numbers[i].class == NATIONAL) ||
            resident_id_is_valid(s) != (numbers[i].class == RESIDENT)) {
            fail_msg("%s: %s", numbers[i].story, numbers[i].number);
        }
    }
}

static const struct { const char *story, *typed, *plain; } mobiles[] = {
    { "plain", "0912345678", "0912345678" },
    { "with hyphens", "0912-345-678", "0912345678" },
    { "with the country", "+886912345678", "0912345678" },
    { "with the country and blanks", "+886 912 345 678", "0912345678" },
    { "full width", "０９１２３４５６７８", "0912345678" },
    { "a digit too few", "091234567", NULL },
    { "not 09", "0812345678", NULL },
    { "a zero too many behind the country", "+8860912345678", NULL },
    { "another country", "+81912345678", NULL },
    { "words", "沒有手機", NULL },
    { "nothing", "", NULL },
};

static const struct { const char *story, *typed, *plain; } telephones[] = {
    { "brackets and extension", "(07)6671211 #52", "07-6671211#52" },
    { "分機", "06-2991111分機8854", "06-2991111#8854" },
    { "分機, eight digits", "04-22524985分機2916", "04-22524985#2916" },
    { "轉", "07-3368333轉2039", "07-3368333#2039" },
    { "ext.", "02-2720-8889 ext. 12", "02-27208889#12" },
    { "no hyphen", "0227208889", "02-27208889" },
    { "Pingtung", "08-7320415", "08-7320415" },
    { "Kinmen", "082-325000", "082-325000" },
    { "Matsu", "0836-22000", "0836-22000" },
    { "Nantou", "049-2222106", "049-2222106" },
    { "with the country", "+886-7-667-1211", "07-6671211" },
    { "full width", "（０７）６６７１２１１", "07-6671211" },
    { "a mobile is a telephone too", "0912-345-678", "0912345678" },
    { "free of charge", "0800-024-111", "0800024111" },
    { "1999", "1999", "1999" },
    { "113", "113", "113" },
    { "1922", "1922", "1922" },
    { "no area code", "6671211", NULL },
    { "too short", "07-123", NULL },
    { "too long", "07-123456789", NULL },
    { "extension without digits", "07-6671211 #", NULL },
    { "words", "請打公司", NULL },
};

static const struct { const char *typed; bool valid; } emails[] = {
    { "someone@example.com", true },
    { "first.last+tag@mail.example.com.tw", true },
    { "a@b.tw", true },
    { "someone@example", false },
    { "someone@.com", false },
    { "@example.com", false },
    { "some one@example.com", false },
    { "someone@example..com", false },
    { "someone@@example.com", false },
    { "someone.@example.com", false },
    { "some..one@example.com", false },
    { "某人@example.com", false },
    { "someone@-example.com", false },
    { "someone@example.c", false },
    { "", false },
};

static void mobiles_are_read(void **state)
{
    struct arena *a = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof(mobiles) / sizeof(*mobiles); i++) {
        str plain = { NULL, 0 };
        bool good = mobile_read(a, str_of(mobiles[i].typed), &plain);

        if (good != (mobiles[i].plain != NULL) || !str_equal(plain, str_of(mobiles[i].plain))) {
            fail_msg("%s: %.*s", mobiles[i].story, STR_ARG(plain));
        }
    }
    arena_free(a);
}

static void telephones_are_read(void **state)
{
    struct arena *a = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof(telephones) / sizeof(*telephones); i++) {
        str plain = { NULL, 0 };
        err e = telephone_read(a, str_of(telephones[i].typed), &plain);

        if ((e == NULL) != (telephones[i].plain != NULL) ||
            !str_equal(plain, str_of(telephones[i].plain))) {
            fail_msg("%s: %.*s", telephones[i].story, STR_ARG(plain));
        }
    }
    arena_free(a);
}

static void emails_are_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(emails) / sizeof(*emails); i++) {
        if (email_is_valid(str_of(emails[i].typed)) != emails[i].valid) {
            fail_msg("%s", emails[i].typed);
        }
    }
}

static const struct { const char *value; bool valid; } businesses[] = {
    { "04595257", true },  { "04595252", true },  { "10458570", true },  { "10458575", true },
    { "10458574", true },  { "12345675", true },  { "12345676", true },  { "22099131", true },
    { "53212539", true },  { "12345678", false }, { "10458571", false }, { "04595253", false },
    { "00000000", false }, { "1234567", false },  { "123456750", false }, { "A2345675", false },
    { "", false },
};

static void business_numbers_prove_themselves(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof businesses / sizeof *businesses; i++) {
        if (business_id_is_valid(str_of(businesses[i].value)) != businesses[i].valid) {
            fail_msg("%s", businesses[i].value);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_prove_themselves),
        cmocka_unit_test(mobiles_are_read),
        cmocka_unit_test(telephones_are_read),
        cmocka_unit_test(emails_are_seen),
        cmocka_unit_test(business_numbers_prove_themselves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
