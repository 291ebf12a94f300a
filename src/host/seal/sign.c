/* sign — signatures of an agency, and boxes that only one agency can open.
 *
 * The seed of the pair is a subkey of the oldest key. For boxes the same pair is turned
 * into one of X25519; the sender's part of a box is made for it alone and thrown away.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"

#include <sodium.h>

#include "host/seal/subkey.h"

_Static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(SIGN_BYTES == crypto_sign_BYTES, "Ed25519");
_Static_assert(SUBKEY_BYTES == crypto_sign_SEEDBYTES, "a subkey is a seed");

static void pair_make(const struct keyring *k, int64_t agency,
                      unsigned char public_key[crypto_sign_PUBLICKEYBYTES],
                      unsigned char secret_key[crypto_sign_SECRETKEYBYTES])
{
    unsigned char seed[SUBKEY_BYTES];

    subkey_oldest(k, agency, SUBKEY_SIGN, seed);
    crypto_sign_seed_keypair(public_key, secret_key, seed);
    sodium_memzero(seed, sizeof seed);
}

str seal_public_key(struct arena *a, const struct keyring *k, int64_t agency)
{
    unsigned char *out = arena_alloc(a, crypto_sign_PUBLICKEYBYTES);
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES];

    if (out == NULL) {
        return STR("");
    }
    pair_make(k, agency, out, secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
    return (str){ (const char *)out, crypto_sign_PUBLICKEYBYTES };
}

err seal_sign(struct arena *a, const struct keyring *k, int64_t agency, str message,
              str *ret_signature)
{
    unsigned char *out = arena_alloc(a, crypto_sign_BYTES);
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES];

    if (out == NULL) {
        return err_no_memory;
    }
    pair_make(k, agency, public_key, secret_key);
    crypto_sign_detached(out, NULL, (const unsigned char *)message.at, message.len,
                         secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
    *ret_signature = (str){ (const char *)out, crypto_sign_BYTES };
    return NULL;
}

bool seal_signed_by(str public_key, str message, str signature)
{
    return public_key.len == crypto_sign_PUBLICKEYBYTES &&
           signature.len == crypto_sign_BYTES &&
           crypto_sign_verify_detached((const unsigned char *)signature.at,
                                       (const unsigned char *)message.at, message.len,
                                       (const unsigned char *)public_key.at) == 0;
}

err seal_box(struct arena *a, str public_key, str plain, str *ret_box)
{
    unsigned char to[crypto_box_PUBLICKEYBYTES];
    unsigned char *out = arena_alloc(a, plain.len + crypto_box_SEALBYTES);

    if (out == NULL) {
        return err_no_memory;
    }
    if (public_key.len != crypto_sign_PUBLICKEYBYTES ||
        crypto_sign_ed25519_pk_to_curve25519(to, (const unsigned char *)public_key.at) !=
            0) {
        FAIL(a, ERR_INPUT, SAY("This is no key of an agency."), STR("key"), "%zu bytes",
             public_key.len);
    }
    crypto_box_seal(out, (const unsigned char *)plain.at, plain.len, to);
    *ret_box = (str){ (const char *)out, plain.len + crypto_box_SEALBYTES };
    return NULL;
}

err seal_unbox(struct arena *a, const struct keyring *k, int64_t agency, str box,
               str *ret_plain)
{
    unsigned char public_key[crypto_sign_PUBLICKEYBYTES], to[crypto_box_PUBLICKEYBYTES];
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES], with[crypto_box_SECRETKEYBYTES];
    unsigned char *out = arena_alloc(a, box.len + 1);
    bool opened;

    if (out == NULL) {
        return err_no_memory;
    }
    pair_make(k, agency, public_key, secret_key);
    opened = box.len >= crypto_box_SEALBYTES &&
             crypto_sign_ed25519_pk_to_curve25519(to, public_key) == 0 &&
             crypto_sign_ed25519_sk_to_curve25519(with, secret_key) == 0 &&
             crypto_box_seal_open(out, (const unsigned char *)box.at, box.len, to, with) ==
                 0;
    sodium_memzero(secret_key, sizeof secret_key);
    sodium_memzero(with, sizeof with);
    if (!opened) {
        FAIL(a, ERR_INPUT,
             SAY("This file was not made for this office, or it was changed on the way."),
             STR("file"), "box of %zu bytes", box.len);
    }
    *ret_plain = (str){ (const char *)out, box.len - crypto_box_SEALBYTES };
    return NULL;
}
