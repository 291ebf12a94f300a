/* chain — the events of an agency, each with the hash of the one before.
 *
 * hash = SHA-256(hash before | canonical event); the first event's `hash before` is 32 zero
 * bytes. The canonical event is text, so that another program can verify it:
 *   bianmin-event-1 AGENCY SEQ AT_MS ACTOR SUBJECT KIND_BYTES BODY_BYTES\n KIND \n BODY \n
 * (numbers decimal, one blank between; the lengths make it unambiguous).
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_HOST_STORE_CHAIN_H
#define BIANMIN_HOST_STORE_CHAIN_H

#include "host/store/store.h"

#define CHAIN_HASH_BYTES 32

/* The bytes that are hashed, `before` in front. */
str chain_bytes(struct arena *a, str before, const struct event *e, int64_t seq);
str chain_hash(struct arena *a, str before, const struct event *e, int64_t seq);
/* 32 zero bytes. */
str chain_start(struct arena *a);

#endif
