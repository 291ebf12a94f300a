/* records_store — what was found in drawn readings. Notes are sealed.
 * SPDX-License-Identifier: MPL-2.0 */
#ifndef BIANMIN_FEATURE_RECORDS_STORE_H
#define BIANMIN_FEATURE_RECORDS_STORE_H

#include "base/err.h"
#include "base/str.h"

struct keyring;
struct snap;
struct table;
struct tx;

struct look {
    int64_t agency, seq, turn; /* seq of the reading; turn from 1 */
    bool in_order;             /* else the reader is to be asked */
    int64_t staff, at_ms;
    str note;                  /* "" none; sealed while it is written */
    str note_hash;             /* hex of salt and note, for the event */
};
/* Of the readings from one event to another, in order of seq and turn; notes open. */
MUST_CHECK err looks_load(struct arena *a, struct snap *snap, const struct keyring *k,
                          int64_t agency, int64_t first, int64_t last, struct look **ret,
                          size_t *ret_count);
/* A row of them begins a result; its note is sealed. */
#define LOOK_COLUMNS "l.event_seq, l.turn, l.outcome, l.staff_id, l.at_ms, l.note"
struct look look_at(const struct table *t, size_t row, int64_t agency);
/* As in the event. */
str look_outcome(const struct look *look);
/* The sealed note, open, and its hash. Fails: ERR_BROKEN. */
MUST_CHECK err look_open(struct arena *a, const struct keyring *k, struct look *io_look);
/* Seals the note and makes its hash, once, before the commit. */
MUST_CHECK err look_seal(struct arena *a, const struct keyring *k, struct look *io_look);
/* Row and event. Fails: ERR_CONFLICT (there is such a turn: a colleague was faster). */
MUST_CHECK err look_put(struct arena *a, struct tx *tx, const struct look *look);

#endif
