/* Names, numbers and words as people type them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/text/text.h"

#include "base/short_test.h"

#include <stdlib.h>

typedef err change(struct arena *a, str from, str *ret);

static const struct {
    const char *story;
    change *by;
    str from, to;
} changes[] = {
    { "ends are trimmed", text_clean, STR_INIT(" \t王小明　\r\n"), STR_INIT("王小明") },
    { "lines end alike", text_clean, STR_INIT("a\r\nb\rc\nd"), STR_INIT("a\nb\nc\nd") },
    { "an accent joins its letter", text_clean, STR_INIT("e\xCC\x81"), STR_INIT("é") },
    { "full width stays in free text", text_clean, STR_INIT("Ａ１，"), STR_INIT("Ａ１，") },
    { "controls go", text_clean, STR_INIT("a\x01\x7f" "b"), STR_INIT("ab") },
    { "a hidden turn of direction goes", text_clean, STR_INIT("a\xE2\x80\xAE" "b"),
      STR_INIT("ab") },
    { "a family stays one sign", text_clean, STR_INIT("👨‍👩‍👧"), STR_INIT("👨‍👩‍👧") },
    { "nothing stays nothing", text_clean, STR_INIT(""), STR_INIT("") },
    { "an ID in full width", text_narrow, STR_INIT("Ａ１２３４５６７８９"), STR_INIT("A123456789") },
    { "a telephone with long hyphens", text_narrow, STR_INIT("0912–345−678"),
      STR_INIT("0912-345-678") },
    { "one line", text_narrow, STR_INIT("a\r\nb\tc"), STR_INIT("a b c") },
    { "two ways to write Tai", text_fold, STR_INIT("台北市 中正區"), STR_INIT("臺北市中正區") },
    { "three ways to write counter", text_fold, STR_INIT("櫃檯"), STR_INIT("櫃臺") },
    { "case and width", text_fold, STR_INIT("Ｊｏｈｎ O'Neil"), STR_INIT("johnoneil") },
    { "punctuation of both kinds", text_fold, STR_INIT("王，小-明。"), STR_INIT("王小明") },
};

static void texts_become_what_they_mean(void **state)
{
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct arena *a = arena_new(0);
        str to = STR("");
        err e = changes[i].by(a, changes[i].from, &to);
        if (e != NULL || !str_equal(to, changes[i].to)) {
            fail_msg("%s: got \"%.*s\"", changes[i].story, STR_ARG(to));
        }
        arena_free(a);
    }
}

static void broken_bytes_are_refused(void **state)
{
    struct arena *a = arena_new(0);
    str out;
    assert_int_equal(text_clean(a, STR("a\xE7\x8E"), &out)->kind, ERR_INPUT);
    assert_int_equal(text_narrow(a, STR("\xFF"), &out)->kind, ERR_INPUT);
    assert_int_equal(text_fold(a, STR("\xED\xA0\x80"), &out)->kind, ERR_INPUT);
    arena_free(a);
}

static const struct {
    const char *story, *name, *masked;
} masks[] = {
    { "three signs keep the ends", "王小明", "王○明" },
    { "two keep the first", "王明", "王○" },
    { "one shows nothing", "王", "○" },
    { "a compound surname is one sign", "歐陽小明", "歐陽○明" },
    { "with one sign behind it", "司馬光", "司馬○" },
    { "a long name", "谷辣斯·尤達卡", "谷○○○○○卡" },
    { "what was masked stays masked", "林○○", "林○○" },
    { "blanks between", "王 小　明", "王○明" },
    { "Latin words", "JOHN SMITH", "J*** S****" },
    { "accents", "José Núñez", "J*** N****" },
    { "Japanese", "さくら", "さ○ら" },
    { "a rare character", "王𠀋明", "王○明" },
    { "nothing", "", "" },
};

static void names_are_masked(void **state)
{
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        struct arena *a = arena_new(0);
        str masked = text_mask_name(a, str_of(masks[i].name));
        if (!str_equal(masked, str_of(masks[i].masked))) {
            fail_msg("%s: got \"%.*s\"", masks[i].story, STR_ARG(masked));
        }
        arena_free(a);
    }
}

static void chinese_sorts_by_strokes(void **state)
{
    static const char *const in_order[] = { "丁一", "王小明", "李四", "陳五", "鄭六" };
    struct arena *a = arena_new(0);
    str before = STR(""), key;
    for (size_t i = 0; i < 5; i++) {
        assert_null(text_sort_key(a, str_of(in_order[i]), LANG_ZH, &key));
        assert_true(str_compare(before, key) < 0);
        before = key;
    }
    str big, small;
    assert_null(text_sort_key(a, STR("apple"), LANG_EN, &small));
    assert_null(text_sort_key(a, STR("Banana"), LANG_EN, &big));
    assert_true(str_compare(small, big) < 0);
    arena_free(a);
}

static void signs_are_counted_as_seen(void **state)
{
    assert_int_equal(text_length(STR("王小明")), 3);
    assert_int_equal(text_length(STR("")), 0);
    assert_int_equal(text_length(STR("abc")), 3);
    assert_int_equal(text_length(STR("e\xCC\x81")), 1);
    assert_int_equal(text_length(STR("👨‍👩‍👧王")), 2);
}

static err change_each(struct arena *a)
{
    static change *const all[] = { text_clean, text_narrow, text_fold };

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        str to = STR("");

        TRY(all[i](a, STR("Ｊｏｓｅ\xCC\x81 王小明"), &to));
    }
    return NULL;
}

static void without_memory_it_says_so(void **state)
{
    assert_says_when_short(change_each);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_become_what_they_mean),
        cmocka_unit_test(broken_bytes_are_refused),
        cmocka_unit_test(names_are_masked),
        cmocka_unit_test(chinese_sorts_by_strokes),
        cmocka_unit_test(signs_are_counted_as_seen),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
