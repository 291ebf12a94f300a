/* seal — keeping things secret, and proving that they were not changed (libsodium).
 *
 * Personal values are sealed one by one: XChaCha20-Poly1305, nonce in front, bound to where
 * they stand (agency, table, column, row). Keys live in locked memory, not in dumps. The
 * key file holds lines `id hex` (id 1..65535); the first seals, all open. The last line is
 * the oldest key: blind indexes and token hashes are made with it, so it stays.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_SEAL_H
#define BIANMIN_HOST_SEAL_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct keyring;

/* Once a process, before anything else here. */
MUST_CHECK err seal_start(struct arena *a);
/* Makes a key file (0400). Fails: ERR_CONFLICT (there is one). */
MUST_CHECK err keyring_make(struct arena *a, const char *path);
/* Opens it; closed (and wiped) with the arena. Fails: ERR_MISSING, ERR_DENIED (others may
 * read the file), ERR_BROKEN (damaged). */
MUST_CHECK err keyring_open(struct arena *a, const char *path, struct keyring **ret);
/* For tests: a key from a phrase. */
MUST_CHECK err keyring_from_phrase(struct arena *a, str phrase, struct keyring **ret);

struct seal_place {
    int64_t agency, row;
    const char *table, *column;
};
MUST_CHECK err seal_close(struct arena *a, const struct keyring *k, struct seal_place place,
                          str plain, str *ret_sealed);
/* Fails: ERR_BROKEN (changed, moved to another place, unknown key). */
MUST_CHECK err seal_open(struct arena *a, const struct keyring *k, struct seal_place place,
                         str sealed, str *ret_plain);

/* 16 bytes that find a value again without telling it: keyed BLAKE2b over agency, kind
 * ("name" "national_id" "telephone" "email" "household") and the folded value. */
str seal_blind(struct arena *a, const struct keyring *k, int64_t agency, const char *kind,
               str folded);
/* Keyed hash of 32 bytes for tokens, codes and cookies that are kept only as hash. */
str seal_token_hash(struct arena *a, const struct keyring *k, const char *use, str token);
/* SHA-256, 32 bytes. */
str seal_sha256(struct arena *a, str bytes);
/* The same for bytes that come in pieces: begin, add …, end gives 32 bytes. */
struct sha256 {
    _Alignas(16) unsigned char state[128];
};
void sha256_begin(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *bytes, size_t len);
str sha256_end(struct arena *a, struct sha256 *h);
void sha256_end_into(struct sha256 *h, unsigned char ret_hash[32]);
/* HMAC-SHA256, 32 bytes: messages to and from those with whom we share a secret. */
str seal_hmac_sha256(struct arena *a, str key, str bytes);
str seal_random(struct arena *a, size_t bytes);
bool seal_same(str a, str b); /* in constant time */

/* Signatures of an agency (Ed25519). Its pair of keys comes out of the oldest key of the
 * ring, so it stays, is in no table, and a restored instance signs as before. */
#define SIGN_PUBLIC_BYTES 32
#define SIGN_BYTES 64
str seal_public_key(struct arena *a, const struct keyring *k, int64_t agency);
MUST_CHECK err seal_sign(struct arena *a, const struct keyring *k, int64_t agency,
                         str message, str *ret_signature);
bool seal_signed_by(str public_key, str message, str signature);
/* What only the holder of that public key can read, and by whom it was not seen on the way.
 * Fails: ERR_INPUT (that is no key; not for us, or changed). */
MUST_CHECK err seal_box(struct arena *a, str public_key, str plain, str *ret_box);
MUST_CHECK err seal_unbox(struct arena *a, const struct keyring *k, int64_t agency, str box,
                          str *ret_plain);

/* argon2id, 64 MiB, about 0.12 s: slow lane only. The stored form carries its
 * parameters. */
MUST_CHECK err password_hash(struct arena *a, str password, str *ret_stored);
bool password_matches(str stored, str password);

#endif
