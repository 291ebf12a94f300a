/* What is sealed stays secret, unchanged and in its place.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"

#include "base/short_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct seal_place here = { 7, 42, "case_answer", "value" };

static void what_was_sealed_can_be_opened(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *k;
    str sealed, again, plain;
    assert_null(seal_start(a));
    assert_null(keyring_from_phrase(a, STR("a phrase"), &k));
    assert_null(seal_close(a, k, here, STR("A123456789"), &sealed));
    assert_null(seal_close(a, k, here, STR("A123456789"), &again));
    assert_false(str_equal(sealed, again)); /* a nonce each */
    assert_int_equal(str_find(sealed, STR("A1234")), -1);
    assert_null(seal_open(a, k, here, sealed, &plain));
    assert_true(str_equal(plain, STR("A123456789")));
    assert_null(seal_close(a, k, here, STR(""), &sealed));
    assert_null(seal_open(a, k, here, sealed, &plain));
    assert_int_equal(plain.len, 0);
    arena_free(a);
}

static void every_changed_byte_is_noticed(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *k;
    str sealed, plain;
    assert_null(keyring_from_phrase(a, STR("a phrase"), &k));
    assert_null(seal_close(a, k, here, STR("王小明"), &sealed));
    for (size_t i = 0; i < sealed.len; i++) {
        char *bytes = memcpy(arena_alloc(a, sealed.len), sealed.at, sealed.len);
        bytes[i] ^= 1;
        err e = seal_open(a, k, here, (str){ bytes, sealed.len }, &plain);
        assert_non_null(e);
        assert_int_equal(e->kind, ERR_BROKEN);
    }
    for (size_t len = 0; len < sealed.len; len++) {
        assert_non_null(seal_open(a, k, here, (str){ sealed.at, len }, &plain));
    }
    arena_free(a);
}

static void a_moved_value_does_not_open(void **state)
{
    static const struct seal_place elsewhere[] = {
        { 8, 42, "case_answer", "value" },
        { 7, 43, "case_answer", "value" },
        { 7, 42, "case_note", "value" },
        { 7, 42, "case_answer", "other" },
    };
    struct arena *a = arena_new(0);
    struct keyring *k, *other;
    str sealed, plain;
    assert_null(keyring_from_phrase(a, STR("a phrase"), &k));
    assert_null(keyring_from_phrase(a, STR("another"), &other));
    assert_null(seal_close(a, k, here, STR("王小明"), &sealed));
    for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++) {
        assert_non_null(seal_open(a, k, elsewhere[i], sealed, &plain));
    }
    assert_non_null(seal_open(a, other, here, sealed, &plain));
    arena_free(a);
}

static void write_file(const char *path, const char *first, const char *second, mode_t mode)
{
    unlink(path);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(first, f);
    fputs(second, f);
    fclose(f);
    chmod(path, mode);
}

static void a_key_file_is_made_once_and_guarded(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *k;
    struct stat about;
    char path[] = "/tmp/bianmin-key-XXXXXX";
    close(mkstemp(path));
    unlink(path);
    assert_int_equal(keyring_open(a, path, &k)->kind, ERR_MISSING);
    assert_null(keyring_make(a, path));
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0400);
    assert_int_equal(keyring_make(a, path)->kind, ERR_CONFLICT);
    assert_null(keyring_open(a, path, &k));
    chmod(path, 0440);
    assert_int_equal(keyring_open(a, path, &k)->kind, ERR_DENIED);
    write_file(path, "1 00ff\n", "", 0400);
    assert_int_equal(keyring_open(a, path, &k)->kind, ERR_BROKEN);
    write_file(path, "", "", 0400);
    assert_int_equal(keyring_open(a, path, &k)->kind, ERR_BROKEN);
    unlink(path);
    arena_free(a);
}

#define OLD_LINE "1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"
#define NEW_LINE "2 ff0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"

static void a_new_key_in_front_leaves_the_old_readable(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *before, *after;
    char path[] = "/tmp/bianmin-key-XXXXXX";
    str old_value, new_value, plain;
    close(mkstemp(path));
    write_file(path, OLD_LINE, "", 0400);
    assert_null(keyring_open(a, path, &before));
    assert_null(seal_close(a, before, here, STR("old"), &old_value));
    write_file(path, NEW_LINE, OLD_LINE, 0400);
    assert_null(keyring_open(a, path, &after));
    assert_null(seal_open(a, after, here, old_value, &plain));
    assert_true(str_equal(plain, STR("old")));
    assert_null(seal_close(a, after, here, STR("new"), &new_value));
    assert_non_null(seal_open(a, before, here, new_value, &plain));
    assert_true(seal_same(seal_blind(a, before, 7, "name", STR("王小明")),
                          seal_blind(a, after, 7, "name", STR("王小明"))));
    unlink(path);
    arena_free(a);
}

static void a_blind_index_tells_agencies_and_kinds_apart(void **state)
{
    struct arena *a = arena_new(0);
    struct keyring *k;
    assert_null(keyring_from_phrase(a, STR("a phrase"), &k));
    str one = seal_blind(a, k, 7, "name", STR("王小明"));
    assert_int_equal(one.len, 16);
    assert_true(seal_same(one, seal_blind(a, k, 7, "name", STR("王小明"))));
    assert_false(seal_same(one, seal_blind(a, k, 8, "name", STR("王小明"))));
    assert_false(seal_same(one, seal_blind(a, k, 7, "email", STR("王小明"))));
    assert_int_equal(seal_token_hash(a, k, "session", STR("x")).len, 32);
    assert_false(seal_same(seal_token_hash(a, k, "session", STR("x")),
                           seal_token_hash(a, k, "code", STR("x"))));
    assert_string_equal(
        str_hex(a, seal_sha256(a, STR("abc"))).at,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_false(seal_same(seal_random(a, 16), seal_random(a, 16)));
    arena_free(a);
}

static void a_password_is_kept_as_argon2id(void **state)
{
    struct arena *a = arena_new(0);
    str stored;
    assert_null(password_hash(a, STR("a long pass phrase"), &stored));
    assert_true(str_starts(stored, STR("$argon2id$v=19$m=65536,t=2,p=1$")));
    assert_true(password_matches(stored, STR("a long pass phrase")));
    assert_false(password_matches(stored, STR("a long pass phrasE")));
    assert_false(password_matches(STR(""), STR("")));
    assert_false(password_matches(STR("$argon2id$nonsense"), STR("x")));
    arena_free(a);
}

static err seal_and_open(struct arena *a)
{
    str sealed = STR(""), plain = STR("");
    struct keyring *k = NULL;

    TRY(keyring_from_phrase(a, STR("a phrase"), &k));
    TRY(seal_close(a, k, here, STR("王小明"), &sealed));
    return seal_open(a, k, here, sealed, &plain);
}

static void without_memory_it_says_so(void **state)
{
    assert_says_when_short(seal_and_open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sealed_can_be_opened),
        cmocka_unit_test(every_changed_byte_is_noticed),
        cmocka_unit_test(a_moved_value_does_not_open),
        cmocka_unit_test(a_key_file_is_made_once_and_guarded),
        cmocka_unit_test(a_new_key_in_front_leaves_the_old_readable),
        cmocka_unit_test(a_blind_index_tells_agencies_and_kinds_apart),
        cmocka_unit_test(a_password_is_kept_as_argon2id),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
