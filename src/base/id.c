/* id — numbers for things.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/id.h"

#include "base/arena.h"

#include <stdatomic.h>

#define ID_EPOCH_MS INT64_C(1577836800000) /* 2020-01-01 UTC */
#define ID_MS_SHIFT 22
#define ID_NODE_SHIFT 12
#define ID_COUNTER_MAX 4095

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void id_source_init(struct id_source *s, int node, int64_t greatest_seen)
{
    atomic_init(&s->node, node & (ID_NODES - 1));
    atomic_init(&s->last, greatest_seen > 0 ? greatest_seen : 0);
}

void id_source_move(struct id_source *s, int node, int64_t greatest_seen)
{
    int64_t last = atomic_load(&s->last);

    atomic_store(&s->node, node & (ID_NODES - 1));
    while (last < greatest_seen &&
           !atomic_compare_exchange_weak(&s->last, &last, greatest_seen)) {
    }
}

/* The least id of this node at `now` or later that is greater than `last`. */
static int64_t id_after(int number, int64_t last, int64_t now)
{
    int64_t node = (int64_t)number << ID_NODE_SHIFT;
    int64_t last_ms = last >> ID_MS_SHIFT;
    int64_t ms = now > last_ms ? now : last_ms;
    int64_t first = ms << ID_MS_SHIFT | node;
    if (first > last) {
        return first;
    }
    bool ours = ((last >> ID_NODE_SHIFT) & (ID_NODES - 1)) == number;
    if (ours && (last & ID_COUNTER_MAX) < ID_COUNTER_MAX) {
        return last + 1;
    }
    return (last_ms + 1) << ID_MS_SHIFT | node;
}

int64_t id_next(struct id_source *s, int64_t now_ms)
{
    int64_t now = now_ms > ID_EPOCH_MS ? now_ms - ID_EPOCH_MS : 0;
    int64_t last = atomic_load(&s->last);
    int64_t next;
    do {
        next = id_after(atomic_load(&s->node), last, now);
    } while (!atomic_compare_exchange_weak(&s->last, &last, next));
    return next;
}

int64_t id_ms(int64_t id)
{
    return (id >> ID_MS_SHIFT) + ID_EPOCH_MS;
}

str id_text(struct arena *a, int64_t id)
{
    char text[ID_TEXT_LEN];
    uint64_t rest = (uint64_t)id;
    for (int i = ID_TEXT_LEN - 1; i >= 0; i--) {
        text[i] = crockford[rest & 31];
        rest >>= 5;
    }
    return str_copy(a, (str){ text, sizeof text });
}

/* 0..31, or -1 for a sign that does not belong. */
static int crockford_value(char c)
{
    char up = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    up = up == 'O' ? '0' : up == 'I' || up == 'L' ? '1' : up;
    for (int i = 0; i < 32; i++) {
        if (crockford[i] == up) {
            return i;
        }
    }
    return -1;
}

bool id_parse(str text, int64_t *ret_id)
{
    if (text.len != ID_TEXT_LEN) {
        return false;
    }
    uint64_t id = 0;
    for (size_t i = 0; i < text.len; i++) {
        int value = crockford_value(text.at[i]);
        /* 13 characters hold 65 bits; the first may only use three of its five. */
        if (value < 0 || (i == 0 && value > 7)) {
            return false;
        }
        id = id << 5 | (uint64_t)value;
    }
    *ret_id = (int64_t)id;
    return true;
}

str crockford_text(struct arena *a, const unsigned char *bytes, size_t count)
{
    char *at = arena_alloc(a, count + 1);
    if (at == NULL) {
        return STR("");
    }
    for (size_t i = 0; i < count; i++) {
        at[i] = crockford[bytes[i] & 31];
    }
    return (str){ at, count };
}

bool crockford_tidy(struct arena *a, str typed, str *ret_tidy)
{
    char *at = arena_alloc(a, typed.len + 1);
    if (at == NULL) {
        return false;
    }
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.at[i];
        if (c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n') {
            continue;
        }
        int value = crockford_value(c);
        if (value < 0) {
            return false;
        }
        at[len++] = crockford[value];
    }
    *ret_tidy = (str){ at, len };
    return true;
}
