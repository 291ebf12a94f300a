/* seal — keys, and what is sealed with them.
 *
 * A sealed value is: one byte form (1), two bytes key id, 24 bytes nonce, then the cipher
 * text with its tag. The head and the place are bound in as associated data. Every agency
 * has a subkey of its own, derived when it is needed.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/seal/subkey.h"

#define KEY_BYTES 32
#define KEYS_MAX 32
#define KEY_ID_MAX 65535
#define KEY_FILE_BYTES 8192

#define SEAL_FORM 1
#define SEAL_HEAD 3
#define SEAL_NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEAL_TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEAL_PLACE_BYTES 256
#define BLIND_BYTES 16
#define TOKEN_BYTES 32

/* What a subkey is for: eight characters each. */
#define USE_SEAL "bm-seal1"
#define USE_BLIND "bm-blind"
#define USE_TOKEN "bm-token"

struct key {
    int id; /* 1..65535 */
    unsigned char bytes[KEY_BYTES];
};

/* Lives in memory of libsodium: locked, guarded, out of dumps, read-only once open. */
struct keyring {
    size_t count;
    struct key key[KEYS_MAX]; /* as in the file: the first seals */
};

err seal_start(struct arena *a)
{
    if (sodium_init() < 0) {
        FAIL(a, ERR_BROKEN, SAY("The encryption library does not start."), STR(""),
             "sodium_init");
    }
    return NULL;
}

static void keyring_wipe(void *thing)
{
    sodium_free(thing); /* wipes first */
}

static err keyring_new(struct arena *a, struct keyring **ret)
{
    struct keyring *k = sodium_malloc(sizeof *k);
    if (k == NULL || !arena_defer(a, keyring_wipe, k)) {
        return err_no_memory;
    }
    sodium_memzero(k, sizeof *k);
    *ret = k;
    return NULL;
}

err keyring_from_phrase(struct arena *a, str phrase, struct keyring **ret)
{
    struct keyring *k;
    TRY(keyring_new(a, &k));
    k->count = 1;
    k->key[0].id = 1;
    crypto_generichash(k->key[0].bytes, KEY_BYTES, (const unsigned char *)phrase.at,
                       phrase.len, NULL, 0);
    sodium_mprotect_readonly(k);
    *ret = k;
    return NULL;
}

err keyring_make(struct arena *a, const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0400);
    if (file < 0) {
        bool there = errno == EEXIST;
        FAIL(a, there ? ERR_CONFLICT : ERR_BROKEN,
             there
                 ? SAY("There is a key file already. It is never overwritten.")
                 : SAY("The key file cannot be written. Check the folder and its rights."),
             STR(""), "open: %s", strerror(errno));
    }
    unsigned char bytes[KEY_BYTES];
    char line[2 * KEY_BYTES + 8] = "1 ";
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(line + 2, sizeof line - 2, bytes, sizeof bytes);
    size_t len = strlen(line);
    line[len++] = '\n';
    bool kept = write(file, line, len) == (ssize_t)len && fsync(file) == 0;
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(line, sizeof line);
    if (close(file) != 0 || !kept) {
        unlink(path);
        FAIL(a, ERR_BROKEN,
             SAY("The key file cannot be written. Check the folder and its rights."),
             STR(""), "write: %s", strerror(errno));
    }
    return NULL;
}

/* One line `id hex` into the next key; false when it is none. */
static bool key_read(struct keyring *k, str line)
{
    str id, hex = line;
    int64_t number;
    size_t got = 0;
    if (k->count == KEYS_MAX || !str_cut(&hex, ' ', &id) || !str_to_int(id, &number) ||
        number < 1 || number > KEY_ID_MAX) {
        return false;
    }
    hex = str_trim(hex);
    struct key *key = &k->key[k->count];
    if (hex.len != 2 * KEY_BYTES ||
        sodium_hex2bin(key->bytes, KEY_BYTES, hex.at, hex.len, NULL, &got, NULL) != 0 ||
        got != KEY_BYTES) {
        return false;
    }
    key->id = (int)number;
    k->count++;
    return true;
}

static bool keys_read(struct keyring *k, str text)
{
    str line;
    while (str_cut(&text, '\n', &line)) {
        line = str_trim(line);
        if (line.len > 0 && !key_read(k, line)) {
            return false;
        }
    }
    return k->count > 0;
}

