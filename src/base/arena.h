/* arena — memory that lives as long as one request, job, commit or test.
 *
 * What it hands out is zeroed, aligned for any type, and valid until the arena is reset
 * to an earlier mark or freed. Nobody frees single pieces. An arena belongs to one thread
 * at a time.
 *
 * Running out: an arena has a ceiling (bytes). At the ceiling, or when the system gives no
 * memory, arena_alloc returns NULL and the arena remembers that it failed. Whoever asks for
 * a struct checks for NULL and returns err_no_memory; functions that give a str give the
 * empty one. The edge (desk, writer, job, command) asks arena_failed before it answers or
 * commits, so that a result with a hole is never shown or kept.
 *
 * In sanitizer builds every piece is its own poisoned block.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_ARENA_H
#define BIANMIN_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#define ARENA_REQUEST_BYTES ((size_t)16 << 20)

struct arena;
struct arena_mark;

/* NULL when the system gives no memory. `ceiling` 0: ARENA_REQUEST_BYTES. */
struct arena *arena_new(size_t ceiling);
/* Runs what was deferred, last in first out, then gives everything back. NULL is fine. */
void arena_free(struct arena *a);

/* As new: what was deferred is run, everything is given back but one block. For arenas that
 * serve one request after the other. */
void arena_clear(struct arena *a);

/* Zeroed memory, or NULL (see above). Size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, alloc_size(2)));
/* Zeroed array; NULL also when count * size overflows. */
void *arena_array(struct arena *a, size_t count, size_t size)
    __attribute__((malloc, alloc_size(2, 3)));
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

/* Call `end(thing)` when the arena is freed or reset to before now. False when exhausted:
 * then `end` has already been called. */
bool arena_defer(struct arena *a, void (*end)(void *thing), void *thing);

/* A place to go back to: everything handed out after it is given back (and what was
 * deferred after it is run). The memory of a failure is cleared too. */
struct arena_mark *arena_mark(struct arena *a);
void arena_reset(struct arena *a, struct arena_mark *mark);

bool arena_failed(const struct arena *a);
size_t arena_used(const struct arena *a);

/* Tests only: the n-th allocation from now on fails, in this thread; 0 switches it off. */
void arena_fault_at(long n);

#endif
