/* short — tests of what runs out of memory.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_BASE_SHORT_TEST_H
#define BIANMIN_BASE_SHORT_TEST_H

#include "base/arena.h"
#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The first allocation fails, the second … until none is left to fail: each time `run`
 * says ERR_BUSY, and nothing is lost. */
static inline void assert_says_when_short(err (*run)(struct arena *a))
{
#ifdef BIANMIN_TEST
    err e = err_no_memory;

    for (long n = 1; e != NULL && n < 1000; n++) {
        struct arena *a = arena_new(0);

        arena_fault_at(n);
        e = run(a);
        arena_fault_at(0);
        assert_true(e == NULL || e->kind == ERR_BUSY);
        arena_free(a);
    }
    assert_null(e);
#else
    (void)run;
    skip();
#endif
}

#endif