/* The whole key file into `space`, which is locked memory. */
static err key_file_read(struct arena *a, const char *path, char *space, size_t *ret_len)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        FAIL(
            a, errno == ENOENT ? ERR_MISSING : ERR_DENIED,
            SAY("The key file cannot be opened. Without it, sealed data stays unreadable."),
            STR(""), "open: %s", strerror(errno));
    }
    struct stat about = { 0 };
    bool known = fstat(file, &about) == 0;
    ssize_t got = known ? read(file, space, KEY_FILE_BYTES) : -1;
    close(file);
    if (got < 0 || !S_ISREG(about.st_mode)) {
        FAIL(a, ERR_BROKEN, SAY("The key file cannot be read."), STR(""), "read");
    }
    if ((about.st_mode & 077) != 0) {
        FAIL(a, ERR_DENIED,
             SAY("Others may read the key file. Set its rights to 0400 and start again."),
             STR(""), "mode %o", (unsigned)(about.st_mode & 0777));
    }
    *ret_len = (size_t)got;
    return NULL;
}

err keyring_open(struct arena *a, const char *path, struct keyring **ret)
{
    struct keyring *k;
    TRY(keyring_new(a, &k));
    char *space = sodium_malloc(KEY_FILE_BYTES);
    if (space == NULL) {
        return err_no_memory;
    }
    size_t len = 0;
    err e = key_file_read(a, path, space, &len);
    bool right = e == NULL && keys_read(k, (str){ space, len });
    sodium_free(space);
    TRY(e);
    if (!right) {
        FAIL(a, ERR_BROKEN,
             SAY("The key file is damaged. Bring back the copy you keep of it."), STR(""),
             "lines `id hex` expected");
    }
    sodium_mprotect_readonly(k);
    *ret = k;
    return NULL;
}

static void subkey_make(unsigned char subkey[KEY_BYTES], const struct key *key,
                        int64_t agency, const char *use)
{
    crypto_kdf_derive_from_key(subkey, KEY_BYTES, (uint64_t)agency, use, key->bytes);
}

void subkey_oldest(const struct keyring *k, int64_t agency, const char *use,
                   unsigned char ret[SUBKEY_BYTES])
{
    subkey_make(ret, &k->key[k->count - 1], agency, use);
}

/* Head and place as associated data; false when the place is named too long. */
static bool place_write(char space[SEAL_PLACE_BYTES], const unsigned char head[SEAL_HEAD],
                        struct seal_place place, size_t *ret_len)
{
    memcpy(space, head, SEAL_HEAD);
    int len = snprintf(space + SEAL_HEAD, SEAL_PLACE_BYTES - SEAL_HEAD,
                       "|%" PRId64 "|%s|%s|%" PRId64, place.agency, place.table,
                       place.column, place.row);
    *ret_len = SEAL_HEAD + (size_t)len;
    return len > 0 && *ret_len < SEAL_PLACE_BYTES;
}

err seal_close(struct arena *a, const struct keyring *k, struct seal_place place, str plain,
               str *ret_sealed)
{
    unsigned char *out = arena_alloc(a, SEAL_HEAD + SEAL_NONCE + plain.len + SEAL_TAG);
    if (out == NULL) {
        return err_no_memory;
    }
    const struct key *key = &k->key[0];
    out[0] = SEAL_FORM;
    out[1] = (unsigned char)(key->id >> 8);
    out[2] = (unsigned char)(key->id & 255);
    randombytes_buf(out + SEAL_HEAD, SEAL_NONCE);

    char where[SEAL_PLACE_BYTES];
    size_t where_len;
    if (!place_write(where, out, place, &where_len)) {
        FAIL(a, ERR_BROKEN, SAY("This value cannot be kept."), STR(""), "long place");
    }
    unsigned char subkey[KEY_BYTES];
    unsigned long long len = 0;
    subkey_make(subkey, key, place.agency, USE_SEAL);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        out + SEAL_HEAD + SEAL_NONCE, &len, (const unsigned char *)plain.at, plain.len,
        (const unsigned char *)where, where_len, NULL, out + SEAL_HEAD, subkey);
    sodium_memzero(subkey, sizeof subkey);
    *ret_sealed = (str){ (const char *)out, SEAL_HEAD + SEAL_NONCE + (size_t)len };
    return NULL;
}

static const struct key *key_of(const struct keyring *k, const unsigned char *head)
{
    int id = head[1] << 8 | head[2];
    for (size_t i = 0; i < k->count; i++) {
        if (k->key[i].id == id && head[0] == SEAL_FORM) {
            return &k->key[i];
        }
    }
    return NULL;
}

