/* walk — one walk over the parts of a thing that either writes them as bytes or reads them
 * back, so that both sides cannot differ. Inside this folder.
 *
 * Numbers are eight bytes, texts a number and their bytes, lists a number and their parts;
 * whoever reads believes no number that is larger than what is left.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_PAPER_WALK_H
#define BIANMIN_HOST_PAPER_WALK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>

struct walk {
    struct arena *arena;
    struct buf *out; /* NULL: reading */
    str rest;
    bool broken;
};

void walk_number(struct walk *w, int64_t *n);
void walk_text(struct walk *w, str *s);
/* How many follow, and the place for them when reading. */
void *walk_list(struct walk *w, const void *list, size_t *count, size_t size);

/* A small number of any type: 0 to `most` in enums, else as it is. */
#define WALK_INT(w, field, least, most)                      \
    do {                                                     \
        int64_t n_ = (int64_t)(field);                       \
        walk_number((w), &n_);                               \
        if (n_ < (int64_t)(least) || n_ > (int64_t)(most)) { \
            (w)->broken = true;                              \
            n_ = (int64_t)(least);                           \
        }                                                    \
        if ((w)->out == NULL) {                              \
            (field) = (__typeof__(field))n_;                 \
        }                                                    \
    } while (0)
#define WALK_BOOL(w, field) WALK_INT(w, field, 0, 1)
#define FAR 100000

/* Walks a list with `each`. What is written is left as it is: it may be constant. */
#define WALK_LIST(w, list, count, type, each)                                     \
    do {                                                                          \
        size_t count_ = (count);                                                  \
        type *list_ = walk_list((w), (list), &count_, sizeof(type));              \
        if ((w)->out == NULL) {                                                   \
            (list) = list_;                                                       \
            (count) = count_;                                                     \
        }                                                                         \
        for (size_t i_ = 0; list_ != NULL && i_ < count_ && !(w)->broken; i_++) { \
            each((w), &list_[i_]);                                                \
        }                                                                         \
    } while (0)

#endif
