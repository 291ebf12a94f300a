/* Small texts of HTTP: what is read, and what is refused.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/http/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static void assert_text(str got, const char *want)
{
    assert_int_equal(got.len, str_of(want).len);
    assert_true(str_equal(got, str_of(want)));
}

static const struct {
    const char *story, *typed, *want; /* want NULL: refused */
    bool plus;
} decode_rows[] = {
    { "plain text stays", "abc", "abc", false },
    { "a percent sign with two digits is one byte", "a%20b%2Fc", "a b/c", false },
    { "small digits too", "%e4%b8%ad", "中", false },
    { "a plus is a blank in a form", "a+b", "a b", true },
    { "a plus is a plus in a path", "a+b", "a+b", false },
    { "one digit is not enough", "%4", NULL, false },
    { "letters beyond f are none", "%zz", NULL, false },
    { "half a character is no text", "%e4%b8", NULL, false },
    { "a zero byte is no text", "a%00b", NULL, false },
    { "nothing is nothing", "", "", false },
};

static void percent_encoding(void **state)
{
    for (size_t i = 0; i < sizeof(decode_rows) / sizeof(decode_rows[0]); i++) {
        struct arena *a = arena_new(0);
        str got = STR("");
        bool fine = percent_decode(a, str_of(decode_rows[i].typed), decode_rows[i].plus, &got);

        print_message("# %s\n", decode_rows[i].story);
        assert_int_equal(fine, decode_rows[i].want != NULL);
        if (fine) {
            assert_text(got, decode_rows[i].want);
        }
        arena_free(a);
    }
}

static void a_form_keeps_order_and_repeated_names(void **state)
{
    struct arena *a = arena_new(0);
    struct http_pair *list;
    size_t count;

    assert_true(form_parse(a, STR("a=1&b=%E4%B8%AD&flag&a=2&&c="), 10, &list, &count));
    assert_int_equal(count, 5);
    assert_text(list[0].value, "1");
    assert_text(list[1].value, "中");
    assert_text(list[2].name, "flag");
    assert_text(list[2].value, "");
    assert_text(list[3].name, "a");
    assert_text(list[3].value, "2");
    assert_text(list[4].name, "c");
    assert_false(form_parse(a, STR("a=1&b=2&c=3"), 2, &list, &count));
    assert_false(form_parse(a, STR("a=%"), 10, &list, &count));
    assert_true(form_parse(a, STR(""), 10, &list, &count));
    assert_int_equal(count, 0);
    arena_free(a);
}

static void cookies_are_found_by_their_whole_name(void **state)
{
    assert_text(cookie_value(STR("a=1; look=l.dark; b=2"), STR("look")), "l.dark");
    assert_text(cookie_value(STR("xlook=1; look=2"), STR("look")), "2");
    assert_text(cookie_value(STR("look"), STR("look")), "");
    assert_text(cookie_value(STR("look=\"q\""), STR("look")), "q");
    assert_text(cookie_value(STR(""), STR("look")), "");
}

static const struct {
    const char *story, *header;
    enum http_encoding want;
} encoding_rows[] = {
    { "a browser gets brotli", "gzip, deflate, br", HTTP_BROTLI },
    { "an older one gets gzip", "gzip", HTTP_GZIP },
    { "who refuses brotli gets gzip", "br;q=0, gzip;q=0.5", HTTP_GZIP },
    { "who says nothing gets it plain", "", HTTP_PLAIN },
    { "who wants neither gets it plain", "identity", HTTP_PLAIN },
};

static void encodings(void **state)
{
    for (size_t i = 0; i < sizeof(encoding_rows) / sizeof(encoding_rows[0]); i++) {
        print_message("# %s\n", encoding_rows[i].story);
        assert_int_equal(encoding_accepted(str_of(encoding_rows[i].header)),
                         encoding_rows[i].want);
    }
}

static const struct {
    const char *story, *header;
    enum lang want;
} language_rows[] = {
    { "the first liked best is taken", "ja,en;q=0.8", LANG_JA },
    { "weights count, not the order", "en;q=0.3, ja;q=0.9", LANG_JA },
    { "a region belongs to its language", "en-GB", LANG_EN },
    { "an unknown one is passed over", "fr, en;q=0.1", LANG_EN },
    { "nothing known: Chinese", "fr", LANG_ZH },
    { "a word that only begins alike is none", "english", LANG_ZH },
};

static void languages(void **state)
{
    for (size_t i = 0; i < sizeof(language_rows) / sizeof(language_rows[0]); i++) {
        print_message("# %s\n", language_rows[i].story);
        assert_int_equal(language_accepted(str_of(language_rows[i].header), LANG_ZH),
                         language_rows[i].want);
    }
}

static void tags_and_origins(void **state)
{
    assert_true(tag_matches(STR("\"a\", W/\"b\""), STR("\"b\"")));
    assert_true(tag_matches(STR("*"), STR("\"b\"")));
    assert_false(tag_matches(STR("\"ab\""), STR("\"b\"")));
    assert_text(origin_host(STR("https://a.example:8443/x")), "a.example:8443");
    assert_text(origin_host(STR("null")), "");
    assert_text(origin_host(STR("")), "");
}

static void file_names_lose_folders_and_control_signs(void **state)
{
    struct arena *a = arena_new(0);

    assert_text(file_name_clean(a, STR("../../etc/passwd")), "passwd");
    assert_text(file_name_clean(a, STR("C:\\photos\\戶口.jpg")), "戶口.jpg");
    assert_text(file_name_clean(a, STR("a\r\nSet-Cookie: x")), "aSet-Cookie: x");
    assert_text(file_name_clean(a, STR("..")), "file");
    assert_text(file_name_clean(a, STR("/")), "file");
    assert_text(file_name_clean(a, STR("\xff\xfe")), "file");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent_encoding),
        cmocka_unit_test(a_form_keeps_order_and_repeated_names),
        cmocka_unit_test(cookies_are_found_by_their_whole_name),
        cmocka_unit_test(encodings),
        cmocka_unit_test(languages),
        cmocka_unit_test(tags_and_origins),
        cmocka_unit_test(file_names_lose_folders_and_control_signs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
