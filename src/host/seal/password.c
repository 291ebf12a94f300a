/* password — argon2id.
 * SPDX-License-Identifier: MPL-2.0 */
#include "host/seal/seal.h"

#include <sodium.h>
#include <string.h>

#define PASSWORD_MEMORY ((size_t)64 << 20)
#define PASSWORD_PASSES 2

err password_hash(struct arena *a, str password, str *ret_stored)
{
    char stored[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(stored, password.at, password.len, PASSWORD_PASSES,
                          PASSWORD_MEMORY) != 0) {
        return err_no_memory;
    }
    *ret_stored = str_copy(a, str_of(stored));
    return arena_failed(a) ? err_no_memory : NULL;
}

bool password_matches(str stored, str password)
{
    char z[crypto_pwhash_STRBYTES] = { 0 };
    if (stored.len == 0 || stored.len >= sizeof z) {
        return false;
    }
    memcpy(z, stored.at, stored.len);
    return crypto_pwhash_str_verify(z, password.at, password.len) == 0;
}
