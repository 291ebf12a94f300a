/* limit — a table of counters; a new one takes the place of an older one that falls on it.
 * SPDX-License-Identifier: MPL-2.0 */
#include "desk/guard/limit.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "desk/inside.h"
#include "host/seal/seal.h"

#define PLACES 8192
#define WINDOW_MS INT64_C(900000)
#define MOST_ONE 5  /* wrong codes for one case */
#define MOST_ALL 30 /* wrong codes at all, from one address */

struct place {
    uint64_t hash;
    int64_t ends_ms, last_ms, count; /* here */
    struct limit_row others;         /* the sum of what the other programs have counted */
    bool is_new;                     /* and not told to them yet */
};
struct limit {
    pthread_mutex_t lock;
    uint64_t seed; /* nobody outside can choose keys that share a place */
    void (*noted)(void *context);
    void *context;
    struct place places[PLACES];
};

static void lock_end(void *lock)
{
    pthread_mutex_destroy(lock);
}

err limit_open(struct arena *a, const struct keyring *k, struct limit **ret)
{
    struct limit *l = ARENA_NEW(a, struct limit);
    str seed = k == NULL ? seal_random(a, sizeof(uint64_t))
                         : seal_token_hash(a, k, "limit", STR("seed"));

    if (l == NULL || seed.len < sizeof l->seed) {
        return err_no_memory;
    }
    memcpy(&l->seed, seed.at, sizeof l->seed);
    pthread_mutex_init(&l->lock, NULL);
    if (!arena_defer(a, lock_end, &l->lock)) {
        return err_no_memory;
    }
    *ret = l;
    return NULL;
}

static uint64_t hash_of(const struct limit *l, str key)
{
    uint64_t hash = l->seed ^ 0xCBF29CE484222325u;

    for (size_t i = 0; i < key.len; i++) {
        hash = (hash ^ (unsigned char)key.at[i]) * 0x100000001B3u;
        hash ^= hash >> 29;
    }
    return hash * 0x9E3779B97F4A7C15u;
}

static void note(struct limit *l, str key, int64_t amount, int64_t window_ms,
                 int64_t now_ms, bool from_last)
{
    uint64_t hash = hash_of(l, key);
    struct place *p = &l->places[hash >> 51];

    pthread_mutex_lock(&l->lock);
    if (p->hash != hash) {
        *p = (struct place){ .hash = hash };
    }
    if (p->ends_ms <= now_ms) {
        p->count = 0;
        p->ends_ms = now_ms + window_ms;
    }
    if (from_last) {
        p->ends_ms = now_ms + window_ms;
    }
    p->last_ms = now_ms;
    p->count += amount;
    p->is_new = true;
    if (l->noted != NULL) {
        l->noted(l->context);
    }
    pthread_mutex_unlock(&l->lock);
}

void limit_note(struct limit *l, str key, int64_t window_ms, int64_t now_ms)
{
    note(l, key, 1, window_ms, now_ms, false);
}

void limit_add(struct limit *l, str key, int64_t amount, int64_t window_ms, int64_t now_ms)
{
    note(l, key, amount, window_ms, now_ms, false);
}

void limit_note_last(struct limit *l, str key, int64_t pause_ms, int64_t now_ms)
{
    note(l, key, 1, pause_ms, now_ms, true);
}

/* What is known of a key: here and at the others. Under the lock. */
static struct limit_row known(const struct limit *l, uint64_t hash, int64_t now_ms)
{
    const struct place *p = &l->places[hash >> 51];
    struct limit_row sum = { .hash = hash };

    if (p->hash == hash && p->ends_ms > now_ms) {
        sum = (struct limit_row){ hash, p->count, p->ends_ms, p->last_ms };
    }
    if (p->hash == hash && p->others.ends_ms > now_ms) {
        const struct limit_row *o = &p->others;

        sum.count += o->count;
        sum.ends_ms = o->ends_ms > sum.ends_ms ? o->ends_ms : sum.ends_ms;
        sum.last_ms = o->last_ms > sum.last_ms ? o->last_ms : sum.last_ms;
    }
    return sum;
}

