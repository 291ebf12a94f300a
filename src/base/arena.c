/* arena — bump blocks in ordinary builds; one poisoned block a piece under ASan.
 * SPDX-License-Identifier: MPL-2.0 */
#include "base/arena.h"

#include "base/sanitized.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef ADDRESS_SANITIZED
#define ARENA_PIECES 1
#include <sanitizer/asan_interface.h>
#endif

#define ARENA_ALIGN alignof(max_align_t)
#define ARENA_FIRST_BLOCK ((size_t)16 << 10)
#define ARENA_LARGEST_BLOCK ((size_t)256 << 10)
#define ARENA_KEPT_BLOCK ((size_t)64 << 10) /* of an arena that is cleared, at most */

struct block {
    struct block *before;
    size_t space; /* bytes behind this head */
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *before;
    void (*end)(void *thing);
    void *thing;
};

struct arena {
    struct block *newest;
    size_t taken; /* bytes of the newest block handed out */
    size_t next_space;
    size_t used;
    size_t ceiling;
    struct deferred *deferred;
    struct arena_mark *last_mark; /* the newest that is still valid */
    bool failed;
};

struct arena_mark {
    struct block *newest;
    size_t taken;
    size_t used;
    struct deferred *deferred;
};

#ifdef BIANMIN_TEST
static _Thread_local long fault_countdown;

void arena_fault_at(long n)
{
    fault_countdown = n;
}

static bool fault_is_now(void)
{
    return fault_countdown > 0 && --fault_countdown == 0;
}
#else
void arena_fault_at(long n)
{
    (void)n;
}

static bool fault_is_now(void)
{
    return false;
}
#endif

struct arena *arena_new(size_t ceiling)
{
    struct arena *a = fault_is_now() ? NULL : calloc(1, sizeof *a);
    if (a == NULL) {
        return NULL;
    }
    a->ceiling = ceiling > 0 ? ceiling : ARENA_REQUEST_BYTES;
    a->next_space = ARENA_FIRST_BLOCK;
    return a;
}

/* A new newest block with room for `size` bytes. */
static bool block_add(struct arena *a, size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (b == NULL) {
        return false;
    }
    b->before = a->newest;
    b->space = size;
    a->newest = b;
    a->taken = 0;
    return true;
}

#ifdef ARENA_PIECES
static void *piece_take(struct arena *a, size_t size)
{
    if (!block_add(a, size)) {
        return NULL;
    }
    void *piece = a->newest->bytes;
    /* What runs over the front of the piece is seen as well. */
    ASAN_POISON_MEMORY_REGION(a->newest, sizeof *a->newest);
    return piece;
}
#else
static void *piece_take(struct arena *a, size_t size)
{
    size_t rounded = (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
    if (rounded < size) {
        return NULL;
    }
    if (a->newest == NULL || a->newest->space - a->taken < rounded) {
        if (!block_add(a, rounded > a->next_space ? rounded : a->next_space)) {
            return NULL;
        }
        if (a->next_space < ARENA_LARGEST_BLOCK) {
            a->next_space *= 2;
        }
    }
    void *piece = a->newest->bytes + a->taken;
    a->taken += rounded;
    return piece;
}
#endif

static void blocks_drop(struct arena *a, struct block *until)
{
    while (a->newest != until) {
        struct block *b = a->newest;
#ifdef ARENA_PIECES
        ASAN_UNPOISON_MEMORY_REGION(b, sizeof *b);
#endif
        a->newest = b->before;
        free(b);
    }
}

static void deferred_run(struct arena *a, struct deferred *until)
{
    while (a->deferred != until) {
        struct deferred *d = a->deferred;
        a->deferred = d->before;
        d->end(d->thing);
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL) {
        return;
    }
    deferred_run(a, NULL);
    blocks_drop(a, NULL);
    free(a);
}

#ifdef ARENA_PIECES
static struct block *block_keep(struct arena *a)
{
    return NULL;
}
#else
/* The newest one: blocks grow, so most of the time it is the largest. */
static struct block *block_keep(struct arena *a)
{
    struct block *b = a->newest;

    if (b == NULL || b->space > ARENA_KEPT_BLOCK) {
        return NULL;
    }
    a->newest = b->before;
    return b;
}
#endif

void arena_clear(struct arena *a)
{
    deferred_run(a, NULL);
    struct block *kept = block_keep(a);

    blocks_drop(a, NULL);
    *a = (struct arena){ .newest = kept, .ceiling = a->ceiling,
                         .next_space = ARENA_FIRST_BLOCK };
    if (kept != NULL) {
        kept->before = NULL;
        a->next_space = kept->space;
    }
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *piece = NULL;
    if (size <= a->ceiling && a->used <= a->ceiling - size && !fault_is_now()) {
        piece = piece_take(a, size > 0 ? size : 1);
    }
    if (piece == NULL) {
        a->failed = true;
        return NULL;
    }
    a->used += size;
    return memset(piece, 0, size > 0 ? size : 1);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        a->failed = true;
        return NULL;
    }
    return arena_alloc(a, bytes);
}

bool arena_defer(struct arena *a, void (*end)(void *thing), void *thing)
{
    struct deferred *d = ARENA_NEW(a, struct deferred);
    if (d == NULL) {
        end(thing);
        return false;
    }
    *d = (struct deferred){ .before = a->deferred, .end = end, .thing = thing };
    a->deferred = d;
    return true;
}

static bool is_at(const struct arena *a, const struct arena_mark *mark)
{
    return mark != NULL && mark->newest == a->newest && mark->taken == a->taken &&
           mark->used == a->used && mark->deferred == a->deferred;
}

struct arena_mark *arena_mark(struct arena *a)
{
    /* A loop that marks and goes back in every round does not grow. */
    if (is_at(a, a->last_mark)) {
        return a->last_mark;
    }
    /* A mark does not count against the ceiling: whoever goes back to it can always start
     * again. */
    struct arena_mark *mark = piece_take(a, sizeof *mark);
    if (mark == NULL) {
        a->failed = true;
        return NULL;
    }
    *mark = (struct arena_mark){ a->newest, a->taken, a->used, a->deferred };
    a->last_mark = mark;
    return mark;
}

void arena_reset(struct arena *a, struct arena_mark *mark)
{
    if (mark == NULL) {
        return; /* it could not be made: the failure stays remembered */
    }
    deferred_run(a, mark->deferred);
    struct arena_mark to = *mark;
    blocks_drop(a, to.newest);
    a->taken = to.taken;
    a->used = to.used;
    a->last_mark = mark;
    a->failed = false;
}

bool arena_failed(const struct arena *a)
{
    return a->failed;
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}
