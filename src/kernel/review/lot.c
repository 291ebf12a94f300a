/* lot — lots, and the smallest of them.
 * SPDX-License-Identifier: MPL-2.0 */
#include "kernel/review/lot.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "host/seal/seal.h"

#define LOT_BYTES 32
#define HUNDRED 100

size_t lot_quota(const struct lot_share *share, size_t count)
{
    size_t wanted = (count * (size_t)share->percent + HUNDRED - 1) / HUNDRED;

    wanted = wanted < (size_t)share->least ? (size_t)share->least : wanted;
    wanted = wanted > (size_t)share->most ? (size_t)share->most : wanted;
    return wanted > count ? count : wanted;
}

str lot_seed(struct arena *a, const char *what, str office, str period, str hash)
{
    return str_format(a, "%s %.*s %.*s %.*s", what, STR_ARG(office), STR_ARG(period),
                      STR_ARG(str_hex(a, hash)));
}

struct lot {
    unsigned char bytes[LOT_BYTES];
    size_t place;
    str key;
};

static int by_lot(const void *x, const void *y)
{
    const struct lot *a = x, *b = y;
    int order = memcmp(a->bytes, b->bytes, LOT_BYTES);

    return order != 0 ? order : str_compare(a->key, b->key);
}

static void lot_of(struct lot *lot, str seed, str key, size_t place)
{
    struct sha256 h;

    sha256_begin(&h);
    sha256_add(&h, seed.at, seed.len);
    sha256_add(&h, " ", 1);
    sha256_add(&h, key.at, key.len);
    sha256_end_into(&h, lot->bytes);
    lot->place = place;
    lot->key = key;
}

err lots_draw(struct arena *a, str seed, const str *keys, size_t count, size_t quota,
              size_t **ret_places)
{
    struct lot *lots = ARENA_ARRAY(a, count + 1, struct lot);
    size_t *places = ARENA_ARRAY(a, quota + 1, size_t);

    if (lots == NULL || places == NULL) {
        return err_no_memory;
    }
    for (size_t i = 0; i < count; i++) {
        lot_of(&lots[i], seed, keys[i], i);
    }
    qsort(lots, count, sizeof lots[0], by_lot);
    for (size_t i = 0; i < quota && i < count; i++) {
        places[i] = lots[i].place;
    }
    *ret_places = places;
    return NULL;
}
