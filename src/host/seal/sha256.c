/* sha256 — the hash of bytes that come in pieces.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"

#include <assert.h>
#include <sodium.h>

static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct sha256),
              "room for the state");

static crypto_hash_sha256_state *state_of(struct sha256 *h)
{
    return (void *)h->state;
}

void sha256_begin(struct sha256 *h)
{
    crypto_hash_sha256_init(state_of(h));
}

void sha256_add(struct sha256 *h, const void *bytes, size_t len)
{
    crypto_hash_sha256_update(state_of(h), bytes, len);
}

void sha256_end_into(struct sha256 *h, unsigned char ret_hash[32])
{
    crypto_hash_sha256_final(state_of(h), ret_hash);
}

str sha256_end(struct arena *a, struct sha256 *h)
{
    unsigned char *out = arena_alloc(a, crypto_hash_sha256_BYTES);

    if (out == NULL) {
        return STR("");
    }
    sha256_end_into(h, out);
    return (str){ (const char *)out, crypto_hash_sha256_BYTES };
}
