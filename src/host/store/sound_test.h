/* sound — what tests of the store look at afterwards: a few numbers, and whether all holds.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_SOUND_TEST_H
#define BIANMIN_HOST_STORE_SOUND_TEST_H

#include "host/store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

/* The numbers in the first row of what `q` finds. */
static inline void find_numbers(struct store *s, const struct query *q,
                                const struct value *values, size_t count, int64_t *ret,
                                size_t columns)
{
    struct arena *a = arena_new(0);
    struct snap *snap;
    struct table t;

    assert_null(snap_begin(a, s, &snap));
    assert_null(snap_query(a, snap, q, values, count, &t));
    for (size_t i = 0; i < columns; i++) {
        ret[i] = cell_int(&t, 0, i);
    }
    arena_free(a);
}

static inline int64_t find_number(struct store *s, const struct query *q,
                                  const struct value *values, size_t count)
{
    int64_t n;

    find_numbers(s, q, values, count, &n, 1);
    return n;
}

static inline void count_faults(void *context, bool sound, str line)
{
    if (!sound) {
        fprintf(stderr, "# %.*s\n", STR_ARG(line));
    }
    *(int *)context += !sound;
}

/* `bianmin check` of the database finds nothing. */
static inline void assert_sound(struct store *s)
{
    struct arena *a = arena_new(0);
    int faults = 0;

    assert_null(store_check(a, s, count_faults, &faults));
    assert_int_equal(faults, 0);
    arena_free(a);
}

#endif