static struct limit_row look_up(struct limit *l, str key, int64_t now_ms)
{
    uint64_t hash = hash_of(l, key);
    struct limit_row row;

    pthread_mutex_lock(&l->lock);
    row = known(l, hash, now_ms);
    pthread_mutex_unlock(&l->lock);
    return row;
}

int limit_failures(struct limit *l, str key, int64_t now_ms, int64_t *ret_last_ms)
{
    struct limit_row row = look_up(l, key, now_ms);

    *ret_last_ms = row.last_ms;
    return (int)row.count;
}

int64_t limit_wait_ms(struct limit *l, str key, int64_t most, int64_t now_ms)
{
    struct limit_row row = look_up(l, key, now_ms);

    return row.count >= most && row.ends_ms > now_ms ? row.ends_ms - now_ms : 0;
}

/* ---- sharing ---- */

size_t limit_take(struct limit *l, struct limit_row *list, size_t room)
{
    size_t count = 0;

    pthread_mutex_lock(&l->lock);
    for (size_t i = 0; i < PLACES && count < room; i++) {
        struct place *p = &l->places[i];

        if (p->is_new) {
            list[count++] = (struct limit_row){ p->hash, p->count, p->ends_ms, p->last_ms };
            p->is_new = false;
        }
    }
    pthread_mutex_unlock(&l->lock);
    return count;
}

void limit_untake(struct limit *l, const struct limit_row *list, size_t count)
{
    pthread_mutex_lock(&l->lock);
    for (size_t i = 0; i < count; i++) {
        struct place *p = &l->places[list[i].hash >> 51];

        p->is_new = p->is_new || p->hash == list[i].hash;
    }
    pthread_mutex_unlock(&l->lock);
}

/* What is counted here stays where it is as long as it counts. */
void limit_put_others(struct limit *l, const struct limit_row *row, int64_t now_ms)
{
    struct place *p = &l->places[row->hash >> 51];

    pthread_mutex_lock(&l->lock);
    if (p->hash != row->hash && p->ends_ms <= now_ms && p->others.ends_ms <= now_ms) {
        *p = (struct place){ .hash = row->hash };
    }
    if (p->hash == row->hash) {
        p->others = *row;
    }
    pthread_mutex_unlock(&l->lock);
}

void limit_on_note(struct limit *l, void (*noted)(void *context), void *context)
{
    pthread_mutex_lock(&l->lock);
    l->noted = noted;
    l->context = context;
    pthread_mutex_unlock(&l->lock);
}

/* ---- for who asks now ---- */

void ask_limit_note_last(const struct ask *q, str what, int64_t pause_ms)
{
    limit_note_last(q->desk->limit, what, pause_ms, q->now_ms);
}

int ask_limit_failures(const struct ask *q, str what, int64_t *ret_last_ms)
{
    return limit_failures(q->desk->limit, what, q->now_ms, ret_last_ms);
}

int64_t ask_limit_wait_ms(const struct ask *q, str what)
{
    str one = str_format(q->arena, "%.*s %.*s", STR_ARG(q->client), STR_ARG(what));
    int64_t wait = limit_wait_ms(q->desk->limit, one, MOST_ONE, q->now_ms);
    int64_t all = limit_wait_ms(q->desk->limit, q->client, MOST_ALL, q->now_ms);

    return wait > all ? wait : all;
}

void ask_limit_note(const struct ask *q, str what)
{
    str one = str_format(q->arena, "%.*s %.*s", STR_ARG(q->client), STR_ARG(what));

    limit_note(q->desk->limit, one, WINDOW_MS, q->now_ms);
    limit_note(q->desk->limit, q->client, WINDOW_MS, q->now_ms);
}
