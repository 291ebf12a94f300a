/* chain — the events of an agency, each with the hash of the one before.
 *
 * hash = SHA-256(hash before | canonical event); the first event's `hash before` is 32 zero
 * bytes. The canonical event is text, so that another program can verify it:
 *   bianmin-event-1 AGENCY SEQ AT_MS ACTOR SUBJECT KIND_BYTES BODY_BYTES\n KIND \n BODY \n
 * (numbers decimal, one blank between; the lengths make it unambiguous).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_WRITE_CHAIN_H
#define BIANMIN_HOST_STORE_WRITE_CHAIN_H

#include "host/store/db.h"

/* Zeroed at the start of a chain. */
struct chain_hash {
    unsigned char bytes[32];
};

/* The hash after `e`, which is the event number `seq` of its agency (from 1). */
void chain_next(struct chain_hash *hash, const struct event *e, int64_t seq);
/* Its bytes; valid as long as `hash`. */
str chain_str(const struct chain_hash *hash);

/* Stamps and inserts the events of a group, agency by agency. `list` is in the order in
 * which they happened; it is sorted here. */
MUST_CHECK err chain_append(struct arena *a, struct db *db, struct event **list,
                            size_t count);
/* Holds the agencies until COMMIT: `list` is ascending, each but once. Their commits then
 * come one after the other, whichever node they are made on. */
MUST_CHECK err chain_lock(struct arena *a, struct db *db, const int64_t *list,
                          size_t count);

#endif
