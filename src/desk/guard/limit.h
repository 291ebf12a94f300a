/* limit — how often a thing may go wrong within a time: wrong lookup codes by reader and
 * case. In memory, where one process owns the database; several programs on one share what
 * they count (share_store.c).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_DESK_LIMIT_H
#define BIANMIN_DESK_LIMIT_H

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct ask;
struct keyring;
struct limit;

/* Safe for many threads. With a keyring, all programs of the instance hash keys alike. */
MUST_CHECK err limit_open(struct arena *a, const struct keyring *k, struct limit **ret);
/* Counts one failure of `key`; the count falls back to nothing `window_ms` after the
 * first. */
void limit_note(struct limit *l, str key, int64_t window_ms, int64_t now_ms);
/* The same for something that is weighed. */
void limit_add(struct limit *l, str key, int64_t amount, int64_t window_ms, int64_t now_ms);
/* How long `key` must wait until it has failed less than `most` times; 0: it need not. */
int64_t limit_wait_ms(struct limit *l, str key, int64_t most, int64_t now_ms);

/* For what must wait longer with each failure: how often `key` has failed without a pause
 * of `pause_ms`, and when last. */
void limit_note_last(struct limit *l, str key, int64_t pause_ms, int64_t now_ms);
int limit_failures(struct limit *l, str key, int64_t now_ms, int64_t *ret_last_ms);

/* The same whoever asks; for the answer to one who guesses names that nobody has. */
void ask_limit_note_last(const struct ask *q, str what, int64_t pause_ms);
int ask_limit_failures(const struct ask *q, str what, int64_t *ret_last_ms);

/* The same for who asks now: by address, and by address and `what`. */
int64_t ask_limit_wait_ms(const struct ask *q, str what);
void ask_limit_note(const struct ask *q, str what);

/* Sharing. What was counted here since the last time; and again, when it could not be
 * told. */
struct limit_row {
    uint64_t hash;
    int64_t count, ends_ms, last_ms;
};
size_t limit_take(struct limit *l, struct limit_row *list, size_t room);
void limit_untake(struct limit *l, const struct limit_row *list, size_t count);
/* What all others have counted of one key. */
void limit_put_others(struct limit *l, const struct limit_row *row, int64_t now_ms);
/* Called, on any thread, when something was counted. NULL ends it. */
void limit_on_note(struct limit *l, void (*noted)(void *context), void *context);

#endif
