/* Whatever is posted as a word about a payment: no crash; a refusal has words; nobody gets
 * one taken without the secret, and one that was signed is read as it was written.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"
#include "host/seal/seal.h"
#include "kernel/fee/pay.h"

#include <stdlib.h>
#include <string.h>

static const struct pay_provider provider = {
    .by = PAY_PROVIDER, .shop = STR_INIT("0001"), .secret = STR_INIT("0123456789abcdef"),
};

/* The bytes as fields of a word that the provider itself signs. */
static void signed_word(struct arena *a, const uint8_t *data, size_t size)
{
    struct pay_word w = { .shop = provider.shop, .office = STR("district"), .order = 1 },
                    back;

    if (size < 10) {
        return;
    }
    w.state = (enum pay_state)(data[0] % PAY_STATES);
    memcpy(&w.dollars, data + 1, sizeof w.dollars);
    w.at_ms = w.dollars ^ data[9];
    w.reference = (str){ (const char *)data + 10, size - 10 };
    err e = pay_word_read(a, &provider, pay_word_write(a, &provider, &w), &back);

    if (e == NULL && (back.dollars != w.dollars || back.state != w.state ||
                      back.dollars < 0 || !str_equal(back.reference, w.reference))) {
        abort();
    }
    if (e != NULL && e->say.id == NULL) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new((size_t)16 << 20);
    struct pay_word w;

    if (a == NULL || seal_start(a) != NULL) {
        arena_free(a);
        return 0;
    }
    err e = pay_word_read(a, &provider, (str){ (const char *)data, size }, &w);

    if (e != NULL && e->say.id == NULL) {
        abort();
    }
    signed_word(a, data, size);
    arena_free(a);
    return 0;
}
