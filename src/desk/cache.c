/* cache — whole answers of public pages, by address and look, in each encoding.
 *
 * A page names its topics; their counters were read before it was made. A hit compares
 * them: no commit needs to know who keeps what. 2,048 places; a new page takes the place
 * that its address falls on, whoever was there.
 *
 * The first readers get quick compression; a thread of its own makes the small form of
 * pages that are read again and again (brotli 11 takes as long as making the page ten
 * times).
 * SPDX-License-Identifier: MPL-2.0 */

#include "base/arena.h"
#include "desk/inside.h"
#include "host/http/compress.h"
#include "host/seal/seal.h"

#include <stdio.h>
#include <time.h>

#define PLACES 2048
#define LOCKS 16
#define BYTES_MOST ((size_t)64 << 20)
#define POLISH_HITS 8 /* read so often, a page is worth the small form */

struct entry {
    struct arena *arena;
    int references; /* under the lock of its place */
    int hits;
    bool polished[HTTP_ENCODINGS];
    str address, page;
    unsigned look;
    day today;
    struct cache_topics topics;
    char tag[HTTP_ENCODINGS][40];
    struct http_answer *answers[HTTP_ENCODINGS];
    struct http_answer *unchanged[HTTP_ENCODINGS]; /* 304 */
    bool secure;
};
struct cache {
    struct store *store;
    pthread_mutex_t locks[LOCKS];
    struct entry *places[PLACES];
    _Atomic uint64_t hits, misses, pages, bytes;
    pthread_mutex_t polish_lock;
    pthread_cond_t tick;
    pthread_t polisher;
    bool ends;
};

static size_t place_of(struct cache_key key)
{
    uint64_t hash = 0xCBF29CE484222325u ^ key.look;

    for (size_t i = 0; i < key.address.len; i++) {
        hash = (hash ^ (unsigned char)key.address.at[i]) * 0x100000001B3u;
    }
    return (size_t)((hash ^ hash >> 32) % PLACES);
}

/* Under the lock of its place, or when nobody can see it any more. */
static void entry_end(struct cache *c, struct entry *e)
{
    if (e == NULL || --e->references > 0) {
        return;
    }
    for (int i = 0; i < HTTP_ENCODINGS; i++) {
        http_answer_drop(e->answers[i]);
        http_answer_drop(e->unchanged[i]);
    }
    atomic_fetch_sub(&c->pages, 1);
    atomic_fetch_sub(&c->bytes, e->page.len);
    arena_free(e->arena);
}

static bool entry_is(const struct cache *c, const struct entry *e, struct cache_key key)
{
    if (e == NULL || e->look != key.look || e->today != key.today ||
        !str_equal(e->address, key.address)) {
        return false;
    }
    for (size_t i = 0; i < e->topics.count; i++) {
        if (topic_count(c->store, e->topics.slot[i]) != e->topics.was[i]) {
            return false;
        }
    }
    return true;
}

static void put_headers(struct http_answer *x, const struct entry *e,
                        enum http_encoding encoding)
{
    (void)http_answer_header(x, "ETag", str_of(e->tag[encoding]));
    (void)http_answer_header(x, "Cache-Control", STR("no-cache"));
    (void)http_answer_header(x, "Vary", STR("Accept-Encoding, Cookie"));
    send_security_headers(x, e->secure, true);
}

static struct http_answer *entry_make(const struct entry *e, enum http_encoding encoding,
                                      bool best)
{
    str small = e->page;
    struct arena *a = arena_new(0);
    bool is_small = a != NULL && compress_text(a, encoding, best, e->page, &small);
    struct http_answer *x = http_answer_copy(small);

    (void)http_answer_header(x, "Content-Type", STR("text/html; charset=utf-8"));
    if (is_small) {
        (void)http_answer_header(x, "Content-Encoding", encoding_name[encoding]);
    }
    put_headers(x, e, encoding);
    arena_free(a);
    return x;
}

/* Made when it is asked for the first time. */
static struct http_answer *entry_answer(struct entry *e, enum http_encoding encoding)
{
    if (e->answers[encoding] == NULL) {
        e->answers[encoding] = entry_make(e, encoding, false);
    }
    return e->answers[encoding];
}

static struct http_answer *entry_unchanged(struct entry *e, enum http_encoding encoding)
{
    if (e->unchanged[encoding] == NULL) {
        e->unchanged[encoding] = http_answer_const(STR(""));
        put_headers(e->unchanged[encoding], e, encoding);
    }
    return e->unchanged[encoding];
}

static struct http_answer *entry_send(struct entry *e, enum http_encoding encoding,
                                      str if_none_match, int *ret_status)
{
    if (if_none_match.len > 0 && tag_matches(if_none_match, str_of(e->tag[encoding] + 2))) {
        *ret_status = 304;
        return http_answer_hold(entry_unchanged(e, encoding));
    }
    *ret_status = 200;
    return http_answer_hold(entry_answer(e, encoding));
}

struct http_answer *cache_find(struct cache *c, struct cache_key key,
                               enum http_encoding encoding, str if_none_match,
                               int *ret_status)
{
    size_t place = place_of(key);
    struct http_answer *x = NULL;

    pthread_mutex_lock(&c->locks[place % LOCKS]);
    if (entry_is(c, c->places[place], key)) {
        c->places[place]->hits++;
        x = entry_send(c->places[place], encoding, if_none_match, ret_status);
    }
    pthread_mutex_unlock(&c->locks[place % LOCKS]);
    atomic_fetch_add(x != NULL ? &c->hits : &c->misses, 1);
    return x;
}