err seal_open(struct arena *a, const struct keyring *k, struct seal_place place, str sealed,
              str *ret_plain)
{
    const unsigned char *in = (const unsigned char *)sealed.at;
    const size_t least = SEAL_HEAD + SEAL_NONCE + SEAL_TAG;
    const struct key *key = sealed.len >= least ? key_of(k, in) : NULL;
    char where[SEAL_PLACE_BYTES];
    size_t where_len;
    if (key == NULL || !place_write(where, in, place, &where_len)) {
        FAIL(a, ERR_BROKEN,
             SAY("A protected value cannot be read. Please tell the system administrator."),
             STR(""), "unknown key or form, %s.%s", place.table, place.column);
    }
    unsigned char *out = arena_alloc(a, sealed.len - least + 1);
    if (out == NULL) {
        return err_no_memory;
    }
    unsigned char subkey[KEY_BYTES];
    unsigned long long len = 0;
    subkey_make(subkey, key, place.agency, USE_SEAL);
    int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
        out, &len, NULL, in + SEAL_HEAD + SEAL_NONCE, sealed.len - SEAL_HEAD - SEAL_NONCE,
        (const unsigned char *)where, where_len, in + SEAL_HEAD, subkey);
    sodium_memzero(subkey, sizeof subkey);
    if (bad != 0) {
        FAIL(a, ERR_BROKEN,
             SAY("A protected value cannot be read. Please tell the system administrator."),
             STR(""), "changed or moved, %s.%s", place.table, place.column);
    }
    *ret_plain = (str){ (const char *)out, (size_t)len };
    return NULL;
}

/* Keyed BLAKE2b over `label`, a NUL and `value`. The last key of the ring does it: it is
 * the first the instance had, so what was found before a new key is found after it. */
static str keyed_hash(struct arena *a, const struct keyring *k, int64_t agency,
                      const char *use, const char *label, str value, size_t bytes)
{
    unsigned char *out = arena_alloc(a, bytes);
    if (out == NULL) {
        return STR("");
    }
    unsigned char subkey[KEY_BYTES];
    crypto_generichash_state state;
    subkey_make(subkey, &k->key[k->count - 1], agency, use);
    crypto_generichash_init(&state, subkey, sizeof subkey, bytes);
    crypto_generichash_update(&state, (const unsigned char *)label, strlen(label) + 1);
    crypto_generichash_update(&state, (const unsigned char *)value.at, value.len);
    crypto_generichash_final(&state, out, bytes);
    sodium_memzero(subkey, sizeof subkey);
    return (str){ (const char *)out, bytes };
}

str seal_blind(struct arena *a, const struct keyring *k, int64_t agency, const char *kind,
               str folded)
{
    return keyed_hash(a, k, agency, USE_BLIND, kind, folded, BLIND_BYTES);
}

str seal_token_hash(struct arena *a, const struct keyring *k, const char *use, str token)
{
    return keyed_hash(a, k, 0, USE_TOKEN, use, token, TOKEN_BYTES);
}

str seal_sha256(struct arena *a, str bytes)
{
    unsigned char *out = arena_alloc(a, crypto_hash_sha256_BYTES);
    if (out == NULL) {
        return STR("");
    }
    crypto_hash_sha256(out, (const unsigned char *)bytes.at, bytes.len);
    return (str){ (const char *)out, crypto_hash_sha256_BYTES };
}

str seal_hmac_sha256(struct arena *a, str key, str bytes)
{
    crypto_auth_hmacsha256_state state;
    unsigned char *out = arena_alloc(a, crypto_auth_hmacsha256_BYTES);
    if (out == NULL) {
        return STR("");
    }
    crypto_auth_hmacsha256_init(&state, (const unsigned char *)(key.at ? key.at : ""),
                                key.len);
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)bytes.at, bytes.len);
    crypto_auth_hmacsha256_final(&state, out);
    return (str){ (const char *)out, crypto_auth_hmacsha256_BYTES };
}

str seal_random(struct arena *a, size_t bytes)
{
    char *out = arena_alloc(a, bytes);
    if (out == NULL) {
        return STR("");
    }
    randombytes_buf(out, bytes);
    return (str){ out, bytes };
}

bool seal_same(str a, str b)
{
    return a.len == b.len && (a.len == 0 || sodium_memcmp(a.at, b.at, a.len) == 0);
}
