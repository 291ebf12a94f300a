/* typed — which numbers people may mean by what they type to find a case.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_KERNEL_CASEFILE_TYPED_H
#define BIANMIN_KERNEL_CASEFILE_TYPED_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct snap;

enum { TYPED_MOST = 32 };

/* Whole numbers as they are kept; whether there is such a case is not asked. */
struct case_typed {
    str number[TYPED_MOST];
    size_t count;
};
/* The number in any spelling, with or without its letters and check digit, or only its
 * running number: then that of each year and prefix that this office has had, the newest
 * years first. */
MUST_CHECK err case_typed_read(struct arena *a, struct snap *snap, int64_t agency,
                               str typed, struct case_typed *ret);

#endif