static struct entry *entry_new(struct cache *c, struct cache_key key,
                               const struct cache_topics *topics, str page, bool secure)
{
    static const char mark[HTTP_ENCODINGS] = { 'p', 'g', 'b' };
    struct arena *a = arena_new(page.len + ((size_t)64 << 10));
    struct entry *e = a == NULL ? NULL : ARENA_NEW(a, struct entry);

    if (e == NULL) {
        arena_free(a);
        return NULL;
    }
    str hash = str_hex(a, str_slice(seal_sha256(a, page), 0, 10));

    e->arena = a;
    e->references = 1;
    e->address = str_copy(a, key.address);
    e->page = str_copy(a, page);
    e->look = key.look;
    e->today = key.today;
    e->topics = *topics;
    e->secure = secure;
    for (int i = 0; i < HTTP_ENCODINGS; i++) {
        snprintf(e->tag[i], sizeof(e->tag[i]), "W/\"%.*s%c\"", STR_ARG(hash), mark[i]);
    }
    atomic_fetch_add(&c->pages, 1);
    atomic_fetch_add(&c->bytes, e->page.len);
    if (arena_failed(a)) {
        entry_end(c, e);
        return NULL;
    }
    return e;
}

struct http_answer *cache_keep(struct cache *c, struct arena *a, struct cache_key key,
                               const struct cache_topics *topics, str page, bool secure,
                               enum http_encoding encoding, str if_none_match,
                               int *ret_status)
{
    size_t place = place_of(key);

    (void)a;
    if (page.len > BYTES_MOST / 64 || atomic_load(&c->bytes) > BYTES_MOST) {
        return NULL;
    }
    struct entry *e = entry_new(c, key, topics, page, secure);

    if (e == NULL) {
        return NULL;
    }
    /* Compressed before the lock is taken: others go on reading the old page. */
    struct http_answer *x = entry_send(e, encoding, if_none_match, ret_status);

    pthread_mutex_lock(&c->locks[place % LOCKS]);
    struct entry *old = c->places[place];

    c->places[place] = e;
    entry_end(c, old);
    pthread_mutex_unlock(&c->locks[place % LOCKS]);
    return x;
}

/* One page of one encoding: made outside the lock, put in place under it. */
static void polish(struct cache *c, size_t place, enum http_encoding encoding)
{
    pthread_mutex_t *lock = &c->locks[place % LOCKS];
    struct entry *e;

    pthread_mutex_lock(lock);
    e = c->places[place];
    if (e == NULL || e->hits < POLISH_HITS || e->polished[encoding] ||
        e->answers[encoding] == NULL) {
        pthread_mutex_unlock(lock);
        return;
    }
    e->polished[encoding] = true;
    e->references++;
    pthread_mutex_unlock(lock);
    struct http_answer *small = entry_make(e, encoding, true);

    pthread_mutex_lock(lock);
    if (small != NULL) {
        http_answer_drop(e->answers[encoding]);
        e->answers[encoding] = small;
    }
    entry_end(c, e);
    pthread_mutex_unlock(lock);
}

static void *polisher(void *context)
{
    struct cache *c = context;

    pthread_mutex_lock(&c->polish_lock);
    while (!c->ends) {
        struct timespec until;

        pthread_mutex_unlock(&c->polish_lock);
        for (size_t i = 0; i < PLACES; i++) {
            polish(c, i, HTTP_GZIP);
            polish(c, i, HTTP_BROTLI);
        }
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_mutex_lock(&c->polish_lock);
        if (!c->ends) {
            pthread_cond_timedwait(&c->tick, &c->polish_lock, &until);
        }
    }
    pthread_mutex_unlock(&c->polish_lock);
    return NULL;
}

err cache_open(struct arena *a, struct store *s, struct cache **ret)
{
    struct cache *c = ARENA_NEW(a, struct cache);
    pthread_condattr_t steady;

    if (c == NULL) {
        return err_no_memory;
    }
    c->store = s;
    for (int i = 0; i < LOCKS; i++) {
        pthread_mutex_init(&c->locks[i], NULL);
    }
    pthread_mutex_init(&c->polish_lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&c->tick, &steady);
    pthread_condattr_destroy(&steady);
    if (pthread_create(&c->polisher, NULL, polisher, c) != 0) {
        return err_no_memory;
    }
    *ret = c;
    return NULL;
}

void cache_close(struct cache *c)
{
    if (c == NULL) {
        return;
    }
    pthread_mutex_lock(&c->polish_lock);
    c->ends = true;
    pthread_cond_broadcast(&c->tick);
    pthread_mutex_unlock(&c->polish_lock);
    pthread_join(c->polisher, NULL);
    for (size_t i = 0; i < PLACES; i++) {
        entry_end(c, c->places[i]);
        c->places[i] = NULL;
    }
}

struct cache_figures cache_figures(const struct cache *c)
{
    return (struct cache_figures){ atomic_load(&c->hits), atomic_load(&c->misses),
                                   atomic_load(&c->pages), atomic_load(&c->bytes) };
}
