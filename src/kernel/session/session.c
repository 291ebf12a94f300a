/* session — tokens, and how long the answer to a wrong password waits.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/session/session.h"

#include "host/seal/seal.h"

#define TOKEN_BYTES 24
#define DELAY_MOST_MS 8000

err session_token(struct arena *a, const struct keyring *k, str *ret_token, str *ret_hash)
{
    str token = str_hex(a, seal_random(a, TOKEN_BYTES));
    str hash = seal_token_hash(a, k, "session", token);

    if (token.len != (size_t)TOKEN_BYTES * 2 || str_is_empty(hash)) {
        return err_no_memory;
    }
    *ret_token = token;
    *ret_hash = hash;
    return NULL;
}

str ticket_hash(struct arena *a, const struct keyring *k, str token)
{
    return seal_token_hash(a, k, "session", token);
}

int64_t lock_delay_ms(int failures)
{
    int64_t delay = 500;

    if (failures < 2) {
        return 0;
    }
    for (int i = 1; i < failures && delay < DELAY_MOST_MS; i++) {
        delay *= 2;
    }
    return delay;
}

int64_t lock_until_ms(int failures, int64_t last_ms)
{
    int64_t delay_ms = failures >= SESSION_FAILURES ? SESSION_LOCK_MS
                                                    : lock_delay_ms(failures);

    return delay_ms == 0 ? 0 : last_ms + delay_ms;
}
